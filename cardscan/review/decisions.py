"""What a person can decide about a card. Each decision takes cards and gives the cards that changed, nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from cardscan import notes
from cardscan.pipeline import card_id
from cardscan.record import Card, Contact, Note, Review
from cardscan.review.entries import KINDS, Entry, put, values, with_values, without
from cardscan.review.typed import read_typed


def accept(card: Card) -> Card:
    """The card is right as it stands: a person has looked."""
    return replace(card, review=Review("reviewed"))


def dismiss(card: Card) -> Card:
    """The card stays in the store and makes no tasks."""
    return replace(card, review=Review("dismissed", card.review.reasons))


def change(card: Card, entry: Entry, text: str, region: str | None = None) -> Card:
    """Put typed text in the place of an entry; empty text removes the entry.

    Raises:
        InputError: The text cannot be a value of that kind.
    """
    contact = card.contact or Contact()
    if not text.strip():
        return replace(card, contact=without(contact, entry))
    return replace(card, contact=put(contact, entry, read_typed(entry.kind, text, entry.value, region)))


def add(card: Card, kind: str, text: str, lines: tuple[int, ...] = (), region: str | None = None) -> Card:
    """Add a value of a kind (the start of its name will do); a name replaces the name.

    Raises:
        InputError: The text cannot be a value of that kind.
        ValueError: No kind, or several, start so.
    """
    matching = [each for each in KINDS if each.startswith(kind.lower())] if kind else []
    if len(matching) != 1:
        raise ValueError(f"which field? {', '.join(KINDS)}")
    chosen = matching[0]
    contact = card.contact or Contact()
    value = replace(read_typed(chosen, text, region=region), lines=lines)
    held = () if chosen == "name" else values(contact, chosen)
    return replace(card, contact=with_values(contact, chosen, (*held, value)))


def swap(card: Card, first: Entry, second: Entry, region: str | None = None) -> Card:
    """Exchange the texts of two entries, as when name and organisation were taken for each other.

    Raises:
        InputError: One text cannot be a value of the other's kind.
    """
    contact = card.contact or Contact()
    taken = replace(read_typed(first.kind, second.text, first.value, region), lines=second.value.lines)
    given = replace(read_typed(second.kind, first.text, second.value, region), lines=first.value.lines)
    return replace(card, contact=put(put(contact, first, taken), second, given))


def split(card: Card, moved: Collection[Entry], siblings: Sequence[Card]) -> tuple[Card, Card]:
    """Part two persons: the entries named go to a new card of the same place; organisation and address stay with both.

    Args:
        card: The card with both persons.
        moved: Entries of the second person.
        siblings: The cards that this photo has already, so that the new id is free.
    """
    contact = card.contact or Contact()
    first, second = contact, replace(contact, name=None, titles=(), phones=(), emails=(), social=())
    for kind in KINDS:
        going = tuple(entry.value for entry in moved if entry.kind == kind)
        if going and kind not in ("organization", "address", "url"):
            staying = tuple(value for value in values(contact, kind) if value not in going)
            first, second = with_values(first, kind, staying), with_values(second, kind, going)
    taken = {each.id for each in siblings}
    sha256 = card.source.sha256 or card.id
    number = next(n for n in range(1, 1000) if card_id(sha256, card.source.index, n) not in taken)
    other = replace(card, id=card_id(sha256, card.source.index, number), contact=second)
    return replace(card, contact=first), other


def pair(front: Card, back: Card) -> tuple[Card, Card]:
    """Say that two cards are the two sides of one; the back makes no contact of its own, and is not asked about."""
    return (
        replace(front, source=replace(front.source, side="front", other_side=back.id)),
        replace(back, source=replace(back.source, side="back", other_side=front.id)),
    )


def note(card: Card, text: str, today: date, region: str | None = None, lines: tuple[int, ...] = ()) -> Card:
    """Add a note with its facts; the day of meeting is what its dates are reckoned from.

    Args:
        card: Whose note it is.
        text: The note.
        today: Reckoned from when the day of meeting is not known.
        region: ISO country that tells 3/4 as March from 3/4 as April.
        lines: Where it stands on the card; a note that stands nowhere was typed.
    """
    reference = date.fromisoformat(card.event.met_on) if card.event.met_on else today
    facts = notes.read_note(text, reference, region=region)
    if facts.met.date and facts.met.date != reference.isoformat():
        # "met 3/2, call by Tue" was written that day; where we met stays as it was first read.
        facts = replace(notes.read_note(text, date.fromisoformat(facts.met.date), region=region), met=facts.met)
    return replace(card, notes=(*card.notes, Note(text, "handwriting" if lines else "typed", 1.0, lines, facts)))


def mark(card: Card, today: date, *, priority: bool = False, hit_it_off: bool = False) -> Card:
    """Set priority or 'hit it off' as a typed note, which a plan can point at; set a second time, it is unset."""
    word = "VIP" if priority else "hit it off"
    held = [each for each in card.notes if not (each.source == "typed" and each.text == word)]
    if len(held) < len(card.notes):
        return replace(card, notes=tuple(held))
    marked = note(card, word, today)
    last = marked.notes[-1]
    facts = replace(
        last.facts, priority=priority or last.facts.priority, hit_it_off=hit_it_off or last.facts.hit_it_off
    )
    return replace(marked, notes=(*marked.notes[:-1], replace(last, facts=facts)))


def met(card: Card, event: str | None, place: str | None = None) -> Card:
    """Say where we met; empty text takes it back."""
    return replace(card, event=replace(card.event, name=event or None, place=place or card.event.place))
