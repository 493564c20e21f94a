"""Things that lie about on a desk: drawn flat into the surface before the camera sees it, in mm."""

from __future__ import annotations

import math
import random
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from .desks import PIXELS, SPAN
from .fonts.faces import faces, families, loaded
from .grounds import field
from .seeds import Split, array_rng

Array = np.ndarray
K: Final = PIXELS / SPAN  # surface pixels per mm
RECEIPT: Final = (
    "TOTAL",
    "Subtotal",
    "VAT 19%",
    "Coffee",
    "2 x Water",
    "Change",
    "CARD",
    "Thank you",
    "No. ####",
    "##.##",
    "Table 4",
    "Date ##/##",
)


def _shape(surface: Array, points: Array, colour: tuple[float, float, float], soft: float = 2.0) -> None:
    """Fill a polygon (mm) with a shadow under it."""
    at = np.round(points * K * 16).astype(np.int32)
    cover = np.zeros(surface.shape[:2], np.float32)
    cv2.fillPoly(cover, [at + 24], 1.0, cv2.LINE_AA, 4)
    surface *= (1 - 0.45 * cv2.GaussianBlur(cover, (0, 0), soft))[..., None]
    cv2.fillPoly(surface, [at], colour, cv2.LINE_AA, 4)


def _turned(points: list[tuple[float, float]], x: float, y: float, angle: float) -> Array:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([(x + c * u - s * v, y + s * u + c * v) for u, v in points])


def _box(w: float, h: float) -> list[tuple[float, float]]:
    return [(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)]


