"""Hours in which a call reaches someone: their office hours and mine, across zones and clock changes.

Times are minutes since the epoch (UTC), so that no clock change can make two slots overlap. A *span* is a half-open
pair of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from cardscan.plan.calendar import WorkCalendar, work_calendar

Span = tuple[int, int]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Where my office hours and theirs never meet, first mine give way, then theirs a little, then both (minutes of a day).
_WIDER: Final[tuple[tuple[Span | None, Span | None], ...]] = (
    (None, None),
    ((7 * 60, 21 * 60), None),
    ((7 * 60, 21 * 60), (8 * 60, 19 * 60)),
    ((7 * 60, 22 * 60), (7 * 60, 21 * 60)),
)


@dataclass(frozen=True, slots=True)
class Hours:
    """My zone, office hours (minutes of the day) and working days."""

    zone: ZoneInfo
    office: Span
    calendar: WorkCalendar


def epoch(moment: datetime) -> int:
    """An aware moment in whole minutes since 1970, rounded up."""
    # Of an hour that comes twice when the clocks go back, both moments are equal: `fold` tells them apart.
    return _epoch(moment, moment.fold)


@lru_cache(maxsize=1 << 16)
def _epoch(moment: datetime, _fold: int) -> int:
    return -int(-moment.timestamp() // 60)


def written(moment: datetime) -> str:
    """An aware moment as tasks hold it: an ISO date-time with offset."""
    return _written(moment, moment.fold, moment.tzinfo)


@lru_cache(maxsize=1 << 16)
def _written(moment: datetime, _fold: int, _zone: tzinfo | None) -> str:
    return moment.isoformat()


@lru_cache(maxsize=1 << 16)
def timestamp_of(text: str) -> float:
    """Seconds since 1970 of an ISO date-time with offset."""
    return datetime.fromisoformat(text).timestamp()


@lru_cache(maxsize=1 << 16)
def moment_of(minutes: int, zone: ZoneInfo) -> datetime:
    """The moment in a zone."""
    return (_EPOCH + timedelta(minutes=minutes)).astimezone(zone)


@cache
def at(day: int, minute: int, zone: ZoneInfo) -> int:
    """A wall-clock time on a day (ordinal) in a zone; 24:00 is the next midnight, a time that is skipped moves on."""
    local = datetime.combine(date.fromordinal(day), datetime.min.time(), tzinfo=zone)
    whole_days, rest = divmod(minute, 24 * 60)
    local = (local + timedelta(days=whole_days)).replace(hour=rest // 60, minute=rest % 60)
    return epoch(local)


def span_of(day: int, minutes: Span, zone: ZoneInfo) -> Span:
    """A span of the wall clock on one day, in real minutes."""
    begin, end = at(day, minutes[0], zone), at(day, minutes[1], zone)
    return (begin, max(begin, end))


@cache
def common_hours(day: int, mine: Hours, zone: ZoneInfo, calendar: WorkCalendar) -> tuple[Span, ...]:
    """Spans of my day in which I can call someone in `zone`, who works by `calendar`; empty when one of us is off."""
    if not mine.calendar.is_business(day):
        return ()
    ours, theirs = _WIDER[_level(day, mine, zone)]
    return _overlap(day, mine, ours or mine.office, zone, theirs or mine.office, calendar)


def common_hours_stretched(day: int, mine: Hours, zone: ZoneInfo) -> bool:
    """Whether our office hours never meet, so that the common hours are early or late for one of us."""
    return _level(day, mine, zone) > 0


@cache
def _level(day: int, mine: Hours, zone: ZoneInfo) -> int:
    everyday = work_calendar(weekend=frozenset())
    for level, (ours, theirs) in enumerate(_WIDER):
        spans = _overlap(day, mine, ours or mine.office, zone, theirs or mine.office, everyday)
        if sum(end - begin for begin, end in spans) >= 30:
            return level
    return len(_WIDER) - 1


def _overlap(
    day: int, mine: Hours, ours: Span, zone: ZoneInfo, theirs: Span, calendar: WorkCalendar
) -> tuple[Span, ...]:
    begin, end = span_of(day, ours, mine.zone)
    found = []
    for other in (day - 1, day, day + 1):
        if calendar.is_business(other):
            their_begin, their_end = span_of(other, theirs, zone)
            if max(begin, their_begin) < min(end, their_end):
                found.append((max(begin, their_begin), min(end, their_end)))
    return tuple(found)
