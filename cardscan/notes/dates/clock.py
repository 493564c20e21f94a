"""Times of day in notes: `3pm`, `15h30`, `15:30`, `10-11am`, `noon`, `9ish`, `um 10 Uhr`, `à 14h`, `half past 8`."""

from __future__ import annotations

from dataclasses import dataclass

from cardscan.notes.dates.spoken import Time, spoken
from cardscan.notes.jotting import Jotting


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time of day and the tokens it was said with.

    Attributes:
        start: Index of its first token, preposition included.
        end: Index behind its last token.
        hour: 0 to 23 (12 for a bare 12).
        minute: 0 to 59.
        sure: Whether morning or afternoon is beyond doubt (am, pm, 15:30, 08:00).
        bare: Whether it is a number with nothing that says time: `Thu 10`.
        limit: Whether it only says from when or until when: `after 5`, `before 9am`.
    """

    start: int
    end: int
    hour: int
    minute: int
    sure: bool
    bare: bool = False
    limit: bool = False


def time(j: Jotting, at: int, after_date: bool = False) -> TimeSpan | None:
    """The time that begins at a token; `after_date` lets a bare number count."""
    if limit := j.has("dates.limit", at):
        inner = at + limit + (j.has("dates.at", at + limit) if _digits(j, at + limit, True, after_date) is None else 0)
        found = _digits(j, inner, led=True, after_date=after_date) or _named(j, inner)
        found = found or spoken(j, inner, after_date, _half_of_day, _free)
        return TimeSpan(at, found[2], found[0], found[1], found[3], found[4], limit=True) if found else None
    lead = j.has("dates.at", at) or j.has("dates.from", at)
    for inner in (at + lead, at) if lead else (at,):
        led = inner > at or _behind_meeting(j, at)
        found = _named(j, inner) or spoken(j, inner, inner > at or after_date, _half_of_day, _free)
        found = found or _digits(j, inner, led=inner > at, after_date=after_date, dotted=led)
        if found:
            hour, minute, end, sure, bare = found
            end += j.has("dates.zone", end)
            return TimeSpan(at, end, hour, minute, sure, bare)
    return None


_MORNING, _EARLY_AFTERNOON = 9, 6


def clock_like(j: Jotting, at: int) -> bool:
    """Whether two numbers with a sign between could as well be a time: `10-12`, `10.30`."""
    first, second = j.number(at, 24), j.number(at + 2, 59)
    if first is None or second is None:
        return False
    if j.norm(at + 1) == ".":
        return _minutes(j, at + 2)
    return j.norm(at + 1) == "-" and _hours(first, second)


def _hours(first: int, second: int) -> bool:
    """Whether two bare numbers can be the hours of one appointment: `10-12`, `2-3`, `11-1`."""
    return 0 < first < second <= 24 or (second <= _EARLY_AFTERNOON < _MORNING <= first <= 12)


def _behind_meeting(j: Jotting, at: int) -> bool:
    """Whether a meal or a call stands right before, so that `brekkie 8.30` is a time."""
    return any(j.has(f"meeting.{kind}", at - 1, at) for kind in _TIMED)


_TIMED = ("breakfast", "lunch", "dinner", "coffee", "drinks", "call", "meeting", "visit")


def _named(j: Jotting, at: int) -> Time | None:
    for name, hour in (("noon", 12), ("midnight", 0)):
        if length := j.has(f"dates.{name}", at):
            return hour, 0, at + length, True, False
    return None


def _digits(j: Jotting, at: int, led: bool, after_date: bool, dotted: bool = False) -> Time | None:
    if (military := _military(j, at, led or after_date)) is not None:
        return military
    hour = j.number(at, 24)
    if hour is None or len(j.tokens[at].text) > 2 or (j.tight(at) and j.norm(at - 1) in {":", ".", "/", "$", "#"}):
        return None
    minute, end, marked = 0, at + 1, False
    sign = j.norm(end)
    if sign in {":", ".", "h", "u"} and _minutes(j, end + 1):
        said = led or after_date or dotted or _half_behind(j, end + 2) or j.has("dates.clock", end + 2)
        if sign == "." and not said:
            return None
        minute, end, marked = int(j.tokens[end + 1].text), end + 2, True
    if (
        j.norm(end) in {"-", "/"}
        or (led and j.has("dates.to", end))
        or ((j.has("dates.from", at - 1) or after_date) and j.has("dates.to", end))
    ):
        second = _second(j, end + max(j.has("dates.to", end), 1))
        if second is not None:
            other, other_end, other_marked = second
            hour, behind, sure = _half_of_day(j, hour, other_end)
            pm_wraps = sure and hour >= 12 and other < (hour - 12 if hour > 12 else 12)
            if sure or marked or other_marked or j.has("dates.clock", behind):
                behind += j.has("dates.clock", behind)
                if pm_wraps and hour > 12 and other < hour - 12:
                    hour -= 12
                return (hour, minute, behind, sure or hour > 12 or (other > 12), False) if hour < 24 else None
            if after_date and _hours(hour, other):
                return hour, minute, other_end, False, True
    value, behind, sure = _half_of_day(j, hour, end)
    if behind > end:
        return value, minute, behind, sure, False
    if (length := j.has("dates.clock", end)) and (j.norm(end) != "h" or j.tight(end) or j.lexicon.language != "en"):
        return hour % 24, minute, end + length, hour > 12, False
    if hour > 23:
        return None
    if marked:
        padded = j.tokens[at].text.startswith("0")
        return hour, minute, end, hour > 12 or padded, False
    if (
        end < len(j.tokens)
        and j.tight(end)
        and (j.tokens[end].kind != "mark" or j.norm(end) in {"%", "$", "€", "+", "/", ":"})
    ):
        return None
    if j.norm(end) in {"%", "$", "€", "/"} or (end < len(j.tokens) and j.tokens[end].kind == "number"):
        return None
    if j.norm(end) == ")" and j.tight(end) and not any(j.norm(k) == "(" for k in range(max(at - 8, 0), at)):
        return None  # the number of a list's next item: "webinar 4/8 3) call Ann"
    if (led or after_date) and hour > 0 and (_free(j, end) or j.has("dates.zone", end)):
        return hour, minute, end, hour > 12, True
    return None


def _military(j: Jotting, at: int, expected: bool) -> Time | None:
    """`1530`, `0900h`: four digits that are no year, where a time is expected or the clock is named."""
    value = j.number(at)
    if value is None or len(j.tokens[at].text) != 4 or value % 5 or value % 100 > 59 or not 600 <= value < 2400:
        return None
    clock = j.has("dates.clock", at + 1)
    if not clock and (not expected or 1950 <= value < 2100 or not _free(j, at + 1)):
        return None
    return value // 100, value % 100, at + 1 + clock, True, False


def _free(j: Jotting, at: int) -> bool:
    """Whether nothing follows that a bare number would count: an end, a sign, a small word."""
    return (
        at >= len(j.tokens)
        or j.tokens[at].kind in ("mark", "break")
        or bool(j.has("dates.on", at) or j.has("common", at) or j.has("dates.weekday", at) or j.has("dates.offset", at))
    )


def _second(j: Jotting, at: int) -> tuple[int, int, bool] | None:
    """The end of a range of hours: its hour, the index behind it, whether minutes were said."""
    if named := _named(j, at):
        return named[0], named[2], True
    hour = j.number(at, 24)
    if hour is None or len(j.tokens[at].text) > 2:
        return None
    if j.norm(at + 1) in {":", "h", "."} and _minutes(j, at + 2):
        return hour, at + 3, True
    return hour, at + 1, False


def _minutes(j: Jotting, at: int) -> bool:
    return j.number(at, 59) is not None and len(j.tokens[at].text) == 2 and j.tight(at) and j.tight(at - 1)


def _half_behind(j: Jotting, at: int) -> bool:
    return bool(j.has("dates.am", at) or j.has("dates.pm", at))


def _half_of_day(j: Jotting, hour: int, at: int) -> tuple[int, int, bool]:
    """Apply `am` or `pm` behind an hour. A lone `a` or `p` must touch the number."""
    for name, shift in (("am", 0), ("pm", 12)):
        length = j.has(f"dates.{name}", at)
        if length and (len(j.norm(at)) > 1 or j.tight(at)) and 1 <= hour <= 12:
            return hour % 12 + shift, at + length, True
    return hour, at, False
