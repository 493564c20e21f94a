"""Forms that name one day: `4/3`, `12.11.26`, `2026-04-20`, `Apr 20`, `20 avril`, `Thurs 25th`, `tmrw`, `next Tue`.

Each function takes a jotting and a token index and gives the moment and the index behind the form, or None. Dates in
numbers alone are read in `numeric`.
"""

from __future__ import annotations

from cardscan.notes.dates.numeric import Found, full_year, in_numbers, iso, no_such_day, numeric
from cardscan.notes.dates.reckoning import (
    Moment,
    add_days,
    day_of_month,
    month_day,
    single,
    weekday,
    weekday_of_next_week,
)
from cardscan.notes.jotting import Jotting


def day(j: Jotting, at: int) -> Found | None:
    """Any form of a single day."""
    return numeric(j, at) or named(j, at) or with_weekday(j, at) or relative(j, at) or ordinal(j, at)


def impossible(j: Jotting, at: int) -> int | None:
    """The index behind a date that no calendar has: `Feb 29 2029`, `31 June`, `2/30`, `2026-02-30`; else None."""
    if iso(j, at) or in_numbers(j, at):
        return no_such_day(j, at)
    if (number := day_number(j, at)) and (found := j.match("dates.month", _skip_of(j, number[1]))):
        month, behind = int(found[1]), _skip_of(j, number[1]) + found[0]
    elif (name := month_name(j, at)) and (number := day_number(j, name[1] + (j.norm(name[1]) == "."))):
        month, behind = name[0], number[1]
    else:
        return None
    year, end = _year_behind(j, behind)
    return end if month_day(j.reference, month, number[0], year) is None else None


def named(j: Jotting, at: int) -> Found | None:
    """`Apr 20`, `April 20th, 2026`, `20 April`, `20. April 26`, `the 3rd of May`, `1er mai`, `12 de junio`."""
    if (number := day_number(j, at)) and (found := j.match("dates.month", _skip_of(j, number[1]))):
        end = _skip_of(j, number[1]) + found[0]
        end += found[0] == 1 and month_shortened(j, end)
        return _in_year(j, int(found[1]), number[0], end)
    if (month := month_name(j, at)) is None:
        return None
    if j.match("dates.weekday", at) and j.lexicon.language != "en" and not j.month_first:
        return None  # `mar 10` is a Tuesday where the day stands before its month
    if j.match("dates.weekday", at) and in_numbers(j, month[1] + (j.norm(month[1]) == ".")) is not None:
        return None
    behind = month[1] + (j.norm(month[1]) == "." or j.has("dates.of", month[1]))
    number = day_number(j, behind)
    if number is None or j.norm(number[1]) in {":", "%"} or (j.norm(number[1]) in {"h", "am", "pm"}):
        return None
    end = number[1]
    if j.norm(end - 1) == "." and j.lexicon.language == "en" and j.number(end) is None:
        end -= 1  # `runs out Dec 31. Email terms`: behind its month a number needs no dot, the sentence does
    return _in_year(j, month[0], number[0], end)


def month_shortened(j: Jotting, at: int) -> bool:
    """Whether a full stop only shortens the month's name before it: `bis 6. Nov. nachreichen`, `3 déc. à 9h`."""
    name = j.match("dates.month", at - 1)
    if j.norm(at) != "." or not j.tight(at) or name is None or name[0] != 1 or not _short_month(j, at - 1, name[1]):
        return False
    behind = at + 1
    if behind >= len(j.tokens) or j.tokens[behind].kind in ("number", "mark"):
        return True
    return j.tokens[behind].kind == "word" and not j.tokens[behind].capital


def _short_month(j: Jotting, at: int, number: str) -> bool:
    """Whether a month has a longer name that begins so: `Nov`, `janv`, `mrt`, but not `mai`."""
    short = j.norm(at)
    longer = (form[0] for form, value in j.lexicon.classes["dates.month"].items() if value == number and len(form) == 1)
    return any(
        len(form) > len(short) and (form.startswith(short) or (len(short) <= _SHORTEST and form[0] == short[0]))
        for form in longer
    )


_SHORTEST = 3


def month_name(j: Jotting, at: int) -> tuple[int, int] | None:
    """A month's name: its number and the index behind it. `may` and `march` count only where no verb can stand."""
    found = j.match("dates.month", at)
    if found is None:
        return None
    end = at + found[0]
    if j.has("dates.weak_month", at):
        before = any(
            j.has(f"dates.{name}", k, at) == at - k for name in _MONTH_LEADS for k in (at - 1, at - 2) if k >= 0
        )
        numbered = j.number(end, 31) or j.number(at - 1, 31)
        closed = end >= len(j.tokens) or j.tokens[end].kind in ("mark", "break")
        if not (before or numbered or (closed and (j.tokens[at].capital or at > 0))):
            return None
    return int(found[1]), end


_MONTH_LEADS = ("in", "by", "on", "early", "mid", "late", "end", "next", "this", "last", "after", "of", "from")


def with_weekday(j: Jotting, at: int) -> Found | None:
    """A day's name, alone or with its date: `Fri`, `next "
    "Tue`, `this Thu`, `Tue 4/21`, `Mon 27th`, `Sunday, June 14`."""
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
    return (moment, end + _shortened(j, end)) if end > start else None


def _shortened(j: Jotting, at: int) -> bool:
    """Whether a full stop only shortens the day's name before it: `ven. 17h30`, `ligar sex. p/ fechar`."""
    behind = at + 1
    if j.norm(at) != "." or not j.tight(at) or len(j.tokens[at - 1].text) > _LONGEST_SHORT or behind >= len(j.tokens):
        return False
    if j.norm(behind) in {"-", "/"} and j.tight(behind):
        return True
    if j.tokens[behind].kind == "number" or any(
        j.has(f"dates.{n}", behind) for n in ("at", "or", "morning", "am", "pm")
    ):
        return True
    return j.lexicon.language != "en" and j.tokens[behind].kind == "word" and not j.tokens[behind].capital


