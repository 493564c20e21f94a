"""A draft or an address laid out on its paper: line breaks, size and margins, so that nothing is ever cut."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cardscan.draft.lettering import Face, Hand, Line
from cardscan.draft.paper import INKS, PENCIL, STOCK, CardSize, PrintPage, Rule, Shape, shifted
from cardscan.errors import UsageError

_SMALLEST: Final = 0.46  # of the face's own size; below that a hand is no longer read with pleasure
_STEP: Final = 0.97
_CANDIDATES: Final = 7


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    indent: float
    before: float
    in_blank: bool = False  # begins inside a blank that the row before opened


def card_page(
    text: str, size: CardSize, face: Face, *, seed: str, ink: str = "blue-black", title: str = ""
) -> PrintPage:
    """Write a thank-you card.

    The largest writing that fits is taken, or one a little smaller that leaves no lonely words. The last paragraph is
    the closing and stands to the right.

    Args:
        text: Paragraphs parted by empty lines; `[…]` is a blank, drawn in pencil over a rule.
        size: Which card.
        face: Which hand.
        seed: Equal seeds write equal cards; take the task's id.
        ink: A name of `INKS`.
        title: For the file's metadata.

    Raises:
        UsageError: The text is too long for the card even in small writing.
    """
    stock, hand = STOCK[size], Hand(face)
    width, height = stock.card
    inner_width, inner_height = width - 2 * stock.margin, height - 2 * stock.margin
    points, rows = _largest_fitting(text, hand, (inner_width, inner_height), size)
    needed = sum(row.before for row in rows) + points
    chance = _chance(seed)
    # A little above the middle, as one places a short note.
    top = height - stock.margin - (inner_height - needed) * 0.42 - points * 0.8
    return _drawn(rows, hand, points, (stock.margin, top), (width, height), chance, ink, title)


def envelope_page(
    address: Sequence[str], sender: Sequence[str], size: CardSize, face: Face, *, seed: str, ink: str = "blue-black"
) -> PrintPage:
    """Write an envelope: the address in its lower right part, the sender small in the upper left corner.

    Raises:
        UsageError: The address does not fit.
    """
    width, height = STOCK[size].envelope
    hand, chance = Hand(face), _chance(seed + " envelope")
    shapes: list[Shape] = []
    rules: list[Rule] = []
    warnings: list[str] = []
    margin = 0.06 * width
    blocks = [
        (list(address), 0.40 * width, 0.54 * height, 1.15, width - margin - 0.40 * width, 0.46 * height),
        (list(sender), margin, height - margin - 8, 0.62, 0.42 * width, 0.3 * height),
    ]
    for lines, x, y, share, room, depth in blocks:
        if not lines:
            continue
        points = face.spread * share
        while max(hand.measure(line, points) for line in lines) > room or len(lines) * points * face.leading > depth:
            points *= _STEP
            if points < 6:
                raise UsageError("the address is too long for the envelope")
        rows = [_Row(line, 0.0, points * face.leading if place else 0.0) for place, line in enumerate(lines)]
        page = _drawn(rows, hand, points, (x, y), (width, height), chance, ink, "")
        shapes += page.shapes
        rules += page.rules
        warnings += page.warnings
    return PrintPage(width, height, tuple(shapes), tuple(rules), "Envelope", tuple(warnings))


def _chance(seed: str) -> random.Random:
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()
    return random.Random(digest)


def _largest_fitting(text: str, hand: Hand, room: tuple[float, float], size: CardSize) -> tuple[float, list[_Row]]:
    """The size and rows to write in: of the fitting sizes near the largest, the one with the fewest lonely words."""
    fitting: list[tuple[int, int, float, list[_Row]]] = []
    points = hand.face.spread
    while points >= hand.face.spread * _SMALLEST and len(fitting) < _CANDIDATES:
        rows = _rows(text, hand, points, room[0])
        needed = sum(row.before for row in rows) + points
        if needed <= room[1] and all(_fits(row, hand, points, room[0]) for row in rows):
            fitting.append((_lonely(rows, hand, points, room[0]), len(fitting), points, rows))
        points *= _STEP
    if not fitting:
        raise UsageError(f"the text is too long for a {size} card; shorten it, or take the larger card")
    _, _, points, rows = min(fitting, key=lambda found: found[:2])
    return points, rows


def _lonely(rows: Sequence[_Row], hand: Hand, points: float, room: float) -> int:
    """How many paragraphs end in a row of few words that were pushed to it; a broken greeting counts twice."""
    count = 0
    for place, row in enumerate(rows):
        ends = place + 1 == len(rows) or rows[place + 1].before > 1.2 * points * hand.face.leading
        pushed = place > 0 and row.before <= 1.2 * points * hand.face.leading
        if ends and pushed and row.indent == 0 and hand.measure(row.text, points) < 0.25 * room:
            count += 1
        if place == 1 and pushed:
            count += 2
    return count


def _fits(row: _Row, hand: Hand, points: float, room: float) -> bool:
    return row.indent + hand.measure(row.text, points) <= room * 1.0001


def _rows(text: str, hand: Hand, points: float, room: float) -> list[_Row]:
    """Break the text into rows; a word wider than the card stays whole, and `_fits` then asks for a smaller size."""
    paragraphs = [part.splitlines() for part in re.split(r"\n\s*\n", text.strip())]
    leading = points * hand.face.leading
    rows: list[_Row] = []
    for number, lines in enumerate(paragraphs):
        closing = number == len(paragraphs) - 1 and len(paragraphs) > 1
        indent = 0.0
        if closing:
            widest = max(hand.measure(line, points) for line in lines)
            indent = max(0.0, min(0.42 * room, room - widest * 1.04))
        for place, line in enumerate(lines):
            parts, inside = _broken(line, hand, points, room - indent), False
            for part, words in enumerate(parts):
                gap = 0.5 * leading if rows and place == 0 and part == 0 else 0.0
                rows.append(_Row(words, indent, (leading if rows else 0.0) + gap, inside))
                inside = words.rfind("[") > words.rfind("]") or (inside and "]" not in words)
                inside = inside and any("]" in rest for rest in parts[part + 1 :])
    return rows


def _broken(line: str, hand: Hand, points: float, room: float) -> list[str]:
    """Greedy line breaking with a little room left for the hand's variation."""
    rows: list[str] = []
    current = ""
    for word in _GLUE.sub(_tied, line).split(" "):
        longer = f"{current} {word}" if current else word
        if current and hand.measure(longer, points) > room * 0.98:
            rows.append(current)
            current = word
        else:
            current = longer
    return [*rows, current] if current else rows


