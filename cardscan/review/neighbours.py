"""Which other cards a card may belong with, as its back or as the same person, and how they are listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from cardscan.record import Card

NEAREST: Final = 15
"""Cards that are offered; any other can be named by id or name."""


def nearest(card: Card, others: Sequence[Card]) -> list[Card]:
    """The cards that most likely belong with one: of its photo first, then of the photos beside it, by path."""
    paths = sorted({card.source.path, *(each.source.path for each in others)})
    place = {path: number for number, path in enumerate(paths)}
    here = place[card.source.path]
    return sorted(
        others, key=lambda each: (abs(place[each.source.path] - here), place[each.source.path], each.source.index)
    )[:NEAREST]


def described(card: Card) -> str:
    """A card in a line: whose it is, and where it lies."""
    source = card.source
    which = f" card {source.index + 1}" if source.cards_in_photo > 1 else ""
    back = ", a back" if source.side == "back" else ""
    return f"{name_of(card) or 'no name read'} ({PurePath(source.path).name}{which}{back})"


def name_of(card: Card) -> str:
    """The person's name, else the organisation's, else empty."""
    contact = card.contact
    if contact is None:
        return ""
    return contact.name.full if contact.name else contact.organizations[0].value if contact.organizations else ""
