"""What a line's words alone say of who wrote it: whether it goes on in the next, and whether it is what cards print."""

from __future__ import annotations

from datetime import date

from cardscan.notes.facts import prepare
from cardscan.notes.jotting import Jotting

_ANY_DAY = date(2001, 1, 1)
_LONGEST = 2
_SIGNS = frozenset("/&→@:-")


def leads_on(text: str) -> bool:
    """Whether a line ends with a word or sign that asks for more: `intro to`, `getroffen auf`, `w/`."""
    j = _jotting(text)
    last = len(j.tokens)
    if j.norm(last - 1) in _SIGNS:
        return True
    return any(j.has("phrases.leads_on", last - length) == length for length in range(1, min(_LONGEST, last) + 1))


def is_slogan(text: str) -> bool:
    """Whether a line begins with a call that cards print: `Let's talk`, `Contactez-nous`."""
    return _jotting(text).has("phrases.slogan", 0) > 0


def _jotting(text: str) -> Jotting:
    return prepare(text, _ANY_DAY)
