"""Hosts set against the names of organisations: a firm's domain is mostly its name, or the first words of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cardscan.parse.folding import plain
from cardscan.parse.hosts import looks_like, owner

_SHORTEST = 3
_LONG_ENOUGH = 5  # for a letter that is only nearly alike
_ONE_STROKE = frozenset("ceo")


def names_of(organizations: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The words of each name, folded, from one word to all, put together: ("acme", "acmeroof", "acmeroofltd")."""
    found = []
    for name in organizations:
        words = re.findall(r"\w+", plain(name))
        found.append(tuple("".join(words[:count]) for count in range(1, len(words) + 1)))
    return tuple(forms for forms in found if forms)


def agreement(host: str, names: Sequence[Sequence[str]]) -> int:
    """2 where a host is the first words of a name (`names_of`), 1 where one holds the other, else 0."""
    own = owner(host).replace("-", "")
    if any(own in forms for forms in names):
        return 2
    return int(any(own in forms[-1] or (len(forms[-1]) >= 4 and forms[-1] in own) for forms in names))


def respelled(host: str, names: Sequence[Sequence[str]]) -> str:
    """The host with letters that look alike taken from the name it begins with: "imfsolar.fi" of LMF is lmfsolar.fi."""
    own = owner(host)
    for forms in names:
        for form in sorted(forms, key=len, reverse=True):
            head = own[: len(form)]
            if len(form) >= _SHORTEST and head != form and (looks_like(head, form) or _one_misread(head, form)):
                return host.replace(own, form + own[len(form) :], 1)
    return host


def _one_misread(read: str, name: str) -> bool:
    """Whether a name differs in one letter, by a stroke that small print loses: "stonc" and "stone"."""
    if len(read) != len(name) or len(name) < _LONG_ENOUGH:
        return False
    pairs = [{a, b} for a, b in zip(read, name, strict=True) if a != b]
    return len(pairs) == 1 and pairs[0] <= _ONE_STROKE
