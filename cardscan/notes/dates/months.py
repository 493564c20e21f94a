"""Dates with a month's name: `Apr 20`, `20. April 26`, `the 3rd of May`, `1er mai`, and the parts they are made of."""

from __future__ import annotations

from cardscan.notes.dates.numeric import Found, full_year, in_numbers
from cardscan.notes.dates.reckoning import month_day
from cardscan.notes.jotting import Jotting

_SHORTEST = 3
_MONTH_LEADS = ("in", "by", "on", "early", "mid", "late", "end", "next", "this", "last", "after", "of", "from")


def named(j: Jotting, at: int) -> Found | None:
    """`Apr 20`, `April 20th, 2026`, `20 April`, `20. April 26`, `the 3rd of May`, `1er mai`, `12 de junio`."""
    if (number := day_number(j, at)) and (found := j.match("dates.month", skip_of(j, number[1]))):
        end = skip_of(j, number[1]) + found[0]
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


def _in_year(j: Jotting, month: int, number: int, end: int) -> Found | None:
    year, behind = year_behind(j, end)
    moment = month_day(j.reference, month, number, year)
    return (moment, behind) if moment else None


def year_behind(j: Jotting, end: int) -> tuple[int | None, int]:
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


def skip_of(j: Jotting, at: int) -> int:
    """Behind `of`, `de`, a dash: `3rd of May`, `12 de junio`, `20-Apr`."""
    if j.norm(at) == "-" and j.tight(at) and j.tight(at + 1):
        return at + 1
    return at + j.has("dates.of", at)
