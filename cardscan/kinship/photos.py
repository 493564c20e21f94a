"""Whether two photos were taken one after the other, as one does who turns a card over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from cardscan.record import Source

AT_ONCE: Final = 30.0
"""Seconds within which a card is turned over and photographed again."""
SOON: Final = 180.0
"""Seconds after which two photos in a row may still be of one card, if the cards say so themselves."""
_NUMBER = re.compile(r"(\d{1,9})(?=\D{0,20}$)")


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two photos are: `closely` when nobody would have photographed another card between them."""

    closely: bool
    text: str


def nearness(first: Source, second: Source) -> Nearness | None:
    """How near two photos that follow each other in file order were taken; None when they were not.

    Their times decide where both have one; a photo with a time and one without are of two cameras. Without times the
    numbers in their file names must follow each other, or both are one file.
    """
    if first.path == second.path and first.sha256 == second.sha256:
        pages = abs(first.page - second.page)
        if pages > 1:
            return None
        return Nearness(True, "on the next page") if pages else Nearness(first.cards_in_photo == 2, "in the same photo")
    one, two = _moment(first.taken_at), _moment(second.taken_at)
    if (one is None) != (two is None):
        return None
    if one is not None and two is not None:
        seconds = abs((two - one).total_seconds())
        if seconds > SOON:
            return None
        return Nearness(seconds <= AT_ONCE, f"photographed {seconds:.0f} seconds apart")
    if _follow(first.path, second.path):
        return Nearness(False, "the next photo by its number")
    return None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None


def _follow(first: str, second: str) -> bool:
    """Whether two file names are alike but for a number that goes up by one."""
    one, two = PurePath(first), PurePath(second)
    a, b = _NUMBER.search(one.stem), _NUMBER.search(two.stem)
    if one.parent != two.parent or a is None or b is None:
        return False
    same = one.stem[: a.start()] == two.stem[: b.start()] and one.stem[a.end() :] == two.stem[b.end() :]
    return same and abs(int(a[1]) - int(b[1])) == 1
