"""Precision and recall of merging over the situations: `python -m tests.kinship.score [tuned|held_back]`.

A merge is a pair of cards that becomes one contact without a person's word. Pairs follow from each other (if A is B and
B is C, A is C), so both sides are closed over before they are compared. A question asked about two people counts as
needless, not as wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cardscan.kinship import features_by_id, find_persons, find_sides
from cardscan.record import Kinship
from tests.kinship.situations import Situation, load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one situation: pairs as sets of two ids."""

    situation: Situation
    merged: frozenset[frozenset[str]]
    expected: frozenset[frozenset[str]]
    asked: frozenset[frozenset[str]]
    wrong_sides: frozenset[tuple[str, str]]
    proposals: tuple[Kinship, ...]

    @property
    def wrong(self) -> frozenset[frozenset[str]]:
        """Merged, and two people."""
        return self.merged - self.expected

    @property
    def missed(self) -> frozenset[frozenset[str]]:
        """One contact, and not merged."""
        return self.expected - self.merged

    @property
    def unasked(self) -> frozenset[frozenset[str]]:
        """To be asked, and not proposed."""
        wanted = frozenset(frozenset(pair) for pair in self.situation.ask)
        return wanted - self.asked

    @property
    def needless(self) -> frozenset[frozenset[str]]:
        """Asked about two people."""
        wanted = frozenset(frozenset(pair) for pair in self.situation.ask)
        return self.asked - wanted - self.expected


def outcome(situation: Situation) -> Outcome:
    """Let the rules loose on one situation."""
    features = features_by_id(situation.cards)
    sides = find_sides(situation.cards, features)
    backs = {each.other for each in sides if each.sure}
    persons = find_persons([card for card in situation.cards if card.id not in backs], features)
    proposals = (*sides, *persons)
    merged = closed(each.pair for each in proposals if each.sure)
    expected = closed(frozenset(pair) for pair in situation.side | situation.same)
    told = {(each.card, each.other) for each in sides if each.sure}
    return Outcome(
        situation,
        merged,
        expected,
        frozenset(each.pair for each in proposals if not each.sure),
        frozenset(told - situation.side),
        proposals,
    )


def closed(pairs: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """All pairs that follow from these."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        joined = set().union(*(groups.get(each, {each}) for each in pair))
        for each in joined:
            groups[each] = joined
    return frozenset(frozenset(pair) for group in groups.values() for pair in combinations(sorted(group), 2))


def main(names: list[str]) -> int:
    """Print the table, and what went wrong."""
    for name in names or ["tuned", "held_back"]:
        found = [outcome(situation) for situation in load(name)]
        merged, wrong = sum(len(each.merged) for each in found), sum(len(each.wrong) for each in found)
        expected, missed = sum(len(each.expected) for each in found), sum(len(each.missed) for each in found)
        sides = sum(len(each.wrong_sides) for each in found)
        asks, unasked = sum(len(each.situation.ask) for each in found), sum(len(each.unasked) for each in found)
        print(
            f"{name}: {len(found)} situations; merges {merged}, wrong {wrong}, precision"
            f" {1 - wrong / max(1, merged):.3f}; to merge {expected}, missed {missed}, recall"
            f" {1 - missed / max(1, expected):.3f}; wrong sides {sides}; to ask {asks}, unasked {unasked};"
            f" needless questions {sum(len(each.needless) for each in found)}"
        )
        for each in found:
            for label in ("wrong", "missed", "wrong_sides", "unasked", "needless"):
                for pair in getattr(each, label):
                    print(f"  {label:11} {each.situation.name}: {', '.join(sorted(pair))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
