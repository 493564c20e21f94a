"""Quads that may be cards, what speaks for each, and which of them can be cards together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cardscan.geometry import as_quad, corners, homography
from cardscan.image import contours, edges
from cardscan.image.finder import Sight
from cardscan.image.quads import Corners, area, clockwise, intersection, is_convex, side_ratio, true_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import Pixels

MOST: Final = 40
"""Contour quads that are looked at closely, the largest and best filled first."""

_GOOD_WITHOUT_PRINT: Final = 0.72
_OUTER: Final = 0.07
_CUT_OFF: Final = 0.5
_NEAR_BORDER: Final = 0.035

SURE: Final = 0.8
"""A card of this score is one without further witnesses."""

_CARD_SHAPE: Final = (1.35, 2.1)
"""Long side by short side of a card that isn't seen steeply."""

_STRETCH: Final = 1.6
"""A tilt of 60 degrees stretches a side by two, most by less."""

_OTHER_SIZE: Final = 2.5

_MUCH_SMALLER: Final = 0.12
"""A quad with so little of the largest card's area is a thing on the desk or a part of a card."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A quad that may be a card, in working pixels, and how much speaks for it (0 to 1)."""

    quad: Corners
    score: float

    @property
    def size(self) -> float:
        """Area in working pixels."""
        return area(self.quad)


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """The text boxes of a photo in working pixels, as corners (n, 4, 2)."""

    boxes: NDArray[np.float64]

    def shares_on(self, quad: Corners) -> NDArray[np.float64]:
        """How much of each box lies on `quad`, 0 to 1."""
        return np.array([intersection(quad, box) / max(area(box), 1e-6) for box in self.boxes])


def by_network(work: Pixels, sight: Sight, within: Sight | None = None) -> list[Candidate]:
    """Candidates where the network sees cards, set on their edges; `weigh` says how they are scored.

    Args:
        work: The working copy of the photo.
        sight: What the network sees in it.
        within: A part of it, as `Sight.without` gives, that alone is to be looked at.
    """
    height, width = work.shape[:2]
    starts: list[tuple[Corners, NDArray[np.bool_]]] = []
    for rough in _distinct_quads((within or sight).quads(), 12, 0.04):
        starts.append((rough, np.zeros(4, bool)))
        cut = _on_border(rough, width, height, _NEAR_BORDER)
        moved = _moved_to_border(rough, width, height)
        if cut.any() and not cut.all() and is_convex(moved):
            starts.append((moved, cut))
    near: dict[tuple[int, ...], tuple[Corners, NDArray[np.bool_]]] = {}
    for rough, fixed in starts:  # first far, then finely
        quad = edges.refine(work, rough, _reach(rough, 0.06), fixed).quad
        near.setdefault((*np.rint(clockwise(quad) / 5).astype(int).ravel().tolist(), *fixed.tolist()), (quad, fixed))
    outlines = (edges.refine(work, quad, _reach(quad, 0.02), fixed) for quad, fixed in near.values())
    return [Candidate(o.quad, weigh(o, sight, width, height)) for o in outlines]


def _reach(quad: Corners, share: float) -> float:
    return max(2.0, share * float(np.linalg.norm(quad[0] - quad[2])))


def shapes(work: Pixels) -> list[Corners]:
    """Plain contours of a card's shape, the largest first."""
    height, width = work.shape[:2]
    proposals = _distinct_quads(contours.propose(work), 8, 0.0)
    fitting = [
        q for q in proposals if shape_weight(side_ratio(q) / _STRETCH) > 0.3 and area(q) < 0.985 * width * height
    ]
    return sorted(fitting, key=lambda q: -area(q))


def by_contours(work: Pixels, sight: Sight, found: Sequence[Corners]) -> list[Candidate]:
    """Candidates from the first of the contours that `shapes` gives, set on their edges."""
    height, width = work.shape[:2]
    outlines = (edges.refine(work, quad, 4.0) for quad in found[:MOST])
    return [Candidate(o.quad, weigh(o, sight, width, height)) for o in outlines]


