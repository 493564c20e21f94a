"""Several cards of one contact become one card, which still tells where each value was read.

The card that stands for the contact keeps its id, so that address books and tasks know it again. Values of the last
meeting come first; what a change of job left behind stands among `other`, with a role that begins with `former`. Lines
and codes of the other cards follow those of the first, each with the id of its card; the cards themselves stand in
`kin`, the earlier meetings in `met_before`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardscan.kinship.decisions import backs_of, groups_of, standing
from cardscan.kinship.persons import one_meeting
from cardscan.kinship.values import former, merged_contact, merged_notes
from cardscan.record import Card, Code, Contact, Event, Kin, KinKind, Kinship, Met, Note, TextLine


@dataclass(frozen=True, slots=True)
class Folded:
    """Cards with one for each contact, and for the id of any card that went into another the id of that one."""

    cards: tuple[Card, ...]
    contact_of: Mapping[str, str]

    def id_of(self, card_id: str | None) -> str | None:
        """The id of the card that stands for a card's contact: its own, where it stands for itself."""
        return self.contact_of.get(card_id, card_id) if card_id is not None else None


@dataclass(frozen=True, slots=True)
class _Member:
    """A card of a group: what it is to the first, its event as its notes tell it, its values with their lines moved."""

    card: Card
    kind: KinKind | None
    event: Event
    notes: tuple[Note, ...]
    contact: Contact


def fold(cards: Iterable[Card], log: Sequence[Kinship] = ()) -> Folded:
    """Make one card of those that are one contact, in the order of the cards.

    Args:
        cards: As read. One that holds others already (`kin`) takes no card in twice.
        log: Decisions, oldest first; sides that the cards name themselves need none.
    """
    found = {card.id: card for card in cards}
    copies = {pair for pair, each in standing(log).items() if each.decision == "merged" and each.kind == "copy"}
    backs = backs_of(found.values(), log)
    contact_of: dict[str, str] = {}
    made: dict[str, Card] = {}
    for first, *others in groups_of(found.values(), log):
        held = {kin.id for kin in found[first].kin}
        fresh = [found[each] for each in others if each not in held and found[each].review.status != "dismissed"]
        contact_of |= {each: first for each in others if found[each].review.status != "dismissed"}
        made[first] = _one_card(found[first], fresh, backs, copies) if fresh else found[first]
    return Folded(tuple(made.get(id_, card) for id_, card in found.items() if id_ not in contact_of), contact_of)


def _one_card(first: Card, others: Sequence[Card], backs: Collection[str], copies: Iterable[frozenset[str]]) -> Card:
    copied = {each for pair in copies for each in pair}
    kinds: dict[str, KinKind] = {
        card.id: "side" if card.id in backs else "copy" if card.id in copied else "person" for card in others
    }
    offsets, lines, codes = _joined(first, others)
    members = [_member(card, kinds.get(card.id), offsets[card.id]) for card in (first, *others)]
    meetings = _meetings(members)
    ranked = sorted(members, key=lambda member: _rank(member, meetings))
    last = meetings[0]
    current = [member for member in ranked if _meeting(member, meetings) in (last, None)]
    contact = merged_contact([member.contact for member in current], [member.kind for member in current])
    for member in ranked:
        if member not in current:
            contact = former(contact, member.contact)
    given = [member.card.id for member in ranked if member in current and member.kind != "side"]
    turned = next((member.card.id for member in members if member.kind == "side"), None)
    notes = merged_notes([note for member in ranked for note in _told(member, is_last=member in current)])
    triage = next((member.card.review.triage for member in ranked if member.card.review.triage), None)
    return replace(
        first,
        source=replace(first.source, side="front", other_side=first.source.other_side or turned),
        contact=contact,
        event=last,
        notes=notes,
        lines=lines,
        codes=codes,
        review=replace(first.review, triage=triage),
        kin=(
            *first.kin,
            *(Kin(each.card.id, each.kind or "copy", each.card.source, each.event) for each in members[1:]),
        ),
        met_before=tuple(dict.fromkeys((*meetings[1:], *first.met_before))),
        last_met=None if first.id in given else given[0],
    )


def _joined(first: Card, others: Sequence[Card]) -> tuple[dict[str, int], tuple[TextLine, ...], tuple[Code, ...]]:
    """Where each card's lines begin, all lines, all codes; those of other cards say whose they are."""
    offsets, lines, codes = {first.id: 0}, list(first.lines), list(first.codes)
    for card in others:
        offsets[card.id] = len(lines)
        lines += [replace(line, card=line.card or card.id) for line in card.lines]
        codes += [replace(code, card=code.card or card.id) for code in card.codes]
    return offsets, tuple(lines), tuple(codes)


def _member(card: Card, kind: KinKind | None, offset: int) -> _Member:
    met = [note.facts.met for note in card.notes]
    event = card.event
    if event.met_on_from != "review":
        event = replace(
            event,
            name=next((each.event for each in met if each.event), event.name),
            place=next((each.place for each in met if each.place), event.place),
        )
        day = next((each.date for each in met if each.date), None)
        event = replace(event, met_on=day, met_on_from="note") if day else event
    notes = tuple(replace(note, lines=_moved(note.lines, offset)) for note in card.notes)
    contact = card.contact or Contact()
    values = {
        field: tuple(replace(value, lines=_moved(value.lines, offset)) for value in getattr(contact, field))
        for field in ("titles", "organizations", "phones", "emails", "urls", "addresses", "social", "other")
    }
    name = replace(contact.name, lines=_moved(contact.name.lines, offset)) if contact.name else None
    return _Member(card, kind, event, notes, replace(contact, name=name, **values))


def _moved(lines: Iterable[int], offset: int) -> tuple[int, ...]:
    return tuple(line + offset for line in lines)


def _meetings(members: Sequence[_Member]) -> list[Event]:
    """Every time we met, the last first; cards of one meeting tell of it together. A back tells of no meeting alone."""
    found: list[Event] = []
    able = [member for member in members if member.kind != "side"]
    for member in sorted(able, key=lambda each: each.event.met_on or "", reverse=True):
        same = next((place for place, event in enumerate(found) if one_meeting(event, member.event)), None)
        if same is None:
            found.append(member.event)
        else:
            held = found[same]
            name, place = held.name or member.event.name, held.place or member.event.place
            first = min((held, member.event), key=lambda event: event.met_on or "9999")
            found[same] = Event(name, place, first.met_on, first.met_on_from)
    return found


def _meeting(member: _Member, meetings: Sequence[Event]) -> Event | None:
    return next((event for event in meetings if one_meeting(event, member.event)), None)


def _rank(member: _Member, meetings: Sequence[Event]) -> tuple[int, bool, bool]:
    """Cards of the last meeting first; of one meeting what a person has reviewed, then fronts."""
    event = _meeting(member, meetings)
    place = meetings.index(event) if event is not None else len(meetings)
    return (place, member.card.review.status != "reviewed", member.kind == "side")


def _told(member: _Member, *, is_last: bool) -> Iterator[Note]:
    """A card's notes; those of an earlier meeting do not say where we met the last time."""
    for note in member.notes:
        yield note if is_last else replace(note, facts=replace(note.facts, met=Met()))
