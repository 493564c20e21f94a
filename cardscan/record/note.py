"""What was written on a card or typed for it, and the facts in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Strategy = Literal["client", "prospect", "partner", "job", "friend", "alliance"]
MeetingKind = Literal["coffee", "lunch", "dinner", "breakfast", "drinks", "call", "visit", "meeting"]

NOTE_SCHEMA: Final = "cardscan/note/1"


@dataclass(frozen=True, slots=True)
class Met:
    """Where and when we met; `date` is an ISO date."""

    event: str | None = None
    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What I said I would do, and by which ISO date."""

    what: str
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What they said they would do, and by which ISO date."""

    what: str
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """Someone they know or name; `ask` when an introduction has yet to be asked for."""

    who: str
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """An agreed or wished meeting: ISO date `when` (to `until` for a range), `time` as HH:MM."""

    kind: MeetingKind = "meeting"
    when: str | None = None
    until: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What one note says. Missing facts are None or empty, never guessed.

    `unsure` says in words what was written and could not be taken as it stands: `Feb 29 2029: no such day`.
    """

    schema: Literal["cardscan/note/1"] = NOTE_SCHEMA
    text: str = ""
    reference_date: str | None = None
    priority: bool = False
    hit_it_off: bool = False
    met: Met = Met()
    promises: tuple[Promise, ...] = ()
    offers: tuple[Offer, ...] = ()
    referral: Referral | None = None
    decision_maker: bool | None = None
    interests: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    strategy: Strategy | None = None
    meeting: Meeting | None = None
    gatekeeper: str | None = None
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What was written on a card (pen) or typed for it, and the facts in it."""

    text: str
    source: Literal["handwriting", "typed"] = "handwriting"
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    facts: NoteFacts = field(default_factory=NoteFacts)
