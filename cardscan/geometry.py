"""Plane geometry that several rooms need: the projective map between two quads, and lines that follow each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cardscan.record import Point, Quad

_NEXT: Final = 1.8  # heights between the middles of a line and the next


def corners(width: float, height: float) -> Quad:
    """The corners of an upright image of this size, clockwise from its top-left."""
    return ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))


def as_quad(points: Iterable[Iterable[float]]) -> Quad:
    """Four points, an array (4, 2) or other rows of two numbers, as records keep them."""
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d


def quarters_off(quad: Quad) -> int:
    """The clockwise quarter turns (0 to 3) that bring a quad's own upper side nearest to the top."""
    across = np.subtract(quad[1], quad[0]) + np.subtract(quad[2], quad[3])
    angle = float(np.degrees(np.arctan2(across[1], across[0])))  # 0: lies upright; 90: turned clockwise by 90
    return round(-angle / 90) % 4


def homography(source: Quad, target: Quad) -> NDArray[np.float64]:
    """The 3x3 projective map that takes the four source points to the four target points.

    Solves the eight linear equations of the direct linear transformation (Hartley and Zisserman, Multiple View
    Geometry, 2nd ed., 4.1) with the last element fixed to 1.

    Raises:
        numpy.linalg.LinAlgError: Three of the points lie on one line.
    """
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows, float), np.array(values, float)), 1.0).reshape(3, 3)


def project(matrix: NDArray[np.float64], points: Iterable[Point]) -> tuple[Point, ...]:
    """Map points through a homography."""
    homogeneous = np.array([(x, y, 1.0) for x, y in points]) @ matrix.T
    return tuple((float(x / w), float(y / w)) for x, y, w in homogeneous)


def stand_together(one: Quad, other: Quad) -> bool:
    """Whether of two text lines one stands right under the other, as the first runs, and they overlap across."""
    a, b = np.array(one, float), np.array(other, float)
    across, height = a[1] - a[0], np.linalg.norm(a[3] - a[0]) + np.linalg.norm(b[3] - b[0])
    across = across / max(1e-6, float(np.linalg.norm(across)))
    apart = abs(float((b.mean(axis=0) - a.mean(axis=0)) @ np.array([-across[1], across[0]])))
    shared = min((a @ across).max(), (b @ across).max()) - max((a @ across).min(), (b @ across).min())
    return apart < _NEXT * float(height) / 2 and bool(shared > 0)