def pen(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A pen with clip and tip."""
    angle = rand.uniform(0, 6.3)
    colour = rand.choice(((30, 30, 34), (170, 30, 36), (30, 60, 150), (200, 200, 204), (220, 180, 60)))
    _shape(surface, _turned(_box(140, 9), x, y, angle), colour)
    shine = (min(255, colour[0] + 70), min(255, colour[1] + 70), min(255, colour[2] + 70))
    _shape(surface, _turned([(u, v - 1.8) for u, v in _box(136, 1.6)], x, y, angle), shine, 0.5)
    _shape(surface, _turned([(70, -4), (70, 4), (80, 0.6), (80, -0.6)], x, y, angle), (190, 190, 180), 1)


def phone(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A dark telephone."""
    angle = rand.uniform(0, 6.3)
    _shape(surface, _turned(_box(150, 73), x, y, angle), (24, 24, 26), 4)
    shade = rand.randint(8, 60)
    _shape(surface, _turned(_box(142, 67), x, y, angle), (shade, shade, shade + 6), 0.6)


def mug(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A cup of coffee from above."""
    colour = rand.choice(((240, 238, 232), (60, 90, 130), (30, 30, 32), (190, 70, 50)))
    ring = [(44 * math.cos(a / 20 * math.pi), 44 * math.sin(a / 20 * math.pi)) for a in range(40)]
    _shape(surface, _turned(ring, x, y, 0), colour, 8)
    _shape(surface, _turned([(u * 0.84, v * 0.84) for u, v in ring], x, y, 0), (66, 40, 24), 2)


def coin(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A coin."""
    r = rand.uniform(9, 13)
    ring = [(r * math.cos(a / 20 * math.pi), r * math.sin(a / 20 * math.pi)) for a in range(40)]
    red, green, blue = rand.choice(((198, 166, 96), (190, 190, 188), (168, 108, 70)))
    _shape(surface, _turned(ring, x, y, 0), (red, green, blue), 1.5)
    rim = (red * 0.88, green * 0.88, blue * 0.88)
    _shape(surface, _turned([(u * 0.85, v * 0.85) for u, v in ring], x, y, 0), rim, 0.5)


def sheet_of_text(rand: random.Random, surface: Array, x: float, y: float, split: Split, receipt: bool = False) -> None:
    """A printed page or a till receipt, with lines that are text but no card's."""
    w, h = (72, rand.uniform(110, 190)) if receipt else (rand.uniform(120, 200), rand.uniform(150, 240))
    scale = 4.0
    page = np.full((round(h * scale), round(w * scale), 3), rand.randint(228, 252), np.float32)
    image = Image.fromarray(page.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    family = rand.choice(families(split, "text"))
    font = loaded(faces(split, "text", family)[0].files[0], 13 if receipt else 12)
    at = 6.0
    while at < h - 8:
        if receipt:
            text = rand.choice(RECEIPT).replace("#", str(rand.randint(0, 9)))
            draw.text((5 * scale, at * scale), text, font=font, fill=(50, 50, 54))
            draw.text(
                ((w - 18) * scale, at * scale),
                f"{rand.randint(1, 99)}.{rand.randint(10, 99)}",
                font=font,
                fill=(50, 50, 54),
            )
        else:
            words = " ".join("".join(rand.choice("aeinorstlmdu") for _ in range(rand.randint(2, 9))) for _ in range(14))
            draw.text((10 * scale, at * scale), words[: int(w / 2.0)], font=font, fill=(60, 60, 64))
        at += 5.2
    angle = rand.uniform(0, 6.3)
    corners = _turned(_box(w, h), x, y, angle)
    _shape(surface, corners, (240, 240, 238), 3)
    source = np.array([(0, 0), (image.width, 0), (image.width, image.height), (0, image.height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (corners * K).astype(np.float32))
    size = (surface.shape[1], surface.shape[0])
    warped = cv2.warpPerspective(np.asarray(image), matrix, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((image.height, image.width), 255, np.uint8), matrix, size)
    surface[cover > 127] = warped[cover > 127]


def keyboard(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A part of a keyboard."""
    angle = rand.uniform(-0.4, 0.4)
    dark = rand.random() < 0.6
    body, key = ((34, 34, 36), (58, 58, 62)) if dark else ((214, 216, 218), (244, 244, 246))
    _shape(surface, _turned(_box(300, 112), x, y, angle), body, 4)
    font = cv2.FONT_HERSHEY_SIMPLEX
    legend = np.zeros(surface.shape[:2], np.uint8)
    for row in range(5):
        for column in range(15):
            u, v = -140 + column * 19.0 + row * 3, -44 + row * 19.0
            points = _turned([(u + a, v + b) for a, b in _box(16.5, 16.5)], x, y, angle)
            cv2.fillPoly(surface, [np.round(points * K * 16).astype(np.int32)], key, cv2.LINE_AA, 4)
            at = points.mean(axis=0) * K
            letter = rand.choice("QWERTZUIOPASDFGHJKLYXCVBNM1234567890")
            cv2.putText(legend, letter, (int(at[0]) - 6, int(at[1]) + 4), font, 0.4, 255, 1, cv2.LINE_AA)
    share = (legend.astype(np.float32) / 255)[..., None]
    surface += (np.asarray((200, 200, 200) if dark else (60, 60, 60), np.float32) - surface) * share


def note_block(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A sticky note."""
    colour = rand.choice(((250, 236, 120), (250, 180, 190), (170, 220, 250), (190, 240, 170)))
    _shape(surface, _turned(_box(76, 76), x, y, rand.uniform(0, 6.3)), colour, 3)


def cable(rand: random.Random, surface: Array, x: float, y: float) -> None:
    """A lead across the desk."""
    noise = field(array_rng(rand), 2, 40, 6, 1)[0]
    points = np.array([(x - 200 + i * 10, y + (noise[i] - 0.5) * 160) for i in range(40)])
    at = [np.round(points * K * 16).astype(np.int32)]
    colour = rand.choice(((240, 240, 240), (30, 30, 30)))
    cv2.polylines(surface, [at[0] + 30], False, (float(surface.mean()) * 0.6,) * 3, 9, cv2.LINE_AA, 4)
    cv2.polylines(surface, at, False, colour, 8, cv2.LINE_AA, 4)


def strew(rand: random.Random, surface: Array, split: Split, count: int, keep: float) -> None:
    """Put `count` things on the surface, none of them nearer than `keep` mm to its middle (where the cards are)."""
    for _ in range(count):
        away, way = rand.uniform(keep, keep + 110), rand.uniform(0, 2 * math.pi)
        x, y = SPAN / 2 + away * math.cos(way), SPAN / 2 + away * math.sin(way)
        thing = rand.randrange(9)
        if thing == 0:
            pen(rand, surface, x, y)
        elif thing == 1:
            phone(rand, surface, x, y)
        elif thing == 2:
            mug(rand, surface, x, y)
        elif thing == 3:
            for _ in range(rand.randint(1, 4)):
                coin(rand, surface, x + rand.uniform(-25, 25), y + rand.uniform(-25, 25))
        elif thing in (4, 5):
            sheet_of_text(rand, surface, x, y, split, thing == 4)
        elif thing == 6:
            keyboard(rand, surface, x, y)
        elif thing == 7:
            note_block(rand, surface, x, y)
        else:
            cable(rand, surface, x, y)
