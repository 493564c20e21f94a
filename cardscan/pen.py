"""Which lines of a card a pen wrote: how a line looks, how it lies, and whether it speaks like a note.

Looks alone take script typefaces for pens, so they decide only where they are all but certain; a line that is aslant,
or that says what notes say, needs less. A phone number, a mail or a web address stays print: taking it for a note
would lose a contact's value, and a number a pen wrote is still a number to call.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from typing import Final

from cardscan.notes import read_note
from cardscan.record import NoteFacts, Page, Quad, TextLine

LOOKS: Final = 0.9975
"""Probability by its looks from which a line is a pen's, whatever it says (chosen on generated cards)."""
LOOKS_ASLANT: Final = 0.92
LOOKS_SPEAKING: Final = 0.5
ASLANT: Final = 0.7
"""Degrees off the card's axes; print is set straighter than that."""

_ANY_DAY: Final = date(2001, 1, 1)
_CONTACT_VALUE: Final = re.compile(r"@|www|https?:|\.[a-z]{2,3}\s*$|(?:\d[^\d]{0,3}){5}\d", re.I)


def tell_pen_from_print(page: Page) -> Page:
    """The page with every line that a pen wrote marked as handwriting; a page without `looks` comes back as it is."""
    if not page.looks:
        return page
    lines = tuple(
        replace(line, source="handwriting") if _is_pen(line, look.pen) else line
        for line, look in zip(page.lines, page.looks, strict=True)
    )
    return replace(page, lines=lines)


def _is_pen(line: TextLine, looks: float) -> bool:
    if looks < LOOKS_SPEAKING or _CONTACT_VALUE.search(line.text):
        return False
    if looks >= LOOKS or (looks >= LOOKS_ASLANT and _off_axis(line.quad) > ASLANT):
        return True
    return _says_something(read_note(line.text, _ANY_DAY))


def _off_axis(quad: Quad) -> float:
    (left, top), (right, bottom) = quad[0], quad[1]
    degrees = math.degrees(math.atan2(bottom - top, right - left))
    return abs((degrees + 45) % 90 - 45)


def _says_something(facts: NoteFacts) -> bool:
    silent = NoteFacts(text=facts.text, reference_date=facts.reference_date)
    return facts != silent
