"""Forms that count inside a month: `1st Monday in Nov`, `last Fri of the month`, `2nd week of May`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None.
"""

from __future__ import annotations

from datetime import date, timedelta

from cardscan.notes.dates import reckoning
from cardscan.notes.dates.months import day_number, month_name
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Days, Moment, add_days, add_months, monday, month_end
from cardscan.notes.jotting import Jotting

_MOST = 5


def counting(j: Jotting, at: int) -> tuple[int, int] | None:
    """`first`, `2nd`, `3.`, `last`: the number (-1 for the last) and the index behind it."""
    if word := j.match("dates.ordinal", at):
        return int(word[1]), at + word[0]
    number = j.number(at, _MOST)
    if not number:
        return None
    if suffix := j.has("dates.day_suffix", at + 1):
        return number, at + 1 + suffix
    dotted = j.norm(at + 1) in {".", "º", "ª", "°"} and j.tight(at + 1)
    return (number, at + 2) if dotted else None


def nth_weekday(j: Jotting, at: int) -> Found | None:
    """`1st Monday in Nov`, `last Friday of the month`, `primer lunes de mayo`: the one day it is."""
    counted = counting(j, at)
    name = j.match("dates.weekday", counted[1]) if counted else None
    if counted is None or name is None:
        return None
    end = counted[1] + name[0]
    month = _month(j, end + (j.norm(end) == "."))
    if month is None:
        return None
    number, weekday, first = counted[0], int(name[1]), month[0]
    coming = _weekday_of(first, weekday, number)
    if coming is not None and coming < j.reference:
        coming = _weekday_of(add_months(first, month[2]), weekday, number)
    past = _weekday_of(first, weekday, number)
    if past is not None and past > j.reference:
        past = _weekday_of(add_months(first, -month[2]), weekday, number)
    if coming is None:
        return None
    return Moment((coming, coming), (past, past) if past else None), month[1]


def nth_week(j: Jotting, at: int) -> Found | None:
    """`first week of May`, `last wk Nov`: seven days; the `first full week` is Monday to Friday."""
    counted = counting(j, at)
    if counted is None:
        return None
    full = j.has("dates.full", counted[1])
    unit = j.has("dates.unit.week", counted[1] + full)
    month = _month(j, counted[1] + full + unit) if unit else None
    if month is None:
        return None
    days = _week_of(month[0], counted[0], bool(full))
    if days[1] < j.reference:
        days = _week_of(add_months(month[0], month[2]), counted[0], bool(full))
    return Moment(days, None, exact=False), month[1]


def nth_workday(j: Jotting, at: int) -> Found | None:
    """`last business day of the month`, `premier jour ouvré de décembre`: counted without Saturdays and Sundays."""
    counted = counting(j, at)
    unit = j.has("dates.workday", counted[1]) if counted else 0
    month = _month(j, counted[1] + unit) if counted and unit else None
    if counted is None or month is None:
        return None
    then = _workday_of(month[0], counted[0])
    if then < j.reference:
        then = _workday_of(add_months(month[0], month[2]), counted[0])
    return Moment((then, then), None), month[1]


def _workday_of(first: date, number: int) -> date:
    """The so-manieth Monday to Friday of the month that begins on a day, its last one for -1."""
    step = 1 if number > 0 else -1
    day = add_days(first, -1) if number > 0 else add_days(month_end(first), 1)
    for _ in range(abs(number)):
        day = add_days(day, step)
        while day.weekday() > reckoning.FRIDAY:
            day = add_days(day, step)
    return day


def day_of_month_named(j: Jotting, at: int) -> Found | None:
    """`the 1st of next month`, `15th of the month`, `am 3. des Monats`: a day's number, and which month."""
    number = day_number(j, at)
    if number is None or not j.has("dates.of", number[1]):
        return None
    month = _month(j, number[1], named=False)
    if month is None:
        return None
    first = month[0]
    if number[0] > month_end(first).day:
        return None
    day = first.replace(day=number[0])
    if day < j.reference:
        later = add_months(first, month[2])
        day = later.replace(day=min(number[0], month_end(later).day))
    return Moment((day, day), None), month[1]


def _month(j: Jotting, at: int, named: bool = True) -> tuple[date, int, int] | None:
    """The month behind `of` or `in`: its first day, the index behind it, and after how many months it comes again."""
    skipped = 0
    while skipped < 2 and (step := j.has("dates.of", at) or j.has("dates.on", at)) and month_name(j, at) is None:
        at, skipped = at + step, skipped + 1
    this = j.reference.replace(day=1)
    for name, months in (("next", 1), ("this", 0)):
        if length := j.has(f"dates.{name}_month", at) or _led_unit(j, at, name):
            return add_months(this, months), at + length, 12
    if (unit := j.has("dates.unit.month", at)) and skipped and len(j.norm(at)) > 1:
        return this, at + unit, 1
    name_at = month_name(j, at) if named else None
    if name_at is None:
        return None
    year, end = j.number(name_at[1]), name_at[1]
    if year is not None and len(j.tokens[end].text) == 4 and 1900 <= year <= 2100:
        return date(year, name_at[0], 1), end + 1, 12
    moment = reckoning.months(j.reference, name_at[0])
    return (moment.coming[0].replace(day=1), end, 12) if moment and moment.coming else None


def _led_unit(j: Jotting, at: int, name: str) -> int:
    lead = j.has(f"dates.{name}", at)
    unit = j.has("dates.unit.month", at + lead) if lead else 0
    return lead + unit if unit else 0


def _weekday_of(first: date, weekday: int, number: int) -> date | None:
    """The so-manieth weekday of the month that begins on a day; None where it has none."""
    if number < 0:
        last = month_end(first)
        return add_days(last, -((last.weekday() - weekday) % 7))
    day = add_days(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))
    return day if day.month == first.month else None


def _week_of(first: date, number: int, full: bool) -> Days:
    if full:
        begin = monday(add_days(first, 6))
        begin = monday(add_days(month_end(first), -6)) if number < 0 else add_days(begin, 7 * (number - 1))
        return begin, add_days(begin, reckoning.FRIDAY)
    if number < 0:
        return month_end(first) - timedelta(days=6), month_end(first)
    return add_days(first, 7 * (number - 1)), min(add_days(first, 7 * number - 1), month_end(first))
