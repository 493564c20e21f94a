"""What a pen drew on a card, and what of its notes cannot be, in words: for the screen, a screen reader, the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.pen.drawn import SURE
from cardscan.record import Card, Mark, MarkKind, Note

_NAMES: Final[dict[MarkKind, str]] = {
    "star": "a star",
    "double-star": "two stars",
    "check": "a check mark",
    "arrow": "an arrow",
    "circle": "a circle",
    "underline": "a line",
}
_WHERE: Final[dict[MarkKind, str]] = {"circle": "around", "underline": "under"}


def sign_words(card: Card) -> tuple[str, ...]:
    """Each sign in a few words, such as `a circle around 020 7946 0958`; `perhaps` where it may be printed."""
    return tuple(_words(mark, card) for mark in card.marks)


def impossible_dates(notes: Iterable[Note]) -> tuple[str, ...]:
    """What notes say that no calendar has, each in words: `the note says Feb 30: no such day`."""
    return tuple(dict.fromkeys(f"the note says {each}" for note in notes for each in note.facts.unsure))


def reasons_to_review(card: Card) -> tuple[str, ...]:
    """Why a person should look at a card: what its scan found, and what notes that were added since say."""
    return tuple(dict.fromkeys((*card.review.reasons, *impossible_dates(card.notes))))


def _words(mark: Mark, card: Card) -> str:
    said = _NAMES[mark.kind] if mark.confidence >= SURE else f"perhaps {_NAMES[mark.kind]}"
    about = " ".join(card.lines[line].text for line in mark.lines if line < len(card.lines))
    return f"{said} {_WHERE[mark.kind]} {about}" if about and mark.kind in _WHERE else said
