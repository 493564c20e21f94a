"""A task that is owed, before it has a slot; and the ids by which tasks are known again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final

from cardscan.plan.calendar import Offset
from cardscan.plan.person import Person
from cardscan.plan.playbook import Step
from cardscan.record import Task

CLOSED: Final = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that is owed, before it has a slot.

    Attributes:
        task: With its deadline, without its slot.
        step: The step it comes from.
        due: The deadline.
        floor: No slot before this.
        after: Tasks it comes after, each with the least time between.
        fixed: The slot itself, where the note tells it.
        person: Whom it is for; None for a debrief and the supplies.
    """

    task: Task
    step: Step
    due: datetime
    floor: datetime
    after: tuple[tuple[str, Offset | None], ...] = ()
    fixed: datetime | None = None
    person: Person | None = None


def task_id(contact: str, step: str, item: str = "") -> str:
    """The id of a task: the same whenever and by whatever playbook it is planned."""
    digest = blake2b("\0".join((contact, step, item)).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"t-{digest.hexdigest()}"


def entry_id(entry: Wanted | Task) -> str:
    """The id of a task, closed or wanted."""
    return entry.id if isinstance(entry, Task) else entry.task.id
