"""Light on the scene: gradients, vignettes, cast shadows, glare, colour of the light, on float RGB in place."""

from __future__ import annotations

import math
import random
from typing import Final

import cv2
import numpy as np

Array = np.ndarray
SMALL: Final = 8  # maps are made so many times smaller than the photo


def _grid(h: int, w: int) -> tuple[Array, Array]:
    u, v = np.meshgrid(
        np.linspace(-1, 1, max(2, w // SMALL), dtype=np.float32),
        np.linspace(-1, 1, max(2, h // SMALL), dtype=np.float32),
    )
    return u, v


def gradient(rand: random.Random, h: int, w: int, strength: float) -> Array:
    """A lamp or window at one side: a gain map of the photo's size, small."""
    u, v = _grid(h, w)
    angle = rand.uniform(0, 2 * math.pi)
    return 1 - strength * (0.5 + 0.5 * (u * math.cos(angle) + v * math.sin(angle)) / 1.4)


def vignette(h: int, w: int, strength: float) -> Array:
    """Darker corners."""
    u, v = _grid(h, w)
    return np.asarray(1 - strength * np.clip((u**2 + v**2) / 2, 0, 1) ** 1.5)


def cast_shadow(rand: random.Random, h: int, w: int, strength: float) -> Array:
    """The shadow of the phone and the arm, or of a window's bars."""
    rows, cols = max(2, h // SMALL), max(2, w // SMALL)
    cover = np.zeros((rows, cols), np.float32)
    if rand.random() < 0.75:
        x, y = rand.uniform(0.1, 0.9) * cols, rand.uniform(0.1, 0.9) * rows
        size = rand.uniform(0.25, 0.6) * max(rows, cols)
        box = cv2.boxPoints(((x, y), (size, size * 0.55), rand.uniform(0, 180)))
        cv2.fillConvexPoly(cover, box.astype(np.int32), 1.0)
        edge = (x + rand.choice((-2, 2)) * cols, y + rows * 1.5)
        cv2.line(cover, (int(x), int(y)), (int(edge[0]), int(edge[1])), 1.0, max(2, int(size * 0.25)))
    else:
        for i in range(rand.randint(2, 5)):
            at = int(cols * (i + rand.random()) / 4)
            cv2.line(
                cover,
                (at, 0),
                (at + int(cols * rand.uniform(-0.5, 0.5)), rows),
                1.0,
                max(2, cols // rand.randint(10, 24)),
            )
    soft = cv2.GaussianBlur(cover, (0, 0), rand.uniform(0.8, 5.0) * max(rows, cols) / 150)
    return np.asarray(1 - strength * soft)


def cast(rand: random.Random, strength: float) -> Array:
    """Gains of the three channels under warm, cold or greenish light."""
    gains = np.array(
        rand.choice(((1.12, 1.0, 0.8), (0.88, 1.0, 1.14), (0.96, 1.05, 0.92), (1.06, 0.97, 1.02))), np.float32
    )
    return 1 + (gains - 1) * strength


def lit(photo: Array, maps: list[Array], gains: Array, exposure: float) -> None:
    """Multiply the photo by all maps, the channel gains and the exposure."""
    gain = np.ones_like(maps[0]) if maps else np.ones((2, 2), np.float32)
    for one in maps:
        gain = gain * one
    h, w = photo.shape[:2]
    full = cv2.resize(gain.astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
    cv2.multiply(photo, cv2.merge([full * float(gain * exposure) for gain in gains]), dst=photo)


def glare(rand: random.Random, photo: Array, centre: tuple[float, float], size: float, strength: float) -> None:
    """A lamp mirrored by a glossy card: an additive blob around `centre` (pixels)."""
    h, w = photo.shape[:2]
    reach = int(size * 2)
    x0, x1 = max(0, int(centre[0]) - reach), min(w, int(centre[0]) + reach)
    y0, y1 = max(0, int(centre[1]) - reach), min(h, int(centre[1]) + reach)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return
    u, v = np.meshgrid(np.arange(x0, x1, dtype=np.float32) - centre[0], np.arange(y0, y1, dtype=np.float32) - centre[1])
    angle, flat = rand.uniform(0, 3.14), rand.uniform(0.3, 1.0)
    a, b = u * math.cos(angle) + v * math.sin(angle), (-u * math.sin(angle) + v * math.cos(angle)) / flat
    photo[y0:y1, x0:x1] += (255 * strength * np.exp(-(a**2 + b**2) / (2 * (size / 2) ** 2)))[..., None]