def weigh(outline: edges.Outline, sight: Sight, width: int, height: int) -> float:
    """How much speaks for an outline, 0 to 1: its edges and proportions, and the network on it and beyond it.

    The network alone is not believed, nor are four good edges: shelves, screens and panels have them, too.
    """
    share = area(outline.quad) / (width * height)
    if not contours.SMALLEST_SHARE < share < 1.3:
        return 0.0
    ratio, misfit = true_shape(outline.quad, width, height)
    shape = shape_weight(max(ratio, 1 / ratio)) * float(np.clip(np.exp((2 - misfit) / 12), 0.4, 1.0))
    seen = support(outline, width, height)
    belief = sight.belief(outline.quad)
    fit = 0.5 * float(seen.min() + seen.mean()) * shape
    return float(fit * (0.45 + 0.55 * belief) + 0.15 * belief * (1 - fit) * (fit > 0.3))


def _distinct_quads(quads: list[Corners], grain: float, share: float) -> list[Corners]:
    """One of each group of quads whose corners all fall into the same few pixels: `grain`, or a share of their size."""
    found: dict[tuple[int, ...], Corners] = {}
    for quad in map(clockwise, quads):
        # In steps, so that quads of nearly one size are told apart on one grid.
        step = max(grain, share * 2.0 ** round(math.log2(max(1.0, float(np.linalg.norm(quad[0] - quad[2]))))))
        found[(round(step), *np.rint(quad / step).astype(int).ravel().tolist())] = quad
    return list(found.values())


def _on_border(quad: Corners, width: int, height: int, share: float) -> NDArray[np.bool_]:
    """Which sides run along the photo's own border, within a share of its size: there the photo ends, not the card."""
    near = share * max(width, height)
    following = np.roll(quad, -1, axis=0)
    cut = np.zeros(4, bool)
    for axis, end in ((0, width), (1, height)):
        for border in (0, end):
            cut |= (np.abs(quad[:, axis] - border) < near) & (np.abs(following[:, axis] - border) < near)
    return cut


def _moved_to_border(quad: Corners, width: int, height: int) -> Corners:
    near = _NEAR_BORDER * max(width, height)
    moved = quad.copy()
    for axis, end in ((0, width), (1, height)):
        for border in (0, end):
            moved[np.abs(quad[:, axis] - border) < near, axis] = border
    return moved


def support(outline: edges.Outline, width: int, height: int) -> NDArray[np.float64]:
    """The support of each side; a side that the photo's own border cuts off can have none, and counts as fair."""
    cut = _on_border(outline.quad, width, height, 0.012)
    return np.where(cut, np.maximum(outline.support, _CUT_OFF), outline.support) if cut.sum() <= 2 else outline.support


def shape_weight(ratio: float) -> float:
    """1 for the proportions cards have, falling off towards strips; squares are rare, but there are some."""
    if ratio < 1.5:
        return max(0.7, 1 - 0.45 * (1.5 - ratio))
    return 1.0 if ratio < 1.9 else max(0.0, 1 - 0.6 * (ratio - 1.9))


def is_squarish(quad: Corners, width: int, height: int) -> bool:
    """Whether a quad is of no proportions that cards mostly have: nearly a square."""
    ratio, _ = true_shape(quad, width, height)
    return max(ratio, 1 / ratio) < _CARD_SHAPE[0]


def together(candidates: list[Candidate], least: float = 0.0) -> list[Candidate]:
    """The candidates of at least this score that can be cards at the same time, the best first.

    No card lies within another; but of two about as good, one within the other, the outer is the card and the inner a
    panel or a frame on it. One that holds several like it side by side is a sheet, or the outline of a block of cards;
    the several may be less likely than `least`.
    """
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -c.score * c.size**_OUTER):
        if candidate.score < least:
            continue
        if any(intersection(candidate.quad, k.quad) > 0.3 * min(candidate.size, k.size) for k in kept):
            continue
        if not _is_block(candidate, candidates, least):
            kept.append(candidate)
    return kept


