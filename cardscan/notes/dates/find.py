"""Every date and time of a note, with ranges joined and the words that govern them (`by`, `after`, `between`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from cardscan.notes.dates.clock import TimeSpan, time
from cardscan.notes.dates.context import counted_from_mentioned, day_mentioned, event_before
from cardscan.notes.dates.days import impossible
from cardscan.notes.dates.forms import single
from cardscan.notes.dates.ranges import ranged
from cardscan.notes.dates.reckoning import Days, Moment, add_days, coming, next_business_day
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
    spoken_of: Days | None = None
    at = 0
    while at < len(j.tokens):
        span = _counted_on(j, at, spoken_of) or _date(j, at) or _mentioned(j, at, spoken_of)
        if span is not None:
            clock = _time_behind(j, span.end)
            if clock is not None:
                span = replace(span, end=clock.end, time=clock)
            dates.append(span)
            spoken_of = (span.moment.coming if span.moment.exact else None) or spoken_of
            at = span.end
        elif (alone := time(j, at)) is not None and not _counted(j, alone):
            times.append(alone)
            at = alone.end
        else:
            at += 1
    return dates, times


def _counted_on(j: Jotting, at: int, before: Days | None) -> DateSpan | None:
    """`2 weeks before`: reckoned from the last day the note spoke of, not from the reference day."""
    lead = j.has("dates.by", at)
    found = counted_from_mentioned(j, at + lead, before) if before else None
    if found is None or before is None:
        return None
    return DateSpan(at, found[1], coming(found[0]), "by" if lead or found[0] < before else "on", lead > 0)


def _mentioned(j: Jotting, at: int, before: Days | None) -> DateSpan | None:
    """`that day`, `the day before`: reckoned from the last day the note spoke of."""
    lead = j.has("dates.on", at) or j.has("dates.by", at)
    for inner in (at, at + lead) if before else ():
        if before and (found := day_mentioned(j, inner, before)):
            relation: Relation = "by" if inner > at and j.has("dates.by", at) else "on"
            return DateSpan(at, found[1], found[0], relation, inner > at)
    return None


def _counted(j: Jotting, alone: TimeSpan) -> bool:
    """Whether an hour is in truth a count: `@ 5 stores`, `from 3 plants`."""
    return alone.bare and not alone.limit and j.has("dates.at", alone.start) == 0


def _time_behind(j: Jotting, at: int) -> TimeSpan | None:
    inner = at + (j.norm(at) in {",", "-", "/", "("}) if at < len(j.tokens) else at
    inner += j.norm(inner) == "t" and j.tight(inner)  # `2026-10-09T14:00`
    inner += j.has("dates.morning", inner) if not j.has("dates.noon", inner) else 0
    found = time(j, inner, after_date=inner == at or j.norm(at) != "/")
    if found is not None and found.bare and j.norm(at) in {"-", "/", "("}:
        found = None
    if found is not None:
        return found
    return None


def _date(j: Jotting, at: int) -> DateSpan | None:
    if (since := j.has("dates.since", at)) and (begun := ranged(j, at + since, False)):
        return DateSpan(at, begun[1], Moment(None, begun[0].past), "on", True)
    lead = 0
    relation: Relation = "on"
    for name, meaning in _LEADS:
        length = j.has(f"dates.{name}", at)
        if length > lead and not (j.norm(at) == "in" and j.has("dates.phrasal", at - 1)) and not _posted(j, at):
            lead, relation = length, meaning
    if lead == 0 and j.norm(at) in {"→", "=", ":", ">"}:
        lead, relation = 1, "arrow"
    shorter = [n for n in range(lead, 1, -1) if any(j.has(f"dates.{k}", at, at + n - 1) == n - 1 for k, _ in _LEADS)]
    for length in (*dict.fromkeys((lead, *(n - 1 for n in shorter))), 0) if lead else (0,):
        inner = at + length
        if length:
            inner += _articles(j, inner)
        if (behind := impossible(j, inner)) is not None:
            return DateSpan(at, behind, Moment(None, None), relation if length else "on", length > 0)
        found = ranged(j, inner, j.has("dates.from", at) > 0 and length > 0)
        if found is None and relation == "by" and (dated := event_before(j, at)):
            found = ranged(j, dated, False)
        if found:
            moment, end = found
            end += _swallowed(j, end)
            kind = relation if length else "on"
            if j.norm(at) == "from" and length and moment.coming and moment.coming[0] == moment.coming[1]:
                kind = "from"
            if kind in ("by", "after") and moment.coming:
                moment = _shifted(j, moment, at, inner, kind)
            return DateSpan(at, end, moment, kind, length > 0)
    return None


def _posted(j: Jotting, at: int) -> bool:
    """`invoice in post Mon`: how it goes there, and not `after Mon`."""
    return any(j.has("dates.posted", start, at + 1) == at + 1 - start for start in (at - 1, at - 2))


def _shifted(j: Jotting, moment: Moment, lead: int, at: int, kind: Relation) -> Moment:
    """`after` a day is the day that follows, after a holiday the next business day.

    `before` a holiday is its eve, `by` and `until` it the day itself: its first one, where there are several.
    """
    assert moment.coming is not None
    first, last = moment.coming
    holiday = j.has("dates.holiday", at)
    if kind == "after":
        day_after = next_business_day(last) if holiday else add_days(last, 1)
        return Moment((day_after, day_after), moment.past)
    if not holiday:
        return moment
    eve = max(add_days(first, -1), j.reference) if _before(j, lead, at) else first
    return Moment((eve, eve), moment.past)


def _before(j: Jotting, start: int, end: int) -> bool:
    """Whether the words that lead to a day exclude it: `before`, `kurz vor`, but not `on or before`."""
    words = range(start, end)
    return any(j.has("dates.counted_back", k) for k in words) and not any(j.has("dates.or", k) for k in words)


def _articles(j: Jotting, at: int) -> int:
    taken = 0
    while taken < 3 and (length := j.has("dates.on", at + taken)) and not single(j, at + taken):
        taken += length
    return taken


def _swallowed(j: Jotting, at: int) -> int:
    """Words that only round a date off: `morning`, `latest`, `sharp`."""
    if j.number(at + 1, 24) is not None and not j.has("dates.morning", at):
        return 0
    length = j.has("dates.morning", at)
    return length if length and not time(j, at) else 0


__all__ = ["DateSpan", "find_dates", "next_business_day"]
