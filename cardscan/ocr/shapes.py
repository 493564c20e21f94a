"""Finds drawn signs by their shape: star, double star, check mark, arrow; circle and underline around text.

Only the shape is judged here, strictly: a sign that is missed costs less than one that isn't there. Whether a pen drew
it, or it is printed, is judged against the card's other ink, in the room `pen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

import cv2
import numpy as np

from cardscan.ocr.shape_rules import is_arrow, is_check, is_ring, is_star, is_underline, ring_in
from cardscan.record import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import Pixels, Quad, TextLine

_LONG_SIDE: Final = 900
_INKED: Final = 30  # of 255, away from the paper in any channel
_HALF: Final = 0.5
_SIGN: Final = (0.03, 0.16)  # size of a sign, as a share of the card's long side
_AROUND: Final = 0.07  # size of the shortest circle or underline
_LONGEST: Final = 0.85  # of a circle or an underline
_MOST: Final = 200  # components looked at
_EDGE: Final = 5  # pixels; what is so near to the edge is the desk, or print that runs over it
_BESIDE: Final = 4  # pixels above and below a line where there should be paper
_CUT_OUT: Final = ("circle", "underline")
_FEWEST, _SAMPLE, _ROUNDS = 200, 4000, 8  # pixels of ink that are worth telling apart, looked at for it, and how often
_ONE_INK: Final = 0.985  # cosine between the directions of two inks
_OVER_TEXT: Final = 0.3  # of a sign
_ALONE: Final = 3  # letters of a "line" that may be a sign which OCR took for text
_PAIRED: Final = 1.6  # two stars of a double star differ in size by no more
_CLOSE: Final = 1.0  # sizes between them


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One connected piece of ink: its mask, cut to its box, and where that lies (left, top) in the small image."""

    mask: Pixels
    left: int
    top: int

    @property
    def size(self) -> int:
        """The longer side of its box."""
        return max(self.mask.shape)


