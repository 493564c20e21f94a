"""Which cards a person should see, and which are sure enough to accept unseen."""

from __future__ import annotations

from collections.abc import Iterable

from cardscan.record import Card
from cardscan.review.entries import entries


def to_review(cards: Iterable[Card], everything: bool = False) -> list[Card]:
    """Cards that need a person, in the order given; with `everything` all but the backs and the dismissed."""
    waiting = [card for card in cards if card.source.side != "back"]
    if everything:
        return [card for card in waiting if card.review.status != "dismissed"]
    return [card for card in waiting if card.review.status == "needs-review"]


def accepts(card: Card, threshold: float) -> bool:
    """Whether `--auto` may accept a card: it holds a contact with a name or an organisation, and all of it is sure.

    A card that was flagged for a reason other than low confidence (a mail that does not fit the name, two persons) is
    never accepted unseen.
    """
    contact = card.contact
    if contact is None or not (contact.name or contact.organizations) or card.review.status not in ("ok",):
        return False
    return all(entry.confidence >= threshold for entry in entries(contact))
