"""The byte streams of kitty, iTerm2 and sixel, taken apart as their documents say, and by libsixel."""

from __future__ import annotations

import base64
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path
from select import select

import numpy as np
import pytest
from PIL import Image

from cardscan.review import picture
from tests.tmux import COMMAND

COLUMNS, ROWS = 60, 12


@pytest.fixture
def card() -> np.ndarray:
    """A photo-like card: a shaded, grainy ground, a dark bar, one red corner; 700 x 400 pixels."""
    pixels = np.empty((400, 700, 3), np.uint8)
    pixels[..., 0] = np.linspace(180, 250, 700, dtype=np.uint8)
    pixels[..., 1] = np.linspace(200, 240, 400, dtype=np.uint8)[:, None]
    pixels[..., 2] = 220
    pixels[60:90, 40:400] = 30
    pixels[300:, 600:] = (200, 10, 10)
    return (pixels + np.random.default_rng(1).integers(-3, 4, pixels.shape)).clip(0, 255).astype(np.uint8)


def of_kitty(stream: str) -> tuple[dict[str, str], Image.Image]:
    """Keys and picture of a transmission, by the graphics protocol of kitty: escape codes and chunks, nothing else."""
    assert re.fullmatch(r"(?:\x1b_G[^;\x1b]*;[A-Za-z0-9+/=]*\x1b\\)+", stream)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", stream)
    keys = [dict(pair.split("=") for pair in head.split(",")) for head, _ in parts]
    assert [key["m"] for key in keys] == ["1"] * (len(keys) - 1) + ["0"]
    assert all(set(key) == {"m"} for key in keys[1:]), "only the first chunk says more than whether one follows"
    assert all(len(data) <= 4096 for _, data in parts)
    assert all(len(data) % 4 == 0 for _, data in parts[:-1])
    return keys[0], Image.open(io.BytesIO(base64.b64decode("".join(data for _, data in parts), validate=True)))


def of_iterm(stream: str) -> tuple[dict[str, str], Image.Image]:
    """Arguments and picture of an inline image, by iTerm2's page on them."""
    found = re.fullmatch(r"\x1b\]1337;File=([^:\x07]*):([A-Za-z0-9+/=]*)\x07", stream)
    assert found is not None
    keys = dict(pair.split("=") for pair in found[1].split(";"))
    data = base64.b64decode(found[2], validate=True)
    assert keys["inline"] == "1" and int(keys["size"]) == len(data)
    return keys, Image.open(io.BytesIO(data))


def of_sixel(stream: str, folder: Path) -> Image.Image:
    """The picture as libsixel decodes it."""
    (folder / "one.six").write_text(stream, encoding="ascii")
    subprocess.run(["sixel2png", "-i", "one.six", "-o", "one.png"], cwd=folder, check=True, timeout=60)
    return Image.open(folder / "one.png").convert("RGB")


def drawn(card: np.ndarray, protocol: picture.Protocol, cell: tuple[int, int] | None = None) -> tuple[str, int]:
    """The stream without the saved and restored cursor around it, and the rows that it takes."""
    first, *rest = picture.draw(card, COLUMNS, ROWS, protocol, cell=cell)
    assert rest == [""] * len(rest) and len(rest) < ROWS
    assert first.startswith("\x1b7") and first.endswith("\x1b8")
    return first[2:-2], len(rest) + 1


def difference(card: np.ndarray, shown: Image.Image) -> float:
    """Mean difference of pixels from the card at that size."""
    wanted = Image.fromarray(card).resize(shown.size, Image.Resampling.LANCZOS)
    return float(np.abs(np.asarray(wanted, int) - np.asarray(shown.convert("RGB"), int)).mean())


@pytest.mark.parametrize("cell", [None, (8, 16), (20, 40)])
def test_kitty_gets_a_png_in_chunks(card: np.ndarray, cell: tuple[int, int] | None) -> None:
    """Shown at once, cursor left, no answer asked; as large as the box allows, the size said in cells if guessed."""
    stream, rows = drawn(card, "kitty", cell)
    keys, image = of_kitty(stream)
    assert (keys["a"], keys["f"], keys["C"], keys["q"]) == ("T", "100", "1", "2")
    width, height = cell or picture.CELL
    assert image.width <= COLUMNS * width and (rows - 1) * height < image.height <= rows * height
    assert max(image.width / (COLUMNS * width), image.height / (ROWS * height)) > 0.98
    assert (int(keys.get("r", 0)), "c" in keys) == ((0, False) if cell else (rows, True))
    assert difference(card, image) == 0
    assert stream.count("\x1b_G") > 1


