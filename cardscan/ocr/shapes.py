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

from cardscan.ocr.shape_rules import is_arrow, is_check, is_ring, is_star, is_underline
from cardscan.record import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import Pixels, Quad, TextLine

_LONG_SIDE: Final = 900
_INKED: Final = 30  # of 255, away from the paper in any channel
_HALF: Final = 0.5
_SIGN: Final = (0.03, 0.16)  # size of a sign, as a share of the card's long side
_LONGEST: Final = 0.85  # of a circle or an underline
_MOST: Final = 200  # components looked at
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
    boxes = [_box(line.quad, scale) for line in lines]
    is_text = [sum(map(_breadth, line.text)) > _ALONE for line in lines]
    found: list[Shape] = []
    for stroke in _strokes(away):
        kind, marked = _kind(stroke, boxes, is_text, max(small.shape[:2]))
        if kind is not None:
            found.append(Shape(kind, _quad(stroke, scale), _tint(small, paper, stroke), marked))
    return tuple(_doubled(found))


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
        at_edge = left <= 1 or top <= 1 or left + wide >= width - 1 or top + tall >= height - 1
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


def _kind(
    stroke: Stroke, boxes: Sequence[tuple[float, ...]], is_text: Sequence[bool], long_side: int
) -> tuple[Any, tuple[int, ...]]:
    """What a stroke is, and the lines that it marks; (None, ()) for all that is no sign."""
    tall, wide = stroke.mask.shape
    left, top, right, bottom = stroke.left, stroke.top, stroke.left + wide, stroke.top + tall
    if stroke.size <= _SIGN[1] * long_side:
        inside = any(
            text and box[0] < (left + right) / 2 < box[2] and box[1] < (top + bottom) / 2 < box[3]
            for box, text in zip(boxes, is_text, strict=True)
        )
        if not inside:
            for kind, rule in (("star", is_star), ("check", is_check), ("arrow", is_arrow)):
                if rule(stroke.mask):
                    return kind, ()
    enclosed = tuple(
        index
        for index, (box, text) in enumerate(zip(boxes, is_text, strict=True))
        if text and left < (box[0] + box[2]) / 2 < right and top < (box[1] + box[3]) / 2 < bottom
    )
    if enclosed and is_ring(stroke.mask, max(boxes[index][3] - boxes[index][1] for index in enclosed)):
        return "circle", enclosed
    if is_underline(stroke.mask):
        above = tuple(
            index for index, (box, text) in enumerate(zip(boxes, is_text, strict=True)) if text and _under(stroke, box)
        )
        if above:
            return "underline", above
    return None, ()


def _under(stroke: Stroke, box: tuple[float, ...]) -> bool:
    tall, wide = stroke.mask.shape
    height = box[3] - box[1]
    middle = stroke.top + tall / 2
    shared = min(box[2], stroke.left + wide) - max(box[0], stroke.left)
    return box[3] - 0.35 * height < middle < box[3] + 0.4 * height and shared > 0.6 * wide


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
