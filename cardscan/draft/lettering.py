"""Text to handwriting: shaped with HarfBuzz, then varied so that no two letters are drawn alike.

Glyphs are vector outlines from the start (never a font embedded in a file), in points, y upwards, the origin at the
beginning of the line's base line. Variation is seeded, so one seed always gives the same hand: contextual alternates of
the face, a wandering base line, uneven spacing and slant, more and less pressure, and a slight warp of each outline.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from cardscan.errors import UsageError

if TYPE_CHECKING:
    import uharfbuzz

# One move, line or cubic curve, or the end of a contour: `("C", x1, y1, x2, y2, x3, y3)`.
Segment = tuple[Any, ...]
Outline = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A handwriting face under the SIL Open Font License, shipped in `faces/<name>/` with its licence.

    Attributes:
        parts: Font files by script; the first that has a character draws it.
        weights: Lightest and heaviest pressure on the weight axis; equal where the face has none.
        leading: Line distance as a multiple of the size.
        spread: Largest size in points for a card, so that faces look equally big.
    """

    name: str
    parts: tuple[str, ...]
    weights: tuple[int, int]
    leading: float
    spread: float


FACES: Final = {
    "caveat": Face("caveat", ("latin", "latin-ext", "cyrillic"), (400, 480), 1.14, 25.0),
    "kalam": Face("kalam", ("latin", "latin-ext"), (300, 300), 1.42, 17.5),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One drawn glyph: its outline in points in the frame of its line, and whether it belongs to a blank."""

    outline: Outline
    blank: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A written line: its letters, its width, and rules `(x0, x1)` under blanks."""

    letters: tuple[Letter, ...]
    width: float
    rules: tuple[tuple[float, float], ...]


class Hand:
    """A face held by one person: measures and writes lines."""

    def __init__(self, face: Face) -> None:
        self.face = face

    def measure(self, text: str, size: float) -> float:
        """Width of a line in points, before variation (which keeps it within two per cent)."""
        return sum(run.advance for run in self._runs(text)) * size

    def unwritable(self, text: str) -> str:
        """The characters that the face has no glyph for, each once."""
        return "".join(dict.fromkeys(char for char in text if not char.isspace() and self._part_of(char) is None))

    def write(self, text: str, size: float, chance: random.Random, *, in_blank: bool = False) -> Line:
        """Draw one line. `chance` is used up in a fixed order, so equal seeds draw equal lines.

        `in_blank` says that the line begins inside a blank that an earlier line opened.
        """
        letters: list[Letter] = []
        rules: list[tuple[float, float]] = []
        drift = _Drift(chance)
        x, start, inside = 0.0, 0.0, in_blank
        slant, grow = chance.gauss(0, 0.012), 1.0
        for run in self._runs(text):
            if run.part is None:  # nothing to draw it with: a ruled gap to be filled by hand
                rules.append((x, x + run.advance * size))
                x += run.advance * size
                continue
            for glyph in run.glyphs:
                if glyph.char == " ":
                    slant, grow = chance.gauss(0, 0.022), 1 + chance.gauss(0, 0.018)
                if glyph.char == "[" and not inside:
                    inside, start = True, x
                pressure = self._pressure(drift.at(x / size, 2))
                turn = chance.gauss(0, 0.014)
                dy = drift.at(x / size, 0) * 0.026 + chance.gauss(0, 0.010)
                place = _Place(
                    scale=size * grow * (1 + chance.gauss(0, 0.012)),
                    slant=slant + chance.gauss(0, 0.014),
                    turn=turn,
                    x=x + glyph.dx * size,
                    y=(dy + glyph.dy) * size,
                    warp=(chance.uniform(0, math.tau), chance.uniform(0, math.tau)),
                )
                outline = _outline(self.face.name, run.part, glyph.index, pressure)
                if outline:
                    letters.append(Letter(place.put(outline), inside))
                loose = 0.10 if glyph.char == " " else 0.0  # words stand less evenly than letters
                x += glyph.advance * size * (1 + drift.at(x / size, 1) * 0.014 + chance.gauss(0, loose))
                x += chance.gauss(0, 0.005) * size
                if glyph.char == "]" and inside:
                    inside = False
                    rules.append((start, x))
        if inside:
            rules.append((start, x))
        return Line(tuple(letters), x, tuple(rules))

    def _pressure(self, drift: float) -> int:
        low, high = self.face.weights
        return round((low + (high - low) * (0.45 + 0.35 * drift)) / 10) * 10

    def _part_of(self, char: str) -> str | None:
        return next((part for part in self.face.parts if ord(char) in _coverage(self.face.name, part)), None)

    def _runs(self, text: str) -> Sequence[_Run]:
        return _shaped(self.face.name, self.face.parts, unicodedata.normalize("NFC", text))


@dataclass(frozen=True, slots=True)
class _Glyph:
    index: int
    char: str
    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive characters of one font file; `part` None has no font, and its advance is the gap to leave."""

    part: str | None
    glyphs: tuple[_Glyph, ...]
    advance: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where and how one glyph is put down; applied to its outline in em units."""

    scale: float
    slant: float
    turn: float
    x: float
    y: float
    warp: tuple[float, float]

    def put(self, outline: Outline) -> Outline:
        cos, sin = math.cos(self.turn), math.sin(self.turn)

        def moved(x: float, y: float) -> tuple[float, float]:
            # The warp is smooth over the glyph, so strokes bend and never fray.
            x += 0.006 * math.sin(self.warp[0] + 7.1 * y) + self.slant * y
            y += 0.006 * math.sin(self.warp[1] + 6.3 * x)
            return self.x + self.scale * (x * cos - y * sin), self.y + self.scale * (x * sin + y * cos)

        return tuple(
            (segment[0], *(value for i in range(1, len(segment), 2) for value in moved(segment[i], segment[i + 1])))
            for segment in outline
        )


class _Drift:
    """Smooth noise along a line, about -1 to 1: a sum of slow waves, three channels."""

    def __init__(self, chance: random.Random) -> None:
        self._waves = [
            [(chance.uniform(0.12, 0.5), chance.uniform(0, math.tau), chance.uniform(0.3, 0.6)) for _ in range(3)]
            for _ in range(3)
        ]

    def at(self, ems: float, channel: int) -> float:
        return sum(height * math.sin(phase + rate * ems) for rate, phase, height in self._waves[channel])


class _Pen:
    """Collects a glyph as cubic segments in em units (fontTools' segment pen protocol, as uharfbuzz calls it)."""

    def __init__(self, em: int) -> None:
        self._em = em
        self._here = (0.0, 0.0)
        self.segments: list[Segment] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        self._add("M", self._scaled(point))

    def lineTo(self, point: tuple[float, float]) -> None:
        self._add("L", self._scaled(point))

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1), (x2, y2) = self._here, self._scaled(control), self._scaled(end)
        first = (x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0))
        second = (x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2))
        self._add("C", first, second, (x2, y2))

    def curveTo(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:
        self._add("C", self._scaled(one), self._scaled(two), self._scaled(end))

    def closePath(self) -> None:
        self.segments.append(("Z",))

    endPath = closePath

    def _scaled(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] / self._em, point[1] / self._em

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        self._here = points[-1]
        self.segments.append((command, *(value for point in points for value in point)))


def face_named(name: str) -> Face:
    """The face of this name.

    Raises:
        UsageError: There is none; the message names those there are.
    """
    if name not in FACES:
        raise UsageError(f"no handwriting face {name!r} (there are: {', '.join(FACES)})")
    return FACES[name]


@cache
def _font(face: str, part: str) -> uharfbuzz.Font:
    import uharfbuzz

    blob = (files("cardscan.draft") / "faces" / face / f"{part}.ttf").read_bytes()
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(blob)))


