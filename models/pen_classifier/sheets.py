"""Cards written and printed on in every way, to learn pen from print: flat, then seen as a camera would.

The generator's cards (train split) get what it seldom gives: script and handwriting faces set as clean print, rubber
stamps, several hands on one card, pen strokes under and over print. So neither the face, nor the slant, nor a stroke
tells a pen from print, only how even the writing is and how its ink lies.
"""

from __future__ import annotations

import math
import random
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from models.pen_classifier.faces import listed
from samples.generator import card, jottings, pen
from samples.generator.fonts import faces as own

Box = tuple[float, float, float, float]
Array = np.ndarray


@dataclass(slots=True)
class Sheet:
    """A card's pixels, and its lines: corners (4, 2) in pixels, and whether a pen wrote them."""

    pixels: Array
    lines: list[tuple[Array, bool]] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces to write and to print with; `own.FILES / path` is the path itself where that is absolute."""

    pens: tuple[own.Face, ...]
    scripts: tuple[own.Face, ...]


def faces(folder: Path) -> Faces:
    """The fetched faces in `folder`, and those of the generator's train split that `KEPT_BACK` does not name."""

    def fetched(use: str) -> list[own.Face]:
        files = [(name, folder.resolve() / f"{name}-latin-400-normal.woff2") for name in listed()[use]]
        return [own.Face(name, "400-normal", (str(file),)) for name, file in files]

    def known(use: own.Use) -> list[own.Face]:
        names = [name for name in own.families("train", use) if name not in KEPT_BACK]
        return [own.faces("train", use, name)[0] for name in names]

    return Faces((*fetched("pen"), *known("pen")), (*fetched("script"), *known("script")))


KEPT_BACK = frozenset({"kalam", "indie-flower", "homemade-apple", "handlee", "zeyada", "great-vibes", "satisfy"})
"""Families of the train split that only the judge of whole cards sees, so that it learns what a new hand is like."""


def sheet(rand: random.Random, known: Faces) -> Sheet:
    """One card with print of all kinds and notes by several hands, some of it across print."""
    face = card.any_face(rand, "train", rand.uniform(8.5, 13.5))
    one = Sheet(np.array(face.pixels), taken=[tuple(v * face.scale for v in box) for box in face.taken])
    level = [line for line in face.lines if line.source == "print"]
    one.lines = [(np.array(line.quad, np.float32), False) for line in level]
    said = [plain(line.text) for line in level]
    said = [text for text in said if len(text) > 2] or ["Sincerely yours"]
    dark = face.ground_shade < 110
    for line in level:
        if rand.random() < 0.06:
            _stroke_over(rand, one, pen.invent(rand, "train", dark), np.array(line.quad), face.scale)
    for _ in range(rand.randint(1, 3)):
        written = rand.random() < 0.3  # handwriting faces are printed, too
        script = rand.choice(known.pens if written else known.scripts)
        _print(rand, one, script, rand.choice(said), face, stamped=False)
    if rand.random() < 0.2:
        text_face = own.faces("train", "text", rand.choice(own.families("train", "text")))[0]
        words = rand.choice((*said, "PAID", "RECEIVED", "COPY", "CONFIDENTIAL"))
        _print(rand, one, text_face, words, face, stamped=True)
    for _ in range(rand.randint(3, 7)):
        hand = replace(pen.invent(rand, "train", dark), face=rand.choice(known.pens))
        if rand.random() < 0.15:  # a neat hand writes like a script
            hand = replace(hand, face=rand.choice(known.scripts), wobble=rand.uniform(0.03, 0.05))
        _write(rand, one, hand, face.scale)
    return one


def plain(text: str) -> str:
    """The text in ASCII, which every face can draw."""
    for mark, instead in {"→": "->", "–": "-", "’": "'", "€": "EUR", "ß": "ss"}.items():
        text = text.replace(mark, instead)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isascii() and (c.isprintable() or c == "\n"))


def _place(rand: random.Random, one: Sheet, wide: float, tall: float, across: bool) -> tuple[float, float] | None:
    """The top-left corner (pixels) of a box that is free, or may lie anywhere if `across`."""
    height, width = one.pixels.shape[:2]
    if wide > width - 8 or tall > height - 8:
        return None
    for _ in range(25):
        x, y = rand.uniform(4, width - wide - 4), rand.uniform(4, height - tall - 4)
        if across or not any(a < x + wide and x < c and b < y + tall and y < d for a, b, c, d in one.taken):
            one.taken.append((x, y, x + wide, y + tall))
            return x, y
    return None


def _print(rand: random.Random, one: Sheet, face: own.Face, text: str, printed: card.Face, stamped: bool) -> None:
    """Set one clean line, a stamp with the grain and slant of rubber."""
    size = max(10, round(rand.uniform(2.6, 8.0) * printed.scale))
    font = own.loaded(face.files[0], size)
    left, top, right, bottom = (round(v) for v in font.getbbox(text))
    if right - left < 8 or bottom - top < 6:
        return
    spot = _place(rand, one, right - left, bottom - top, False)
    if spot is None:
        return
    cover = Image.new("L", (right - left + 4, bottom - top + 4), 0)
    ImageDraw.Draw(cover).text((2 - left, 2 - top), text, font=font, fill=255)
    coverage = np.asarray(cover, np.float32) / 255
    ink = printed.ink if rand.random() < 0.6 else tuple(rand.randint(0, 140) for _ in range(3))
    if stamped:
        ink = rand.choice(((30, 40, 140), (160, 24, 40), (90, 40, 130), (30, 30, 34)))
        coverage = coverage * np.clip(np.random.default_rng(rand.getrandbits(32)).random(coverage.shape) + 0.35, 0, 1)
    elif printed.ground_shade < 110:
        ink = tuple(rand.randint(170, 255) for _ in range(3))
    turn = rand.choice((rand.gauss(0, 12), 0.0)) if stamped else rand.gauss(0, 0.15)
    box = (2, 2, right - left + 2, bottom - top + 2)
    _lay(one, coverage.astype(np.float32), ink, spot, turn, box, False, even=True)


