"""Writes on a printed face: notes in free places, across print, up the margin, upside down; signs; struck numbers."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from . import jottings, numbers, pen
from .card import Face
from .countries import countries
from .pen import Hand
from .seeds import Split
from .truth import Line, Mark, Note, Part, Quad

Array = np.ndarray
Box = tuple[float, float, float, float]
STEP: Final = 1.0  # mm of the grid on which free places are looked for


class _Page:
    """The face while it is written on."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.pixels = np.array(face.pixels)
        self.lines: list[Line] = list(face.lines)
        self.notes: list[Note] = []
        self.marks: list[Mark] = []
        self.struck: set[str] = set()
        self.taken: list[Box] = list(face.taken)
        # Rounded corners are no place to write: the card ends before its rectangle does.
        if face.radius:
            across, down, r = face.width, face.height, face.radius
            self.taken += [(x, y, x + r, y + r) for x in (0.0, across - r) for y in (0.0, down - r)]

    def free(self, rand: random.Random, width: float, height: float, margin: float = 0.8) -> tuple[float, float] | None:
        """A random place (mm) where a box of this size touches nothing printed, or None."""
        cols, rows = int(self.face.width / STEP), int(self.face.height / STEP)
        grid = np.zeros((rows + 1, cols + 1), np.int32)
        for left, top, right, bottom in self.taken:
            x0, y0 = max(0, int((left - margin) / STEP)), max(0, int((top - margin) / STEP))
            grid[y0 : int((bottom + margin) / STEP) + 1, x0 : int((right + margin) / STEP) + 1] = 1
        total = np.pad(grid.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        w, h = math.ceil(width / STEP), math.ceil(height / STEP)
        if rows <= h + 4 or cols <= w + 4:
            return None
        sums = total[h:, w:] - total[:-h, w:] - total[h:, :-w] + total[:-h, :-w]
        edge = 2  # steps kept free along the edge
        inner = sums[edge : rows - h - edge + 1, edge : cols - w - edge + 1]
        spots = np.argwhere(inner == 0)
        if len(spots) == 0:
            return None
        y, x = spots[rand.randrange(len(spots))]
        return (float(x + edge) * STEP, float(y + edge) * STEP)

    def ink(self, cover: Array, matrix: Array, hand: Hand) -> None:
        """Put coverage on the face through an affine matrix (2x3) from its pixels to the face's."""
        h, w = cover.shape
        corners = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float64) @ matrix[:, :2].T + matrix[:, 2]
        limit = (self.pixels.shape[1], self.pixels.shape[0])
        x0, y0 = np.maximum(0, np.floor(corners.min(axis=0)).astype(int))
        x1, y1 = np.minimum(limit, np.ceil(corners.max(axis=0)).astype(int))
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        moved = matrix.copy()
        moved[:, 2] -= (x0, y0)
        part = cv2.warpAffine(cover, moved, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR)
        pen.apply(self.pixels[y0:y1, x0:x1], part, hand.ink)

    def write(self, rand: random.Random, hand: Hand, text: str, em: float, x: float, y: float, turn: float) -> Line:
        """Write one line whose ink begins at (x, y) mm, turned clockwise by `turn` degrees; `em` is in mm."""
        k = self.face.scale
        cover, box = pen.line(rand, hand, text, em * k)
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        matrix = np.array([[c, -s, 0.0], [s, c, 0.0]])
        matrix[:, 2] = np.array([x * k, y * k]) - matrix[:, :2] @ np.array([box[0], box[1]])
        self.ink(cover, matrix, hand)
        corners = np.array([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
        points = corners @ matrix[:, :2].T + matrix[:, 2]
        quad = _quad(points)
        self._take(quad)
        return Line(text, "note", quad, "handwriting")

    def _take(self, quad: Quad) -> None:
        k = self.face.scale
        xs, ys = [p[0] / k for p in quad], [p[1] / k for p in quad]
        self.taken.append((min(xs), min(ys), max(xs), max(ys)))

    def draw(
        self, rand: random.Random, hand: Hand, kind: str, paths: list[list[tuple[float, float]]], target: str = ""
    ) -> None:
        """Draw paths (mm) and note the mark they make."""
        k = self.face.scale
        scaled = [[(x * k, y * k) for x, y in path] for path in paths]
        width = max(1.0, 0.32 * k * hand.weight)
        cover, offset = pen.strokes(rand, hand, scaled, width, 3.0 * k)
        matrix = np.array([[1.0, 0, offset[0]], [0, 1.0, offset[1]]])
        self.ink(cover, matrix, hand)
        points = [p for path in scaled for p in path]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        quad: Quad = ((min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys)))
        self.marks.append(Mark(kind, quad, target))
        if kind in ("star", "double-star", "check", "arrow"):
            self._take(quad)

    def done(self) -> Face:
        """The face with what was written."""
        return replace(
            self.face, pixels=self.pixels, lines=tuple(self.lines), notes=tuple(self.notes), marks=tuple(self.marks),
            struck=frozenset(self.struck), taken=tuple(self.taken),
        )  # fmt: skip


def _note(rand: random.Random, page: _Page, hand: Hand, split: Split, language: str, manner: str) -> bool:
    """Write one note in a manner: free, across, margin, upside-down or slanted. False if there is no place."""
    k = page.face.scale
    text = pen.writable(hand, jottings.jotting(rand, split, language))
    em = rand.uniform(3.4, 5.6)
    for attempt in range(8):
        em *= 0.9 if attempt else 1.0
        room = page.face.width * rand.uniform(0.4, 0.92) if manner != "margin" else page.face.height * 0.85
        lines = jottings.wrapped(text, max(6, int(room / (em * 0.46))))
        sizes = [pen.line(rand, hand, t, em * k)[1] for t in lines]
        wide = max((b[2] - b[0]) / k for b in sizes)
        leading = em * rand.uniform(0.92, 1.15)
        tall = leading * (len(lines) - 1) + max((b[3] - b[1]) / k for b in sizes)
        if em < 2.3:
            return False
        turn = {"margin": 270.0, "upside-down": 180.0, "slanted": rand.choice((-1, 1)) * rand.uniform(6, 22)}.get(
            manner, rand.gauss(0, 2.2)
        )
        if (wide > page.face.width - 3 and manner != "margin") or (wide > page.face.height - 3 and manner == "margin"):
            continue
        c, s = abs(math.cos(math.radians(turn))), abs(math.sin(math.radians(turn)))
        spread = (wide * c + tall * s, wide * s + tall * c)
        spot = page.free(rand, *spread)
        if spot is None and manner == "across":
            most = (page.face.width - spread[0] - 2, page.face.height - spread[1] - 2)
            spot = (rand.uniform(2, max(2.1, most[0])), rand.uniform(2, max(2.1, most[1]))) if min(most) > 0 else None
        if spot is None:
            continue
        _written(
            rand, page, hand, lines, em, (spot[0] + spread[0] / 2, spot[1] + spread[1] / 2), (wide, tall), leading, turn
        )
        return True
    return False


def _written(
    rand: random.Random, page: _Page, hand: Hand, lines: list[str], em: float, middle: tuple[float, float],
    size: tuple[float, float], leading: float, turn: float,
) -> None:  # fmt: skip
    """Write the lines of a note around its middle (mm)."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    first = len(page.lines)
    for i, text in enumerate(lines):
        u, v = -size[0] / 2 + (rand.uniform(0, 1.5) if i else 0.0), -size[1] / 2 + i * leading
        x, y = middle[0] + c * u - s * v, middle[1] + s * u + c * v
        page.lines.append(page.write(rand, hand, text, em, x, y, turn + rand.gauss(0, 0.6)))
    points = np.array([p for line in page.lines[first:] for p in line.quad])
    local = (points - np.array(middle) * page.face.scale) @ np.array([[c, -s], [s, c]])
    low, high = local.min(axis=0), local.max(axis=0)
    corners = np.array([(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])])
    back = corners @ np.array([[c, s], [-s, c]]) + np.array(middle) * page.face.scale
    page.notes.append(Note(" ".join(lines), tuple(range(first, len(page.lines))), _quad(back)))


def _quad(points: Array) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d


def _star(x: float, y: float, r: float, rand: random.Random) -> list[list[tuple[float, float]]]:
    if rand.random() < 0.6:
        order = [0, 2, 4, 1, 3, 0]
        turn = rand.gauss(-math.pi / 2, 0.15)
        tips = [
            (x + r * math.cos(turn + i * 2 * math.pi / 5), y + r * math.sin(turn + i * 2 * math.pi / 5))
            for i in range(5)
        ]
        # Straight strokes: every tip twice, so that the curve through them has corners.
        return [[tips[a], tips[b]] for a, b in itertools.pairwise(order)]
    return [
        [(x + r * math.cos(a), y + r * math.sin(a)), (x - r * math.cos(a), y - r * math.sin(a))]
        for a in (0.2, 1.25, 2.3)
    ]


def _sign(rand: random.Random, page: _Page, hand: Hand) -> None:
    """A star, double star, check mark or arrow in a free place."""
    kind = rand.choice(("star", "star", "double-star", "check", "arrow"))
    size = rand.uniform(3.5, 7)
    wide = size * (2.2 if kind == "double-star" else 1.6 if kind == "arrow" else 1.0)
    spot = page.free(rand, wide, size)
    if spot is None:
        return
    x, y = spot
    r = size / 2
    if kind == "star":
        page.draw(rand, hand, kind, _star(x + r, y + r, r, rand))
    elif kind == "double-star":
        page.draw(rand, hand, kind, [*_star(x + r, y + r, r, rand), *_star(x + 3.3 * r, y + r, r, rand)])
    elif kind == "check":
        page.draw(
            rand,
            hand,
            kind,
            [[(x, y + size * 0.55), (x + size * 0.35, y + size)], [(x + size * 0.35, y + size), (x + size, y)]],
        )
    else:
        tip = (x + wide, y + size * 0.4)
        barbs = [[tip, (tip[0] - size * 0.4, tip[1] - size * 0.3)], [tip, (tip[0] - size * 0.4, tip[1] + size * 0.3)]]
        page.draw(rand, hand, kind, [[(x, y + size * 0.6), (x + wide * 0.5, y + size * 0.35), tip], *barbs])


def _span(page: _Page, line: Line, value: str) -> Box:
    """The box in mm of a value at the end of a level printed line."""
    k = page.face.scale
    left, top, right, bottom = line.quad[0][0] / k, line.quad[0][1] / k, line.quad[2][0] / k, line.quad[2][1] / k
    start = line.text.rfind(value)
    share = start / max(1, len(line.text)) if start > 0 else 0.0
    return (left + (right - left) * share, top, right, bottom)


def _level(lines: list[Line], field: str) -> list[Line]:
    """Printed, level lines with exactly one value of a field."""
    return [
        one
        for one in lines
        if one.source == "print"
        and len([p for p in one.parts if p.field == field]) == 1
        and one.quad[0][1] == one.quad[1][1]
        and one.quad[1][0] > one.quad[0][0]
    ]


def _around(rand: random.Random, page: _Page, hand: Hand) -> None:
    """A circle or underline around a printed phone or name."""
    field = rand.choice(("phone", "phone", "name", "email"))
    lines = _level(page.lines, field)
    if not lines:
        return
    line = rand.choice(lines)
    value = next(p.text for p in line.parts if p.field == field)
    left, top, right, bottom = _span(page, line, value)
    if rand.random() < 0.5:
        cx, cy, rx, ry = (left + right) / 2, (top + bottom) / 2, (right - left) / 2 + 1.5, (bottom - top) / 2 + 1.4
        turn = rand.uniform(0, 6.3)
        ring = [
            (
                cx + rx * math.cos(turn + a / 22 * 6.9),
                cy + ry * math.sin(turn + a / 22 * 6.9) * rand.uniform(0.94, 1.06),
            )
            for a in range(23)
        ]
        page.draw(rand, hand, "circle", [ring], value)
    else:
        y = bottom + 0.7
        path = [
            (left - 0.5, y + rand.gauss(0, 0.2)),
            ((left + right) / 2, y + rand.gauss(0, 0.3)),
            (right + 0.5, y + rand.gauss(0, 0.3)),
        ]
        page.draw(rand, hand, "underline", [path] * 1, value)


def _strike(rand: random.Random, page: _Page, hand: Hand, fiction: bool) -> None:
    """Strike a printed number out and write another one where there is room, the nearest such place."""
    lines = _level(page.lines, "phone")
    country = countries()[page.face.country]
    if not lines:
        return
    line = rand.choice(lines)
    part = next(p for p in line.parts if p.field == "phone")
    kind: numbers.Kind = "mobile" if part.type == "mobile" else "work"
    fresh = numbers.invent(rand, country, country.cities[0].area, kind, rand.choice((0, 2)), fiction)
    text = pen.writable(hand, fresh.raw)
    left, top, right, bottom = _span(page, line, part.text)
    k = page.face.scale
    em = rand.uniform(3.4, 4.6)
    box = pen.line(rand, hand, text, em * k)[1]
    wide, tall = (box[2] - box[0]) / k, (box[3] - box[1]) / k
    spots = [s for s in (page.free(rand, wide, tall, 0.3) for _ in range(30)) if s is not None]
    if not spots:
        return
    x, y = min(spots, key=lambda s: math.hypot(s[0] - left, s[1] - top))
    middle = (top + bottom) / 2
    lead = [
        [
            (left - 0.6, middle + rand.gauss(0, 0.3)),
            ((left + right) / 2, middle + rand.gauss(0, 0.2)),
            (right + 0.6, middle + rand.gauss(0, 0.3)),
        ]
    ]
    if rand.random() < 0.4:
        lead.append([(left - 0.3, middle + 0.5), ((left + right) / 2, middle + 0.5), (right + 0.4, middle + 0.3)])
    page.draw(rand, hand, "strike", lead, part.text)
    page.struck.add(part.e164 or part.text)
    written = page.write(rand, hand, text, em, x, y, rand.gauss(0, 1.5))
    page.lines.append(replace(written, role="phone", parts=(Part("phone", text, e164=fresh.e164, type=part.type),)))


def scribbled(rand: random.Random, face: Face, split: Split, fiction: bool = False) -> Face:
    """The face with a note, signs or a struck number on it; as it was where there is no room for any.

    `fiction` takes a number written instead of another from the ranges kept for fiction.
    """
    page = _Page(face)
    hand = pen.invent(rand, split, face.ground_shade < 110)
    language = countries()[face.country].language
    what = rand.random()
    if what < 0.86:
        manner = rand.choices(("free", "across", "margin", "upside-down", "slanted"), (10, 2, 1.5, 1.2, 2))[0]
        if not _note(rand, page, hand, split, language, manner) and manner != "free":
            _note(rand, page, hand, split, language, "free")
        if rand.random() < 0.12:
            _note(rand, page, hand, split, language, "free")
    if rand.random() < 0.35:
        _sign(rand, page, hand)
    if rand.random() < 0.22:
        _around(rand, page, hand)
    if rand.random() < 0.14 or what >= 0.93:
        _strike(rand, page, hand, fiction)
    return page.done()
