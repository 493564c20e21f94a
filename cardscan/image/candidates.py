"""Quads that may be cards, what speaks for each, and which of them can be cards together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cardscan.image import contours, edges
from cardscan.image.quads import Corners, area, clockwise, intersection, overlap, true_ratio

if TYPE_CHECKING:
    from cardscan.record import Pixels

MOST: Final = 80
"""Contour quads that are looked at closely, the largest and best filled first."""

_CUT_OFF: Final = 0.45

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


def by_contours(work: Pixels) -> list[Candidate]:
    """Candidates from plain contours, set on their edges; scored by how well the edges and proportions fit."""
    height, width = work.shape[:2]
    proposals = {tuple(np.rint(clockwise(q) / 8).astype(int).ravel()): q for q in contours.propose(work)}
    fitting = [q for q in proposals.values() if shape_weight(_sides(q)) > 0.3 and area(q) < 0.985 * width * height]
    fitting.sort(key=lambda q: -area(q))
    candidates = []
    for quad in fitting[:MOST]:
        outline = edges.refine(work, quad, 4.0)
        ratio = true_ratio(outline.quad, width, height)
        seen = support(outline, width, height)
        score = 0.5 * float(seen.min() + seen.mean()) * shape_weight(max(ratio, 1 / ratio))
        candidates.append(Candidate(outline.quad, score))
    return candidates


def support(outline: edges.Outline, width: int, height: int) -> NDArray[np.float64]:
    """The support of each side; a side that the photo's own border cuts off can have none, and counts as fair."""
    quad, following = outline.quad, np.roll(outline.quad, -1, axis=0)
    near = 0.012 * max(width, height)
    cut = np.zeros(4, bool)
    for axis, end in ((0, width), (1, height)):
        for border in (0, end):
            cut |= (np.abs(quad[:, axis] - border) < near) & (np.abs(following[:, axis] - border) < near)
    if cut.sum() != 2 or cut[0] != cut[2]:  # a band across the photo; a corner of it is the desk
        return outline.support
    return np.where(cut, np.maximum(outline.support, _CUT_OFF), outline.support)


def _sides(quad: Corners) -> float:
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    ratio = float((lengths[0] + lengths[2]) / max(lengths[1] + lengths[3], 1e-6))
    return max(ratio, 1 / ratio) / 1.6  # a tilt of 60 degrees stretches a side by two, most by less


def shape_weight(ratio: float) -> float:
    """1 for the proportions cards have, falling off towards strips; squares are rare, but there are some."""
    if ratio < 1.3:
        return max(0.7, 1 - (1.3 - ratio))
    return 1.0 if ratio < 2.0 else max(0.0, 1 - 0.7 * (ratio - 2.0))


def together(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that can be cards at the same time.

    Of nested ones the outermost, as panels and frames are printed on cards, but no card within a card; unless the outer
    one holds several like it side by side: then it is a sheet, a tray, or the outline of a whole block of cards.
    """
    distinct: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -c.score):
        if all(overlap(candidate.quad, other.quad) < 0.75 for other in distinct):
            distinct.append(candidate)
    kept: list[Candidate] = []
    for candidate in sorted(distinct, key=lambda c: -c.size):
        if any(intersection(candidate.quad, k.quad) > 0.3 * candidate.size for k in kept):
            continue
        inner = [c for c in distinct if c is not candidate and c.score > 0.85 * candidate.score
                 and intersection(candidate.quad, c.quad) > 0.9 * c.size]  # fmt: skip
        if not _is_block(candidate, inner):
            kept.append(candidate)
    return kept


def alike(candidates: list[Candidate]) -> list[Candidate]:
    """Without those that are far smaller than the largest: cards of one photo are of one kind."""
    largest = max((c.size for c in candidates), default=0.0)
    return [c for c in candidates if c.size >= _MUCH_SMALLER * largest]


def _is_block(outer: Candidate, inner: list[Candidate]) -> bool:
    """Whether two or more disjoint cards of one size fill most of `outer`."""
    if outer.size <= 0 or len(inner) < 2:
        return False
    apart: list[Candidate] = []
    for candidate in sorted(inner, key=lambda c: -c.size):
        if all(intersection(candidate.quad, a.quad) < 0.1 * candidate.size for a in apart):
            apart.append(candidate)
    same = [c for c in apart if c.size > 0.5 * apart[0].size]
    return len(same) >= 2 and sum(c.size for c in same) > 0.45 * outer.size


def judged_by_print(candidates: list[Candidate], text: Print) -> list[Candidate]:
    """The candidates with their scores changed by the print on them; those that hold none are out.

    A card's edge runs through no line of print, so a quad that cuts lines is a panel of a card or a chance alignment.
    """
    judged = []
    for candidate in candidates:
        shares = text.shares_on(candidate.quad)
        inside, cut = int((shares > 0.85).sum()), int(((shares > 0.12) & (shares <= 0.85)).sum())
        lengths = np.array([np.linalg.norm(b[1] - b[0]) for b in text.boxes])[shares > 0.85]
        long_line = lengths.max(initial=0.0) > 0.3 * np.sqrt(candidate.size)
        if inside >= 2 or (inside == 1 and long_line):
            change = 0.15 - 0.5 * cut / (inside + cut)
            judged.append(Candidate(candidate.quad, float(np.clip(candidate.score + change, 0, 1))))
    return judged
