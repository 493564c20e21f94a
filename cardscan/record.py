"""The nouns: frozen records that flow from stage to stage.

Everything under "wire" has the keys of the published JSON lines, so `wire` can turn it into JSON and back without a
hand-written mapping. Points are `(x, y)` with y downwards. A *quad* is four points, clockwise from the top-left corner
of what it frames, as that thing is meant to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np

    Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]

LineSource = Literal["print", "handwriting", "code"]
Side = Literal["front", "back"]
PhoneType = Literal["work", "mobile", "fax", "home", "other"]
ReviewStatus = Literal["ok", "needs-review", "reviewed", "dismissed"]
MetOnFrom = Literal["note", "option", "exif", "file", "review"]
Strategy = Literal["client", "prospect", "partner", "job", "friend", "alliance"]
MeetingKind = Literal["coffee", "lunch", "dinner", "breakfast", "drinks", "call", "visit", "meeting"]
TaskKind = Literal[
    "debrief", "supplies", "research", "connect", "handwritten-note", "email", "send", "call", "meeting",
    "accept-offer", "ask-referral", "contact-referral", "appreciation", "keep-in-touch", "retry",
]  # fmt: skip
TaskStatus = Literal["open", "waiting", "done", "dropped"]
Triage = Literal["keep", "note-only"]
DraftKind = Literal["card", "email", "call", "meeting", "introduction"]

CARD_SCHEMA: Final = "cardscan/card/1"
ERROR_SCHEMA: Final = "cardscan/error/1"
NOTE_SCHEMA: Final = "cardscan/note/1"
TASK_SCHEMA: Final = "cardscan/task/1"


# --- between stages ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One decoded page of one file.

    Attributes:
        pixels: RGB, uint8, (height, width, 3), EXIF orientation already applied.
        page: 0-based page of a TIFF or PDF, else 0.
        taken_at: EXIF DateTimeOriginal as written there (no zone), or None.
    """

    path: str
    sha256: str
    pixels: Pixels
    page: int = 0
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a card was photographed: sharpness 0 (blurred) to 1, glare as the share of blown-out area."""

    sharpness: float = 1.0
    glare: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CardImage:
    """One card, rectified and upright.

    Attributes:
        pixels: RGB, uint8, (height, width, 3), cut from the full-resolution photo.
        quad: The card's corners in photo pixels, clockwise from the card's own (upright) top-left.
        rotation: Clockwise turn in degrees (0, 90, 180, 270) that makes the card upright as it lies in the photo.
        confidence: How sure the finder is that this is a card.
    """

    pixels: Pixels
    quad: Quad
    rotation: int = 0
    confidence: float = 1.0
    quality: Quality = Quality()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text. Inside a `Page` the quad is in card pixels; inside a `Card` it is in photo pixels.

    `role` is the field the parse stage gave it (name, title, organization, phone, email, url, address, social,
    tagline, services, hours, registration, note …), None before parsing.
    """

    text: str
    confidence: float
    quad: Quad
    source: LineSource = "print"
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code or QR code and its text; the quad's frame is that of the record that holds it."""

    format: str
    text: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character that may be another one, so that a later stage can repair a one-letter slip.

    Attributes:
        line: Index of the line in the page's `lines`.
        position: Index of the character in the line's text.
        char: The character as read; "" where one was perhaps left out before `position`.
        probability: How likely it is.
        instead: The runner-up character.
        instead_probability: How likely that one is.
    """

    line: int
    position: int
    char: str
    probability: float
    instead: str
    instead_probability: float


@dataclass(frozen=True, slots=True)
class Page:
    """What OCR read on one card: lines in reading order, in the pixels of a card image of this size.

    `doubts` stay between the stages: they are not part of a card line, where a value's confidence speaks for them.
    """

    width: int
    height: int
    lines: tuple[TextLine, ...] = ()
    codes: tuple[Code, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parse stage made of a page.

    Attributes:
        contacts: One per person; a department or shop card has one contact without a name; empty if nothing was found.
        roles: One role per page line.
        reasons: Why a person should look at it, in words.
    """

    contacts: tuple[Contact, ...]
    roles: tuple[str | None, ...]
    reasons: tuple[str, ...] = ()


