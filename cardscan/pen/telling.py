"""The judgement of every line of a card: pen or print, note or value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from cardscan.notes import known_share
from cardscan.pen.evidence import VALUE, evidence
from cardscan.pen.judge import pen_logits
from cardscan.record import Page, TextLine

SURE: Final = 0.4
"""Probability from which a line is a pen's (chosen on generated cards of the training split)."""
MAYBE: Final = 0.25
"""A line that is called print, but may be a pen's with this probability or more, is worth a look."""


_PRINT_LIKE: Final = 0.5
_NAME: Final = 6  # letters of a name that is looked for elsewhere
_LONGEST: Final = 200  # characters of a line that are looked at
_SIGNS: Final = re.compile(r"[\W_]+")
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
    pens = np.where(_recurs(page), 0.0, 1 / (1 + np.exp(-pen_logits(evidence(page)))))
    looks = tuple(replace(look, pen=float(pen)) for look, pen in zip(page.looks, pens, strict=True))
    lines = tuple(_by_pen(line) if pen >= SURE else line for line, pen in zip(page.lines, pens.tolist(), strict=True))
    return replace(page, lines=lines, looks=looks)


def _recurs(page: Page) -> list[bool]:
    """For each line, whether print repeats the whole of it: a name in a logo's script face comes again in the site's.

    A rule and not the judge's, as few cards teach it and it holds for all. Single words of notes (`phone`) are let off.
    """
    squashed = [_SIGNS.sub("", line.text[:_LONGEST]).casefold() for line in page.lines]
    sources = [text if look.pen < _PRINT_LIKE else "" for text, look in zip(squashed, page.looks, strict=True)]
    found = []
    for index, (line, text) in enumerate(zip(page.lines, squashed, strict=True)):
        rest = "\n".join(other for place, other in enumerate(sources) if place != index)
        is_name = " " in line.text.strip() or known_share(line.text) < 1
        found.append(len(text) >= _NAME and is_name and text in rest)
    return found


def _by_pen(line: TextLine) -> TextLine:
    words = sum(len(word) for word in line.text.split() if word.isalpha())
    is_value = VALUE.search(line.text) is not None and words <= _LABELLED
    return replace(line, source="handwriting", role="value" if is_value else None)
