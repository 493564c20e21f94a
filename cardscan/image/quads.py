"""Quads as arrays: order, overlap, polygon to quad, and a rectangle's true proportions seen in perspective.

A quad here is a float array (4, 2) of (x, y), clockwise as seen (y points down), unless said otherwise.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Corners: TypeAlias = NDArray[np.float64]

CARD_RATIOS: Final = (85.6 / 54, 89 / 51, 85 / 55, 90 / 54, 91 / 55, 90 / 50)
"""Long side by short side in mm: ISO/IEC 7810 ID-1, North America, Europe, Oceania, Japan, East Asia."""


def clockwise(points: NDArray[Any]) -> Corners:
    """Four points as a clockwise quad that starts at the corner nearest the image's top-left."""
    points = np.asarray(points, float).reshape(4, 2)
    centre = points.mean(axis=0)
    order = np.argsort(np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0]))
    turned = points[order]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def area(quad: Corners) -> float:
    """Signed area, half the cross product of the diagonals; positive when clockwise."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad.tolist()
    return 0.5 * float((cx - ax) * (dy - by) - (dx - bx) * (cy - ay))


def sides(quad: Corners) -> tuple[float, float]:
    """Mean lengths of the two sides that run like the first, and of the two that run like the second."""
    first, second, third, fourth = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1).tolist()
    return (first + third) / 2, (second + fourth) / 2


def side_ratio(quad: Corners) -> float:
    """The longer of both by the shorter, as seen: perspective is not taken out."""
    across, down = sides(quad)
    return max(across, down) / max(min(across, down), 1e-6)


def is_convex(quad: Corners) -> bool:
    """Whether the quad is clockwise, convex and without a corner of nearly 180 degrees."""
    sides = np.roll(quad, -1, axis=0) - quad
    lengths = np.linalg.norm(sides, axis=1)
    if lengths.min() < 1.0:
        return False
    following = np.roll(sides, -1, axis=0)
    sines = (sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]) / (lengths * np.roll(lengths, -1))
    return bool(sines.min() > 0.15)


def outward(quad: Corners, distance: float) -> Corners:
    """The quad with each side moved outward by `distance`, inward when negative; sharp corners move less far."""
    sides = np.roll(quad, -1, axis=0) - quad
    normals = np.stack([sides[:, 1], -sides[:, 0]], axis=1)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    before = np.roll(normals, 1, axis=0)
    # Where two moved sides meet: the sum of their normals, longer the sharper the corner.
    along = (normals + before) / np.maximum(1 + (normals * before).sum(axis=1, keepdims=True), 0.35)
    moved: Corners = quad + distance * along
    return moved


def intersection(first: Corners, second: Corners) -> float:
    """Area that two convex, clockwise quads share.

    Sutherland and Hodgman's clipping (1974). OpenCV's `intersectConvexConvex` says 0 of some nearly equal quads, which
    are just those to be told as the same.
    """
    points = [(float(x), float(y)) for x, y in first]
    for (ax, ay), (bx, by) in pairwise((*second.tolist(), second[0].tolist())):
        inside = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in points]
        kept: list[tuple[float, float]] = []
        for i, (x, y) in enumerate(points):
            (px, py), before, now = points[i - 1], inside[i - 1], inside[i]
            if (before >= 0) != (now >= 0):
                share = before / (before - now)
                kept.append((px + share * (x - px), py + share * (y - py)))
            if now >= 0:
                kept.append((x, y))
        if not kept:
            return 0.0
        points = kept
    closed = pairwise((*points, points[0]))
    return max(0.0, 0.5 * sum(x * ny - nx * y for (x, y), (nx, ny) in closed))


def overlap(first: Corners, second: Corners) -> float:
    """Intersection over union of two convex quads."""
    shared = intersection(first, second)
    union = abs(area(first)) + abs(area(second)) - shared
    return shared / union if union > 0 else 0.0


def polygon_to_quad(polygon: NDArray[Any]) -> Corners | None:
    """The quad around a convex polygon that adds the least area: short sides go, their neighbours meet beyond them.

    Rounded or cut corners become the corners they would be. None when no four sides enclose the polygon.
    """
    points = [np.asarray(p, float) for p in np.asarray(polygon).reshape(-1, 2)]
    if len(points) < 4:
        return None
    while len(points) > 4:
        best: tuple[float, int, Corners] | None = None
        count = len(points)
        for i in range(count):
            before, start, end, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
            meet = _meeting(before, start, after, end)
            if meet is None:
                continue
            gap, rise = end - start, meet - start
            added = 0.5 * abs(float(gap[0] * rise[1] - gap[1] * rise[0]))
            if best is None or added < best[0]:
                best = (added, i, meet)
        if best is None:
            return None
        _, i, meet = best
        points[i] = meet
        del points[(i + 1) % count]
    return clockwise(np.array(points))


def _meeting(before: Corners, start: Corners, after: Corners, end: Corners) -> Corners | None:
    """Where the ray before→start beyond start meets the ray after→end beyond end."""
    forward, back = start - before, end - after
    cross = forward[0] * back[1] - forward[1] * back[0]
    if abs(cross) < 1e-9:
        return None
    gap = end - start
    t = (gap[0] * back[1] - gap[1] * back[0]) / cross
    u = (gap[0] * forward[1] - gap[1] * forward[0]) / cross
    return start + t * forward if t >= 0 and u >= 0 else None


def true_ratio(quad: Corners, width: int, height: int) -> float:
    """Width by height of the flat rectangle that a camera sees as this quad; width runs along the first side."""
    return true_shape(quad, width, height)[0]


def true_shape(quad: Corners, width: int, height: int) -> tuple[float, float]:
    """Width by height of the flat rectangle that a camera sees as this quad, and how far it is from any such (0: none).

    Width runs along the first side. After Zhang and He, "Whiteboard scanning and image enhancement" (2007), section
    3.2, with the principal point in the middle of the photo. Their focal length is a ratio of small numbers when the
    card is seen nearly straight on, so it is not solved for but searched: the one that makes the corner a right angle,
    that a phone may have, and, as a mild third witness, that gives a card's usual proportions.
    """
    scale = float(max(width, height))
    a, b, c, d = ((np.append((p - (width / 2, height / 2)) / scale, 1.0)) for p in quad)
    m1, m2, m3, m4 = a, b, d, c  # Zhang and He's order: rows, not clockwise
    lower2, lower3 = np.dot(np.cross(m2, m4), m3), np.dot(np.cross(m3, m4), m2)
    if abs(lower2) < 1e-12 or abs(lower3) < 1e-12:
        return _side_ratio(quad), 0.0
    n2 = np.dot(np.cross(m1, m4), m3) / lower2 * m2 - m1
    n3 = np.dot(np.cross(m1, m4), m2) / lower3 * m3 - m1
    focal = np.geomspace(0.45, 4.0, 80)
    along = (n2[:2] @ n2[:2]) / focal**2 + n2[2] ** 2
    down = (n3[:2] @ n3[:2]) / focal**2 + n3[2] ** 2
    cosine = ((n2[:2] @ n3[:2]) / focal**2 + n2[2] * n3[2]) / np.sqrt(along * down)
    ratio = np.sqrt(along / down)
    known = np.log(np.array(CARD_RATIOS))
    from_known = np.abs(np.abs(np.log(ratio))[:, None] - known).min(axis=1)
    cost = (cosine / 0.03) ** 2 + (np.log(focal / 0.85) / 0.3) ** 2 + np.minimum((from_known / 0.06) ** 2, 2.0)
    at = int(np.argmin(cost))
    best, misfit = float(ratio[at]), float(cost[at] - min((from_known[at] / 0.06) ** 2, 2.0))
    return (best, misfit) if math.isfinite(best) and 0.1 < best < 10 else (_side_ratio(quad), misfit)


def _side_ratio(quad: Corners) -> float:
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float((sides[0] + sides[2]) / max(sides[1] + sides[3], 1e-6))
