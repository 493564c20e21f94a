"""Where things stand on the card: pieces of lines in a straightened frame, their relative size and neighbours.

The frame has its x axis along the text: page coordinates turned about the origin by the lines' median slope, so that
"below" and "beside" mean the same on a card lying a little askew. All lengths are page pixels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from cardscan.parse.finding import Span, remainder
from cardscan.parse.vocabulary import cjk_characters
from cardscan.record import Page, Point, TextLine

_EDGES = " \t,;:|/\\-–—_·•*~=>»<«+#°®™©.'\"“”"
_BULLETS = frozenset("-–—•·*►▪●»>")
_WIDE_GAP = re.compile(r"\s{3,}|\t")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that no exact finder took, and where it stands.

    Attributes:
        span: Its characters on the page.
        text: Its text, edges trimmed.
        left, top, right, bottom: Its box in the straightened frame.
        size: Height of its letters, relative to the median line of the card.
        confidence: The engine's, of the whole line.
        open_end: A comma, "&" or hyphen follows: what it says goes on.
        listed: A bullet or dash opens its line: one of a list of things.
    """

    span: Span
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: float
    open_end: bool = False
    listed: bool = False

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2


def pieces_of(page: Page, taken: Iterable[Span]) -> tuple[Piece, ...]:
    """What is left of the printed lines once `taken` is cut out, in page order; nothing without a letter or digit."""
    texts = remainder(page.lines, taken)
    heights = [_height(line) / _body(line.text) for line in page.lines if line.source == "print" and line.text.strip()]
    usual = median(heights) if heights else 1.0
    slope = _slope(page.lines)
    found: list[Piece] = []
    for index, (line, text) in enumerate(zip(page.lines, texts, strict=True)):
        if line.source != "print":
            continue
        for start, end in _chunks(line.text, text):
            found.append(_piece(line, Span(index, start, end), usual, slope))
    return tuple(found)


def part_of(piece: Piece, start: int, end: int) -> Piece | None:
    """The part of a piece from `start` to `end` of its text, trimmed; None if no letter or digit is in it."""
    trimmed = _trimmed(piece.text, start, end)
    if trimmed is None:
        return None
    start, end = trimmed
    total = max(1, len(piece.text))
    width = piece.right - piece.left
    return Piece(
        Span(piece.span.line, piece.span.start + start, piece.span.start + end),
        piece.text[start:end],
        piece.left + width * start / total,
        piece.top,
        piece.left + width * end / total,
        piece.bottom,
        piece.size,
        piece.confidence,
        piece.open_end and end == len(piece.text),
        piece.listed,
    )


def beside(first: Piece, second: Piece) -> bool:
    """Whether two pieces stand on one row."""
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > 0.5 * min(first.height, second.height)


def gap_below(upper: Piece, lower: Piece) -> float:
    """White between two pieces one above the other, in letter heights of the smaller; negative when they overlap."""
    return (lower.top - upper.bottom) / max(1.0, min(upper.height, lower.height))


def gap_beside(first: Piece, second: Piece) -> float:
    """White between two pieces of one row, in letter heights of the smaller."""
    apart = max(second.left - first.right, first.left - second.right)
    return apart / max(1.0, min(first.height, second.height))


def aligned(first: Piece, second: Piece) -> bool:
    """Whether two pieces share a left, right or middle line, or one lies within the other's width."""
    tolerance = 1.2 * max(first.height, second.height)
    shared = min(first.right, second.right) - max(first.left, second.left)
    narrow = min(first.right - first.left, second.right - second.left)
    return (
        abs(first.left - second.left) < tolerance
        or abs(first.right - second.right) < tolerance
        or (abs(first.centre - second.centre) < tolerance and shared > 0)
        or shared > 0.4 * narrow
    )


def stacked(upper: Piece, lower: Piece, reach: float = 1.6) -> bool:
    """Whether `lower` stands under `upper`: in line with it, at most `reach` letter heights further down."""
    return upper.middle < lower.middle and -0.8 < gap_below(upper, lower) <= reach and aligned(upper, lower)


def next_below(piece: Piece, others: Sequence[Piece], reach: float = 2.5) -> Piece | None:
    """The nearest piece under this one and in line with it."""
    under = [o for o in others if o is not piece and not beside(piece, o) and stacked(piece, o, reach)]
    return min(under, key=lambda o: (o.top - piece.bottom, abs(o.left - piece.left)), default=None)


def next_above(piece: Piece, others: Sequence[Piece], reach: float = 2.5) -> Piece | None:
    """The nearest piece over this one and in line with it."""
    over = [o for o in others if o is not piece and not beside(piece, o) and stacked(o, piece, reach)]
    return min(over, key=lambda o: (piece.top - o.bottom, abs(o.left - piece.left)), default=None)


