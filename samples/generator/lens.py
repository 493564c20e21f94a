"""What lens, sensor and encoder do to the scene."""

from __future__ import annotations

import io
import math
import random
from typing import Final

import cv2
import numpy as np
from PIL import Image

Array = np.ndarray
GRAIN: Final = (307, 401)  # height and width of the tile of noise


def motion(photo: Array, length: float, angle: float) -> Array:
    """Blur along a straight shake of `length` pixels."""
    size = max(3, math.ceil(length) | 1)
    kernel = np.zeros((size, size), np.float32)
    half, c, s = length / 2, math.cos(angle), math.sin(angle)
    middle = size // 2
    for step in np.linspace(-half, half, size * 4):
        x, y = middle + step * c, middle + step * s
        xi, yi = math.floor(x), math.floor(y)
        for dx in (0, 1):
            for dy in (0, 1):
                if 0 <= xi + dx < size and 0 <= yi + dy < size:
                    kernel[yi + dy, xi + dx] += (1 - abs(x - xi - dx)) * (1 - abs(y - yi - dy))
    return np.asarray(cv2.filter2D(photo, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT))


def defocus(photo: Array, sigma: float) -> Array:
    """Blur of a lens that focused elsewhere."""
    return cv2.GaussianBlur(photo, (0, 0), sigma) if sigma > 0.25 else photo


def sensed(noise: np.random.Generator, photo: Array, amount: float) -> Array:
    """Sensor noise (stronger in the dark) and rounding to bytes."""
    h, w = photo.shape[:2]
    # A tile of normal noise, repeated and read at three offsets: nobody sees it in a photo, and it is made fast.
    tile = noise.standard_normal(GRAIN, np.float32) * amount
    grain = np.tile(tile, ((h + 7) // GRAIN[0] + 1, (w + 13) // GRAIN[1] + 1))
    shifted = [grain[dy : dy + h, dx : dx + w] for dy, dx in ((0, 0), (7, 5), (3, 13))]
    cv2.add(photo, cv2.merge(shifted), dst=photo)
    np.clip(photo, 0, 255, out=photo)
    return np.asarray(np.rint(photo, out=photo), np.uint8)


def sharpened(photo: Array, amount: float) -> Array:
    """The halo phones add."""
    return np.asarray(cv2.addWeighted(photo, 1 + amount, cv2.GaussianBlur(photo, (0, 0), 1.2), -amount, 0))


def jpeg_again(rand: random.Random, photo: Array) -> Array:
    """A photo sent through a messenger: recompressed hard."""
    sink = io.BytesIO()
    Image.fromarray(photo).save(sink, "JPEG", quality=rand.randint(38, 60))
    return np.asarray(Image.open(sink).convert("RGB"))