def _write(rand: random.Random, one: Sheet, hand: pen.Hand, scale: float) -> None:
    """Write one note of one to four lines."""
    text = jottings.jotting(rand, "train", rand.choice(("en", "en", "de", "fr", "es", "it", "pt", "nl")))
    text = plain(text)
    em = rand.uniform(2.6, 5.4) * scale
    turn = rand.gauss(0, 2.2) if rand.random() < 0.8 else rand.uniform(-20, 20)
    across = rand.random() < 0.2
    lines = [line for line in jottings.wrapped(text, rand.randint(8, 26)) if line.strip()][:4]
    inked = [pen.line(rand, hand, line, em) for line in lines]
    leading = em * rand.uniform(0.9, 1.2)
    wide = max(box[2] - box[0] for _, box in inked)
    spot = _place(rand, one, wide, leading * (len(inked) - 1) + em, across)
    if spot is None:
        return
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    for number, (cover, box) in enumerate(inked):
        at = (spot[0] - s * leading * number, spot[1] + c * leading * number)
        _lay(one, cover, hand.ink, at, turn + rand.gauss(0, 0.6), box, True)


def _lay(
    one: Sheet, cover: Array, ink: tuple[int, ...], spot: tuple[float, float], turn: float, box: Box, by_pen: bool,
    even: bool = False,
) -> None:  # fmt: skip
    """Put coverage down with the corner of its ink box at `spot`, turned, and note the line."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    matrix = np.array([[c, -s, 0.0], [s, c, 0.0]])
    matrix[:, 2] = np.array(spot) - matrix[:, :2] @ np.array(box[:2])
    height, width = one.pixels.shape[:2]
    frame = np.array([(0, 0), (cover.shape[1], 0), cover.shape[::-1], (0, cover.shape[0])]) @ matrix[:, :2].T
    low, high = frame.min(axis=0) + matrix[:, 2], frame.max(axis=0) + matrix[:, 2]
    x0, y0 = np.maximum(0, np.floor(low)).astype(int)
    x1, y1 = np.minimum((width, height), np.ceil(high)).astype(int)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    corners = np.array([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
    points = (corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    matrix[:, 2] -= (x0, y0)
    placed = cv2.warpAffine(cover, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR)
    part = one.pixels[y0:y1, x0:x1]
    if even:
        share = placed[..., None]
        part[:] = (part * (1 - share) + np.array(ink, np.float32) * share).astype(np.uint8)
    else:
        pen.apply(part, placed, (ink[0], ink[1], ink[2]))
    inside = (points > -4).all() and (points[:, 0] < width + 4).all() and (points[:, 1] < height + 4).all()
    if inside:
        one.lines.append((points, by_pen))


def _stroke_over(rand: random.Random, one: Sheet, hand: pen.Hand, quad: Array, scale: float) -> None:
    """Underline, ring or strike a printed line, which stays print."""
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    y = rand.choice((bottom + 0.7 * scale, (top + bottom) / 2))
    path = [(x, y + rand.gauss(0, 2)) for x in (left - 4, (left + right) / 2, right + 4)]
    if rand.random() < 0.35:
        rx, ry, start = (right - left) / 2 + 1.5 * scale, (bottom - top) / 2 + 1.2 * scale, rand.uniform(0, 6.3)
        turns = [start + a / 22 * 6.9 for a in range(23)]
        path = [((left + right) / 2 + rx * math.cos(a), (top + bottom) / 2 + ry * math.sin(a)) for a in turns]
    cover, offset = pen.strokes(rand, hand, [path], max(1.0, 0.32 * scale * hand.weight), 3.0 * scale)
    height, width = one.pixels.shape[:2]
    placed = cv2.warpAffine(cover, np.array([[1, 0, offset[0]], [0, 1, offset[1]]]), (width, height))
    pen.apply(one.pixels, placed, hand.ink)


def seen(rand: random.Random, one: Sheet) -> Sheet:
    """The sheet as a camera would give it after rectifying: smaller, softer, unevenly lit, with noise and JPEG."""
    shrink = rand.uniform(0.45, 1.05)
    height, width = one.pixels.shape[:2]
    size = (max(64, round(width * shrink)), max(64, round(height * shrink)))
    pixels = cv2.resize(one.pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    pixels = cv2.GaussianBlur(pixels, (0, 0), rand.uniform(0.3, 1.1))
    a, b = rand.uniform(0.75, 1.05), rand.uniform(0.75, 1.05)
    ramp = np.linspace(a, b, size[0], dtype=np.float32)[None, :, None] * np.array(
        [rand.uniform(0.92, 1.0) for _ in range(3)], np.float32
    )
    noise = np.random.default_rng(rand.getrandbits(32)).normal(0, rand.uniform(1, 5), pixels.shape)
    pixels = np.clip(pixels * ramp + noise, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, rand.randint(70, 95)])[1]
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR)[:, :, ::-1]
    scale = np.array([size[0] / width, size[1] / height], np.float32)
    return Sheet(np.ascontiguousarray(decoded), [(corners * scale, by_pen) for corners, by_pen in one.lines])
