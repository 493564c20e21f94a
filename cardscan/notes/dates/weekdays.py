"""A day's name: where it stands, and whether a short one such as `sat` or `di` is a day at all."""

from __future__ import annotations

from cardscan.notes.jotting import Jotting

_LONGEST_SHORT = 5
_CLOCK_WORDS = ("half_past", "quarter_past", "quarter_to", "half_to")
_COMING_BEHIND = ("coming", "next", "week_word_next")
_NO_DAY_BEHIND = frozenset("the a of el dr mr mrs st".split())
_CLOSERS = frozenset(",.;:!?)(-/→@")


def shortened(j: Jotting, at: int) -> bool:
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


def _within(j: Jotting, at: int) -> bool:
    """Whether a capital letter stands inside a line of small ones, where only a name or a day has one: `met Sat at`."""
    return at > 0 and j.tokens[at - 1].kind == "word" and j.norm(at - 1) not in _NO_DAY_BEHIND