# A day and its month are not parted ("14 mars", "1. September", "March 14"), nor French signs from their words
# ("promis :").
_GLUE: Final = re.compile(
    r"(?<!\S)(?:\d{1,2}(?:\.|er|º)? (?:de )?[^\W\d]{3,12}"
    r"|[A-Z][a-z]{2,8} \d{1,2}(?=[.,;:]?(?:\s|$))"
    r"|\d{1,2} h(?: \d\d)?(?!\w))"
    r"|(?<=\S) (?=[:;!?»])|(?<=«) (?=\S)"
)


def _tied(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\N{NO-BREAK SPACE}")


def _drawn(
    rows: Sequence[_Row],
    hand: Hand,
    points: float,
    origin: tuple[float, float],
    paper: tuple[float, float],
    chance: random.Random,
    ink: str,
    title: str,
) -> PrintPage:
    shapes: list[Shape] = []
    rules: list[Rule] = []
    (left, y), (width, height) = origin, paper
    color = INKS.get(ink, INKS["blue-black"])
    edge, slope = 0.0, chance.gauss(0.0012, 0.0022)
    for row in rows:
        y -= row.before * (1 + chance.gauss(0, 0.012))
        edge = 0.7 * edge + chance.gauss(0, 0.05) * points  # the left margin wanders from line to line
        tilt = slope + chance.gauss(0, 0.003)
        line: Line = hand.write(row.text, points, chance, in_blank=row.in_blank)
        x = max(2.0, min(left + row.indent + edge, width - line.width - 2.0))
        for letter in line.letters:
            across = letter.outline[0][1]
            outline = shifted(letter.outline, x, y + tilt * across)
            shapes.append(Shape(outline, PENCIL if letter.blank else color))
        for start, end in line.rules:
            below = y - 0.16 * points
            rules.append(Rule((x + start, below + tilt * start, x + end, below + tilt * end), PENCIL, 0.6))
    missing = hand.unwritable("".join(row.text for row in rows))
    warnings = (f"the {hand.face.name} hand cannot write {missing}; a rule stands in its place",) if missing else ()
    return PrintPage(width, height, tuple(shapes), tuple(rules), title, warnings)