def find_shapes(pixels: Pixels, lines: Sequence[TextLine]) -> tuple[Shape, ...]:
    """The signs of a card.

    Args:
        pixels: The card, RGB, uint8, (height, width, 3).
        lines: Its text lines, quads in these pixels.

    Returns:
        Shapes with upright quads in these pixels; circles and underlines name the lines that they mark.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    if min(height, width) * scale < 64:
        return ()
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    paper = _paper(small)
    away = cv2.absdiff(small, paper).max(axis=2)
    boxes = [_box(line.quad, scale) for line in lines if _is_text(line)]
    numbers = [number for number, line in enumerate(lines) if _is_text(line)]
    found: list[Shape] = []
    for strokes, is_whole in [(_strokes(away), True), *((_strokes(ink), False) for ink in _inks(small, paper, away))]:
        for stroke in strokes:
            kind, marked, sign = _kind(stroke, boxes, max(small.shape[:2]))
            quad = _quad(sign, scale)
            if kind == "underline" and not _on_paper(away, sign):
                continue
            # What is cut out of a picture by its colour may well look like a check mark or an arrow.
            if kind is None or not (is_whole or kind in _CUT_OUT) or any(_same(shape, kind, quad) for shape in found):
                continue
            found.append(Shape(kind, quad, _tint(small, paper, sign), tuple(numbers[each] for each in marked)))
    return tuple(_doubled(found))


def _is_text(line: TextLine) -> bool:
    return sum(map(_breadth, line.text)) > _ALONE


def _same(shape: Shape, kind: str, quad: Quad) -> bool:
    """Whether a sign was found before, with ink of another colour that it touches or without."""
    (left, top), (right, bottom) = quad[0], quad[2]
    (start, high), (end, low) = shape.quad[0], shape.quad[2]
    middle = ((left + right) / 2, (top + bottom) / 2)
    return kind == shape.kind and start < middle[0] < end and high - 2 < middle[1] < low + 2


def _on_paper(away: Pixels, stroke: Stroke) -> bool:
    """Whether there is paper above and below most of a line: it is not the edge of a printed area."""
    tall, wide = stroke.mask.shape
    ink = (stroke.mask > 0).argmax(axis=0) + stroke.top, stroke.top + tall - 1 - (stroke.mask[::-1] > 0).argmax(axis=0)
    columns = np.arange(wide) + stroke.left
    return all(
        float((away[np.clip(rows + step, 0, len(away) - 1), columns] > _INKED).mean()) < _HALF
        for rows, step in ((ink[0], -_BESIDE), (ink[1], _BESIDE))
    )


def _inks(small: Pixels, paper: Pixels, away: Pixels) -> list[Pixels]:
    """The card's two main inks apart, each as `away` where it lies; none where all ink is of one colour.

    An edge blends ink with paper, which changes how far a pixel is from the paper, but not in which direction.
    """
    inked = away > _INKED
    towards = small[inked].astype(np.float32) - paper[inked]
    towards /= np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1.0)
    if len(towards) < _FEWEST:
        return []
    sample = towards[:: 1 + len(towards) // _SAMPLE]
    centres = np.stack([sample.mean(axis=0), sample.mean(axis=0)])
    centres[1] = sample[(sample @ centres[0]).argmin()]
    for _ in range(_ROUNDS):
        second = sample @ centres[1] > sample @ centres[0]
        if second.all() or not second.any():
            return []
        centres = np.stack([sample[~second].mean(axis=0), sample[second].mean(axis=0)])
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    if centres[0] @ centres[1] > _ONE_INK:
        return []
    leaning = np.zeros(away.shape, np.float32)
    leaning[inked] = towards @ (centres[1] - centres[0])
    leaning = cv2.blur(leaning, (3, 3))
    return [np.where(inked & side, away, 0).astype(np.uint8) for side in (leaning > 0, leaning <= 0)]


def _breadth(char: str) -> int:
    """How much a letter says: two Chinese ones are a name, two Latin ones may be a sign."""
    return char.isalnum() * (2 if east_asian_width(char) in "WF" else 1)


def _paper(small: Pixels) -> Pixels:
    size = (max(8, small.shape[1] // 4), max(8, small.shape[0] // 4))
    coarse = cv2.medianBlur(cv2.resize(small, size, interpolation=cv2.INTER_AREA), 27)
    paper: Pixels = cv2.resize(coarse, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    return paper


def _strokes(away: Pixels) -> list[Stroke]:
    inked = (away > _INKED).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    height, width = inked.shape
    long_side = max(height, width)
    found = []
    for label in range(1, count):
        left, top, wide, tall, _area = (int(value) for value in stats[label])
        at_edge = min(left, top, width - left - wide, height - top - tall) <= _EDGE
        if not at_edge and _SIGN[0] * long_side <= max(wide, tall) <= _LONGEST * long_side:
            own = labels[top : top + tall, left : left + wide] == label
            contrast = away[top : top + tall, left : left + wide]
            # Strokes end where they are half as dark as in their middle; a fixed level would fatten dark ones.
            core = (own & (contrast > _HALF * np.percentile(contrast[own], 80))).astype(np.uint8)
            x, y, across, down = cv2.boundingRect(core)
            if min(across, down) > 2:
                cut = np.ascontiguousarray(core[y : y + down, x : x + across])
                found.append(Stroke(cut, left + x, top + y))
    found.sort(key=lambda stroke: -stroke.size)
    return found[:_MOST]


def _kind(stroke: Stroke, boxes: Sequence[tuple[float, ...]], long_side: int) -> tuple[Any, tuple[int, ...], Stroke]:
    """What a stroke is, which boxes of text it marks, and its ink that does; (None, (), …) for all that is no sign."""
    tall, wide = stroke.mask.shape
    left, top, right, bottom = stroke.left, stroke.top, stroke.left + wide, stroke.top + tall
    if stroke.size <= _SIGN[1] * long_side:
        over = [
            max(0.0, min(box[2], right) - max(box[0], left)) * max(0.0, min(box[3], bottom) - max(box[1], top))
            for box in boxes
        ]
        if sum(over) < _OVER_TEXT * wide * tall:
            for kind, rule in (("star", is_star), ("check", is_check), ("arrow", is_arrow)):
                if rule(stroke.mask):
                    return kind, (), stroke
    if stroke.size < _AROUND * long_side:
        return None, (), stroke
    ring = _ring(stroke)
    if ring is not None:
        enclosed = _enclosed(ring, boxes)
        if enclosed and is_ring(ring.mask, max(boxes[index][3] - boxes[index][1] for index in enclosed)):
            return "circle", enclosed, ring
    if is_underline(stroke.mask):
        above = tuple(index for index, box in enumerate(boxes) if _under(stroke, box))
        if above:
            return "underline", above, stroke
    return None, (), stroke


def _ring(stroke: Stroke) -> Stroke | None:
    """The ink around the largest hole of a stroke, without the letters that it touches."""
    found = ring_in(stroke.mask)
    if found is None:
        return None
    left, top, wide, tall = cv2.boundingRect(found)
    cut = np.ascontiguousarray(found[top : top + tall, left : left + wide])
    return Stroke(cut, stroke.left + left, stroke.top + top)


def _enclosed(ring: Stroke, boxes: Sequence[tuple[float, ...]]) -> tuple[int, ...]:
    tall, wide = ring.mask.shape
    left, top, right, bottom = ring.left, ring.top, ring.left + wide, ring.top + tall
    return tuple(
        index
        for index, box in enumerate(boxes)
        if left < (box[0] + box[2]) / 2 < right and top < (box[1] + box[3]) / 2 < bottom
    )


def _under(stroke: Stroke, box: tuple[float, ...]) -> bool:
    tall, wide = stroke.mask.shape
    height = box[3] - box[1]
    middle = stroke.top + tall / 2
    shared = min(box[2], stroke.left + wide) - max(box[0], stroke.left)
    return box[3] - 0.2 * height < middle < box[3] + 0.6 * height and shared > 0.6 * wide


def _doubled(found: list[Shape]) -> list[Shape]:
    """Two stars side by side are one double star."""
    stars = sorted((shape for shape in found if shape.kind == "star"), key=lambda shape: shape.quad[0][0])
    rest = [shape for shape in found if shape.kind != "star"]
    while stars:
        one = stars.pop(0)
        twin = next((other for other in stars if _paired(one.quad, other.quad)), None)
        if twin is not None:
            stars.remove(twin)
            (left, top), (right, bottom) = one.quad[0], twin.quad[2]
            top, bottom = min(top, twin.quad[0][1]), max(bottom, one.quad[2][1])
            quad = ((left, top), (right, top), (right, bottom), (left, bottom))
            one = Shape("double-star", quad, one.tint)
        rest.append(one)
    return rest


def _paired(one: Quad, other: Quad) -> bool:
    sizes = [quad[2][0] - quad[0][0] for quad in (one, other)]
    gap = other[0][0] - one[1][0]
    lifted = abs((one[0][1] + one[2][1]) - (other[0][1] + other[2][1])) / 2
    return (
        max(sizes) < _PAIRED * min(sizes)
        and -0.3 * min(sizes) < gap < _CLOSE * max(sizes)
        and lifted < 0.6 * max(sizes)
    )


def _box(quad: Quad, scale: float) -> tuple[float, float, float, float]:
    xs, ys = [point[0] * scale for point in quad], [point[1] * scale for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _quad(stroke: Stroke, scale: float) -> Quad:
    tall, wide = stroke.mask.shape
    left, top = stroke.left / scale, stroke.top / scale
    right, bottom = (stroke.left + wide) / scale, (stroke.top + tall) / scale
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _tint(small: Pixels, paper: Pixels, stroke: Stroke) -> tuple[float, float, float]:
    tall, wide = stroke.mask.shape
    part = np.s_[stroke.top : stroke.top + tall, stroke.left : stroke.left + wide]
    core = cv2.erode(stroke.mask, np.ones((2, 2), np.uint8)) > 0
    core = core if core.any() else stroke.mask > 0
    red, green, blue = (small[part][core].mean(axis=0) + 4) / (paper[part][core].mean(axis=0) + 4)
    return float(red), float(green), float(blue)
