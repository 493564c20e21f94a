"""Where a contact lives in time: country, part of the country, and time zone, from phone numbers and addresses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as phone_zones

from cardscan.plan.calendar import WorkCalendar, work_calendar
from cardscan.plan.countries import subdivisions_of
from cardscan.record import Address, Contact

ZoneFrom = Literal["phone", "address"]
_UNKNOWN_ZONE = "Etc/Unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """What the card tells of a contact's place; None where it does not. `whereabouts` gives the one record of a place.

    Attributes:
        country: ISO 3166 code.
        subdivision: State or province, in the code its holidays are known by.
        zone: IANA name.
        zone_from: What told the zone.
    """

    country: str | None = None
    subdivision: str | None = None
    zone: str | None = None
    zone_from: ZoneFrom | None = None

    @property
    def calendar(self) -> WorkCalendar:
        """The days on which people work there."""
        return work_calendar(((self.country, self.subdivision),))


def whereabouts_of(contact: Contact) -> Whereabouts:
    """Place a contact.

    A telephone number that belongs to one zone tells it; of several zones the address's region decides. Without a
    telling number the address's region or country does. The country is the address's, else the number's.
    """
    numbers = [phone.value for phone in contact.phones if phone.value and phone.type != "fax"]
    address = next((address for address in contact.addresses if address.country_code), None)
    by_address = _zone_of_address(address) if address else None
    region: str | None = None
    zone = by_address
    zone_from: ZoneFrom | None = "address" if by_address else None
    for number in numbers:
        number_region, zones = _zones_of_number(number)
        region = region or number_region
        if len(zones) == 1:
            zone, zone_from = zones[0], "phone"
            break
        if zones and by_address is None and (main := _main_zone(zones, number_region)):
            zone, zone_from = main, "phone"
            break
    country = address.country_code.upper() if address and address.country_code else region
    subdivision = _subdivision(country, address)
    return whereabouts(country, subdivision, zone, zone_from)


@cache
def whereabouts(
    country: str | None = None,
    subdivision: str | None = None,
    zone: str | None = None,
    zone_from: ZoneFrom | None = None,
) -> Whereabouts:
    """The record of a place: the same one for all who live there, so that what is found for one is found for all."""
    return Whereabouts(country, subdivision, zone, zone_from)


def known_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that name, None for no name or one that tzdata lacks."""
    return _zone(name) if name else None


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


@cache
def _zones_of_number(number: str) -> tuple[str | None, tuple[str, ...]]:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None, ()
    zones = tuple(zone for zone in phone_zones.time_zones_for_number(parsed) if zone != _UNKNOWN_ZONE)
    region = phonenumbers.region_code_for_number(parsed)
    return (region if region and region.isalpha() else None), zones


def _main_zone(zones: Iterable[str], region: str | None) -> str | None:
    """The one zone a number of many zones most likely rings in; None where that would be a guess (US toll-free)."""
    if region is None:
        return None
    home = _country_zones().get(region, ())
    inside = [zone for zone in zones if zone in home]
    return inside[0] if len(inside) == 1 else _table().get("main", {}).get(region)


def _zone_of_address(address: Address) -> str | None:
    country = (address.country_code or "").upper()
    zones = _country_zones().get(country, ())
    if len(zones) == 1:
        return zones[0]
    table = _table()
    by_region = table.get(country, {}).get((address.region or "").upper()) if country != "main" else None
    return by_region or table["main"].get(country)


def _subdivision(country: str | None, address: Address | None) -> str | None:
    if not country or not address or not address.region:
        return None
    known = subdivisions_of(country)
    return next((code for code in (address.region.upper(), address.region) if code in known), None)


@cache
def _table() -> dict[str, dict[str, str]]:
    text = (resources.files("cardscan.plan") / "zones.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _country_zones() -> dict[str, tuple[str, ...]]:
    """The zones of each country after tzdata's zone.tab."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            zones.setdefault(country, []).append(zone)
    return {country: tuple(names) for country, names in zones.items()}
