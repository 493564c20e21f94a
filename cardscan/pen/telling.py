"""The judgement of every line of a card: pen or print, note or value."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from cardscan.geometry import stand_together
from cardscan.notes import is_slogan, known_share, leads_on
from cardscan.parse import is_plainly_printed
from cardscan.pen.evidence import VALUE, evidence, tells_what_to_do
from cardscan.pen.judge import pen_logits
from cardscan.pen.passages import is_below
from cardscan.pen.repeats import repeated
from cardscan.record import Look, Page, TextLine

SURE: Final = 0.4
"""Probability from which a line is a pen's (chosen on generated cards of the training split)."""
MAYBE: Final = 0.25
"""A line that is called print, but may be a pen's with this probability or more, is worth a look."""

_ACTION: Final = 0.05  # of a line that tells a thing to be done in words of notes
_CLEARLY_PRINT: Final = 0.05  # by the picture; the judge may be wrong about places and sizes of a kind it never saw
_NOT_PRINT: Final = 0.1  # by the picture of such a line
_BESIDE_PEN: Final = 0.3  # of a line right above or below a pen's
_OPEN: Final = 0.03  # of a line right below a pen's that ends with "to", "at" or the like
_SURE_VALUE: Final = 0.6  # of a number: it is read as one whoever wrote it
_SURE_NAME: Final = 0.95
_NEVER: Final = 2.0
_PRINT: Final = 1.5  # only a pen's sentence that goes on from the line above
_MOST: Final = 12  # lines of notes on one card; more is a page of something else that the judge has never seen
_HALF: Final = 0.5
_LONGEST: Final = 200  # characters of a line that are looked at
_LABELLED: Final = 8  # letters of words beside a value: `mobile`, but no sentence


def tell_pen_from_print(page: Page) -> Page:
    """Judge every line of a page.

    Returns:
        The page with a pen's lines marked as handwriting, those that hold a contact's value with the role "value", and
        `looks` that hold the judged probabilities. A page without `looks` comes back as it is.

    Raises:
        ModelError: The judge's model is missing or altered.
    """
    if not page.looks or not page.lines:
        return page
    pens = (1 / (1 + np.exp(-pen_logits(evidence(page))))).tolist()
    seen = zip(page.lines, page.looks, repeated(page), pens, strict=True)
    needed = [_needed(line, look, share, pen) for line, look, share, pen in seen]
    told = {index for index, (pen, need) in enumerate(zip(pens, needed, strict=True)) if pen >= need}
    told |= {
        index
        for index, (pen, need) in enumerate(zip(pens, needed, strict=True))
        if (_OPEN <= pen < need == SURE and any(_leads_on(page.lines[other], page.lines[index], pen) for other in told))
        or (need == _PRINT and pen >= SURE and any(_goes_on(page.lines[other], page.lines[index]) for other in told))
    }
    looks = tuple(
        replace(look, pen=pen if index in told or need < _SURE_NAME else 0.0)  # a name in print is no doubt
        for index, (look, pen, need) in enumerate(zip(page.looks, pens, needed, strict=True))
    )
    if len(told) == 1 and all(_is_lone_name(page.lines[index].text) for index in told):
        told = set()  # still in `looks`, so that review asks
    if len(told) > _MOST:
        return replace(page, looks=tuple(replace(look, pen=0.0) for look in page.looks))
    lines = tuple(_by_pen(line) if index in told else line for index, line in enumerate(page.lines))
    return replace(page, lines=lines, looks=looks)


def _needed(line: TextLine, look: Look, repeated: float, pen: float) -> float:
    """The probability that makes a line a pen's.

    None does where print repeats all of it, for a single letter, or where the picture clearly says print and not all is
    words of notes, unless there the sentence of a pen's line above goes on. Less is needed of some words that tell a
    thing to be done and are all those of notes, where the picture leaves it open: capitals written with care look like
    print, but no card is printed with `SEND THANK-YOU CARD`, and as print it would be taken for a name.
    """
    is_value = VALUE.search(line.text) is not None
    if repeated >= 1 or sum(c.isalnum() for c in line.text) == 1:
        return _NEVER
    if look.pen < _CLEARLY_PRINT and (is_value or known_share(line.text) < 1):
        return _NEVER if is_value else _PRINT
    if (
        repeated >= _HALF
        or is_slogan(line.text[:_LONGEST])
        or (is_plainly_printed(line.text) and not tells_what_to_do(line.text))
    ):
        return _SURE_NAME
    if is_value:
        return _SURE_VALUE
    if _ACTION <= pen < SURE and look.pen >= _NOT_PRINT and " " in line.text and tells_what_to_do(line.text):
        return _ACTION
    return SURE


def _leads_on(one: TextLine, other: TextLine, pen: float) -> bool:
    """Whether a pen's line makes the one beside it a pen's, too: surer where its own last word asks for more."""
    return (pen >= _BESIDE_PEN and stand_together(one.quad, other.quad)) or _goes_on(one, other)


def _goes_on(one: TextLine, other: TextLine) -> bool:
    """Whether a line's last word asks for the line right below it: `offers intro to`, `Sandra`."""
    return stand_together(one.quad, other.quad) and is_below(one, other) and leads_on(one.text[:_LONGEST])


def _is_lone_name(text: str) -> bool:
    """One word that neither notes nor common language know: more likely a logo than all that someone wrote."""
    lettered = any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
    return lettered and len(text.split()) == 1 and known_share(text) == 0


def _by_pen(line: TextLine) -> TextLine:
    words = sum(len(word) for word in line.text.split() if word.isalpha())
    is_value = VALUE.search(line.text) is not None and words <= _LABELLED
    return replace(line, source="handwriting", role="value" if is_value else None)
