"""Numbers whose area code or country prefix is printed in a box of its own to the left: "(11)" beside "3456-7890"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cardscan.parse.finding import Found, Span
from cardscan.parse.folding import fold
from cardscan.parse.labels import label_before
from cardscan.parse.phone_numbers import dial
from cardscan.record import Phone, TextLine

_AREA = re.compile(r"(?:\+\d{1,3} ?)?\( ?0?\d{1,5} ?\) ?$|\+\d{1,3} ?$")
_LONGEST_AREA_LINE = 40  # characters: a label and the area code


def with_area_codes(
    found: Sequence[Found[Phone]], lines: Sequence[TextLine], regions: tuple[str, ...], taken: Iterable[Span] = ()
) -> list[Found[Phone]]:
    """The numbers, local ones joined with an area code that stands right beside them, if that makes a valid number.

    Args:
        found: Numbers of a page.
        lines: The page's lines.
        regions: Candidate countries, likeliest first.
        taken: Characters of other fields, which hold no area code.
    """
    areas = []
    busy = [*taken, *(span for item in found for span in item.spans)]
    for index, line in enumerate(lines):
        match = _AREA.search(fold(line.text)) if len(line.text) <= _LONGEST_AREA_LINE else None
        if match is not None:
            span = Span(index, match.start(), match.end())
            if not any(span.overlaps(other) for other in busy):
                areas.append(span)
    return [_joined(item, areas, lines, regions) if item.value.value is None else item for item in found]


def _joined(
    item: Found[Phone], areas: Sequence[Span], lines: Sequence[TextLine], regions: tuple[str, ...]
) -> Found[Phone]:
    own = item.spans[0]
    if any(c.isalnum() for c in lines[own.line].text[: own.start]):
        return item
    for area in areas:
        if area.line == own.line or not _beside(lines[area.line], lines[own.line]):
            continue
        code = lines[area.line].text[area.start : area.end].strip()
        printed = f"{code} {item.value.raw}"
        number = fold(code + lines[own.line].text[own.start : own.end])
        digits = "".join(c for c in number if c.isdigit())
        reading = dial(digits, "+" in code, fold(printed), regions)
        if not reading.valid:
            continue
        label = label_before(lines[area.line].text, area.start)
        labels = (Span(area.line, label.start, label.end),) if label is not None else ()
        phone = replace(
            item.value,
            value=reading.e164,
            raw=printed,
            valid=True,
            type="mobile" if reading.mobile and not (item.labels or labels) else item.value.type,
            lines=(area.line, *item.value.lines),
            rule="phone:area-beside",
        )
        return Found(phone, (area, *item.spans), (*labels, *item.labels))
    return item


def _beside(left: TextLine, right: TextLine) -> bool:
    """Whether `left` ends close before `right` begins, at one height."""
    ys, zs = [y for _, y in left.quad], [y for _, y in right.quad]
    middle, height = (min(ys) + max(ys)) / 2, max(max(zs) - min(zs), 1.0)
    gap = min(x for x, _ in right.quad) - max(x for x, _ in left.quad)
    return min(zs) - 0.2 * height <= middle <= max(zs) + 0.2 * height and -0.5 * height <= gap <= 2.5 * height
