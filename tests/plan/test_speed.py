"""What keeps planning quick, counted in function calls: those are the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import FrameType
from typing import Any

from cardscan.plan import load_playbook, make_plan
from cardscan.record import Card
from cardscan.settings import Settings
from tests.plan.invented import person

USER = Settings(country="US", region="TX", time_zone="America/Chicago")
NOW = datetime(2026, 3, 15, 8, 0, tzinfo=USER.zone)
COMBINED = load_playbook("combined")


def guests(count: int) -> list[Card]:
    """People of one event, who live in one place."""
    return [person(f"Guest Number{number}") for number in range(count)]


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, a piece of work calls."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_four_times_the_people_take_four_times_the_work() -> None:
    """The work of planning grows as the people do, not faster, up to a queue of months in the daily block."""

    def calls(count: int) -> int:
        cards = guests(count)
        make_plan(cards, [], [], NOW, USER, COMBINED)  # calendars and templates are read
        return calls_of(lambda: make_plan(cards, [], [], NOW, USER, COMBINED))

    assert calls(160) < 4.4 * calls(40)


def test_one_changed_contact_leaves_the_others_alone() -> None:
    """Planning for one of many looks at the others' tasks, but works none of them out again."""

    def calls(count: int) -> int:
        cards = [replace(card, event=replace(card.event, name=f"Expo {card.id}")) for card in guests(count)]
        tasks = make_plan(cards, [], [], NOW, USER, COMBINED).tasks
        only = frozenset({cards[0].id})
        return calls_of(lambda: make_plan(cards, tasks, [], NOW, USER, COMBINED, only=only))

    assert calls(160) - calls(40) < 120 * 75  # of each other person, who has thirteen tasks
