"""Plain CSV: one row a contact, for people and their own tools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.export.person import Person, people
from cardscan.export.table import written
from cardscan.record import Card

HEADER: Final = (
    "id", "name", "prefix", "given", "additional", "family", "suffix", "also", "title", "organization", "department",
    "work_phone", "mobile_phone", "home_phone", "fax", "other_phones", "email", "other_emails", "url", "other_urls",
    "street", "locality", "region", "postal_code", "country", "country_code", "address", "profiles", "event", "met_on",
    "note",
)  # fmt: skip


def dump(cards: Iterable[Card]) -> str:
    """All people, with a header row. Several values of a kind are parted by ` | `."""
    return written(HEADER, map(_row, people(cards)))


def _row(person: Person) -> dict[str, str]:
    shown = {kind: person.number(kind) for kind in ("work", "mobile", "home", "fax")}
    place = person.places[0] if person.places else None
    organization, department = person.organizations[0] if person.organizations else ("", "")
    return {
        "id": person.uid,
        "name": person.display,
        "prefix": person.prefix,
        "given": person.given,
        "additional": person.additional,
        "family": person.family,
        "suffix": person.suffix,
        "also": _joined(person.also),
        "title": _joined(person.titles),
        "organization": organization,
        "department": department,
        "work_phone": shown["work"],
        "mobile_phone": shown["mobile"],
        "home_phone": shown["home"],
        "fax": shown["fax"],
        "other_phones": _joined(phone.spoken for phone in person.phones if phone.spoken not in shown.values()),
        "email": person.emails[0] if person.emails else "",
        "other_emails": _joined(person.emails[1:]),
        "url": person.urls[0] if person.urls else "",
        "other_urls": _joined(person.urls[1:]),
        "street": place.street if place else "",
        "locality": place.locality if place else "",
        "region": place.region if place else "",
        "postal_code": place.postal_code if place else "",
        "country": place.country if place else "",
        "country_code": place.country_code if place else "",
        "address": _joined(other.full for other in person.places),
        "profiles": _joined(profile.url or f"{profile.network}: {profile.handle}" for profile in person.profiles),
        "event": person.event,
        "met_on": person.met_on,
        "note": person.note,
    }


def _joined(values: Iterable[str]) -> str:
    return " | ".join(value for value in values if value)
