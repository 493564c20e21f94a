"""What a line's words alone say of who wrote it."""

from __future__ import annotations

from datetime import date

import pytest

from cardscan.notes import is_slogan, leads_on, read_note
from cardscan.notes.lexicon.phrase import phrase_of


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
        ("discuss link over", True),
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


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("besoin d'un catalogue", ("catalogue",)),
        ("parlé d'ateliers", ("ateliers",)),
        ("needs spare parts asap", ("spare parts",)),
        ("sucht Ersatzteile dringend", ("Ersatzteile",)),
        ("necesita repuestos lo antes posible", ("repuestos",)),
        ("needs urgent care leaflets", ("urgent care leaflets",)),
    ],
)
def test_what_they_need_is_named_without_elision_and_haste(text, topics):
    """`d'` opens what follows; a word of haste behind a thing is none of it, before it it may be its name."""
    assert read_note(text, date(2026, 3, 14)).topics == topics


def test_an_elided_word_ends_a_phrase_and_a_plural_keeps_its_sign():
    """As a note is cut: `d'un` in two, `days'` with its sign."""
    assert phrase_of("prima dell'") == ("prima", "dell")
    assert phrase_of("days'") == ("days", "'")


def test_before_an_elided_feast():
    """The task keeps nothing of the date's words."""
    (promise,) = read_note("chiamare prima dell'Immacolata", date(2026, 11, 20)).promises
    assert (promise.what, promise.due) == ("chiamare", "2026-12-07")


def test_a_sentence_goes_on_in_the_next_line() -> None:
    """Where the card ended, not the sentence: over which meal it is discussed stands below."""
    facts = read_note("discuss link over\nlunch", date(2026, 11, 20))
    assert [promise.what for promise in facts.promises] == ["discuss link over lunch"]
    assert facts.meeting is None
    assert read_note("send deck\nbefore Friday", date(2026, 11, 20)).promises[0].due == "2026-11-27"
