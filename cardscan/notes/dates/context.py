"""Dates that need their company: `that day`, `2 weeks before`, `call then`, and what is due `b4 mtg 11/5`."""

from __future__ import annotations

from cardscan.notes.dates.distances import amount, closes, shift, unit_named
from cardscan.notes.dates.forms import single
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Days, add_days, coming, nearest_weekday, working_week
from cardscan.notes.dates.weekdays import weekday_name
from cardscan.notes.jotting import Jotting
from cardscan.notes.openings import verb_closes


def day_mentioned(j: Jotting, at: int, before: Days) -> Found | None:
    """`that day`, `the day before`, `call then`, `send it beforehand`: the day mentioned before, or one beside it."""
    word = j.match("dates.same", at) or _closing(j, at)
    if word is None:
        return None
    away = int(word[1])
    day = add_days(before[away > 0], away)
    return coming((day, day) if away else before), at + word[0]


def _closing(j: Jotting, at: int) -> tuple[int, str] | None:
    """`then` and `before` speak of a day only where nothing follows: `call then`, but not `then call`."""
    word = j.match("dates.closing", at)
    told = at > 0 and j.tokens[at - 1].kind == "word" and not j.has("phrases.and", at - 1)
    return word if word and told and _ends_what_is_said(j, at + word[0]) else None


def counted_from_mentioned(j: Jotting, at: int, before: Days) -> tuple[Days, int] | None:
    """`2 weeks before`, `a month later`, `the week after`: so far from the day mentioned before."""
    counted = amount(j, at)
    inner = counted[2] if counted else at + j.has("dates.on", at)
    if (name := weekday_name(j, inner, led=True)) and counted is None:
        return _weekday_from(j, name, before)
    measured = unit_named(j, inner)
    side = j.match("dates.side", measured[1]) if measured else None
    if measured is None or side is None or not _ends_what_is_said(j, measured[1] + side[0]):
        return None
    if counted is None and measured[0] != "week":
        return None
    way = int(side[1])
    then = shift(before[way > 0], measured[0], way * (counted[0] if counted else 1))
    return (then, then) if counted else working_week(then), measured[1] + side[0]


def _ends_what_is_said(j: Jotting, at: int) -> bool:
    """Nothing follows but a sign, or the verb with which German and Dutch end: `zwei Tage davor anrufen`."""
    return closes(j, at) or verb_closes(j, at)


def _weekday_from(j: Jotting, name: tuple[int, int], days: Days) -> tuple[Days, int] | None:
    """`the Monday before`: the nearest such day on that side; `name` is its number and the index behind."""
    side = j.match("dates.side", name[1])
    if side is None or not _ends_what_is_said(j, name[1] + side[0]):
        return None
    then = nearest_weekday(days[side[1] == "1"], name[0], int(side[1]))
    return (then, then), name[1] + side[0]


def event_before(j: Jotting, at: int) -> int | None:
    """Where the date stands of that before which something is due: `b4 mtg 11/5`, `before she leaves on Fri`."""
    lead = j.has("dates.counted_back", at)
    if not lead:
        return None
    for here in range(at + lead + 1, min(at + lead + _LONGEST_EVENT, len(j.tokens))):
        if j.tokens[here - 1].kind != "word" or any(j.has(f"phrases.{name}", here - 1) for name in ("and", "not")):
            return None
        inner = here + j.has("dates.on", here)
        if single(j, inner) is not None:
            return inner
    return None


_LONGEST_EVENT = 6
