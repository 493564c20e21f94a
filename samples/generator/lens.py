"""What lens, sensor and encoder do to the scene."""

from __future__ import annotations

import io
import math
import random

import cv2
import numpy as np
from PIL import Image

Array = np.ndarray


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
    # One normal field, read at three offsets: as good for a photo as three, at a third of the time.
    grain = noise.standard_normal((h + 7, w + 13), np.float32)
    for channel, (dy, dx) in enumerate(((0, 0), (7, 5), (3, 13))):
        photo[..., channel] += grain[dy : dy + h, dx : dx + w] * amount
    return np.clip(photo + 0.5, 0, 255).astype(np.uint8)


def sharpened(photo: Array, amount: float) -> Array:
    """The halo phones add."""
    return np.asarray(cv2.addWeighted(photo, 1 + amount, cv2.GaussianBlur(photo, (0, 0), 1.2), -amount, 0))


def jpeg_again(rand: random.Random, photo: Array) -> Array:
    """A photo sent through a messenger: recompressed hard."""
    sink = io.BytesIO()
    Image.fromarray(photo).save(sink, "JPEG", quality=rand.randint(38, 60))
    return np.asarray(Image.open(sink).convert("RGB"))
