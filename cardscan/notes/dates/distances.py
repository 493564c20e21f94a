"""How far a day lies off: `in 2 wks`, `10 days`, `3 weeks ago`, and from another day: `30 days before 12/15`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None.
"""

from __future__ import annotations

from datetime import date

from cardscan.notes.dates.days import day, relative
from cardscan.notes.dates.nth import counting
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.periods import edge, part_of_month, week_of
from cardscan.notes.dates.reckoning import Moment, add_days, add_months, nearest_weekday, working_week
from cardscan.notes.dates.seasons import holiday, weekend
from cardscan.notes.dates.weekdays import weekday_name
from cardscan.notes.jotting import Jotting

UNITS = ("day", "week", "fortnight", "month", "year", "hour")
_WORKDAYS, _WEEK, _LONGEST_EVENT, _DAY = 5, 7, 5, 24


def distance(j: Jotting, at: int) -> Found | None:
    """`in 2 wks`, `10 days`, `2-3 weeks`, `a couple of weeks`, `3 weeks ago`, `two weeks from now`."""
    start = at
    lead = j.has("dates.in", at)
    at += lead
    if lead and (half := j.has("dates.half_a_year", at)):
        then = add_months(j.reference, 6)
        return Moment((then, then), None), at + half
    count = amount(j, at)
    if count is None:
        return None
    low, high, behind = count
    working = j.has("dates.working", behind)
    unit = unit_named(j, behind + working)
    if unit is None:
        return None
    name, end = unit
    if anchored := _anchored(j, end, name, low):
        return anchored
    if _unanchored(j, end, lead > 0) or _before_what(j, end):
        return None
    if not lead and j.has("dates.number", start) and not _hence(j, end):
        return None
    if (more := j.has("dates.to", end)) and (second := amount(j, end + more)) and low < second[0] <= 2 * low + 1:
        high, end = second[1], second[2]
    if end - behind == 1 and len(j.norm(behind)) == 1 and not (j.tight(behind) or (lead and closes(j, end))):
        return None
    if length := j.has("dates.ago", end):
        day_then = shift(j.reference, name, -low)
        return Moment(None, (day_then, day_then)), end + length
    if j.has("dates.ago_lead", start - 1):
        day_then = shift(j.reference, name, -low)
        return Moment(None, (day_then, day_then)), end
    reached = end
    end += _hence(j, end)
    if not lead and start and j.has("dates.for", start - 1):
        return None
    if not lead and name in ("year", "day", "hour") and end == reached and not closes(j, end):
        return None
    if name == "hour" and not lead and low < _DAY:
        return None  # `15 horas` is a time
    if working and name == "day":
        return Moment((_working_days(j.reference, low), _working_days(j.reference, high)), None), end
    return Moment((shift(j.reference, name, low), shift(j.reference, name, high)), None), end


def weekdays_hence(j: Jotting, at: int) -> Found | None:
    """`two Fridays from now`: the second such day that comes."""
    counted = amount(j, at)
    name = j.match("dates.weekdays", counted[2]) if counted else None
    hence = j.has("dates.hence", counted[2] + name[0]) if counted and name else 0
    if counted is None or name is None or not hence:
        return None
    then = add_days(nearest_weekday(j.reference, int(name[1]), 1), _WEEK * (counted[0] - 1))
    return Moment((then, then), None), counted[2] + name[0] + hence


def beside(j: Jotting, at: int) -> Found | None:
    """`the day before Xmas`, `week after Easter`, `wk b4 11/20`: the day or the working week next to a date."""
    if (counted := counting(j, at)) and counted[0] > 0 and (name := weekday_name(j, counted[1], led=True)):
        return _weekday_beside(j, name[0], name[1], counted[0])
    if name := weekday_name(j, at, led=True):
        return _weekday_beside(j, name[0], name[1])
    unit = next((n for n in ("day", "week") if j.has(f"dates.unit.{n}", at)), None)
    behind = at + j.has(f"dates.unit.{unit}", at) if unit else at
    if unit is None or len(j.norm(at)) == 1:
        return None
    back, length = _direction(j, behind)
    found = _anchor(j, behind + length) if back and length else None
    if found is None or found[0].coming is None:
        return None
    then = shift(found[0].coming[back > 0], unit, back)
    return Moment(working_week(then) if unit == "week" else (then, then), None), found[1]


