"""One contact as the planner sees it: what all their notes say together, how to reach them, what that makes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from cardscan.plan.calendar import WorkCalendar, both, read_day
from cardscan.plan.met import Meeting, meeting_of
from cardscan.plan.whereabouts import Whereabouts, whereabouts_of
from cardscan.record import Card, Contact, Note, NoteFacts, Offer, Promise
from cardscan.record import Meeting as AgreedMeeting

Item = TypeVar("Item", Promise, Offer)
_GENERIC_MAIL = re.compile(
    r"(gmail|googlemail|yahoo|hotmail|outlook|icloud|gmx|web|aol|proton(mail)?|live|msn|qq|163)\.[a-z.]{2,6}"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A contact who is to be followed up.

    Attributes:
        id: The card's id.
        name: The name, or the organisation's where the card names no one.
        met: When and where.
        note: The words of all notes, for `why`.
        traits: Names of `playbook.CONDITIONS` that hold.
        priority: 1 starred, 2 hit it off, 3 with a strategy or a promise, 5 others.
        place: Country and zone.
        promises, offers: Of all notes, each once.
        series: What the ids of their tasks are made of: the card of the last meeting, so that who is met again is
            followed up again.
        links: Real addresses from the card to look at: web sites, profiles, the mail's own domain.
    """

    id: str
    name: str
    first: str
    organization: str | None
    contact: Contact
    met: Meeting
    note: str | None
    facts: NoteFacts
    traits: frozenset[str]
    priority: int
    place: Whereabouts
    promises: tuple[Promise, ...]
    offers: tuple[Offer, ...]
    series: str

    @property
    def profiles(self) -> tuple[str, ...]:
        """Profiles printed on the card: the address, else the network and the handle, as far as they are known."""
        return tuple(
            profile.url
            or (f"@{profile.handle}" if profile.network == "other" else f"{profile.network}: {profile.handle}")
            for profile in self.contact.social
        )

    @property
    def links(self) -> tuple[str, ...]:
        """Web addresses and profiles printed on the card, each once."""
        found = [url.value for url in self.contact.urls]
        found += self.profiles
        if not self.contact.urls and self.contact.emails:
            domain = self.contact.emails[0].value.rpartition("@")[2].lower()
            if domain and not _GENERIC_MAIL.fullmatch(domain):
                found.append(f"the domain of their mail: {domain}")
        return tuple(dict.fromkeys(found))


@cache
def shared_calendar(mine: WorkCalendar, place: Whereabouts) -> WorkCalendar:
    """Days on which I and someone in that place work."""
    return both(mine, place.calendar)


def with_focus(person: Person, chosen: bool) -> Person:
    """The person with the full plan of those chosen, or, where a focus leaves them out, with a card only."""
    traits = person.traits | {"focus"} if chosen else person.traits | {"note-only"}
    traits = traits - {"focus"} if "note-only" in traits else traits
    return replace(person, traits=frozenset(traits), priority=_priority(set(traits)))


def people(cards: Iterable[Card], zone: ZoneInfo, today: date) -> list[Person]:
    """The people on these cards, in the order of the cards.

    Dismissed cards, photos without a card and cards on which nothing was read make nobody.
    """
    return [_person(card, zone, today) for card in _kept(cards) if not _is_blank(card)]


def unread(cards: Iterable[Card]) -> list[Card]:
    """The cards that make nobody because nothing was read on them, neither print nor note."""
    return [card for card in _kept(cards) if _is_blank(card)]


def _kept(cards: Iterable[Card]) -> Iterator[Card]:
    return (card for card in cards if card.contact is not None and card.review.status != "dismissed")


def _is_blank(card: Card) -> bool:
    """Whether there is nobody to write to and nothing to do: no name, firm or address of any kind, and no note."""
    contact = card.contact or Contact()
    told = (contact.name, contact.organizations, contact.phones, contact.emails, contact.urls, contact.addresses)
    return not any((*told, contact.social, card.notes))


