"""Tasks of cards that have become one contact since they were planned, told as that contact's.

What was done for one of the cards was done for the contact; what was promised on one is owed once. The tasks as kept
stay as they are, so that parting the cards brings everything back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cardscan.plan.person import item_key
from cardscan.plan.playbook import Playbook, Step
from cardscan.plan.wanted import CLOSED, task_id
from cardscan.record import Card, Offer, Promise, Task

_MOST_REPEATS: Final = 24
"""Words in a row whose history is looked for: two years of keeping in touch month by month."""


@dataclass(frozen=True, slots=True)
class Retold:
    """Tasks by contact, and the ids of open ones that another task stands for now."""

    tasks: tuple[Task, ...]
    superseded: tuple[str, ...]


def retold(
    tasks: Sequence[Task], cards: Iterable[Card], contact_of: Mapping[str, str], playbook: Playbook
) -> Retold:  # fmt: skip
    """Tell every task as that of the contact its card has become part of.

    Args:
        tasks: As the store has them.
        cards: One for each contact (`kinship.fold`).
        contact_of: Id of the contact by id of each card that was folded into it.
        playbook: Whose steps the ids are made of.
    """
    renamed = {old: new for card in cards if card.kin for old, new in _renamed(card, playbook)}
    found: dict[str, Task] = {}
    superseded = []
    for task in sorted(tasks, key=lambda each: each.id in renamed):
        new = renamed.get(task.id, task.id)
        told = replace(task, id=new, contact_id=contact_of.get(task.contact_id or "", task.contact_id))
        if new != task.id and task.status not in CLOSED:
            superseded.append(task.id)
        held = found.get(new)
        if held is not None and held.status not in CLOSED and told.status in CLOSED:
            superseded.append(new)  # what is still open for one card was done for the other
        if held is None or (held.status not in CLOSED and told.status in CLOSED):
            found[new] = told
    return Retold(tuple(found.values()), tuple(superseded))


def _renamed(card: Card, playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Ids of tasks that may have been planned for a card of a contact, each with the id it has as the contact's.

    Promises and offers of all cards; all else only of cards of the last meeting: whoever is met again is followed up
    again.
    """
    series = card.last_met or card.id
    told: list[Promise | Offer] = []
    for note in card.notes:
        told += [*note.facts.promises, *note.facts.offers]
    items = {item_key(each.what) for each in told}
    last_day = card.event.met_on or ""
    members = {kin.id: not kin.event.met_on or kin.event.met_on >= last_day for kin in card.kin}
    members[card.id] = card.last_met is None
    for member, is_last in members.items():
        for step in playbook.steps:
            if member != series and step.scope == "contact":
                for key in items if step.each else _keys(step) if is_last else ():
                    yield task_id(member, step.id, key), task_id(series, step.id, key)


def _keys(step: Step) -> Iterable[str]:
    return (str(number) for number in range(1, _MOST_REPEATS + 1)) if step.repeat else ("",)