# --- wire: contact ------------------------------------------------------------------------------------------------
# Each value keeps the indexes of the lines it was read in, how sure we are (0 to 1), and the rule that found it.


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `full` is as a card would print it, `also` other printed forms (another script)."""

    full: str
    prefix: str | None = None
    given: str | None = None
    additional: str | None = None
    family: str | None = None
    suffix: str | None = None
    also: tuple[str, ...] = ()
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A job title."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A company or body, its department on this card, and its other printed forms (logo, another script)."""

    value: str
    also: tuple[str, ...] = ()
    department: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number; `value` is E.164 where the country is known, else None and `raw` holds the digits."""

    value: str | None
    raw: str
    extension: str | None = None
    type: PhoneType = "other"
    valid: bool = False
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address, as one would type it."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    """A web address with its scheme."""

    value: str
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    raw: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `full` on one line, parts where they could be told."""

    full: str
    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country_code: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Social:
    """A profile on a network (linkedin, x, instagram, facebook, …)."""

    network: str
    handle: str
    url: str | None = None
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Print that is no contact field: its role says what it is (tagline, services, hours, registration …)."""

    value: str
    role: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, or a shop or department without one, as read from one card."""

    name: Name | None = None
    titles: tuple[Title, ...] = ()
    organizations: tuple[Organization, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    urls: tuple[Url, ...] = ()
    addresses: tuple[Address, ...] = ()
    social: tuple[Social, ...] = ()
    other: tuple[Other, ...] = ()


# --- wire: notes ----------------------------------------------------------------------------------------------------


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
    """What one note says. Missing facts are None or empty, never guessed."""

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


@dataclass(frozen=True, slots=True)
class Note:
    """What was written on a card (pen) or typed for it, and the facts in it."""

    text: str
    source: Literal["handwriting", "typed"] = "handwriting"
    confidence: float = 1.0
    lines: tuple[int, ...] = ()
    facts: NoteFacts = field(default_factory=NoteFacts)


# --- wire: card -----------------------------------------------------------------------------------------------------


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
class Card:
    """One card of one photo with its contact; `contact` is None when the photo shows no card."""

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


# --- wire: task -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Why:
    """Why a task exists: rule ids, the words of the note, what dated the meeting, and how `due` was found."""

    rules: tuple[str, ...] = ()
    note: str | None = None
    met_on_from: MetOnFrom | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One follow-up. Times are ISO date-times with offset; `priority` 1 high to 9 low.

    Attributes:
        due: The deadline.
        start: The slot the scheduler gave it, which lasts `minutes`; None when it has none yet.
        depends_on: Ids of tasks that come first; the task is `waiting` until they are done.
        checklist: What belongs to it: links to look at, things to attach, people with what is open about them.
        promise: The promise it keeps, in the words of the note.
        closes: Ids of tasks that are done when this one is (the promises that go out with a mail).
        completed: When it was done or dropped.
        answered: False when it was done and nobody answered (a call that was not picked up).
        snoozed_until: It waits until then, because the user said so.
        reason: Why it was dropped, in the user's words.
    """

    id: str
    contact_id: str | None
    contact_name: str | None
    playbook: str
    kind: TaskKind
    title: str
    due: str | None = None
    schema: Literal["cardscan/task/1"] = TASK_SCHEMA
    start: str | None = None
    minutes: int = 10
    priority: int = 5
    status: TaskStatus = "open"
    depends_on: tuple[str, ...] = ()
    why: Why = Why()
    draft: DraftKind | None = None
    checklist: tuple[str, ...] = ()
    promise: str | None = None
    closes: tuple[str, ...] = ()
    completed: str | None = None
    answered: bool | None = None
    snoozed_until: str | None = None
    reason: str | None = None
