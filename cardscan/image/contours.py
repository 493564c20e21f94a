"""Card-shaped outlines by classical means: regions and edges whose hull is close to a quad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.image.quads import Corners, area, is_convex, polygon_to_quad

if TYPE_CHECKING:
    from cardscan.record import Pixels

SMALLEST_SHARE: Final = 0.002
"""Of the photo's area: sixty cards on a table with room between them are about five times as large."""

_FILL: Final = 0.88
"""How much of its quad a region's hull must fill; rounded corners cost 1 to 2 %."""


def propose(image: Pixels) -> list[Corners]:
    """Quads in the pixels of `image` (RGB, a working copy of about 800 pixels) that may be cards, unordered."""
    lab = cv2.cvtColor(cv2.GaussianBlur(image, (5, 5), 0), cv2.COLOR_RGB2LAB)
    quads: list[Corners] = []
    for mask in (*_edge_masks(lab), *_region_masks(image, lab)):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        smallest = SMALLEST_SHARE * mask.size
        for contour in contours:
            if len(contour) >= 4 and _box_area(contour) >= smallest:
                quad = _fit(contour, smallest)
                if quad is not None:
                    quads.append(quad)
    return quads


def _edge_masks(lab: Pixels) -> Iterator[Pixels]:
    """Closed edge maps: the strongest change of the three channels, at three thresholds."""
    gradient = np.zeros(lab.shape[:2], np.float32)
    for channel, weight in zip(cv2.split(lab), (1.0, 1.6, 1.6), strict=True):
        dx, dy = cv2.Sobel(channel, cv2.CV_32F, 1, 0), cv2.Sobel(channel, cv2.CV_32F, 0, 1)
        np.maximum(gradient, weight * cv2.magnitude(dx, dy), out=gradient)
    kernel = np.ones((3, 3), np.uint8)
    for threshold in (24.0, 48.0, 96.0):
        edges = (gradient > threshold).astype(np.uint8)
        yield cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel)


def _region_masks(image: Pixels, lab: Pixels) -> Iterator[Pixels]:
    """Light, dark and coloured regions, both ways round."""
    kernel = np.ones((5, 5), np.uint8)
    saturation = cv2.GaussianBlur(image.max(axis=2) - image.min(axis=2), (5, 5), 0)
    for channel in (*cv2.split(lab), saturation):
        level, _ = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        bright = (channel > level).astype(np.uint8)
        yield cv2.morphologyEx(bright, cv2.MORPH_OPEN, kernel)
        yield cv2.morphologyEx(1 - bright, cv2.MORPH_OPEN, kernel)


def _box_area(contour: Pixels) -> float:
    _, _, width, height = cv2.boundingRect(contour)
    return float(width * height)


def _fit(contour: Pixels, smallest: float) -> Corners | None:
    hull = cv2.convexHull(contour)
    hull_area = cv2.contourArea(hull)
    if hull_area < smallest:
        return None
    polygon = cv2.approxPolyDP(hull, 0.012 * cv2.arcLength(hull, True), True)
    if not 4 <= len(polygon) <= 10:
        return None
    quad = polygon_to_quad(polygon)
    if quad is None or not is_convex(quad):
        return None
    quad += 0.5  # cv2 counts from a pixel's centre, quads from its corner
    whole = area(quad)
    return quad if _FILL * whole <= hull_area <= 1.05 * whole else None
