"""Calendar arithmetic: what a form of date means, seen from a reference day. Pure functions of `datetime.date`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date]
"""First and last day, both included; equal for a single day."""

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """What a form of date means: the coming one, the past one; None where it cannot mean that.

    Attributes:
        coming: Days when it speaks of what is to come.
        past: Days when it speaks of what was.
        exact: False for a month, a season, a quarter: no single day was said.
    """

    coming: Days | None
    past: Days | None
    exact: bool = True


def single(day: date) -> Moment:
    """A day that is the same for past and future, such as `2026-04-20`."""
    return Moment((day, day), (day, day))


def coming(days: Days) -> Moment:
    """Days that can only lie ahead."""
    return Moment(days, None)


def add_days(day: date, days: int) -> date:
    """A day so many days later, kept inside what the calendar holds."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year < year < date.max.year:
        return day
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_day(reference: date, month: int, day: int, year: int | None = None) -> Moment | None:
    """A month's day: with a year that very day, else the next one (today counts) and the last one."""
    if year is not None:
        return single(date(year, month, day)) if _exists(year, month, day) else None
    coming = next((date(y, month, day) for y in years(reference, 1) if _on_or_after(reference, y, month, day)), None)
    past = next((date(y, month, day) for y in years(reference, -1) if _on_or_before(reference, y, month, day)), None)
    if coming is None and past is None:
        return None
    return Moment((coming, coming) if coming else None, (past, past) if past else None)


def day_of_month(reference: date, day: int) -> Moment | None:
    """ "The 20th": in this month or the next one that has it; past, in this month or the last one."""
    if not 1 <= day <= 31:
        return None
    first = reference.replace(day=1)
    coming = past = None
    for months in range(3):
        later, earlier = add_months(first, months), add_months(first, -months)
        if coming is None and _exists(later.year, later.month, day) and later.replace(day=day) >= reference:
            coming = later.replace(day=day)
        if past is None and _exists(earlier.year, earlier.month, day) and earlier.replace(day=day) <= reference:
            past = earlier.replace(day=day)
    return Moment((coming, coming) if coming else None, (past, past) if past else None)


def weekday(reference: date, number: int) -> Moment:
    """A day's name: the next such day after the reference day, and the last one before it. Monday is 0."""
    coming, past = nearest_weekday(reference, number, 1), nearest_weekday(reference, number, -1)
    return Moment((coming, coming), (past, past))


def nearest_weekday(day: date, number: int, side: int) -> date:
    """The nearest such day of the week after a day (`side` 1) or before it (-1), never the day itself."""
    return add_days(day, side * (side * (number - day.weekday()) % 7 or 7))


def weekday_of_next_week(reference: date, number: int) -> Moment:
    """ "Next Tuesday": the Tuesday of the next calendar week (weeks begin on Monday)."""
    day = add_days(monday(reference), 7 + number)
    return Moment((day, day), None)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return add_days(day, -day.weekday())


def working_week(day: date) -> Days:
    """Monday to Friday of a day's week."""
    first = monday(day)
    return first, add_days(first, FRIDAY)


def week_end(reference: date) -> date:
    """The Friday that ends this working week; on Saturday and Sunday the next one."""
    return add_days(reference, (FRIDAY - reference.weekday()) % 7)


def calendar_week(reference: date, week: int) -> Moment | None:
    """ISO week number -> its working week, the coming one and the last one."""
    found = []
    for year in years(reference, 1)[:2] + years(reference, -1)[:2]:
        try:
            found.append(working_week(date.fromisocalendar(year, week, 1)))
        except ValueError:
            continue
    coming = min((days for days in found if days[1] >= reference), default=None)
    past = max((days for days in found if days[0] <= reference), default=None)
    return Moment(coming, past) if found else None


def months(reference: date, first: int, count: int = 1, year: int | None = None) -> Moment | None:
    """A stretch of whole months (a month, a quarter, a season); what has begun is cut to begin today."""
    if year is not None and not date.min.year < year < date.max.year - 1:
        return None
    near = range(max(reference.year - 1, date.min.year), min(reference.year + 3, date.max.year - 1))
    candidates = [year] if year else list(near)
    stretches = [(date(y, first, 1), month_end(add_months(date(y, first, 1), count - 1))) for y in candidates]
    coming = next(((max(a, reference), b) for a, b in stretches if b >= reference), None)
    past = next(((a, min(b, reference)) for a, b in reversed(stretches) if a <= reference), None)
    return Moment(coming, past, exact=False)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def next_business_day(day: date) -> date:
    """The first Monday to Friday after a day."""
    after = add_days(day, 1)
    return add_days(after, 7 - after.weekday()) if after.weekday() > FRIDAY else after


def years(reference: date, step: int) -> list[int]:
    """This year and those after (or before) it, far enough to meet a 29 February."""
    return [y for y in range(reference.year, reference.year + 9 * step, step) if date.min.year < y < date.max.year]


def _exists(year: int, month: int, day: int) -> bool:
    return date.min.year <= year <= date.max.year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _on_or_after(reference: date, year: int, month: int, day: int) -> bool:
    return _exists(year, month, day) and date(year, month, day) >= reference


def _on_or_before(reference: date, year: int, month: int, day: int) -> bool:
    return _exists(year, month, day) and date(year, month, day) <= reference
