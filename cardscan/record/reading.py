"""What flows between the stages: a photo, the cards in it, what OCR read on one, and what parsing made of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cardscan.record.contact import Contact

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np

    Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
LineSource = Literal["print", "handwriting", "code"]
MarkKind = Literal["star", "double-star", "check", "arrow", "circle", "underline"]


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
    tagline, services, hours, registration, note …), None before parsing. `card` is the id of the card it was read on
    where that is not the card it stands in: one of `Card.kin`, whose photo the quad then belongs to.
    """

    text: str
    confidence: float
    quad: Quad
    source: LineSource = "print"
    role: str | None = None
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code or QR code and its text; the quad's frame is that of the record that holds it, `card` as of a line."""

    format: str
    text: str
    quad: Quad
    card: str | None = None


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
class Look:
    """How one line looks, whatever it says.

    Attributes:
        pen: How likely a pen wrote it, by its picture alone.
        tint: Red, green and blue of its ink, each as a share of the paper's.
        breadth: Mean width of its strokes, as a share of the line's height.
    """

    pen: float
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    breadth: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn or printed sign, by its shape alone.

    Attributes:
        kind: What it looks like.
        quad: The upright box around it, in card pixels.
        tint: Red, green and blue of its ink, each as a share of the paper's.
        lines: Indexes of the lines that a circle or an underline marks.
    """

    kind: MarkKind
    quad: Quad
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Strike:
    """A pen's stroke through line `line` of a page, from `left` to `right` as shares of the line's length."""

    line: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Page:
    """What OCR read on one card: lines in reading order, in the pixels of a card image of this size.

    `doubts` stay between the stages: they are not part of a card line, where a value's confidence speaks for them.
    `looks` holds one for each line; empty where nothing looked.
    `strikes` are strokes that cross numbers out, `shapes` signs that a pen may have drawn.
    """

    width: int
    height: int
    lines: tuple[TextLine, ...] = ()
    codes: tuple[Code, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    looks: tuple[Look, ...] = ()
    warnings: tuple[str, ...] = ()
    strikes: tuple[Strike, ...] = ()
    shapes: tuple[Shape, ...] = ()


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