@cache
def _coverage(face: str, part: str) -> frozenset[int]:
    return frozenset(_font(face, part).face.unicodes)


@cache
def _outline(face: str, part: str, index: int, weight: int) -> Outline:
    font = _font(face, part)
    font.set_variations({"wght": weight})
    pen = _Pen(font.face.upem)
    font.draw_glyph_with_pen(index, pen)
    return tuple(pen.segments)


@cache
def _shaped(face: str, parts: tuple[str, ...], text: str) -> tuple[_Run, ...]:
    import uharfbuzz

    runs: list[_Run] = []
    for part, piece in _split(face, parts, text):
        if part is None:
            runs.append(_Run(None, (), 0.55 * len(piece)))
            continue
        font = _font(face, part)
        font.set_variations({"wght": 400})
        buffer = uharfbuzz.Buffer()
        buffer.add_str(piece)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        em = font.face.upem
        glyphs = tuple(
            _Glyph(info.codepoint, piece[info.cluster], at.x_advance / em, at.x_offset / em, at.y_offset / em)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )
        runs.append(_Run(part, glyphs, sum(glyph.advance for glyph in glyphs)))
    return tuple(runs)


def _split(face: str, parts: tuple[str, ...], text: str) -> list[tuple[str | None, str]]:
    """The text in runs by the font file that has its characters; white space stays with the run before it."""
    pieces: list[tuple[str | None, str]] = []
    for char in re.sub(r"\s", " ", text):
        part = next((name for name in parts if ord(char) in _coverage(face, name)), None)
        if pieces and (pieces[-1][0] == part or (char == " " and pieces[-1][0] is not None)):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
        else:
            pieces.append((part, char))
    return pieces
