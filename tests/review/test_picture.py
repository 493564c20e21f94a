"""Pictures on terminals, decoded again as the terminals would."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

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


@pytest.mark.parametrize(
    ("protocol", "payload"),
    [("kitty", r"\x1b_G[^;]*;([^\x1b]*)\x1b\\"), ("iterm", r"\x1b\]1337;File=[^:]*:([^\x07]*)\x07")],
)
def test_graphics_protocols_carry_a_png(card: np.ndarray, protocol: picture.Protocol, payload: str) -> None:
    """The payload decodes to the picture in its proportions, and blank rows keep its place."""
    rows = picture.draw(card, 20, 10, protocol)
    data = base64.b64decode("".join(re.findall(payload, rows[0])))
    image = Image.open(io.BytesIO(data))
    assert image.width == 2 * image.height
    assert rows[1:] == [""] * (len(rows) - 1)


def test_sixel_has_the_picture_s_size_and_colours(card: np.ndarray) -> None:
    """The raster attributes name the size; decoded, the picture's top is red and its bottom blue."""
    rows = picture.draw(card, 10, 10, "sixel")
    text = rows[0]
    found = re.search(r'"1;1;(\d+);(\d+)', text)
    assert found is not None
    assert int(found[1]) == 2 * int(found[2])
    palette = {m[1]: tuple(map(int, m[2].split(";"))) for m in re.finditer(r"#(\d+);2;([\d;]+)", text)}
    used = re.findall(r"#(\d+)[?-~]", text)
    red, _, blue = palette[used[0]]
    assert red > 90 > blue
    red, _, blue = palette[used[-1]]
    assert blue > 90 > red


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
