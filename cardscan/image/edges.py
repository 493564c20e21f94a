"""Where exactly a card's sides run: lines of strongest change near a guessed quad, and how well the photo backs them.

The photo is sampled along the normals of each guessed side, which gives a strip with the side as its middle column.
Among all straight lines through the strip the one with the most change across it is taken. A whole line is far harder
to fool than single edge points: print near the edge, shadows and fingers each disturb only a part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from cardscan.image.quads import Corners, is_convex

if TYPE_CHECKING:
    from cardscan.record import Pixels

Floats = NDArray[np.float64]

SAMPLES: Final = 48
"""Points along a side; its ends are left out, where corners are rounded."""

_ALONG: Final = np.linspace(0.08, 0.92, SAMPLES)
_MOST_STEPS: Final = 14
_STRONG: Final = 14.0
"""Change across an edge, in 8-bit levels of the strongest channel, above which more says nothing more."""

_SEEN: Final = 0.2
"""Support below which there is no edge to go to; grain alone gives about 0.1."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A quad on its edges, and for each side the share of its length (0 to 1) on which an edge is seen."""

    quad: Corners
    support: Floats


def refine(image: Pixels, quad: Corners, reach: float, fixed: NDArray[np.bool_] | None = None) -> Outline:
    """Move each side of `quad` to the straight edge within `reach` pixels of it.

    A side without an edge nearby stays where it was, as do those that are `fixed` (one truth value a side). The corners
    are where neighbouring sides meet.
    """
    steps = int(np.clip(np.ceil(reach), 3, _MOST_STEPS))
    starts, ends = quad, np.roll(quad, -1, axis=0)
    directions = (ends - starts) / np.maximum(np.linalg.norm(ends - starts, axis=1, keepdims=True), 1e-6)
    normals = np.stack([directions[:, 1], -directions[:, 0]], axis=1)  # outward, as the quad is clockwise
    change = _change(image, starts, ends, normals, np.linspace(-reach, reach, 2 * steps + 1))
    found = _best_lines(change, steps)
    lines, support = [], found[:, 2]
    for side in range(4):
        first, last, _ = found[side]
        stays = support[side] < _SEEN or (fixed is not None and fixed[side])
        shift = np.array([first - steps, last - steps]) * (0.0 if stays else reach / steps)
        at = starts[side] + np.outer(_ALONG[[0, -1]], ends[side] - starts[side]) + shift[:, None] * normals[side]
        lines.append(at)
    corners = np.array([_meeting(lines[side - 1], lines[side]) for side in range(4)])
    if not np.isfinite(corners).all() or not is_convex(corners):
        return Outline(quad, support)
    moved = float(np.linalg.norm(corners - quad, axis=1).max())
    return Outline(corners if moved <= 4 * reach + 2 else quad, support)


def _change(image: Pixels, starts: Corners, ends: Corners, normals: Corners, offsets: Floats) -> NDArray[np.float32]:
    """Change across each side at each sample and offset, (4, SAMPLES, offsets), capped at 1."""
    step = offsets[1] - offsets[0]
    wide = np.concatenate([[offsets[0] - step], offsets, [offsets[-1] + step]])
    base = starts[:, None, :] + _ALONG[None, :, None] * (ends - starts)[:, None, :]
    grid = base[:, :, None, :] + wide[None, None, :, None] * normals[:, None, None, :]
    # Quads count from a pixel's corner, cv2 from its centre.
    flat = (grid - 0.5).reshape(4 * SAMPLES, len(wide), 2).astype(np.float32)
    strip = cv2.remap(image, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    profile = strip.reshape(4, SAMPLES, len(wide), 3).astype(np.float32)
    # Smoothed along the side: grain and print average out, a straight edge stays.
    total = np.cumsum(np.pad(profile, ((0, 0), (3, 2), (0, 0), (0, 0)), mode="edge"), axis=1)
    smooth = (total[:, 5:] - total[:, :-5]) / 5
    difference: NDArray[np.float32] = np.abs(smooth[:, :, 2:] - smooth[:, :, :-2]).max(axis=-1)
    capped: NDArray[np.float32] = np.minimum(difference / np.float32(_STRONG), np.float32(1.0))
    return capped


@cache
def _all_lines(columns: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Where each line through a strip runs, as flat indices (columns², SAMPLES), and how far it leaves the guess."""
    grid = np.arange(columns)
    first, last = (axis.ravel() for axis in np.meshgrid(grid, grid, indexing="ij"))
    weights = np.linspace(0, 1, SAMPLES)[:, None]
    at = np.rint(first * (1 - weights) + last * weights).astype(np.intp) + columns * np.arange(SAMPLES)[:, None]
    middle = columns // 2
    away = (np.abs(first - middle) + np.abs(last - middle)) / (2.0 * middle)
    return at, away.astype(np.float32)


def _best_lines(change: NDArray[np.float32], steps: int) -> Floats:
    """For each side the line with most change under it, (4, 3): columns at the first and last sample, and its mean."""
    columns = 2 * steps + 1
    at, away = _all_lines(columns)
    means = change.reshape(4, -1).take(at, axis=1).mean(axis=1)
    # A mild wish to stay near the guess decides between lines of equal change.
    tables = (means * (1 - np.float32(0.15) * away)).reshape(4, columns, columns)
    best = np.zeros((4, 3))
    for side, table in enumerate(tables):
        i, j = divmod(int(table.argmax()), columns)
        best[side] = _peak(table[:, j], i), _peak(table[i, :], j), means[side, i * columns + j]
    return best


def _peak(values: NDArray[np.float32], at: int) -> float:
    """Sub-step place of a maximum, by a parabola through it and its neighbours."""
    if not 0 < at < len(values) - 1:
        return float(at)
    left, middle, right = values[at - 1 : at + 2].tolist()
    bend = left - 2 * middle + right
    return at + float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) if bend < -1e-9 else float(at)


def _meeting(first: Corners, second: Corners) -> Corners:
    """Where the endless lines through two pairs of points cross; NaN when they are parallel."""
    d1, d2 = first[1] - first[0], second[1] - second[0]
    cross = d1[0] * d2[1] - d1[1] * d2[0]
    if abs(cross) < 1e-9:
        return np.full(2, np.nan)
    gap = second[0] - first[0]
    meeting: Corners = first[0] + (gap[0] * d2[1] - gap[1] * d2[0]) / cross * d1
    return meeting
