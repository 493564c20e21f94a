"""Forms that name a stretch: `next wk`, `EOM`, `wk of Apr 20`, `mid May`, `KW 17`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None.
"""

from __future__ import annotations

from datetime import date

from cardscan.notes.dates import reckoning
from cardscan.notes.dates.days import day
from cardscan.notes.dates.months import month_name
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Days, Moment, add_days, add_months, coming, month_end, working_week
from cardscan.notes.dates.seasons import part_of_stretch, quarter, season, year_alone
from cardscan.notes.dates.weekdays import weekday_name
from cardscan.notes.jotting import Jotting

UNITS = ("week", "month", "year")
EDGES = ("day", "week", "month", "quarter", "year")


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


_MOST_DAYS = 31
_MIDDLE = 15


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


def neighbour(j: Jotting, at: int) -> Found | None:
    """`next wk`, `this month`, `mid-month`, `last year`, `early next week`, `semaine prochaine`."""
    if length := j.has("dates.mid_month", at):
        moment = reckoning.day_of_month(j.reference, _MIDDLE)
        return (Moment(moment.coming, moment.past, exact=False), at + length) if moment else None
    part = next((n for n in ("early", "mid", "late") if j.has(f"dates.{n}", at)), None)
    if part:
        at += j.has(f"dates.{part}", at)
        at += j.norm(at) == "-"
    if length := j.has("dates.midweek", at):
        return coming((_next_wednesday(j.reference),) * 2), at + length
    if length := j.has("dates.week_after_next", at):
        return coming(_stretch(j.reference, "week", 2)), at + length
    for name in UNITS:
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


def _next_wednesday(reference: date) -> date:
    """The middle of this working week, of the next one once it is past."""
    return add_days(reference, (2 - reference.weekday() - 1) % 7 + 1)


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
    """`wk of Apr 20`, `w/c 4 May`, `week of the 3rd`: Monday to Friday; `w/e 12 Dec`: the day itself."""
    if (ending := j.has("dates.week_ending", at)) and (last := day(j, at + ending)):
        return last
    length = j.has("dates.week_of", at)
    if not length:
        return None
    inner = at + length
    inner += j.has("dates.on", inner) if j.norm(inner) in {"the", "du", "del", "van", "vom"} else 0
    found = day(j, inner) or (_whole_month(j, inner) and None)
    suffix = j.has("dates.day_suffix", inner + 1)
    if found is None and (number_of := j.number(inner, 31)) and (suffix or _counts_days(j, inner)):
        moment = reckoning.day_of_month(j.reference, number_of)
        found = (moment, inner + 1 + suffix) if moment else None
    if found is None:
        return None
    moment = found[0]
    coming = working_week(moment.coming[0]) if moment.coming else None
    past = working_week(moment.past[0]) if moment.past else None
    return Moment(coming, past), found[1]


def _counts_days(j: Jotting, at: int) -> bool:
    """Whether a bare number behind `semaine du`, `semana del` is a day's: nothing may be counted by it."""
    free = at + 1 >= len(j.tokens) or j.tokens[at + 1].kind in ("mark", "break")
    return j.lexicon.language != "en" and free and j.norm(at - 1) in {"du", "del", "do", "vom", "van", "dia"}


def part_of_month(j: Jotting, at: int) -> Found | None:
    """`early June` (1st to 10th), `mid May` (the 15th), `late June` (21st to the end), `May`, `May 2027`."""
    part = _named_part(j, at)
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


def _named_part(j: Jotting, at: int) -> str | None:
    """The part of a month that is named, by the longest phrase: *mid to late* is late."""
    lengths = {name: j.has(f"dates.{name}", at) for name in ("early", "early_mid", "mid", "late")}
    part = max(lengths, key=lambda name: lengths[name])
    return part if lengths[part] else None


def _part(first: date, part: str) -> Days:
    if part == "early_mid":
        return first, first.replace(day=15)
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
    """`KW 18`, `CW18`, `semaine 24`, `wk 48`: the ISO week's Monday to Friday."""
    length = j.has("dates.calendar_week", at) or j.has("dates.unit.week", at)
    number = j.number(at + length, 53) if length else None
    if number and number <= _MOST_DAYS and not j.has("dates.calendar_week", at):
        return None  # `wk 20` may be that of the 20th
    moment = reckoning.calendar_week(j.reference, number) if number else None
    if moment is None:
        return None
    end = at + length + 1
    joined = end + (j.norm(end) in {"/", "-", "+"} or j.has("dates.or", end))
    until = j.number(joined, 53) if joined > end else None
    later = reckoning.calendar_week(j.reference, until) if until else None
    if later and moment.coming and later.coming and moment.coming[0] < later.coming[1]:
        return Moment((moment.coming[0], later.coming[1]), None), joined + 1
    return moment, end
