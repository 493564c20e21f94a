"""When there was contact: from tasks that were done, and from what was logged outside the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cardscan.record import Task, TaskKind

# Something of mine reached them.
_REACHED: Final[frozenset[TaskKind]] = frozenset(
    {
        "handwritten-note", "email", "send", "call", "meeting", "accept-offer", "ask-referral", "appreciation",
        "keep-in-touch", "retry", "connect",
    }
)  # fmt: skip
# They answered: one does not talk or meet alone.
_ANSWERED: Final[frozenset[TaskKind]] = frozenset({"call", "meeting", "accept-offer"})
# Steps whose task is only to propose a meeting: done means proposed, not met.
PROPOSALS: Final = "meeting"


@dataclass(frozen=True, slots=True)
class Contacted:
    """Contact outside the plan, as the user logged it; `answered` is False for a try that reached nobody."""

    contact_id: str
    at: datetime
    text: str = ""
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Touches:
    """Contact with one person.

    Attributes:
        last: The last real contact, mine or theirs; None when there was none since the meeting.
        answers: When they answered, in order.
    """

    last: datetime | None = None
    answers: tuple[datetime, ...] = ()


NO_TOUCHES: Final = Touches()


def touches(tasks: Iterable[Task], log: Iterable[Contacted]) -> dict[str, Touches]:
    """Contact per contact id, from all tasks and the whole log."""
    reached: dict[str, list[datetime]] = {}
    answered: dict[str, list[datetime]] = {}
    for task in tasks:
        if task.status != "done" or task.completed is None or task.contact_id is None or task.answered is False:
            continue
        moment = datetime.fromisoformat(task.completed)
        if task.kind in _REACHED:
            reached.setdefault(task.contact_id, []).append(moment)
        if task.answered or (task.kind in _ANSWERED and task.draft != PROPOSALS):
            answered.setdefault(task.contact_id, []).append(moment)
    for entry in log:
        if entry.answered:
            reached.setdefault(entry.contact_id, []).append(entry.at)
            answered.setdefault(entry.contact_id, []).append(entry.at)
    return {
        contact: Touches(max(moments), tuple(sorted(answered.get(contact, ())))) for contact, moments in reached.items()
    }


def of(found: Mapping[str, Touches], contact: str) -> Touches:
    """One person's, empty when there was no contact."""
    return found.get(contact, NO_TOUCHES)
