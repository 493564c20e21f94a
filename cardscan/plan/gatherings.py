"""Tasks that are not one person's: the debrief after an event, and the supplies before the first mailing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from cardscan.plan import wording
from cardscan.plan.calendar import shift
from cardscan.plan.dating import Clock
from cardscan.plan.met import Meeting
from cardscan.plan.person import Person
from cardscan.plan.playbook import Playbook, Step
from cardscan.plan.wanted import CLOSED, Entry, Wanted, task_id
from cardscan.record import Card, Task, TaskKind, TaskStatus, Why

DebriefKey = tuple[str, str]
_EVENING: Final = time(21)
_NIGHT: Final = time(4)  # who is met at one in the morning was met the evening before
_MORNING: Final = time(8)
_NOON: Final = time(12)
_STALE: Final = timedelta(days=14)  # after that nobody remembers; no debrief is begun any more
_DAY: Final = timedelta(days=1)
_MAILED: Final[TaskKind] = "handwritten-note"


class Mailing(NamedTuple):
    """A card that is to be mailed: its task, whether the address is known, to whom, when they were met."""

    task_id: str
    due: datetime
    has_address: bool
    name: str
    met: datetime
    priority: int


def debrief_key(met: Meeting) -> DebriefKey:
    """One debrief for each event and day: an event over three days has three."""
    return (" ".join((met.event or "").casefold().split()), met.day.isoformat())


def debrief(
    step: Step, group: Sequence[Person], clock: Clock, prior: Mapping[str, Task], playbook: str
) -> Entry | None:
    """The debrief of one event day: right after it where its hour is known and not late, else the next morning."""
    met = max((person.met for person in group), key=lambda met: (met.moment, met.timed))
    identity = task_id("", step.id, "|".join(debrief_key(met)))
    known = prior.get(identity)
    if known is not None and known.status in CLOSED:
        return known
    after = met.moment + timedelta(minutes=15)
    if not met.timed or (after.time() >= _EVENING or after.date() > met.day):
        floor = clock.on(met.day + _DAY, _MORNING)
    elif after.time() < _NIGHT:
        floor = clock.on(met.day, _MORNING)
    else:
        floor = after
    variant = step.variants[0]
    due = max(clock.on(shift(met.moment, variant.when.by, clock.mine).date(), _NOON), floor + timedelta(hours=4))
    if due < clock.now - _STALE and known is None:
        return None
    variables = {"people": _names(group), "date": wording.day_words(met.day)}
    if met.event:
        variables["event"] = met.event
    words = f"the day of the event or the next morning ({wording.dated_words(met.day)})"
    wanted = Wanted(
        id=identity,
        step=step,
        playbook=playbook,
        title=wording.fill(step.variants[0].titles, variables) or step.id,
        due=due,
        floor=floor,
        minutes=max(step.minutes, min(60, 5 + 3 * len(group))),
        priority=min([2, *(person.priority for person in group)]),
        why=Why(variant.rules, None, met.source, words),
        checklist=tuple(f"{person.name}: {_questions(person)}" for person in group),
        snoozed_until=known.snoozed_until if known else None,
    )
    return _awake(wanted, clock)


def mailings(
    planned: Iterable[Person], entries: Mapping[str, Sequence[Entry]], cards: Iterable[Card], others: Iterable[Task]
) -> list[Mailing]:
    """Every card that is to be mailed.

    Args:
        planned: The people planned for.
        entries: Their tasks, by their ids.
        cards: All cards.
        others: Open tasks of all other people.
    """
    found = []
    for person in planned:
        for entry in entries[person.id]:
            if isinstance(entry, Wanted) and entry.step.kind == _MAILED:
                has_address, met = "address" in person.traits, person.met.moment
                found.append(Mailing(entry.id, entry.due, has_address, person.name, met, person.priority))
    notes = [task for task in others if task.kind == _MAILED and task.due]
    if notes:
        with_address = {card.id for card in cards if card.contact and card.contact.addresses}
        for task in notes:
            due = datetime.fromisoformat(task.due or "")
            has_address, met = task.contact_id in with_address, due - _DAY
            found.append(Mailing(task.id, due, has_address, task.contact_name or "", met, task.priority))
    return found


def supplies(
    step: Step, to_mail: Iterable[Mailing], clock: Clock, prior: Mapping[str, Task], playbook: str
) -> list[Entry]:
    """One task for note cards, stamps and missing addresses of all cards still to be mailed.

    Once it is done, the people met until then are provided for; those met later make the next one.
    """
    closed: list[Task] = []
    while (known := prior.get(task_id("", step.id, str(len(closed) + 1)))) is not None and known.status in CLOSED:
        closed.append(known)
    provided = max((datetime.fromisoformat(task.completed) for task in closed if task.completed), default=None)
    rest = [mailing for mailing in to_mail if provided is None or mailing.met > provided]
    rest.sort(key=lambda mailing: (mailing.due.timestamp(), mailing.task_id))
    if not rest:
        return list(closed)
    missing = [mailing.name for mailing in rest if not mailing.has_address]
    # What is overdue is so already; the next deadline is the one that the supplies must not miss.
    due = next((mailing.due for mailing in rest if mailing.due >= clock.now), rest[0].due)
    variables = {"cards": _count(len(rest), "note card"), "stamps": _count(len(rest), "stamp")}
    if missing:
        variables["missing"] = _count(len(missing), "missing postal address", "missing postal addresses")
    wanted = Wanted(
        id=task_id("", step.id, str(len(closed) + 1)),
        step=step,
        playbook=playbook,
        title=wording.fill(step.variants[0].titles, variables) or step.id,
        due=due,
        floor=min(due, clock.now),
        minutes=step.minutes,
        priority=min(mailing.priority for mailing in rest),
        why=Why(step.variants[0].rules, date=f"before the first card is mailed ({wording.dated_words(due)})"),
        checklist=tuple(f"Postal address of {name}" for name in missing),
        snoozed_until=known.snoozed_until if known else None,
    )
    return [*closed, _awake(wanted, clock)]


def step_of_scope(playbook: Playbook, scope: str) -> Step | None:
    """The playbook's step for an event or for all, if it has one."""
    return next((step for step in playbook.steps if step.scope == scope), None)


def _awake(wanted: Wanted, clock: Clock) -> Wanted:
    """Respect that the user put it off."""
    if wanted.snoozed_until is None:
        return wanted
    until = datetime.fromisoformat(wanted.snoozed_until).astimezone(clock.settings.zone)
    due = max(wanted.due, clock.close_of(until.toordinal())) if until > wanted.due else wanted.due
    status: TaskStatus = "waiting" if until > clock.now else "open"
    return wanted._replace(due=due, floor=max(wanted.floor, until), status=status)


def _questions(person: Person) -> str:
    asked = []
    if not person.met.event:
        asked.append("where did you meet?")
    if "topic" not in person.traits:
        asked.append("what did you talk about?")
    if "promise" not in person.traits:
        asked.append("did you promise anything?")
    if "strategy" not in person.traits:
        asked.append("how do they fit?")
    return " ".join(asked) or "anything to add?"


def _names(group: Sequence[Person]) -> str:
    names = [person.name for person in group]
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
