"""Cards of two panels, put together again: where their colours differ more than paper and desk do, each looks a card.

Two real cards that touch along a whole side make a block of 1.2 or 3.2 to 1; two panels of a card make a card.
"""

from __future__ import annotations

from itertools import permutations
from typing import Final

import numpy as np

from cardscan.image.candidates import Candidate
from cardscan.image.quads import Corners, is_convex, true_ratio

_LEAST: Final = 1.4
_MOST: Final = 1.95
"""Long side by short side of nearly all cards."""
_APART: Final = 0.06
"""How far the ends of a shared side may lie from each other, as a share of it."""


def joined(cards: list[Candidate], width: int, height: int) -> list[Candidate]:
    """The cards of a picture of this size, with those that share a side and only together have a card's shape made one.

    Both panels must not look like cards themselves; the score of the whole is that of the better part.
    """
    for one, other in permutations(cards, 2):
        quad = _across(one.quad, other.quad)
        if quad is None or not _has_card_shape(quad, width, height):
            continue
        if not (_has_card_shape(one.quad, width, height) and _has_card_shape(other.quad, width, height)):
            rest = [c for c in cards if c is not one and c is not other]
            return joined([*rest, Candidate(quad, max(one.score, other.score))], width, height)
    return cards


def _across(one: Corners, other: Corners) -> Corners | None:
    """The quad around two that share a whole side and go on straight beyond it; None when they don't."""
    for i in range(4):
        start, end = one[i], one[i - 3]
        near = _APART * float(np.linalg.norm(end - start))
        for j in range(4):
            if max(np.linalg.norm(start - other[j - 3]), np.linalg.norm(end - other[j])) > near:
                continue
            whole = np.array([one[i - 2], one[i - 1], other[j - 2], other[j - 1]])
            if is_convex(whole) and max(_off(start, whole[1], whole[2]), _off(end, whole[3], whole[0])) < near:
                return whole
    return None


def _off(point: Corners, start: Corners, end: Corners) -> float:
    """How far a point lies from the line through two others."""
    (x, y), (px, py) = end - start, point - start
    return abs(float(x * py - y * px)) / max(float(np.hypot(x, y)), 1e-6)


def _has_card_shape(quad: Corners, width: int, height: int) -> bool:
    ratio = true_ratio(quad, width, height)
    return _LEAST <= max(ratio, 1 / ratio) <= _MOST