_LONGEST_SHORT = 5


def weekday_name(j: Jotting, at: int, led: bool = False) -> tuple[int, int] | None:
    """A day's name: Monday is 0, and the index behind it. Short names that are also words need a date's company."""
    found = j.match("dates.weekday", at)
    if found is None:
        return None
    end = at + found[0]
    if j.has("dates.weak_weekday", at) and not led:
        token = j.tokens[at]
        led = any(
            j.has(f"dates.{name}", k, at) == at - k
            for name in ("by", "on", "at", "from")
            for k in (at - 1, at - 2)
            if k >= 0
        )
        closed = end >= len(j.tokens) or j.tokens[end].kind in ("number", "break") or j.norm(end) in _CLOSERS
        alone = token.capital and not token.text.isupper()
        if j.norm(end) == "." and end + 1 < len(j.tokens) and j.tokens[end + 1].capital:
            return None
        joined = j.has("dates.to", end)
        led = led or bool(joined and j.has("dates.weekday", end + joined))
        led = led or max(j.has("dates.week_later", end), j.has("dates.fortnight_later", end)) > 1
        led = led or (alone and j.lexicon.language == "en" and _within(j, at))
        led = led or (j.lexicon.language != "en" and any(j.has(f"dates.{n}", end) for n in _COMING_BEHIND))
        led = led and token.kind == "word"  # `na 3ª` is a Tuesday, `a 3ª edição` none
        behind = end + j.has("dates.at", end)
        timed = behind < len(j.tokens) and (j.tokens[behind].kind == "number" or j.has("dates.morning", end) > 0)
        timed = timed or any(j.has(f"dates.{name}", behind) for name in _CLOCK_WORDS)
        led = led or _joined_day(j, at)
        if not (led or timed or (closed and (alone or at > 0))):
            return None
    return int(found[1]), end


def _joined_day(j: Jotting, at: int) -> bool:
    """Whether another day's name is joined to this one: `Mo/Di`, `Mo.-Mi.`, `Di oder Mi`."""
    sign = at - 1
    if not (j.has("dates.or", sign, at) or (j.norm(sign) in {"-", "/"} and j.tight(at) and j.tight(sign))):
        return False
    return bool(j.has("dates.weekday", sign - 1 - (j.norm(sign - 1) == "."), sign))


_CLOCK_WORDS = ("half_past", "quarter_past", "quarter_to", "half_to")
_COMING_BEHIND = ("coming", "next", "week_word_next")


def _within(j: Jotting, at: int) -> bool:
    """Whether a capital letter stands inside a line of small ones, where only a name or a day has one: `met Sat at`."""
    return at > 0 and j.tokens[at - 1].kind == "word" and j.norm(at - 1) not in _NO_DAY_BEHIND


_NO_DAY_BEHIND = frozenset("the a of el dr mr mrs st".split())
_CLOSERS = frozenset(",.;:!?)(-/→@")


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
    free = free and not (j.tight(at + 1) and j.tight(at + 2) and j.tokens[at + 2].kind == "number")
    if j.norm(at + 1) == "for" and j.number(at + 2, 24) is not None:
        return None  # seven for half past: two times
    fits = moment is not None and moment.coming is not None and moment.coming[0].weekday() == weekday_number
    if not fits or moment is None or not free or j.has("dates.am", at + 1) or j.has("dates.pm", at + 1):
        return None
    return None if j.has("dates.clock", at + 1) else (moment, at + 1)


def _in_year(j: Jotting, month: int, number: int, end: int) -> Found | None:
    year, behind = _year_behind(j, end)
    moment = month_day(j.reference, month, number, year)
    return (moment, behind) if moment else None


def _year_behind(j: Jotting, end: int) -> tuple[int | None, int]:
    """The year written behind a day and month, and the index behind it."""
    behind = end + (
        j.norm(end) in {",", "."} or bool(j.has("dates.of", end) == 1 and j.lexicon.language in ("es", "pt"))
    )
    year = j.number(behind)
    text = j.tokens[behind].text if year is not None else ""
    full = None
    if len(text) == 4 and year is not None and 1900 <= year <= 2100:
        full = year
    elif j.norm(end) == "'" and (year := j.number(end + 1)) is not None and len(j.tokens[end + 1].text) == 2:
        behind, full = end + 1, full_year(year, 2)
    return full, behind + 1 if full else end


def day_number(j: Jotting, at: int) -> tuple[int, int] | None:
    """A day's number, `3`, `3rd`, `3.` or `third`, and the index behind it."""
    if word := j.match("dates.day_word", at):
        return int(word[1]), at + word[0]
    number = j.number(at, 31)
    if not number or len(j.tokens[at].text) > 2:
        return None
    end = at + 1
    if j.tight(end) and (suffix := j.has("dates.day_suffix", end)):
        end += suffix
    if j.norm(end) == "." and j.tight(end):
        end += 1
    elif end < len(j.tokens) and j.tight(end) and j.tokens[end].kind == "word" and not j.has("dates.month", end):
        return None
    return number, end


def _skip_of(j: Jotting, at: int) -> int:
    """Behind `of`, `de`, a dash: `3rd of May`, `12 de junio`, `20-Apr`."""
    if j.norm(at) == "-" and j.tight(at) and j.tight(at + 1):
        return at + 1
    return at + j.has("dates.of", at)
