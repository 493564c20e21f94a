"""Numbers a pen has crossed out: they are shown as such and are no part of the contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cardscan.parse.finding import Found, Span
from cardscan.record import Other, Phone, Strike, TextLine

_SHARE = 0.6  # of a number's length that a stroke must cross


def without_struck(
    found: Iterable[Found[Phone]], lines: Sequence[TextLine], strikes: Sequence[Strike]
) -> tuple[tuple[Found[Phone], ...], tuple[Found[Other], ...]]:
    """The numbers that stand, and those that were crossed out, as other print with the role "struck"."""
    kept: list[Found[Phone]] = []
    struck: list[Found[Other]] = []
    for item in found:
        if all(_is_crossed(span, lines, strikes) for span in item.spans):
            value = Other(item.value.raw, "struck", item.value.lines)
            struck.append(Found(value, item.spans, item.labels))
        else:
            kept.append(item)
    return tuple(kept), tuple(struck)


def _is_crossed(span: Span, lines: Sequence[TextLine], strikes: Sequence[Strike]) -> bool:
    total = max(1, len(lines[span.line].text))
    left, right = span.start / total, span.end / total
    crossed = sum(
        max(0.0, min(right, strike.right) - max(left, strike.left)) for strike in strikes if strike.line == span.line
    )
    return crossed > _SHARE * (right - left)
