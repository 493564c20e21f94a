"""The learned witness: a small network that says for every spot of a photo how likely it lies on a card.

The model (`card-finder` in the manifest, trained by `models/card_finder/train.py`) answers on a grid of 4-pixel cells
with maps: the inner parts of cards, whole cards, and for each cell where the middle of its card is, which tells cards
apart even where they touch. Their outlines are rough; what they are good for is to say where to look on a busy desk,
and which of many outlines is a card.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from cardscan.image.quads import Corners, area, clockwise, is_convex, outward, polygon_to_quad
from cardscan.inference import open_session

if TYPE_CHECKING:
    from cardscan.record import Pixels

Map = NDArray[np.float32]

INPUT: Final = 384
"""Long side in pixels of what the network sees."""

_LARGEST: Final = 1280
_SEVERAL: Final = 3
_EASILY_SEEN: Final = 85.0
"""Root of a card's area in the network's pixels from which a larger look shows no more."""

_STRIDE: Final = 4
_FEWEST_CELLS: Final = 6
_NARROWEST_RIM: Final = 1.25
_RIM: Final = 0.055
"""How far a card reaches beyond its inner part: so many cells, or this share of the root of the part's cells."""
_STRAY: Final = 0.1
_STRAYS: Final = 5
"""Votes of a region with less of the largest one's cells are strays; after so many of them nothing more is told."""
_NEARBY: Final = (0.3, 0.16)
"""How near to a middle cells must point to share a card; two cards seen at a steep angle have middles close by."""


@dataclass(frozen=True, slots=True, eq=False)
class Closer:
    """A second look: left, top, right, bottom in pixels of the picture, and the long side the network is to see."""

    window: NDArray[np.float64]
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What the network sees in one picture.

    Attributes:
        inner: Chance that a cell lies in the inner part of a card, (rows, columns).
        card: Chance that a cell lies on a card, (rows, columns).
        centre: Where the middle of that card is, relative to the cell, in cells (x, y), (2, rows, columns).
        stretch: Size of a cell in pixels of the picture, (x, y).
    """

    inner: Map
    card: Map
    centre: Map
    stretch: NDArray[np.float64]

    def quads(self) -> list[Corners]:
        """Rough quads (in pixels of the picture) around what may be cards: regions of both maps at several levels."""
        found = []
        for region, rim in self._regions():
            quad = _outline(region, rim)
            if quad is not None and is_convex(quad) and area(quad) >= _FEWEST_CELLS:
                found.append(quad * self.stretch)
        return found

    def belief(self, quad: Corners) -> float:
        """How far the network takes a quad for a card, 0 to 1.

        The quad is card all over; beyond its sides there is less of it (beyond the picture's border there is none);
        and its outline runs through no inner part of a card, as that of a panel or a word does.
        """
        cells = quad / self.stretch
        centre = cells.mean(axis=0)
        on = np.zeros(self.card.shape, np.uint8)
        _fill(on, centre + 0.94 * (cells - centre))
        if not on.any():
            return 0.0
        reach = 0.14 * float(np.sqrt(max(area(cells), 0.0))) + 1.0
        away = np.linalg.norm(cells - centre, axis=1, keepdims=True)
        near = centre + (cells - centre) * (1 + 0.4 * reach / np.maximum(away, 1.0))
        far = centre + (cells - centre) * (1 + 2.0 * reach / np.maximum(away, 1.0))
        beyond = crossed = 0.0
        for side in range(4):
            band, line = np.zeros(self.card.shape, np.uint8), np.zeros(self.card.shape, np.uint8)
            _fill(band, np.array([far[side], far[side - 3], near[side - 3], near[side]]))
            band[on > 0] = 0
            if band.sum() >= 3:
                beyond = max(beyond, float(self.card[band > 0].mean()))
            ends = np.rint(cells[[side, side - 3]] - 0.5).astype(np.int32)
            cv2.line(line, ends[0].tolist(), ends[1].tolist(), 1)
            if line.any():
                crossed = max(crossed, float(self.inner[line > 0].mean()))
        return float(self.card[on > 0].mean()) * (1 - 0.35 * beyond) * (1 - 0.6 * crossed)

    def closer(self) -> Closer | None:
        """Where and how large to look again when cards lie there too small to be told apart; None when they don't."""
        sizes = [float(np.sqrt(part.sum())) * _STRIDE for part in _components((self.inner > 0.5).astype(np.uint8))]
        if len(sizes) < _SEVERAL or float(np.median(sizes)) >= _EASILY_SEEN:
            return None
        rows, columns = np.nonzero(self.card > 0.3)
        low, high = np.array([columns.min(), rows.min()]), np.array([columns.max() + 1, rows.max() + 1])
        margin = 0.06 * (high - low) + 2
        low, high = np.maximum(low - margin, 0), np.minimum(high + margin, self.card.shape[::-1])
        size = float((high - low).max()) * _STRIDE * _EASILY_SEEN / float(np.median(sizes))
        return Closer(np.concatenate([low * self.stretch, high * self.stretch]), round(min(max(size, INPUT), _LARGEST)))

    def is_easily_seen(self, quad: Corners) -> bool:
        """Whether a quad (in pixels of the picture) is so large for the network that a larger look shows no more."""
        return math.sqrt(max(area(quad / self.stretch), 0.0)) * _STRIDE >= _EASILY_SEEN

    def share_off(self, quads: list[Corners]) -> float:
        """Of all that the network takes for card, the share that lies on none of these quads."""
        rest = (self.card > 0.5).astype(np.uint8)
        total = int(rest.sum())
        for quad in quads:
            cv2.fillConvexPoly(rest, np.rint(quad / self.stretch - 0.5).astype(np.int32), 0)
        return float(rest.sum()) / total if total else 0.0

    def card_around(self, points: NDArray[np.float32]) -> float:
        """The mean chance of card in the upright box around points of the picture."""
        low, high = (points / self.stretch).min(axis=0), (points / self.stretch).max(axis=0)
        (left, top), (right, bottom) = np.maximum(low.astype(int), 0), high.astype(int) + 1
        box = self.card[top:bottom, left:right]
        return float(box.mean()) if box.size else 0.0

    def without(self, quads: list[Corners]) -> Sight:
        """What is seen beside these cards: where they lie no card is seen any more."""
        free = np.ones(self.card.shape, np.uint8)
        for quad in quads:
            cells = quad / self.stretch
            centre = cells.mean(axis=0)
            away = np.linalg.norm(cells - centre, axis=1, keepdims=True)
            cv2.fillConvexPoly(free, np.rint(centre + (cells - centre) * (1 + 0.5 / away) - 0.5).astype(np.int32), 0)
        return replace(self, inner=self.inner * free, card=self.card * free)

    def _regions(self) -> Iterator[tuple[Pixels, float]]:
        """Regions that may be cards, and by how many cells their card reaches beyond each."""
        for level in (0.35, 0.6, 0.85):
            for part in _components((self.card > level).astype(np.uint8)):
                yield part, 0.0
        for level in (0.3, 0.5, 0.7, 0.85):
            for part in _components((self.inner > level).astype(np.uint8)):
                yield part, max(_NARROWEST_RIM, _RIM * float(np.sqrt(part.sum())))
        for nearby in _NEARBY:
            for part in agreeing(self.card > 0.5, self.centre, nearby):
                yield part, 0.0


def look(picture: Pixels, size: int = INPUT) -> Sight:
    """Show a picture (RGB uint8, any size) to the network, its long side made `size` pixels.

    Raises:
        ModelError: The model file is missing or altered.
    """
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    shape = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
    small = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    image = np.ascontiguousarray(small.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255))
    maps: Map = open_session("card-finder").run(None, {"image": image})[0][0]
    return Sight(
        maps[0], maps[1], maps[2:] / np.float32(_STRIDE), np.array([width / shape[0], height / shape[1]]) * _STRIDE
    )


