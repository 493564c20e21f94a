"""A card face being printed: text, icons and shapes in millimetres, with the truth of every line kept.

The frame is millimetres from the face's top-left corner, y downwards. Text is placed by its baseline. Sizes are the em
in millimetres (1 pt = 0.353 mm).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from PIL import Image, ImageDraw

from .fonts.faces import Face, covers, loaded, runs
from .truth import Code, Line, Part, Quad

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Align = Literal["left", "centre", "right"]
SAFE: Final = 1.6  # mm kept free along the trimmed edge


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: face, em in mm, colour, letter-spacing in em."""

    face: Face
    size: float
    colour: Colour
    tracking: float = 0.0
    fallback: tuple[Face, ...] = ()

    def sized(self, factor: float) -> Style:
        """The same style, larger or smaller."""
        return replace(self, size=self.size * factor)

    def tinted(self, colour: Colour) -> Style:
        """The same style in another colour."""
        return replace(self, colour=colour)


class Sheet:
    """One face of one card while it is drawn.

    Args:
        width, height: Millimetres.
        scale: Pixels per millimetre.
        ground: RGB pixels to print on, of the face's size, or one colour.
    """

    def __init__(self, width: float, height: float, scale: float, ground: np.ndarray | Colour) -> None:
        self.width, self.height, self.scale = width, height, scale
        size = (round(width * scale), round(height * scale))
        if isinstance(ground, tuple):
            self.image = Image.new("RGB", size, ground)
        else:
            self.image = Image.fromarray(ground).resize(size, Image.Resampling.BILINEAR)
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[Line] = []
        self.codes: list[Code] = []
        self.smallest = 99.0
        self.taken: list[Box] = []

    # --- measuring -------------------------------------------------------------------------------------------------

    def _pieces(self, text: str, style: Style) -> list[tuple[str, str]]:
        pieces = runs(style.face, text, style.fallback)
        if style.tracking:
            return [(file, char) for file, piece in pieces for char in piece]
        return pieces

    def width_of(self, text: str, style: Style) -> float:
        """Advance width in mm."""
        pixels = max(4, round(style.size * self.scale))
        advance = sum(loaded(file, pixels).getlength(piece) for file, piece in self._pieces(text, style))
        return (advance + style.tracking * pixels * len(text)) / self.scale

    def fitted(self, text: str, style: Style, width: float) -> Style:
        """The style, smaller if the text is wider than `width` mm."""
        wide = self.width_of(text, style)
        return style if wide <= width else style.sized(max(0.3, width / wide * 0.985))

    # --- drawing ---------------------------------------------------------------------------------------------------

    def text(
        self, x: float, y: float, text: str, style: Style, role: str, parts: Sequence[Part] = (), align: Align = "left",
        width: float | None = None, turn: int = 0, keep: bool = True,
    ) -> Box:  # fmt: skip
        """Print one line with its baseline at (x, y) and note it in `lines` (unless `keep` is false).

        `turn` 90 runs it downwards, 270 upwards (x, y is then the baseline's start). The text is made smaller where it
        would not fit `width` or the face. Returns the box of its ink in mm.
        """
        along = self.height if turn else self.width
        at = y if turn else x
        room = {"left": along - SAFE - at, "right": at - SAFE, "centre": 2 * min(at, along - at) - 2 * SAFE}[align]
        if turn == 270:
            room = {"left": at - SAFE, "right": along - SAFE - at, "centre": 2 * min(at, along - at) - 2 * SAFE}[align]
        style = self.fitted(text, style, max(4.0, min(room, width or room)))
        self.smallest = min(self.smallest, style.size)
        pixels = max(4, round(style.size * self.scale))
        wide = self.width_of(text, style)
        start = {"left": 0.0, "centre": -wide / 2, "right": -wide}[align] * self.scale
        ink = (
            self._turned(x, y, text, style, pixels, start, turn)
            if turn
            else self._level(x, y, text, style, pixels, start)
        )
        if ink is None:
            return (x, y, x, y)
        box = (ink[0] / self.scale, ink[1] / self.scale, ink[2] / self.scale, ink[3] / self.scale)
        self.taken.append(box)
        if keep:
            left, top, right, bottom = (float(v) for v in ink)
            quad: Quad = ((left, top), (right, top), (right, bottom), (left, bottom))
            if turn == 90:
                quad = ((right, top), (right, bottom), (left, bottom), (left, top))
            elif turn == 270:
                quad = ((left, bottom), (left, top), (right, top), (right, bottom))
            self.lines.append(Line(text, role, quad, "print", tuple(parts)))
        return box

    def _level(
        self, x: float, y: float, text: str, style: Style, pixels: int, start: float
    ) -> tuple[float, float, float, float] | None:
        at, base = x * self.scale + start, y * self.scale
        inks = []
        for file, piece in self._pieces(text, style):
            font = loaded(file, pixels)
            self.draw.text((at, base), piece, font=font, fill=style.colour, anchor="ls")
            if piece.strip():
                inks.append(_moved(font.getbbox(piece, anchor="ls"), at, base))
            at += font.getlength(piece) + style.tracking * pixels * len(piece)
        return _joined(inks)

    def _turned(
        self, x: float, y: float, text: str, style: Style, pixels: int, start: float, turn: int
    ) -> tuple[float, float, float, float] | None:
        wide = round(self.width_of(text, style) * self.scale) + 2 * pixels
        layer = Image.new("L", (wide, 3 * pixels), 0)
        pen = ImageDraw.Draw(layer)
        at = float(pixels)
        for file, piece in self._pieces(text, style):
            font = loaded(file, pixels)
            pen.text((at, 2 * pixels), piece, font=font, fill=255, anchor="ls")
            at += font.getlength(piece) + style.tracking * pixels * len(piece)
        layer = layer.transpose(Image.Transpose.ROTATE_270 if turn == 90 else Image.Transpose.ROTATE_90)
        if turn == 90:
            left, top = x * self.scale - pixels, y * self.scale + start - pixels
        else:
            left, top = x * self.scale - 2 * pixels, y * self.scale - start - wide + pixels
        corner = (round(left), round(top))
        self.image.paste(style.colour, corner, layer)
        box = layer.getbbox()
        return _moved(box, *corner) if box else None

    def box(
        self, box: Box, colour: Colour, radius: float = 0.0, outline: Colour | None = None, line: float = 0.2
    ) -> None:
        """Fill a rectangle (mm), or with `outline` only draw its edge."""
        pixels = [v * self.scale for v in box]
        if outline is not None:
            self.draw.rounded_rectangle(
                pixels, radius * self.scale, outline=outline, width=max(1, round(line * self.scale))
            )
        elif radius:
            self.draw.rounded_rectangle(pixels, radius * self.scale, fill=colour)
        else:
            self.draw.rectangle(pixels, fill=colour)

    def stroke(self, points: Sequence[tuple[float, float]], colour: Colour, line: float = 0.2) -> None:
        """A line through points (mm)."""
        self.draw.line([(x * self.scale, y * self.scale) for x, y in points], colour, max(1, round(line * self.scale)))

    def polygon(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """Fill a polygon (mm)."""
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=colour)

    def paste(self, picture: Image.Image, box: Box, mask: Image.Image | None = None) -> None:
        """Put a picture into a box (mm)."""
        left, top, right, bottom = (round(v * self.scale) for v in box)
        size = (max(1, right - left), max(1, bottom - top))
        self.image.paste(
            picture.resize(size, Image.Resampling.LANCZOS),
            (left, top),
            mask.resize(size, Image.Resampling.LANCZOS) if mask else None,
        )
        self.taken.append(box)

    def prints(self, text: str, style: Style) -> bool:
        """Whether the style has every letter of a text."""
        return covers(style.face, text) or all(any(covers(f, c) for f in (style.face, *style.fallback)) for c in text)


def _moved(box: tuple[float, float, float, float], x: float, y: float) -> tuple[float, float, float, float]:
    return (box[0] + x, box[1] + y, box[2] + x, box[3] + y)


def _joined(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float] | None:
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
