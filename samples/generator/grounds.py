"""What a card is printed on: plain stock, gradients, bands, patterns and pictures, as RGB pixels."""

from __future__ import annotations

import random
from typing import Final

import cv2
import numpy as np

from .look import Look, luminance, mixed
from .seeds import array_rng
from .sheet import Colour

Array = np.ndarray
STEP: Final = 6  # pixels per mm of a ground; the sheet scales it


def field(rand: np.random.Generator, height: int, width: int, cells: int, octaves: int = 3) -> Array:
    """Smooth noise from 0 to 1 of so many cells along the longer side, with finer octaves added."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        n = cells * 2**octave
        rows, cols = max(2, round(n * height / max(height, width))), max(2, round(n * width / max(height, width)))
        small = rand.random((rows, cols), np.float32)
        total += weight * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= 0.5
    low, high = float(total.min()), float(total.max())
    return (total - low) / max(1e-6, high - low)


def _plain(h: int, w: int, colour: Colour) -> Array:
    return np.full((h, w, 3), colour, np.float32)


def _ramp(h: int, w: int, a: Colour, b: Colour, angle: float) -> Array:
    u, v = np.meshgrid(np.linspace(-1, 1, w, dtype=np.float32), np.linspace(-1, 1, h, dtype=np.float32))
    t = np.clip((u * np.cos(angle) + v * np.sin(angle)) / 1.3 / 2 + 0.5, 0, 1)[..., None]
    return np.asarray(np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t)


def _near(rand: random.Random, colour: Colour, spread: float) -> Colour:
    """A neighbour of a colour that keeps its side of light and dark, so print stays readable."""
    toward: Colour = (255, 255, 255) if luminance(colour) > 125 else (0, 0, 0)
    tint = (rand.randint(0, 255), rand.randint(0, 255), rand.randint(0, 255))
    return mixed(mixed(colour, tint, spread * 0.6), toward, rand.uniform(0, spread))


def ground(rand: random.Random, look: Look, kind: str, width: float, height: float) -> Array:
    """The ground of a face of `width` x `height` mm in the look's paper colour.

    `kind`: plain, gradient, speckle, linen, picture, pattern, swoosh, corner, or any.
    """
    noise = array_rng(rand)
    h, w = round(height * STEP), round(width * STEP)
    if kind == "any":
        choices = ("plain", "gradient", "speckle", "linen", "picture", "pattern", "swoosh", "corner")
        kind = rand.choices(choices, (10, 2.5, 1, 1, 1.6, 1.2, 1.2, 1.5))[0]
    paper = look.paper
    out = _plain(h, w, paper)
    if kind == "gradient":
        out = _ramp(h, w, paper, _near(rand, paper, 0.35), rand.uniform(0, 6.3))
    elif kind == "speckle":
        grain = noise.random((h, w, 1), np.float32)
        out += (grain > 0.97) * -28 + (grain < 0.02) * 18
    elif kind == "linen":
        u, v = np.meshgrid(np.arange(w), np.arange(h))
        out += (3.5 * np.sin(u * 1.9) + 3.5 * np.sin(v * 1.9))[..., None].astype(np.float32)
    elif kind == "picture":
        # A soft photograph behind the print: hills, bokeh or clouds in tints that stay near the paper's lightness.
        hills = field(noise, h, w, rand.choice((2, 3, 5)), 4)[..., None]
        other = np.asarray(_near(rand, paper, 0.6), np.float32)
        out = out * (1 - hills * 0.8) + other * hills * 0.8
        for _ in range(rand.randint(0, 10)):
            spot = np.zeros((h, w), np.float32)
            cv2.circle(spot, (rand.randrange(w), rand.randrange(h)), rand.randint(6, h // 4), 1.0, -1)
            out += cv2.GaussianBlur(spot, (0, 0), 3)[..., None] * rand.uniform(-14, 14)
    elif kind == "pattern":
        u, v = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
        period = rand.uniform(8, 24)
        shape = rand.choice(
            (
                np.sin((u + v) / period * 6.28),
                np.sin(u / period * 6.28) * np.sin(v / period * 6.28),
                np.sin(v / period * 6.28),
            )
        )
        out += np.where(shape > 0.6, rand.choice((-9, 9, -14)), 0)[..., None]
    elif kind == "swoosh":
        colour = _near(rand, paper, 0.45)
        for _ in range(rand.randint(2, 5)):
            curve = [
                (
                    x,
                    round(
                        h * rand.uniform(0.2, 1.0) + h * 0.25 * np.sin(x / w * rand.uniform(2, 5) + rand.random() * 6)
                    ),
                )
                for x in range(0, w + 40, 40)
            ]
            cover = np.zeros((h, w), np.uint8)
            cv2.fillPoly(cover, [np.array([*curve, (w + 40, h), (0, h)], np.int32)], 255, cv2.LINE_AA)
            share = (cover.astype(np.float32) / 255 * 0.4)[..., None]
            out = out * (1 - share) + np.asarray(colour, np.float32) * share
            colour = _near(rand, paper, 0.5)
    elif kind == "corner":
        cover = np.zeros((h, w), np.uint8)
        size, left = rand.uniform(0.15, 0.4), rand.random() < 0.5
        x0, x1 = (0, round(w * size)) if left else (w, round(w * (1 - size)))
        cv2.fillPoly(cover, [np.array([(x0, 0), (x1, 0), (x0, round(h * size * 1.4))], np.int32)], 255, cv2.LINE_AA)
        share = (cover.astype(np.float32) / 255)[..., None]
        out = out * (1 - share) + np.asarray(mixed(look.accent, paper, 0.75), np.float32) * share
    return np.asarray(np.clip(out, 0, 255).astype(np.uint8))
