"""CSV for Outlook, with the 61 columns, in their order, that outlook.live.com writes ("Export contacts").

Outlook on the web imports these headers as they are; the desktop's wizard maps them by name, and knows more columns of
its own, which stay empty. Compared with exports that users have published.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.export.person import Person, people
from cardscan.export.table import written
from cardscan.record import Card

HEADER: Final = (
    "First Name", "Middle Name", "Last Name", "Title", "Suffix", "Nickname", "Given Yomi", "Surname Yomi",
    "E-mail Address", "E-mail 2 Address", "E-mail 3 Address", "Home Phone", "Home Phone 2", "Business Phone",
    "Business Phone 2", "Mobile Phone", "Car Phone", "Other Phone", "Primary Phone", "Pager", "Business Fax",
    "Home Fax", "Other Fax", "Company Main Phone", "Callback", "Radio Phone", "Telex", "TTY/TDD Phone", "IMAddress",
    "Job Title", "Department", "Company", "Office Location", "Manager's Name", "Assistant's Name",
    "Assistant's Phone", "Company Yomi", "Business Street", "Business City", "Business State",
    "Business Postal Code", "Business Country/Region", "Home Street", "Home City", "Home State", "Home Postal Code",
    "Home Country/Region", "Other Street", "Other City", "Other State", "Other Postal Code", "Other Country/Region",
    "Personal Web Page", "Spouse", "Schools", "Hobby", "Location", "Web Page", "Birthday", "Anniversary", "Notes",
)  # fmt: skip
# Columns by kind of number, in the order in which several of a kind fill them.
_PHONES: Final = {
    "work": ("Business Phone", "Business Phone 2", "Company Main Phone", "Other Phone"),
    "mobile": ("Mobile Phone", "Car Phone", "Other Phone"),
    "home": ("Home Phone", "Home Phone 2", "Other Phone"),
    "fax": ("Business Fax", "Other Fax", "Home Fax"),
    "other": ("Other Phone", "Primary Phone", "Callback"),
}


def dump(cards: Iterable[Card]) -> str:
    """All people. What has no column left (a fourth address, a profile) stands in the notes."""
    return written(HEADER, map(_row, people(cards)))


def _row(person: Person) -> dict[str, str]:
    organization, department = person.organizations[0] if person.organizations else ("", "")
    notes = [person.note]
    row = {
        "First Name": person.given,
        "Middle Name": person.additional,
        "Last Name": person.family,
        "Title": person.prefix,
        "Suffix": person.suffix,
        "Nickname": ", ".join(person.also),
        "Job Title": ", ".join(person.titles),
        "Department": department,
        "Company": organization,
        "Web Page": person.urls[0] if person.urls else "",
        "Personal Web Page": person.urls[1] if len(person.urls) > 1 else "",
    }
    for column, email in zip(("E-mail Address", "E-mail 2 Address", "E-mail 3 Address"), person.emails, strict=False):
        row[column] = email
    for phone in person.phones:
        free = next((column for column in _PHONES[phone.type] if column not in row), None)
        if free is None:
            notes.append(f"{phone.type}: {phone.spoken}")
        else:
            row[free] = phone.spoken
    for kind, place in zip(("Business", "Other", "Home"), person.places, strict=False):
        values = (place.street, place.locality, place.region, place.postal_code, place.country)
        parts = ("Street", "City", "State", "Postal Code", "Country/Region")
        row |= {f"{kind} {part}": value for part, value in zip(parts, values, strict=True)}
    notes += [*person.emails[3:], *person.urls[2:], *(place.full for place in person.places[3:])]
    notes += [f"{profile.network}: {profile.url or profile.handle}" for profile in person.profiles]
    notes += [name for name, _ in person.organizations[1:]]
    row["Notes"] = "\n".join(filter(None, notes))
    return row
