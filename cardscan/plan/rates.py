"""How well the follow-up goes: who was followed up, how promptly, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from cardscan.plan import focus
from cardscan.plan.contacts import Contacted
from cardscan.plan.person import Person, people
from cardscan.record import Card, Task

_OUTREACH = frozenset(
    {"handwritten-note", "email", "send", "call", "meeting", "accept-offer", "ask-referral", "keep-in-touch", "retry"}
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EventRate:
    """The follow-up of one event, or of all (`event` None).

    Attributes:
        event: Its name, or the day where it has none.
        contacts: People met there and not dismissed.
        followed_up: Those who heard from me since.
        within_a_day: Those who did so by the end of the day after.
        median_hours: From meeting to the first word, over those followed up; None when there are none.
    """

    event: str | None
    contacts: int
    followed_up: int
    within_a_day: int
    median_hours: float | None

    @property
    def share(self) -> float:
        """Followed up, of all; 0 when there is nobody."""
        return self.followed_up / self.contacts if self.contacts else 0.0


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something left open: an overdue promise, someone who never answered, someone without a plan."""

    contact_id: str
    contact_name: str
    what: str
    due: str | None = None
    task_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """What `stats` shows.

    Attributes:
        overall: All events together.
        events: One per event, the latest first.
        promises: Promises not kept yet, the most overdue first.
        unanswered: People who were tried again and never answered.
        unplanned: People with neither an open nor a done task.
    """

    overall: EventRate
    events: tuple[EventRate, ...]
    promises: tuple[Unfinished, ...]
    unanswered: tuple[Unfinished, ...]
    unplanned: tuple[Unfinished, ...]


def rates(
    cards: Iterable[Card], tasks: Sequence[Task], log: Sequence[Contacted], now: datetime, zone: ZoneInfo
) -> Rates:
    """Reckon the rates from what the store holds."""
    everyone = people(cards, zone, now.astimezone(zone).date())
    by_contact: dict[str, list[Task]] = {}
    for task in tasks:
        if task.contact_id is not None:
            by_contact.setdefault(task.contact_id, []).append(task)
    first = _first_words(tasks, log)
    groups = sorted(focus.by_event(everyone).values(), key=lambda group: max(person.met.day for person in group))
    events = tuple(_rate(focus.event_words(group[0].met), group, first) for group in reversed(groups))
    names = {person.id: person.name for person in everyone}
    promises = sorted(
        (task for task in tasks if task.promise is not None and task.status in ("open", "waiting")),
        key=lambda task: (task.due or "", task.id),
    )
    return Rates(
        overall=_rate(None, everyone, first),
        events=events,
        promises=tuple(
            Unfinished(task.contact_id or "", task.contact_name or "", task.promise or "", task.due, task.id)
            for task in promises
        ),
        unanswered=tuple(
            Unfinished(contact, names[contact], "tried and never answered")
            for contact, theirs in by_contact.items()
            if contact in names and _is_unanswered(theirs, contact, log)
        ),
        unplanned=tuple(
            Unfinished(person.id, person.name, "no follow-up planned")
            for person in everyone
            if not any(task.status != "dropped" for task in by_contact.get(person.id, ()))
        ),
    )


def _first_words(tasks: Iterable[Task], log: Iterable[Contacted]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    moments = [
        (task.contact_id, datetime.fromisoformat(task.completed))
        for task in tasks
        if task.contact_id and task.status == "done" and task.completed and task.kind in _OUTREACH
    ]
    moments += [(entry.contact_id, entry.at) for entry in log if entry.answered]
    for contact, moment in moments:
        if contact not in found or moment < found[contact]:
            found[contact] = moment
    return found


def _rate(event: str | None, group: Sequence[Person], first: dict[str, datetime]) -> EventRate:
    waits = [max(timedelta(), first[person.id] - person.met.moment) for person in group if person.id in first]
    prompt = [
        person
        for person in group
        if person.id in first and first[person.id].astimezone(person.met.moment.tzinfo).date() <= person.met.day + _DAY
    ]
    hours = round(median(wait.total_seconds() for wait in waits) / 3600, 1) if waits else None
    return EventRate(event, len(group), len(waits), len(prompt), hours)


def _is_unanswered(tasks: Sequence[Task], contact: str, log: Sequence[Contacted]) -> bool:
    tries = [task for task in tasks if task.kind == "retry"]
    done = [task for task in tries if task.status == "done" and task.completed]
    if not done or any(task.status in ("open", "waiting") for task in tries):
        return False
    last = max(datetime.fromisoformat(task.completed or "") for task in done)
    return not any(entry.contact_id == contact and entry.answered and entry.at > last for entry in log)
