"""What a line's words alone say of who wrote it."""

from __future__ import annotations

import pytest

from cardscan.notes import is_slogan, leads_on


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("she offers intro to", True),
        ("MET HER AT", True),
        ("call w/", True),
        ("check price list ->", True),
        ("getroffen auf", True),
        ("parler de", True),
        ("llamar antes de", True),
        ("incontro con", True),
        ("bellen met", True),
        ("falar com", True),
        ("send samples tmrw", False),
        ("intro to Tom", False),
        ("", False),
    ],
)
def test_a_line_that_asks_for_more(text: str, goes_on: bool) -> None:
    """A preposition or an article at the end, in each language; a whole line asks for nothing."""
    assert leads_on(text) is goes_on


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Let's talk", True),
        ("CALL US TODAY", True),
        ("Contactez-nous", True),
        ("Rufen Sie uns an", True),
        ("Fale conosco", True),
        ("call Greta today", False),
        ("talk to legal", False),
        ("", False),
    ],
)
def test_what_cards_print_to_call_to_something(text: str, printed: bool) -> None:
    """A slogan speaks of `us`; a note names whom."""
    assert is_slogan(text) is printed
