"""A person's word that two cards are one contact, or the sides of one, as `cardscan merge` lists and takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cardscan.kinship import fold, judge, standing
from cardscan.record import Card, Kinship, KinshipDecision


def fronts_of(back: Card, cards: Iterable[Card], log: Iterable[Kinship]) -> list[Card]:
    """The cards that a card is the back of, as was decided or as they name it themselves.

    Args:
        back: The card asked about.
        cards: Every card.
        log: Decisions until now, oldest first.
    """
    held = standing(log)

    def is_front(card: Card) -> bool:
        decided = held.get(frozenset((card.id, back.id)))
        if decided is None:
            return card.source.side != "back" and card.source.other_side == back.id
        return (decided.kind, decided.decision, decided.card) == ("side", "merged", card.id)

    return [card for card in cards if is_front(card)]


def paired(front: Card, back: Card, left: Iterable[Card], at: str) -> list[Kinship]:
    """The decisions that make two cards the sides of one.

    Args:
        front: The card that stands for the contact.
        back: Its other side.
        left: Other cards that it was the back of, and no longer is.
        at: ISO date-time with offset.
    """
    judged = judge(front, back)
    reasons = judged.reasons if judged else ()
    pair = Kinship("side", front.id, back.id, reasons, decision="merged", by="person", at=at)
    return [*(Kinship("side", each.id, back.id, decision="unmerged", by="person", at=at) for each in left), pair]


def joined(card: Card, other: Card, cards: Iterable[Card], log: Sequence[Kinship], at: str) -> Kinship:
    """The decision that makes one contact of two cards; both stay as they were read.

    Args:
        card: The card that stands for the contact.
        other: Another card of the same person, or another photo of the card.
        cards: Every card.
        log: Decisions until now, oldest first.
        at: ISO date-time with offset.

    Raises:
        ValueError: They are one contact already.
    """
    contacts = fold(cards, log)
    if contacts.id_of(card.id) == contacts.id_of(other.id):
        raise ValueError("these two are one contact already")
    judged = judge(card, other)
    kind, reasons = (judged.kind, judged.reasons) if judged else ("person", ())
    return Kinship(kind, card.id, other.id, reasons, decision="merged", by="person", at=at)


def taken_back(decisions: Sequence[Kinship], before: Iterable[Kinship], at: str) -> list[Kinship]:
    """What undoes decisions: what held about each two cards before them, else the contrary.

    Args:
        decisions: To be undone.
        before: The log as it was when they were made.
        at: ISO date-time with offset.
    """
    held = standing(before)
    contrary: dict[KinshipDecision | None, KinshipDecision] = {"merged": "unmerged", "unmerged": "merged"}
    return [
        replace(held.get(each.pair) or replace(each, decision=contrary[each.decision]), by="person", at=at)
        for each in decisions
    ]
