"""Surfaces: what desks and picture cards are made of. Procedural, and the pictures of scikit-image."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

import cv2
import numpy as np
import skimage.data

Image: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
PICTURES = ("astronaut", "brick", "chelsea", "coffee", "grass", "gravel", "rocket", "hubble_deep_field", "cell",
            "moon", "coins", "immunohistochemistry", "retina", "page", "text", "camera")  # fmt: skip
KINDS = {"plain": 0.13, "cloud": 0.08, "wood": 0.11, "weave": 0.06, "stripes": 0.03, "tiles": 0.05, "photo": 0.05,
         "collage": 0.01, "paper": 0.04, "speckle": 0.05, "veins": 0.05, "tartan": 0.04, "bricks": 0.04,
         "gingham": 0.04, "crystals": 0.07, "pavers": 0.07, "leather": 0.04, "strokes": 0.04}  # fmt: skip


@cache
def _pictures() -> tuple[Image, ...]:
    """Pictures that the wheel of scikit-image carries (public domain or CC0), at most 600 pixels."""
    pictures = []
    for name in PICTURES:
        picture = np.asarray(getattr(skimage.data, name)())
        picture = np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture[..., :3]
        scale = min(1.0, 600 / max(picture.shape[:2]))
        pictures.append(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8))
    return tuple(pictures)


def colour(rand: np.random.Generator) -> tuple[int, int, int]:
    """Any printed colour; greys, whites and blacks are as common as hues."""
    if rand.random() < 0.4:
        grey = rand.uniform(0, 255)
        red, green, blue = np.clip(grey + rand.uniform(-12, 12, 3), 0, 255)
    else:
        hsv = np.array([[[rand.integers(180), rand.integers(40, 256), rand.integers(30, 256)]]], np.uint8)
        red, green, blue = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0]
    return int(red), int(green), int(blue)


def photo(rand: np.random.Generator) -> Image:
    """A random part of a random picture, RGB uint8."""
    pictures = _pictures()
    picture = pictures[int(rand.integers(len(pictures)))]
    height, width = picture.shape[:2]
    side = int(rand.uniform(0.35, 1.0) * min(height, width))
    top, left = int(rand.integers(height - side + 1)), int(rand.integers(width - side + 1))
    part = picture[top : top + side, left : left + side]
    if rand.random() < 0.5:
        part = np.rot90(part, int(rand.integers(4)))
    if rand.random() < 0.4:
        part = part[..., rand.permutation(3)]
    return np.ascontiguousarray(part)


def noise(rand: np.random.Generator, width: int, height: int, roughness: float, stretch: float = 1.0) -> Image:
    """Fractal noise in 0..1, (height, width): octaves of random grids, `roughness` their share, stretched along x."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(1, 8):
        cells = 2**octave
        grid = rand.random((max(2, round(cells * stretch)), cells + 1), dtype=np.float32)
        if max(grid.shape) > 2 * max(width, height):
            break
        total += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= roughness
    low, high = total.min(), total.max()
    return (total - low) / max(high - low, 1e-6)


