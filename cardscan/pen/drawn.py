"""Which signs on a card a pen drew, and what follows: priority, and the number that was meant.

A shape alone may be a logo or a bullet. It counts as drawn when no print has its ink, the more so when the card's pen
lines have it; where pen and print write in one ink it is shown to a person and nothing follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.record import Contact, Mark, Note, NoteFacts, Page, Quad, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cardscan.record import Shape

SURE: Final = 0.8
"""Confidence from which facts follow from a mark."""

_SAME_INK: Final = 0.45  # distance of two tints, as logarithms of shares of the paper's colour
_OTHER_INK: Final = 0.7
_DRAWN, _OWN_INK, _EITHER = 0.95, 0.85, 0.6
_STARS: Final = {"star": "★", "double-star": "★★"}
_AROUND: Final = ("circle", "underline")
_LETTERS: Final = 4  # a "line" of more characters is no sign that was read as text


def drawn_marks(page: Page) -> tuple[Mark, ...]:
    """The signs that a pen drew, or may have drawn, in card pixels; `page` after its lines were told apart.

    Shapes in an ink that only print has are left out.
    """
    marks = []
    for shape in page.shapes:
        to_pen = _to_ink(page, shape, "handwriting")
        to_print = _to_ink(page, shape, "print")
        if to_print > _OTHER_INK:
            confidence = _DRAWN if to_pen < _SAME_INK else _OWN_INK
        elif to_pen < _SAME_INK:
            confidence = _EITHER
        else:
            continue
        marks.append(Mark(shape.kind, shape.quad, shape.lines, confidence))
    return tuple(marks)


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
