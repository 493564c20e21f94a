"""The learned witness: a small network that says for every spot of a photo whether it lies on a card, and on which.

The model (`card-finder` in the manifest, trained by `models/card_finder/train.py`) answers on a grid of 4-pixel cells:
how likely a cell lies in the inner part of a card, how likely on a card at all, and where the four corners of that card
are. Cells of one card agree on its corners, so cards that touch or overlap fall apart by themselves, and a corner under
a thumb is where the others say it must be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from cardscan import assets
from cardscan.image.quads import Corners, area, is_convex, overlap

if TYPE_CHECKING:
    from cardscan.record import Pixels

INPUT: Final = 384
"""Long side in pixels of what the network sees."""

INPUT_SMALL_CARDS: Final = 640
"""The same, for a second look where the first found many small cards."""

_STRIDE: Final = 4
_INNER: Final = 0.4
_FEWEST_CELLS: Final = 3
_SAME_CARD: Final = 0.55
"""Overlap (intersection over union) above which two quads are one card; cards in a pile overlap less."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A card as the network sees it: corners in the pixels of the picture it was given, and its belief, 0 to 1."""

    quad: Corners
    belief: float


def see(picture: Pixels) -> list[Sighting]:
    """The cards of a picture (RGB uint8, any size), surest first; corners are right to about 2 % of the diagonal."""
    sightings = _look(picture, INPUT)
    if len(sightings) >= 6:
        typical = float(np.median([np.sqrt(area(s.quad)) for s in sightings])) * INPUT / max(picture.shape[:2])
        if typical < 64:
            return _look(picture, INPUT_SMALL_CARDS)
    return sightings


def _look(picture: Pixels, size: int) -> list[Sighting]:
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    shape = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
    small = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    image = np.ascontiguousarray(small.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255))
    cells: NDArray[np.float32] = _session().run(None, {"image": image})[0][0]
    stretch = np.array([width / shape[0], height / shape[1]])
    return [Sighting(s.quad * stretch, s.belief) for s in cards_in(cells)]


def cards_in(cells: NDArray[np.float32]) -> list[Sighting]:
    """Gather the network's answer, (10, rows, columns), into cards; corners in pixels of its input."""
    inner, card = cells[0], cells[1]
    rows, columns = np.nonzero(inner > _INNER)
    if len(rows) == 0:
        return []
    votes = inner[rows, columns].astype(np.float64)
    place: Corners = np.stack([columns, rows], axis=1).astype(np.float64) * _STRIDE + _STRIDE / 2
    quads: Corners = place[:, None, :] + cells[2:, rows, columns].T.reshape(-1, 4, 2).astype(np.float64)
    centres = quads.mean(axis=1)
    seeds = cv2.blur(inner, (3, 3))[rows, columns].astype(np.float64)
    found: list[Sighting] = []
    free = np.ones(len(votes), bool)
    while free.any():
        seed = int(np.argmax(np.where(free, seeds, -1.0)))
        own = quads[seed]
        reach = 0.5 * float(np.linalg.norm(own[0] - own[2]) + np.linalg.norm(own[1] - own[3]))
        near = np.flatnonzero(free & (np.linalg.norm(centres - centres[seed], axis=1) < 0.18 * reach))
        aligned, distance = _aligned(quads[near], own)
        agree = distance < 0.2 * reach
        members = near[agree]
        free[members] = False
        free[seed] = False
        if len(members) >= _FEWEST_CELLS:
            quad = _consensus(aligned[agree], place[members], votes[members], reach)
            if is_convex(quad) and area(quad) > 60:
                belief = float(np.median(votes[members])) * _covered(card, quad)
                found.append(Sighting(quad, belief * min(1.0, len(members) * _STRIDE**2 / (0.12 * area(quad)))))
    found.sort(key=lambda s: -s.belief)
    kept: list[Sighting] = []
    for sighting in found:
        if all(overlap(sighting.quad, other.quad) < _SAME_CARD for other in kept):
            kept.append(sighting)
    return kept


def _aligned(quads: Corners, model: Corners) -> tuple[Corners, NDArray[np.float64]]:
    """Each quad begun at the corner that fits `model` best, and its mean distance to it: (n, 4, 2) and (n,)."""
    shifts = np.stack([np.roll(quads, k, axis=1) for k in range(4)])
    distances = np.linalg.norm(shifts - model, axis=3).mean(axis=2)
    best = distances.argmin(axis=0)
    each = np.arange(len(quads))
    return shifts[best, each], distances[best, each]


def _consensus(quads: Corners, place: Corners, votes: NDArray[np.float64], reach: float) -> Corners:
    """Each corner's weighted median over the cells; those near a corner know it best."""
    result = np.empty((4, 2))
    for corner in range(4):
        guess = np.median(quads[:, corner], axis=0)
        weight = votes * np.exp(-((np.linalg.norm(place - guess, axis=1) / (0.4 * reach)) ** 2)) + 1e-6
        for axis in range(2):
            order = np.argsort(quads[:, corner, axis])
            total = np.cumsum(weight[order])
            result[corner, axis] = quads[order[int(np.searchsorted(total, total[-1] / 2))], corner, axis]
    return result


def _covered(card: NDArray[np.float32], quad: Corners) -> float:
    """How much of the quad, as far as it lies in the picture, the network holds for card: mean belief."""
    mask = np.zeros(card.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.rint(quad / _STRIDE - 0.5).astype(np.int32), 1)
    inside = card[mask > 0]
    return float(inside.mean()) if inside.size else 0.0


@cache
def _session() -> Any:
    # Imported here: loading onnxruntime takes a tenth of a second that `--help` need not wait.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(assets.path("card-finder")), sess_options=options, providers=["CPUExecutionProvider"]
    )
