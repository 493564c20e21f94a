"""Invented firms: the name in its printed forms, what they do, domain, slogan, small print."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from . import words
from .countries import Country, filled
from .people import Person, ascii_letters
from .seeds import Split, belongs, half


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that doesn't exist.

    Attributes:
        core: The distinctive word or words ("Kelmira").
        name: As in running text ("Kelmira Logistik").
        legal: With the legal form ("Kelmira Logistik GmbH").
        latin: Latin form of a name in Chinese characters, else empty.
        sector: What it does, in one word or two.
        domain: Without `www.`.
        extra: Certificate, tax and bank numbers as printed.
    """

    core: str
    name: str
    legal: str
    latin: str
    sector: str
    services: tuple[str, ...]
    slogan: str
    department: str
    hours: str
    domain: str
    free_host: str
    extra: tuple[str, ...]


def _core(rand: random.Random, split: Split, person: Person | None) -> str:
    """An invented distinctive word: made of syllables, of two words, of initials, or the owner's family name."""
    lists = words.load("firms")
    while True:
        kind = rand.random()
        if kind < 0.16 and person is not None and not re.search(r"[^\x00-\x7f]", person.family):
            return person.family
        if kind < 0.55:
            middle = rand.choice(lists["onsets"]) + rand.choice(lists["nuclei"]) + rand.choice(lists["codas"])
            word = (
                middle
                + (rand.choice(lists["onsets"]) if middle[-1] not in "rlnsx" else "")
                + rand.choice(lists["endings"])
            )
            word = word.capitalize()
        elif kind < 0.85:
            second = rand.choice(half(lists["second"], split))
            word = rand.choice(half(lists["first"], split)) + (second if second.islower() else " " + second)
        else:
            word = "".join(rand.choice("ABCDEFGHIKLMNPRSTVWZ") for _ in range(rand.choice((3, 3, 4))))
        if belongs(word) == split and 3 <= len(word) <= 15:
            return str(word)


def _listed(rand: random.Random, kind: str, language: str) -> str:
    lists = words.load("firms")
    return str(rand.choice(lists.get(f"{kind}-{language}", lists[f"{kind}-en"])))


def invent(rand: random.Random, country: Country, split: Split, owner: Person | None = None) -> Firm:
    """A firm of this country whose core and slogan belong to `split`."""
    sector, *services = rand.choice(words.for_language("sectors", country.language))
    slogan = rand.choice(half(words.for_language("slogans", country.language), split))
    form = rand.choice(country.legal)
    latin = ""
    if country.is_cjk:
        core, core_latin = rand.choice(half(words.load("firms")[country.language], split)).split("|")
        name = core + sector
        legal = name + form if country.code != "JP" or rand.random() < 0.4 else form + name
        english = rand.choice(words.load("sectors")["en"])[0]
        latin = f"{core_latin} {english} {rand.choice(country.latin_legal)}"
        stem = ascii_letters(core_latin)
    else:
        core = _core(rand, split, owner)
        name = f"{core} {sector}" if rand.random() < 0.75 else core
        if country.language in ("fr", "es", "it", "pt") and rand.random() < 0.4:
            name = f"{sector} {core}"
        if country.prefix_legal:
            legal = f"{rand.choice(country.prefix_legal)} {name}"
        else:
            family = owner.family if owner else core
            legal = f"{name} {form.format(family=family)}"
        stem = ascii_letters(core)
        if rand.random() < 0.45:
            stem += rand.choice(("", "-")) + ascii_letters(sector.split()[0])
    city = rand.choice(country.cities).name
    extra = tuple(filled(rand, e.format(city=city)) for e in rand.sample(country.extra, min(len(country.extra), 2)))
    return Firm(
        core, name, legal, latin, sector, tuple(services), slogan, _listed(rand, "departments", country.language),
        _listed(rand, "hours", country.language), f"{stem}.{rand.choice(country.tlds)}",
        rand.choice(words.load("firms")["hosts"]), extra,
    )  # fmt: skip


def logotype(rand: random.Random, firm: Firm) -> str:
    """How the logo writes the firm: the core, in one of the ways logos do."""
    if not firm.core.isascii():
        return firm.core
    return rand.choice((firm.core, firm.core.upper(), firm.core.lower(), firm.core.upper(), firm.name))
