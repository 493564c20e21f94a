"""A piece of a photo, cut out and straightened for looking at: a card, or one line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.image.rectify import rectify

if TYPE_CHECKING:
    from cardscan.record import Pixels, Quad

LONGEST: Final = 1600
"""Pixels of the long side at most; a screen shows no more."""


def cut(pixels: Pixels, quad: Quad) -> Pixels:
    """The piece of a photo under a quad (photo pixels), upright, its sides as long as the quad's longer ones."""
    corners = np.array(quad, np.float64)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = max(sides[0], sides[2], 8.0), max(sides[1], sides[3], 8.0)
    scale = min(1.0, LONGEST / max(width, height))
    return rectify(pixels, corners, (round(width * scale), round(height * scale)))


def use_one_thread() -> None:
    """Keep OpenCV to one thread in this process, as fits a worker beside others."""
    cv2.setNumThreads(1)
