"""Stores of invented people for the page: an ordinary card, a doubtful one, and one that attacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cardscan.record import (
    Address,
    Card,
    Contact,
    Email,
    Event,
    Name,
    Note,
    Organization,
    Phone,
    Review,
    Social,
    Source,
    Task,
    TextLine,
    Title,
    Url,
    Why,
)
from tests.flat_card import LINES, flat_card
from tests.people import hostile

QUAD = ((0.0, 0.0), (1050.0, 0.0), (1050.0, 600.0), (0.0, 600.0))
ATTACK = (
    "\"><script>alert(1)</script><img src=x onerror=alert(2)>' onmouseover='alert(3) {{ 7*7 }} </style></title>"
    "\u202eexe.gnp\u2066\x1b]0;owned\x07\x1b[31m\x00\x9b"
)

EVE = 'c-eve" onload="alert(8)'


def lines() -> tuple[TextLine, ...]:
    """The lines of the flat card, each with its place."""
    return tuple(TextLine(text, 0.98, _band(top, size, len(text))) for text, size, top in LINES)


def orla(photo: Path) -> Card:
    """A reviewed card with a value of every kind, read from a photo that is there."""
    contact = Contact(
        name=Name("Orla Fennick", given="Orla", family="Fennick", confidence=0.97, lines=(0,)),
        titles=(Title("Head of Purchasing", 0.95, (1,)),),
        organizations=(Organization("Brightwater Mills Ltd", confidence=0.93, lines=(2,)),),
        phones=(Phone("+442079460958", "+44 20 7946 0958", "12", "work", True, 0.99, (3,)),),
        emails=(Email("orla.fennick@brightwater-mills.co.uk", 0.98, (4,)),),
        urls=(Url("https://www.brightwater-mills.co.uk", 0.9, (5,)),),
        addresses=(Address("Mill Lane 4, Hebden Bridge HX7 8AA", country_code="GB", confidence=0.8),),
        social=(Social("linkedin", "orla-fennick", "https://www.linkedin.com/in/orla-fennick", 0.9),),
    )
    source = Source(str(photo), "s1", quad=QUAD)
    event = Event("Expo 2026", "Leeds", "2026-04-18", "option")
    notes = (Note("send pricing by Fri", "handwriting"),)
    return Card("c-orla", source, contact, event=event, notes=notes, lines=lines(), review=Review("reviewed"))


def bram(photo: Path) -> Card:
    """A card to check: doubtful values, and the reasons why."""
    contact = Contact(
        name=Name("Bram 0osting", given="Bram", family="0osting", confidence=0.41, lines=(0,)),
        organizations=(Organization("Oosting Tulpen B.V.", confidence=0.55, lines=(2,)),),
        phones=(Phone(None, "020 555 01", type="mobile", confidence=0.3, lines=(3,)),),
    )
    review = Review("needs-review", ("the name holds a digit",))
    return Card("c-bram", Source(str(photo), "s2", quad=QUAD), contact, lines=lines(), review=review)


def eve(photo: Path) -> Card:
    """The card with hostile text in every place, under a hostile id, read from a photo with a hostile name."""
    card = hostile(ATTACK)[0]
    assert card.contact is not None and card.contact.name is not None
    contact = replace(
        card.contact,
        name=replace(card.contact.name, confidence=0.5, lines=(0,)),
        titles=(Title(ATTACK, lines=(1, 99)),),
    )
    source = Source(f"{photo.parent}/{photo.name}", "s3", quad=QUAD)
    review = Review("needs-review", (ATTACK,))
    return replace(card, id=EVE, source=source, contact=contact, lines=lines(), review=review)


def tasks() -> list[Task]:
    """Follow-ups: overdue, today, waiting, months ahead, done, and one with hostile text."""
    return [
        Task("t-late", "c-orla", "Orla Fennick", "combined", "send", "Send pricing to Orla Fennick", priority=1,
             due="2026-04-17T17:00:00+00:00", why=Why(note="send pricing by Fri"), promise="send pricing"),
        Task("t-card", "c-orla", "Orla Fennick", "combined", "handwritten-note", "Thank Orla Fennick by a card",
             due="2026-04-21T17:00:00+00:00", start="2026-04-20T09:30:00+00:00"),
        Task("t-call", "c-bram", "Bram Oosting", "combined", "call", "Call Bram Oosting", status="waiting",
             due="2026-04-24T17:00:00+00:00", start="2026-04-23T10:00:00+00:00", depends_on=("t-card",)),
        Task("t-far", "c-orla", "Orla Fennick", "combined", "keep-in-touch", "Hear how Orla Fennick fares",
             due="2026-09-21T17:00:00+00:00", start="2026-09-21T09:00:00+00:00"),
        Task("t-done", "c-orla", "Orla Fennick", "combined", "email", "Mail Orla Fennick", status="done",
             due="2026-04-19T17:00:00+00:00", completed="2026-04-19T10:00:00+00:00"),
        Task("t-eve", EVE, ATTACK, "combined", "email", ATTACK, due="2026-04-22T17:00:00+00:00",
             why=Why(note=ATTACK), promise=ATTACK),
    ]  # fmt: skip


def photo(folder: Path) -> Path:
    """The photo that all three cards were read from, under a name that attacks as well."""
    return flat_card(folder / 'a"><script>alert(9)<x>.png'.replace("/", "_"))


def _band(top: int, size: int, length: int) -> tuple[tuple[float, float], ...]:
    right = 70.0 + 0.5 * size * length
    return ((70.0, float(top)), (right, float(top)), (right, top + 1.2 * size), (70.0, top + 1.2 * size))
