"""Invented people: names as printed, other forms of them, titles, and the local parts of their mail addresses."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from faker import Faker

from . import words
from .countries import Country
from .seeds import Split, belongs, draw, half

PREFIXES: Final = {
    "de": ("Dr.", "Prof. Dr.", "Dipl.-Ing.", "Dr. med.", "Mag."),
    "en": ("Dr.", "Prof.", "Mr", "Ms", "Sir"),
    "cs": ("Ing.", "Mgr.", "JUDr.", "MUDr."),
    "sk": ("Ing.", "Mgr."),
    "it": ("Dott.", "Dott.ssa", "Avv.", "Ing.", "Arch."),
    "es": ("Dr.", "Dra.", "Lic.", "Ing.", "Arq."),
    "pt": ("Dr.", "Dra.", "Eng.", "Prof."),
    "nl": ("drs.", "mr.", "ir.", "dr."),
    "pl": ("mgr", "dr", "mgr inż.", "prof."),
    "fr": ("Dr", "Me", "Pr"),
    "hu": ("Dr.",),
    "tr": ("Dr.", "Av.", "Prof. Dr."),
    "ro": ("Dr.", "Ing.", "Av."),
    "hr": ("Dr.", "Mr. sc."),
    "id": ("Ir.", "Dr.", "Drs."),
}
SUFFIXES: Final = {
    "en": ("MBA", "PhD", "CPA", "Esq.", "MD", "Jr.", "P.E.", "CFP", "BSc", "ACA", "PMP", "III"),
    "cs": ("Ph.D.", "MBA"),
    "id": ("S.H.", "S.T.", "M.M.", "SE"),
    "de": ("MBA", "M.A.", "LL.M."),
    "nl": ("MSc", "RA"),
}
FAMILY_FIRST: Final = frozenset({"hu"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who isn't there.

    Attributes:
        full: The name as printed (family first where that is the custom), with prefix and suffix.
        also: Its Latin form, for a name in Chinese characters.
        given, family: In Latin letters, for mail addresses.
    """

    id: str
    full: str
    also: str
    given: str
    family: str
    titles: tuple[str, ...]
    titles_also: tuple[str, ...] = ()


@cache
def faker_for(locale: str) -> Faker:
    """Faker for a locale, every name equally likely; seed it before each use."""
    return Faker(locale, use_weighting=False)


def ascii_letters(text: str) -> str:
    """Lower-case ASCII, as in a mail address: umlauts spelled out, accents dropped, anything else left out."""
    text = text.lower()
    for a, b in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ı", "i"),
                 ("æ", "ae"), ("å", "a"), ("þ", "th"), ("ð", "d")):  # fmt: skip
        text = text.replace(a, b)
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z]", "", text)


def _names(rand: random.Random, country: Country, split: Split) -> tuple[str, str]:
    """(given, family) from Faker, each of this split. Compound families such as 'García López' count word by word."""
    fake = faker_for(country.faker)
    fake.seed_instance(rand.getrandbits(32))
    female = rand.random() < 0.5
    first = fake.first_name_female if female else fake.first_name_male
    last = (
        getattr(fake, "last_name_female", fake.last_name) if female else getattr(fake, "last_name_male", fake.last_name)
    )
    given = draw(first, split)
    family = ""
    for _ in range(600):
        family = str(last())
        if all(belongs(w) == split for w in re.split(r"[\s-]+", family)):
            break
    else:
        raise LookupError(f"no family name for {split} in {country.faker}")
    if country.language == "en" and rand.random() < 0.15:
        given += f" {rand.choice('ABCDEFGHJKLMPRSTW')}."
    elif country.language in ("en", "fr", "nl", "de") and rand.random() < 0.08:
        given += ("-" if country.language in ("fr", "de") else " ") + draw(first, split)
    return given, family


def _titles(rand: random.Random, language: str, split: Split) -> tuple[str, ...]:
    own = words.for_language("titles", language)
    listed = half(own, split)
    if language not in ("en", "ja", "zh-Hans", "zh-Hant") and rand.random() < 0.25:
        listed = half(words.load("titles")["en"], split)
    return tuple(rand.sample(listed, min(len(listed), 2 if rand.random() < 0.1 else 1)))


def invent(rand: random.Random, country: Country, split: Split) -> Person:
    """A person of this country with a name and titles that belong to `split`."""
    key = f"p-{rand.getrandbits(40):010x}"
    if country.is_cjk:
        lists = words.load("names")[country.language]
        family, family_latin = rand.choice(half(lists["family"], split)).split("|")
        given, given_latin = rand.choice(half(lists["given"], split)).split("|")
        gap = " " if country.code == "JP" and rand.random() < 0.6 else ""
        latin = f"{given_latin} {family_latin}" if rand.random() < 0.8 else f"{family_latin.upper()} {given_latin}"
        pool = half(words.load("titles")["en"], split)
        return Person(
            key, family + gap + given, latin, given_latin, family_latin,
            _titles(rand, country.language, split), (rand.choice(pool),),
        )  # fmt: skip
    given, family = _names(rand, country, split)
    full = f"{family} {given}" if country.language in FAMILY_FIRST else f"{given} {family}"
    if rand.random() < 0.13 and country.language in PREFIXES:
        full = f"{rand.choice(PREFIXES[country.language])} {full}"
    if rand.random() < 0.08 and country.language in SUFFIXES:
        full = f"{full}, {rand.choice(SUFFIXES[country.language])}"
    return Person(key, full, "", given, family, _titles(rand, country.language, split))


def mailbox(rand: random.Random, person: Person) -> str:
    """The local part of a mail address, made from the name in one of the usual ways."""
    given = ascii_letters(re.split(r"[\s-]", person.given)[0]) or "mail"
    families = [ascii_letters(w) for w in re.split(r"[\s-]", person.family)]
    family = max(families, key=len) or "office"
    forms = (
        f"{given}.{family}", f"{given[0]}.{family}", f"{given[0]}{family}", f"{given}{family}", given, family,
        f"{given}_{family}", f"{family}.{given}", f"{given}-{family}", f"{given[0]}{family[0]}", f"{family}{given[0]}",
    )  # fmt: skip
    return rand.choices(forms, (10, 5, 6, 2, 3, 2, 1, 1, 1, 0.5, 1))[0]
