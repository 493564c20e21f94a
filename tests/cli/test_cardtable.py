"""The rows of the table of cards."""

from __future__ import annotations

import pytest

from cardscan.cli.cardtable import cells
from cardscan.record import Card, Contact, Name, Source
from tests.people import SHOP


@pytest.mark.parametrize(
    ("contact", "row"),
    [
        (None, ("(no card)", "expo/3.jpg", "", "")),
        (Contact(), ("(no contact)", "expo/3.jpg", "", "")),
        (Contact(name=Name("Ada Byron")), ("Ada Byron", "", "", "")),
    ],
)
def test_a_row_is_never_blank(contact: Contact | None, row: tuple[str, ...]) -> None:
    """Where nothing names the contact, the photo does: a back that holds a note only, a photo without a card."""
    assert cells(Card("c-1", Source("expo/3.jpg"), contact)) == row


def test_a_row_says_who_it_is() -> None:
    """Name, organisation, phone and mail, each the first."""
    assert any(cells(SHOP))
    assert SHOP.source.path not in cells(SHOP)
