"""Tasks as an agenda that fits the terminal: overdue promises first, then day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from textwrap import wrap
from typing import TextIO
from zoneinfo import ZoneInfo

import click

from cardscan.record import Task
from cardscan.terminal import color_wanted, columns_of, fit, safe

_SHORTEST = 4  # characters of an id after `t-`
_NARROWEST = 24


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks under one heading."""

    heading: str
    tasks: tuple[Task, ...]
    overdue: bool = False


def sections(tasks: Sequence[Task], now: datetime, zone: ZoneInfo, days: int | None = None) -> list[Section]:
    """Open tasks under headings: overdue promises, then the day of each slot, then what has no time yet.

    Args:
        tasks: Open and waiting tasks.
        now: The present moment.
        zone: Whose days are meant.
        days: How many days ahead to show, today included; None shows all, and what has no time yet.
    """
    today = now.astimezone(zone).date()
    promises = [task for task in tasks if task.promise is not None and task.due and moment(task.due) < now]
    found = [Section("Overdue promises", tuple(sorted(promises, key=_by_due)), overdue=True)] if promises else []
    by_day: dict[date, list[Task]] = {}
    later: list[Task] = []
    shown = {task.id for task in promises}
    for task in tasks:
        if task.id in shown:
            continue
        if task.start is None:
            later.append(task)
        else:
            by_day.setdefault(max(moment(task.start).astimezone(zone).date(), today), []).append(task)
    for day in sorted(by_day):
        if days is None or day < today + timedelta(days=days):
            found.append(Section(_day_heading(day, today), tuple(sorted(by_day[day], key=_by_start))))
    if days is None and later:
        found.append(Section("Later, without a time yet", tuple(sorted(later, key=_by_due))))
    return found


def agenda_order(tasks: Sequence[Task], now: datetime, zone: ZoneInfo) -> list[Task]:
    """The tasks in the order of the agenda."""
    return [task for section in sections(tasks, now, zone) for task in section.tasks]


def print_agenda(
    found: Sequence[Section], every: Sequence[Task], now: datetime, zone: ZoneInfo, stream: TextIO, *,
    no_color: bool = False, explain: bool = False,
) -> None:  # fmt: skip
    """Print sections as a table; `every` is all tasks, among which an id must be unambiguous."""
    color = color_wanted(stream, no_color)
    columns = columns_of(stream)
    length = id_length([task.id for task in every])
    if not found:
        click.echo("Nothing to do.")
    for index, section in enumerate(found):
        heading = f"{section.heading} ({_total(section.tasks)})"
        if index:
            click.echo()
        click.echo(click.style(heading, bold=True, fg="red" if section.overdue else None) if color else heading)
        for task in section.tasks:
            late = task.due is not None and moment(task.due) < now
            for row in _rows(task, now, zone, columns, length):
                click.echo(click.style(row, fg="yellow") if color and late else row)
            if explain:
                for line in explanation(task, columns):
                    click.echo(click.style(line, dim=True) if color else line)


def explanation(task: Task, columns: int) -> Iterator[str]:
    """Why a task exists: how its date was found, the words of the note, the rules, what belongs to it."""
    parts = [("due", task.why.date), ("note", task.why.note), ("rules", ", ".join(task.why.rules))]
    parts += [("-", line) for line in task.checklist]
    if task.depends_on:
        parts.append(("after", ", ".join(task.depends_on)))
    for label, text in parts:
        if text:
            lines = wrap(safe(text), max(_NARROWEST, columns - 15), break_on_hyphens=False) or [""]
            yield f"         {label:>5} {lines[0]}"
            yield from (f"               {line}" for line in lines[1:])


def id_length(ids: Sequence[str]) -> int:
    """How many characters of an id tell each from all others, at least the `t-` and four more."""
    ordered = sorted(set(ids))
    longest = 2 + _SHORTEST
    for one, other in pairwise(ordered):
        common = next(
            (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        longest = max(longest, common + 1)
    return longest


def moment(text: str) -> datetime:
    """An ISO date-time as tasks carry it."""
    return datetime.fromisoformat(text)


def day_words(day: date) -> str:
    """`Mon 20 Apr`."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day.weekday()]} {day.day} {months[day.month - 1]}"


def due_words(task: Task, now: datetime, zone: ZoneInfo) -> str:
    """The deadline in a few words: an hour today, a day otherwise, with the year when it is another."""
    if task.due is None:
        return ""
    due, today = moment(task.due).astimezone(zone), now.astimezone(zone).date()
    if due.date() == today:
        return f"by {due:%H:%M}"
    return day_words(due.date()) if due.year == today.year else day_words(due.date())[4:] + f" {due.year}"


def _rows(task: Task, now: datetime, zone: ZoneInfo, columns: int, length: int) -> list[str]:
    """A task's line, and more where its title is long: a title that is cut does not say what to do."""
    start = f"{moment(task.start).astimezone(zone):%H:%M}" if task.start else "     "
    # One sign at most: a star for top priority, dots for what waits for something else.
    mark = "*" if task.priority == 1 else "…" if task.status == "waiting" else " "
    due = due_words(task, now, zone)
    late = "!" if task.due and (moment(task.due) < now or _is_late(task)) else " "
    room = max(_NARROWEST, columns - 5 - 4 - 2 - 13 - length - 4)
    first, *more = wrap(safe(task.title), room, break_on_hyphens=False) or [""]
    row = f"{start} {task.minutes:>3}m {mark} {fit(first, room)} {late}{fit(due, 11)} {task.id[:length]}"
    return [row, *(f"{'':13}{line}" for line in more)]


def _is_late(task: Task) -> bool:
    if task.start is None or task.due is None:
        return False
    return moment(task.start) + timedelta(minutes=task.minutes) > moment(task.due)


def _day_heading(day: date, today: date) -> str:
    near = {0: "Today, ", 1: "Tomorrow, "}.get((day - today).days, "")
    return f"{near}{day_words(day)}" + (f" {day.year}" if day.year != today.year else "")


def _total(tasks: Sequence[Task]) -> str:
    minutes = sum(task.minutes for task in tasks)
    spent = f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
    return f"{len(tasks)} task{'s' if len(tasks) != 1 else ''}, {spent}"


def _by_due(task: Task) -> tuple[bool, float, int, str]:
    return (task.due is None, moment(task.due).timestamp() if task.due else 0.0, task.priority, task.id)


def _by_start(task: Task) -> tuple[float, int, str]:
    return (moment(task.start).timestamp() if task.start else 0.0, task.priority, task.id)
