"""Light made even, for engines that profit from it (Tesseract does, PP-OCR reads worse after it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from cardscan.record import Pixels


def even_light(pixels: Pixels) -> Pixels:
    """Divide a card image (RGB) by its own illumination: shadows and falloff go, print and colours stay.

    The illumination is the brightness of the paper: letters are closed over, and what is left is smoothed. It is
    estimated on a small copy, as light changes slowly. Dark panels keep at least a quarter of their darkness.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, 200 / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels.max(axis=2), size, interpolation=cv2.INTER_AREA)
    reach = max(3, max(size) // 12) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    paper = cv2.GaussianBlur(paper.astype(np.float32), (0, 0), reach)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    gain = np.clip(245.0 / np.maximum(light, 1.0), 0.9, 4.0)
    evened: Pixels = np.clip(pixels * gain[..., None], 0, 255).astype(np.uint8)
    return evened
