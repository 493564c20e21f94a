"""Spaces the network left out, and lines that were boxed as one although they stand far apart.

The recognition network knows the space, but prefers the blank where type is tight; its second thought tells. The
detection network now and then boxes two columns as one line; the letters' positions tell where it should be cut.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from cardscan.ocr.ctc import Letter

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE_LIKELY: Final = 0.15  # the network's spaces that are none stay below 0.1
_SPACE_BEHIND_CODE: Final = (
    0.01  # … but for 〒150-0030 東京都: seen between 0.016 and 0.18 with a space, to 0.007 without
)
_WIDE: Final = 1.55  # line heights between letters' middles: more is a gap between columns …
_WIDER: Final = 3.0  # … if it is also so many times the usual distance
_TABLE: Final = 4.0  # line heights a label may stand away from its value
_LABEL_LENGTH: Final = 8  # characters
_RIM: Final = (
    0.21  # line heights from the middle of an "@" within which no other letter has its own; 0.25 is the least seen
)
_RIM_UNSURE: Final = 0.9
_JAPANESE_CODE: Final = re.compile(r"\d{3}-\d{4}(?=[\u3400-\u9fff])")
_IN_ONE_PIECE: Final = re.compile(r"[^\s@]{1,80}@[^\s]{2,}|www\.\S+|https?:\S+", re.IGNORECASE)


def with_spaces(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Add the spaces the network all but wrote; mail and web addresses stay in one piece."""
    text = "".join(letter.char for letter in letters)
    closed = {index for match in _IN_ONE_PIECE.finditer(text) for index in range(match.start() + 1, match.end())}
    behind_codes = {match.end() for match in _JAPANESE_CODE.finditer(text)}
    spaced: list[Letter] = []
    for index, letter in enumerate(letters):
        between = bool(spaced) and spaced[-1].char not in " @" and letter.char not in " @"
        likely = _SPACE_BEHIND_CODE if index in behind_codes else _SPACE_LIKELY
        if between and letter.gap >= likely and index not in closed:
            middle = (spaced[-1].position + letter.position) / 2
            spaced.append(Letter(" ", letter.gap, middle))
        spaced.append(letter)
    return tuple(spaced)


def without_rims(letters: Sequence[Letter], length: float) -> tuple[Letter, ...]:
    """Leave out what is the rim of an "@", read as a letter of its own: the l of "jane7l@" where it stands on the sign.

    Args:
        letters: The letters of one box.
        length: The box's length in line heights.
    """
    signs = [letter.position for letter in letters if letter.char == "@"]
    return tuple(
        letter
        for letter in letters
        if letter.char == "@"
        or letter.probability >= _RIM_UNSURE
        or all(abs(letter.position - sign) * length >= _RIM for sign in signs)
    )


def columns(letters: Sequence[Letter], length: float) -> list[tuple[Letter, ...]]:
    """Cut a line where its letters stand much farther apart than elsewhere.

    Args:
        letters: The letters of one box.
        length: The box's length in line heights.

    Returns:
        The parts from left to right, without spaces at their ends; none is empty.
    """
    printed = [index for index, letter in enumerate(letters) if letter.char != " "]
    pairs = list(pairwise(printed))
    distances = [(letters[right].position - letters[left].position) * length for left, right in pairs]
    if not printed:
        return []
    usual = median(distances) if distances else 0.0
    parts, first = [], printed[0]
    for (left, right), distance in zip(pairs, distances, strict=True):
        wide = _TABLE if left - first < _LABEL_LENGTH else _WIDE
        if distance > wide and distance > _WIDER * usual:
            parts.append(tuple(letters[first : left + 1]))
            first = right
    parts.append(tuple(letters[first : printed[-1] + 1]))
    return parts


def plain(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Turn full-width forms of ASCII and the ideographic space into ASCII, so that `＠` in a mail address is an `@`."""
    return tuple(replace(letter, char=_narrow(letter.char), instead=_narrow(letter.instead)) for letter in letters)


def _narrow(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return " " if char == "\u3000" else char
