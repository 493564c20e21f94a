"""The judgement of every line of a card: pen or print, note or value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cardscan.geometry import stand_together
from cardscan.notes import known_share, leads_on
from cardscan.parse import is_plainly_printed, owns_mail
from cardscan.pen.evidence import VALUE, evidence, tells_what_to_do
from cardscan.pen.judge import pen_logits
from cardscan.pen.passages import is_below
from cardscan.record import Page, TextLine

SURE: Final = 0.4
"""Probability from which a line is a pen's (chosen on generated cards of the training split)."""
MAYBE: Final = 0.25
"""A line that is called print, but may be a pen's with this probability or more, is worth a look."""

_ACTION: Final = 0.05  # of a line that tells a thing to be done in words of notes
_BESIDE_PEN: Final = 0.3  # of a line right above or below a pen's
_OPEN: Final = 0.05  # of a line right below a pen's that ends with "to", "at" or the like
_SURE_VALUE: Final = 0.85  # of a number: it is read as one whoever wrote it
_SURE_NAME: Final = 0.95
_NEVER: Final = 2.0
_MOST: Final = 12  # lines of notes on one card; more is a page of something else that the judge has never seen
_HALF: Final = 0.5
_PRINT_LIKE: Final = 0.5
_NAME: Final = 6  # letters of a name that is looked for elsewhere
_LONG_NAME: Final = 8  # of one that is but the line's first words
_LONGEST: Final = 200  # characters of a line that are looked at
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")
_INITIALS: Final = re.compile(r"\b[A-Z]{2,3}\b")
_SIGNS: Final = re.compile(r"[\W_]+")
_ADDRESS: Final = re.compile(r"@|www|https?:", re.I)  # of mail or web: printed, however it looks
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
    needed = [_needed(line, share, pen) for line, share, pen in zip(page.lines, _repeated(page), pens, strict=True)]
    looks = tuple(
        replace(look, pen=pen if pen >= need or need < _SURE_NAME else 0.0)  # a name in print is no doubt
        for look, pen, need in zip(page.looks, pens, needed, strict=True)
    )
    told = {index for index, (pen, need) in enumerate(zip(pens, needed, strict=True)) if pen >= need}
    told |= {
        index
        for index, (pen, need) in enumerate(zip(pens, needed, strict=True))
        if _OPEN <= pen < need == SURE and any(_leads_on(page.lines[other], page.lines[index], pen) for other in told)
    }
    if len(told) == 1 and all(_is_lone_name(page.lines[index].text) for index in told):
        told = set()  # still in `looks`, so that review asks
    if len(told) > _MOST:
        return replace(page, looks=tuple(replace(look, pen=0.0) for look in page.looks))
    lines = tuple(_by_pen(line) if index in told else line for index, line in enumerate(page.lines))
    return replace(page, lines=lines, looks=looks)


def _needed(line: TextLine, repeated: float, pen: float) -> float:
    """The probability that makes a line a pen's; none does where print repeats all of it, nor for a single letter.

    Less is needed of what tells a thing to be done in nothing but words of notes: capitals written with care look like
    print, but no card is printed with `SEND THANK-YOU CARD`, and as print it would be taken for a name.
    """
    if repeated >= 1 or sum(c.isalnum() for c in line.text) == 1:
        return _NEVER
    if repeated >= _HALF or (is_plainly_printed(line.text) and not tells_what_to_do(line.text)):
        return _SURE_NAME
    if VALUE.search(line.text):
        return _SURE_VALUE
    return _ACTION if _ACTION <= pen < SURE and tells_what_to_do(line.text) else SURE


def _leads_on(one: TextLine, other: TextLine, pen: float) -> bool:
    """Whether a pen's line makes the one beside it a pen's, too: surer where its own last word asks for more."""
    return stand_together(one.quad, other.quad) and (
        pen >= _BESIDE_PEN or (is_below(one, other) and leads_on(one.text[:_LONGEST]))
    )


def _is_lone_name(text: str) -> bool:
    """One word that neither notes nor common language know: more likely a logo than all that someone wrote."""
    return len(text.split()) == 1 and known_share(text) == 0 and any(c.isalpha() for c in text)


def _repeated(page: Page) -> list[float]:
    """How much of each line print repeats elsewhere: a name in a logo's script face comes again in the site's.

    Rules and not the judge's, as few cards teach it and it holds for all. Single words of notes (`phone`) are let off.

    Returns:
        1 where the whole line is repeated, or is the name that a mail address is made of; else the share of its longer
        words and of the capitals that are a word of an address (`KPC` of `kpc.dk`), at most 0.9.
    """
    squashed = [_SIGNS.sub("", _plain(line.text)) for line in page.lines]
    sources = [
        text if look.pen < _PRINT_LIKE or _ADDRESS.search(line.text) else ""
        for text, line, look in zip(squashed, page.lines, page.looks, strict=True)
    ]
    printed = [line.text for line in page.lines if _ADDRESS.search(line.text)]
    found = []
    for index, (line, text) in enumerate(zip(page.lines, squashed, strict=True)):
        rest = "\n".join(other for place, other in enumerate(sources) if place != index)
        addresses = [other for other in printed if other is not line.text]
        words = _WORD.findall(_plain(line.text))
        if " " not in line.text.strip() and known_share(line.text) >= 1:
            found.append(0.0)
        elif (len(text) >= _NAME and text in rest) or owns_mail(line.text, addresses):
            found.append(1.0)
        elif _begins_host(_SIGNS.split(_plain(line.text)), addresses):
            found.append(0.9)
        else:
            spelled = set(_SIGNS.split(_plain(" ".join(addresses)))) & set(map(str.lower, _INITIALS.findall(line.text)))
            names = sum(word in rest and known_share(word) < 1 for word in words)  # `email` stands on every other card
            found.append(min(0.9, (names + len(spelled)) / max(1, len(words) + len(spelled))))
    return found


def _begins_host(words: Sequence[str], addresses: Sequence[str]) -> bool:
    """Whether an address has a name that the line begins with: `greenpath.com` of *Green Path Flowers*."""
    joined = ["".join(words[:count]) for count in range(2, len(words) + 1)]
    plain = [_SIGNS.sub("", _plain(address)) for address in addresses]
    return any(len(name) >= _LONG_NAME and any(name in address for address in plain) for name in joined)


def _plain(text: str) -> str:
    """In lower case and without accents, as names stand in mail addresses."""
    parted = unicodedata.normalize("NFKD", text[:_LONGEST])
    return "".join(char for char in parted if not unicodedata.combining(char)).casefold()


def _by_pen(line: TextLine) -> TextLine:
    words = sum(len(word) for word in line.text.split() if word.isalpha())
    is_value = VALUE.search(line.text) is not None and words <= _LABELLED
    return replace(line, source="handwriting", role="value" if is_value else None)
