"""Pictures on a terminal: kitty's and iTerm2's protocols, sixel, and coloured half blocks everywhere else.

Each function takes RGB pixels and a box in terminal cells and gives the text to print. Line crops for terminals
without graphics are drawn in braille dots, which hold eight pixels a cell: enough to read a word.

Sources: the kitty graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol), iTerm2 inline images
(iterm2.com/documentation-images.html), DEC STD 070 chapter 9 for sixel.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from cardscan.record import Pixels

Protocol = Literal["kitty", "iterm", "sixel", "blocks", "none"]

CELL: Final = (9, 18)
"""Pixels of a character cell where the terminal does not say."""


def protocol_of(environment: Mapping[str, str]) -> Protocol:
    """Tell from the environment which pictures the terminal understands; asking it would eat typed keys.

    Inside tmux or screen pictures would need a pass-through that is off unless the user turned it on, and that does
    not know where the pane is, so blocks are drawn. Over ssh only TERM, and LC_TERMINAL of iTerm2, come along.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or term.startswith(("screen", "tmux")):
        return "blocks"
    if term == "dumb" or not term:
        return "none"
    if "kitty" in term or environment.get("KITTY_WINDOW_ID") or program in ("ghostty", "WezTerm"):
        return "kitty"
    if program in ("iTerm.app", "mintty", "rio") or environment.get("LC_TERMINAL") == "iTerm2":
        return "iterm"
    if term in ("foot", "foot-extra", "mlterm", "contour") or "sixel" in term:
        return "sixel"
    return "blocks"


def draw(
    pixels: Pixels,
    columns: int,
    rows: int,
    protocol: Protocol,
    colours: bool = True,
    cell: tuple[int, int] | None = None,
) -> list[str]:
    """Draw an image inside `columns` x `rows` cells, its proportions kept; one string a terminal row.

    Graphics protocols give the whole picture in the first string and blank rows below it.

    Args:
        pixels: RGB.
        columns: Most cells across.
        rows: Most cells down.
        protocol: What the terminal understands.
        colours: Without them there are no half blocks.
        cell: Width and height of a cell in pixels, None where the terminal does not say.
    """
    if protocol == "none" or columns < 2 or rows < 1:
        return []
    image = Image.fromarray(pixels)
    if protocol == "blocks":
        if not colours:
            return []
        return _half_blocks(_fitted(image, columns, rows * 2))
    width, height = cell or CELL
    fitted = _fitted(image, columns * width, rows * height)
    across, down = -(-fitted.width // width), -(-fitted.height // height)
    match protocol:
        case "sixel":
            text = _sixel(fitted)
        case "kitty":
            # Said in cells only where cells are guessed: it rounds the proportions to whole cells.
            text = _kitty(fitted, "" if cell else f"c={across},r={down},")
        case "iterm":
            text = _iterm(fitted, across, down)
    # The cursor is put back at the picture's first row, so that what follows is placed as for blocks.
    return [f"\x1b7{text}\x1b8", *[""] * (down - 1)]


def braille(pixels: Pixels, columns: int, rows: int) -> list[str]:
    """Draw a dark-on-light or light-on-dark line of text in braille dots, two by four a cell.

    The ink is what differs from the more common side of Otsu's threshold (IEEE Trans. SMC 9, 1979).
    """
    grey = np.asarray(_fitted(Image.fromarray(pixels).convert("L"), columns * 2, rows * 4))
    ink = grey < _otsu(grey)
    if ink.mean() > 0.5:
        ink = ~ink
    height, width = (-(-ink.shape[0] // 4) * 4, -(-ink.shape[1] // 2) * 2)
    padded = np.zeros((height, width), bool)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    cells = padded.reshape(height // 4, 4, width // 2, 2).transpose(0, 2, 1, 3)
    # Dot numbers of Unicode's braille block: left column 1 2 3 7, right column 4 5 6 8.
    weights = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
    codes = (cells * weights).sum(axis=(2, 3)) + 0x2800
    return ["".join(map(chr, row)) for row in codes]


def _fitted(image: Image.Image, width: int, height: int) -> Image.Image:
    scale = min(width / image.width, height / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _half_blocks(image: Image.Image) -> list[str]:
    pixels = np.asarray(image.convert("RGB"))
    if len(pixels) % 2:
        pixels = np.vstack([pixels, pixels[-1:]])
    rows = []
    for upper, lower in zip(pixels[::2], pixels[1::2], strict=True):
        cells = (
            f"\x1b[38;2;{a[0]};{a[1]};{a[2]};48;2;{b[0]};{b[1]};{b[2]}m▀" for a, b in zip(upper, lower, strict=True)
        )
        rows.append("".join(cells) + "\x1b[0m")
    return rows


def _png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def _kitty(image: Image.Image, place: str) -> str:
    """A PNG in chunks of 4096 characters, shown at the cursor, which stays (C=1), and without an answer (q=2)."""
    data = base64.standard_b64encode(_png(image)).decode()
    chunks = [data[start : start + 4096] for start in range(0, len(data), 4096)]
    last = len(chunks) - 1
    return "".join(
        f"\x1b_G{f'a=T,f=100,C=1,q=2,{place}' if number == 0 else ''}m={int(number < last)};{chunk}\x1b\\"
        for number, chunk in enumerate(chunks)
    )


def _iterm(image: Image.Image, columns: int, rows: int) -> str:
    """The size is told in cells: the terminal keeps the proportions inside them, whatever its cells measure."""
    data = _png(image)
    text = base64.standard_b64encode(data).decode()
    place = f"width={columns};height={rows};preserveAspectRatio=1;doNotMoveCursor=1"
    return f"\x1b]1337;File=inline=1;size={len(data)};{place}:{text}\x07"


def _sixel(image: Image.Image) -> str:
    palette_image = image.convert("RGB").quantize(64)
    palette = palette_image.getpalette() or []
    indexes = np.asarray(palette_image)
    parts = [f'\x1bPq"1;1;{image.width};{image.height}']
    for number in range(len(palette) // 3):
        red, green, blue = (round(value * 100 / 255) for value in palette[number * 3 : number * 3 + 3])
        parts.append(f"#{number};2;{red};{green};{blue}")
    weights = np.array([1, 2, 4, 8, 16, 32])[:, None]
    for top in range(0, len(indexes), 6):
        band = indexes[top : top + 6]
        for number in np.unique(band):
            bits = ((band == number) * weights[: len(band)]).sum(axis=0)
            parts.append(f"#{number}{_runs(bits)}$")
        parts.append("-")
    return "".join(parts) + "\x1b\\"


def _runs(bits: Pixels) -> str:
    """Sixels of one colour, equal ones in a row as `!count`, blank ones at the end left out."""
    starts = np.concatenate(([0], np.flatnonzero(np.diff(bits)) + 1))
    lengths = np.diff(np.append(starts, len(bits)))
    found = [(int(length), chr(63 + int(bits[start]))) for start, length in zip(starts, lengths, strict=True)]
    if found[-1][1] == "?":
        found.pop()
    return "".join(f"!{length}{char}" if length > 3 else char * length for length, char in found)


def _otsu(grey: Pixels) -> int:
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return int(np.nanargmax(spread)) + 1 if np.isfinite(spread).any() else 128