def _weekday_beside(j: Jotting, number: int, at: int, count: int = 1) -> Found | None:
    """The rest of `the Tues after Thanksgiving`, `Fri before Xmas`: the nearest such day on that side, or the n-th."""
    back, length = _direction(j, at)
    if not length or j.has("dates.on", at) == length:
        return None
    found = _anchor(j, at + length)
    if found is None or found[0].coming is None:
        return None
    anchor = found[0].coming[back > 0]
    then = add_days(nearest_weekday(anchor, number, back), _WEEK * back * (count - 1))
    return Moment((then, then), None), found[1]


def _anchored(j: Jotting, at: int, unit: str, count: int) -> Found | None:
    """The rest of `a week from Fri`, `2 days after Easter`, `30 days before 12/15`: so far from that day."""
    back, length = _direction(j, at)
    found = _anchor(j, at + length) if length else relative(j, at)
    if found is None or found[0].coming is None:
        return None
    then = shift(found[0].coming[back > 0], unit, count * back)
    return Moment((then, then), None), found[1]


def _direction(j: Jotting, at: int) -> tuple[int, int]:
    """1 behind `from` and `after`, -1 behind `before`, and the length of that word."""
    if length := j.has("dates.counted_back", at):
        return -1, length
    return 1, j.has("dates.counted_from", at)


def _anchor(j: Jotting, at: int) -> Found | None:
    """The day from which others are counted."""
    if (article := j.has("dates.on", at)) and day(j, at) is None:
        at += article
    for here in range(at, min(at + _LONGEST_EVENT, len(j.tokens))):
        behind = here + (j.has("dates.on", here) if here > at and day(j, here) is None else 0)
        for form in (day, holiday, edge, week_of, weekend, part_of_month) if here == at else (day,):
            if found := form(j, behind):
                return found
        if j.tokens[here].kind != "word" or j.has("phrases.and", here):
            return None  # an event may stand before its date: `the day after his demo on the 18th`
    return None


def _unanchored(j: Jotting, at: int, led: bool) -> bool:
    """Whether it is counted from something without a date: `2 wks before the show`."""
    back, length = _direction(j, at)
    goes_on = at + length < len(j.tokens) and j.tokens[at + length].kind == "word"
    counted = back < 0 or j.has("dates.after", at) == length
    return bool(length and goes_on and counted and not (led and back > 0))


def _before_what(j: Jotting, at: int) -> bool:
    """`2 weeks before`, and nothing behind it: counted back from a day that was spoken of, never from today."""
    side = j.match("dates.side", at)
    return side is not None and side[1] == "-1" and closes(j, at + side[0])


def unit_named(j: Jotting, at: int) -> tuple[str, int] | None:
    """A unit of time at a token, and the index behind it."""
    return next(((name, at + length) for name in UNITS if (length := j.has(f"dates.unit.{name}", at))), None)


def closes(j: Jotting, end: int) -> bool:
    """Whether what ends there (a bare `10 days`) stands free: nothing after it that it would belong to."""
    return end >= len(j.tokens) or j.tokens[end].kind in ("mark", "break")


def _hence(j: Jotting, at: int) -> int:
    return j.has("dates.hence", at)


def amount(j: Jotting, at: int) -> tuple[int, int, int] | None:
    """A count or a range of counts at a token: the least, the most, and the index behind it."""
    number = j.number(at, 999)
    if number is not None:
        if j.norm(at + 1) in {"-", "/"} or j.has("dates.to", at + 1):
            high = j.number(at + 2, 999)
            if (number, j.norm(at + 1), high) == (1, "/", 2):
                return None  # a half
            if high is not None and high >= number:
                return number, high, at + 3
        return number, number, at + 1
    word = j.match("dates.number", at)
    return (int(word[1]), int(word[1]), at + word[0]) if word else None


def shift(day_from: date, unit: str, count: int) -> date:
    """A day so many units later, or earlier; hours count in whole days."""
    if unit == "hour":
        return add_days(day_from, -(-count // 24) if abs(count) >= 24 else 0)
    if unit == "day":
        return add_days(day_from, count)
    if unit in ("week", "fortnight"):
        return add_days(day_from, (7 if unit == "week" else 14) * count)
    return add_months(day_from, count if unit == "month" else 12 * count)


def _working_days(day_from: date, count: int) -> date:
    """`5 business days`: Saturdays and Sundays don't count."""
    weeks, rest = divmod(count, _WORKDAYS)
    then = add_days(day_from, 7 * weeks - max(day_from.weekday() - _WORKDAYS + 1, 0))
    for _ in range(rest):
        then = add_days(then, 1)
        while then.weekday() >= _WORKDAYS:
            then = add_days(then, 1)
    return then
