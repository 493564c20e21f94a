"""What is true of a printed card and of a photo, and how it is written as JSON.

The keys of a photo's truth line: `file`, `kind`, `country`, `conditions`, `taken_at`, `cards`; of a card: `fields`,
`notes`, `marks`, `codes`, `lines` (each with its `parts`, and `struck` if a pen crossed its number out), `quad`,
`rotation`, `side`, `person`, `layout`, `country`, `flat_size`. Quads are clockwise from the upright thing's own
top-left; those in lines, notes, marks and codes are in photo pixels, `box` is in the flat card's pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Source = Literal["print", "handwriting"]


@dataclass(frozen=True, slots=True)
class Part:
    """A field value inside a printed line.

    Attributes:
        field: name, title, organization, phone, email, url, address, social, or a role that is no contact field.
        text: As printed.
        group: Values of one group are one thing: the forms of one name or firm, the lines of one address.
        rank: The highest-ranking form of a group is the value, the others go to `…_also`.
        type: Of a phone, as the card says it; `other` where it doesn't.
    """

    field: str
    text: str
    group: str = ""
    rank: int = 0
    e164: str = ""
    type: str = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print or pen on a card face, its quad in card pixels."""

    text: str
    role: str
    quad: Quad
    source: Source = "print"
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, its text, and parts for values it holds that the card does not print."""

    format: str
    text: str
    quad: Quad
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn sign: star, double-star, check, circle, underline, arrow, strike."""

    kind: str
    quad: Quad
    target: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A pen note: its text, and the indexes of its lines among the card's lines."""

    text: str
    lines: tuple[int, ...]
    quad: Quad


def _grouped(parts: Iterable[Part], name: str) -> list[list[Part]]:
    groups: dict[str, list[Part]] = {}
    for part in parts:
        if part.field == name:
            groups.setdefault(part.group or part.text, []).append(part)
    return list(groups.values())


def _forms(parts: list[Part], name: str) -> tuple[list[str], list[str]]:
    """(values, other forms) of names or organisations; the same in capitals is no other form."""
    values, also = [], []
    for group in _grouped(parts, name):
        best = max(group, key=lambda p: p.rank)
        values.append(best.text)
        also += [p.text for p in group if p.text.casefold() != best.text.casefold()]
    return list(dict.fromkeys(values)), list(dict.fromkeys(also))


def fields_of(
    lines: Iterable[Line], codes: Iterable[Code] = (), struck: frozenset[str] = frozenset()
) -> dict[str, list[Any]]:
    """The contact fields of a card, from the parts of its lines; numbers in `struck` (E.164) were crossed out."""
    parts = [p for line in lines for p in line.parts] + [p for code in codes for p in code.parts]
    names, names_also = _forms(parts, "name")
    firms, firms_also = _forms(parts, "organization")
    phones: dict[str, dict[str, str]] = {}
    for part in parts:
        if part.field == "phone" and (part.e164 or part.text) not in struck:
            phones.setdefault(part.e164 or part.text, {"e164": part.e164, "raw": part.text, "type": part.type})
    addresses: dict[str, list[str]] = {}
    for part in parts:
        if part.field == "address":
            addresses.setdefault(part.group or part.text, []).append(part.text)

    def listed(name: str) -> list[str]:
        return list(dict.fromkeys(p.text for p in parts if p.field == name))

    return {
        "names": names, "names_also": names_also, "titles": listed("title"), "organizations": firms,
        "organizations_also": firms_also, "phones": list(phones.values()), "emails": listed("email"),
        "urls": listed("url"), "addresses": [", ".join(a) for a in addresses.values()], "social": listed("social"),
    }  # fmt: skip


def rounded(quad: Iterable[Point], digits: int = 1) -> list[list[float]]:
    """A quad as JSON has it."""
    return [[round(float(x), digits), round(float(y), digits)] for x, y in quad]


def bounds(points: Iterable[Point]) -> Quad:
    """The upright box around points, as a quad."""
    listed = list(points)
    xs, ys = [p[0] for p in listed], [p[1] for p in listed]
    return ((min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys)))
