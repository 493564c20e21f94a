"""A plan made again for one contact of whom nothing is new leaves everything where it is, late or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from cardscan.plan import load_playbook, make_plan
from cardscan.record import Card, Meeting, Offer, Promise, Referral
from cardscan.settings import Settings
from tests.plan.invented import BERLIN, SPRINGFIELD, person


def promises(due: str | None, *what: str) -> tuple[Promise, ...]:
    return tuple(Promise(each, due) for each in what)


def met(name: str, on: str, **facts: Any) -> Card:
    return person(name, note="note", met_on=on, email=True, phone="+12175550132", **facts)


BLOCK_OF_TODAY_IS_OVER = (
    Settings(country="SA", time_zone="Europe/Berlin", block="12:00-12:20", working_days=("mon", "wed", "sun")),
    "2026-03-06T16:05:00",
    [
        met("Ana Lima", "2026-03-05", promises=promises("2026-03-09", "send deck", "call")),
        met("Eva Novak", "2026-03-06", address=BERLIN, meeting=Meeting("lunch", None, None, None),
            offers=(Offer("show me the lab", None),), referral=Referral("Karen Wu", True)),
    ],
)  # fmt: skip
ALL_IS_LATE = (
    Settings(country="DE", time_zone="Europe/Berlin", block="17:30-18:30", working_days=("mon", "wed", "sun")),
    "2026-03-10T22:05:00",
    [
        met("Ana Lima", "2026-03-05", address=BERLIN, promises=promises("2026-03-10", "call", "intro to Bo")),
        met("Eva Novak", "2026-03-05", address=BERLIN, offers=(Offer("show me the lab", None),)),
    ],
)
TWO_MEETINGS_AT_ONE_TIME = (
    Settings(country="DE", time_zone="America/Chicago"),
    "2026-03-11T12:05:00",
    [
        met("Ana Lima", "2026-03-05", address=SPRINGFIELD, meeting=Meeting("coffee", "2026-03-10", None, "12:30")),
        met("Eva Novak", "2026-03-06", meeting=Meeting("coffee", "2026-03-10", None, "12:30")),
    ],
)


@pytest.mark.parametrize(
    ("user", "at", "cards"),
    [BLOCK_OF_TODAY_IS_OVER, ALL_IS_LATE, TWO_MEETINGS_AT_ONE_TIME],
    ids=["block of today is over", "all is late", "two meetings at one time"],
)
def test_each_contact_planned_alone_stays_where_it_was(user: Settings, at: str, cards: Sequence[Card]) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=user.zone)
    playbook = load_playbook("combined")
    plan = make_plan(cards, [], [], now, user, playbook)
    before = {task.id: task for task in plan.tasks}
    for card in cards:
        alone = make_plan(cards, plan.tasks, [], now, user, playbook, only=frozenset({card.id}))
        assert [task for task in alone.tasks if task != before[task.id]] == []