def alike(candidates: list[Candidate]) -> list[Candidate]:
    """Without those that are far smaller than the largest, or doubtful and of another size than the best, if that is
    sure: cards of one photo are of one kind and lie on one table, in whose plane they can be measured.
    """
    largest = max((c.size for c in candidates), default=0.0)
    likely = [c for c in candidates if c.size >= _MUCH_SMALLER * largest]
    best = max(likely, key=lambda c: c.score, default=None)
    if best is None or best.score < SURE:
        return likely
    return [c for c in likely if c.score >= SURE or 1 / _OTHER_SIZE < _size_beside(c, best) < _OTHER_SIZE]


def _size_beside(candidate: Candidate, card: Candidate) -> float:
    """How many times as large as the card a thing is if both lie on one table; 1 where the table's horizon is near."""
    matrix = homography(as_quad(card.quad), corners(1, 1))
    ends = np.column_stack([candidate.quad, np.ones(4)]) @ matrix.T
    if not 0.2 < ends[:, 2].min() / ends[:, 2].max() <= 1:
        return 1.0
    return abs(area(ends[:, :2] / ends[:, 2:]))


def _is_block(outer: Candidate, candidates: list[Candidate], least: float) -> bool:
    """Whether two or more disjoint cards of one size, that are no blocks themselves, fill a good part of `outer`."""
    likely, shapeless = max(0.7 * outer.score, least), not _has_card_shape(outer)
    inner = [
        c
        for c in candidates
        if c.size < 0.6 * outer.size
        # Where the whole has no card's shape, less is needed of parts that have: of two cards one may lie in shadow.
        and (c.score > likely or (shapeless and c.score > 0.5 * outer.score and _has_card_shape(c)))
        and intersection(outer.quad, c.quad) > 0.9 * c.size
    ]
    if outer.size <= 0 or len(inner) < 2:
        return False
    apart: list[Candidate] = []
    for candidate in sorted(inner, key=lambda c: -c.score):
        beside = all(intersection(candidate.quad, a.quad) < 0.1 * min(candidate.size, a.size) for a in apart)
        if beside and not _is_block(candidate, inner, least):
            apart.append(candidate)
    if len(apart) < 2:
        return False
    typical = float(np.median([c.size for c in apart]))
    same = [c for c in apart if 0.5 * typical < c.size < 2 * typical]
    return len(same) >= 2 and sum(c.size for c in same) > 0.3 * outer.size


def _has_card_shape(candidate: Candidate) -> bool:
    return _CARD_SHAPE[0] < side_ratio(candidate.quad) < _CARD_SHAPE[1]


def judged_by_print(candidates: list[Candidate], text: Print) -> list[Candidate]:
    """The candidates with their scores changed by the print on them; those that hold none are
    out, unless nothing else speaks against them.

    A card's edge runs through no line of print, so a quad that cuts lines is a panel of a card or a chance alignment;
    and of two the one that explains more of the print is the likelier.
    """
    judged = []
    for candidate in candidates:
        shares = text.shares_on(candidate.quad)
        inside, cut = int((shares > 0.85).sum()), int(((shares > 0.12) & (shares <= 0.85)).sum())
        lengths = np.array([np.linalg.norm(b[1] - b[0]) for b in text.boxes])[shares > 0.85]
        long_line = lengths.max(initial=0.0) > 0.3 * np.sqrt(candidate.size)
        if not inside and not cut and candidate.score >= _GOOD_WITHOUT_PRINT:  # a back, or print too small to be found
            judged.append(Candidate(candidate.quad, candidate.score - 0.1))
        elif inside >= 2 or (inside == 1 and (long_line or not cut)):
            change = 0.05 + 0.15 * inside / len(text.boxes) - 0.5 * cut / (inside + cut)
            judged.append(Candidate(candidate.quad, float(np.clip(candidate.score + change, 0, 1))))
    return judged
