"""How a note names a person: by name, by role, by whose they are."""

from __future__ import annotations

from cardscan.notes.jotting import Jotting
from cardscan.notes.lexicon import word_list

_SHORTEST_NAME = 3


def nameable(j: Jotting, at: int) -> bool:
    """Whether a token may be a name: by its capital letter, or as a word in small letters that no list knows."""
    if not 0 <= at < len(j.tokens) or j.tokens[at].kind != "word":
        return False
    token = j.tokens[at]
    known = token.norm in j.lexicon.words or (token.norm,) in word_list("real_words")
    shaped = token.text.isalpha() and len(token.text) >= _SHORTEST_NAME and not token.norm.endswith(_NO_NAMES_END)
    return token.capital or (shaped and not known)


_NO_NAMES_END = ("s", "ed", "ing", "ly", "ment", "tion")


def skip(j: Jotting, at: int) -> int:
    """The index behind small words and signs that may stand between a role and a name."""
    while j.norm(at) in {"is", "=", ":", "-", ",", "the", "a", "o", "ist", "est", "es", "e", "to", "with", "→"}:
        at += 1
    return at


def capital(j: Jotting, at: int) -> bool:
    """Whether a token is there and begins with a capital letter."""
    return at < len(j.tokens) and j.tokens[at].capital


def named(j: Jotting, at: int) -> bool:
    """Whether a person is named here: a name, `her boss`, a role."""
    at = skip(j, at)
    if at >= len(j.tokens):
        return False
    return j.tokens[at].capital or bool(j.has("phrases.their", at)) or bool(j.has("phrases.role", at))
