"""A card of a photo with its contact, or why a photo could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cardscan.record.contact import Contact
from cardscan.record.note import Note
from cardscan.record.reading import Code, MarkKind, Quad, Quality, TextLine

Side = Literal["front", "back"]
ReviewStatus = Literal["ok", "needs-review", "reviewed", "dismissed"]
MetOnFrom = Literal["note", "option", "exif", "file", "review"]
Triage = Literal["keep", "note-only"]

KinKind = Literal["side", "copy", "person"]
"""What another card is to a card: its other side, another photo of it, or another card of the same person."""

CARD_SCHEMA: Final = "cardscan/card/1"
ERROR_SCHEMA: Final = "cardscan/error/1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card was found: the photo, and the card's place in it.

    `path` keeps bytes that are not UTF-8 as surrogate escapes. `index` counts the cards of a file from 0, over all its
    pages. `taken_at` is ISO, without zone, as EXIF has it.
    """

    path: str
    sha256: str | None = None
    index: int = 0
    cards_in_photo: int = 1
    quad: Quad | None = None
    rotation: int = 0
    taken_at: str | None = None
    side: Side | None = "front"
    other_side: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Where and when the person was met, and what says so."""

    name: str | None = None
    place: str | None = None
    met_on: str | None = None
    met_on_from: MetOnFrom | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a person should look, and why.

    `triage` is what the user decided about following up: `keep` gives the full plan whatever the focus, `note-only`
    a thank-you card and what was promised; None leaves it to the playbook. (`dismissed` is a status: no tasks.)
    """

    status: ReviewStatus = "ok"
    reasons: tuple[str, ...] = ()
    triage: Triage | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """How a card looks, as far as it tells one design from another.

    `aspect` is width by height of the upright card; `paper` and `inks` are colours as `#rrggbb`, the inks those with a
    hue of their own, the largest first.
    """

    aspect: float
    paper: str
    inks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that a pen drew: what it is, where (in the frame of the record that holds it), and how sure that is.

    `lines` are the lines that a circle or an underline marks.
    """

    kind: MarkKind
    quad: Quad
    lines: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Kin:
    """A card that was folded into another: what it is to that card, where it was found, and the event it tells of."""

    id: str
    kind: KinKind
    source: Source
    event: Event = Event()


@dataclass(frozen=True, slots=True)
class Card:
    """One card of one photo with its contact; `contact` is None when the photo shows no card.

    `kin` names the cards whose values were folded into this one (`cardscan.kinship.fold`); empty for a card as read.
    `met_before` holds the earlier meetings that they tell of, the latest first; `event` is then the last meeting, and
    `last_met` the id of the card that was given there, None where it is this one.
    """

    id: str
    source: Source
    contact: Contact | None
    schema: Literal["cardscan/card/1"] = CARD_SCHEMA
    event: Event = Event()
    notes: tuple[Note, ...] = ()
    lines: tuple[TextLine, ...] = ()
    codes: tuple[Code, ...] = ()
    quality: Quality = Quality()
    review: Review = Review()
    design: Design | None = None
    kin: tuple[Kin, ...] = ()
    met_before: tuple[Event, ...] = ()
    marks: tuple[Mark, ...] = ()
    last_met: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """What went wrong: a stable word, and a sentence with the remedy."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An input that could not be read, so that a batch accounts for every input."""

    source: Source
    error: ErrorDetail
    schema: Literal["cardscan/error/1"] = ERROR_SCHEMA
