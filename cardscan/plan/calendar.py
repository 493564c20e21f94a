"""Days people work, and time steps counted in them.

A day is a `date.toordinal()` number inside this room: sets of them are what makes plans of thousands of contacts quick.
Weekends and holidays come from the `holidays` library (country and subdivision); a country it does not know has
Saturday and Sunday off and no holidays.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, Literal

import holidays

from cardscan.errors import ConfigError
from cardscan.plan.countries import country_of, subdivisions_of

Place = tuple[str | None, str | None]
Unit = Literal["hours", "days", "business days", "weeks", "months"]
_UNIT_OF: Final[dict[str, Unit]] = {
    "hour": "hours", "day": "days", "business day": "business days", "week": "weeks", "month": "months",
}  # fmt: skip
_OFFSET: Final = re.compile(rf"(\d{{1,4}}) ({'|'.join(_UNIT_OF)})s?")
_SEARCH: Final = 60  # no country closes for two months; a calendar that says so is not obeyed


@dataclass(frozen=True, slots=True)
class Offset:
    """A step in time, such as two business days."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


def parse_offset(text: str) -> Offset:
    """Read `24 hours`, `1 business day`, `3 months`.

    Raises:
        ConfigError: None of these forms.
    """
    match = _OFFSET.fullmatch(text)
    if not match:
        raise ConfigError(f"{text!r} is not a time step such as '24 hours', '2 business days', '1 week', '3 months'")
    return Offset(int(match[1]), _UNIT_OF[match[2]])


class WorkCalendar:
    """The working days of one or more places: a day counts when all of them work.

    What was found is remembered; `work_calendar` gives the one calendar of its places, so equal calendars are the same.
    """

    def __init__(self, places: tuple[Place, ...], weekend: frozenset[int] | None) -> None:
        self.places = places
        self.weekend = weekend
        self._business: dict[int, bool] = {}
        self._added: dict[tuple[int, int], int] = {}

    def is_business(self, day: int) -> bool:
        """Whether everyone works on this day (an ordinal)."""
        known = self._business.get(day)
        if known is None:
            known = self._business[day] = self._is_business(day)
        return known

    def _is_business(self, day: int) -> bool:
        weekday = (day + 6) % 7
        if self.weekend is not None and weekday in self.weekend:
            return False
        for index, (country, subdivision) in enumerate(self.places):
            # One's own working days replace the first place's weekend, not those of the other person.
            if (self.weekend is None or index > 0) and weekday in weekend_of(country):
                return False
            if day in holidays_of(country, subdivision, date.fromordinal(day).year):
                return False
        return True

    def holiday(self, day: int) -> str | None:
        """The name of the holiday that keeps this day free, if one does."""
        for country, subdivision in self.places:
            name = holidays_of(country, subdivision, date.fromordinal(day).year).get(day)
            if name:
                return name.partition(";")[0]
        return None

    def next(self, day: int) -> int:
        """This day, or the first business day after it."""
        return next((later for later in range(day, day + _SEARCH) if self.is_business(later)), day)

    def previous(self, day: int) -> int:
        """This day, or the last business day before it."""
        return next((earlier for earlier in range(day, day - _SEARCH, -1) if self.is_business(earlier)), day)

    def add(self, day: int, count: int) -> int:
        """So many business days later; 0 is the day itself when it is one, else the next."""
        known = self._added.get((day, count))
        if known is None:
            known = day if count else self.next(day)
            for _ in range(count):
                known = self.next(known + 1)
            self._added[day, count] = known
        return known

    def before(self, day: int, count: int) -> int:
        """So many business days earlier."""
        for _ in range(count):
            day = self.previous(day - 1)
        return day


@cache
def work_calendar(places: tuple[Place, ...] = ((None, None),), weekend: frozenset[int] | None = None) -> WorkCalendar:
    """The calendar of some places.

    Args:
        places: (country, subdivision) pairs; country None has no holidays.
        weekend: Weekdays off (0 Monday to 6 Sunday) instead of those of the first place.
    """
    return WorkCalendar(places, weekend)


def both(mine: WorkCalendar, theirs: WorkCalendar) -> WorkCalendar:
    """A calendar of days on which I and they work."""
    same = mine.places if mine.weekend is None else ()  # with working days of my own, their week is another one
    others = tuple(place for place in theirs.places if place[0] and place not in same)
    return work_calendar(mine.places + others, mine.weekend)


@cache
def weekend_of(country: str | None) -> frozenset[int]:
    """Weekdays off in a country; Saturday and Sunday where it is not known."""
    days = getattr(country_of(country), "weekend", None)
    return frozenset(days) if days else frozenset({5, 6})


@cache
def holidays_of(country: str | None, subdivision: str | None, year: int) -> dict[int, str]:
    """Holidays of one year: the day's ordinal to its name in the country's own language or English."""
    if country is None or country_of(country) is None:
        return {}
    known = subdivision if subdivision in subdivisions_of(country) else None
    found = holidays.country_holidays(country, subdiv=known, years=year)
    return {day.toordinal(): name for day, name in found.items()}


def add_months(day: date, count: int) -> date:
    """The same day so many months later; 31 January plus one month is the last of February."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift(moment: datetime, offset: Offset, calendar: WorkCalendar) -> datetime:
    """`moment` plus an offset. Hours are real hours, across clock changes too; everything else keeps the wall clock."""
    if offset.unit == "hours":
        return (moment.astimezone(UTC) + timedelta(hours=offset.count)).astimezone(moment.tzinfo)
    day = date.fromordinal(shift_day(moment.toordinal(), offset, calendar))
    return moment.replace(year=day.year, month=day.month, day=day.day)


def shift_day(day: int, offset: Offset, calendar: WorkCalendar) -> int:
    """A day (ordinal) plus an offset that counts in days, weeks or months."""
    if offset.unit == "business days":
        return calendar.add(day, offset.count)
    if offset.unit == "months":
        return add_months(date.fromordinal(day), offset.count).toordinal()
    return day + offset.count * (7 if offset.unit == "weeks" else 1)


def read_day(text: str | None) -> date | None:
    """An ISO date; None for no date, one that does not exist, or one nobody plans for (before 1970, after 2199)."""
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return day if day is not None and 1970 <= day.year < 2200 else None
