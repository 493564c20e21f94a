"""Forms that name a stretch or a distance: `in 2 wks`, `next wk`, `EOM`, `wk of Apr 20`, `mid May`, `Q3`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None.
"""

from __future__ import annotations

from datetime import date, timedelta

from cardscan.notes.dates import reckoning
from cardscan.notes.dates.days import Found, day, month_name, weekday_name
from cardscan.notes.dates.reckoning import Days, Moment, add_days, add_months, coming, month_end, working_week
from cardscan.notes.dates.seasons import (
    holiday,
    part_of_stretch,
    part_of_year,
    quarter,
    season,
    weekend,
    worded_quarter,
    year_alone,
)
from cardscan.notes.jotting import Jotting

UNITS = ("day", "week", "month", "year", "hour")
EDGES = ("day", "week", "month", "quarter", "year")


def period(j: Jotting, at: int) -> Found | None:
    """Any form of a stretch of days."""
    for form in _FORMS:
        if found := form(j, at):
            return found
    return None


def edge(j: Jotting, at: int) -> Found | None:
    """`EOD`, `EOW`, `end of next week`, `EOM`, `end of May`, `end of Q2`, `year end`."""
    if (length := j.has("dates.end", at)) and (found := _end_of(j, at + length)):
        return found
    for name in EDGES:
        if length := j.has(f"dates.edge.{name}", at):
            inner = at + length + j.has("dates.on", at + length)
            if name == "day" and (named := day(j, inner)):
                return named
            return coming(_edge(j.reference, name)), at + length
    return None


def _edge(reference: date, name: str) -> Days:
    if name == "day":
        return reference, reference
    if name == "week":
        friday = reckoning.week_end(reference)
        return friday, friday
    if name == "month":
        last = month_end(reference)
    elif name == "quarter":
        last = month_end(add_months(reference, 2 - (reference.month - 1) % 3))
    else:
        last = date(reference.year, 12, 31)
    return last, last


def _end_of(j: Jotting, at: int) -> Found | None:
    inner = neighbour(j, at) or quarter(j, at) or season(j, at) or _whole_month(j, at) or year_alone(j, at)
    if inner is None or inner[0].coming is None:
        return None
    last = inner[0].coming[1]
    past = inner[0].past[1] if inner[0].past else None
    return Moment((last, last), (past, past) if past else None), inner[1]


def distance(j: Jotting, at: int) -> Found | None:
    """`in 2 wks`, `10 days`, `2-3 weeks`, `a couple of weeks`, `3 weeks ago`, `two weeks from now`."""
    start = at
    lead = j.has("dates.in", at)
    at += lead
    count = _count(j, at)
    if count is None:
        return None
    low, high, behind = count
    unit = next(((n, j.has(f"dates.unit.{n}", behind)) for n in UNITS if j.has(f"dates.unit.{n}", behind)), None)
    if unit and (anchored := _anchored(j, behind + unit[1], unit[0], low)):
        return anchored
    if unit is None or (not lead and j.has("dates.number", start) and not _hence(j, behind + unit[1])):
        return None
    name, end = unit[0], behind + unit[1]
    if (more := j.has("dates.to", end)) and (second := _count(j, end + more)) and low < second[0] <= 2 * low + 1:
        high, end = second[1], second[2]
    if len(j.norm(behind)) == 1 and not j.tight(behind):
        return None
    if length := j.has("dates.ago", end) or (j.has("dates.ago", start) and 0):
        day_then = _shift(j.reference, name, -low)
        return Moment(None, (day_then, day_then)), end + length
    if j.has("dates.ago_lead", start - 1):
        day_then = _shift(j.reference, name, -low)
        return Moment(None, (day_then, day_then)), end
    end += _hence(j, end)
    if not lead and start and j.has("dates.for", start - 1):
        return None
    if not lead and name in ("year", "day", "hour") and not _hence(j, behind + unit[1]) and not _open(j, start, end):
        return None
    return Moment((_shift(j.reference, name, low), _shift(j.reference, name, high)), None), end


