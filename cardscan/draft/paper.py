"""Sizes of cards, envelopes and sheets, and a page of vector shapes to be put on them.

All lengths are points (1/72 inch), y upwards from the lower left corner, as in PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from cardscan.draft.lettering import Outline

MM: Final = 72 / 25.4
INCH: Final = 72.0

CardSize = Literal["5x7", "a6"]


@dataclass(frozen=True, slots=True)
class Stock:
    """A card, the envelope it goes in, and the sheet it is cut from; each width by height.

    5×7: the inside panel of a folded note, in an A7 envelope, from US Letter lying. A6: ISO 216, in C6 (ISO 269),
    four from A4.
    """

    card: tuple[float, float]
    envelope: tuple[float, float]
    sheet: tuple[float, float]
    margin: float


STOCK: Final[dict[CardSize, Stock]] = {
    "5x7": Stock((5 * INCH, 7 * INCH), (7.25 * INCH, 5.25 * INCH), (11 * INCH, 8.5 * INCH), 0.6 * INCH),
    "a6": Stock((105 * MM, 148 * MM), (162 * MM, 114 * MM), (210 * MM, 297 * MM), 11 * MM),
}

INKS: Final = {"blue-black": "#1f2b4d", "blue": "#1d3f94", "black": "#1c1b1a"}
PENCIL: Final = "#8d8f96"


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline."""

    outline: Outline
    color: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke from `(x0, y0)` to `(x1, y1)`."""

    ends: tuple[float, float, float, float]
    color: str
    width: float


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One page: its size, what is drawn on it, and a title for the file's metadata."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    rules: tuple[Rule, ...] = ()
    title: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def moved(self, dx: float, dy: float) -> PrintPage:
        """The same drawing, shifted."""
        shapes = tuple(Shape(shifted(shape.outline, dx, dy), shape.color) for shape in self.shapes)
        rules = tuple(
            replace(rule, ends=(rule.ends[0] + dx, rule.ends[1] + dy, rule.ends[2] + dx, rule.ends[3] + dy))
            for rule in self.rules
        )
        return replace(self, shapes=shapes, rules=rules)


def shifted(outline: Outline, dx: float, dy: float) -> Outline:
    """An outline moved by `(dx, dy)`."""
    return tuple(
        (segment[0], *(value + (dy if i % 2 else dx) for i, value in enumerate(segment[1:]))) for segment in outline
    )


def sheets(pages: list[PrintPage], size: CardSize) -> list[PrintPage]:
    """Cards side by side on sheets to be cut, with marks at their corners."""
    stock = STOCK[size]
    (card_width, card_height), (width, height) = stock.card, stock.sheet
    columns, rows = int(width / card_width + 1e-6), int(height / card_height + 1e-6)
    left, bottom = (width - columns * card_width) / 2, (height - rows * card_height) / 2
    done: list[PrintPage] = []
    for first in range(0, len(pages), columns * rows):
        shapes: list[Shape] = []
        rules: list[Rule] = []
        for place, page in enumerate(pages[first : first + columns * rows]):
            x = left + place % columns * card_width
            y = height - bottom - (place // columns + 1) * card_height
            moved = page.moved(x, y)
            shapes += moved.shapes
            rules += moved.rules
        for column in range(columns + 1):
            for row in range(rows + 1):
                x, y = left + column * card_width, bottom + row * card_height
                rules.append(Rule((x - 6, y, x + 6, y), PENCIL, 0.3))
                rules.append(Rule((x, y - 6, x, y + 6), PENCIL, 0.3))
        title = f"{len(pages)} thank-you cards"
        done.append(PrintPage(width, height, tuple(shapes), tuple(rules), title))
    return done
