"""Forms that name one day: `4/3`, `12.11.26`, `2026-04-20`, `Apr 20`, `20 avril`, `Thurs 25th`, `tmrw`, `next Tue`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None. Dates in
numbers alone are read in `numeric`.
"""

from __future__ import annotations

from cardscan.notes.dates.clock import time
from cardscan.notes.dates.months import day_number, month_name, named, skip_of, year_behind
from cardscan.notes.dates.numeric import Found, in_numbers, iso, no_such_day, numeric
from cardscan.notes.dates.reckoning import (
    Moment,
    add_days,
    day_of_month,
    month_day,
    single,
    weekday,
    weekday_of_next_week,
)
from cardscan.notes.dates.weekdays import shortened, weekday_name
from cardscan.notes.jotting import Jotting


def day(j: Jotting, at: int) -> Found | None:
    """Any form of a single day."""
    return numeric(j, at) or named(j, at) or with_weekday(j, at) or relative(j, at) or ordinal(j, at)


def impossible(j: Jotting, at: int) -> int | None:
    """The index behind a date that no calendar has: `Feb 29 2029`, `31 June`, `2/30`, `2026-02-30`; else None."""
    if iso(j, at) or in_numbers(j, at):
        return no_such_day(j, at)
    if (number := day_number(j, at)) and (found := j.match("dates.month", skip_of(j, number[1]))):
        month, behind = int(found[1]), skip_of(j, number[1]) + found[0]
    elif (name := month_name(j, at)) and (number := day_number(j, name[1] + (j.norm(name[1]) == "."))):
        month, behind = name[0], number[1]
    else:
        return None
    year, end = year_behind(j, behind)
    return end if month_day(j.reference, month, number[0], year) is None else None


def with_weekday(j: Jotting, at: int) -> Found | None:
    """A day's name, alone or with its date: `Fri`, `next Tue`, `Tue 4/21`, `Mon 27th`, `Sunday, June 14`."""
    start = at
    lead = next((n for n in ("after_next", "coming", "next", "this", "last") if j.has(f"dates.{n}", at)), None)
    if later := j.has("dates.next_but_one", at):
        lead, at = "next", at + later
    elif lead:
        at += j.has(f"dates.{lead}", at)
    number = weekday_name(j, at, led=lead is not None)
    if number is None:
        return None
    value, end = number
    inner = end + (j.norm(end) == ".")
    for behind in (inner, inner + 1) if j.norm(inner) in {",", "("} or j.has("dates.of", inner) == 1 else (inner,):
        dated = numeric(j, behind, value) or named(j, behind) or ordinal(j, behind, bare=False)
        dated = dated or _bare_number(j, behind, value)
        if dated:
            return dated[0], dated[1] + (j.norm(dated[1]) == ")" and j.norm(inner) == "(")
    if lead is None and j.lexicon.language != "en" and (coming_behind := j.has("dates.coming", end)):
        return Moment(weekday(j.reference, value).coming, None), end + coming_behind  # `ma a.s.`, `lunedì p.v.`
    if trailing := next((n for n in ("next", "last") if lead is None and j.has(f"dates.{n}", end)), None):
        unit = j.match("dates.unit.week", end + j.has(f"dates.{trailing}", end))
        if unit or j.lexicon.language != "en":
            lead, end = trailing, end + j.has(f"dates.{trailing}", end) + (unit[0] if unit else 0)
    if lead is None and (later := j.has("dates.after_next", end)):  # `the Monday after next`
        following = weekday_of_next_week(j.reference, value).coming
        return (Moment((add_days(following[0], 7),) * 2, None), end + later) if following else None
    if lead is None and (later := j.has("dates.fortnight_later", end)):
        coming = weekday(j.reference, value).coming
        return (Moment((add_days(coming[0], 14),) * 2, None), end + later) if coming else None
    if lead is None and (later := j.has("dates.week_later", end)) and not j.has("dates.week_of", end) > later:
        coming = weekday(j.reference, value).coming
        return (Moment((add_days(coming[0], 7),) * 2, None), end + later) if coming else None
    if end < len(j.tokens) and j.has("dates.week_word_next", end):
        lead, end = "next", end + j.has("dates.week_word_next", end)
    if lead in ("next", "after_next"):
        moment = weekday_of_next_week(j.reference, value)
        if j.has("dates.next_but_one", start) and moment.coming:
            moment = Moment((add_days(moment.coming[0], 7),) * 2, None)  # `übernächsten Montag`
        return moment, end
    moment = weekday(j.reference, value)
    if lead == "last":
        moment = Moment(None, moment.past)
    elif lead in ("this", "coming"):
        moment = Moment(moment.coming, None)
    return (moment, end + shortened(j, end)) if end > start else None


