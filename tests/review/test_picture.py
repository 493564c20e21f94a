"""Pictures on terminals, decoded again as the terminals would."""

from __future__ import annotations

import numpy as np
import pytest

from cardscan.review import picture


@pytest.fixture
def card() -> np.ndarray:
    """Red above, blue below, 200 x 100 pixels."""
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[:50, :, 0] = 255
    pixels[50:, :, 2] = 255
    return pixels


def test_half_blocks_show_two_pixels_a_cell(card: np.ndarray) -> None:
    """The upper half of the picture is red, the lower blue, and no row is wider than asked."""
    rows = picture.draw(card, 20, 10, "blocks")
    assert len(rows) == 5
    assert "38;2;25" in rows[0]
    assert ";255m" in rows[-1] or ";254m" in rows[-1]
    assert all(row.count("▀") == 20 for row in rows)


@pytest.mark.parametrize("inverted", [False, True])
def test_braille_draws_the_ink(inverted: bool) -> None:
    """A dark bar on light, or a light one on dark, gives dots where the bar is and none elsewhere."""
    pixels = np.full((40, 200, 3), 230, np.uint8)
    pixels[:, 100:140] = 20
    rows = picture.braille(255 - pixels if inverted else pixels, 50, 4)
    assert all(set(row[:20]) == {"\u2800"} for row in rows)
    assert any("\u28ff" in row for row in rows)


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, "blocks"),
        ({"TERM": "tmux-256color", "SSH_TTY": "/dev/pts/1"}, "blocks"),
        ({"TERM": "screen", "LC_TERMINAL": "iTerm2"}, "blocks"),
        ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, "kitty"),
        ({"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/1", "LC_TERMINAL": "iTerm2"}, "iterm"),
        ({"TERM": "dumb"}, "none"),
        ({}, "none"),
    ],
)
def test_the_terminal_is_known_by_its_environment(environment: dict[str, str], protocol: str) -> None:
    """The best protocol is chosen without asking the terminal, which would eat typed keys."""
    assert picture.protocol_of(environment) == protocol


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1)])
def test_odd_shapes_are_drawn(shape: tuple[int, int]) -> None:
    """A picture of one pixel, or a line of them, neither fails nor overflows."""
    pixels = np.zeros((*shape, 3), np.uint8)
    for protocol in ("kitty", "iterm", "sixel", "blocks", "none"):
        assert len(picture.draw(pixels, 30, 8, protocol)) <= 8
    assert picture.braille(pixels, 30, 4)
