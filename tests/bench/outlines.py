"""How near a card's outline was found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

COVERS: Final = 0.5  # intersection over union from which two outlines are one card's
Outline = Sequence[Sequence[float]]


def corners(truth: Outline, read: Outline) -> tuple[float, bool]:
    """(mean corner error over the diagonal, whether the first corner is the true one)."""
    diagonal = max(math.dist(truth[0], truth[2]), math.dist(truth[1], truth[3]))
    errors = [sum(math.dist(truth[i], read[(i + shift) % 4]) for i in range(4)) / 4 / diagonal for shift in range(4)]
    best = min(range(4), key=errors.__getitem__)
    return errors[best], best == 0


def overlap(one: Outline, other: Outline) -> float:
    """Intersection over union of two convex quads."""
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    shared = float(cv2.intersectConvexConvex(cv2.convexHull(a), cv2.convexHull(b))[0])
    whole = cv2.contourArea(a) + cv2.contourArea(b) - shared
    return shared / whole if whole > 0 else 0.0