def reading_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces from top to bottom, those of one row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        if rows and beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: p.left)]


def distance(first: Piece, second: Piece) -> float:
    """White between two boxes, in letter heights of the smaller; 0 when they touch."""
    across = max(0.0, second.left - first.right, first.left - second.right)
    down = max(0.0, second.top - first.bottom, first.top - second.bottom)
    return math.hypot(across, down) / max(1.0, min(first.height, second.height))


def _chunks(whole: str, rest: str) -> list[tuple[int, int]]:
    """Runs of untaken text; a hole where something was taken ends a run, and so does a wide gap in print."""
    runs: list[tuple[int, int]] = []
    start = 0
    for position in range(len(whole) + 1):
        hole = position < len(whole) and whole[position] != rest[position]
        if position == len(whole) or hole:
            runs.append((start, position))
            start = position + 1
    found: list[tuple[int, int]] = []
    for first, last in runs:
        here = first
        for gap in _WIDE_GAP.finditer(whole, first, last):
            found.append((here, gap.start()))
            here = gap.end()
        found.append((here, last))
    return [trimmed for first, last in found if (trimmed := _trimmed(whole, first, last)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The run without separators at its edges; a final dot stays after a letter ("Jr.", "Ltd.")."""
    while start < end and text[start] in _EDGES:
        start += 1
    last = end
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end < last and text[end] == "." and end > start and text[end - 1].isalpha():
        end += 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _piece(line: TextLine, span: Span, usual: float, slope: float) -> Piece:
    top_left, top_right, bottom_right, bottom_left = line.quad
    before, after = _share(line.text, span.start), _share(line.text, span.end)
    corners = [
        _turned(_between(top_left, top_right, before), slope),
        _turned(_between(top_left, top_right, after), slope),
        _turned(_between(bottom_left, bottom_right, after), slope),
        _turned(_between(bottom_left, bottom_right, before), slope),
    ]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    height = _height(line)
    middle = sum(ys) / 4
    upright = max(ys) - min(ys) <= max(xs) - min(xs) or span.end - span.start < 4
    half = height / 2 if upright else (max(ys) - min(ys)) / 2
    return Piece(
        span,
        line.text[span.start : span.end],
        min(xs),
        middle - half,
        max(xs),
        middle + half,
        height / _body(line.text) / max(usual, 1e-6),
        line.confidence,
        line.text[span.end :].strip() in {",", "&", "-", "–", "/"},
        line.text[: span.start].strip() in _BULLETS,
    )


def _share(text: str, position: int) -> float:
    """How far along the line a character stands; CJK characters are twice as wide."""
    total = len(text) + len(cjk_characters(text))
    here = position + len(cjk_characters(text[:position]))
    return here / total if total else 0.0


def _between(first: Point, second: Point, share: float) -> Point:
    return (first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share)


def _turned(point: Point, slope: float) -> Point:
    cosine, sine = math.cos(slope), math.sin(slope)
    return (point[0] * cosine + point[1] * sine, point[1] * cosine - point[0] * sine)


def _height(line: TextLine) -> float:
    top_left, top_right, bottom_right, bottom_left = line.quad
    return max(1.0, (math.dist(top_left, bottom_left) + math.dist(top_right, bottom_right)) / 2)


def _body(text: str) -> float:
    """How high the letters of a text reach, as a share of a line with capitals and descenders.

    Print boxes hug the ink: "rose" is lower than "Grey", though set in the same size.
    """
    letters = [c for c in text if c.isalnum()]
    if not letters or cjk_characters(text):
        return 0.95
    tall = any(c.isupper() or c.isdigit() or c in "bdfhklt" for c in letters) or any(c in "()[]{}|/\\" for c in text)
    deep = any(c in "gjpqyQçşţĄąęÇ" for c in letters) or any(c in "()[]{}|/\\,;@" for c in text)
    accent = any(c.isupper() and not c.isascii() and c not in "ØŁÆŒĐÐÞ" for c in letters)
    return 0.7 + 0.15 * tall + 0.15 * deep + 0.13 * accent


def _slope(lines: Sequence[TextLine]) -> float:
    """Median slope of the lines long enough to have one, in radians."""
    angles = []
    for line in lines:
        (x0, y0), (x1, y1) = line.quad[0], line.quad[1]
        if len(line.text) >= 4 and math.hypot(x1 - x0, y1 - y0) > 0:
            angle = math.atan2(y1 - y0, x1 - x0)
            if abs(angle) < math.pi / 4:
                angles.append(angle)
    return median(angles) if angles else 0.0
