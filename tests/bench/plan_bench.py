"""How fast plans are made: 2,000 contacts from nothing, again, and after one contact changed.

Run with `make bench-plan`. Prints one JSON line; CPU seconds of this process, so other load on the machine matters
less. `speed` is the time of a fixed loop on the same machine, to compare figures from different ones.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from cardscan.plan import load_playbook, make_plan
from cardscan.record import Card, Meeting, Offer, Promise, Referral
from cardscan.settings import Settings
from tests.plan.invented import BERLIN, SPRINGFIELD, person

T = TypeVar("T")
PHONES = ("+12175550132", "+493012345678", "+442079460000", "+81312345678", "+61291234567", None)


def contacts(count: int) -> list[Card]:
    """Invented people met over half a year, twelve an event, one in ten starred, every second with a note."""
    chance = random.Random(20260314)
    found = []
    for number in range(count):
        met = date(2026, 3, 14) - timedelta(days=180 * (number // 12 * 12) // count)
        facts: dict[str, object] = {}
        if chance.random() < 0.5:
            due = (met + timedelta(days=chance.randrange(1, 20))).isoformat()
            facts = {
                "priority": chance.random() < 0.2,
                "hit_it_off": chance.random() < 0.2,
                "promises": (Promise("send pricing", due),) if chance.random() < 0.5 else (),
                "offers": (Offer("show me the lab"),) if chance.random() < 0.2 else (),
                "referral": Referral("Karen Wu") if chance.random() < 0.2 else None,
                "meeting": Meeting("coffee", due, None, "15:00") if chance.random() < 0.1 else None,
                "topics": ("rail freight",),
            }
        card = person(
            f"Guest Number{number}", event=f"Event {number // 12}", met_on=met.isoformat(), phone=chance.choice(PHONES),
            address=chance.choice((None, BERLIN, SPRINGFIELD)), **facts,
        )  # fmt: skip
        found.append(card)
    return found


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of a piece of work, and what it gave."""
    begin = time.process_time()
    result = work()
    return round(time.process_time() - begin, 3), result


def main(count: int = 2000) -> None:
    """Measure and print."""
    cards = contacts(count)
    settings = Settings(country="US", region="TX", time_zone="America/Chicago")
    playbook = load_playbook("combined")
    now = datetime(2026, 3, 15, 8, 0, tzinfo=settings.zone)
    speed, _ = timed(lambda: sum(range(20_000_000)))
    first, plan = timed(lambda: make_plan(cards, [], [], now, settings, playbook))
    again, second = timed(lambda: make_plan(cards, plan.tasks, [], now, settings, playbook))
    changed = cards[count // 2]
    facts = replace(changed.notes[0].facts, priority=True) if changed.notes else None
    noted = replace(changed, notes=(replace(changed.notes[0], facts=facts),)) if facts else changed
    after = [noted if card.id == changed.id else card for card in cards]
    only = frozenset({changed.id})
    one, _ = timed(lambda: make_plan(after, plan.tasks, [], now, settings, playbook, only=only))
    figures = {
        "contacts": count, "tasks": len(plan.tasks), "plan_s": first, "again_s": again, "one_changed_s": one,
        "unchanged_when_planned_again": second.tasks == plan.tasks, "speed_s": speed,
    }  # fmt: skip
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
