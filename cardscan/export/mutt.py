"""Aliases for mutt and neomutt, to be sourced from their configuration.

Such a file is run as commands, and backticks in it run a shell: names keep letters, digits, spaces, dots and hyphens
only, and a mail address with anything unusual in it is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from cardscan.export.person import people
from cardscan.record import Card

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def dump(cards: Iterable[Card]) -> str:
    """One alias for each mail address; further addresses of a person get a number."""
    lines: list[str] = []
    taken: dict[str, int] = {}
    for person in people(cards):
        name = " ".join("".join(char if char.isalnum() or char in ".-" else " " for char in person.display).split())
        for email in filter(_ADDRESS.fullmatch, person.emails):
            base = _key(name) or _key(email.partition("@")[0]) or "contact"
            number = taken.get(base, 0) + 1
            while number > 1 and f"{base}-{number}" in taken:
                number += 1  # somebody is really called so
            alias = base if number == 1 else f"{base}-{number}"
            taken[base] = number
            taken.setdefault(alias, 1)
            lines.append(f"alias {alias} {name} <{email}>\n")
    return "".join(lines)


def _key(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_name))[:60]
