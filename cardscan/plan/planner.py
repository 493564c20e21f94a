"""Cards, what was done, and now: to a plan. Pure: the same values give the same plan, whenever and wherever."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial

from cardscan.plan import contacts, focus, gatherings, selection, warnings
from cardscan.plan.contacts import Contacted
from cardscan.plan.dating import Clock
from cardscan.plan.hours import timestamp_of
from cardscan.plan.leftover import left_over
from cardscan.plan.outline import Outlines
from cardscan.plan.person import Person, people, unread, with_focus
from cardscan.plan.playbook import Playbook
from cardscan.plan.schedule import schedule
from cardscan.plan.steady import still_right
from cardscan.plan.unfold import Unfolding
from cardscan.plan.wanted import CLOSED, Entry, Wanted
from cardscan.record import Card, Task
from cardscan.settings import Settings


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
            # What was made counts as old, or the collector would go through all of it at once.
            gc.freeze()
            gc.unfreeze()
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
    zone, today = settings.zone, clock.now.date()
    mine, others = selection.parted(tasks, frozenset(card.id for card in cards) if only is None else only)
    prior = {task.id: task for task in mine}
    everyone = people(cards if only is None else selection.of_their_events(cards, only, zone, today), zone, today)
    groups = focus.by_event(everyone)
    if settings.focus:
        kept = frozenset(card.id for card in cards if card.review.triage == "keep")
        best = focus.chosen(groups, settings.focus, kept)
        everyone = [with_focus(person, person.id in best) for person in everyone]
        groups = focus.by_event(everyone)
    planned = [person for person in everyone if only is None or person.id in only]
    touches = contacts.touches(mine, log)
    outlines = Outlines(playbook)

    def unfold() -> dict[str, Unfolding]:
        return {
            person.id: Unfolding(outlines, clock, person, prior, contacts.of(touches, person.id)) for person in planned
        }

    unfolded = unfold()
    entries = {person_id: unfolding.entries for person_id, unfolding in unfolded.items()}
    shared = _shared(playbook, everyone, planned, entries, cards, prior, others, clock)
    everything = [entry for group in (*entries.values(), shared) for entry in group]
    blank = unread(card for card in cards if only is None or card.id in only)
    asked = {entry.id for entry in everything}
    staying, removed = left_over(
        mine, asked, {person.id for person in planned} | {card.id for card in blank}, cards, only, clock
    )
    everything += staying
    wanted = _behind_supplies([entry for entry in everything if isinstance(entry, Wanted)])
    if only is not None and (in_the_way := selection.in_the_way(wanted, others)):
        more = only | in_the_way
        return make_plan(cards, tasks, log, now, settings, playbook, only=more, begin=begin)
    known = asked.union((entry.id for entry in staying), removed)
    standing = [task for task in mine if task.id not in known] + others
    slots = _slots(wanted, prior)
    starts = schedule(wanted, clock, slots, standing, begin)
    if only is not None and starts != slots and starts.keys() <= slots.keys():
        # A plan for all closes up the queue of what is late. Planned alone, a contact of whom nothing is new stays.
        slots = {identity: slot.astimezone(zone) for identity, slot in slots.items()}
        before = _with_expected_dates(wanted, slots, unfold())
        unchanged = all(each.task(slots.get(each.id)) == prior.get(each.id) for each in before)
        if unchanged and still_right(wanted, slots, clock, standing, begin or now):
            starts = slots
    wanted = _with_expected_dates(wanted, starts, unfolded)
    found = (
        *(focus.too_many(groups, settings.limit) if not settings.focus else ()),
        *warnings.of_plan(wanted, starts, clock),
        *warnings.of_people(planned, playbook),
        *warnings.of_unread(blank),
    )
    closed = [entry for entry in everything if isinstance(entry, Task)]
    every = [*(each.task(starts.get(each.id)) for each in wanted), *closed]
    every.sort(key=partial(sort_key, now=clock.now))
    return Plan(tuple(every), removed, found)


def sort_key(task: Task, now: datetime) -> tuple[bool, bool, int, str, str]:
    """The order of every list: overdue promises, then by priority (starred first), then by deadline; closed last."""
    closed, due = task.status in CLOSED, task.due
    is_promise = task.promise is not None and due is not None and not closed
    overdue_promise = is_promise and timestamp_of(due or "") < now.timestamp()
    return (closed, not overdue_promise, task.priority, _deadline_order(due), task.id)


@lru_cache(maxsize=1 << 16)
def _deadline_order(due: str | None) -> str:
    return f"{timestamp_of(due) if due else float('inf'):020.0f}"


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
        to_mail = gatherings.mailings(planned, entries, cards, others)
        found += gatherings.supplies(step, to_mail, clock, prior, playbook.name)
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


def _slots(wanted: Sequence[Wanted], prior: Mapping[str, Task]) -> dict[str, datetime]:
    """The slots that tasks had before."""
    if not prior:
        return {}
    found = {}
    for each in wanted:
        known = prior.get(each.id)
        if known is not None and known.start:
            found[each.id] = datetime.fromisoformat(known.start)
    return found
