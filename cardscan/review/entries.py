"""A contact as a flat list of entries that a person can point at, and the way back.

An *entry* is one value of a contact: its kind, its place among values of that kind, and the record itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from cardscan.record import Address, Contact, Email, Name, Organization, Phone, Social, Title, Url, Value

Kind = Literal["name", "title", "organization", "phone", "email", "url", "address", "social"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FIELD_OF: Final[dict[str, str]] = {
    "title": "titles",
    "organization": "organizations",
    "phone": "phones",
    "email": "emails",
    "url": "urls",
    "address": "addresses",
    "social": "social",
}
"""The `Contact` attribute that holds values of a kind; a name stands alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a contact; `position` counts from 0 within its kind."""

    kind: Kind
    position: int
    value: Value

    @property
    def text(self) -> str:
        """The value as a person reads and edits it."""
        return text_of(self.value)

    @property
    def label(self) -> str:
        """What the entry is, in a word or two."""
        if isinstance(self.value, Phone):
            return "phone" if self.value.type == "other" else f"{self.value.type} phone"
        if isinstance(self.value, Social):
            return self.value.network
        return {"organization": "organisation", "email": "e-mail", "url": "web"}.get(self.kind, self.kind)

    @property
    def confidence(self) -> float:
        """How sure the reading is, 0 to 1."""
        return self.value.confidence


def text_of(value: Value) -> str:
    """One line of text for a value: what is printed on the screen and pre-filled when it is edited."""
    match value:
        case Name(full=text) | Address(full=text):
            return text
        case Phone(value=number, raw=raw, extension=extension):
            return f"{number or raw}{f' ext. {extension}' if extension else ''}"
        case Social(handle=handle):
            return handle
        case Title(value=text) | Organization(value=text) | Email(value=text) | Url(value=text):
            return text


def values(contact: Contact, kind: Kind) -> tuple[Value, ...]:
    """The values of one kind."""
    if kind == "name":
        return (contact.name,) if contact.name else ()
    found: tuple[Value, ...] = getattr(contact, FIELD_OF[kind])
    return found


def entries(contact: Contact) -> list[Entry]:
    """Every value of a contact in the order of a card."""
    return [Entry(kind, place, value) for kind in KINDS for place, value in enumerate(values(contact, kind))]


def with_values(contact: Contact, kind: Kind, new: tuple[Value, ...]) -> Contact:
    """The contact with other values of one kind; of several names the first stays."""
    changed: dict[str, Any] = {"name": new[0] if new else None} if kind == "name" else {FIELD_OF[kind]: new}
    return replace(contact, **changed)


def put(contact: Contact, entry: Entry, value: Value) -> Contact:
    """The contact with another value in the place of an entry."""
    held = list(values(contact, entry.kind))
    held[entry.position] = value
    return with_values(contact, entry.kind, tuple(held))


def without(contact: Contact, entry: Entry) -> Contact:
    """The contact without an entry."""
    held = values(contact, entry.kind)
    return with_values(contact, entry.kind, held[: entry.position] + held[entry.position + 1 :])
