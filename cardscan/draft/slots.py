"""Two or three concrete times to propose (six-tips/5): on days both work, in hours when both are at work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from cardscan.plan.calendar import both, read_day
from cardscan.plan.dating import my_calendar
from cardscan.plan.hours import Hours, at, common_hours, moment_of
from cardscan.plan.whereabouts import Whereabouts, known_zone
from cardscan.record import Meeting
from cardscan.settings import Settings, minutes_of

_SEARCH: Final = 90  # days; beyond that a proposal is no proposal
_NOTICE: Final = 3  # business days between the mail and the first time proposed
# Minutes of my day, in turn, so that the times differ; a meal is proposed at its hour.
_TIMES: Final = (10 * 60, 14 * 60 + 30, 11 * 60)
_MEALS: Final = {"breakfast": 8 * 60, "lunch": 12 * 60 + 30, "dinner": 19 * 60, "drinks": 17 * 60 + 30}


def propose(place: Whereabouts, meeting: Meeting | None, settings: Settings, now: datetime) -> list[datetime]:
    """Up to three times, in the user's zone, on different days.

    Args:
        place: Where the other person is; without a zone they are taken to keep the user's hours.
        meeting: What was spoken of; its range of days is kept to, its kind decides the hour of a meal.
        settings: The user's zone, working days and office hours.
        now: The clock.
    """
    zone = settings.zone
    theirs = known_zone(place.zone) or zone
    calendar = both(my_calendar(settings), place.calendar)
    hours = Hours(zone, minutes_of(settings.office_hours, "office_hours"), my_calendar(settings))
    meal = _MEALS.get(meeting.kind) if meeting else None
    first, last = _range(meeting, now.astimezone(zone).date())
    day = calendar.add(now.astimezone(zone).date().toordinal(), _NOTICE) if first is None else first.toordinal()
    end = last.toordinal() if last else day + _SEARCH
    found: list[datetime] = []
    while day <= end and len(found) < 3:
        if calendar.is_business(day):
            wished = meal if meal is not None else _TIMES[len(found) % len(_TIMES)]
            spans = [
                (begin, stop) for begin, stop in common_hours(day, hours, theirs, place.calendar) if stop - begin >= 30
            ]
            minute = at(day, wished, zone)
            if meal is not None or any(begin <= minute <= stop - 30 for begin, stop in spans):
                found.append(moment_of(minute, zone))
            elif spans:
                begin, stop = max(spans, key=lambda span: span[1] - span[0])
                found.append(moment_of(min(-(-begin // 30) * 30, stop - 30), zone))
        day += 2 if last is None else 1
    return found


def _range(meeting: Meeting | None, today: date) -> tuple[date | None, date | None]:
    """The days spoken of, as far as they lie ahead; (None, None) when no range was."""
    first, last = read_day(meeting.when if meeting else None), read_day(meeting.until if meeting else None)
    if first is None or last is None or last <= today:
        return None, None
    return max(first, date.fromordinal(today.toordinal() + 1)), last
