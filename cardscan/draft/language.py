"""Which language to write in: that of the contact where we have templates for it, else English.

Evidence in order: the country of the address, the country of a phone number, the country-code domain of the mail
address or web site, the words of the job title. A country with several languages is settled by its postal code, then
by the title.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, cast

from cardscan.draft.model import LANGUAGES, Language
from cardscan.record import Contact

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ALIAS = {"UK": "GB", "EU": ""}


def language_of(contact: Contact) -> Language:
    """The language to write to this contact in."""
    by_title = _title_language(contact)
    for country in _countries(contact):
        spoken = _data()["country"].get(country)
        if spoken is None:
            return "en"
        by_post = _postal_language(contact, country)
        if by_post:
            return by_post
        return cast(Language, by_title if by_title in spoken else spoken[0])
    return by_title or "en"


def note_language(text: str, likely: Language | None = None) -> Language | None:
    """The language a note is scribbled in, or None when its words don't tell; `likely` settles a tie it is part of."""
    words = [word.casefold() for word in _WORD.findall(text[:2000])]
    scores = {language: sum(word in _function_words(language) for word in words) for language in LANGUAGES}
    best = max(scores.values())
    leaders = [language for language, score in scores.items() if score == best]
    if best and likely in leaders:
        return likely
    return leaders[0] if best and len(leaders) == 1 else None


def language_of_country(country: str | None) -> Language:
    """The language most letters from a country are written in; English where it is not one of ours."""
    spoken = _data()["country"].get((country or "").upper())
    return cast(Language, spoken[0]) if spoken else "en"


def country_of(contact: Contact) -> str | None:
    """ISO 3166 code of the country the contact is most likely in, or None."""
    return next(iter(_countries(contact)), None)


def _countries(contact: Contact) -> list[str]:
    found = [address.country_code for address in contact.addresses if address.country_code]
    found += [country for phone in contact.phones if phone.value and (country := _phone_country(phone.value))]
    hosts = [email.value.rpartition("@")[2] for email in contact.emails]
    hosts += [re.sub(r"^[a-z]+://", "", url.value).partition("/")[0] for url in contact.urls]
    for host in hosts:
        suffix = host.rpartition(".")[2].upper()
        if len(suffix) == 2 and suffix.isascii() and suffix not in _GENERIC:
            found.append(_ALIAS.get(suffix, suffix))
    return [country.upper() for country in found if country]


# Country-code domains that the world uses for their sound.
_GENERIC = frozenset({"AI", "CC", "CO", "EU", "FM", "GG", "IO", "LY", "ME", "SH", "TV", "VC", "WS", "XX"})


def _phone_country(value: str) -> str | None:
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(value, None))
    except phonenumbers.NumberParseException:
        return None


def _postal_language(contact: Contact, country: str) -> Language | None:
    codes = [
        re.sub(r"^[A-Z]{1,2}[-– ]+", "", address.postal_code.upper())  # B-4000, CH-1204
        for address in contact.addresses
        if address.postal_code and (address.country_code or country) == country
    ]
    for rule in _data()["postal"]:
        if rule["country"] != country:
            continue
        for code in codes:
            if code.startswith(tuple(rule.get("prefixes", ()))) or _in_ranges(code, rule.get("ranges", ())):
                return cast(Language, rule["language"])
    return None


def _in_ranges(code: str, ranges: list[list[int]]) -> bool:
    return code.isascii() and code.isdigit() and any(low <= int(code[:9]) <= high for low, high in ranges)


def _title_language(contact: Contact) -> Language | None:
    words = {word.casefold() for title in contact.titles for word in _WORD.findall(title.value[:300])}
    scores = {language: len(words & set(listed)) for language, listed in _data()["title"].items()}
    best = max(scores.values())
    leaders = [language for language, score in scores.items() if score == best]
    return cast(Language, leaders[0]) if best and len(leaders) == 1 else None


@cache
def _function_words(language: Language) -> frozenset[str]:
    return frozenset(_data()["function_words"][language])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("cardscan.draft") / "languages.toml").read_text(encoding="utf-8"))