def _anchored(j: Jotting, at: int, unit: str, count: int) -> Found | None:
    """The rest of `a week from Fri`, `a week on Monday`, `2 days after Easter`: so far from that day."""
    lead = j.has("dates.counted_from", at)
    found = (day(j, at + lead) or holiday(j, at + lead)) if lead else None
    if found is None or found[0].coming is None:
        return None
    then = _shift(found[0].coming[1], unit, count)
    return Moment((then, then), None), found[1]


def _open(j: Jotting, start: int, end: int) -> bool:
    """Whether a bare `10 days` stands free: nothing after it that it would belong to."""
    return end >= len(j.tokens) or j.tokens[end].kind in ("mark", "break")


def _hence(j: Jotting, at: int) -> int:
    return j.has("dates.hence", at)


def _count(j: Jotting, at: int) -> tuple[int, int, int] | None:
    number = j.number(at, 999)
    if number is not None:
        if j.norm(at + 1) in {"-", "/"} or j.has("dates.to", at + 1):
            high = j.number(at + 2, 999)
            if high is not None and high >= number:
                return number, high, at + 3
        return number, number, at + 1
    word = j.match("dates.number", at)
    return (int(word[1]), int(word[1]), at + word[0]) if word else None


def _shift(day_from: date, unit: str, count: int) -> date:
    if unit == "hour":
        return add_days(day_from, -(-count // 24) if abs(count) >= 24 else 0)
    if unit == "day":
        return add_days(day_from, count)
    if unit == "week":
        return add_days(day_from, 7 * count)
    return add_months(day_from, count if unit == "month" else 12 * count)


def neighbour(j: Jotting, at: int) -> Found | None:
    """`next wk`, `this month`, `last year`, `early next week`, `semaine prochaine`."""
    part = next((n for n in ("early", "mid", "late") if j.has(f"dates.{n}", at)), None)
    if part:
        at += j.has(f"dates.{part}", at)
        at += j.norm(at) == "-"
    if length := j.has("dates.week_after_next", at):
        return coming(_stretch(j.reference, "week", 2)), at + length
    for name in UNITS[1:4]:
        for lead in ("next", "this", "last"):
            if (length := j.has(f"dates.{lead}_{name}", at)) or (
                (first := j.has(f"dates.{lead}", at)) and (length := first and _unit_after(j, at, first, name))
            ):
                end = at + length
                if lead == "next" and (after := j.has("dates.after_next_tail", end)):
                    return coming(_stretch(j.reference, name, 2)), end + after
                bracket = j.norm(end) == "("
                if name == "week" and lead == "next" and (named := weekday_name(j, end + bracket)):
                    closed = bracket and j.norm(named[1]) == ")"
                    return reckoning.weekday_of_next_week(j.reference, named[0]), named[1] + closed
                step = {"next": 1, "this": 0, "last": -1}[lead]
                return _partly(_stretch(j.reference, name, step), part, name, step), end
    return None


def _unit_after(j: Jotting, at: int, length: int, name: str) -> int:
    unit = j.has(f"dates.unit.{name}", at + length)
    return length + unit if unit and len(j.norm(at + length)) > 1 else 0


def _stretch(reference: date, unit: str, step: int) -> Days:
    if unit == "week":
        first, last = working_week(add_days(reference, 7 * step))
        if step == 0 and reference.weekday() > reckoning.FRIDAY:
            first, last = working_week(add_days(reference, 7))
        return (max(first, reference), last) if step == 0 else (first, last)
    if unit == "month":
        first = add_months(reference.replace(day=1), step)
        return (max(first, reference) if step == 0 else first), month_end(first)
    year = min(max(reference.year + step, date.min.year), date.max.year)
    return (reference if step == 0 else date(year, 1, 1)), date(year, 12, 31)


def _partly(days: Days, part: str | None, unit: str, step: int) -> Moment:
    first, last = days
    if part and unit == "week":
        first, last = {
            "early": (first, add_days(first, 1)),
            "mid": (add_days(first, 2), add_days(first, 2)),
            "late": (add_days(first, 3), last),
        }[part]
    elif part and unit == "month":
        first, last = _part(first.replace(day=1), part)
    elif part:
        first, last = part_of_stretch(first.replace(month=1, day=1), 12, part)
    whole = Moment((first, last), None, exact=False) if step >= 0 else Moment(None, (first, last), exact=False)
    return whole


def week_of(j: Jotting, at: int) -> Found | None:
    """`wk of Apr 20`, `w/c 4 May`, `week 20 April`, `first week of May`: Monday to Friday."""
    if word := j.match("dates.ordinal", at):
        number, inner = int(word[1]), at + word[0]
    elif (count := j.number(at, 5)) and (suffix := j.has("dates.day_suffix", at + 1)):
        number, inner = count, at + 1 + suffix
    else:
        number, inner = 0, at
    if number and (unit := j.has("dates.unit.week", inner)):
        inner += unit
        inner += j.has("dates.of", inner)
        return _nth_week(j, inner, number)
    length = 0 if number else j.has("dates.week_of", at)
    if not length:
        return None
    inner = at + length
    inner += j.has("dates.on", inner) if j.norm(inner) in {"the", "du", "del", "van", "vom"} else 0
    found = day(j, inner) or (_whole_month(j, inner) and None)
    if found is None and (number_of := j.number(inner, 31)) and j.has("dates.day_suffix", inner + 1):
        moment = reckoning.day_of_month(j.reference, number_of)
        found = (moment, inner + 2) if moment else None
    if found is None:
        return None
    moment = found[0]
    coming = working_week(moment.coming[0]) if moment.coming else None
    past = working_week(moment.past[0]) if moment.past else None
    return Moment(coming, past), found[1]


def _nth_week(j: Jotting, at: int, number: int) -> Found | None:
    month = _whole_month(j, at)
    if month is None or month[0].coming is None:
        return None
    first = month[0].coming[0].replace(day=1)
    days = (month_end(first) - timedelta(days=6), month_end(first))
    if number > 0:
        days = (add_days(first, 7 * (number - 1)), min(add_days(first, 7 * number - 1), month_end(first)))
    return Moment(days, None, exact=False), month[1]


def part_of_month(j: Jotting, at: int) -> Found | None:
    """`early June` (1st to 10th), `mid May` (the 15th), `late June` (21st to the end), `May`, `May 2027`."""
    part = next((n for n in ("early", "mid", "late") if j.has(f"dates.{n}", at)), None)
    if part is None:
        return _whole_month(j, at)
    inner = at + j.has(f"dates.{part}", at)
    month = _whole_month(j, inner + (j.norm(inner) == "-"))
    if month is None or month[0].coming is None:
        return None
    first = month[0].coming[0].replace(day=1)
    if _part(first, part)[1] < j.reference:
        first = add_months(first, 12)
    past = _part(month[0].past[0].replace(day=1), part) if month[0].past else None
    return Moment(_part(first, part), past, exact=False), month[1]


def _part(first: date, part: str) -> Days:
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=15), first.replace(day=15)
    return first.replace(day=21), month_end(first)


def _whole_month(j: Jotting, at: int) -> Found | None:
    """A month by its name, with its year if it says one."""
    lead = j.has("dates.next", at) or j.has("dates.this", at)
    name = month_name(j, at + lead)
    if name is None:
        return None
    end = name[1] + (j.norm(name[1]) == ".")
    year = j.number(end)
    if year is not None and len(j.tokens[end].text) == 4 and 1900 <= year <= 2100:
        moment = reckoning.months(j.reference, name[0], year=year)
        return (moment, end + 1) if moment else None
    moment = reckoning.months(j.reference, name[0])
    return (moment, name[1]) if moment else None


def calendar_week(j: Jotting, at: int) -> Found | None:
    """`KW 18`, `CW18`, `semaine 24`: the ISO week's Monday to Friday."""
    length = j.has("dates.calendar_week", at)
    number = j.number(at + length, 53) if length else None
    moment = reckoning.calendar_week(j.reference, number) if number else None
    return (moment, at + length + 1) if moment else None


_FORMS = (
    week_of, edge, distance, neighbour, part_of_month, calendar_week, quarter, worded_quarter, season, holiday, weekend,
    part_of_year,
)  # fmt: skip
