"""Gives every task a slot: the daily block by priority then deadline, calls and meetings at times of their own.

Order of claims: agreed meetings; starred people; slots given before (so that a plan made again is steady); the rest.
Nothing is ever put at two tasks' time.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from cardscan.plan.dating import Clock
from cardscan.plan.hours import epoch
from cardscan.plan.places import Places
from cardscan.plan.wanted import Wanted
from cardscan.record import Task

_SETTLE: Final = 5
_FEW: Final = 1000
_Claim = tuple[int, int, int, str]


def schedule(
    wanted: Sequence[Wanted], clock: Clock, previous: Mapping[str, datetime],
    standing: Sequence[Task] = (), begin: datetime | None = None,
) -> dict[str, datetime]:  # fmt: skip
    """Slots for tasks.

    Args:
        wanted: The tasks, in any order; what they come after is among them or done.
        clock: My days and hours, and now.
        previous: The slot each task had before, by id.
        standing: Tasks whose slots are taken: those of other contacts.
        begin: No slot before this (default: now).

    Returns:
        The start of each task that has a slot, in my zone. Tasks beyond the horizon have none.
    """
    for _ in range(_SETTLE):
        places = Places(wanted, clock, previous, standing, begin or clock.now)
        _place_all(places)
        starts = places.starts()
        if starts == previous or not (places.moved or len(places.near) <= _FEW):
            break
        # Tasks that have a slot claim before those that are late: once more from there, so that planning again changes
        # nothing. With many tasks that is worth its time only where something that had its place was moved.
        previous = starts
    return starts


def _place_all(places: Places) -> None:
    """Agreed meetings first, then one by one whatever waits for nothing that has not had its turn."""
    fixed = [each for each in places.near.values() if each.fixed is not None]
    for each in sorted(fixed, key=lambda each: (each.priority, each.due, each.id)):
        places.fix(each)
    waits, dependents = _order(places.near)
    ready = [_claim(each, places) for identity, each in places.near.items() if identity not in waits]
    heapq.heapify(ready)
    while ready:
        identity = heapq.heappop(ready)[-1]
        each = places.near[identity]
        if each.fixed is None:
            places.place(each)
        for other in dependents.get(identity, ()):
            waiting = waits[other]
            waiting.discard(identity)
            if not waiting:
                heapq.heappush(ready, _claim(places.near[other], places))


def _order(near: Mapping[str, Wanted]) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """What each task waits for, if anything, and what waits for it."""
    waits: dict[str, set[str]] = {}
    dependents: dict[str, list[str]] = {}
    for identity, each in near.items():
        if not each.after:
            continue
        others = {other for other, _ in each.after if other in near and other != identity}
        for other in others:
            dependents.setdefault(other, []).append(identity)
        if others:
            waits[identity] = others
    return waits, dependents


def _claim(each: Wanted, places: Places) -> _Claim:
    """When a task has its turn: the least first."""
    due, now = places.dues[each.id], places.now
    if each.priority == 1 or (due < now and each.step.each == "promise"):
        return (0, each.priority, due, each.id)
    before = places.previous.get(each.id)
    stays = before is not None and now <= epoch(before) <= due - each.minutes
    return (1 if stays else 2, each.priority, due, each.id)
