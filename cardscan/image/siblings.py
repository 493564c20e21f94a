"""Cards of one table vouch for each other: what has the size of its neighbours needs less else to speak for it.

A card whose panels differ, or that is hardly told from the table, shows the network and the contours only a part of
itself. Where other cards lie around, their size says how far the whole must reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.image import edges
from cardscan.image.candidates import SURE, Candidate, weigh
from cardscan.image.finder import Sight
from cardscan.image.quads import Corners, area, clockwise, intersection, is_convex

if TYPE_CHECKING:
    from cardscan.record import Pixels

FEWEST: Final = 3
"""So many cards tell how large all are: sure ones if there are as many, else likely ones."""
_LIKELY: Final = 0.65

_LEAST: Final = 0.33
"""The score, and the network's belief, below which no neighbour vouches."""
_HINT: Final = 0.2
_GAIN: Final = 0.26
"""Share of what a card's chances lack that the size of its neighbours adds: those it fits keep their order."""
_SAME_SIZE: Final = 0.08
_SAME_SHAPE: Final = 0.14
"""How far, as a share, the root of the area and the proportions may differ from those of the neighbours."""
_SAME_SIDE: Final = 0.15
_FREE: Final = 0.2
"""Share of a part that may lie on a card that is found already."""
_MOST: Final = 60
_SMALLEST, _LARGEST = 0.15, 1.7
"""A part's area as a share of a card's."""


def vouched(candidates: Sequence[Candidate], cards: Sequence[Candidate], sight: Sight) -> list[Candidate]:
    """The candidates; those that have the size of the likely ones among `cards` where they lie, with a better score.

    The network must see at least a hint of them: planks and tiles between cards can have their size, too.
    """
    size = _size(cards)
    if size is None:
        return list(candidates)
    return [
        replace(c, score=c.score + _GAIN * (1 - c.score))
        if c.score >= _LEAST and size.fits(c.quad) and sight.belief(c.quad) >= _HINT
        else c
        for c in candidates
    ]


def completed(work: Pixels, sight: Sight, parts: Sequence[Corners], cards: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of the size of the likely ones among `cards`, each on or around one of `parts`, set on their edges."""
    size = _size(cards)
    if size is None:
        return []
    height, width = work.shape[:2]
    free = sorted((part for part in map(clockwise, parts) if _is_free(part, cards)), key=size.strangeness)
    starts: dict[tuple[int, ...], Corners] = {}
    for part in free:
        for whole in size.around(part):
            starts.setdefault(tuple(np.rint(whole / 6).astype(int).ravel().tolist()), whole)
    found = []
    for start in list(starts.values())[:_MOST]:
        reach = float(np.linalg.norm(start[0] - start[2]))
        near = edges.refine(work, start, max(3.0, 0.06 * reach)).quad
        outline = edges.refine(work, near, max(2.0, 0.02 * reach))
        found.append(Candidate(outline.quad, weigh(outline, sight, width, height)))
    return found


def _is_free(part: Corners, cards: Sequence[Candidate]) -> bool:
    return all(intersection(part, card.quad) < _FREE * area(part) for card in cards)


def _size(cards: Sequence[Candidate]) -> _Size | None:
    for least in (SURE, _LIKELY):
        telling = [card for card in cards if card.score >= least]
        if len(telling) >= FEWEST:
            return _Size(telling)
    return None


class _Size:
    """How large a card is where it lies: the root of its area changes evenly across the picture of a table."""

    def __init__(self, cards: Sequence[Candidate]) -> None:
        roots = np.sqrt([card.size for card in cards])
        sides = np.array([_sides(card.quad) for card in cards])
        self.ratio = float(np.median(sides.max(axis=1) / sides.min(axis=1)))
        self.middle = np.mean([card.quad.mean(axis=0) for card in cards], axis=0)
        places = np.array([card.quad.mean(axis=0) for card in cards]) - self.middle
        self.level = float(np.median(roots))
        # Few cards, or cards in a row, do not tell a slope: the ridge keeps it flat there.
        ridge = np.eye(2) * float(np.median(roots)) ** 2
        self.slope = np.linalg.solve(places.T @ places + ridge, places.T @ (roots - self.level))

    def root(self, quad: Corners) -> float:
        """The root of a card's area in the middle of a quad."""
        return max(1.0, self.level + float(self.slope @ (quad.mean(axis=0) - self.middle)))

    def strangeness(self, quad: Corners) -> float:
        """0 where a quad has as much area as a card there, more the less it has or the more."""
        return float(abs(np.log(max(area(quad), 1.0) / self.root(quad) ** 2)))

    def fits(self, quad: Corners) -> bool:
        """Whether a quad has the size and proportions of a card there."""
        across, down = _sides(quad)
        ratio = max(across, down) / max(1.0, min(across, down))
        same = abs(np.sqrt(max(area(quad), 0.0)) / self.root(quad) - 1) < _SAME_SIZE
        return bool(same) and abs(ratio / self.ratio - 1) < _SAME_SHAPE

    def around(self, part: Corners) -> Iterator[Corners]:
        """Quads of a card's size that share sides with a part, or its middle where none of its sides is a card's."""
        root = self.root(part)
        if not _SMALLEST * root**2 < area(part) < _LARGEST * root**2:
            return
        long_side, short_side = root * np.sqrt(self.ratio), root / np.sqrt(self.ratio)
        across, down = _sides(part)
        a, b, c, d = part
        for width, height in ((long_side, short_side), (short_side, long_side)):
            wide, tall = abs(across / width - 1) < _SAME_SIDE, abs(down / height - 1) < _SAME_SIDE
            more, longer = width / across, height / down
            if wide:
                yield np.array([a, b, b + (c - b) * longer, a + (d - a) * longer])
                yield np.array([d + (a - d) * longer, c + (b - c) * longer, c, d])
            if tall:
                yield np.array([a, a + (b - a) * more, d + (c - d) * more, d])
                yield np.array([b + (a - b) * more, b, c, c + (d - c) * more])
            if not wide and not tall:
                middle = part.mean(axis=0)
                along, downwards = (b - a + c - d) / 4 * more, (d - a + c - b) / 4 * longer
                quad = middle + np.array([-along - downwards, along - downwards, along + downwards, downwards - along])
                if is_convex(quad):
                    yield quad


def _sides(quad: Corners) -> tuple[float, float]:
    """Mean lengths of the sides that run like the first, and of those that run like the second."""
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2
