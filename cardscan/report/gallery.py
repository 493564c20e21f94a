"""Cards as the page shows them: a picture, boxes over it, and rows of values."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from PIL import Image

from cardscan import geometry, image
from cardscan.errors import InputError
from cardscan.export.text import web_address
from cardscan.options import ImageOptions
from cardscan.parse.doubts import is_doubtful, named_in
from cardscan.pen import reasons_to_review, sign_words
from cardscan.record import Card, Contact, Quad, Value
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.record import Pixels


WIDTH: Final = 640
"""Pixels of a card picture: sharp on a phone, and a hundred cards stay below ten megabytes."""

_PHONE_LABELS: Final = {"mobile": "Mobile", "fax": "Fax", "home": "Home phone"}


@dataclass(frozen=True, slots=True)
class Row:
    """One value: what it is, its text, how sure it is in percent, the link it makes (or None), and its number."""

    number: int
    label: str
    text: str
    percent: int
    link: str | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The place a value was read from: an SVG points list in picture pixels, and the row it belongs to.

    `fits` is how many characters of the value the strip below the picture has room for.
    """

    points: str
    row: Row
    fits: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A card's picture as a data URI, with its size in pixels."""

    uri: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Exhibit:
    """All the page shows of one card; `below` is the line under the heading: title and organisation."""

    id: str
    heading: str
    below: str
    source: str
    met: str
    status: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    drawn: tuple[str, ...]
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    picture: Picture | None


def exhibits(cards: list[Card], doubtful_below: float) -> Iterator[Exhibit]:
    """One exhibit per card; a photo that was moved gives no picture, and one with many cards is decoded once."""
    last: tuple[str, Pixels | None] = ("", None)
    for card in cards:
        key = f"{card.source.path}#{card.source.page}"
        if last[0] != key:
            last = (key, _load(card))
        yield _exhibit(card, last[1], doubtful_below)


def _exhibit(card: Card, pixels: Pixels | None, doubtful_below: float) -> Exhibit:
    contact = card.contact or Contact()
    found = list(_values(contact))
    named = named_in(card.review.reasons) if card.review.status == "needs-review" else frozenset()
    rows = tuple(
        Row(
            number,
            clean(label),
            clean(text),
            round(value.confidence * 100),
            link,
            is_doubtful(value, named, doubtful_below),
        )
        for number, (label, text, link, value) in enumerate(found, start=1)
    )
    picture: Picture | None = None
    boxes: tuple[Box, ...] = ()
    if pixels is not None and card.source.quad:
        picture = _picture(image.cut(pixels, card.source.quad))
        boxes = tuple(_boxes(card, picture, [(row, value.lines) for row, (*_, value) in zip(rows, found, strict=True)]))
    name = contact.name.full if contact.name else None
    organization = contact.organizations[0].value if contact.organizations else None
    title = contact.titles[0].value if contact.titles else None
    met = ", ".join(filter(None, (card.event.name, card.event.place, card.event.met_on)))
    return Exhibit(
        id=clean(card.id),
        heading=clean(name or organization or "Nothing was read"),
        below=clean(", ".join(filter(None, (title, organization if name else None)))),
        source=clean(Path(card.source.path).name),
        met=clean(met),
        status=card.review.status,
        reasons=tuple(clean(reason) for reason in reasons_to_review(card)),
        notes=tuple(clean(note.text) for note in card.notes),
        drawn=tuple(map(clean, sign_words(card))),
        rows=rows,
        boxes=boxes,
        picture=picture,
    )


def clean(text: str) -> str:
    """Text without controls and bidirectional overrides; escaping for HTML is the template's."""
    return safe(text, keep="\n")


def _values(contact: Contact) -> Iterator[tuple[str, str, str | None, Value]]:
    if contact.name:
        yield "Name", " / ".join((contact.name.full, *contact.name.also)), None, contact.name
    for title in contact.titles:
        yield "Title", title.value, None, title
    for organization in contact.organizations:
        text = ", ".join(filter(None, (organization.value, organization.department)))
        yield "Organisation", text, None, organization
    for phone in contact.phones:
        text = f"{phone.value or phone.raw}{f' ext. {phone.extension}' if phone.extension else ''}"
        yield _PHONE_LABELS.get(phone.type, "Phone"), text, _phone_link(phone.value), phone
    for mail in contact.emails:
        yield "E-mail", mail.value, f"mailto:{quote(mail.value, safe='@')}", mail
    for url in contact.urls:
        yield "Web", url.value, web_link(url.value), url
    for address in contact.addresses:
        yield "Address", address.full, None, address
    for profile in contact.social:
        yield profile.network.capitalize(), profile.handle, web_link(profile.url), profile


def web_link(url: str | None) -> str | None:
    """A URL that may stand in a link: http or https with a host, nothing that runs."""
    try:
        address = web_address(url)
        return address if urlsplit(address).hostname else None
    except ValueError:
        return None


def _phone_link(number: str | None) -> str | None:
    """An E.164 number as a link (RFC 3966); anything else is none."""
    return f"tel:{number}" if number and re.fullmatch(r"\+[0-9]{3,15}", number) else None


def _boxes(card: Card, picture: Picture, found: list[tuple[Row, tuple[int, ...]]]) -> Iterator[Box]:
    assert card.source.quad is not None
    to_picture = geometry.homography(card.source.quad, geometry.corners(picture.width, picture.height))
    for row, lines in found:
        for index in lines:
            if index < len(card.lines) and card.lines[index].card is None:  # what another photo shows has no box here
                points = _points(geometry.project(to_picture, card.lines[index].quad))
                yield Box(points, row, max(8, picture.width // 14 - len(row.label)))


def _points(quad: tuple[tuple[float, float], ...] | Quad) -> str:
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in quad)


def _picture(pixels: Pixels) -> Picture:
    drawn = Image.fromarray(pixels)
    drawn.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    drawn.save(held, "JPEG", quality=80)  # pixels alone: no EXIF of the photo goes along
    return Picture("data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode(), drawn.width, drawn.height)


def _load(card: Card) -> Pixels | None:
    try:
        pages = image.load(Path(card.source.path), ImageOptions())
        return next((page.pixels for page in pages if page.page == card.source.page), None)
    except InputError:
        return None
