"""Any form of a date at a token: a single day, or a stretch of days."""

from __future__ import annotations

from cardscan.notes.dates.days import day
from cardscan.notes.dates.distances import beside, distance, weekdays_hence
from cardscan.notes.dates.nth import day_of_month_named, nth_week, nth_weekday, nth_workday
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.periods import calendar_week, edge, neighbour, part_of_month, week_of
from cardscan.notes.dates.seasons import holiday, new_year, part_of_year, quarter, season, weekend, worded_quarter
from cardscan.notes.jotting import Jotting

_PERIODS = (
    day_of_month_named, nth_weekday, nth_workday, nth_week, beside, week_of, edge, distance, weekdays_hence, neighbour,
    holiday, part_of_month, calendar_week, quarter, worded_quarter, new_year, season, weekend, part_of_year,
)  # fmt: skip


def period(j: Jotting, at: int) -> Found | None:
    """Any form of a stretch of days."""
    for form in _PERIODS:
        if found := form(j, at):
            return found
    return None


def single(j: Jotting, at: int) -> Found | None:
    """One date at a token: the longer of a stretch's form and a day's."""
    first, second = period(j, at), day(j, at)
    if first and second:
        return first if first[1] > second[1] else second
    return first or second
