"""The language a letter is written in."""

from __future__ import annotations

import pytest

from cardscan.draft.language import language_of, note_language
from cardscan.record import Address, Contact, Email, Phone, Title, Url


def at(country: str, postal: str | None = None) -> Contact:
    """A contact with an address."""
    return Contact(addresses=(Address("x", postal_code=postal, country_code=country),))


def phone(number: str) -> Contact:
    """A contact with a telephone number."""
    return Contact(phones=(Phone(number, number),))


@pytest.mark.parametrize(
    ("contact", "language"),
    [
        (at("DE"), "de"),
        (at("US"), "en"),
        (at("BR"), "pt"),
        (at("JP"), "en"),
        (at("CH", "8001"), "de"),
        (at("CH", "1204"), "fr"),
        (at("CH", "6900"), "it"),
        (at("BE", "2000"), "en"),
        (at("BE", "B-4000"), "fr"),
        (at("CA", "H2X 1Y4"), "fr"),
        (at("CA", "M5V 2T6"), "en"),
        (phone("+34911234567"), "es"),
        (phone("+390212345678"), "it"),
        (Contact(emails=(Email("a@b.fr"),)), "fr"),
        (Contact(urls=(Url("https://www.example.pt/x"),)), "pt"),
        (Contact(emails=(Email("a@b.io"),)), "en"),
        (Contact(titles=(Title("Geschäftsführerin"),)), "de"),
        (Contact(titles=(Title("Managing Director"),)), "en"),
        (Contact(), "en"),
    ],
)
def test_evidence_decides(contact: Contact, language: str) -> None:
    """Address before telephone before domain before title; English where nothing tells or we have no templates."""
    assert language_of(contact) == language


def test_the_address_outweighs_the_rest() -> None:
    """A German telephone in a Paris office gets a French letter."""
    contact = Contact(
        addresses=(Address("x", country_code="FR"),),
        phones=(Phone("+4930123456", "x"),),
        titles=(Title("Geschäftsführer"),),
    )
    assert language_of(contact) == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("send her the deck by Friday", "en"),
        ("bis Freitag die Liste schicken", "de"),
        ("envoyer la liste avant vendredi", "fr"),
        ("pricing", None),
        ("", None),
    ],
)
def test_small_words_tell_a_notes_language(text: str, language: str | None) -> None:
    """A note with small words tells its language; a single noun does not."""
    assert note_language(text) == language
