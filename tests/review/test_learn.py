"""Claims about what is learned from corrections."""

from __future__ import annotations

from cardscan.review.learn import Correction, remembered


def test_corrections_come_back_as_they_were_kept_and_unknown_kinds_are_passed_over() -> None:
    """A store that a later version wrote to may hold kinds this one doesn't know; the others still teach."""
    rows = [("email", "a@bc.example", "a@bd.example"), ("pronoun", "x", "y"), ("title", "CE0", "CEO")]
    assert remembered(rows) == [Correction("email", "a@bc.example", "a@bd.example"), Correction("title", "CE0", "CEO")]
