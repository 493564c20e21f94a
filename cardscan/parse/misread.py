"""What the engine hesitated at: a letter it nearly read otherwise, in values where one letter is all the difference.

An alternative is taken only where the card itself speaks for it (a mail's local part made from the person's name);
otherwise the value stays as read and its confidence falls with what the engine held possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from cardscan.parse.email_locals import local_forms
from cardscan.parse.finding import Found
from cardscan.record import Doubt, Email, Phone, Url

V = TypeVar("V", Email, Url, Phone)

_LIKELY_ENOUGH = 0.03  # an alternative less likely than this is not tried …
_MARK_LIKELY_ENOUGH = 5e-4  # … but for a dot passed over between two parts of a name
_MARKS = frozenset("._-")
_REPAIRED = 0.9
_CONFIRMED = 0.25  # how much a doubt weighs in a value the rest of the card confirms


def with_alternatives(
    found: Sequence[Found[Email]], doubts: Sequence[Doubt], names: Iterable[str]
) -> list[Found[Email]]:
    """Mail addresses with a doubtful letter read the other way where that makes them agree with a person's name.

    Args:
        found: As `refine_emails` gave them.
        doubts: Of the page.
        names: Persons' names as printed.
    """
    expected = {form for name in names for form in local_forms(name)}
    return [_agreeing(item, _within(item, doubts), expected) for item in found]


def doubted(
    found: Sequence[Found[V]], doubts: Sequence[Doubt], confirmed: Iterable[str] = (), *, digits: bool = False
) -> tuple[Found[V], ...]:
    """The values, less sure by what the engine held possible in their place.

    Args:
        found: Values and where they stand.
        doubts: Of the page.
        confirmed: Values (as `value` has them) that another part of the card agrees with.
        digits: Whether only digits matter, as in telephone numbers.
    """
    sure = set(confirmed)
    weighed = []
    for item in found:
        weight = _CONFIRMED if item.value.value in sure else 1.0
        share = 1.0
        for doubt in _within(item, doubts):
            if not digits or (doubt.char + doubt.instead).isdigit():
                share *= 1 - weight * min(0.5, doubt.instead_probability)
        weighed.append(replace(item, value=replace(item.value, confidence=round(item.value.confidence * share, 4))))
    return tuple(weighed)


def _within(item: Found[V], doubts: Sequence[Doubt]) -> list[Doubt]:
    """Doubts at characters of a value that mean something: not blanks, not a capital for its small letter."""
    found = []
    for doubt in doubts:
        if doubt.instead.isspace() or doubt.char.isspace() or doubt.char.lower() == doubt.instead.lower():
            continue
        if any(span.line == doubt.line and span.start <= doubt.position < span.end for span in item.spans):
            found.append(doubt)
    return found


def _agreeing(item: Found[Email], doubts: Sequence[Doubt], expected: set[str]) -> Found[Email]:
    email = item.value
    if len(item.spans) > 1 or (email.raw or "").lower() != email.value.lower():
        return item
    local = email.value.rpartition("@")[0].lower()
    for variant, is_mark in _variants(email.value, item.spans[0].start, doubts):
        other = variant.rpartition("@")[0].lower()
        # "jdoe" agrees with the name as "j.doe" does: there only the dot that the engine all but saw is in doubt.
        if other in expected and other != local and (is_mark or local not in expected):
            confidence = round(email.confidence * _REPAIRED, 4)
            rule = f"{email.rule or 'email'}+repaired:doubt"
            return replace(item, value=replace(email, value=variant, confidence=confidence, rule=rule))
    return item


def _variants(text: str, start: int, doubts: Sequence[Doubt]) -> Iterator[tuple[str, bool]]:
    """The text with one doubtful character read otherwise, or a mark put in where it was left out; likeliest first."""
    for doubt in sorted(doubts, key=lambda d: -d.instead_probability):
        at, is_mark = doubt.position - start, not doubt.char and doubt.instead in _MARKS
        if doubt.instead_probability >= (_MARK_LIKELY_ENOUGH if is_mark else _LIKELY_ENOUGH) and 0 <= at < len(text):
            yield text[:at] + doubt.instead + text[at + len(doubt.char) :], is_mark
