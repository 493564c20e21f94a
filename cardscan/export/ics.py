"""iCalendar (RFC 5545): tasks as its to-do components, or as events of the day, with alarms and what comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, Todo

from cardscan.export.text import paragraphs, plain
from cardscan.record import Task

PRODID: Final = "-//cardscan//EN"
_STATUS: Final = {"open": "NEEDS-ACTION", "waiting": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
# Before the start of a slot, and before a deadline that has no slot.
_ALARM_BEFORE_START: Final = timedelta(minutes=-5)
_ALARM_BEFORE_DUE: Final = timedelta(hours=-2)


def dump(tasks: Iterable[Task], events: bool = False) -> str:
    """All tasks in one calendar, with CRLF line ends.

    Args:
        tasks: Any status.
        events: Write tasks that have a slot as VEVENT, for calendars that show no to-dos.
    """
    calendar = _calendar()
    for task in tasks:
        calendar.add_component(_event(task) if events and _moment(task.start) else _todo(task))
    return str(calendar.to_ical().decode("utf-8"))


def one(task: Task, events: bool = False) -> str:
    """One task as a calendar of its own, as CalDAV and vdir want it."""
    return dump([task], events)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    return calendar


def _todo(task: Task) -> Todo:
    todo = Todo()
    _common(todo, task)
    start, due, completed = _moment(task.start), _moment(task.due), _moment(task.completed)
    if start and due and start >= due:
        start = None  # RFC 5545, 3.8.2.3: DUE is later than DTSTART
    if start:
        todo.add("dtstart", start)
    if due:
        todo.add("due", due)
    todo.add("status", _STATUS[task.status])
    if task.status == "done":
        todo.add("percent-complete", 100)
        if completed:
            todo.add("completed", completed)
    if task.status in ("open", "waiting"):
        if start:
            todo.add_component(_alarm(task, _ALARM_BEFORE_START, "START"))
        elif due:
            todo.add_component(_alarm(task, _ALARM_BEFORE_DUE, "END"))
    return todo


def _event(task: Task) -> Event:
    event = Event()
    _common(event, task)
    event.add("dtstart", _moment(task.start))
    event.add("duration", timedelta(minutes=max(task.minutes, 1)))
    event.add("status", "CANCELLED" if task.status == "dropped" else "CONFIRMED")
    if task.status in ("open", "waiting"):
        event.add_component(_alarm(task, _ALARM_BEFORE_START, "START"))
    return event


def _common(component: Todo | Event, task: Task) -> None:
    component.add("uid", plain(task.id))
    # When the task last changed is not recorded. Equal tasks shall give equal bytes, so that a sync sends only what
    # changed: a time of the task's own stands in.
    component.add("dtstamp", _moment(task.completed) or _moment(task.start) or _moment(task.due) or _EARLIEST)
    component.add("summary", plain(task.title))
    component.add("priority", min(max(task.priority, 0), 9))
    component.add("categories", [plain(task.kind)])
    if task.contact_name and plain(task.contact_name):
        component.add("contact", plain(task.contact_name))
    if description := _description(task):
        component.add("description", description)
    for other in task.depends_on:
        component.add("related-to", plain(other), parameters={"RELTYPE": "DEPENDS-ON"})  # RFC 9253, section 4.1


def _description(task: Task) -> str:
    lines = [f"Note: {paragraphs(task.why.note)}"] if paragraphs(task.why.note) else []
    lines += [f"- {plain(item)}" for item in task.checklist if plain(item)]
    lines += [f"Why: {', '.join(plain(rule) for rule in task.why.rules)}"] if task.why.rules else []
    lines += [f"Dropped: {plain(task.reason)}"] if task.reason and plain(task.reason) else []
    return "\n".join(lines)


def _alarm(task: Task, before: timedelta, related: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(task.title))
    alarm.add("trigger", before, parameters={"RELATED": related})
    return alarm


def _moment(text: str | None) -> datetime | None:
    """An ISO date-time as UTC; None for none, and for one that cannot be read."""
    try:
        moment = datetime.fromisoformat(text) if text else None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        return None
