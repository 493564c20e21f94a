"""What is known for a letter to one contact, gathered from the card and its notes, each fact with its origin.

Nothing is made up here: what no card or note says stays None or empty. Characters that could steer a terminal, a mail
header or the reading direction are taken out at this one door, so no later step has to think of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from cardscan.draft.model import Citation, Origin
from cardscan.record import Card, Meeting, Name, NoteFacts, Referral, Strategy, Task

T = TypeVar("T")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """Clean facts. `sources` cites those that are set; `notes` is all that was scribbled, for telling its language."""

    name: Name | None = None
    organization: str | None = None
    emails: tuple[str, ...] = ()
    phone: str | None = None
    event: str | None = None
    place: str | None = None
    met_on: date | None = None
    hit_it_off: bool = False
    promises: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    referral: Referral | None = None
    interests: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    strategy: Strategy | None = None
    meeting: Meeting | None = None
    gatekeeper: str | None = None
    notes: str = ""
    sources: tuple[Citation, ...] = field(default=(), repr=False)


def clean(text: str) -> str:
    """One line of plain text: no controls, no bidi or zero-width characters, no lone surrogates, no private use."""
    kept = (
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") else " "
        for char in unicodedata.normalize("NFC", text[: 4 * _LONGEST])
    )
    return re.sub(r"\s+", " ", "".join(kept)).strip()[:_LONGEST]


def facts_of(card: Card, task: Task) -> Facts:
    """Everything a letter for this task may use."""
    contact = card.contact
    notes = [note.facts for note in card.notes]
    sources: list[Citation] = []

    def cite(fact: str, value: str | None, origin: Origin) -> str | None:
        value = clean(value) if value else None
        if value and value not in {source.value for source in sources if source.fact == fact}:
            sources.append(Citation(fact, value, origin))
        return value or None

    def each(fact: str, values: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for value in values if (text := cite(fact, value, "note"))))

    name = written_name(contact.name) if contact and contact.name and clean(contact.name.full) else None
    if name:
        cite("name", name.full, "card")
    organizations = contact.organizations if contact else ()
    phones = sorted(contact.phones if contact else (), key=lambda phone: (phone.type == "fax", not phone.valid))
    return Facts(
        name=name,
        organization=cite("organization", organizations[0].value, "card") if organizations else None,
        emails=tuple(address for email in (contact.emails if contact else ()) if (address := clean(email.value))),
        phone=cite("phone", phones[0].raw or phones[0].value, "card") if phones and phones[0].type != "fax" else None,
        event=cite("event", card.event.name, "event")
        or cite("event", _first(facts.met.event for facts in notes), "note"),
        place=cite("place", card.event.place, "event")
        or cite("place", _first(facts.met.place for facts in notes), "note"),
        met_on=_date(cite("met_on", card.event.met_on or _first(facts.met.date for facts in notes), "event")),
        hit_it_off=any(facts.hit_it_off for facts in notes),
        promises=each("promise", [promise.what for facts in notes for promise in facts.promises]),
        offers=each("offer", [offer.what for facts in notes for offer in facts.offers]),
        referral=_referral(notes, cite("who", _first(facts.referral.who for facts in notes if facts.referral), "note")),
        interests=each("interest", [value for facts in notes for value in facts.interests]),
        topics=each("topic", [value for facts in notes for value in facts.topics]),
        strategy=_first(facts.strategy for facts in notes),
        meeting=_first(facts.meeting for facts in notes),
        gatekeeper=cite("gatekeeper", _first(facts.gatekeeper for facts in notes), "note"),
        notes=" ".join([*(clean(note.text) for note in card.notes), clean(task.why.note or "")]),
        sources=tuple(sources),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value), None)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _referral(notes: list[NoteFacts], who: str | None) -> Referral | None:
    found = _first(facts.referral for facts in notes)
    return Referral(who, found.ask) if found and who else None


def written_name(name: Name) -> Name:
    """The name in Latin letters where the card has it so, and not in capitals, which nobody writes by hand."""
    full = clean(name.full)
    if not _is_latin(full):
        latin = next((clean(other) for other in name.also if _is_latin(clean(other))), None)
        if latin:
            return Name(_lowered(latin))

    def part(value: str | None) -> str | None:
        return _lowered(clean(value)) or None if value else None

    return Name(
        _lowered(full),
        prefix=clean(name.prefix) or None if name.prefix else None,
        given=part(name.given),
        additional=part(name.additional),
        family=part(name.family),
        suffix=clean(name.suffix) or None if name.suffix else None,
    )


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)


_PARTICLES = frozenset(
    {"da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le", "van", "von", "y", "zu"}
)
_WORD = re.compile(r"[^\W\d_]+")


def _lowered(text: str) -> str:
    """`JANE VAN DOE-SMITH` as `Jane van Doe-Smith`; text that has small letters stays as it is."""
    if not text.isupper() or len(text) <= 3:
        return text
    words = text.split(" ")
    return " ".join(
        word.lower() if place and word.lower() in _PARTICLES else _WORD.sub(lambda match: match[0].capitalize(), word)
        for place, word in enumerate(words)
    )
