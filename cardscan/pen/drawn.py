"""Which signs on a card a pen drew, and what follows: priority, and the number that was meant.

A shape alone may be a logo or a bullet. It counts as drawn when no print has its ink, the more so when the card's pen
lines have it; where pen and print write in one ink it is shown to a person and nothing follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.record import Contact, Mark, MarkKind, Note, NoteFacts, Page, Quad, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cardscan.record import Shape

SURE: Final = 0.8
"""Confidence from which facts follow from a mark."""

_SAME_INK: Final = 0.45  # distance of two tints, as logarithms of shares of the paper's colour
_UNLIKE: Final = 0.3
_OTHER_INK: Final = 0.7
_DRAWN, _OWN_INK, _EITHER = 0.95, 0.85, 0.6
_STARS: Final = {"star": "★", "double-star": "★★"}
_PRINTED: Final = ("check", "arrow")
"""Signs that are printed as often: where no pen wrote, another ink than that of the lines may be a logo's."""
_AROUND: Final = ("circle", "underline")
_LETTERS: Final = 4  # a "line" of more characters is no sign that was read as text


def drawn_marks(page: Page) -> tuple[Mark, ...]:
    """The signs that a pen drew, or may have drawn, in card pixels; `page` after its lines were told apart.

    Shapes in an ink that only print has are left out, but for an oval around text, and a star
    beside other writing, which may be drawn; what lies on a code is left out, too.
    """
    marks = []
    for shape in page.shapes:
        if any(_covers(shape.quad, code.quad) for code in page.codes):
            continue  # a corner of a QR code
        to_pen = _to_ink(page, shape, "handwriting")
        to_print = _to_ink(page, shape, "print")
        confidence = _confidence(shape.kind, to_pen, to_print)
        if confidence is not None:
            marks.append(Mark(shape.kind, shape.quad, shape.lines, confidence))
    return tuple(marks)


def _confidence(kind: MarkKind, to_pen: float, to_print: float) -> float | None:
    """How sure a pen drew a sign, by how far its ink is from that of the pen's lines and of print; None for print."""
    if to_print > _OTHER_INK:
        if to_pen < _SAME_INK:
            return _DRAWN
        return _EITHER if kind in _PRINTED and to_pen == float("inf") else _OWN_INK
    if to_pen < _SAME_INK:
        return _OWN_INK if to_print > max(_UNLIKE, 2 * to_pen) else _EITHER
    is_likely = kind == "circle" or (kind in _STARS and to_pen != float("inf"))
    return _EITHER if is_likely else None


def without_signs(page: Page, marks: Sequence[Mark]) -> Page:
    """The page with lines that are signs, which OCR took for text, marked as handwriting with the role "mark"."""
    signs = [mark.quad for mark in marks if mark.kind not in _AROUND]
    lines = tuple(
        replace(line, source="handwriting", role="mark") if _is_sign(line, signs) else line for line in page.lines
    )
    return replace(page, lines=lines)


def with_priority(written: tuple[Note, ...], marks: Sequence[Mark], reference: date) -> tuple[Note, ...]:
    """The notes with the priority that a star stands for; a star on a card without a note is a note of its own."""
    star = max((mark for mark in marks if mark.kind in _STARS), key=lambda mark: mark.confidence, default=None)
    if star is None or star.confidence < SURE:
        return written
    if written:
        return (replace(written[0], facts=replace(written[0].facts, priority=True)), *written[1:])
    text = _STARS[star.kind]
    facts = NoteFacts(text=text, reference_date=reference.isoformat(), priority=True)
    return (Note(text=text, confidence=star.confidence, facts=facts),)


def with_preferred(contact: Contact, marks: Sequence[Mark]) -> Contact:
    """The contact with the one telephone number preferred that a pen has circled or underlined."""
    marked = {line for mark in marks if mark.kind in _AROUND and mark.confidence >= SURE for line in mark.lines}
    chosen = [phone for phone in contact.phones if phone.lines and marked.issuperset(phone.lines)]
    if len(chosen) != 1:
        return contact
    return replace(
        contact,
        phones=tuple(replace(phone, preferred=phone is chosen[0]) for phone in contact.phones),
    )


def reasons_to_ask(marks: Sequence[Mark]) -> tuple[str, ...]:
    """What a person should decide about signs that may be a pen's or printed."""
    return tuple(f"this may be a drawn {mark.kind}" for mark in marks if mark.kind in _STARS and mark.confidence < SURE)


def _to_ink(page: Page, shape: Shape, source: str) -> float:
    tints = [
        look.tint
        for line, look in zip(page.lines, page.looks, strict=False)
        if line.source == source and not _covers(shape.quad, line.quad)
    ]
    if not tints:
        return float("inf")
    away = np.log(np.clip(tints, 0.03, 3.0)) - np.log(np.clip(shape.tint, 0.03, 3.0))
    return float(np.linalg.norm(away, axis=1).min())


def _is_sign(line: TextLine, signs: Sequence[Quad]) -> bool:
    """Whether a "line" is nothing but a sign: each lies on most of the other."""
    short = len(line.text.strip()) <= _LETTERS
    return short and any(_covers(sign, line.quad) and _covers(line.quad, sign) for sign in signs)


def _covers(sign: Quad, quad: Quad) -> bool:
    """Whether most of the upright box of the one lies on that of the other."""
    xs, ys = [point[0] for point in quad], [point[1] for point in quad]
    wide = min(max(xs), sign[2][0]) - max(min(xs), sign[0][0])
    tall = min(max(ys), sign[2][1]) - max(min(ys), sign[0][1])
    area = (sign[2][0] - sign[0][0]) * (sign[2][1] - sign[0][1])
    return wide > 0 and tall > 0 and wide * tall > 0.5 * area
