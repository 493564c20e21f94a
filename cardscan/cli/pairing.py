"""While photos come in: fronts and backs find each other, and cards of people known already find those."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cardscan.cli.contacts import decided
from cardscan.record import Card, Kinship

if TYPE_CHECKING:
    from cardscan.batch import Outcome
    from cardscan.store import Store

_LOOK_AHEAD: Final = 2
"""Photos that are seen after one before its sides are settled."""


@dataclass(frozen=True, slots=True)
class Merged:
    """How many cards went into a contact that was there, and how many wait for a person's word."""

    merged: int
    to_ask: int


class SideFinder:
    """Pairs the cards of photos that follow each other, as outcomes pass through.

    An outcome is held back until two more are there: the next photo may show its other side, and the one after that
    may have the better claim to it. What was decided before holds: cards that were paired are so again after a rescan,
    cards that a person parted stay apart.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        from cardscan.kinship import standing

        self._store = store
        self._now = now
        self._decisions = standing(store.kinships())
        self._sides: dict[str, Kinship] = {}
        self._remember(self._decisions.values())
        self._pending: deque[Outcome] = deque()
        self._last: Outcome | None = None

    def pass_through(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Give outcomes, which the store must hold already, in their order, their cards with `side` and `other_side`.

        The last one is remembered for the next call, whose first photo may show its other side.
        """
        for outcome in outcomes:
            self._pending.append(outcome)
            if len(self._pending) > _LOOK_AHEAD:
                self._pair(settled=1)
                self._last = None
                yield self._pending.popleft()
        self._pair(settled=len(self._pending))
        while self._pending:
            self._last = self._pending.popleft()
            yield self._last

    def _pair(self, settled: int) -> None:
        """Find pairs among what is held back, and keep those of the first so many outcomes."""
        from cardscan.kinship import features_by_id, find_sides

        held = [*([self._last] if self._last is not None else []), *self._pending]
        cards = list({card.id: self._with_known_side(card) for outcome in held for card in outcome.cards}.values())
        final = len(held) - len(self._pending) + settled
        ripe = {card.id for outcome in held[:final] for card in outcome.cards}
        found = find_sides(cards, features_by_id(cards))
        fresh = [each for each in found if each.sure and each.pair & ripe and each.pair not in self._decisions]
        new = [decided(each, "rule", self._now()) for each in fresh]
        self._decisions |= {each.pair: each for each in new}
        self._remember(new)
        before = {card.id: card.source for outcome in held for card in outcome.cards}
        after = {card.id: self._with_known_side(card) for card in cards}
        changed = [card for card in after.values() if card.source != before[card.id]]
        if new or changed:
            self._store.put_kinships(new, _as_stored(self._store, changed))
        for place, outcome in enumerate(self._pending):
            self._pending[place] = replace(outcome, cards=tuple(self._with_known_side(card) for card in outcome.cards))

    def _remember(self, decisions: Iterable[Kinship]) -> None:
        sides = [each for each in decisions if each.kind == "side" and each.decision == "merged"]
        self._sides |= {card_id: each for each in sides for card_id in (each.card, each.other)}

    def _with_known_side(self, card: Card) -> Card:
        kinship = self._sides.get(card.id)
        return with_side(card, kinship) if kinship is not None else card


def with_side(card: Card, kinship: Kinship) -> Card:
    """A card of a pair of sides with `side` and `other_side` as was decided; taken back, it is a front again."""
    is_back = kinship.other == card.id
    other = kinship.card if is_back else kinship.other
    if kinship.decision not in (None, "merged"):
        return replace(card, source=replace(card.source, side="front", other_side=None))
    return replace(card, source=replace(card.source, side="back" if is_back else "front", other_side=other))


def merge_known(store: Store, fresh: Iterable[str], at: datetime) -> Merged:
    """Merge fresh cards with those of the same card or person where that is sure, and count what is to be asked."""
    from cardscan.kinship import agreed, features_by_id, find_persons, undecided

    among = set(fresh)
    if not among:
        return Merged(0, 0)
    cards, log = list(store.cards()), store.kinships()
    features = features_by_id(cards)
    proposals = undecided(find_persons(cards, features, among=among), log)
    sure = agreed(proposals, log, features)
    if sure:
        store.put_kinships([decided(each, "rule", at) for each in sure])
    return Merged(len(sure), sum(not each.sure for each in proposals))


def _as_stored(store: Store, changed: Sequence[Card]) -> list[Card]:
    """The changed cards as the store is to keep them: only the sides change; the path they were kept with stays."""
    kept = []
    for card in changed:
        for held in store.cards_of(card.source.sha256) if card.source.sha256 else ():
            if held.id == card.id:
                source = replace(held.source, side=card.source.side, other_side=card.source.other_side)
                kept.append(replace(held, source=source))
    return kept
