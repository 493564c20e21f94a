"""Telephone numbers that phonenumbers holds valid, and the many ways cards print them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from .countries import Country

Kind = Literal["work", "mobile", "fax", "home"]

# Number ranges that regulators keep for fiction: nobody is reached by a published sample.
FICTION = {
    "US": {"fixed": "{area}55501##", "mobile": "{area}55501##"},
    "CA": {"fixed": "{area}55501##", "mobile": "{area}55501##"},
    "GB": {"fixed": "2079460###", "mobile": "7700900###"},
    "AU": {"fixed": "25550####", "mobile": "491570###"},
    "IE": {"fixed": "12345###", "mobile": "8555501##"},
    "DE": {"fixed": "3023125###", "mobile": "1520006####"},
    "FR": {"fixed": "19900####", "mobile": "63998####"},
    "SE": {"fixed": "8465004##", "mobile": "7017406##"},
}


@dataclass(frozen=True, slots=True)
class Telephone:
    """One number: E.164 without extension, and as printed (with it)."""

    e164: str
    raw: str
    kind: Kind
    extension: str = ""


@cache
def _example(region: str, mobile: bool) -> phonenumbers.PhoneNumber:
    kind = PhoneNumberType.MOBILE if mobile else PhoneNumberType.FIXED_LINE
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        raise LookupError(f"no example number for {region}")
    return number


def valid(rand: random.Random, country: Country, area: str, mobile: bool, fiction: bool) -> phonenumbers.PhoneNumber:
    """A valid national number: with this area code where the country has one, from the fiction range on request."""
    example = _example(country.code, mobile)
    national = phonenumbers.national_significant_number(example)
    pattern = FICTION.get(country.code, {}).get("mobile" if mobile else "fixed", "") if fiction else ""
    for attempt in range(400):
        if pattern and attempt < 40:
            digits = pattern.format(area=area)
        elif area and not mobile and attempt < 200:
            # Numbers of a place vary in length in some countries (de, at, it): the first valid length wins.
            spare = len(national) - len(area) + (rand.choice((0, 0, 1)) if country.code in ("DE", "AT") else 0)
            digits = area + "#" * max(5, spare)
        else:
            keep = 3 if mobile else 2
            digits = national[:keep] + "#" * (len(national) - keep)
        made = "".join(str(rand.randint(0, 9)) if d == "#" else d for d in digits)
        number = phonenumbers.PhoneNumber(country_code=example.country_code, national_number=int(made))
        if country.code == "IT" and made.startswith("0"):
            number = phonenumbers.PhoneNumber(example.country_code, int(made), italian_leading_zero=True)
        if phonenumbers.is_valid_number_for_region(number, country.code):
            kind = phonenumbers.number_type(number)
            if (kind == PhoneNumberType.MOBILE) == mobile or kind == PhoneNumberType.FIXED_LINE_OR_MOBILE:
                return number
    return example


def printed(rand: random.Random, number: phonenumbers.PhoneNumber, country: Country, style: int) -> str:
    """A number as a card prints it. `style` is one of 0 to 7, so that a card can print all its numbers alike."""
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    world = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    if style <= 1:
        return national
    if style <= 3:
        return world
    if style == 4:
        return national.replace("(", "").replace(")", "").replace(" ", ".").replace("-", ".")
    if style == 5:
        return world.replace("-", " ") if "-" in world else world.replace(" ", "-", 1)
    if style == 6:
        trunk = " (0)" if national.startswith("0") and country.code != "IT" else " "
        return world.replace(" ", trunk, 1)
    code = f"{number.country_code}"
    rest = world[len(code) + 1 :].strip()
    return f"00{code} {rest}" if country.code not in ("US", "CA", "JP") else national


def invent(
    rand: random.Random, country: Country, area: str, kind: Kind, style: int, fiction: bool = False
) -> Telephone:
    """A number of a kind in a printing style; work numbers now and then carry an extension."""
    number = valid(rand, country, area, kind == "mobile", fiction)
    text = printed(rand, number, country, style)
    if text.count("(") != text.count(")"):
        text = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return Telephone(phonenumbers.format_number(number, PhoneNumberFormat.E164), text, kind)


def local(telephone: Telephone, area: str) -> str:
    """The number without its area code, as a shop prints it for its neighbours; the full one if that can't be told."""
    number = phonenumbers.parse(telephone.e164)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    digits = phonenumbers.national_significant_number(number)
    if area and digits.startswith(area) and len(digits) - len(area) >= 7:
        tail = "".join(c for c in national if c.isdigit()).removeprefix("0").removeprefix(area)
        return f"{tail[:-4]}-{tail[-4:]}"
    return telephone.raw
