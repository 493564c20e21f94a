"""The order in which a person reads the lines of a card: column by column, each from top to bottom.

Reference: Breuel, "High Performance Document Layout Analysis", 2003: one line comes before another if it lies above it
and both share some width, or if it lies wholly to its left and no line between the two in height spans both. Lines that
follow each other closely in one row, and a short label and its value in a table, are taken as one unit first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import TextLine

_Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
_Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_ROW_OVERLAP: Final = 0.5  # of the lower of two boxes: then they stand in one row
_ROW_GAP: Final = 1.2  # line heights between two boxes that belong together
_LABEL_GAP: Final = 6.0  # the same behind a label
_LABEL_LENGTH: Final = 8  # characters
_SHARED_WIDTH: Final = 0.05  # of the narrower of two boxes: less is chance, not one column


def reading_order(lines: Sequence[TextLine]) -> list[int]:
    """The indexes of `lines` in reading order.

    Columns of vertical text are read from right to left, as in Japanese and Chinese.
    """
    if not lines:
        return []
    boxes = upright_boxes(lines)
    tall = (boxes[:, 3] - boxes[:, 1] > 1.5 * (boxes[:, 2] - boxes[:, 0])) & np.array([len(x.text) > 1 for x in lines])
    if len(lines) > 1 and tall.sum() > len(lines) / 2:
        return [int(index) for index in np.lexsort((boxes[:, 1], -boxes[:, 2]))]
    units = _units(lines, boxes)
    frames = np.array([[*boxes[unit, :2].min(axis=0), *boxes[unit, 2:].max(axis=0)] for unit in units])
    return [index for unit in _sorted(frames) for index in units[unit]]


def upright_boxes(lines: Sequence[TextLine]) -> _Array:
    """Left, top, right and bottom of each line (n, 4), after taking out the tilt that most of the text shares."""
    quads = np.array([line.quad for line in lines], dtype=np.float64)
    top = quads[:, 1] - quads[:, 0]
    level = np.abs(top[:, 1]) < 0.6 * np.abs(top[:, 0])
    if level.any():
        slopes = np.arctan2(top[level, 1], top[level, 0])
        slopes = np.arctan(np.tan(slopes))  # a line on its head has the tilt of one that stands upright
        lengths = np.linalg.norm(top[level], axis=1)
        ranked = np.argsort(slopes)
        middle = np.searchsorted(np.cumsum(lengths[ranked]), lengths.sum() / 2)
        angle = slopes[ranked][min(int(middle), len(ranked) - 1)]
        cosine, sine = np.cos(angle), np.sin(angle)
        quads = quads @ np.array([[cosine, -sine], [sine, cosine]])
    return np.concatenate([quads.min(axis=1), quads.max(axis=1)], axis=1)


def _units(lines: Sequence[TextLine], boxes: _Array) -> list[list[int]]:
    following: dict[int, int] = {}
    taken: set[int] = set()
    for index in np.argsort(boxes[:, 0]).tolist():
        right = _right_neighbour(index, boxes)
        if right is None or right in taken:
            continue
        height = min(boxes[index, 3] - boxes[index, 1], boxes[right, 3] - boxes[right, 1])
        gap = boxes[right, 0] - boxes[index, 2]
        is_label = len(lines[index].text) <= _LABEL_LENGTH and len(lines[right].text) > len(lines[index].text)
        if gap <= (_LABEL_GAP if is_label else _ROW_GAP) * height:
            following[index] = right
            taken.add(right)
    units = []
    for index in range(len(lines)):
        if index not in taken:
            unit = [index]
            while unit[-1] in following:
                unit.append(following[unit[-1]])
            units.append(unit)
    return units


def _right_neighbour(index: int, boxes: _Array) -> int | None:
    left, top, right, bottom = boxes[index]
    shared = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
    heights = boxes[:, 3] - boxes[:, 1]
    in_row = shared > _ROW_OVERLAP * np.minimum(heights, bottom - top)
    alike = np.minimum(heights, bottom - top) > 0.6 * np.maximum(heights, bottom - top)
    beside = in_row & alike & (boxes[:, 0] > (left + right) / 2) & (boxes[:, 2] > right)
    beside[index] = False
    candidates = np.flatnonzero(beside)
    return int(candidates[boxes[candidates, 0].argmin()]) if len(candidates) else None


def _sorted(boxes: _Array) -> list[int]:
    before = _precedes(boxes)
    waiting = list(range(len(boxes)))
    order: list[int] = []
    while waiting:
        blockers = before[np.ix_(waiting, waiting)].sum(axis=0)
        ready = [unit for unit, count in zip(waiting, blockers, strict=True) if count == blockers.min()]
        chosen = min(ready, key=lambda unit: _distance(boxes, order[-1] if order else None, unit))
        waiting.remove(chosen)
        order.append(chosen)
    return order


def _precedes(boxes: _Array) -> _Flags:
    left, top, right, bottom = boxes.T
    middle = (top + bottom) / 2
    shared = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    width = np.minimum((right - left)[:, None], right - left)
    overlap = shared > _SHARED_WIDTH * width
    above = middle[:, None] < middle
    spanned = np.zeros_like(overlap)
    for between in range(len(boxes)):  # a unit that spans both, between them in height
        inside = (above[:, between][:, None] & above[between]) | (above[between][:, None] & above[:, between])
        spanned |= inside & overlap[:, between][:, None] & overlap[between]
    to_the_left = (left[:, None] < left) & ~overlap & ~spanned
    precedes: _Flags = (overlap & above) | to_the_left
    return precedes


def _distance(boxes: _Array, last: int | None, unit: int) -> tuple[bool, float, float]:
    left, top, right, _ = boxes[unit]
    if last is None:
        return True, top, left
    shared = min(right, boxes[last, 2]) - max(left, boxes[last, 0])
    below = shared > 0 and top >= boxes[last, 1]
    return not below, (top - boxes[last, 3]) if below else top, left
