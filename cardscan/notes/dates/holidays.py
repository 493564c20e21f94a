"""Holidays: their name in the lexicon -> their days in a year, and what another country means by the same name.

No short rule gives the feasts of another calendar (Diwali, Eid, the Lunar New Year): the holidays library knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Final

from cardscan.notes.dates.reckoning import Days, add_days, easter, month_end, nearest_weekday, years


def _nth(year: int, month: int, number: int, count: int) -> Days:
    """The n-th such weekday of a month, the last one for -1 (Monday is 0)."""
    first = date(year, month, 1)
    if count < 0:
        last = month_end(first)
        found = add_days(last, -((last.weekday() - number) % 7))
    else:
        found = add_days(first, (number - first.weekday()) % 7 + 7 * (count - 1))
    return found, found


def _later(days: Days, count: int) -> Days:
    return add_days(days[0], count), add_days(days[1], count)


def _weekday_before(day: date, number: int) -> Days:
    """The last such weekday before a day (Monday is 0)."""
    found = nearest_weekday(day, number, -1)
    return found, found


def _fixed(month: int, day: int) -> Callable[[int], Days]:
    return lambda year: (date(year, month, day),) * 2


def _around_easter(first: int, last: int) -> Callable[[int], Days]:
    return lambda year: (add_days(easter(year), first), add_days(easter(year), last))


_PENTECOST = _around_easter(49, 50)


def _in_calendar_of(country: str, name: str) -> Callable[[int], Days | None]:
    """A feast of another calendar, from its first day to its last, as a country keeps it; None outside its tables."""

    @cache
    def days_of(year: int) -> Days | None:
        from holidays import country_holidays  # a tenth of a second, for few notes

        kept = country_holidays(country, years=year, observed=False, language="en_US").items()
        found = [day for day, said in kept if said.removesuffix(" (estimated)") in (name, f"{name} Holiday")]
        return (min(found), max(found)) if found else None

    return days_of


HOLIDAYS: Final[Mapping[str, Callable[[int], Days | None]]] = {
    "easter": _around_easter(0, 1),
    "easter_monday": _around_easter(1, 1),
    "ascension": _around_easter(39, 39),
    "pentecost": _PENTECOST,
    "whit_monday": _around_easter(50, 50),
    "christmas": lambda year: (date(year, 12, 25), date(year, 12, 26)),
    "christmas_eve": _fixed(12, 24),
    "newyear": _fixed(1, 1),
    "holidays": lambda year: (date(year, 12, 25), date(year + 1, 1, 1)),
    "thanksgiving": lambda year: _nth(year, 11, 3, 4),
    "black_friday": lambda year: _later(_nth(year, 11, 3, 4), 1),
    "cyber_monday": lambda year: _later(_nth(year, 11, 3, 4), 4),
    "labor_day": lambda year: _nth(year, 9, 0, 1),
    "memorial_day": lambda year: _nth(year, 5, 0, -1),
    "independence_day": _fixed(7, 4),
    "halloween": _fixed(10, 31),
    "valentine": _fixed(2, 14),
    "newyears_eve": _fixed(12, 31),
    "mlk": lambda year: _nth(year, 1, 0, 3),
    "presidents_day": lambda year: _nth(year, 2, 0, 3),
    "veterans_day": _fixed(11, 11),
    "columbus_day": lambda year: _nth(year, 10, 0, 2),
    "juneteenth": _fixed(6, 19),
    "mothers_day": lambda year: _nth(year, 5, 6, 2),
    "fathers_day": lambda year: _nth(year, 6, 6, 3),
    "good_friday": _around_easter(-2, -2),
    "palm_sunday": _around_easter(-7, -7),
    "maundy_thursday": _around_easter(-3, -3),
    "ash_wednesday": _around_easter(-46, -46),
    "shrove_tuesday": _around_easter(-47, -47),
    "boxing_day": _fixed(12, 26),
    "st_patricks": _fixed(3, 17),
    "may_day": _fixed(5, 1),
    "carnival": _around_easter(-48, -47),
    "corpus_christi": _around_easter(60, 60),
    "epiphany": _fixed(1, 6),
    "liberation": _fixed(4, 25),
    "kings_day": _fixed(4, 27),
    "sao_joao": _fixed(6, 24),
    "bastille": _fixed(7, 14),
    "assumption": _fixed(8, 15),
    "brazil_day": _fixed(9, 7),
    "unity_day": _fixed(10, 3),
    "hispanic_day": _fixed(10, 12),
    "all_saints": lambda year: (date(year, 11, 1), date(year, 11, 2)),
    "armistice": _fixed(11, 11),
    "st_nicholas": _fixed(12, 6),
    "st_nicholas_nl": _fixed(12, 5),
    "immaculate": _fixed(12, 8),
    "early_may_bank": lambda year: _nth(year, 5, 0, 1),
    "spring_bank": lambda year: _nth(year, 5, 0, -1),
    "june_bank": lambda year: _nth(year, 6, 0, 1),
    "summer_bank": lambda year: _nth(year, 8, 0, -1),
    "october_bank": lambda year: _nth(year, 10, 0, -1),
    "bonfire_night": _fixed(11, 5),
    "burns_night": _fixed(1, 25),
    "canada_day": _fixed(7, 1),
    "victoria_day": lambda year: _weekday_before(date(year, 5, 25), 0),
    "australia_day": _fixed(1, 26),
    "anzac_day": _fixed(4, 25),
    "cup_day": lambda year: _nth(year, 11, 1, 1),
    "cinco_de_mayo": _fixed(5, 5),
    "st_joseph": _fixed(3, 19),
    "st_john": _fixed(6, 24),
    "st_martin": _fixed(11, 11),
    "swiss_day": _fixed(8, 1),
    "austrian_day": _fixed(10, 26),
    "reformation": _fixed(10, 31),
    "repentance": lambda year: _weekday_before(date(year, 11, 23), 2),
    "victory_day": _fixed(5, 8),
    "belgian_day": _fixed(7, 21),
    "constitution_day": _fixed(12, 6),
    "italian_republic": _fixed(6, 2),
    "portugal_day": _fixed(6, 10),
    "tiradentes": _fixed(4, 21),
    "aparecida": _fixed(10, 12),
    "brazilian_republic": _fixed(11, 15),
    "republic_day": _fixed(1, 26),
    "gandhi_jayanti": _fixed(10, 2),
    "heritage_day": _fixed(9, 24),
    "waitangi_day": _fixed(2, 6),
    "family_day": lambda year: _nth(year, 2, 0, 3),
    "diwali": _in_calendar_of("IN", "Diwali"),
    "holi": _in_calendar_of("IN", "Holi"),
    "eid": _in_calendar_of("AE", "Eid al-Fitr"),
    "eid_al_adha": _in_calendar_of("AE", "Eid al-Adha"),
    "lunar_new_year": _in_calendar_of("CN", "Chinese New Year (Spring Festival)"),
    "passover": _in_calendar_of("IL", "Pesach"),
    "rosh_hashanah": _in_calendar_of("IL", "Rosh Hashanah"),
    "yom_kippur": _in_calendar_of("IL", "Yom Kippur"),
    "lovers_day": _fixed(6, 12),
    "liberation_nl": _fixed(5, 5),
}
"""Name in the lexicon -> its first and last day in a year."""

_FIRST_OF_MAY = _fixed(5, 1)
REGIONAL: Final[Mapping[str, Mapping[str, Callable[[int], Days | None]]]] = {
    "thanksgiving": {"CA": lambda year: _nth(year, 10, 0, 2)},
    "labor_day": dict.fromkeys(("IN", "SG", "HK", "PH", "MT"), _FIRST_OF_MAY)
    | {"NZ": lambda year: _nth(year, 10, 0, 4)},
    "independence_day": {
        "IN": _fixed(8, 15),
        "MX": _fixed(9, 16),
        "PH": _fixed(6, 12),
        "NG": _fixed(10, 1),
        "PK": _fixed(8, 14),
    },
    "republic_day": {"IT": _fixed(6, 2), "TR": _fixed(10, 29)},
    "summer_bank": {"IE": lambda year: _nth(year, 8, 0, 1)},
    "mothers_day": dict.fromkeys(("GB", "IE"), _around_easter(-21, -21))
    | dict.fromkeys(("ES", "PT"), lambda year: _nth(year, 5, 6, 1))
    | {"FR": lambda year: _french_mothers(year), "MX": _fixed(5, 10), "AR": lambda year: _nth(year, 10, 6, 3)},
    "fathers_day": dict.fromkeys(("IT", "ES", "PT"), _fixed(3, 19))
    | dict.fromkeys(("AU", "NZ"), lambda year: _nth(year, 9, 6, 1))
    | dict.fromkeys(("AT", "BE"), lambda year: _nth(year, 6, 6, 2))
    | {"DE": _around_easter(39, 39), "BR": lambda year: _nth(year, 8, 6, 2), "CH": lambda year: _nth(year, 6, 6, 1)},
}
"""Holidays that other countries keep on another day under the same name: name -> country -> its days in a year."""


def _french_mothers(year: int) -> Days:
    """The last Sunday of May, a week later where that is Pentecost."""
    days = _nth(year, 5, 6, -1)
    return _later(days, 7) if days[0] == _PENTECOST(year)[0] else days


def holiday(reference: date, name: str, region: str | None = None) -> Days | None:
    """The coming holiday, first to last day, as a country keeps it; the days around it are reckoned from there."""
    days_of = REGIONAL.get(name, {}).get(region or "", HOLIDAYS[name])
    for year in years(reference, 1)[:3]:
        days = days_of(year) if date.min.year < year < date.max.year - 1 else None
        if days and days[1] >= reference:
            return days
    return None
