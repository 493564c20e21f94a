"""Boxes of text lines, from the map of where a detection network sees text.

Reference: Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020. The network gives
for each pixel the probability that it belongs to the shrunken core of a text line; the cores are boxed and grown back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

FloatArray = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

TALL: Final = 1.5
"""Height to width from which a box holds vertical text."""
THRESHOLD: Final = 0.3
"""Probability from which a pixel belongs to a core."""

_BOX_THRESHOLD: Final = 0.45
_UNCLIP: Final = 1.6
_MAX_BOXES: Final = 600
_MOST_CUTS: Final = 2  # one after the other, of a bent core
_PLACES: Final = 15  # along it where it may be cut
_BENT: Final = 0.75  # of its rectangle that its halves' may fill
_MIN_CORE: Final = 3.0  # pixels of the probability map: less is noise


@dataclass(frozen=True, slots=True, eq=False)
class TextBox:
    """One box that holds one line of text.

    Attributes:
        corners: (4, 2) float32, clockwise from the top-left as the image lies.
        score: Mean probability of text inside the core.
    """

    corners: FloatArray
    score: float

    @property
    def width(self) -> float:
        """Length of the upper side."""
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        """Length of the left side."""
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    @property
    def tall(self) -> bool:
        """Whether the text runs up or down."""
        return self.height >= TALL * self.width


def boxes_from_map(probability: FloatArray, scale: FloatArray) -> list[TextBox]:
    """Box the text cores of a probability map.

    Args:
        probability: (h, w), 0 to 1.
        scale: Image pixels per map pixel, x and y.
    """
    core = (probability > THRESHOLD).astype(np.uint8)
    core = cv2.dilate(core, np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for contour in sorted(contours, key=len, reverse=True)[:_MAX_BOXES]:
        for rectangle, score in _straight(probability, contour):
            boxes.append(TextBox(clockwise(cv2.boxPoints(_grown(rectangle))) * scale, score))
    return boxes


def _straight(probability: FloatArray, contour: Any) -> list[tuple[Any, float]]:
    """Rectangles of text, with the mean probability in each; a bent core is cut where its halves are straight.

    Print with a pen's line slanting away behind it makes one core, whose rectangle is mostly blank.
    """
    found = _boxed(probability, contour)
    if found is None or found[1] >= _BOX_THRESHOLD:
        return [found] if found else []
    x, y, width, height = cv2.boundingRect(contour)
    filled = np.zeros((height, width), np.uint8)
    cv2.drawContours(filled, [contour - (x, y)], -1, 1, -1)
    return _cut(probability, np.argwhere(filled)[:, ::-1] + np.array([x, y]), _MOST_CUTS)


def _boxed(probability: FloatArray, points: Any) -> tuple[Any, float] | None:
    rectangle = cv2.minAreaRect(points)
    if min(rectangle[1]) < _MIN_CORE:
        return None
    return rectangle, _mean_inside(probability, cv2.boxPoints(rectangle))


def _cut(probability: FloatArray, points: Any, cuts: int) -> list[tuple[Any, float]]:
    """The straight parts of a core, given as its pixels (n, 2)."""
    points = points.astype(np.int32)
    found = _boxed(probability, points)
    if found is None or found[1] >= _BOX_THRESHOLD:
        return [found] if found else []
    if cuts == 0 or float(probability[points[:, 1], points[:, 0]].mean()) < _BOX_THRESHOLD:
        return []
    corners = cv2.boxPoints(found[0])
    sides = np.roll(corners, -1, axis=0) - corners
    along = points @ max(sides, key=lambda side: float(np.linalg.norm(side)))
    places = np.linspace(float(along.min()), float(along.max()), _PLACES + 2)[1:-1].tolist()
    first, second = min(
        ((points[along < place], points[along >= place]) for place in places),
        key=lambda halves: _area(halves[0]) + _area(halves[1]),
    )
    if _area(first) + _area(second) > _BENT * found[0][1][0] * found[0][1][1]:
        return []
    return [*_cut(probability, first, cuts - 1), *_cut(probability, second, cuts - 1)]


def _area(points: Any) -> float:
    width, height = cv2.minAreaRect(points)[1]
    return float(width * height)


def _mean_inside(probability: FloatArray, corners: FloatArray) -> float:
    x, y, width, height = cv2.boundingRect(corners)
    left, top = max(x, 0), max(y, 0)
    window = probability[top : y + height, left : x + width]
    mask = np.zeros(window.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(window, mask)[0])


def _grown(rectangle: Any) -> Any:
    # The paper's unclipping of a polygon by area * ratio / perimeter; for a rectangle it only moves the sides.
    centre, (width, height), angle = rectangle
    distance = width * height * _UNCLIP / (2 * (width + height))
    return centre, (width + 2 * distance, height + 2 * distance), angle


def clockwise(corners: FloatArray) -> FloatArray:
    """Corners (4, 2) clockwise from the one that is the top-left one when the box is turned by less than 45 degrees."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    sides = np.roll(ordered, -1, axis=0) - ordered
    rightward = sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-6)
    first = int(np.argmax(rightward))  # the side that runs straightest to the right is the upper one
    return np.roll(ordered, -first, axis=0).astype(np.float32)
