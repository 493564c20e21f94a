"""Which lines a pen wrote in one go, and in which order: a note stands together, however the card was held."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from cardscan.geometry import stand_together
from cardscan.record import TextLine

_Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_ROW: Final = 0.6  # of a line's height within which lines are of one row
_APART: Final = 2.0  # heights between the ends of two pieces of a row


def is_below(one: TextLine, other: TextLine) -> bool:
    """Whether the other line lies below the one, as the one is read."""
    return float((np.array(other.quad) - np.array(one.quad)).mean(axis=0) @ _axes([one])[1]) > 0


def written_order(lines: Sequence[TextLine]) -> list[int]:
    """The places of lines in the order in which they were written.

    Lines of one note follow each other from its own top, row by row, along the direction in which they run: on a card
    held upside down the upper line stands below, and the end of a line that climbs may lie above the next one's
    beginning. Upright notes come first; those of one direction from their common top.
    """
    passages = [_by_rows(lines, passage) for passage in _passages(lines)]
    return [place for passage in sorted(passages, key=lambda places: _start(lines[places[0]])) for place in passage]


def _passages(lines: Sequence[TextLine]) -> list[list[int]]:
    """Lines of one direction that hang together."""
    left = list(range(len(lines)))
    found = []
    while left:
        passage = [left.pop(0)]
        for place in passage:  # grows while it is walked
            near = [other for other in left if _hang_together(lines[place], lines[other])]
            passage += near
            left = [other for other in left if other not in near]
        found.append(passage)
    return found


def _hang_together(one: TextLine, other: TextLine) -> bool:
    if _turn(one) != _turn(other):
        return False
    return stand_together(one.quad, other.quad) or _in_one_row(one, other)


def _in_one_row(one: TextLine, other: TextLine) -> bool:
    a, b = np.array(one.quad), np.array(other.quad)
    across, down = _axes([one, other])
    height = (_height(a) + _height(b)) / 2
    apart = abs(float((b.mean(axis=0) - a.mean(axis=0)) @ down))
    gap = max((a @ across).min(), (b @ across).min()) - min((a @ across).max(), (b @ across).max())
    return apart < _ROW * height and bool(gap < _APART * height)


def _by_rows(lines: Sequence[TextLine], passage: Sequence[int]) -> list[int]:
    """The lines of a passage row by row, each row from its beginning."""
    across, down = _axes([lines[place] for place in passage])
    quads = {place: np.array(lines[place].quad) for place in passage}
    rows: list[list[int]] = []
    for place in sorted(passage, key=lambda place: float(quads[place].mean(axis=0) @ down)):
        if rows and _is_level(quads[rows[-1][0]], quads[place], down):
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows for place in sorted(row, key=lambda place: float(quads[place][0] @ across))]


def _is_level(one: _Array, other: _Array, down: _Array) -> bool:
    """Whether one line is not below the other by much of the lower one's height: a box may hold more than its line."""
    return float((other.mean(axis=0) - one.mean(axis=0)) @ down) < _ROW * min(_height(one), _height(other))


def _start(line: TextLine) -> tuple[int, float, float]:
    """Where a passage begins that has this first line: its direction, how far down and how far along."""
    turn = _turn(line)
    angle = math.radians(90 * turn)
    x, y = line.quad[0]
    return turn, y * math.cos(angle) - x * math.sin(angle), x * math.cos(angle) + y * math.sin(angle)


def _turn(line: TextLine) -> int:
    """Quarter turns clockwise."""
    (x, y), (right, low), *_ = line.quad
    return round(math.degrees(math.atan2(low - y, right - x)) / 90) % 4


def _axes(lines: Sequence[TextLine]) -> tuple[_Array, _Array]:
    """The directions (2,) in which lines run and in which they follow each other; the longer count more."""
    along = np.sum([np.array(line.quad[1]) - np.array(line.quad[0]) for line in lines], axis=0)
    across = along / max(1e-6, float(np.linalg.norm(along)))
    return across, np.array([-across[1], across[0]])


def _height(quad: _Array) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]))
