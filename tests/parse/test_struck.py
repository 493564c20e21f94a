"""Claims about numbers that a pen crossed out."""

from dataclasses import replace

from cardscan.parse import extract
from cardscan.record import Page, Strike
from tests.parse.test_extract import page_of

CARD = page_of(
    ("Orla Fennick", 50, 50, 40),
    ("Tel. +44 20 7946 0958  Mobile +44 7700 900123", 50, 150, 25),
    ("orla@brightwater.example", 50, 200, 25),
)


def crossed(*strikes: Strike) -> Page:
    """The card with pen strokes on it."""
    return replace(CARD, strikes=strikes)


def test_a_struck_number_is_not_to_be_called():
    """It leaves the phones, and is kept as other print that was struck; its neighbour on the line stands."""
    (contact,) = extract(crossed(Strike(1, 0.0, 0.46))).contacts
    assert [phone.value for phone in contact.phones] == ["+447700900123"]
    assert [(other.value, other.role) for other in contact.other] == [("+44 20 7946 0958", "struck")]


def test_the_line_says_that_it_was_struck():
    """The role of a line whose only number was crossed out."""
    page = page_of(("Orla Fennick", 50, 50, 40), ("+44 20 7946 0958", 50, 150, 25))
    assert extract(replace(page, strikes=(Strike(1, 0.0, 1.0),))).roles[1] == "struck"


def test_a_stroke_that_ends_early_crosses_nothing_out():
    """A short stroke over the label or the first figures leaves the number standing."""
    (contact,) = extract(crossed(Strike(1, 0.0, 0.2))).contacts
    assert len(contact.phones) == 2
