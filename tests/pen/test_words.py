"""Signs in words."""

from __future__ import annotations

import pytest

from cardscan.pen import sign_words
from cardscan.record import Card, Contact, Mark, MarkKind, Source, TextLine

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
