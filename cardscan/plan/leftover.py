"""What becomes of tasks that were planned before and that the plan does not ask for any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from cardscan.plan.dating import Clock
from cardscan.plan.playbook import Step
from cardscan.plan.wanted import CLOSED, Entry, Wanted
from cardscan.record import Card, Task

DISMISSED: Final = "the card was dismissed"


def left_over(
    tasks: Iterable[Task], asked: set[str], planned: set[str], cards: Iterable[Card], only: frozenset[str] | None,
    clock: Clock,
) -> tuple[list[Entry], tuple[str, ...]]:  # fmt: skip
    """Sort out the tasks that the plan did not ask for again.

    A promise outlives notes, playbooks and focus: only the user ends it. Closed tasks are history.

    Args:
        tasks: As they stand, of those who are planned for and of nobody.
        asked: Ids of the tasks the plan asks for.
        planned: Ids of the contacts it asked about.
        cards: All cards.
        only: Ids of the contacts to plan for; None: all.
        clock: Now.

    Returns:
        Tasks that are in the plan all the same, and ids of those to remove.
    """
    dismissed = {card.id for card in cards if card.review.status == "dismissed" and (only is None or card.id in only)}
    entries: list[Entry] = []
    removed: list[str] = []
    for task in tasks:
        if task.id in asked:
            continue
        is_dismissed = task.contact_id in dismissed
        if is_dismissed or task.contact_id in planned or (task.contact_id is None and only is None):
            if task.status in CLOSED:
                entries.append(task)
            elif task.promise is None:
                removed.append(task.id)
            elif is_dismissed:
                completed = clock.now.isoformat(timespec="seconds")
                entries.append(replace(task, status="dropped", reason=DISMISSED, completed=completed, start=None))
            else:
                entries.append(_standing(task, clock))
    return entries, tuple(removed)


def _standing(task: Task, clock: Clock) -> Wanted:
    """A promise as it stands, to be given a slot again."""
    due = datetime.fromisoformat(task.due) if task.due else clock.now
    until = datetime.fromisoformat(task.snoozed_until) if task.snoozed_until else clock.now
    step = Step("promise", task.kind, task.minutes, variants=(), draft=task.draft, each="promise")
    return Wanted(
        id=task.id,
        step=step,
        playbook=task.playbook,
        title=task.title,
        due=due,
        floor=until,
        minutes=task.minutes,
        priority=task.priority,
        why=task.why,
        contact_id=task.contact_id,
        contact_name=task.contact_name,
        status="waiting" if until > clock.now else "open",
        checklist=task.checklist,
        promise=task.promise,
        closes=task.closes,
        snoozed_until=task.snoozed_until,
    )
