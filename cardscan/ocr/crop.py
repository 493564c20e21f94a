"""Cuts text lines out of an image, upright and of one height, in a single resampling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from cardscan.ocr.boxes import FloatArray
    from cardscan.record import Pixels

LINE_HEIGHT: Final = 48  # pixels; what the recognition model was trained on
MAX_LINE_WIDTH: Final = 2400


class LineCutter:
    """Cuts lines from one image, taking them from a half-sized copy when they are far too big.

    Bilinear sampling looks at four pixels only, so shrinking more than twofold at once would drop thin strokes.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._levels = [pixels]

    def cut(self, corners: FloatArray, height: int = LINE_HEIGHT) -> Pixels:
        """The line inside `corners` (4, 2; clockwise from its own top-left) as RGB uint8 (height, width, 3)."""
        top, left = corners[1] - corners[0], corners[3] - corners[0]
        line_width, line_height = max(float(np.linalg.norm(top)), 1.0), max(float(np.linalg.norm(left)), 1.0)
        width = round(height * line_width / line_height)
        width = min(max(width, height // 4), MAX_LINE_WIDTH)
        level = max(int(np.log2(line_height / height)), 0)
        image, scale = self._level(level)
        source = (corners[[0, 1, 3]] * scale).astype(np.float32)
        target = np.array([[0, 0], [width, 0], [0, height]], np.float32)
        transform = cv2.getAffineTransform(source, target)
        line: Pixels = cv2.warpAffine(
            image, transform, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return line

    def _level(self, level: int) -> tuple[Pixels, float]:
        while len(self._levels) <= level and min(self._levels[-1].shape[:2]) >= 2 * LINE_HEIGHT:
            last = self._levels[-1]
            size = (last.shape[1] // 2, last.shape[0] // 2)
            self._levels.append(cv2.resize(last, size, interpolation=cv2.INTER_AREA))
        level = min(level, len(self._levels) - 1)
        image = self._levels[level]
        return image, image.shape[1] / self._levels[0].shape[1]


def between(corners: FloatArray, start: float, end: float) -> FloatArray:
    """The part (4, 2) of a line from one place along it to another, 0 at its left end to 1."""
    top_left, top_right, bottom_right, bottom_left = corners
    top, bottom = top_right - top_left, bottom_right - bottom_left
    return np.array(
        [top_left + top * start, top_left + top * end, bottom_left + bottom * end, bottom_left + bottom * start],
        np.float32,
    )
