"""Every date and time of a note, with ranges joined and the words that govern them (`by`, `after`, `between`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from cardscan.notes.dates.clock import TimeSpan, time
from cardscan.notes.dates.days import Found, day, impossible, weekday_name
from cardscan.notes.dates.periods import period
from cardscan.notes.dates.reckoning import HOLIDAYS, Moment, add_days, month_day, next_business_day, weekday
from cardscan.notes.jotting import Jotting

Relation = Literal["by", "after", "arrow", "on", "from"]
_LEADS: Final[tuple[tuple[str, Relation], ...]] = (("by", "by"), ("after", "after"), ("from", "on"), ("on", "on"))


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date of a note and the tokens it was said with.

    Attributes:
        start: Index of its first token, governing words included.
        end: Index behind its last token, its time included.
        moment: What it means.
        relation: `by` a day, `after` it, after an arrow (`deck → Tue`), `from` it (`pics from Sat`), or `on` it.
        led: Whether a governing word or sign stood before it.
        time: The time said with it.
    """

    start: int
    end: int
    moment: Moment
    relation: Relation = "on"
    led: bool = False
    time: TimeSpan | None = None

    @property
    def impossible(self) -> bool:
        """Whether no calendar has that day; the span then only hides it from the words around."""
        return self.moment.coming is None and self.moment.past is None


def find_dates(j: Jotting) -> tuple[list[DateSpan], list[TimeSpan]]:
    """Dates with their times, and the times that stand alone; in order, none overlapping."""
    dates: list[DateSpan] = []
    times: list[TimeSpan] = []
    at = 0
    while at < len(j.tokens):
        span = _date(j, at, dates[-1].end if dates else 0)
        if span is not None:
            clock = _time_behind(j, span.end)
            if clock is not None:
                span = replace(span, end=clock.end, time=clock)
            dates.append(span)
            at = span.end
        elif (alone := time(j, at)) is not None and not _counted(j, alone):
            times.append(alone)
            at = alone.end
        else:
            at += 1
    return dates, times


def _counted(j: Jotting, alone: TimeSpan) -> bool:
    """Whether an hour is in truth a count: `@ 5 stores`, `from 3 plants`."""
    return alone.bare and not alone.limit and j.has("dates.at", alone.start) == 0


def _time_behind(j: Jotting, at: int) -> TimeSpan | None:
    inner = at + (j.norm(at) in {",", "-", "/", "("}) if at < len(j.tokens) else at
    inner += j.has("dates.morning", inner) if not j.has("dates.noon", inner) else 0
    found = time(j, inner, after_date=inner == at or j.norm(at) != "/")
    if found is not None and found.bare and j.norm(at) in {"-", "/", "("}:
        found = None
    if found is not None:
        return found
    return None


def _date(j: Jotting, at: int, floor: int) -> DateSpan | None:
    if (since := j.has("dates.since", at)) and (begun := _ranged(j, at + since, False)):
        return DateSpan(at, begun[1], Moment(None, begun[0].past), "on", True)
    lead = 0
    relation: Relation = "on"
    for name, meaning in _LEADS:
        if (length := j.has(f"dates.{name}", at)) and not (j.norm(at) == "in" and j.has("dates.phrasal", at - 1)):
            lead, relation = length, meaning
            break
    if lead == 0 and j.norm(at) in {"→", "=", ":", ">"}:
        lead, relation = 1, "arrow"
    shorter = [n for n in range(lead, 1, -1) if any(j.has(f"dates.{k}", at, at + n - 1) == n - 1 for k, _ in _LEADS)]
    for length in (*dict.fromkeys((lead, *(n - 1 for n in shorter))), 0) if lead else (0,):
        inner = at + length
        if length:
            inner += _articles(j, inner)
        if (behind := impossible(j, inner)) is not None:
            return DateSpan(at, behind, Moment(None, None), relation if length else "on", length > 0)
        found = _ranged(j, inner, j.has("dates.from", at) > 0 and length > 0)
        if found:
            moment, end = found
            end += _swallowed(j, end)
            kind = relation if length else "on"
            if j.norm(at) == "from" and length and moment.coming and moment.coming[0] == moment.coming[1]:
                kind = "from"
            if kind in ("by", "after") and moment.coming:
                moment = _shifted(j, moment, inner, kind)
            return DateSpan(at, end, moment, kind, length > 0)
    return None


def _shifted(j: Jotting, moment: Moment, at: int, kind: Relation) -> Moment:
    """`after` a day is the day that follows, after a holiday the next business day; `before` a holiday its eve."""
    assert moment.coming is not None
    first, last = moment.coming
    holiday = any(j.has(f"dates.holiday.{name}", at) for name in HOLIDAYS)
    if kind == "after":
        day_after = next_business_day(last) if holiday else add_days(last, 1)
        return Moment((day_after, day_after), moment.past)
    if not holiday:
        return moment
    eve = max(add_days(first, -1), j.reference)
    return Moment((eve, eve), moment.past)


def _articles(j: Jotting, at: int) -> int:
    taken = 0
    while taken < 3 and (length := j.has("dates.on", at + taken)) and not _single(j, at + taken):
        taken += length
    return taken


def _swallowed(j: Jotting, at: int) -> int:
    """Words that only round a date off: `morning`, `latest`, `sharp`."""
    if j.number(at + 1, 24) is not None and not j.has("dates.morning", at):
        return 0
    length = j.has("dates.morning", at)
    return length if length and not time(j, at) else 0


def _single(j: Jotting, at: int) -> Found | None:
    first = period(j, at)
    second = day(j, at)
    if first and second:
        return first if first[1] > second[1] else second
    return first or second


def _ranged(j: Jotting, at: int, led: bool) -> Found | None:
    """One date, or two joined: `Apr 20-24`, `20-24 Apr`, `5.-7. "
    "Mai`, `between 3 and 5 May`, `Mon-Wed`, `6/8 - 6/10`."""
    if (stretch := _numbers_then_date(j, at, led)) is not None:
        return stretch
    first = _single(j, at)
    if first is None:
        return None
    moment, end = first
    sign = j.norm(end)
    joined = end + 1 if sign in {"-", "/"} else end + j.has("dates.to", end)
    if joined == end or (not led and sign in _AND_OR and weekday_name(j, at) is None):
        return first
    joined += j.has("dates.on", joined) if not _single(j, joined) else 0
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


_AND_OR = frozenset("& and or und oder et ou y o e of en".split())


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


__all__ = ["DateSpan", "find_dates", "next_business_day"]
