"""A plan for some contacts only: what there is of the others that matters to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cardscan.plan import focus
from cardscan.plan.met import event_of, meeting_of
from cardscan.plan.wanted import CLOSED, Wanted
from cardscan.record import Card, Task


def parted(tasks: Sequence[Task], about: frozenset[str]) -> tuple[list[Task], list[Task]]:
    """The tasks of these contacts and of nobody, and those of others that are open."""
    mine: list[Task] = []
    others: list[Task] = []
    for task in tasks:
        if task.contact_id is None or task.contact_id in about:
            mine.append(task)
        elif task.status not in CLOSED:
            others.append(task)
    return mine, others


def of_their_events(cards: Sequence[Card], only: frozenset[str], zone: ZoneInfo, today: date) -> list[Card]:
    """The cards of these contacts and of all who were at their events."""

    def key(card: Card) -> focus.EventKey:
        event = event_of(card)
        return focus.named(event) if event else focus.event_key(meeting_of(card, zone, today))

    keys = {key(card) for card in cards if card.id in only}
    return [card for card in cards if key(card) in keys]


def in_the_way(wanted: Sequence[Wanted], others: Sequence[Task]) -> frozenset[str]:
    """The contacts whose tasks have the time of an agreed meeting, which cannot be moved."""
    meetings = [(each.fixed, each.fixed + timedelta(minutes=each.minutes)) for each in wanted if each.fixed]
    if not meetings:
        return frozenset()
    days = {(begin + delta * timedelta(days=1)).date().isoformat() for begin, _ in meetings for delta in (-1, 0, 1)}
    found: set[str] = set()
    for task in others:
        if task.start and task.start[:10] in days and task.contact_id and task.kind != "meeting":
            start = datetime.fromisoformat(task.start)
            end = start + timedelta(minutes=task.minutes)
            if any(begin < end and start < until for begin, until in meetings):
                found.add(task.contact_id)
    return frozenset(found)
