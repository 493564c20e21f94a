"""JSON lines: the records themselves, as every command of cardscan prints and reads them."""

from __future__ import annotations

from collections.abc import Iterable

from cardscan import wire
from cardscan.record import Card, Task


def dump(cards: Iterable[Card], tasks: Iterable[Task]) -> str:
    """Cards, then tasks, one a line."""
    return "".join(wire.dumps(record) + "\n" for record in (*cards, *tasks))
