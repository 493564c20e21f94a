"""A task that is owed, before it has a slot; and the ids by which tasks are known again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple

from cardscan.plan.calendar import Offset
from cardscan.plan.hours import written
from cardscan.plan.person import Person
from cardscan.plan.playbook import Step
from cardscan.record import TASK_SCHEMA, Task, TaskStatus, Why

CLOSED: Final = ("done", "dropped")


class Wanted(NamedTuple):
    """A task that is owed, before it has a slot; a tuple, as those are quick to make by the ten thousand.

    Attributes:
        step: The step it comes from.
        due: The deadline.
        floor: No slot before this.
        after: Tasks it comes after, each with the least time between.
        fixed: The slot itself, where the note tells it.
        person: Whom it is for; None for a debrief, the supplies, and a promise that only the store knows of.

    The others are those of `Task`.
    """

    id: str
    step: Step
    playbook: str
    title: str
    due: datetime
    floor: datetime
    minutes: int
    priority: int
    why: Why
    contact_id: str | None = None
    contact_name: str | None = None
    person: Person | None = None
    status: TaskStatus = "open"
    depends_on: tuple[str, ...] = ()
    after: tuple[tuple[str, Offset | None], ...] = ()
    fixed: datetime | None = None
    checklist: tuple[str, ...] = ()
    promise: str | None = None
    closes: tuple[str, ...] = ()
    snoozed_until: str | None = None

    def task(self, start: datetime | None) -> Task:
        """The task, with its slot if it has one."""
        # In the order of the fields: naming so many takes longer than the rest.
        return Task(
            self.id,
            self.contact_id,
            self.contact_name,
            self.playbook,
            self.step.kind,
            self.title,
            written(self.due),
            TASK_SCHEMA,
            written(start) if start else None,
            self.minutes,
            self.priority,
            self.status,
            self.depends_on,
            self.why,
            self.step.draft,
            self.checklist,
            self.promise,
            self.closes,
            None,
            None,
            self.snoozed_until,
        )


Entry = Wanted | Task  # a task that is to be done, or one that is closed


class Made:
    """The tasks of one person, by step and what tells them apart there, and by id, as they are found."""

    def __init__(self) -> None:
        self.by_step: dict[str, dict[str, Entry]] = {}
        self.by_id: dict[str, Entry] = {}

    def put(self, step_id: str, key: str, entry: Entry) -> None:
        """Add a task, or take it in place of the one with its id."""
        self.by_id[entry.id] = entry
        if step_id in self.by_step:
            self.by_step[step_id][key] = entry
        else:
            self.by_step[step_id] = {key: entry}

    def of(self, step_id: str, key: str) -> Collection[Entry]:
        """The task of a step for the same promise or offer; without such a one all tasks of the step."""
        made = self.by_step[step_id]
        return (made[key],) if key in made else made.values()


def task_id(contact: str, step: str, item: str = "") -> str:
    """The id of a task: the same whenever and by whatever playbook it is planned."""
    digest = blake2b(f"{contact}\0{step}\0{item}".encode("utf-8", "surrogatepass"), digest_size=6)
    return f"t-{digest.hexdigest()}"
