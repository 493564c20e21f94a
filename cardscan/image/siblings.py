"""Cards of one table vouch for each other: what has the size of its neighbours needs less else to speak for it.

A card whose panels differ, or that is hardly told from the table, shows the network and the contours only a part of
itself. Where other cards lie around, their size says how far the whole must reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.image import edges
from cardscan.image.candidates import SURE, Candidate, weigh
from cardscan.image.finder import Sight
from cardscan.image.quads import Corners, area, clockwise, intersection, is_convex, side_ratio, sides

if TYPE_CHECKING:
    from cardscan.record import Pixels

FEWEST: Final = 3
"""So many cards tell how large all are: sure ones if there are as many, else likely ones."""
_LIKELY: Final = 0.65

_LEAST: Final = 0.33
"""Score below which no neighbour vouches."""
_HINT: Final = 0.2
"""The network's belief below which none does."""
_GAIN: Final = 0.26
"""Share of what a card's chances lack that the size of its neighbours adds: those it fits keep their order."""
_SAME_SIZE: Final = 0.08
"""How far, as a share, the root of the area may differ from that of the neighbours."""
_SAME_SHAPE: Final = 0.14
"""The same of the proportions."""
_SAME_SIDE: Final = 0.15
"""The same of a part's side from a card's."""
_FREE: Final = 0.2
"""Share of a part that may lie on a card that is found already."""
_MOST: Final = 60
"""Outlines that are tried, those around the likeliest parts first."""
_PART: Final = (0.15, 1.7)
"""A part's area at least and at most, as a share of a card's."""


def usual_size(cards: Sequence[Candidate]) -> Size | None:
    """The size that the sure ones of the cards have, or the likely ones where too few are sure; None of too few."""
    for least in (SURE, _LIKELY):
        telling = [card for card in cards if card.score >= least]
        if len(telling) >= FEWEST:
            return Size(telling)
    return None


def vouched(candidates: Sequence[Candidate], size: Size, sight: Sight) -> list[Candidate]:
    """The candidates; those that have a card's size where they lie, with a better score.

    The network must see at least a hint of them: planks and tiles between cards can have their size, too.
    """
    return [
        replace(c, score=c.score + _GAIN * (1 - c.score))
        if c.score >= _LEAST and size.fits(c.quad) and sight.belief(c.quad) >= _HINT
        else c
        for c in candidates
    ]


def completed(
    work: Pixels, sight: Sight, parts: Iterable[Corners], cards: Sequence[Candidate], size: Size
) -> list[Candidate]:
    """Candidates of a card's size, each on or around one of the parts that lie on none of `cards`, on their edges."""
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


class Size:
    """How large a card is where it lies: the root of its area changes evenly across the picture of a table."""

    def __init__(self, cards: Sequence[Candidate]) -> None:
        roots = np.sqrt([card.size for card in cards])
        self.ratio = float(np.median([side_ratio(card.quad) for card in cards]))
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
        same = abs(np.sqrt(max(area(quad), 0.0)) / self.root(quad) - 1) < _SAME_SIZE
        return bool(same) and abs(side_ratio(quad) / self.ratio - 1) < _SAME_SHAPE

    def around(self, part: Corners) -> Iterator[Corners]:
        """Quads of a card's size that share sides with a part, or its middle where none of its sides is a card's."""
        root = self.root(part)
        if not _PART[0] * root**2 < area(part) < _PART[1] * root**2:
            return
        long_side, short_side = root * np.sqrt(self.ratio), root / np.sqrt(self.ratio)
        across, down = sides(part)
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
