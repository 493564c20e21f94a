"""What a card's pen lines say: one note with its facts, and what a person should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardscan import notes
from cardscan.pen.passages import written_order
from cardscan.pen.telling import MAYBE
from cardscan.pen.words import impossible_dates
from cardscan.record import Note, NoteFacts, Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TRUSTED: Final = 0.5
"""A pen note less sure than this gives no facts: a wrong promise is worse than a note to be read by a person."""
SURE: Final = 0.8
"""A pen note less sure than this is shown in review."""

_VALUES: Final = frozenset({"phone", "email", "url", "social", "address", "struck"})
_SHORTEST: Final = 3  # letters of a line that is asked about


def read_writing(page: Page, roles: Sequence[str | None], reference: date, region: str | None) -> tuple[Note, ...]:
    """All pen notes of a card, in reading order, as one note with its facts; none if a pen wrote no note.

    Args:
        page: After `tell_pen_from_print`.
        roles: One a line, as parsing gave them; lines with the role "note" make the note.
        reference: The day of meeting, which dates are reckoned from.
        region: Of the user, who wrote the note; it decides whether 3/4 is in March or in April.

    Returns:
        A note less sure than `TRUSTED` has text but no facts.
    """
    pen = [index for index, role in enumerate(roles) if role == "note" and page.lines[index].source == "handwriting"]
    if not pen:
        return ()
    pen = [pen[place] for place in written_order([page.lines[index] for index in pen])]
    words = [line.text for line in page.lines if line.source == "print"]
    read = [notes.correct(page.lines[index].text, words, _alternatives(page, index)) for index in pen]
    text = "\n".join(corrected for corrected, _ in read)
    confidence = min(
        min(page.lines[index].confidence * (0.5 + known / 2), _judged(page, index))
        for index, (_, known) in zip(pen, read, strict=True)
    )
    facts = notes.read_note(text, reference, region=region)
    if confidence < TRUSTED:
        facts = NoteFacts(text=text, reference_date=reference.isoformat())
    return (Note(text=text, confidence=confidence, lines=tuple(pen), facts=facts),)


def reasons_to_look(page: Page, roles: Sequence[str | None], written: Sequence[Note]) -> tuple[str, ...]:
    """Why a person should look at what a pen wrote, or may have written, in words."""
    unsure = [f"the pen note is unsure: {note.text}" for note in written if note.confidence < SURE]
    maybe = [
        f"this may be a pen note: {line.text}"
        for line, look, role in zip(page.lines, page.looks, roles, strict=False)
        if line.source == "print" and look.pen >= MAYBE and role not in _VALUES and len(line.text) >= _SHORTEST
    ]
    return (*unsure, *impossible_dates(written), *maybe)


def _judged(page: Page, index: int) -> float:
    return page.looks[index].pen if page.looks else 1.0


def _alternatives(page: Page, index: int) -> list[dict[str, float]]:
    """For each character of a line, what else the engine saw there."""
    seen: list[dict[str, float]] = [{} for _ in page.lines[index].text]
    for doubt in page.doubts:
        if doubt.line == index and doubt.position < len(seen):
            seen[doubt.position][doubt.instead] = doubt.instead_probability
    return seen
