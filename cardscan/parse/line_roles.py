"""One role for each line of the page, and the print that is no contact field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cardscan.parse.addresses import Block
from cardscan.parse.assign import Assignment
from cardscan.parse.exact import Exact
from cardscan.parse.layout import Piece
from cardscan.parse.roles import role_of
from cardscan.record import Other, Page

_SILENT = frozenset({"label", "text"})
_VALUES = frozenset({"phone", "email", "url", "social", "struck"})  # what a pen may add to a card and is no note


def other_values(rest: Sequence[Piece], exact: Exact) -> tuple[Other, ...]:
    """What is printed besides, with its role; labels and stray letters are left out."""
    found = [item.value for item in (*exact.registrations, *exact.struck)]
    for piece in rest:
        role = role_of(piece)
        if role != "label" and sum(c.isalpha() for c in piece.text) > 1:
            found.append(Other(piece.text, role, (piece.span.line,)))
    return tuple(sorted(found, key=lambda other: other.lines))


def line_roles(
    page: Page, assignment: Assignment, exact: Exact, blocks: Sequence[Block], others: Sequence[Other]
) -> tuple[str | None, ...]:
    """The role that holds most of each line's characters; "note" for pen, None for what nothing is known of."""
    weights: list[Counter[str]] = [Counter() for _ in page.lines]
    for role, items in (
        ("email", exact.emails),
        ("url", exact.urls),
        ("social", exact.social),
        ("registration", exact.registrations),
        ("phone", exact.phones),
        ("struck", exact.struck),
    ):
        for item in items:
            for span in item.spans:
                weights[span.line][role] += span.end - span.start
    _add(weights, "address", (piece for block in blocks for piece in block.pieces))
    _add(weights, "name", (p for c in assignment.names for p in c.pieces))
    _add(weights, "name", (p for _, c in assignment.twins for p in c.pieces))
    _add(weights, "organization", (p for c in (*assignment.organizations, *assignment.forms) for p in c.pieces))
    _add(weights, "title", (p for t in assignment.titles for p in t.pieces))
    _add(weights, "department", assignment.departments)
    for other in others:
        for line in other.lines:
            if not weights[line]:
                weights[line][other.role] += 1
    roles: list[str | None] = []
    for printed, weight in zip(page.lines, weights, strict=True):
        held = weight.most_common(1)[0][0] if weight else None
        valued = held in _VALUES and printed.role == "value"
        drawn = "mark" if printed.role == "mark" else "note"
        roles.append(drawn if printed.source == "handwriting" and not valued else held)
    return tuple(None if role in _SILENT else role for role in roles)


def _add(weights: list[Counter[str]], role: str, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        weights[piece.span.line][role] += piece.span.end - piece.span.start
