"""CSV for Google Contacts, with the columns its own export has.

This is the form of contacts.google.com ("Export", "Google CSV") since 2024: First Name instead of Given Name, Label
instead of Type, Labels instead of Group Membership, one organization; numbered columns grow with the fullest contact.
Names, order and the ` ::: ` between labels were compared with exports that users have published.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.export.person import Person, people
from cardscan.export.table import written
from cardscan.record import Card

HEADER: Final = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name", "Phonetic Last Name",
    "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name", "Organization Title",
    "Organization Department", "Birthday", "Notes", "Photo", "Labels",
)  # fmt: skip
_ADDRESS: Final = (
    "Label",
    "Formatted",
    "Street",
    "City",
    "PO Box",
    "Region",
    "Postal Code",
    "Country",
    "Extended Address",
)
_PHONE_LABELS: Final = {"work": "Work", "mobile": "Mobile", "fax": "Work Fax", "home": "Home", "other": "Other"}


def dump(cards: Iterable[Card]) -> str:
    """All people; as many e-mail, phone, address and website columns as the fullest contact needs."""
    found = people(cards)

    def most(values: Iterable[int]) -> range:
        return range(1, max([1, *values]) + 1)

    header = list(HEADER)
    for number in most(len(person.emails) for person in found):
        header += [f"E-mail {number} - Label", f"E-mail {number} - Value"]
    for number in most(len(person.phones) for person in found):
        header += [f"Phone {number} - Label", f"Phone {number} - Value"]
    for number in most(len(person.places) for person in found):
        header += [f"Address {number} - {part}" for part in _ADDRESS]
    for number in most(len(_websites(person)) for person in found):
        header += [f"Website {number} - Label", f"Website {number} - Value"]
    return written(header, map(_row, found))


def _row(person: Person) -> dict[str, str]:
    organization, department = person.organizations[0] if person.organizations else ("", "")
    row = {
        "First Name": person.given,
        "Middle Name": person.additional,
        "Last Name": person.family,
        "Name Prefix": person.prefix,
        "Name Suffix": person.suffix,
        "Nickname": ", ".join(person.also),
        "File As": person.display,
        "Organization Name": organization,
        "Organization Title": ", ".join(person.titles),
        "Organization Department": department,
        "Notes": person.note,
        # Parted as Google does it; the event is a label, so all people met there can be found.
        "Labels": " ::: ".join(filter(None, (person.event.replace(":::", ":"), "* myContacts"))),
    }
    for number, email in enumerate(person.emails, start=1):
        row |= {f"E-mail {number} - Label": "Work", f"E-mail {number} - Value": email}
    for number, phone in enumerate(person.phones, start=1):
        row |= {f"Phone {number} - Label": _PHONE_LABELS[phone.type], f"Phone {number} - Value": phone.spoken}
    for number, place in enumerate(person.places, start=1):
        values = (
            "Work",
            place.full,
            place.street,
            place.locality,
            "",
            place.region,
            place.postal_code,
            place.country,
            "",
        )
        row |= {f"Address {number} - {part}": value for part, value in zip(_ADDRESS, values, strict=True)}
    for number, (label, address) in enumerate(_websites(person), start=1):
        row |= {f"Website {number} - Label": label, f"Website {number} - Value": address}
    return row


def _websites(person: Person) -> list[tuple[str, str]]:
    return [("Work", url) for url in person.urls] + [
        (profile.network, profile.url or profile.handle) for profile in person.profiles
    ]
