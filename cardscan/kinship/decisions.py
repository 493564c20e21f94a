"""Which decisions hold, what they make of the cards, and which proposals may be carried out without a word.

The store keeps every decision, one after the other; the last one about two cards holds. What a person decided is never
changed by a rule: two cards that a person parted are not joined again, neither directly nor over a third card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from cardscan.kinship.features import Features
from cardscan.kinship.names import compare_names
from cardscan.record import Card, Kinship

Pair = frozenset[str]


def standing(log: Iterable[Kinship]) -> dict[Pair, Kinship]:
    """The decision that holds about each two cards, in the order in which they were first decided about."""
    found: dict[Pair, Kinship] = {}
    for each in log:
        if each.decision is not None and len(each.pair) == 2:
            found[each.pair] = each
    return found


def groups_of(cards: Iterable[Card], log: Iterable[Kinship]) -> list[list[str]]:
    """Ids that make one contact, the one that stands for it first; groups of one are left out.

    Joined are cards whose kinship was decided, and the sides that the cards themselves name. The first of a group is
    the one that was never folded into another; of several such, the one that was decided about first.
    """
    known = {card.id: card for card in cards}
    decided = standing(log)
    links = [each for each in decided.values() if each.decision == "merged" and each.pair <= known.keys()]
    parted = {pair for pair, each in decided.items() if each.decision != "merged"}
    links += [side for side in _named_sides(known.values()) if side.pair <= known.keys() and side.pair not in parted]
    groups = _Groups()
    for each in links:
        groups.join(each.card, each.other)
    folded = {each.other for each in links}
    order = {
        card_id: place for place, card_id in enumerate(_each(id_ for link in links for id_ in (link.card, link.other)))
    }
    found = []
    for group in groups.found():
        first = min(group, key=lambda id_: (id_ in folded, known[id_].source.side == "back", order[id_]))
        found.append([first, *sorted(group - {first}, key=order.__getitem__)])
    return sorted(found, key=lambda group: order[group[0]])


def backs_of(cards: Iterable[Card], log: Iterable[Kinship]) -> set[str]:
    """Ids of the cards that are the back of another one, by decision or by what either card names."""
    decided = standing(log)
    links = [each for each in decided.values() if each.kind == "side" and each.decision == "merged"]
    links += [each for each in _named_sides(cards) if each.pair not in decided]
    return {each.other for each in links}


def agreed(
    proposals: Sequence[Kinship], log: Sequence[Kinship], features: Mapping[str, Features]
) -> list[Kinship]:  # fmt: skip
    """The sure proposals that may be carried out: no person decided about them, and no two people come together.

    One that follows from others over a third card is left out when two cards of the group are by name two people, or
    when a person parted them.
    """
    decided = standing(log)
    parted = {pair for pair, each in decided.items() if each.decision != "merged"}
    groups = _Groups()
    for pair, each in decided.items():
        if each.decision == "merged":
            groups.join(*sorted(pair))
    found = []
    for each in sorted(proposals, key=lambda one: -len(one.reasons)):
        if not each.sure or each.pair in decided or not each.pair <= features.keys():
            continue
        first, second = groups.of(each.card), groups.of(each.other)
        if first is not second and not _apart(first, second, parted, features):
            groups.join(each.card, each.other)
            found.append(each)
    return found


def undecided(proposals: Iterable[Kinship], log: Iterable[Kinship]) -> list[Kinship]:
    """Proposals that are still open: neither carried out nor ruled out; taken back ones are to be asked again."""
    log = list(log)
    closed = {pair for pair, each in standing(log).items() if each.decision in ("merged", "different")}
    return [each for each in proposals if each.pair not in closed]


def _apart(
    first: Collection[str], second: Collection[str], parted: Collection[Pair], features: Mapping[str, Features]
) -> bool:
    for a in first:
        for b in second:
            if frozenset((a, b)) in parted:
                return True
            if a in features and b in features and compare_names(features[a].names, features[b].names) == "conflict":
                return True
    return False


def _named_sides(cards: Iterable[Card]) -> Iterable[Kinship]:
    """The pairs of sides that cards name in `source`."""
    for card in cards:
        if card.source.other_side and card.source.other_side != card.id:
            pair = (
                (card.source.other_side, card.id) if card.source.side == "back" else (card.id, card.source.other_side)
            )
            yield Kinship("side", *pair, sure=True)


def _each(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


class _Groups:
    """Sets of ids that grow together."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def of(self, card_id: str) -> set[str]:
        return self._of.setdefault(card_id, {card_id})

    def join(self, first: str, second: str) -> None:
        one, two = self.of(first), self.of(second)
        if one is two:
            return
        small, large = sorted((one, two), key=len)
        large |= small
        for each in small:
            self._of[each] = large

    def found(self) -> list[set[str]]:
        return list({id(group): group for group in self._of.values() if len(group) > 1}.values())
