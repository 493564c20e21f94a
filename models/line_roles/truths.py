"""Which role each piece of a page truly has, by the printed lines it came from."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from cardscan.parse.layout import Piece
from cardscan.parse.role_odds import ROLES
from cardscan.record import Page, Quad
from samples.generator.truth import Line

COVERED = 0.35  # share of a read line's box that printed lines must cover
ALIKE = 60  # percent of its letters that a piece shares with what is printed


def sources(page: Page, printed: Sequence[Line]) -> list[tuple[int, ...]]:
    """For each line of a page the numbers of the printed lines that it covers."""
    found = []
    for line in page.lines:
        box = _box(line.quad)
        area = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
        touched = []
        for number, one in enumerate(printed):
            other = _box(one.quad)
            own = max(1.0, (other[2] - other[0]) * (other[3] - other[1]))
            if _shared(box, other) > COVERED * min(area, own):
                touched.append(number)
        found.append(tuple(touched))
    return found


def role_of(piece: Piece, source: Sequence[int], printed: Sequence[Line]) -> str | None:
    """The role of a piece: of the printed part it resembles most; None where it cannot be said."""
    best, role = 0.0, "other"
    for number in source:
        line = printed[number]
        for part in line.parts:
            alike = fuzz.partial_ratio(piece.text.casefold(), part.text.casefold())
            if len(piece.text) > len(part.text):
                alike *= len(part.text) / len(piece.text)
            if alike > best:
                best, role = alike, part.field
    if not source or not any(printed[number].parts for number in source):
        return "other"
    if best < ALIKE:
        return None if sum(len(printed[n].parts) for n in source) > 1 or len(piece.text) > 3 else "other"
    return role if role in ROLES else "other"


def _box(quad: Quad) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _shared(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def is_one(first: Piece, second: Piece, source: Sequence[tuple[int, ...]], printed: Sequence[Line]) -> bool | None:
    """Whether two pieces are parts of one name, title or firm; None where it cannot be said."""
    roles = [role_of(piece, source[piece.span.line], printed) for piece in (first, second)]
    if roles[0] != roles[1] or roles[0] not in ("name", "title", "organization"):
        return None if None in roles else False
    wholes = []
    for piece in (first, second):
        parts = [part for number in source[piece.span.line] for part in printed[number].parts if part.field == roles[0]]
        wholes.append(
            max((p.text for p in parts), key=lambda text: fuzz.partial_ratio(piece.text.casefold(), text.casefold()))
        )
    if wholes[0] != wholes[1]:
        return False
    whole, length = wholes[0], len(first.text) + len(second.text)
    return length < len(whole) + 3 and fuzz.ratio(first.text.casefold(), second.text.casefold()) < 90
