"""One person from a card, as every contact format wants it: fronts with their backs, clean values in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from cardscan.export.text import paragraphs, plain, web_address
from cardscan.record import Address, Card, Contact, PhoneType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number to be dialled (`+14155550132` or as printed), its extension and type.

    `preferred` is the one that a pen has circled; a number is the same with and without it.
    """

    value: str
    extension: str
    type: PhoneType
    preferred: bool = field(default=False, compare=False)

    @property
    def spoken(self) -> str:
        """Number and extension as one text: `+14155550132 ext. 204`."""
        return f"{self.value} ext. {self.extension}" if self.extension else self.value


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address; `street` holds the whole where its parts are not known."""

    full: str
    street: str
    locality: str
    region: str
    postal_code: str
    country: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile on a network; `url` may be empty."""

    network: str
    handle: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Clean values of one card: no value holds a control character, lists hold no empty or repeated value.

    Attributes:
        uid: The card's id.
        display: The name to show: the person's, else the organization's, else the first mail address or number.
        note: What was written on the card and where we met, lines parted by line feeds.
    """

    uid: str
    display: str
    prefix: str
    given: str
    additional: str
    family: str
    suffix: str
    also: tuple[str, ...]
    titles: tuple[str, ...]
    organizations: tuple[tuple[str, str], ...]
    phones: tuple[Number, ...]
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    places: tuple[Place, ...]
    profiles: tuple[Profile, ...]
    event: str
    met_on: str
    note: str

    @property
    def organization(self) -> str:
        """The first organization, or empty."""
        return self.organizations[0][0] if self.organizations else ""

    @property
    def is_person(self) -> bool:
        """Whether the card names somebody, not only an organization."""
        return bool(self.given or self.family)

    def number(self, *types: PhoneType) -> str:
        """The first number of one of these types, or empty."""
        return next((phone.spoken for phone in self.phones if phone.type in types), "")


def people(cards: Iterable[Card]) -> list[Person]:
    """The people on cards, one a card; dismissed cards and photos without a card make nobody."""
    return [person(card) for card in cards if card.contact is not None and card.review.status != "dismissed"]


def person(card: Card) -> Person:
    """The clean values of one card."""
    contact = card.contact or Contact()
    name = contact.name
    given, family = (plain(name.given), plain(name.family)) if name else ("", "")
    display = plain(name.full) if name else ""
    if name and not given and not family:
        family = display
    organizations = _each((plain(item.value), plain(item.department)) for item in contact.organizations)
    emails = _each(next(iter(plain(item.value).split()), "") for item in contact.emails)
    numbers = _each(
        Number(plain(item.value or item.raw), plain(item.extension), item.type, item.preferred)
        for item in sorted(contact.phones, key=lambda phone: not phone.preferred)  # the preferred one first
        if plain(item.value or item.raw)
    )
    fallback = [organization for organization, _ in organizations] + list(emails) + [number.value for number in numbers]
    return Person(
        uid=plain(card.id),
        display=display or next((value for value in fallback if value), "unknown"),
        prefix=plain(name.prefix) if name else "",
        given=given,
        additional=plain(name.additional) if name else "",
        family=family,
        suffix=plain(name.suffix) if name else "",
        also=_each(plain(other) for other in (name.also if name else ())),
        titles=_each(plain(item.value) for item in contact.titles),
        organizations=tuple(pair for pair in organizations if pair[0]),
        phones=numbers,
        emails=emails,
        urls=_each(web_address(item.value) for item in contact.urls),
        places=_each(_place(item) for item in contact.addresses if plain(item.full) or plain(item.street)),
        profiles=_each(
            Profile(plain(item.network), plain(item.handle), web_address(item.url))
            for item in contact.social
            if plain(item.handle) or web_address(item.url)
        ),
        event=plain(card.event.name),
        met_on=plain(card.event.met_on),
        note=_note(card),
    )


def met_lines(card: Card) -> list[str]:
    """`Met: SXSW, Austin, 2026-03-14`, the last meeting first; none where nothing is known."""
    every = ([event.name, event.place, event.met_on] for event in (card.event, *card.met_before))
    told = (", ".join(filter(None, map(plain, parts))) for parts in every)
    return [f"Met: {line}" for line in told if line]


@cache
def country_name(code: str | None) -> str:
    """The English short name of an ISO 3166 country, the code itself when it is none."""
    import pycountry

    if not code:
        return ""
    country = pycountry.countries.get(alpha_2=code.upper())
    return str(getattr(country, "common_name", country.name)) if country else plain(code)


def _place(address: Address) -> Place:
    code = plain(address.country_code).upper()
    code = code if re.fullmatch("[A-Z]{2}", code) else ""
    known = address.street or address.locality or address.postal_code
    return Place(
        full=plain(address.full),
        street=plain(address.street if known else address.full),
        locality=plain(address.locality),
        region=plain(address.region),
        postal_code=plain(address.postal_code),
        country=country_name(code),
        country_code=code,
    )


def _note(card: Card) -> str:
    texts = [paragraphs(note.text) for note in card.notes]
    former = [
        f"{item.role.replace('-', ' ').capitalize()}: {plain(item.value)}"
        for item in (card.contact or Contact()).other
        if item.role.startswith("former-") and plain(item.value)
    ]
    return "\n".join(_each([*texts, *met_lines(card), *former]))


def _each(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
