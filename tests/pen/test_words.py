"""Signs in words."""

from __future__ import annotations

import pytest

from cardscan.pen import reasons_to_review, sign_words
from cardscan.record import Card, Contact, Mark, MarkKind, Note, NoteFacts, Review, Source, TextLine

QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("star", "a star"), ("double-star", "two stars"), ("check", "a check mark"), ("arrow", "an arrow"),
        ("circle", "a circle around 020 7946 0958"), ("underline", "a line under 020 7946 0958"),
    ],
)  # fmt: skip
def test_each_sign_has_its_words(kind: MarkKind, said: str) -> None:
    """A circle and a line name what they mark; a sign that may be printed is told with a `perhaps`."""
    lines = (TextLine("020 7946 0958", 0.9, QUAD),)
    marks = (Mark(kind, QUAD, (0,), 0.95), Mark(kind, QUAD, (7,), 0.6))
    sure, unsure = sign_words(Card("c-1", Source("a.jpg"), Contact(), lines=lines, marks=marks))
    assert sure == said
    assert unsure == "perhaps " + said.partition(" around")[0].partition(" under")[0]


def test_a_date_that_no_calendar_has_is_a_reason_said_once() -> None:
    """Whether it was found at the scan or in a note that was typed later; other reasons stay before it."""
    notes = tuple(Note("call 31/4", facts=NoteFacts(text="call 31/4", unsure=("31/4: no such day",))) for _ in range(2))
    card = Card("c-1", Source("a.jpg"), Contact(), notes=notes, review=Review("needs-review", ("two persons",)))
    said = ("two persons", "the note says 31/4: no such day")
    assert reasons_to_review(card) == said
    again = Card("c-1", Source("a.jpg"), Contact(), notes=notes, review=Review("needs-review", said))
    assert reasons_to_review(again) == said
