"""Finds a pen's stroke through a printed number: what was crossed out is no longer valid.

Print leaves gaps: no straight line through the middle of a row of figures meets ink for longer than one figure is
wide. A stroke drawn through them does, over several figures. Underlines and table rules run below or above the middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.ocr.crop import LINE_HEIGHT, LineCutter
from cardscan.record import Strike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.boxes import FloatArray
    from cardscan.record import Pixels, TextLine

_FEWEST_DIGITS: Final = 5
_BAND: Final = (0.27, 0.77)  # of the line's height, where a stroke through figures lies
_STEEPEST: Final = 10  # pixels a stroke may rise or fall over the line
_LONGEST_GAP: Final = 4  # pixels a running-dry pen leaves out
_SHORTEST: Final = 2.6  # line heights: about five figures
_STEP: Final = 2  # pixels from one look to the next
_COVERED: Final = 0.85  # of that length, before gaps are closed
_SOLID: Final = 0.95  # of the stroke, a pixel more or less, before gaps are closed; bold figures reach 0.92
_DARK: Final = 0.85  # of the stroke on the very path; bold figures reach 0.8
_FAINTEST: Final = 35.0  # how much darker (or, on dark paper, lighter) ink is than paper, of 255


def strikes(pixels: Pixels, lines: Sequence[TextLine]) -> tuple[Strike, ...]:
    """Where a pen went through lines that hold a number; small letters run together, so words tell nothing.

    Args:
        pixels: The card, RGB, uint8, (height, width, 3).
        lines: Its lines, quads in these pixels.
    """
    cutter = LineCutter(pixels)
    found = []
    for index, line in enumerate(lines):
        if sum(c.isdigit() for c in line.text) < _FEWEST_DIGITS:
            continue
        stroke = longest_stroke(cutter.cut(np.array(line.quad, np.float32)))
        if stroke is not None:
            found.append(Strike(index, *stroke))
    return tuple(found)


def longest_stroke(strip: Pixels) -> tuple[float, float] | None:
    """The longest stroke through a line 48 pixels high, as shares of its width from the left; None if there is none."""
    if strip.shape[1] < _SHORTEST * LINE_HEIGHT:
        return None
    ink = _ink(strip)
    thick = cv2.dilate(ink.astype(np.uint8), np.ones((3, 1), np.uint8))[:, ::_STEP]
    along = np.arange(thick.shape[1])
    rises = np.arange(-_STEEPEST, _STEEPEST + 1, _STEP)
    rows = np.arange(int(_BAND[0] * LINE_HEIGHT), int(_BAND[1] * LINE_HEIGHT), _STEP)
    starts = (rows[:, None, None] + rises[None, :, None] * (along / len(along) - 0.5)).round().astype(int)
    starts = starts.clip(0, LINE_HEIGHT - 1).reshape(-1, len(along))
    paths = thick[starts, along]
    shortest = int(_SHORTEST * LINE_HEIGHT / _STEP)
    sums = np.cumsum(paths, axis=1, dtype=np.int32)
    covered = (sums[:, shortest:] - sums[:, :-shortest]).max(axis=1, initial=0)
    likely, exact = (
        paths[covered >= _COVERED * shortest],
        ink[:, ::_STEP][starts, along][covered >= _COVERED * shortest],
    )
    if not len(likely):
        return None
    closed = cv2.morphologyEx(likely, cv2.MORPH_CLOSE, np.ones((1, _LONGEST_GAP // _STEP + 1), np.uint8))
    runs = [_longest_run(path) for path in closed]
    left, right = max(runs, key=lambda run: run[1] - run[0])
    if right - left < shortest:
        return None
    solid = max(float(path[left:right].mean()) for path in likely)
    dark = max(float(path[left:right].mean()) for path in exact)
    return (left / len(along), right / len(along)) if solid >= _SOLID and dark >= _DARK else None


def _ink(strip: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    middles = np.arange(height // 2, width, height)
    papers = [np.median(grey[::2, middle - height // 2 : middle + height // 2 : 2]) for middle in middles]
    paper = np.interp(np.arange(width), middles, papers).round().astype(np.uint8)  # light falls off along a line
    away = cv2.absdiff(grey, np.broadcast_to(paper, grey.shape))
    threshold = 0.8 * cv2.threshold(away, 0, 255, cv2.THRESH_OTSU)[0]
    return np.asarray(away > max(threshold, _FAINTEST))


def _longest_run(path: FloatArray) -> tuple[int, int]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], path, [0])).astype(np.int8))).reshape(-1, 2)
    if not len(edges):
        return 0, 0
    best = edges[(edges[:, 1] - edges[:, 0]).argmax()]
    return int(best[0]), int(best[1])
