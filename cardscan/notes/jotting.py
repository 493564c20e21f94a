"""A note made ready for the grammar: its tokens, the words it is read with, and the day it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cardscan.notes.lexicon import Lexicon
from cardscan.notes.tokens import Token


@dataclass(frozen=True, slots=True, eq=False)
class Jotting:
    """What every rule is given.

    Attributes:
        text: The note as written; tokens point into it.
        tokens: Its tokens, repaired.
        lexicon: The classes of its language.
        reference: The day from which "Friday" is reckoned.
        month_first: Whether 4/3 is the third of April.
        region: The country whose customs it follows, None where it isn't known.
    """

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    reference: date
    month_first: bool | None
    region: str | None = None

    def norm(self, at: int) -> str:
        """The compared form of a token, empty outside the note."""
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def match(self, name: str, at: int, end: int | None = None) -> tuple[int, str] | None:
        """The longest phrase of a class at a token: length and value."""
        return self.lexicon.match(name, self.tokens, at, end)

    def has(self, name: str, at: int, end: int | None = None) -> int:
        """The length of the longest phrase of a class at a token, else 0."""
        return self.lexicon.has(name, self.tokens, at, end)

    def find(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """The first phrase of a class in a range of tokens."""
        return self.lexicon.find(name, self.tokens, start, end)

    def number(self, at: int, highest: int = 9999) -> int | None:
        """The value of a number token, None for anything else."""
        if 0 <= at < len(self.tokens) and self.tokens[at].kind == "number" and len(self.tokens[at].text) <= 4:
            value = int(self.tokens[at].text)
            return value if value <= highest else None
        return None

    def tight(self, at: int) -> bool:
        """Whether a token follows the one before without a space."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced
