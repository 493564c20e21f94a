"""Open tasks as a timeline: a mark for each day, and under it what is to be done then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from cardscan.record import Task
from cardscan.terminal import safe

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a day.

    Attributes:
        time: The hour of its slot, or empty when it has none.
        due: `by 17 Mar` where the deadline is another day than the slot, else empty.
        overdue: The deadline has passed.
    """

    task: Task
    title: str
    kind: str
    time: str
    due: str
    note: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of one day, `ahead` days from today; `near` says the same in words."""

    iso: str
    name: str
    near: str
    items: tuple[Item, ...]
    ahead: int

    @property
    def minutes(self) -> int:
        """What the day asks for."""
        return sum(item.task.minutes for item in self.items)


def agenda(tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> list[Day]:
    """Open and waiting tasks by the day of their slot, or of their deadline where they have no slot, in order.

    Slots that have passed stand under today, because that is when they are to be done.
    """
    today = now.astimezone(zone).date()
    dated = [(_day(task, zone, today), task) for task in tasks if task.status in ("open", "waiting") and _when(task)]
    dated.sort(key=lambda pair: (pair[0], _when(pair[1]), pair[1].priority, pair[1].id))
    days = []
    for day, group in groupby(dated, key=lambda pair: pair[0]):
        items = tuple(_item(task, day, now, zone) for _, task in group)
        days.append(Day(day.isoformat(), _name(day, today), _near((day - today).days), items, (day - today).days))
    return days


def _when(task: Task) -> str:
    return task.start or task.due or ""


def _day(task: Task, zone: ZoneInfo, today: date) -> date:
    return max(datetime.fromisoformat(_when(task)).astimezone(zone).date(), today)


def _item(task: Task, day: date, now: datetime, zone: ZoneInfo) -> Item:
    due = datetime.fromisoformat(task.due).astimezone(zone) if task.due else None
    start = datetime.fromisoformat(task.start).astimezone(zone) if task.start else None
    return Item(
        task=task,
        title=safe(task.title),
        kind=task.kind.replace("-", " "),
        time=f"{start:%H:%M}" if start and start.date() == day else "",
        due=f"by {due.day} {_MONTHS[due.month - 1]}" if due and due.date() != day else "",
        note=safe(task.why.note or ""),
        overdue=due is not None and due < now,
    )


def _name(day: date, today: date) -> str:
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]}{year}"


def _near(ahead: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(
        ahead, f"in {ahead} days" if ahead < 60 else f"in {round(ahead / 30.4)} months"
    )
