"""Two dates that make one stretch, and days to choose from: `Apr 20-24`, `Mon-Wed`, `3 and 5 May`, `11/1 or 11/2`."""

from __future__ import annotations

from datetime import date

from cardscan.notes.dates.clock import time
from cardscan.notes.dates.days import day
from cardscan.notes.dates.forms import period, single
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Moment, month_day, month_end, weekday
from cardscan.notes.dates.weekdays import weekday_name
from cardscan.notes.jotting import Jotting


def ranged(j: Jotting, at: int, led: bool) -> Found | None:
    """One date, or two joined: `Apr 20-24`, `20-24 Apr`, `5.-7. "
    "Mai`, `between 3 and 5 May`, `Mon-Wed`, `6/8 - 6/10`."""
    if (stretch := _numbers_then_date(j, at, led)) is not None:
        return stretch
    first = single(j, at)
    if first is None:
        return None
    moment, end = first
    sign = j.norm(end)
    joined = end + 1 if sign in {"-", "/"} else end + j.has("dates.to", end)
    if joined == end or (not led and j.tokens[end].kind == "word" and weekday_name(j, at) is None):
        return _choices(j, first) or first
    joined += j.has("dates.on", joined) if not single(j, joined) else 0
    second = day(j, joined) or (period(j, joined) if not moment.exact else None)
    if second is not None and second[0].coming and moment.coming:
        weekdays = weekday_name(j, at) is not None and weekday_name(j, joined) is not None
        last = second[0].coming[1]
        if weekdays and last < moment.coming[0]:
            follower = weekday(moment.coming[0], last.weekday()).coming
            last = follower[0] if follower else last
        spanned = _span(moment, last, second[0])
        return (spanned, second[1]) if spanned else first
    number = j.number(joined, 31)
    if number and moment.coming and moment.exact and len(j.tokens[joined].text) <= 2 and not _timed(j, joined):
        suffix = j.has("dates.day_suffix", joined + 1) if j.tight(joined + 1) else 0
        loose = j.tokens[joined].spaced and sign == "-" and not suffix
        behind = joined + 1 + suffix
        free = behind >= len(j.tokens) or j.tokens[behind].kind != "word" or bool(j.has("common", behind))
        month = moment.coming[0].month
        until = month_day(j.reference, month, number, moment.coming[0].year)
        if (
            until
            and until.coming
            and until.coming[0] > moment.coming[0]
            and (free or not loose)
            and _by_number(j, at, end)
        ):
            past = month_day(j.reference, month, number, moment.past[0].year) if moment.past else None
            return (
                Moment(
                    (moment.coming[0], until.coming[0]),
                    (moment.past[0], past.past[0]) if moment.past and past and past.past else moment.past,
                ),
                behind,
            )
    return first


def _choices(j: Jotting, first: Found) -> Found | None:
    """`11/1 or 11/2`, `Nov 5 or 6`, `Mon, Tue or Wed`: from the first of the days offered to the last of them."""
    moment, end = first
    if moment.coming is None or not moment.exact:
        return None
    last, offered = moment.coming[1], 0
    behind = end
    while offered < _MOST_CHOICES:
        either = j.has("dates.or", behind)
        both = 0 if either else j.has("dates.to", behind)
        inner = behind + (either or both or (j.norm(behind) in {",", "/"} and j.tight(behind)))
        if inner == behind:
            break
        inner += j.has("dates.on", inner) if not single(j, inner) else 0
        following = _next_choice(j, inner, last, moment)
        if following is None or (both and (following[0] - last).days > _NEIGHBOURS):
            break
        last, behind = following
        offered += 1
        if either or both:
            end = behind
            moment = Moment((moment.coming[0], last), None)
    return (moment, end) if end > first[1] else None


def _next_choice(j: Jotting, at: int, last: date, first: Moment) -> tuple[date, int] | None:
    """A day that is offered besides another: a date of its own within a month, or the number of a day alone."""
    found = day(j, at)
    if found is not None and found[0].coming and found[0].exact:
        return (found[0].coming[0], found[1]) if 0 < (found[0].coming[0] - last).days <= _MONTH else None
    number, end = j.number(at, _MONTH), at + 1
    if not number or len(j.tokens[at].text) > 2 or _timed(j, at):
        return None
    end += j.has("dates.day_suffix", end) if j.tight(end) else 0
    free = end >= len(j.tokens) or j.tokens[end].kind in ("mark", "break") or j.has("dates.at", end) > 0
    free = free or (j.has("common", end) > 0 and not j.has("dates.of", end))
    if not free or first.past == first.coming or number <= last.day or number > month_end(last).day:
        return None
    return last.replace(day=number), end


_MOST_CHOICES, _NEIGHBOURS, _MONTH = 4, 4, 31


def _by_number(j: Jotting, at: int, end: int) -> bool:
    """Whether a date was said with a day's number, so that a second number can close its range."""
    return any(j.tokens[k].kind == "number" for k in range(at, end))


def _timed(j: Jotting, at: int) -> bool:
    found = time(j, at)
    return found is not None and not found.bare


def _numbers_then_date(j: Jotting, at: int, led: bool) -> Found | None:
    """`20-24 Apr`, `20.-24.4.`, `3 and 5 May`: a day's number whose month comes with the second day."""
    inner, shift = at, None
    if name := weekday_name(j, at):
        inner, shift = name[1], name
    number = j.number(inner, 31)
    if not number or len(j.tokens[inner].text) > 2:
        return None
    behind = inner + 1
    behind += j.has("dates.day_suffix", behind) if j.tight(behind) else 0
    behind += j.norm(behind) == "."
    sign = j.norm(behind)
    joined = behind + 1 if sign in {"-", "/", "+"} else behind + j.has("dates.to", behind)
    if joined == behind or (sign in {"&", "and", "or", "+"} and not led and shift is not None):
        return None
    second = day(j, joined)
    if (
        second is None
        or second[0].coming is None
        or not second[0].exact
        or not any(j.tokens[k].kind == "number" for k in range(joined, second[1]))
    ):
        return None
    last = second[0].coming[0]
    if number >= last.day or (sign == "/" and j.number(joined + 2) is not None and j.norm(joined + 1) == "/"):
        return None
    past = second[0].past
    return Moment((last.replace(day=number), last), (past[0].replace(day=number), past[0]) if past else None), second[1]


def _span(first: Moment, last_day: object, second: Moment) -> Moment | None:
    if first.coming is None or second.coming is None:
        return None
    begin, end = first.coming[0], second.coming[1]
    if end < begin:
        begin_past = first.past[0] if first.past else begin
        begin = begin_past if begin_past <= end else begin
        if end < begin:
            return None
    past = (first.past[0], second.past[1]) if first.past and second.past and first.past[0] <= second.past[1] else None
    return Moment((begin, end), past, exact=first.exact and second.exact)
