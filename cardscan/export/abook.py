"""The address book file of abook (version 0.6 of its format)."""

from __future__ import annotations

from collections.abc import Iterable

from cardscan.export.person import Person, people
from cardscan.record import Card


def dump(cards: Iterable[Card]) -> str:
    """All people as numbered sections."""
    parts = ["# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n"]
    for number, person in enumerate(people(cards)):
        values = "".join(f"{key}={value}\n" for key, value in _fields(person) if value)
        parts.append(f"\n[{number}]\n{values}")
    return "".join(parts)


def _fields(person: Person) -> list[tuple[str, str]]:
    place = person.places[0] if person.places else None
    return [
        ("name", person.display),
        ("email", ",".join(email for email in person.emails if "," not in email)),
        ("address", place.street if place else ""),
        ("city", place.locality if place else ""),
        ("state", place.region if place else ""),
        ("zip", place.postal_code if place else ""),
        ("country", place.country if place else ""),
        ("phone", person.number("home", "other")),
        ("workphone", person.number("work")),
        ("mobile", person.number("mobile")),
        ("fax", person.number("fax")),
        ("nick", person.also[0] if person.also else ""),
        ("url", person.urls[0] if person.urls else ""),
        ("notes", person.note.replace("\n", " / ")),
    ]
