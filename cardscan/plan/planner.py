"""Cards, what was done, and now: to a plan. Pure: the same values give the same plan, whenever and wherever."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cardscan.plan import contacts, focus, gatherings, warnings
from cardscan.plan.contacts import Contacted
from cardscan.plan.dating import Clock
from cardscan.plan.gatherings import Mailing
from cardscan.plan.met import meeting_of
from cardscan.plan.outline import Outlines
from cardscan.plan.person import Person, people, unread, with_focus
from cardscan.plan.playbook import Playbook, Step
from cardscan.plan.schedule import schedule
from cardscan.plan.unfold import Unfolding
from cardscan.plan.wanted import CLOSED, Entry, Wanted
from cardscan.record import Card, Task
from cardscan.settings import Settings

DISMISSED = "the card was dismissed"


@dataclass(frozen=True, slots=True)
class Plan:
    """What make_plan gives.

    Attributes:
        tasks: Every task of the people planned for, those to do first in front, closed ones last.
        removed: Ids of open tasks that the plan does not ask for any more.
        warnings: What the user should know: deadlines that cannot be kept, too many people for one event, and so on.
    """

    tasks: tuple[Task, ...]
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Planning makes hundreds of thousands of values and no cycles; looking for cycles took a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collector_paused()
def make_plan(
    cards: Sequence[Card],
    tasks: Sequence[Task],
    log: Sequence[Contacted],
    now: datetime,
    settings: Settings,
    playbook: Playbook,
    *,
    only: frozenset[str] | None = None,
    begin: datetime | None = None,
) -> Plan:
    """Plan the follow-up of contacts.

    Args:
        cards: All cards.
        tasks: All tasks as they stand; what is done or dropped stays so, what is open is brought up to date.
        log: Contact outside the plan.
        now: The moment of planning, aware.
        settings: The user's days and hours, and `focus`.
        playbook: What to do.
        only: Ids of the contacts to plan for; the others' tasks keep their slots and are not given back, unless an
            agreed meeting takes their time: then they are planned too. None: all.
        begin: Nothing gets a slot before this.

    Returns:
        The plan; made again with its own tasks it is the same.
    """
    clock = Clock.of(settings, now)
    every = tasks
    tasks, others = _parted(tasks, cards, only)
    prior = {task.id: task for task in tasks}
    everyone = _people(cards, clock, only)
    groups = focus.by_event(everyone)
    if settings.focus:
        kept = frozenset(card.id for card in cards if card.review.triage == "keep")
        best = focus.chosen(groups, settings.focus, kept)
        everyone = [with_focus(person, person.id in best) for person in everyone]
        groups = focus.by_event(everyone)
    planned = [person for person in everyone if only is None or person.id in only]
    touches = contacts.touches(tasks, log)
    outlines = Outlines(playbook)
    unfolded = {
        person.id: Unfolding(outlines, clock, person, prior, contacts.of(touches, person.id)) for person in planned
    }
    entries = {person_id: unfolding.entries for person_id, unfolding in unfolded.items()}
    shared = _shared(playbook, everyone, planned, entries, cards, prior, others, clock)
    everything = [entry for group in (*entries.values(), shared) for entry in group]
    blank = [card for card in unread(cards) if only is None or card.id in only]
    asked = {person.id for person in planned} | {card.id for card in blank}
    dropped, removed, kept_alive = _left_over(tasks, everything, asked, cards, only, clock)
    everything += [*dropped, *kept_alive]
    known = {entry.id for entry in everything} | set(removed)
    wanted = _behind_supplies([entry for entry in everything if isinstance(entry, Wanted)])
    if only is not None and (in_the_way := _in_the_way(wanted, others)):
        more = only | in_the_way
        return make_plan(cards, every, log, now, settings, playbook, only=more, begin=begin)
    standing = [task for task in tasks if task.id not in known] + others
    starts = schedule(wanted, clock, _slots(wanted, prior), standing, begin)
    wanted = _with_expected_dates(wanted, starts, unfolded)
    done = [entry for entry in everything if isinstance(entry, Task)]
    open_tasks = [each.task(starts.get(each.id)) for each in wanted]
    found = (
        *(focus.too_many(groups, settings.limit) if not settings.focus else ()),
        *warnings.of_plan(wanted, starts, clock),
        *warnings.of_people(planned, playbook),
        *warnings.of_unread(blank),
    )
    order = sorted([*open_tasks, *done], key=lambda task: sort_key(task, clock.now))
    return Plan(tuple(order), removed, tuple(found))


def sort_key(task: Task, now: datetime) -> tuple[bool, bool, int, str, str]:
    """The order of every list: overdue promises, then by priority (starred first), then by deadline; closed last."""
    closed = task.status in CLOSED
    due = datetime.fromisoformat(task.due).timestamp() if task.due else float("inf")
    overdue_promise = not closed and task.promise is not None and due < now.timestamp()
    return (closed, not overdue_promise, task.priority, f"{due:020.0f}", task.id)


def _people(cards: Sequence[Card], clock: Clock, only: frozenset[str] | None) -> list[Person]:
    """The people to look at: all, or those planned for and the others of their events."""
    zone, today = clock.settings.zone, clock.now.date()
    if only is None:
        return people(cards, zone, today)

    def key(card: Card) -> focus.EventKey:
        if not card.notes and card.event.name:
            return focus.named(card.event.name)
        return focus.event_key(meeting_of(card, zone, today))

    keys = {key(card) for card in cards if card.id in only}
    return people([card for card in cards if key(card) in keys], zone, today)


def _parted(tasks: Sequence[Task], cards: Sequence[Card], only: frozenset[str] | None) -> tuple[list[Task], list[Task]]:
    """The tasks that the plan is about, and those of others that are open."""
    about = {card.id for card in cards} if only is None else only
    mine: list[Task] = []
    others: list[Task] = []
    for task in tasks:
        if task.contact_id is None or task.contact_id in about:
            mine.append(task)
        elif task.status not in CLOSED:
            others.append(task)
    return mine, others


def _in_the_way(wanted: Sequence[Wanted], others: Sequence[Task]) -> frozenset[str]:
    """The contacts whose tasks have the time of an agreed meeting, which cannot be moved."""
    meetings = [(each.fixed, each.fixed + timedelta(minutes=each.minutes)) for each in wanted if each.fixed]
    days = {(begin + delta * timedelta(days=1)).date().isoformat() for begin, _ in meetings for delta in (-1, 0, 1)}
    found: set[str] = set()
    for task in others:
        if task.start and task.start[:10] in days and task.contact_id and task.kind != "meeting":
            start = datetime.fromisoformat(task.start)
            end = start + timedelta(minutes=task.minutes)
            if any(begin < end and start < until for begin, until in meetings):
                found.add(task.contact_id)
    return frozenset(found)


def _shared(
    playbook: Playbook, everyone: Sequence[Person], planned: Sequence[Person],
    entries: Mapping[str, Sequence[Entry]], cards: Sequence[Card], prior: Mapping[str, Task],
    others: Sequence[Task], clock: Clock,
) -> list[Entry]:  # fmt: skip
    """Debriefs of the days on which people planned for were met, and the supplies for all."""
    found: list[Entry] = []
    step = gatherings.step_of_scope(playbook, "event")
    if step is not None:
        keys = {gatherings.debrief_key(person.met) for person in planned}
        groups: dict[gatherings.DebriefKey, list[Person]] = {key: [] for key in sorted(keys)}
        for person in everyone:
            if (key := gatherings.debrief_key(person.met)) in groups:
                groups[key].append(person)
        made = (gatherings.debrief(step, group, clock, prior, playbook.name) for group in groups.values())
        found += [entry for entry in made if entry is not None]
    step = gatherings.step_of_scope(playbook, "all")
    if step is not None:
        mailings = _mailings(planned, entries, cards, others)
        found += gatherings.supplies(step, mailings, clock, prior, playbook.name)
    return found


def _mailings(
    planned: Sequence[Person], entries: Mapping[str, Sequence[Entry]], cards: Sequence[Card],
    others: Sequence[Task],
) -> list[Mailing]:  # fmt: skip
    found = []
    for person in planned:
        for entry in entries[person.id]:
            if isinstance(entry, Wanted) and entry.step.kind == "handwritten-note":
                has_address, met = "address" in person.traits, person.met.moment
                found.append(Mailing(entry.id, entry.due, has_address, person.name, met, person.priority))
    notes = [task for task in others if task.kind == "handwritten-note" and task.due]
    if notes:
        with_address = {card.id for card in cards if card.contact and card.contact.addresses}
        for task in notes:
            due = datetime.fromisoformat(task.due or "")
            has_address = task.contact_id in with_address
            met = due - timedelta(days=1)
            found.append(Mailing(task.id, due, has_address, task.contact_name or "", met, task.priority))
    return found


def _behind_supplies(wanted: list[Wanted]) -> list[Wanted]:
    """Cards are written after the supplies are there; a card does not wait for them, though: there may be some."""
    supplies = next((each.id for each in wanted if each.step.kind == "supplies"), None)
    if supplies is None:
        return wanted
    return [
        each._replace(after=(*each.after, (supplies, None))) if each.step.kind == "handwritten-note" else each
        for each in wanted
    ]


def _with_expected_dates(
    wanted: list[Wanted], starts: Mapping[str, datetime], unfolded: Mapping[str, Unfolding]
) -> list[Wanted]:
    """Date again what follows tasks whose slot is past their deadline: it counts from when they can be done."""
    late: dict[str, dict[str, datetime]] = {}
    for each in wanted:
        start = starts.get(each.id)
        if start is not None and each.person is not None:
            end = start + timedelta(minutes=each.minutes)
            if end > each.due:
                late.setdefault(each.person.id, {})[each.id] = end
    again = {each.id: each for person_id, expected in late.items() for each in unfolded[person_id].redated(expected)}
    return [again.get(each.id, each) for each in wanted]


def _left_over(
    tasks: Sequence[Task], everything: Sequence[Entry], planned: set[str], cards: Sequence[Card],
    only: frozenset[str] | None, clock: Clock,
) -> tuple[list[Task], tuple[str, ...], list[Entry]]:  # fmt: skip
    """Tasks that the plan did not ask for again: those to drop, ids to remove, and those that stay all the same.

    A promise outlives notes, playbooks and focus: only the user ends it. Closed tasks are history.
    """
    asked = {entry.id for entry in everything}
    dismissed = {card.id for card in cards if card.review.status == "dismissed"}
    dropped: list[Task] = []
    removed: list[str] = []
    staying: list[Entry] = []
    for task in tasks:
        if task.id in asked:
            continue
        is_dismissed = task.contact_id in dismissed and (only is None or task.contact_id in only)
        if is_dismissed or task.contact_id in planned or (task.contact_id is None and only is None):
            if task.status in CLOSED:
                staying.append(task)
            elif task.promise is None:
                removed.append(task.id)
            elif is_dismissed:
                completed = clock.now.isoformat(timespec="seconds")
                dropped.append(replace(task, status="dropped", reason=DISMISSED, completed=completed, start=None))
            else:
                staying.append(_standing(task, clock))
    return dropped, tuple(removed), staying


def _standing(task: Task, clock: Clock) -> Wanted:
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


def _slots(wanted: Sequence[Wanted], prior: Mapping[str, Task]) -> dict[str, datetime]:
    found = {}
    for each in wanted:
        known = prior.get(each.id)
        if known is not None and known.start:
            found[each.id] = datetime.fromisoformat(known.start)
    return found
