"""Dates that need their company: `that day`, `the day before`, and what is due `b4 mtg 11/5`."""

from __future__ import annotations

from cardscan.notes.dates.forms import single
from cardscan.notes.dates.numeric import Found
from cardscan.notes.dates.reckoning import Moment, add_days
from cardscan.notes.jotting import Jotting


def day_mentioned(j: Jotting, at: int, before: Moment) -> Found | None:
    """`that day`, `same day`, `the day before`, `next day`: the day mentioned before, or one beside it."""
    word = j.match("dates.same", at)
    if word is None or before.coming is None:
        return None
    day = add_days(before.coming[0], int(word[1]))
    return Moment((day, day), None), at + word[0]


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
