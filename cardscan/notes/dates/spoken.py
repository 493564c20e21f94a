"""Times said in words: `half past 8`, `quarter to ten`, `half nine`, `at nine thirty`, `a las nueve y media`."""

from __future__ import annotations

from collections.abc import Callable

from cardscan.notes.jotting import Jotting

Time = tuple[int, int, int, bool, bool]
"""Hour, minute, the index behind them, whether the half of the day is sure, whether nothing but an hour was said."""

HalfOfDay = Callable[[Jotting, int, int], tuple[int, int, bool]]

_BEFORE = (("half_past", 30, 0), ("quarter_past", 15, 0), ("quarter_to", 45, 1), ("half_to", 30, 1))
_BEHIND = (("half_behind", 30, 0), ("quarter_behind", 15, 0), ("quarter_less", 45, 1))
_NIGHT = 23
_NO_TIME_BEHIND = frozenset("of or a an the more other".split())


def hour(j: Jotting, at: int, highest: int = _NIGHT) -> tuple[int, int] | None:
    """An hour in digits or as a word, and the index behind it."""
    if (number := j.number(at, highest)) is not None and len(j.tokens[at].text) <= 2:
        return number, at + 1
    word = j.match("dates.hour", at)
    return (int(word[1]), at + word[0]) if word else None


def spoken(
    j: Jotting, at: int, expected: bool, half_of_day: HalfOfDay, free: Callable[[Jotting, int], bool]
) -> Time | None:
    """A time in words; `expected` where a preposition or a date stands before, so that a worded hour is enough."""
    for name, minute, back in _BEFORE:
        length = j.has(f"dates.{name}", at)
        found = hour(j, at + length) if length else None
        if found is None:
            continue
        value, end = found
        if length == 1 and j.norm(at) == "half" and not (0 < value <= 12 and free(j, end)):
            continue
        value, end, sure = half_of_day(j, value, end + j.has("dates.clock", end))
        return (value - back) % 24 or (0 if sure else 12), minute, end, sure, False
    found = hour(j, at)
    if found is None:
        return None
    value, end = found
    worded = j.tokens[at].kind == "word"
    clock = j.has("dates.clock", end)
    for name, minute, back in _BEHIND:
        if expected and (length := j.has(f"dates.{name}", end + clock) or j.has(f"dates.{name}", end)):
            behind = end + length + (clock if j.has(f"dates.{name}", end + clock) else 0)
            value, behind, sure = half_of_day(j, value, behind)
            return (value - back) % 24, minute, behind, sure, False
    if not worded:
        return None
    minutes = j.match("dates.minute", end) if expected else None
    minute, end = (int(minutes[1]), end + minutes[0]) if minutes else (0, end + clock)
    value, behind, sure = half_of_day(j, value, end)
    said = clock > 0 or minute > 0 or behind > end
    if not said and (not expected or not free(j, behind) or j.norm(behind) in _NO_TIME_BEHIND):
        return None
    return value % 24, minute, behind, sure, False
