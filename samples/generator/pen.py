"""A pen: writes lines and draws signs as coverage maps with the wobble, slant and ink of a hand.

Handwriting faces are too even to be a hand's, so every letter is moved, sized and turned a little, the line drifts, the
whole is slanted and warped, and the stroke's width follows a pressure that comes and goes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from .fonts.faces import Face, covers, faces, families, loaded, runs
from .grounds import field
from .people import ascii_letters
from .seeds import Split, array_rng

Array = np.ndarray
INKS: Final = (
    ("ballpoint", (28, 44, 130), 5),
    ("ballpoint", (16, 30, 96), 4),
    ("ballpoint", (30, 30, 34), 5),
    ("ballpoint", (170, 26, 34), 1.5),
    ("felt", (20, 20, 22), 2),
    ("felt", (22, 60, 150), 1.5),
    ("felt", (196, 24, 40), 1.2),
    ("felt", (24, 110, 60), 0.7),
    ("pencil", (84, 84, 88), 2),
)
LIGHT_INKS: Final = (("felt", (236, 236, 240), 2), ("felt", (222, 200, 120), 1), ("felt", (240, 240, 232), 2))


@dataclass(frozen=True, slots=True)
class Hand:
    """One person's hand with one pen.

    Attributes:
        slant: Shear of the letters, 0 upright, positive to the right.
        wobble: How far strokes stray, in ems.
        weight: Stroke width, 1 as the face has it.
    """

    face: Face
    tool: str
    ink: tuple[int, int, int]
    slant: float
    wobble: float
    weight: float
    spacing: float


def invent(rand: random.Random, split: Split, on_dark: bool = False) -> Hand:
    """A hand of the split with a pen that shows on the card."""
    family = rand.choice(families(split, "pen"))
    face = rand.choice(faces(split, "pen", family))
    pens = LIGHT_INKS if on_dark else INKS
    tool, ink, _ = rand.choices(pens, [p[2] for p in pens])[0]
    weight = {"ballpoint": rand.uniform(0.75, 1.15), "felt": rand.uniform(1.1, 1.55), "pencil": rand.uniform(0.8, 1.2)}[
        tool
    ]
    return Hand(face, tool, ink, rand.gauss(0.04, 0.14), rand.uniform(0.012, 0.04), weight, rand.uniform(-0.02, 0.08))


def writable(hand: Hand, text: str) -> str:
    """The text with letters that the face lacks written plainly."""
    out = []
    for char in text:
        if char.isspace() or covers(hand.face, char):
            out.append(char)
        else:
            out.append({"→": "->", "–": "-", "’": "'", "€": "EUR", "ß": "ss"}.get(char, ascii_letters(char)))
    return "".join(out)


def line(rand: random.Random, hand: Hand, text: str, em: float) -> tuple[Array, tuple[float, float, float, float]]:
    """(coverage 0 to 1, ink box) of one written line; `em` is in pixels. The map has a margin of one em around."""
    pixels = max(8, round(em))
    letters = []
    at = float(pixels)
    phase, drift = rand.uniform(0, 6.3), rand.uniform(0, 0.05)
    for file, piece in runs(hand.face, text):
        for char in piece:
            size = max(6, round(pixels * rand.gauss(1.0, 0.045)))
            letters.append(
                (
                    file,
                    char,
                    size,
                    at,
                    rand.gauss(0, 0.025) * pixels + math.sin(at / pixels / 3 + phase) * drift * pixels,
                )
            )
            at += loaded(file, size).getlength(char) * rand.gauss(1.0, 0.03) + hand.spacing * pixels * (
                2.0 if char == " " else 1.0
            )
    sheet = Image.new("L", (math.ceil(at) + 2 * pixels, 4 * pixels), 0)
    draw = ImageDraw.Draw(sheet)
    base = 2.4 * pixels
    for file, char, size, x, lift in letters:
        draw.text((x, base + lift), char, font=loaded(file, size), fill=255, anchor="ls")
    cover = np.asarray(sheet, np.float32) / 255
    h, w = cover.shape
    shear = np.array([[1, -hand.slant, hand.slant * base], [0, 1, 0]], np.float32)
    cover = cv2.warpAffine(cover, shear, (w, h), flags=cv2.INTER_LINEAR)
    cover = _warped(rand, cover, hand.wobble * pixels, pixels)
    cover = _inked(rand, cover, hand, pixels)
    rows, cols = np.nonzero(cover > 0.25)
    if len(rows) == 0:
        return cover, (0.0, 0.0, float(w), float(h))
    return cover, (float(cols.min()), float(rows.min()), float(cols.max() + 1), float(rows.max() + 1))


def _warped(rand: random.Random, cover: Array, reach: float, em: int) -> Array:
    """Strokes led astray by smooth noise."""
    h, w = cover.shape
    noise = array_rng(rand)
    cells = max(3, round(max(h, w) / em * 1.6))
    dx, dy = (
        (field(noise, h, w, cells, 2) - 0.5) * 2 * reach * 2.2,
        (field(noise, h, w, cells, 2) - 0.5) * 2 * reach * 2.2,
    )
    u, v = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    return np.asarray(cv2.remap(cover, (u + dx).astype(np.float32), (v + dy).astype(np.float32), cv2.INTER_LINEAR))


def _inked(rand: random.Random, cover: Array, hand: Hand, em: float) -> Array:
    """Stroke width by pressure, and the grain of the tool."""
    h, w = cover.shape
    noise = array_rng(rand)
    pressure = field(noise, h, w, max(4, round(max(h, w) / em)), 2)
    sigma = max(0.5, em * 0.018 * (1 + abs(hand.weight - 1)))
    soft = cv2.GaussianBlur(cover, (0, 0), sigma)
    level = np.clip(0.62 - 0.24 * hand.weight - 0.16 * (pressure - 0.5), 0.05, 0.8)
    if hand.weight > 1.15:
        size = max(1, round(em * 0.03 * (hand.weight - 1) * 2))
        soft = cv2.dilate(soft, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1)))
    out = np.clip((soft - level) * (2.6 / max(0.6, sigma * 0.5)) + 0.5, 0, 1)
    if hand.tool == "pencil":
        out = out * np.clip(noise.random((h, w), np.float32) * 0.7 + 0.45, 0, 1) * 0.8
    elif hand.tool == "ballpoint":
        out = out * (0.78 + 0.22 * pressure)
    return np.asarray(out, np.float32)


def strokes(
    rand: random.Random, hand: Hand, paths: Sequence[Sequence[tuple[float, float]]], width: float, em: float
) -> tuple[Array, tuple[float, float]]:
    """(coverage, offset) of drawn paths in pixels; the map's (0, 0) is at `offset`, `width` is the stroke's."""
    points = np.array([p for path in paths for p in path], np.float64)
    margin = 3 * width + 0.2 * em
    offset = points.min(axis=0) - margin
    w, h = (np.ceil(points.max(axis=0) + margin - offset)).astype(int)
    sheet = np.zeros((max(4, h), max(4, w)), np.float32)
    for path in paths:
        smooth = _smooth(np.array(path, np.float64) - offset)
        cv2.polylines(sheet, [np.round(smooth * 16).astype(np.int32)], False, 1.0, max(1, round(width)), cv2.LINE_AA, 4)
    sheet = _warped(rand, sheet, hand.wobble * em, max(6, round(em)))
    noise = array_rng(rand)
    if hand.tool == "pencil":
        sheet = sheet * np.clip(noise.random(sheet.shape, np.float32) * 0.7 + 0.45, 0, 1) * 0.8
    return sheet, (float(offset[0]), float(offset[1]))


def _smooth(path: Array) -> Array:
    """A Catmull-Rom curve through the points."""
    if len(path) < 3:
        return path
    padded = np.concatenate([[path[0]], path, [path[-1]]])
    out = []
    for i in range(1, len(padded) - 2):
        a, b, c, d = padded[i - 1 : i + 3]
        for t in np.linspace(0, 1, 10, endpoint=False):
            out.append(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            )
    return np.array([*out, path[-1]])


def apply(pixels: Array, cover: Array, ink: tuple[int, int, int]) -> None:
    """Put ink on paper where the coverage (of the pixels' size) says, in place. Dark ink lets print shine through."""
    tone = np.asarray(ink, np.float32)
    part = pixels.astype(np.float32)
    if tone.mean() < 150:
        inked = part * (1 - 0.94 * (1 - tone / 255)) * 0.5 + tone * 0.5 * (0.4 + 0.6 * part / 255) + tone * 0.1
        inked = np.minimum(inked, part)
    else:
        inked = np.broadcast_to(tone, part.shape)
    share = cover[..., None]
    pixels[:] = np.clip(part * (1 - share) + inked * share, 0, 255).astype(np.uint8)
