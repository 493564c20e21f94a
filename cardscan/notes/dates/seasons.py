"""Parts of a year: quarters, halves, seasons, holidays, weekends, `early 2027`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None.
"""

from __future__ import annotations

from datetime import date

from cardscan.notes.dates import reckoning
from cardscan.notes.dates.days import day
from cardscan.notes.dates.holidays import holiday as days_of_holiday
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Days, Moment, add_days, add_months, coming, monday, month_end
from cardscan.notes.jotting import Jotting

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def quarter(j: Jotting, at: int) -> Found | None:
    """`Q3`, `Q1 2027`, `Q1 27`."""
    part = next((n for n in ("early", "mid", "late") if j.has(f"dates.{n}", at)), None)
    inner = at + (j.has(f"dates.{part}", at) if part else 0)
    length = j.has("dates.quarter", inner)
    number = j.number(inner + length, 4) if length else None
    if not number or not j.tight(inner + length):
        return None
    return _stretch_of_year(j, inner + length + 1, 3 * number - 2, 3, part)


def worded_quarter(j: Jotting, at: int) -> Found | None:
    """`2nd quarter`, `2. Quartal`, `H2`, `second half of 2027`."""
    if j.has("dates.half_year", at) and (half := j.number(at + 1, 2)) and j.tight(at + 1):
        free = at + 2 >= len(j.tokens) or j.tokens[at + 2].spaced or j.tokens[at + 2].kind != "word"
        return _stretch_of_year(j, at + 2, 6 * half - 5, 6, None) if free else None
    if word := j.match("dates.ordinal", at):
        number, end = int(word[1]), at + word[0]
    elif count := j.number(at, 4):
        number, end = count, at + 1
        end += j.has("dates.day_suffix", end) or j.norm(end) in {".", "º", "°"}
    else:
        return None
    length = j.has("dates.quarter_word", end)
    return _stretch_of_year(j, end + length, 3 * number - 2, 3, None) if length and 1 <= number <= 4 else None


def _stretch_of_year(j: Jotting, at: int, first: int, count: int, part: str | None) -> Found | None:
    """Months from `first` on, with the year that is written behind them, or its early, middle or late third."""
    end = at + j.has("dates.of", at)
    short = j.norm(end) == "'"
    year = j.number(end + short)
    digits = len(j.tokens[end + short].text) if year is not None else 0
    full = None
    if year is not None and digits == (2 if short else 4) and (short or 1900 <= year <= 2100):
        full, at = year + (2000 if short else 0), end + short + 1
    moment = reckoning.months(j.reference, first, count, full)
    if moment and part and moment.coming:
        begin = date(moment.coming[1].year, first, 1)
        moment = Moment(part_of_stretch(begin, count, part), None, exact=False)
    return (moment, at) if moment else None


def part_of_stretch(first: date, count: int, part: str) -> Days:
    """The early, middle or late third of some months (a quarter of a year of them)."""
    length = max(count // 3, 1) if count < 12 else 3
    begin = {"early": 0, "mid": (count - length) // 2, "late": count - length}[part]
    start = add_months(first, begin)
    return start, month_end(add_months(start, length - 1))


def year_alone(j: Jotting, at: int) -> Found | None:
    """`2027` as a stretch, which only `early`, `mid`, `late` and `end of` make a date."""
    year = j.number(at)
    if year is None or len(j.tokens[at].text) != 4 or not j.reference.year <= year <= min(j.reference.year + 20, 9000):
        return None
    return coming((date(year, 1, 1), date(year, 12, 31))), at + 1


def part_of_year(j: Jotting, at: int) -> Found | None:
    """`early 2027`, `mid 2027`, `late '27`."""
    part = next((n for n in ("early", "mid", "late") if j.has(f"dates.{n}", at)), None)
    inner = at + (j.has(f"dates.{part}", at) if part else 0)
    found = year_alone(j, inner + (j.norm(inner) == "-")) if part else None
    if not part or found is None or found[0].coming is None:
        return None
    return Moment(part_of_stretch(found[0].coming[0], 12, part), None, exact=False), found[1]


def season(j: Jotting, at: int) -> Found | None:
    """`spring`, `summer`, `fall`: meteorological seasons (March to May and so on)."""
    for name, first in SEASONS.items():
        if (length := j.has(f"dates.season.{name}", at)) and not _belongs(j, at, at + length):
            moment = reckoning.months(j.reference, first, 3)
            return (moment, at + length) if moment else None
    return None


def _belongs(j: Jotting, start: int, at: int) -> bool:
    """Whether a season or a holiday only says which: `fall catalog`, `Xmas list`."""
    led = any(j.has(f"dates.{name}", start - 1, start) for name in ("by", "after", "counted_back"))
    return bool(j.has("dates.noun_behind", at)) and not led


def holiday(j: Jotting, at: int) -> Found | None:
    """`Easter`, `Xmas`, `the holidays`, `Labor Day`: first to last day."""
    length, name = j.match("dates.holiday", at) or (0, "")
    days = days_of_holiday(j.reference, name, j.region) if length and not _belongs(j, at, at + length) else None
    if days is None:
        return None
    lead = at - 1 - j.has("phrases.article", at - 1, at)
    if name == "newyear" and j.has("dates.in", lead, lead + 1) and not j.has("dates.after", lead):
        days = (days[0], month_end(days[0]))
    return coming(days), at + length


def new_year(j: Jotting, at: int) -> Found | None:
    """`im neuen Jahr`, `nell'anno nuovo`: January, as `in the new year` is."""
    length = j.has("dates.in_new_year", at)
    first = date(min(j.reference.year + 1, date.max.year), 1, 1)
    return (Moment((first, month_end(first)), None, exact=False), at + length) if length else None


def weekend(j: Jotting, at: int) -> Found | None:
    """`weekend`, `this weekend`, `next weekend`: Saturday and Sunday."""
    lead = next((n for n in ("next", "this", "last") if j.has(f"dates.{n}", at)), None)
    inner = at + (j.has(f"dates.{lead}", at) if lead else 0)
    length = j.has("dates.weekend", inner)
    if not length:
        return None
    of = j.has("dates.of", inner + length)
    if of and (named := day(j, inner + length + of)) and named[0].coming:
        first = add_days(monday(named[0].coming[0]), 5)
        return coming((first, add_days(first, 1))), named[1]
    saturday = add_days(j.reference, (5 - j.reference.weekday()) % 7)
    if j.reference.weekday() == 6:
        saturday = add_days(j.reference, -1)
    if lead == "next":
        saturday = add_days(saturday, 7)
    if lead == "last":
        saturday = add_days(saturday, -7)
        return Moment(None, (saturday, add_days(saturday, 1))), inner + length
    return Moment(
        (max(saturday, j.reference), add_days(saturday, 1)), (add_days(saturday, -7), add_days(saturday, -6))
    ), inner + length
