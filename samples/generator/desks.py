"""What cards lie on: procedural surfaces, divided between training and evaluation.

A surface is an RGB float picture of a square of `SPAN` mm; the camera shows it in perspective and mirrors it outwards.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from .grounds import field
from .seeds import Split, array_rng
from .sheet import Colour

Array = np.ndarray
SPAN: Final = 360.0
PIXELS: Final = 900
Texture = Callable[[random.Random, np.random.Generator], Array]


def _darker(colour: Colour, share: float) -> Colour:
    red, green, blue = colour
    return round(red * share), round(green * share), round(blue * share)


def _tone(shade: Array, dark: Colour, light: Colour) -> Array:
    s = shade[..., None]
    return np.asarray(np.asarray(dark, np.float32) * (1 - s) + np.asarray(light, np.float32) * s)


def _grid() -> tuple[Array, Array]:
    axis = np.arange(PIXELS, dtype=np.float32)
    u, v = np.meshgrid(axis, axis)
    return u, v


def _grain(noise: np.random.Generator, size: int = PIXELS, amount: float = 1.0) -> Array:
    return (noise.standard_normal((size, size), np.float32) * amount).astype(np.float32)


def wood(rand: random.Random, noise: np.random.Generator) -> Array:
    """A table top of one veneer."""
    _, v = _grid()
    wave = field(noise, PIXELS, PIXELS, 3) * rand.uniform(60, 160)
    streaks = cv2.resize(noise.random((PIXELS, 14), np.float32), (PIXELS, PIXELS), interpolation=cv2.INTER_CUBIC)
    rings = 0.5 + 0.5 * np.sin((v + wave) / rand.uniform(9, 30) * 2)
    shade = np.clip(0.45 * rings + 0.45 * streaks + 0.1 * field(noise, PIXELS, PIXELS, 60, 1), 0, 1)
    pairs = (
        ((98, 62, 36), (168, 118, 74)),
        ((150, 112, 74), (206, 172, 128)),
        ((58, 36, 24), (104, 68, 44)),
        ((186, 160, 126), (226, 206, 176)),
    )
    return _tone(shade, *rand.choice(pairs))


def fabric(rand: random.Random, noise: np.random.Generator) -> Array:
    """Woven cloth in one colour."""
    u, v = _grid()
    weave = 0.5 + 0.25 * np.sin(u * rand.uniform(1.2, 2.4)) + 0.25 * np.sin(v * rand.uniform(1.2, 2.4))
    colour = (rand.randint(40, 200), rand.randint(40, 200), rand.randint(40, 200))
    shade = np.clip(weave + 0.25 * field(noise, PIXELS, PIXELS, 5) + _grain(noise, amount=0.08), 0, 1)
    return _tone(shade, _darker(colour, 0.7), colour)


def marble(rand: random.Random, noise: np.random.Generator) -> Array:
    """White or dark stone with veins."""
    a, b = field(noise, PIXELS, PIXELS, 4, 5), field(noise, PIXELS, PIXELS, 7, 5)
    veins = np.abs(np.sin((a + 0.4 * b) * rand.uniform(9, 16))) ** 0.35
    if rand.random() < 0.7:
        return _tone(veins, (168, 168, 172), (238, 236, 232))
    return _tone(veins, (150, 150, 146), (30, 32, 34))


def paper(rand: random.Random, noise: np.random.Generator) -> Array:
    """A white desk or a sheet of paper: almost nothing to see."""
    base = rand.randint(214, 250)
    shade = field(noise, PIXELS, PIXELS, 3) * 8 + _grain(noise, amount=1.6)
    return np.asarray(
        np.asarray((base, base - rand.randint(0, 4), base - rand.randint(0, 10)), np.float32) + shade[..., None]
    )


def dark(rand: random.Random, noise: np.random.Generator) -> Array:
    """A black or very dark desk."""
    base = (rand.randint(8, 40), rand.randint(8, 38), rand.randint(10, 40))
    return np.asarray(
        np.asarray(base, np.float32) + (field(noise, PIXELS, PIXELS, 6) * 10 + _grain(noise, amount=2.2))[..., None]
    )


def leather(rand: random.Random, noise: np.random.Generator) -> Array:
    """A desk pad."""
    bumps = field(noise, PIXELS, PIXELS, 220, 2)
    shade = np.clip((bumps - cv2.GaussianBlur(bumps, (0, 0), 3)) * 3 + 0.5, 0, 1)
    colour = rand.choice(((70, 42, 28), (30, 30, 34), (96, 30, 30), (34, 52, 46), (120, 86, 56)))
    return _tone(shade, _darker(colour, 0.5), colour)


def checks(rand: random.Random, noise: np.random.Generator) -> Array:
    """A checked tablecloth."""
    u, v = _grid()
    period = rand.uniform(30, 90)
    stripes = (np.sin(u / period * 6.28) > 0).astype(np.float32) * 0.5 + (np.sin(v / period * 6.28) > 0).astype(
        np.float32
    ) * 0.5
    colour = rand.choice(((190, 40, 44), (40, 80, 150), (40, 120, 70), (90, 90, 96)))
    return np.asarray(_tone(1 - stripes * 0.9, colour, (244, 242, 236)) + _grain(noise, amount=4)[..., None])


def cork(rand: random.Random, noise: np.random.Generator) -> Array:
    """A cork board."""
    crumbs = field(noise, PIXELS, PIXELS, 260, 2)
    return np.asarray(_tone(crumbs, (120, 78, 44), (214, 170, 116)) + _grain(noise, amount=5)[..., None])


def concrete(rand: random.Random, noise: np.random.Generator) -> Array:
    """Grey concrete."""
    base = rand.randint(95, 175)
    shade = base + field(noise, PIXELS, PIXELS, 5, 5) * 36 + _grain(noise, amount=4)
    return np.repeat(shade[..., None], 3, axis=2)


def granite(rand: random.Random, noise: np.random.Generator) -> Array:
    """Speckled stone."""
    a, b = field(noise, PIXELS, PIXELS, 170, 1), field(noise, PIXELS, PIXELS, 110, 1)
    out = _tone(field(noise, PIXELS, PIXELS, 12), (128, 116, 110), (180, 170, 162))
    out[a > 0.68] = (40, 38, 40)
    out[b > 0.7] = (216, 208, 200)
    return np.asarray(cv2.GaussianBlur(out, (0, 0), 0.8))


def planks(rand: random.Random, noise: np.random.Generator) -> Array:
    """Boards side by side with gaps."""
    out = np.zeros((PIXELS, PIXELS, 3), np.float32)
    wide = rand.randint(90, 200)
    dark_, light = rand.choice(
        (((120, 92, 70), (176, 146, 116)), ((92, 84, 78), (150, 142, 134)), ((66, 44, 32), (120, 86, 62)))
    )
    for top in range(0, PIXELS, wide):
        rows = min(wide, PIXELS - top)
        streaks = cv2.resize(noise.random((rows, 9), np.float32), (PIXELS, rows), interpolation=cv2.INTER_CUBIC)
        fine = cv2.resize(noise.random((rows, 60), np.float32), (PIXELS, rows), interpolation=cv2.INTER_LINEAR)
        out[top : top + rows] = _tone(np.clip(0.7 * streaks + 0.3 * fine, 0, 1), dark_, light) * rand.uniform(
            0.85, 1.12
        )
        out[top : top + 3] *= 0.4
    return out


def linen(rand: random.Random, noise: np.random.Generator) -> Array:
    """Coarse threads of uneven thickness."""
    across = cv2.resize(noise.random((PIXELS // 4, 6), np.float32), (PIXELS, PIXELS), interpolation=cv2.INTER_LINEAR)
    along = cv2.resize(noise.random((6, PIXELS // 4), np.float32), (PIXELS, PIXELS), interpolation=cv2.INTER_LINEAR)
    colour = rand.choice(((206, 190, 164), (150, 160, 170), (226, 222, 214), (110, 120, 96)))
    return _tone(np.clip((across + along) / 2, 0, 1), _darker(colour, 0.72), colour)


def grass(rand: random.Random, noise: np.random.Generator) -> Array:
    """Lawn, out of focus or not."""
    out = _tone(field(noise, PIXELS, PIXELS, 10, 4), (34, 62, 20), (104, 140, 52))
    canvas = np.ascontiguousarray(out)
    for _ in range(1800):
        x, y = rand.randrange(PIXELS), rand.randrange(PIXELS)
        tip = (x + rand.randint(-14, 14), y - rand.randint(8, 34))
        green = rand.randint(90, 190)
        cv2.line(canvas, (x, y), tip, (green * rand.uniform(0.4, 0.75), green, green * 0.3), 1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), rand.choice((0.8, 2.5))))


def tiles(rand: random.Random, noise: np.random.Generator) -> Array:
    """Glazed tiles with joints."""
    size = rand.randint(110, 260)
    colour = rand.choice(((226, 224, 218), (120, 150, 160), (70, 74, 80), (196, 160, 130)))
    out = np.zeros((PIXELS, PIXELS, 3), np.float32) + np.asarray(colour, np.float32)
    for y in range(0, PIXELS, size):
        for x in range(0, PIXELS, size):
            out[y : y + size, x : x + size] *= rand.uniform(0.92, 1.06)
    for at in range(0, PIXELS, size):
        out[at : at + 5] = out[:, at : at + 5] = (150, 148, 142)
    return np.asarray(out + field(noise, PIXELS, PIXELS, 4)[..., None] * 10)


def steel(rand: random.Random, noise: np.random.Generator) -> Array:
    """Brushed metal."""
    brush = cv2.resize(noise.random((PIXELS, 5), np.float32), (PIXELS, PIXELS), interpolation=cv2.INTER_LINEAR)
    return np.asarray(
        _tone(brush, (120, 124, 130), (188, 190, 194)) + (field(noise, PIXELS, PIXELS, 3) * 24)[..., None]
    )


def carpet(rand: random.Random, noise: np.random.Generator) -> Array:
    """Loops of wool in two colours."""
    loops = field(noise, PIXELS, PIXELS, 200, 1)
    motif = field(noise, PIXELS, PIXELS, 6, 1) > 0.55
    a = (rand.randint(50, 190), rand.randint(50, 170), rand.randint(50, 170))
    b = (rand.randint(50, 190), rand.randint(50, 170), rand.randint(50, 170))
    out = np.where(motif[..., None], np.asarray(a, np.float32), np.asarray(b, np.float32))
    return out * (0.65 + 0.5 * loops[..., None])


def blotter(rand: random.Random, noise: np.random.Generator) -> Array:
    """A light writing pad: white on white for the cards on it."""
    base = rand.randint(222, 248)
    out = np.full((PIXELS, PIXELS, 3), base, np.float32) + _grain(noise, amount=1.2)[..., None]
    if rand.random() < 0.5:
        step = rand.randint(26, 44)
        out[::step] -= 16
        out[:, ::step] -= 10
    return np.asarray(out)


TEXTURES: Final[dict[Split, dict[str, Texture]]] = {
    "train": {
        "wood": wood, "fabric": fabric, "marble": marble, "paper": paper, "dark": dark, "leather": leather,
        "checks": checks, "cork": cork, "concrete": concrete,
    },
    "eval": {
        "granite": granite, "planks": planks, "linen": linen, "grass": grass, "tiles": tiles, "steel": steel,
        "carpet": carpet, "blotter": blotter,
    },
}  # fmt: skip
WHITE: Final[dict[Split, str]] = {"train": "paper", "eval": "blotter"}


def surface(rand: random.Random, split: Split, name: str = "") -> tuple[str, Array]:
    """(name, float RGB picture) of a surface of the split, turned at random so grain runs any way."""
    name = name or rand.choice(sorted(TEXTURES[split]))
    picture = TEXTURES[split][name](rand, array_rng(rand))
    picture = np.clip(picture, 0, 255) * rand.uniform(0.85, 1.05)
    return name, np.ascontiguousarray(np.rot90(picture, rand.randrange(4))).astype(np.float32)
