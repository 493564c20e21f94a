"""How a note names a person: by name, by role, by whose they are."""

from __future__ import annotations

from cardscan.notes.jotting import Jotting


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
