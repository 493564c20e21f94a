"""Letters that look the same and are told apart by their neighbours: I, l and 1; O and 0.

Only what no word could hold is changed; whether a mail address has an `l` or a `1` before its digits stays open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.ctc import Letter


def told_apart(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters of one line, look-alikes put right; what was read stays as the runner-up."""
    chars = ["", *(letter.char for letter in letters), ""]
    told = []
    for index, letter in enumerate(letters):
        char = _meant(chars[index], letter.char, chars[index + 2])
        if char != letter.char:
            letter = replace(letter, char=char, instead=letter.char, instead_probability=1 - letter.probability)
        told.append(letter)
    return tuple(told)


def _meant(before: str, char: str, after: str) -> str:
    if char == "I" and before.islower() and (after.islower() or not after.isalnum()):
        return "l"  # HuIten
    if char in "IlO" and before.isdigit() and after.isdigit():
        return "0" if char == "O" else "1"  # 2O15, 5l0
    if char == "O" and before.islower() and after.isdigit():
        return "0"  # leslieO1
    if char == "0" and before.isupper() and after.isupper():
        return "O"  # L0NDON
    return char
