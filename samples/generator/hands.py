"""A hand that holds a card: fingers behind it, the thumb over its edge, and plastic sleeves."""

from __future__ import annotations

import math
import random
from typing import Final

import cv2
import numpy as np

from .camera import Camera
from .grounds import field
from .scene import Placed, seen
from .seeds import array_rng

Array = np.ndarray
SKINS: Final = (
    (236, 188, 160),
    (224, 172, 140),
    (198, 142, 108),
    (160, 108, 78),
    (112, 74, 52),
    (84, 56, 42),
    (244, 206, 184),
)


def _finger(
    rand: random.Random,
    photo: Array,
    camera: Camera,
    placed: Placed,
    tip: tuple[float, float],
    way: float,
    length: float,
    wide: float,
    skin: tuple[int, int, int],
    nail: bool,
) -> None:
    """A finger from outside to its tip (mm of the card's plane), pointing along `way` (radians)."""
    k = placed.face.scale
    c, s = math.cos(way), math.sin(way)
    outline = []
    for i in range(13):
        a = -math.pi / 2 + math.pi * i / 12
        outline.append((math.cos(a) * wide * 0.62, math.sin(a) * wide / 2))
    outline += [
        (-length * 0.4, wide * 0.56),
        (-length, wide * 0.62),
        (-length, -wide * 0.62),
        (-length * 0.4, -wide * 0.56),
    ]
    centre = (tip[0] - c * wide * 0.62, tip[1] - s * wide * 0.62)
    points = np.array([((centre[0] + c * u - s * v) * k, (centre[1] + s * u + c * v) * k) for u, v in outline])
    at = seen(camera, placed, points)
    span = np.linalg.norm(np.ptp(at, axis=0))
    x0, y0 = np.maximum(0, np.floor(at.min(axis=0) - span * 0.15).astype(int))
    x1, y1 = np.minimum((camera.width, camera.height), np.ceil(at.max(axis=0) + span * 0.15).astype(int))
    if x1 - x0 < 4 or y1 - y0 < 4:
        return
    h, w = int(y1 - y0), int(x1 - x0)
    cover = np.zeros((h, w), np.float32)
    cv2.fillPoly(cover, [np.round((at - (x0, y0)) * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    size = max(2.0, float(np.linalg.norm(at[12] - at[0])))  # the finger's width in pixels
    cover = cv2.GaussianBlur(cover, (0, 0), max(0.7, size * 0.012))
    part = photo[y0:y1, x0:x1]
    dark = cv2.GaussianBlur(cover, (0, 0), size * 0.12)
    part *= (1 - 0.35 * dark)[..., None]
    round_ = np.clip(cv2.GaussianBlur(cover, (0, 0), size * 0.2) * 1.7 - 0.55, 0, 1)
    tone = np.asarray(skin, np.float32) * (0.62 + 0.42 * round_)[..., None]
    creases = field(array_rng(rand), h, w, 24, 3)
    tone += ((creases - 0.5) * 16)[..., None]
    if nail:
        middle = np.array([((tip[0] - c * wide * 0.42) * k, (tip[1] - s * wide * 0.42) * k)])
        spot = seen(camera, placed, middle)[0] - (x0, y0)
        shape = np.zeros((h, w), np.float32)
        axis = at[6] - (at[0] + at[12]) / 2
        turn = math.degrees(math.atan2(axis[1], axis[0]))
        cv2.ellipse(
            shape,
            (int(spot[0]), int(spot[1])),
            (int(size * 0.34), int(size * 0.27)),
            turn,
            0,
            360,
            1.0,
            -1,
            cv2.LINE_AA,
        )
        shape = cv2.GaussianBlur(shape, (0, 0), max(0.6, size * 0.02))[..., None] * 0.55
        tone = tone * (1 - shape) + np.asarray([min(255, v + 34) for v in skin], np.float32) * shape
    photo[y0:y1, x0:x1] = part * (1 - cover[..., None]) + tone * cover[..., None]


def behind(
    rand: random.Random, photo: Array, camera: Camera, placed: Placed, side: str, skin: tuple[int, int, int]
) -> None:
    """The fingers that support the card from behind; draw before the card."""
    w, h = placed.face.width, placed.face.height
    for i in range(rand.randint(2, 4)):
        along = 0.2 + 0.2 * i + rand.uniform(-0.03, 0.03)
        if side == "bottom":
            _finger(
                rand,
                photo,
                camera,
                placed,
                (w * along, h * 0.4),
                -math.pi / 2 + rand.gauss(0, 0.1),
                h * 0.75 + 40,
                17,
                skin,
                False,
            )
        else:
            x = w * 0.5
            way = 0.0 if side == "left" else math.pi
            _finger(
                rand, photo, camera, placed, (x, h * along), way + rand.gauss(0, 0.1), w * 0.6 + 60, 17, skin, False
            )


def thumb(rand: random.Random, photo: Array, camera: Camera, placed: Placed, skin: tuple[int, int, int]) -> str:
    """A thumb over an edge where nothing is printed; returns that edge, or an empty string if none is free."""
    w, h, k = placed.face.width, placed.face.height, placed.face.scale
    boxes = [
        (
            min(p[0] for p in line.quad) / k,
            min(p[1] for p in line.quad) / k,
            max(p[0] for p in line.quad) / k,
            max(p[1] for p in line.quad) / k,
        )
        for line in placed.face.lines
    ]
    for _ in range(40):
        side = rand.choice(("left", "right", "bottom"))
        reach, wide = rand.uniform(4, 14), rand.uniform(17, 22)
        along = rand.uniform(0.25, 0.85)
        tip = {"left": (reach, h * along), "right": (w - reach, h * along), "bottom": (w * along, h - reach)}[side]
        way = {"left": 0.0, "right": math.pi, "bottom": -math.pi / 2}[side] + rand.gauss(0, 0.25)
        near = wide / 2 + 2.5
        area = {
            "left": (0, tip[1] - near, reach + 1, tip[1] + near),
            "right": (w - reach - 1, tip[1] - near, w, tip[1] + near),
            "bottom": (tip[0] - near, h - reach - 1, tip[0] + near, h),
        }[side]
        if any(b[0] < area[2] and b[2] > area[0] and b[1] < area[3] and b[3] > area[1] for b in boxes):
            continue
        _finger(rand, photo, camera, placed, tip, way, 90, wide, skin, True)
        return side
    return ""


def sleeve(rand: random.Random, photo: Array, camera: Camera, placed: Placed) -> None:
    """A clear plastic sleeve over the card: its seam and streaks of reflected light."""
    w, h, k = placed.face.width, placed.face.height, placed.face.scale
    rim = np.array([(-3, -3), (w + 3, -3), (w + 3, h + 3), (-3, h + 3)], np.float64) * k
    at = seen(camera, placed, rim)
    cover = np.zeros(photo.shape[:2], np.float32)
    cv2.fillPoly(cover, [np.round(at * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    shine = np.zeros(photo.shape[:2], np.float32)
    for _ in range(rand.randint(2, 5)):
        x = rand.uniform(-0.1, 1.0) * w
        lean, wide = rand.uniform(-0.5, 0.5) * w, rand.uniform(1.5, 9)
        streak = np.array([(x, -3), (x + wide, -3), (x + wide + lean, h + 3), (x + lean, h + 3)]) * k
        cv2.fillPoly(
            shine,
            [np.round(seen(camera, placed, streak) * 16).astype(np.int32)],
            rand.uniform(0.12, 0.4),
            cv2.LINE_AA,
            4,
        )
    size = float(np.linalg.norm(at[1] - at[0]))
    shine = cv2.GaussianBlur(shine, (0, 0), max(1.0, size * 0.006))
    photo += (cover * (6 + 150 * shine))[..., None]
    cv2.polylines(
        photo, [np.round(at * 16).astype(np.int32)], True, (235, 235, 238), max(1, round(size * 0.004)), cv2.LINE_AA, 4
    )