def relative(j: Jotting, at: int) -> Found | None:
    """`today`, `tmrw`, `day after tomorrow`, `yesterday`."""
    found = j.match("dates.offset", at)
    if found is None:
        return None
    days = int(found[1])
    target = add_days(j.reference, days)
    for name, more in (("fortnight_later", 14), ("week_later", 7)):
        later = j.has(f"dates.{name}", at + found[0]) if days in (0, 1) else 0
        if later and (later > 1 or _closes(j, at + found[0] + later)):
            return Moment((add_days(target, more),) * 2, None), at + found[0] + later
    moment = (
        single(target)
        if days == 0
        else Moment((target, target) if days > 0 else None, (target, target) if days < 0 else None)
    )
    return moment, at + found[0]


def _closes(j: Jotting, at: int) -> bool:
    return at >= len(j.tokens) or j.tokens[at].kind in ("mark", "break")


def ordinal(j: Jotting, at: int, bare: bool = True) -> Found | None:
    """`the 20th`, `25th`: a day of this month or the next. A bare number is none; `bare` also refuses `27th floor`."""
    number = j.number(at, 31)
    if number is None:
        return _worded(j, at)
    if not j.has("dates.day_suffix", at + 1) or not j.tight(at + 1):
        return _led_number(j, at) if bare else None
    end = at + 1 + j.has("dates.day_suffix", at + 1)
    preceded = any(j.has(f"dates.{n}", at - 1, at) for n in ("by", "on", "of", "after", "from", "to"))
    if bare and not preceded:
        return None
    if bare and end < len(j.tokens) and j.tokens[end].kind == "word" and not _no_noun(j, end):
        return None
    moment = day_of_month(j.reference, number)
    return (moment, end) if moment else None


def _worded(j: Jotting, at: int) -> Found | None:
    """`by the first`, `on the fifteenth`: a day's number in words, with an article before and nothing behind."""
    word = j.match("dates.day_word", at)
    led = any(j.has(f"dates.{n}", at - 2, at) == 2 for n in ("by", "on")) or j.norm(at - 1) in {"am", "zum"}
    if word is None or not led or not (_closes(j, at + word[0]) or j.has("dates.at", at + word[0])):
        return None
    moment = day_of_month(j.reference, int(word[1]))
    return (moment, at + word[0]) if moment else None


def _no_noun(j: Jotting, at: int) -> bool:
    """Whether a day's number may end before a word: a small one, or one that leads to a time."""
    return any(j.has(name, at) for name in ("common", "dates.at", "dates.limit", "dates.or", "dates.morning"))


def _led_number(j: Jotting, at: int) -> Found | None:
    """`el 15`, `dia 15`, `am 15.`: languages in which a day's number needs no ending."""
    leads = (j.has("dates.day_lead", at - back, at) == back for back in (1, 2) if at >= back)
    number, end = j.number(at, 31), at + 1
    if j.norm(end) == "." and j.tight(end) and j.lexicon.language == "de":
        end += 1
    elif j.lexicon.language == "de":
        return None
    free = end >= len(j.tokens) or j.tokens[end].kind == "break" or j.norm(end) in _ENDS
    free = free or any(j.has(f"dates.{name}", end) for name in ("at", "or"))
    free = free or (j.norm(end - 1) == "." and end < len(j.tokens) and not j.tokens[end].capital)  # `am 3. anrufen`
    due = any(j.has("dates.by", at - back, at) == back for back in (1, 2) if at >= back)
    free = free or (j.norm(end - 1) == "." and due)  # `bis zum 15. Unterlagen schicken`
    if not number or not any(leads) or not free or (end < len(j.tokens) and j.tight(end) and j.norm(end) not in _ENDS):
        return None
    moment = day_of_month(j.reference, number)
    return (moment, end) if moment else None


_ENDS = frozenset(",.;!?)-")


def _bare_number(j: Jotting, at: int, weekday_number: int) -> Found | None:
    """The number in `Wed 25`, if the next 25th of a month is a Wednesday."""
    number = j.number(at, 31)
    moment = day_of_month(j.reference, number) if number and len(j.tokens[at].text) <= 2 else None
    free = at + 1 >= len(j.tokens) or j.tokens[at + 1].kind in ("word", "break") or j.norm(at + 1) in _ENDS
    free = free or (not j.tight(at + 1) and (clock := time(j, at + 1)) is not None and not clock.bare)
    free = free and not (j.tight(at + 1) and j.tight(at + 2) and j.tokens[at + 2].kind == "number")
    if j.norm(at + 1) == "for" and j.number(at + 2, 24) is not None:
        return None  # seven for half past: two times
    fits = moment is not None and moment.coming is not None and moment.coming[0].weekday() == weekday_number
    if not fits or moment is None or not free or j.has("dates.am", at + 1) or j.has("dates.pm", at + 1):
        return None
    return None if j.has("dates.clock", at + 1) else (moment, at + 1)
