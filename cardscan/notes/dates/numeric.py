"""Dates in numbers alone: `20/4`, `4/20/26`, `12.11.`, `4-20`, and as ISO 8601 has them, `2026-04-20`."""

from __future__ import annotations

from cardscan.notes.dates.clock import clock_like
from cardscan.notes.dates.reckoning import Moment, month_day
from cardscan.notes.jotting import Jotting

Found = tuple[Moment, int]
MONTHS = 12
PIVOT = 70
"""Two-digit years up to this are 20xx (POSIX takes 68)."""


def numeric(j: Jotting, at: int, weekday_number: int | None = None) -> Found | None:
    """`20/4`, `4/20/26`, `12.11.`, `12.11.26`, `4-20`: the order is the region's unless only one order is a date.

    A year in front makes it ISO 8601, which has one order everywhere.
    """
    if (standard := iso(j, at)) is not None:
        moment = month_day(j.reference, standard[1], standard[2], standard[0])
        return (moment, standard[3]) if moment else None
    numbers = in_numbers(j, at)
    if numbers is None:
        return None
    first, second, year, end = numbers
    sign = j.norm(at + 1)
    orders = [(first, second), (second, first)] if _month_first(j, sign) else [(second, first), (first, second)]
    readings = [moment for month, number in orders if (moment := month_day(j.reference, month, number, year))]
    if not readings:
        return None
    if weekday_number is not None:
        fitting = [m for m in readings if m.coming and m.coming[0].weekday() == weekday_number]
        if not fitting and year is None and sign != "/" and clock_like(j, at):
            return None
        readings = fitting or readings
    elif len(readings) == 2 and j.month_first is None and sign == "/" and year is None:
        readings.sort(key=lambda m: (m.coming[0] - j.reference).days > 183 if m.coming else True)
    return readings[0], end


def iso(j: Jotting, at: int) -> tuple[int, int, int, int] | None:
    """Year, month and day of `2026-04-20` (also with slashes or dots), and the index behind it."""
    year, month, number = j.number(at), j.number(at + 2, MONTHS), j.number(at + 4, 31)
    if not year or not month or not number or len(j.tokens[at].text) != _YEAR_DIGITS:
        return None
    sign = j.norm(at + 1)
    joined = sign in {"-", "/", "."} and j.norm(at + 3) == sign and all(map(j.tight, range(at + 1, at + 5)))
    return (year, month, number, at + 5) if joined else None


_YEAR_DIGITS = 4


def no_such_day(j: Jotting, at: int) -> int | None:
    """The index behind a numeric date that no calendar has, `2/30` or `2026-02-30`; None where it isn't one."""
    if (standard := iso(j, at)) is not None:
        exists = month_day(j.reference, standard[1], standard[2], standard[0]) is not None
        return None if exists else standard[3]
    if (numbers := in_numbers(j, at)) is None:
        return None
    first, second, written, end = numbers
    sure = written is not None or j.norm(end - 1) == "." or dated(j, at)
    exists = any(month_day(j.reference, *order, written) for order in ((first, second), (second, first)))
    return end if min(first, second) <= MONTHS and sure and not exists else None


def in_numbers(j: Jotting, at: int) -> tuple[int, int, int | None, int] | None:
    """The two numbers of a numeric date as written, its year and the index behind it."""
    first, sign, second = j.number(at, 31), j.norm(at + 1), j.number(at + 2, 31)
    if not first or not second or sign not in {"/", ".", "-"} or not (j.tight(at + 1) and j.tight(at + 2)):
        return None
    ranged = j.norm(at - 1) == "-" and (j.norm(at - 2) == "." or j.number(at - 2, 31) is not None)
    ranged = ranged or (j.norm(at - 1) == "/" and j.norm(at - 2) == ".")
    if (at and not ranged and j.tight(at) and j.norm(at - 1) in {"/", ".", "-", ",", ":", "+", "$"}) or len(
        j.tokens[at + 2].text
    ) > 2:
        return None
    end, year = at + 3, None
    if j.norm(end) == sign and j.tight(end):
        written = j.number(end + 1)
        if written is not None and j.tight(end + 1) and len(j.tokens[end + 1].text) in (2, 4):
            year, end = full_year(written, len(j.tokens[end + 1].text)), end + 2
        elif sign == "." and (written is None or not j.tight(end + 1)):
            end += 1
        else:
            return None
    elif (sign == "." and not dated(j, at)) or (
        sign == "-" and not (dated(j, at) or max(first, second) > 12 or j.tokens[at + 2].text.startswith("0"))
    ):
        return None
    if end < len(j.tokens) and j.tight(end) and (j.tokens[end].kind != "mark" or j.norm(end) in {"%", "$", "€", "/"}):
        return None
    if (
        (first, sign, second) == (24, "/", 7)
        or (first == 1 and _fraction(j, end))
        or (sign == "-" and (j.has("dates.am", end) or j.has("dates.pm", end)))
    ):
        return None
    return first, second, year, end


def _fraction(j: Jotting, at: int) -> bool:
    """Whether `1/2` is followed by what it is the half of: `1/2 yr`, `1/2 hour`."""
    return any(j.has(f"dates.unit.{name}", at) for name in ("day", "week", "month", "year", "hour"))


def dated(j: Jotting, at: int) -> bool:
    """Whether a date's company stands before: `by 4-5`, `am 12.11`."""
    return any(j.has(f"dates.{name}", at - 1, at) for name in ("by", "on", "after", "from", "to", "weekday"))


def _month_first(j: Jotting, sign: str) -> bool:
    return bool(j.month_first) and sign != "."


def full_year(year: int, digits: int) -> int:
    """The year that two or four digits mean."""
    if digits == 4:
        return year
    return year + (2000 if year <= PIVOT else 1900)
