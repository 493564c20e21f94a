"""When on a day a task that has a time of its own may be."""

from __future__ import annotations

from typing import Final

from cardscan.plan.dating import Clock
from cardscan.plan.hours import Span, common_hours, span_of
from cardscan.plan.wanted import Wanted
from cardscan.plan.whereabouts import known_zone
from cardscan.record import MeetingKind

_WAKING: Final = (8 * 60, 21 * 60)
_MEALS: Final[dict[MeetingKind, Span]] = {
    "breakfast": (8 * 60, 10 * 60), "coffee": (10 * 60, 17 * 60), "lunch": (12 * 60, 14 * 60),
    "drinks": (18 * 60, 22 * 60), "dinner": (19 * 60, 22 * 60),
}  # fmt: skip


def windows(each: Wanted, day: int, clock: Clock) -> tuple[Span, ...]:
    """Spans of a day (an ordinal), in minutes since the epoch: meals at their hour, calls in both our office hours."""
    zone, person = clock.settings.zone, each.person
    meeting = person.facts.meeting if person and each.step.kind == "meeting" else None
    if meeting is not None and meeting.kind in _MEALS:
        return (span_of(day, _MEALS[meeting.kind], zone),)
    if each.step.office_hours and person is not None:
        return common_hours(day, clock.hours, known_zone(person.place.zone) or zone, person.place.calendar)
    return (span_of(day, clock.hours.office if meeting is not None else _WAKING, zone),)
