"""Contacts as the commands see them: the cards of the store or a pipe, those of one contact folded into one.

This is the one place where that happens. What writes cards (review, note, tasks keep) works on cards as read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cardscan.record import Card, Kinship, KinshipDecision, KinshipJudge, Task

if TYPE_CHECKING:
    from cardscan.kinship import Folded
    from cardscan.plan import Contacted
    from cardscan.store import LogEntry, Store

CONTACTED: Final = "contacted"
TRIED: Final = "tried"


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the store holds, by contact."""

    cards: list[Card]
    tasks: list[Task]
    log: list[Contacted]


def folded(store: Store, cards: Iterable[Card]) -> Folded:
    """One card for each contact, by what was decided in the store."""
    from cardscan.kinship import fold

    return fold(cards, store.kinships())


def folded_pipe(store: Store, cards: Sequence[Card]) -> Folded:
    """The same for cards that came through a pipe: those the store does not know are merged where that is sure."""
    from cardscan.kinship import agreed, features_by_id, find_persons, fold

    log = store.kinships()
    features = features_by_id(cards)
    known = {card_id for each in log for card_id in each.pair}
    fresh = {card.id for card in cards} - known
    sure = agreed(find_persons(cards, features, among=fresh), log, features) if fresh else []
    return fold(cards, [*log, *(decided(each, "rule", None) for each in sure)])


def contacts_of(store: Store) -> Contacts:
    """Cards, tasks and the log of contact, each under the contact it belongs to.

    Raises:
        ConfigError: The playbook of the settings cannot be read.
    """
    from cardscan.cli.planning import user_playbook, user_settings
    from cardscan.plan import retold

    found = folded(store, store.cards())
    tasks: Sequence[Task] = store.tasks()
    if found.contact_of:
        playbook = user_playbook(user_settings().playbook)
        tasks = retold(tasks, found.cards, found.contact_of, playbook).tasks
    return Contacts(list(found.cards), list(tasks), contact_log(store.log(), found))


def contact_log(entries: Iterable[LogEntry], contacts: Folded | None = None) -> list[Contacted]:
    """Contact outside the plan, from the store's log."""
    from cardscan.plan import Contacted

    of = contacts.contact_of if contacts is not None else {}
    return [
        Contacted(
            of.get(entry.contact_id, entry.contact_id), datetime.fromisoformat(entry.at), entry.text,
            entry.kind == CONTACTED,
        )
        for entry in entries
        if entry.contact_id is not None and entry.kind in (CONTACTED, TRIED)
    ]  # fmt: skip


def decided(proposal: Kinship, by: KinshipJudge, at: datetime | None, decision: KinshipDecision = "merged") -> Kinship:
    """A proposal with what was made of it."""
    moment = at.isoformat(timespec="seconds") if at is not None else None
    return replace(proposal, decision=decision, by=by, at=moment)
