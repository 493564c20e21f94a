"""Text of a line with a map back to its characters, and letter-spaced print closed up.

Addresses of the net are looked for in folded text from which taken characters are gone and letter-spacing
("i n f o @ a c m e . c o m") is closed up; spans must still say where on the line the characters stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardscan.parse.finding import Span, remainder
from cardscan.parse.folding import fold
from cardscan.record import TextLine

LONGEST_LINE = 2000  # of a card's line so much is looked at: more is no print, and work stays linear in the page
_LETTER_SPACED = re.compile(r"(?<!\S)(?:\S ){6,}\S(?!\S)")


@dataclass(frozen=True, slots=True)
class Tracked:
    """Text made from a line; `at[i]` is the position of `text[i]` in it."""

    line: int
    text: str
    at: tuple[int, ...]
    confidence: float

    def span(self, start: int, end: int) -> Span:
        """The characters of the line that `text[start:end]` stands for; `end` > `start`."""
        return Span(self.line, self.at[start], self.at[end - 1] + 1)


def tracked(lines: Sequence[TextLine], taken: Sequence[Span]) -> list[Tracked]:
    """One `Tracked` per line; taken characters are blanks that join nothing (U+0000)."""
    result = []
    for index, text in enumerate(remainder(lines, ())):
        folded = list(fold(text[:LONGEST_LINE]))
        for span in taken:
            if span.line == index:
                stop = min(span.end, len(folded))
                folded[span.start : stop] = ["\0"] * max(0, stop - span.start)
        result.append(_closed_up(index, "".join(folded), lines[index].confidence))
    return result


def _closed_up(index: int, text: str, confidence: float) -> Tracked:
    dropped: set[int] = set()
    for match in _LETTER_SPACED.finditer(text):
        dropped.update(range(match.start() + 1, match.end(), 2))
    at = tuple(i for i in range(len(text)) if i not in dropped)
    return Tracked(index, "".join(text[i] for i in at), at, confidence)