def texture(rand: np.random.Generator, width: int, height: int) -> Image:
    """A surface, float32 RGB 0..255: one of `KINDS`."""
    kind = rand.choice(list(KINDS), p=list(KINDS.values()))
    first, second = np.array(colour(rand), np.float32), np.array(colour(rand), np.float32)
    if rand.random() < (0.3 if kind == "crystals" else 0.6):  # the tones of one material are close
        second = np.clip(first + rand.uniform(-50, 50) + rand.uniform(-15, 15, 3), 0, 255).astype(np.float32)
    if kind == "photo":
        return cv2.resize(photo(rand), (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    if kind == "collage":
        tiles = [cv2.resize(photo(rand), (width // 2 + 1, height // 2 + 1)) for _ in range(4)]
        whole = np.vstack([np.hstack(tiles[:2]), np.hstack(tiles[2:])])
        return whole[:height, :width].astype(np.float32)
    if kind == "plain":
        amount = noise(rand, width, height, 0.4) * rand.uniform(0, 0.25)
    elif kind == "cloud":
        amount = noise(rand, width, height, rand.uniform(0.4, 0.9))
    elif kind == "wood":
        amount = noise(rand, width, height, rand.uniform(0.6, 0.95), stretch=rand.uniform(4, 16))
        if rand.random() < 0.5:
            boards = np.arange(height) // max(8, int(rand.uniform(0.1, 0.4) * height))
            amount = amount * 0.7 + 0.3 * rand.random(int(boards.max()) + 1).astype(np.float32)[boards][:, None]
            seams = np.flatnonzero(np.diff(boards))
            amount[seams] = rand.choice([0.0, 1.0])
    elif kind == "weave":
        period = rand.uniform(3, 14)
        x, y = np.arange(width) / period, np.arange(height) / period
        amount = 0.5 + 0.25 * (np.sin(2 * np.pi * x)[None, :] + np.sin(2 * np.pi * y)[:, None])
        amount = amount * 0.7 + 0.3 * noise(rand, width, height, 0.8)
    elif kind == "stripes":
        period = rand.uniform(10, 120)
        amount = np.repeat(
            (np.sin(2 * np.pi * np.arange(width) / period) > 0)[None, :].astype(np.float32), height, axis=0
        )
    elif kind == "tiles":
        side = rand.uniform(0.06, 0.4) * width
        x, y = np.floor(np.arange(width) / side), np.floor(np.arange(height) / side / rand.uniform(0.5, 1.5))
        amount = ((x[None, :] + y[:, None]) % 2).astype(np.float32)
        if rand.random() < 0.6:  # joints instead of a chequerboard
            amount = np.maximum((np.arange(width) % side < 2)[None, :], (np.arange(height) % side < 2)[:, None]) * 1.0
    elif kind == "speckle":  # granite, terrazzo, cork: crumbs of a few tones
        amount = 0.3 * noise(rand, width, height, 0.5)
        for tone in rand.uniform(0, 1, int(rand.integers(1, 4))):
            cell = rand.uniform(1.5, 9)
            grid = rand.random((max(2, int(height / cell)), max(2, int(width / cell))), dtype=np.float32)
            amount = np.where(
                cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) > rand.uniform(0.6, 0.9), tone, amount
            )
    elif kind == "veins":  # thin ridges where two noises meet
        ridge = np.abs(noise(rand, width, height, 0.6) - noise(rand, width, height, 0.6))
        amount = np.exp(-ridge / rand.uniform(0.01, 0.08)) + 0.25 * noise(rand, width, height, 0.5)
    elif kind == "tartan":  # bands of several widths, the same across as down
        x, y, period = np.arange(width), np.arange(height), rand.uniform(12, 160)
        amount = np.zeros((height, width), np.float32)
        for _ in range(int(rand.integers(1, 4))):
            phase, share, weight = rand.uniform(0, 1), rand.uniform(0.08, 0.5), rand.uniform(0.2, 0.5)
            amount += weight * (
                ((x / period + phase) % 1 < share)[None, :] * 1.0 + ((y / period + phase) % 1 < share)[:, None]
            )
    elif kind == "gingham":  # a tablecloth: two crossed stripes, three tones
        period = rand.uniform(0.02, 0.3) * width
        x, y = np.arange(width) / period % 1 < 0.5, np.arange(height) / period % 1 < 0.5
        amount = 0.5 * x[None, :] + 0.5 * y[:, None] - 0.1 * noise(rand, width, height, 0.8)
    elif kind == "bricks":  # running bond: bricks, parquet, wall tiles
        tall = rand.uniform(0.05, 0.25) * height
        long = tall * rand.uniform(1.5, 6)
        row = np.floor(np.arange(height) / tall)
        x = np.arange(width)[None, :] + (row % 2)[:, None] * long / 2
        shade = np.modf(np.sin(np.floor(x / long) * 12.9898 + row[:, None] * 78.233) * 43758.5453)[0]
        joint = np.maximum((x % long) < 2.5, (np.arange(height) % tall < 2.5)[:, None])
        amount = np.where(joint, rand.choice([0.0, 1.0]), 0.5 + 0.3 * shade + 0.2 * noise(rand, width, height, 0.8))
    elif kind == "crystals":  # granite, terrazzo, mosaic, scrap cork: grains of a few tones, large ones in fine ones
        amount = _grains(rand, width, height, rand.uniform(1.5, 5))
        if rand.random() < 0.5:
            coarse = _grains(rand, width, height, rand.uniform(4, 26))
            amount = np.where(coarse > rand.uniform(0.2, 0.9), coarse, amount)
    elif kind == "pavers":  # stone, slate, ceramic: each tile its own shade and grain, joints of any width
        long, tall = rand.uniform(0.06, 0.5) * width * np.array([1.0, rand.uniform(0.5, 1.5)])
        x, y = np.arange(width) + rand.uniform(0, long), np.arange(height) + rand.uniform(0, tall)
        shade = np.modf(np.sin(np.floor(x / long)[None, :] * 12.9898 + np.floor(y / tall)[:, None] * 78.233) * 43758.5)[
            0
        ]
        grain = noise(rand, width, height, rand.uniform(0.5, 0.95), stretch=rand.choice([1.0, 1.0, 4.0]))
        amount = 0.5 + rand.uniform(0, 0.35) * shade + rand.uniform(0.05, 0.5) * (grain - 0.5)
        joint = rand.uniform(0.01, 0.07) * min(long, tall) + 1
        away = np.minimum((x % long)[None, :], (y % tall)[:, None])
        if rand.random() < 0.4:  # rounded edges catch the light
            amount = amount + rand.uniform(-0.4, 0.4) * np.exp(-np.maximum(away - joint, 0) / joint)
        amount = np.where(away < joint, rand.choice([0.0, 1.0, rand.uniform(0, 1)]), amount)
    elif kind == "leather":  # cells with a groove around each: leather, pebbled plastic, a cutting mat's skin
        _, away = _cells(rand, width, height, rand.uniform(3, 16))
        amount = np.clip(away / rand.uniform(0.3, 1.2), 0, 1) * rand.uniform(0.1, 0.6) + 0.3 * noise(
            rand, width, height, 0.6
        )
    elif kind == "strokes":  # grass, carpet, wicker, brushed metal: short strokes, in all directions or in one
        tones, blade = 0.4 * noise(rand, width, height, 0.6), rand.uniform(3, 30)
        spread, turn = rand.choice([0.1, 0.5, np.pi]), rand.uniform(0, np.pi)
        for _ in range(int(min(4000, 2.5 * width * height / blade**2))):
            (left, top), angle = rand.uniform(0, 1, 2) * (width, height), turn + rand.uniform(-spread, spread)
            right, bottom = left + blade * np.cos(angle), top + blade * np.sin(angle)
            ends = (int(left), int(top)), (int(right), int(bottom))
            cv2.line(tones, *ends, float(rand.uniform(0, 1)), 1 + int(blade / 12))
        amount = tones
    else:  # a newspaper or a form: a whole desk of print
        amount = np.zeros((height, width), np.float32)
        pitch, column = rand.uniform(6, 22), 0.0
        for y in np.arange(pitch, height, pitch):
            column = rand.uniform(0, 40)
            while column < width:
                word = rand.uniform(1, 7) * pitch * 0.5
                cv2.rectangle(amount, (int(column), int(y - 0.5 * pitch)), (int(column + word), int(y)), 1.0, -1)
                column += word + 0.4 * pitch
        amount *= 0.4 + 0.6 * rand.random((height, width), dtype=np.float32)
        first, second = np.full(3, rand.uniform(200, 255), np.float32), np.full(3, rand.uniform(0, 120), np.float32)
    amount = np.clip(np.asarray(amount, np.float32), 0, 1)[..., None]
    return first * (1 - amount) + second * amount


def _cells(rand: np.random.Generator, width: int, height: int, size: float) -> tuple[Image, Image]:
    """Cells of about `size` pixels around random spots: whose cell a pixel is, and how far it is from the spot."""
    free = (rand.random((height, width), dtype=np.float32) > 1 / size**2).astype(np.uint8)
    free[0, 0] = 0
    away, owner = cv2.distanceTransformWithLabels(free, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    return owner, away / np.float32(size)


def _grains(rand: np.random.Generator, width: int, height: int, size: float) -> Image:
    """Grains of two to five tones, 0..1."""
    owner, _ = _cells(rand, width, height, size)
    tones = rand.uniform(0, 1, int(rand.integers(2, 6))).astype(np.float32)
    shares = rand.dirichlet(np.full(len(tones), 0.8))
    return rand.choice(tones, int(owner.max()) + 1, p=shares)[owner]
