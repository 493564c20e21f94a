"""JSContact (RFC 9553): a JSON array of `Card` objects, version 1.0."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from cardscan.export.person import Number, Person, Place, people
from cardscan.export.vcard import PRODID
from cardscan.record import Card

_FEATURES: Final = {"mobile": "mobile", "fax": "fax"}
_GENERATION: Final = re.compile(r"(?:jr|sr|jun|sen|junior|senior|[IVX]{1,4}|[2-9](?:nd|rd|th))\.?", re.IGNORECASE)
_CONTEXTS: Final = {"work": "work", "fax": "work", "home": "private"}


def dump(cards: Iterable[Card]) -> str:
    """All people as a JSON array."""
    return json.dumps([card_object(person) for person in people(cards)], ensure_ascii=False, indent=2) + "\n"


def card_object(person: Person) -> dict[str, Any]:
    """One person as a JSContact Card; properties without a value are left out, as the standard asks."""
    kinds = ("title", "given", "given2", "surname")
    values = (person.prefix, person.given, person.additional, person.family)
    components = [{"kind": kind, "value": value} for kind, value in zip(kinds, values, strict=True) if value]
    components += _suffixes(person.suffix)
    name: dict[str, Any] = {"full": person.display}
    if person.is_person:
        name |= {"components": components, "isOrdered": False}
    found: dict[str, Any] = {
        "@type": "Card",
        "version": "1.0",
        "uid": person.uid,
        "prodId": PRODID,
        "kind": "individual" if person.is_person or not person.organizations else "org",
        "name": name,
        "nicknames": _map("k", ({"name": other} for other in person.also)),
        "organizations": _map("o", (_organization(*pair) for pair in person.organizations)),
        "titles": _map("t", ({"name": title, "kind": "title"} for title in person.titles)),
        "emails": _map("e", ({"address": email, "contexts": {"work": True}} for email in person.emails)),
        "phones": _map("p", map(_phone, person.phones)),
        "addresses": _map("a", map(_address, person.places)),
        "links": _map("l", ({"uri": url} for url in person.urls)),
        "onlineServices": _map(
            "s",
            (
                _filled({"service": profile.network, "uri": profile.url, "user": profile.handle})
                for profile in person.profiles
            ),
        ),
        "keywords": {person.event: True} if person.event else {},
        "notes": _map("n", [{"note": person.note}] if person.note else []),
    }
    return _filled(found)


def _suffixes(text: str) -> list[dict[str, str]]:
    """What follows a name: a generation (Jr., III), or a credential (PhD), as RFC 9553, section 2.2.1, tells them."""
    parts = filter(None, re.split(r",\s*", text))
    return [{"kind": "generation" if _GENERATION.fullmatch(part) else "credential", "value": part} for part in parts]


def _organization(name: str, unit: str) -> dict[str, Any]:
    return {"name": name, "units": [{"name": unit}]} if unit else {"name": name}


def _phone(phone: Number) -> dict[str, Any]:
    context = _CONTEXTS.get(phone.type)
    return _filled(
        {
            "number": phone.spoken,
            "features": {_FEATURES.get(phone.type, "voice"): True},
            "contexts": {context: True} if context else {},
            "pref": 1 if phone.preferred else None,
        }
    )


def _address(place: Place) -> dict[str, Any]:
    parts = {
        "name": place.street,
        "locality": place.locality,
        "region": place.region,
        "postcode": place.postal_code,
        "country": place.country,
    }
    return _filled(
        {
            "components": [{"kind": kind, "value": value} for kind, value in parts.items() if value],
            "countryCode": place.country_code,
            "full": place.full,
            "contexts": {"work": True},
        }
    )


def _map(letter: str, items: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"{letter}{number}": item for number, item in enumerate(items, start=1)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", {}, [], None)}
