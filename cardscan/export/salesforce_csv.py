"""CSV of leads for Salesforce (Data Import Wizard, Data Loader), with the API names of the Lead's fields.

The names are those of the Lead in Salesforce's Object Reference, which both tools map by themselves; LastName and
Company are required. MiddleName and Suffix are there only where the organization has turned them on; the wizard leaves
unknown columns out. LeadSource is a pick list: an organization that restricts it has to add the event first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cardscan.export.person import Person, people
from cardscan.export.table import written
from cardscan.record import Card

HEADER: Final = (
    "Salutation", "FirstName", "MiddleName", "LastName", "Suffix", "Title", "Company", "Email", "Phone",
    "MobilePhone", "Fax", "Website", "Street", "City", "State", "PostalCode", "Country", "LeadSource", "Description",
)  # fmt: skip
NOT_PROVIDED: Final = "[not provided]"  # what Salesforce itself puts into a required field it knows nothing for


def dump(cards: Iterable[Card]) -> str:
    """All people as leads, which need a last name and a company."""
    return written(HEADER, map(_row, people(cards)))


def _row(person: Person) -> dict[str, str]:
    place = person.places[0] if person.places else None
    return {
        "Salutation": person.prefix,
        "FirstName": person.given,
        "MiddleName": person.additional,
        "LastName": person.family or NOT_PROVIDED,
        "Suffix": person.suffix,
        "Title": ", ".join(person.titles),
        "Company": person.organization or NOT_PROVIDED,
        "Email": person.emails[0] if person.emails else "",
        "Phone": person.number("work", "other", "home"),
        "MobilePhone": person.number("mobile"),
        "Fax": person.number("fax"),
        "Website": person.urls[0] if person.urls else "",
        "Street": place.street if place else "",
        "City": place.locality if place else "",
        "State": place.region if place else "",
        "PostalCode": place.postal_code if place else "",
        "Country": place.country if place else "",
        "LeadSource": person.event,
        "Description": person.note,
    }
