"""What finders give each other: a value, and the very characters of the page it stands on.

A finder takes all lines of a page and gives `Found` values. Its spans index into `TextLine.text` as OCR gave it, so a
later finder can leave alone what is taken: e-mails, then URLs, social, registration numbers, then phones on the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cardscan.record import TextLine

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of the text of page line `line`."""

    line: int
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both stand on one line and share a character."""
        return self.line == other.line and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and where it was read.

    Attributes:
        value: A record (`Phone`, `Email`, `Url`, `Social`, `Other`); its `lines` are the lines of `spans`.
        spans: The characters of the value, in reading order; more than one when it runs over a line end.
        labels: The characters of its label ("E-mail:", "Tel."), which may stand on another line.
    """

    value: T
    spans: tuple[Span, ...]
    labels: tuple[Span, ...] = ()

    @property
    def consumed(self) -> tuple[Span, ...]:
        """Value and label: what no other field may use."""
        return (*self.labels, *self.spans)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the page when a finder is called; all of it optional.

    Attributes:
        taken: Spans other finders consumed (see `consumed_by`).
        domains: Hosts read elsewhere on the card, lower-case, without scheme and "www.".
        names: Names of persons on the card, as printed.
        organizations: Names of organisations on the card, as printed.
    """

    taken: tuple[Span, ...] = ()
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneContext:
    """What is known of the page when phones are looked for.

    Attributes:
        taken: Spans other finders consumed: mails, URLs, registration numbers, postal codes and house numbers.
        regions: ISO 3166 alpha-2 countries a number without prefix may belong to, likeliest first: of addresses, then
            ccTLDs, then `ParseOptions.region`. Prefixes printed on the card are ranked by the finder itself.
    """

    taken: tuple[Span, ...] = ()
    regions: tuple[str, ...] = ()


def consumed_by(found: Iterable[Found[T]]) -> tuple[Span, ...]:
    """All spans of values and labels, sorted, to pass on as `taken`."""
    return tuple(sorted({span for item in found for span in item.consumed}))


def remainder(lines: Sequence[TextLine], taken: Iterable[Span]) -> list[str]:
    """The texts of the lines with taken characters blanked, so that positions stay the same."""
    texts = [list(line.text) for line in lines]
    for span in taken:
        if 0 <= span.line < len(texts):
            text = texts[span.line]
            for position in range(max(0, span.start), min(span.end, len(text))):
                text[position] = " "
    return ["".join(text) for text in texts]
