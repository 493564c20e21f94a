"""Lines in which print and a pen stand side by side, boxed as one, are parted where the one ends.

`Jane Doe call her Mon` is a name and a note: in one piece either the name would be lost or the note. Two inks tell the
place; where print and pen have the same ink no place is sure, as the classifier takes many a written word for print.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.geometry import as_quad
from cardscan.ocr.crop import LineCutter, between
from cardscan.ocr.engine import LineReading
from cardscan.ocr.handwriting import HEIGHT, look_of, pen_logits
from cardscan.ocr.ink import ink_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.boxes import FloatArray
    from cardscan.record import Look, Pixels

_CLEARLY: Final = 2.0  # logits by which two parts must differ, one at least a pen's
_OTHER_INK: Final = 0.5
"""Distance of two tints, as logarithms of shares of the paper's light; the words of one hand are seldom 0.25 apart."""

_LOGITS: Final = 3.0  # that count as much as an ink of a third of the other's light
_DARKEST: Final = 0.05  # share of the paper's light
_WORD: Final = re.compile(r"\S+")
_FEWEST: Final = 3  # letters and figures of a part


def looked_at(pixels: Pixels, readings: Sequence[LineReading]) -> tuple[tuple[LineReading, ...], tuple[Look, ...]]:
    """The lines, those of print and pen cut in two at a blank between words, and how each looks.

    Args:
        pixels: The card, RGB, uint8, (height, width, 3).
        readings: In its pixels; those without `places` are never cut.

    Raises:
        ModelError: The pen classifier is missing or altered.
    """
    cutter = LineCutter(pixels)
    strips, logits = _seen(cutter, readings)
    found: list[LineReading] = []
    looks: list[Look] = []
    for reading, strip, windows in zip(readings, strips, logits, strict=True):
        parts = _parts(cutter, reading) if reading.places and windows.max() > 0 else [(reading, strip, windows)]
        for part, picture, seen in parts or [(reading, strip, windows)]:
            found.append(part)
            looks.append(look_of(picture, seen))
    return tuple(found), tuple(looks)


def _seen(cutter: LineCutter, readings: Sequence[LineReading]) -> tuple[list[Pixels], list[FloatArray]]:
    quads = [reading.line.quad for reading in readings]
    strips = [cutter.cut(np.array(quad, np.float32), HEIGHT) for quad in quads]
    return strips, pen_logits(strips, quads)


def _parts(cutter: LineCutter, reading: LineReading) -> list[tuple[LineReading, Pixels, FloatArray]]:
    """The two parts of a line that have two inks, each with its picture and logits; none where it has one.

    Words are looked at one by one, as a word too many hardly changes what is said of a part as a whole: where two means
    of what the classifier thinks and of the ink fit best (least squares, the longer words count more).
    """
    text = reading.line.text
    words = list(_WORD.finditer(text))
    letters = np.array([_written(word[0]) for word in words])
    strips, logits = _seen(cutter, [_part(reading, *word.span()) for word in words])
    inks = [ink_of(strip) for strip in strips]
    inked = np.array([ink.covered > 0 for ink in inks])
    if inked.sum() < 2:
        return []
    tints = np.log(np.clip([ink.tint for ink in inks], _DARKEST, None))
    tints[~inked] = np.median(tints[inked], axis=0)
    seen = np.column_stack([[windows.mean() / _LOGITS for windows in logits], tints])
    fits = [
        _contrast(seen, letters, place) if min(letters[:place].sum(), letters[place:].sum()) >= _FEWEST else 0.0
        for place in range(1, len(words))
    ]
    if not any(fits):
        return []
    place = int(np.argmax(fits)) + 1
    first = words[place].start()
    parts = [_part(reading, 0, first - 1), _part(reading, first, len(text))]
    found = list(zip(parts, *_seen(cutter, parts), strict=True))
    low, high = sorted(float(windows.mean()) for _, _, windows in found)
    before, behind = (np.average(tints[part], axis=0, weights=np.maximum(letters[part], 1)) for part in _sides(place))
    is_mixed = high > 0 and high - low > _CLEARLY and float(np.linalg.norm(before - behind)) > _OTHER_INK
    return found if is_mixed else []


def _sides(place: int) -> tuple[slice, slice]:
    return slice(None, place), slice(place, None)


def _contrast(seen: FloatArray, letters: FloatArray, place: int) -> float:
    """The squares that two means, of what lies before and behind a place, explain more than one."""
    before, behind = (np.average(seen[part], axis=0, weights=np.maximum(letters[part], 1)) for part in _sides(place))
    share = letters[:place].sum() * letters[place:].sum() / letters.sum()
    return float(share * ((behind - before) ** 2).sum())


def _part(reading: LineReading, first: int, end: int) -> LineReading:
    """The characters from `first` up to `end` as a line of their own."""
    line, places = reading.line, reading.places
    start = (places[first - 1] + places[first]) / 2 if first else 0.0
    stop = (places[end - 1] + places[end]) / 2 if end < len(places) else 1.0
    corners = between(np.array(line.quad, np.float32), start, stop)
    return LineReading(
        replace(line, text=line.text[first:end], quad=as_quad(corners)),
        tuple(
            replace(doubt, position=doubt.position - first) for doubt in reading.doubts if first <= doubt.position < end
        ),
        tuple((place - start) / max(stop - start, 1e-6) for place in places[first:end]),
    )


def _written(text: str) -> int:
    return sum(char.isalnum() for char in text)
