"""Countries: how addresses, firms and numbers are printed there (`words/countries.toml`)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from . import words

CJK: Final = frozenset({"ja", "zh-Hans", "zh-Hant"})
# How often each country is drawn; the rest once.
WEIGHTS: Final = {
    "US": 5,
    "DE": 4,
    "GB": 3,
    "BR": 3,
    "FR": 3,
    "ES": 2,
    "IT": 2,
    "JP": 2,
    "CN": 2,
    "IN": 2,
    "TW": 1.5,
    "NL": 1.5,
    "PL": 1.5,
}


@dataclass(frozen=True, slots=True)
class City:
    """A city with its postcode pattern (# digit, A letter), area code and region; any may be empty."""

    name: str
    postcode: str
    area: str
    region: str


@dataclass(frozen=True, slots=True)
class Country:
    """What a card of this country looks like in words."""

    code: str
    faker: str
    language: str
    name: str
    tlds: tuple[str, ...]
    cities: tuple[City, ...]
    address: tuple[str, ...]
    legal: tuple[str, ...]
    prefix_legal: tuple[str, ...] = ()
    latin_legal: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def is_cjk(self) -> bool:
        """Whether names and addresses are printed in Chinese characters here."""
        return self.language in CJK


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO code."""
    found = {}
    for code, row in words.load("countries").items():
        cities = tuple(City(*(c.split("|") + [""] * 4)[:4]) for c in row["cities"])
        found[code] = Country(
            code, row["faker"], row["language"], row["name"], tuple(row["tld"]), cities, tuple(row["address"]),
            tuple(row["legal"]), tuple(row.get("prefix_legal", ())), tuple(row.get("latin_legal", ())),
            tuple(row.get("extra", ())),
        )  # fmt: skip
    return found


def any_country(rand: random.Random, only: Sequence[str] = ()) -> Country:
    """A country, likelier ones more often."""
    codes = [c for c in countries() if not only or c in only]
    return countries()[rand.choices(codes, [WEIGHTS.get(c, 1) for c in codes])[0]]


def filled(rand: random.Random, pattern: str) -> str:
    """A pattern with each # replaced by a digit (the first of a run not 0) and each standing-alone A by a letter."""
    out = []
    for i, char in enumerate(pattern):
        before = pattern[i - 1] if i else " "
        if char == "#":
            out.append(str(rand.randint(0 if before in "#0123456789" else 1, 9)))
        elif char == "A" and (before in "#A" or (i + 1 < len(pattern) and pattern[i + 1] in "#A")):
            out.append(rand.choice("ABCDEFGHJKLMNPRSTUVWXYZ"))
        else:
            out.append(char)
    return "".join(out)