def _person(card: Card, zone: ZoneInfo, today: date) -> Person:
    contact, notes = card.contact or Contact(), card.notes
    facts = merged_facts(notes)
    met = meeting_of(card, zone, today)
    promises = _unique(promise for note in notes for promise in note.facts.promises)
    offers = _unique(offer for note in notes for offer in note.facts.offers)
    organization = contact.organizations[0].value if contact.organizations else None
    name = contact.name.full if contact.name else organization
    if name is None:
        name = contact.emails[0].value if contact.emails else "the person on this card"
    traits = _traits(contact, facts, promises, offers, bool(notes))
    if card.review.triage == "note-only":
        traits |= {"note-only"}
    return Person(
        id=card.id,
        name=name,
        first=(contact.name.given if contact.name else None) or name,
        organization=organization if contact.name else None,
        contact=contact,
        met=met,
        note=" / ".join(note.text.strip() for note in notes if note.text.strip()) or None,
        facts=facts,
        traits=frozenset(traits),
        priority=_priority(traits),
        place=whereabouts_of(contact),
        promises=promises,
        offers=offers,
        series=card.last_met or card.id,
    )


def merged_facts(notes: Sequence[Note]) -> NoteFacts:
    """What all notes say together; of single values the first that is said."""
    every = [note.facts for note in notes]
    meetings = [facts.meeting for facts in every if facts.meeting]
    deciders = [facts.decision_maker for facts in every if facts.decision_maker is not None]
    return NoteFacts(
        priority=any(facts.priority for facts in every),
        hit_it_off=any(facts.hit_it_off for facts in every),
        referral=next((facts.referral for facts in every if facts.referral), None),
        decision_maker=deciders[0] if deciders else None,
        interests=tuple(dict.fromkeys(text for facts in every for text in facts.interests)),
        topics=tuple(dict.fromkeys(text for facts in every for text in facts.topics)),
        strategy=next((facts.strategy for facts in every if facts.strategy), None),
        meeting=next((meeting for meeting in meetings if meeting.when), meetings[0] if meetings else None),
        gatekeeper=next((facts.gatekeeper for facts in every if facts.gatekeeper), None),
    )


def _traits(
    contact: Contact, facts: NoteFacts, promises: Sequence[Promise], offers: Sequence[Offer], noted: bool
) -> set[str]:
    meeting = facts.meeting
    dated = meeting is not None and read_day(meeting.when) is not None
    found = {
        "person": contact.name is not None,
        "noted": noted,
        "priority": facts.priority,
        "hit-it-off": facts.hit_it_off,
        "promise": bool(promises),
        "offer": bool(offers),
        "referral": facts.referral is not None,
        "ask-referral": facts.referral is not None and facts.referral.ask,
        "not-decision-maker": facts.decision_maker is False,
        "meeting": meeting is not None,
        "meeting-date": dated,
        "meeting-open": dated and _is_open(meeting),
        "gatekeeper": facts.gatekeeper is not None,
        "topic": bool(facts.topics or facts.interests),
        "address": bool(contact.addresses),
        "email": bool(contact.emails),
        "phone": any(phone.type != "fax" for phone in contact.phones),
        "url": bool(contact.urls),
        "social": bool(contact.social),
        "strategy": facts.strategy is not None,
    }
    return {trait for trait, holds in found.items() if holds} | ({facts.strategy} if facts.strategy else set())


def _is_open(meeting: AgreedMeeting | None) -> bool:
    return meeting is not None and (meeting.time is None or (meeting.until or meeting.when) != meeting.when)


def _priority(traits: set[str]) -> int:
    if "priority" in traits:
        return 1
    if "note-only" in traits:
        return 6
    if traits & {"hit-it-off", "focus"}:
        return 2
    if traits & {"strategy", "promise", "offer", "referral", "meeting"}:
        return 3
    return 5


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    seen: dict[str, Item] = {}
    for item in items:
        key = item_key(item.what)
        if key and (key not in seen or (seen[key].due is None and item.due)):
            seen[key] = item
    return tuple(seen.values())


def item_key(text: str) -> str:
    """What makes two wordings the same promise: letters and digits, whatever their case and spacing."""
    return " ".join(re.findall(r"\w+", text.casefold()))
