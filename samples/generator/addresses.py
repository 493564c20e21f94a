"""Postal addresses as cards print them, line by line."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Final

from . import words
from .countries import City, Country, filled
from .people import faker_for
from .seeds import Split, draw, half

OWN_STREETS: Final = {
    "SG": "en-SG",
    "IN": "en-IN",
    "ZA": "en-ZA",
    "ID": "id",
    "VN": "vi",
    "NO": "no",
    "DK": "da",
    "SE": "sv",
    "BR": "pt-BR",
    "TR": "tr",
    "US": "en-US",
    "CA": "en-US",
    "GB": "en-GB",
    "IE": "en-GB",
    "AU": "en-AU",
    "NZ": "en-AU",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "FR": "fr",
    "BE": "fr",
    "ES": "es",
    "MX": "es",
    "AR": "es",
    "CO": "es",
    "IT": "it",
    "NL": "nl",
    "PL": "pl",
    "JP": "ja",
    "CN": "zh-Hans",
    "TW": "zh-Hant",
    "HK": "zh-Hant",
    "PH": "en-SG",
}
UNITS: Final = {
    "US": (", Suite {n}00", " Ste {n}0", ", Unit {n}", ", Floor {n}", " #{n}01"),
    "CA": (", Suite {n}00", ", Unit {n}"),
    "AU": ("Level {n}, ", "Suite {n}, ", "{n}/"),
    "IN": ("Flat {n}0{n}, ", "Shop No. {n}, ", "#"),
    "SG": (" #0{n}-1{n}", " #1{n}-0{n}"),
    "PH": ("Unit {n}0{n}, ", "{n}/F, "),
    "ES": (", {n}º A", ", bajo", ", {n}º {n}ª"),
    "MX": (" Int. {n}", " Piso {n}"),
    "AR": (", Piso {n}", ", {n}º B"),
    "CO": (" Of. {n}0{n}", " Local {n}"),
    "PT": (", {n}.º Dto.", ", {n}º Esq.", " - R/C"),
    "BR": (" - Sala {n}{n}", " - Cj. {n}1", ", Loja {n}"),
    "TR": (" D: {n}", " Kat: {n}"),
    "CN": ("{n}层", "{n}0{n}室"),
    "TW": ("{n}樓", "{n}樓之2"),
    "HK": ("{n}樓", "{n}樓A室"),
}
BUILDINGS: Final = {
    "IN": ("Sunrise Towers", "2nd Floor, Lotus Plaza", "Patel Chambers", "B-Wing, Trade Centre"),
    "SG": ("Harbour Point Building", "Tower 2, Marina Suites"),
    "PH": ("Orchid Tower", "3/F Mercado Building"),
    "ZA": ("Oak House", "Ground Floor, Block C", "The Terraces Office Park"),
    "GB": ("Suite 4, Merchant House", "The Old Granary", "Unit 12", "Second Floor", "Bridge House"),
    "AU": ("Level 3, Anchor House", "Shop 5"),
    "IE": ("Unit 7, Dock Mill", "Castle House"),
    "ID": ("Gedung Merapi Lt. 5", "Menara Kencana"),
    "TR": ("Güneş İş Merkezi", "Plaza 34 Kat: 6"),
    "DE": ("Haus 3", "Hinterhaus, 2. OG"),
    "FR": ("Bâtiment B", "Immeuble Le Cèdre"),
}
DISTRICTS: Final = {
    "BR": ("Centro, ", "Jd. Primavera, ", "Vila Nova, ", "Moema, "),
    "TR": ("Çankaya / ", "Kadıköy / ", "Şişli / ", "Konak / "),
    "VN": ("Quận 1, ", "Quận 3, ", "Quận Hoàn Kiếm, ", "Phường Bến Nghé, "),
}


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """The printed lines, and the city they are in (for area codes)."""

    lines: tuple[str, ...]
    city: City


def _street(rand: random.Random, country: Country, split: Split) -> str:
    own = OWN_STREETS.get(country.code)
    if own is not None:
        return rand.choice(half(words.load("streets")[own], split))
    fake = faker_for(country.faker)
    fake.seed_instance(rand.getrandbits(32))
    return draw(fake.street_name, split)


def invent(rand: random.Random, country: Country, split: Split, city: City | None = None) -> PostalAddress:
    """An address in this country on a street that belongs to `split`."""
    city = city or rand.choice(country.cities)
    unit = ""
    if country.code in UNITS and rand.random() < 0.4:
        unit = rand.choice(UNITS[country.code]).format(n=rand.randint(2, 9))
    district = rand.choice(DISTRICTS[country.code]) if country.code in DISTRICTS and rand.random() < 0.7 else ""
    number = str(rand.randint(1, 9 if rand.random() < 0.2 else 220))
    if country.code in ("US", "CA") and rand.random() < 0.7:
        number = str(rand.randint(100, 9800))
    if country.code in ("DE", "AT", "NL", "CH", "DK") and rand.random() < 0.15:
        number += rand.choice("abc")
    postcode = filled(rand, city.postcode)
    values = {
        "street": _street(rand, country, split),
        "number": number,
        "n2": str(rand.randint(2, 60)),
        "unit": unit,
        "postcode": postcode,
        "city": city.name,
        "region": city.region,
        "district": district,
        "floor": f", {rand.randint(1, 5)}. sal" if rand.random() < 0.2 else "",
        "cep": rand.choice((f", {postcode}", f" - CEP: {postcode}")),
    }
    lines = [re.sub(r"\s+([,)])", r"\1", form.format(**values)).strip(" ,") for form in country.address]
    lines = [re.sub(r"\s{2,}", " ", line).replace(" ()", "") for line in lines]
    if country.code in BUILDINGS and rand.random() < 0.18:
        lines.insert(0, rand.choice(BUILDINGS[country.code]))
    if not country.is_cjk and rand.random() < 0.22:
        lines.append(country.name)
    if country.code == "JP" and rand.random() < 0.5:
        lines = [" ".join(lines)]
    return PostalAddress(tuple(lines), city)


def latin(rand: random.Random, country: Country, split: Split, city: City) -> PostalAddress:
    """The address of a bilingual card's Latin side, for a city of a country that prints Chinese characters."""
    pool = words.load("streets")["ja-latin" if country.code == "JP" else "zh-latin"]
    street = rand.choice(half(pool, split))
    first = street if country.code == "JP" else f"{rand.randint(2, 18)}F, No. {rand.randint(1, 400)}, {street}"
    postcode = filled(rand, city.postcode)
    return PostalAddress(
        (
            first,
            f"{city.region} {postcode}".strip(),
            {"JP": "Japan", "CN": "P.R. China", "TW": "Taiwan", "HK": "Hong Kong"}[country.code],
        ),
        city,
    )
