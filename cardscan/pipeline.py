"""The stages in their order, on one screen: a photo becomes cards.

Nothing here prints, keeps or plans: it takes a file and options, and gives records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from cardscan import geometry, image, ocr, parse, pen
from cardscan.options import ScanOptions
from cardscan.record import (
    Card,
    CardImage,
    Code,
    Contact,
    Event,
    Mark,
    Note,
    Page,
    Photo,
    Quad,
    Quality,
    Reading,
    Review,
    Source,
    TextLine,
)  # fmt: skip

_KEY = 2  # letters and digits on a key
_KEYS = 3
NO_CARD = "no card was found in this photo"


def scan_photo(path: str, engine: ocr.Engine, options: ScanOptions) -> list[Card]:
    """Read every card of one file; a file without a card gives one record whose contact is None.

    Args:
        path: The file, as the user gave it; it stands so in `source.path`.
        engine: An open engine (`ocr.open_engine`); it is used again for the next photo.
        options: What to read and how; event, place and date of meeting where the user said them.

    Raises:
        InputError: The file cannot be read as a photo.
    """
    cards: list[Card] = []
    photo: Photo | None = None
    finder = ocr.text_finder(engine)
    for photo in image.load(Path(path), options.image):
        for card_image in image.find_cards(photo, options.image, finder.find_text if finder else None):
            cards += _read_card(photo, card_image, len({card.source.index for card in cards}), engine, options)
    assert photo is not None, "load gives at least one page or raises"
    cards = _without_keys(cards)
    count = len({card.source.index for card in cards})
    if not cards:
        return [_no_card(photo, options)]
    return [replace(card, source=replace(card.source, cards_in_photo=count)) for card in cards]


def _read_card(
    photo: Photo, card_image: CardImage, index: int, engine: ocr.Engine, options: ScanOptions
) -> Iterator[Card]:
    page = ocr.recognize(card_image, engine, options.ocr)
    if quarters := ocr.quarters_to_upright(page):
        card_image = image.turned(card_image, quarters)
        page = ocr.recognize(card_image, engine, options.ocr)
    if parse.is_receipt(page.lines):
        return
    page = pen.tell_pen_from_print(page)
    marks = pen.drawn_marks(page)
    page = pen.without_signs(page, marks)
    reading = parse.extract(page, options.parse)
    event = _event(photo, options)
    assert event.met_on is not None, "an option, EXIF or the file always gives a date"
    met_on = date.fromisoformat(event.met_on)
    written = pen.read_writing(page, reading.roles, met_on, options.parse.region)
    written = pen.with_priority(written, marks, met_on)
    event = _with_notes(event, written)
    lines, codes, marks = _in_photo(page, reading, marks, card_image)
    design = image.design_of(card_image)
    quality = replace(card_image.quality, warnings=(*card_image.quality.warnings, *page.warnings))
    reasons = (*reading.reasons, *pen.reasons_to_look(page, reading.roles, written), *pen.reasons_to_ask(marks))
    reasons = (*reasons, *quality.warnings)
    for person, contact in enumerate(reading.contacts or (None,)):
        yield Card(
            id=card_id(photo.sha256, index, person),
            source=Source(
                path=photo.path,
                sha256=photo.sha256,
                index=index,
                quad=card_image.quad,
                rotation=card_image.rotation,
                taken_at=photo.taken_at.isoformat() if photo.taken_at else None,
                page=photo.page,
            ),
            contact=pen.with_preferred(contact, marks) if contact else Contact(),
            event=event,
            notes=written,
            lines=lines,
            codes=codes,
            marks=marks,
            quality=quality,
            design=design,
            review=Review("needs-review" if reasons else "ok", reasons),
        )


def _without_keys(cards: list[Card]) -> list[Card]:
    """The cards without the keys of a keyboard: several in one photo that hold a letter or two each."""
    keys = {
        card.source.index
        for card in cards
        if not card.codes and sum(c.isalnum() for line in card.lines for c in line.text) <= _KEY and card.lines
    }
    return [card for card in cards if card.source.index not in keys] if len(keys) >= _KEYS else cards


def card_id(sha256: str, index: int, person: int = 0) -> str:
    """The id of a card: the same bytes, place in the photo and person always give the same."""
    return "c-" + hashlib.sha256(f"{sha256}/{index}/{person}".encode()).hexdigest()[:16]


def _no_card(photo: Photo, options: ScanOptions) -> Card:
    taken = photo.taken_at.isoformat() if photo.taken_at else None
    source = Source(path=photo.path, sha256=photo.sha256, cards_in_photo=0, taken_at=taken)
    return Card(
        id=card_id(photo.sha256, 0),
        source=source,
        contact=None,
        event=_event(photo, options),
        quality=Quality(warnings=(NO_CARD,)),
        review=Review("needs-review", (NO_CARD,)),
    )


def _event(photo: Photo, options: ScanOptions) -> Event:
    """Where and when we met, as far as options and the file say: `--met-on`, else EXIF, else the file's date."""
    if options.met_on is not None:
        return Event(options.event, options.place, options.met_on, "option")
    if photo.taken_at is not None:
        return Event(options.event, options.place, photo.taken_at.date().isoformat(), "exif")
    modified = datetime.fromtimestamp(Path(photo.path).stat().st_mtime).astimezone()
    return Event(options.event, options.place, modified.date().isoformat(), "file")


def _with_notes(event: Event, written: tuple[Note, ...]) -> Event:
    """What the pen says goes before what the options say; options fill what notes leave open."""
    for note in written:
        met = note.facts.met
        event = replace(event, name=met.event or event.name, place=met.place or event.place)
        if met.date:
            event = replace(event, met_on=met.date, met_on_from="note")
    return event


def _in_photo(
    page: Page, reading: Reading, marks: tuple[Mark, ...], card_image: CardImage
) -> tuple[tuple[TextLine, ...], tuple[Code, ...], tuple[Mark, ...]]:
    """Lines, codes and marks with their quads in photo pixels, lines with the role that parsing gave them."""
    to_photo = geometry.homography(geometry.corners(page.width, page.height), card_image.quad)

    def placed(quad: Quad) -> Quad:
        a, b, c, d = geometry.project(to_photo, quad)
        return (a, b, c, d)

    lines = tuple(
        replace(line, quad=placed(line.quad), role=role) for line, role in zip(page.lines, reading.roles, strict=True)
    )
    codes = tuple(replace(code, quad=placed(code.quad)) for code in page.codes)
    return lines, codes, tuple(replace(mark, quad=placed(mark.quad)) for mark in marks)