def agreeing(on: NDArray[np.bool_], centre: Map, nearby: float) -> Iterator[Pixels]:
    """Regions of the cells that are `on` and point at one spot as the middle of their card, the best agreed first.

    Each cell votes for the spot it points at. The spot with most votes takes all that point nearby, and so on with the
    cells that are left. `nearby` is a share of the root of the region's cells: votes for a large card lie farther
    apart.
    """
    rows, columns = np.nonzero(on)
    spots = np.stack([columns + centre[0][on], rows + centre[1][on]], axis=1)
    largest = strays = 0
    while len(spots) >= _FEWEST_CELLS and strays < _STRAYS:
        x, y = np.clip(np.rint(spots).astype(np.intp), 0, np.array(on.shape[::-1]) - 1).T
        votes = np.bincount(y * on.shape[1] + x, minlength=on.size).reshape(on.shape).astype(np.float32)
        top, left = divmod(int(cv2.GaussianBlur(votes, (0, 0), 1.0).argmax()), on.shape[1])
        middle, reach = np.array([left, top], float), 1.5
        for _ in range(4):
            away = spots - middle
            near = (away * away).sum(axis=1) < reach * reach
            if not near.any():
                return
            middle, reach = spots[near].mean(axis=0), max(1.5, nearby * float(np.sqrt(near.sum())))
        taken = int(near.sum())
        largest = max(largest, taken)
        if taken >= max(_FEWEST_CELLS, _STRAY * largest):
            region = np.zeros(on.shape, np.uint8)
            region[rows[near], columns[near]] = 1
            yield max(_components(region), key=lambda part: int(part.sum()), default=region)
        else:
            strays += 1
        rows, columns, spots = rows[~near], columns[~near], spots[~near]


def _components(mask: Pixels) -> Iterator[Pixels]:
    count, labels, facts, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    for label in range(1, count):
        if facts[label, cv2.CC_STAT_AREA] >= _FEWEST_CELLS:
            yield (labels == label).astype(np.uint8)


def _outline(region: Pixels, rim: float) -> Corners | None:
    """The quad that lies `rim` cells around a region, in cells; of a ragged one the smallest rectangle around it."""
    outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    polygon = cv2.approxPolyDP(hull, 0.025 * cv2.arcLength(hull, True), True)
    quad = polygon_to_quad(polygon) if 4 <= len(polygon) <= 12 else None
    if quad is None or area(quad) > 1.25 * max(cv2.contourArea(hull), 1.0):
        quad = clockwise(cv2.boxPoints(cv2.minAreaRect(hull)))
    # A contour runs through the middle of the outermost cells: half a cell is missing all around.
    return outward(quad, rim + 0.5) + 0.5


def _fill(mask: Pixels, quad: Corners) -> None:
    cv2.fillConvexPoly(mask, np.rint(quad - 0.5).astype(np.int32), 1)
