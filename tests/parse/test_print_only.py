"""What nobody scribbles is told from notes by its words."""

from __future__ import annotations

import pytest

from cardscan.parse import is_plainly_printed, owns_mail


@pytest.mark.parametrize(
    "text",
    [
        "Photographer",
        "Software Engineer",
        "Hauptstraße 12",
        "207 Elm Street - Denver, CO 80223",
        "IČO: 99819304",
        "採購經理",
        "李怡君",
    ],
)
def test_print(text: str) -> None:
    assert is_plainly_printed(text)


@pytest.mark.parametrize(
    "text",
    [
        "call CTO", "check price list", "budget 120k", "w/ Maria at the fair", "call Fri 8.15", "coffee 12 May",
        "meet 5 May", "he offers intro to the buyer", "send 2 samples", "★", "", "週五打電話", "x" * 500,
    ],
)  # fmt: skip
def test_notes(text: str) -> None:
    assert not is_plainly_printed(text)


@pytest.mark.parametrize(
    ("text", "line", "owns"),
    [
        ("Greta Lind", "E: glind@harbour-works.com", True),
        ("LIND Greta", "greta.lind@harbour-works.com", True),
        ("Jörg Müller-Weiß", "Mail joerg.mueller-weiss@post.de", True),
        ("Greta Lind", "info@harbour-works.com", False),
        ("Greta Lind", "www.gretalind.com", False),
        ("call Greta Lind", "greta.lind@harbour-works.com", False),
        ("Greta M. Lind", "g.lind@harbour-works.com", True),
        ("ask for Greta Lind on Monday", "greta.lind@harbour-works.com", False),
        ("Greta", "greta@harbour-works.com", False),
        ("x" * 5000, "x" * 5000 + "@x.com", False),
    ],
)  # fmt: skip
def test_the_owner_of_a_mail(text: str, line: str, owns: bool) -> None:
    assert owns_mail(text, [line]) is owns
