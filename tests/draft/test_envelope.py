"""Addresses as the post of each country wants them."""

from __future__ import annotations

import pytest

from cardscan.draft import Sender
from cardscan.draft.envelope import address_lines
from cardscan.errors import UsageError
from cardscan.record import Address, Card, Contact, Name, Source


def card(**parts: str) -> Card:
    """Jane Doe at an address."""
    address = Address(parts.pop("full", "x"), **parts)
    return Card("c-1", Source("a"), Contact(name=Name("Jane Doe"), addresses=(address,)))


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (
            {
                "street": "1 Main St",
                "locality": "Springfield",
                "region": "IL",
                "postal_code": "62701",
                "country_code": "US",
            },
            ["Jane Doe", "1 Main St", "SPRINGFIELD, IL 62701", "UNITED STATES"],
        ),
        (
            {"street": "Hauptstr. 5", "locality": "Köln", "postal_code": "50667", "country_code": "DE"},
            ["Jane Doe", "Hauptstr. 5", "50667 Köln", "GERMANY"],
        ),
        (
            {"street": "9 High St", "locality": "Leeds", "postal_code": "LS1 1AA", "country_code": "GB"},
            ["Jane Doe", "9 High St", "LEEDS", "LS1 1AA"],
        ),
        (
            {"full": "5 Rue des Lilas, 75001 Paris, France", "country_code": "FR"},
            ["Jane Doe", "5 Rue des Lilas", "75001 Paris", "FRANCE"],
        ),
    ],
)
def test_forms_by_country(parts: dict[str, str], lines: list[str]) -> None:
    """Order and capitals follow the destination; the country is named abroad and left out at home."""
    have = address_lines(card(**parts), Sender(country="GB"))
    assert [line.casefold() for line in have] == [line.casefold() for line in lines]


def test_no_address_is_told() -> None:
    """A card without an address says whose, and what to do."""
    with pytest.raises(UsageError, match="Jane Doe has no postal address"):
        address_lines(Card("c", Source("a"), Contact(name=Name("Jane Doe"))), Sender())
