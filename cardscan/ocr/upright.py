"""Whether a page stands as its text runs: the last word on which way up a card is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from cardscan.geometry import quarters_off

if TYPE_CHECKING:
    from cardscan.record import Page

_SURE: Final = 0.9  # mean probability of a line's letters
_LETTERS: Final = 4  # in a line: fewer may be read either way
_LINES: Final = 3
_MOST: Final = 0.75  # of the letters that must run the same way; a note up the margin turns no card


def quarters_to_upright(page: Page) -> int:
    """The clockwise quarter turns (0 to 3) after which most of what was surely read on a page runs to the right.

    0 where too little was read, or in several directions.
    """
    letters: Counter[int] = Counter()
    lines: Counter[int] = Counter()
    for line in page.lines:
        count = sum(char.isalnum() for char in line.text)
        if line.confidence < _SURE or count < _LETTERS:
            continue
        quarters = quarters_off(line.quad)
        letters[quarters] += count
        lines[quarters] += 1
    if not letters:
        return 0
    quarters, count = letters.most_common(1)[0]
    return quarters if lines[quarters] >= _LINES and count >= _MOST * letters.total() else 0
