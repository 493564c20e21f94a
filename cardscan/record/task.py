"""A follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cardscan.record.card import MetOnFrom

TaskKind = Literal[
    "debrief", "supplies", "research", "connect", "handwritten-note", "email", "send", "call", "meeting",
    "accept-offer", "ask-referral", "contact-referral", "appreciation", "keep-in-touch", "retry",
]  # fmt: skip
TaskStatus = Literal["open", "waiting", "done", "dropped"]
DraftKind = Literal["card", "email", "call", "meeting", "introduction"]

TASK_SCHEMA: Final = "cardscan/task/1"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a task exists: rule ids, the words of the note, what dated the meeting, and how `due` was found."""

    rules: tuple[str, ...] = ()
    note: str | None = None
    met_on_from: MetOnFrom | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One follow-up. Times are ISO date-times with offset; `priority` 1 high to 9 low.

    Attributes:
        due: The deadline.
        start: The slot the scheduler gave it, which lasts `minutes`; None when it has none yet.
        depends_on: Ids of tasks that come first; the task is `waiting` until they are done.
        checklist: What belongs to it: links to look at, things to attach, people with what is open about them.
        promise: The promise it keeps, in the words of the note.
        closes: Ids of tasks that are done when this one is (the promises that go out with a mail).
        completed: When it was done or dropped.
        answered: False when it was done and nobody answered (a call that was not picked up).
        snoozed_until: It waits until then, because the user said so.
        reason: Why it was dropped, in the user's words.
    """

    id: str
    contact_id: str | None
    contact_name: str | None
    playbook: str
    kind: TaskKind
    title: str
    due: str | None = None
    schema: Literal["cardscan/task/1"] = TASK_SCHEMA
    start: str | None = None
    minutes: int = 10
    priority: int = 5
    status: TaskStatus = "open"
    depends_on: tuple[str, ...] = ()
    why: Why = Why()
    draft: DraftKind | None = None
    checklist: tuple[str, ...] = ()
    promise: str | None = None
    closes: tuple[str, ...] = ()
    completed: str | None = None
    answered: bool | None = None
    snoozed_until: str | None = None
    reason: str | None = None
