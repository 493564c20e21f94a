"""The note's own words for a stretch of tokens, without its dates and the signs around it."""

from __future__ import annotations

import re

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting

_SPACES = re.compile(r"\s+")
_EMPTY = re.compile(r"\(\s*(?:back|by|due|on|til|until|from|is)?\s*\)|\[\s*\]", re.IGNORECASE)
_EDGES = " \t\n,;:.-–—=→>•*!?/&+|~\"'“”„«»★"
_TAILS = frozenset("asap please pls plz urgent urgently !! now then sofort bitte svp needed required reqd".split())
LONGEST_VALUE = 160
"""A fact longer than this is no fact but a story; it is cut at a word."""


def words_of(j: Jotting, start: int, end: int, clause: Clause | None = None) -> str:
    """What stands between two tokens, without dates, times and words of urgency; repaired verbs as they were meant."""
    hidden = clause.covered if clause else {}
    pieces: list[str] = []
    last = None
    for at in range(start, min(end, len(j.tokens))):
        if at in hidden:
            continue
        token = j.tokens[at]
        gap = "" if last is None or (token.start == last and not token.spaced) else " "
        pieces.append(gap + _shown(j, at))
        last = token.end
    text = _EMPTY.sub("", _SPACES.sub(" ", "".join(pieces)))
    return cut(_balanced(text))


def _shown(j: Jotting, at: int) -> str:
    token = j.tokens[at]
    if (
        token.kind == "word"
        and token.norm != token.text.casefold()
        and token.norm in j.lexicon.words
        and token.text.isascii()
    ):
        known = any(
            (token.norm,) in j.lexicon.classes.get(name, {})
            for name in ("verbs.act", "verbs.weak", "phrases.me_object")
        )
        if (
            known
            and "'" not in token.text
            and token.text.islower() | token.text.istitle() | (token.text != token.text.upper())
        ):
            return token.norm
    return token.text


def _balanced(text: str) -> str:
    text = text.strip(_EDGES)
    if text.count("(") > text.count(")"):
        head, _, tail = text.rpartition("(")
        text = f"{head}({tail})" if tail.strip() else head
    elif text.count(")") > text.count("("):
        text = text.replace(")", "", text.count(")") - text.count("("))
    return text.strip(_EDGES)


def cut(text: str) -> str:
    """A value of reasonable length, cut at a word."""
    if len(text) <= LONGEST_VALUE:
        return text
    return text[:LONGEST_VALUE].rpartition(" ")[0] or text[:LONGEST_VALUE]


def task_words(j: Jotting, start: int, end: int, clause: Clause) -> str:
    """Words for something to be done: without trailing words that say nothing about it (`asap`, `please`)."""
    words = words_of(j, start, end, clause).split(" ")
    while len(words) > 1 and words[-1].casefold().strip("!.,") in _TAILS:
        words.pop()
    return " ".join(words).rstrip(_EDGES)
