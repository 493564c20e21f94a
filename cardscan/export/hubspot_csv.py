"""CSV for the contact import of HubSpot, with the labels of its default contact properties.

HubSpot's import maps a column to a property by itself when the header is the property's name, in any case of letters,
and asks for first name, last name and e-mail at least (knowledge.hubspot.com, "Set up your import file"). The labels
are those that its properties API gives for the group `contactinformation`: firstname is First Name, zip is Postal Code,
and so on. A contact whose e-mail is there already is brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.export.person import Person, people
from cardscan.export.table import written
from cardscan.record import Card

HEADER: Final = (
    "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Fax Number", "Job Title",
    "Company Name", "Website URL", "Street Address", "City", "State/Region", "Postal Code", "Country/Region",
    "Salutation", "Message",
)  # fmt: skip


def dump(cards: Iterable[Card]) -> str:
    """All people, one row each; the note goes to `Message`."""
    return written(HEADER, map(_row, people(cards)))


def _row(person: Person) -> dict[str, str]:
    place = person.places[0] if person.places else None
    return {
        "First Name": " ".join(filter(None, (person.given, person.additional))),
        "Last Name": " ".join(filter(None, (person.family, person.suffix))),
        "Email": person.emails[0] if person.emails else "",
        "Phone Number": person.number("work", "other", "home"),
        "Mobile Phone Number": person.number("mobile"),
        "Fax Number": person.number("fax"),
        "Job Title": ", ".join(person.titles),
        "Company Name": person.organization,
        "Website URL": person.urls[0] if person.urls else "",
        "Street Address": place.street if place else "",
        "City": place.locality if place else "",
        "State/Region": place.region if place else "",
        "Postal Code": place.postal_code if place else "",
        "Country/Region": place.country if place else "",
        "Salutation": person.prefix,
        "Message": person.note,
    }