@pytest.mark.parametrize("cell", [None, (20, 40)])
def test_iterm_gets_its_size_in_cells(card: np.ndarray, cell: tuple[int, int] | None) -> None:
    """Width and height in cells keep it inside its rows on any display; the cursor stays."""
    stream, rows = drawn(card, "iterm", cell)
    keys, image = of_iterm(stream)
    assert (int(keys["height"]), keys["preserveAspectRatio"], keys["doNotMoveCursor"]) == (rows, "1", "1")
    assert int(keys["width"]) <= COLUMNS
    assert difference(card, image) == 0


@pytest.mark.needs("sixel2png")
@pytest.mark.parametrize("cell", [None, (8, 16)])
def test_libsixel_sees_the_card(card: np.ndarray, tmp_path: Path, cell: tuple[int, int] | None) -> None:
    """libsixel decodes the very size, and pixels that differ from the card by what 64 colours cost."""
    stream, rows = drawn(card, "sixel", cell)
    image = of_sixel(stream, tmp_path)
    width, height = cell or picture.CELL
    assert image.width <= COLUMNS * width and (rows - 1) * height < image.height <= rows * height
    assert difference(card, image) < 4
    assert len(stream) < image.width * image.height, "a byte a pixel is too much over ssh"


@pytest.mark.needs("sixel2png")
@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (7, 9)])
def test_libsixel_sees_odd_shapes(tmp_path: Path, shape: tuple[int, int]) -> None:
    """A line or a point is no less a picture, and no sixel stands below it."""
    stream, _ = drawn(np.full((*shape, 3), 200, np.uint8), "sixel")
    size = re.match(r'\x1bPq"1;1;(\d+);(\d+)', stream)
    assert size is not None
    image = of_sixel(stream, tmp_path)
    assert image.size == (int(size[1]), int(size[2]))
    assert abs(np.asarray(image, int) - 200).max() <= 3


@pytest.mark.parametrize(
    ("environment", "options", "kind"),
    [
        ({"TERM": "xterm-kitty"}, (), "kitty"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2", "SSH_TTY": "/dev/pts/1"}, (), "iterm"),
        ({"TERM": "foot"}, (), "sixel"),
        ({"TERM": "xterm-256color", "CARDSCAN_GRAPHICS": "kitty"}, (), "kitty"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x"}, ("--graphics", "sixel"), "sixel"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x"}, (), "blocks"),
        ({"TERM": "xterm-kitty"}, ("--no-picture",), "none"),
    ],
)
def test_the_prompt_speaks_to_its_terminal(
    ten_cards: Path, environment: dict[str, str], options: tuple[str, ...], kind: str
) -> None:
    """`review` on a terminal of 80 x 24 cells of 10 x 20 pixels sends what that terminal takes, in its measure."""
    seen = screen_of(ten_cards, environment, *options)
    streams = re.findall(r"\x1b7(\x1b.*?)\x1b8", seen, re.S)
    assert ("▀" in seen) == (kind == "blocks")
    assert bool(streams) == (kind in ("kitty", "iterm", "sixel"))
    if kind == "kitty":
        _, image = of_kitty(streams[0])
        assert image.height % 20 == 0 and image.height >= 80
    elif kind == "iterm":
        assert int(of_iterm(streams[0])[0]["height"]) >= 4
    elif kind == "sixel":
        assert streams[0].startswith('\x1bPq"1;1;') and streams[0].endswith("\x1b\\")


def screen_of(store: Path, environment: dict[str, str], *options: str) -> str:
    """What `review` writes to a terminal until the first card is there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 800, 480))
    known = {
        name: value for name, value in os.environ.items() if name not in ("TMUX", "TERM_PROGRAM", "KITTY_WINDOW_ID")
    }
    seen = b""
    with subprocess.Popen(
        [*COMMAND, "--store", str(store), *options], stdin=theirs, stdout=theirs, env=known | environment
    ) as running:
        os.close(theirs)
        while b"? help" not in seen and select([ours], [], [], 120)[0]:
            seen += os.read(ours, 65536)
        os.write(ours, b"q")
        while True:
            try:
                if not os.read(ours, 65536):
                    break
            except OSError:  # what Linux says when the other end is closed
                break
        assert running.wait(60) == 0
    os.close(ours)
    return seen.decode("utf-8", "replace")
