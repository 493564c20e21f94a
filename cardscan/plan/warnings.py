"""What the user should know about a plan, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cardscan.plan.dating import Clock
from cardscan.plan.hours import common_hours_stretched
from cardscan.plan.person import Person
from cardscan.plan.playbook import Playbook
from cardscan.plan.wanted import Wanted
from cardscan.plan.whereabouts import known_zone
from cardscan.plan.wording import dated_words
from cardscan.record import Card

_NAMED = 3


def of_plan(wanted: Sequence[Wanted], starts: Mapping[str, datetime], clock: Clock) -> list[str]:
    """Deadlines that cannot be kept, meetings at one time, and calls at odd hours."""
    found = []
    overdue = [each for each in wanted if each.due < clock.now and each.status == "open"]
    late = [
        each
        for each in wanted
        if each.due >= clock.now and (start := starts.get(each.id)) is not None and end_of(each, start) > each.due
    ]
    if overdue:
        found.append(f"{_count(len(overdue), 'task is', 'tasks are')} overdue: {_named(overdue)}.")
    if late:
        last = max(starts[each.id] for each in late)
        found.append(
            f"{_count(len(late), 'deadline', 'deadlines')} cannot be kept in {clock.settings.block} a day: "
            f"{_named(late)}. The last of them is done on {dated_words(last)}; a longer --block or a --focus helps."
        )
    for each in wanted:
        if each.fixed is not None and each.id not in starts and each.fixed > clock.now:
            found.append(f"Two meetings at one time: {each.title}.")
    odd = {
        each.person.name: each.person.place.zone
        for each in wanted
        if each.step.office_hours and each.person is not None and _is_odd(each, starts, clock)
    }
    for name, zone in list(odd.items())[:_NAMED]:
        found.append(
            f"Your office hours and those of {name} ({zone}) never meet: the call is early or late for one of you."
        )
    return found


def of_people(everyone: Sequence[Person], playbook: Playbook) -> list[str]:
    """People without a date of meeting, and promises that the playbook says nothing about."""
    found = []
    undated = [person.name for person in everyone if person.met.source is None]
    if undated:
        names = _names(undated)
        found.append(
            f"No date of meeting for {names}: counted from today. Say it with `cardscan scan --met-on`, or in review."
        )
    promised = [person.name for person in everyone if person.promises]
    if promised and not any(step.each == "promise" for step in playbook.steps):
        found.append(
            f"The playbook {playbook.name} plans no promises, and you promised something to {_names(promised)}."
        )
    return found


def of_unread(cards: Sequence[Card]) -> list[str]:
    """Cards on which nothing was read: nobody is followed up for them."""
    if not cards:
        return []
    count = _count(len(cards), "card", "cards")
    return [
        f"Nothing was read on {count}, so no follow-up: {_names([card.id for card in cards])}. See `cardscan review`."
    ]


def end_of(each: Wanted, start: datetime) -> datetime:
    """When a task is done that begins then."""
    return start + timedelta(minutes=each.minutes)


def _is_odd(each: Wanted, starts: Mapping[str, datetime], clock: Clock) -> bool:
    start = starts.get(each.id)
    zone = known_zone(each.person.place.zone) if each.person else None
    if start is None or zone is None:
        return False
    return common_hours_stretched(start.toordinal(), clock.hours, zone)


def _named(wanted: Sequence[Wanted]) -> str:
    ordered = sorted(wanted, key=lambda each: (each.priority, each.due, each.id))
    return _names([each.title for each in ordered], "; ")


def _names(names: Sequence[str], between: str = ", ") -> str:
    shown = between.join(names[:_NAMED])
    return f"{shown}{between}and {len(names) - _NAMED} more" if len(names) > _NAMED else shown


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
