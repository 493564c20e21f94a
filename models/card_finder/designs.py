"""Flat pretend cards: what matters for finding a card is its paper, panels and where print is, not what it says."""

from __future__ import annotations

import string

import cv2
import numpy as np
from textures import Image, colour, photo, texture

RATIOS = (85.6 / 54, 89 / 51, 85 / 55, 90 / 54, 91 / 55, 90 / 50)


def ratio(rand: np.random.Generator) -> float:
    """Long side by short side: mostly the usual ones, now and then a square, a slim or a folded card."""
    if rand.random() < 0.88:
        return float(rand.choice(RATIOS))
    return float(rand.uniform(1.0, 2.3))


def card(rand: np.random.Generator, long_side: int, pale: bool = False) -> Image:
    """One printed card side, RGB, landscape or portrait, its long side of so many pixels; `pale` for white paper."""
    short = max(8, round(long_side / ratio(rand)))
    width, height = (long_side, short) if rand.random() < 0.8 else (short, long_side)
    paper = _paper(rand, width, height, pale)
    for _ in range(0 if pale else int(rand.choice([0, 0, 1, 1, 1, 2]))):
        _panel(rand, paper)
    if rand.random() < 0.12:
        inset = int(rand.uniform(0.02, 0.08) * short)
        cv2.rectangle(
            paper, (inset, inset), (width - 1 - inset, height - 1 - inset), colour(rand), 1 + int(short > 150)
        )
    if rand.random() < 0.7:
        _logo(rand, paper)
    if rand.random() < 0.96:
        _print(rand, paper)
    if rand.random() < 0.1:
        _code(rand, paper)
    return paper


def _paper(rand: np.random.Generator, width: int, height: int, pale: bool) -> Image:
    kind = rand.random()
    if kind < 0.5 or pale:  # white and near-white
        base = 255 - rand.uniform(0, 28) * rand.uniform(0.3, 1, 3)
    elif kind < 0.62:
        base = np.full(3, rand.uniform(10, 60)) + rand.uniform(-8, 8, 3)
    else:
        base = np.array(colour(rand), float)
    paper = np.empty((height, width, 3), np.float32)
    paper[:] = base
    if not pale and rand.random() < 0.2:  # gradient
        ramp = (
            np.linspace(0, 1, width)[None, :, None] if rand.random() < 0.5 else np.linspace(0, 1, height)[:, None, None]
        )
        paper = paper * (1 - ramp) + np.array(colour(rand), float) * ramp
    kind = 1.0 if pale else rand.random()
    if kind < 0.06:
        paper = cv2.resize(photo(rand), (width, height)).astype(np.float32)
    elif kind < 0.2:
        paper = paper * 0.7 + 0.3 * texture(rand, width, height)
    paper += rand.normal(0, rand.uniform(0, 3), (height, width, 1))
    return np.clip(paper, 0, 255).astype(np.uint8)


def _panel(rand: np.random.Generator, paper: Image) -> None:
    height, width = paper.shape[:2]
    fill = tuple(int(v) for v in colour(rand))
    share = rand.uniform(0.08, 0.55)
    kind = rand.choice(6, p=[0.17, 0.17, 0.25, 0.25, 0.08, 0.08])
    if kind == 0:
        paper[: int(height * share)] = fill
    elif kind == 1:
        paper[int(height * (1 - share)) :] = fill
    elif kind == 2:
        paper[:, : int(width * share)] = fill
    elif kind == 3:
        paper[:, int(width * (1 - share)) :] = fill
    elif kind == 4:
        points = (rand.uniform(-0.2, 1.2, (3, 2)) * (width, height)).astype(np.int32)
        cv2.fillPoly(paper, [points], fill, cv2.LINE_AA)
    else:
        centre = tuple(int(v) for v in rand.uniform(0, 1, 2) * (width, height))
        cv2.circle(paper, centre, int(rand.uniform(0.2, 0.8) * height), fill, -1, cv2.LINE_AA)


def _logo(rand: np.random.Generator, paper: Image) -> None:
    height, width = paper.shape[:2]
    size = rand.uniform(0.06, 0.25) * min(width, height)
    x, y = rand.uniform(0.1, 0.9, 2) * (width, height)
    fill = tuple(int(v) for v in colour(rand))
    kind = rand.integers(3)
    if kind == 0:
        cv2.circle(paper, (int(x), int(y)), max(2, int(size)), fill, -1 if rand.random() < 0.6 else 2, cv2.LINE_AA)
    elif kind == 1:
        angles = np.sort(rand.uniform(0, 2 * np.pi, int(rand.integers(3, 7))))
        points = np.stack([x + size * np.cos(angles), y + size * np.sin(angles)], 1).astype(np.int32)
        cv2.fillPoly(paper, [points], fill, cv2.LINE_AA)
    else:
        side = max(4, int(size * 1.5))
        picture = cv2.resize(photo(rand), (side, side))
        left, top = int(np.clip(x, 0, max(0, width - side))), int(np.clip(y, 0, max(0, height - side)))
        part = paper[top : top + side, left : left + side]
        part[:] = picture[: part.shape[0], : part.shape[1]]


def _print(rand: np.random.Generator, paper: Image) -> None:
    height, width = paper.shape[:2]
    dark = paper.mean() < 120
    ink = tuple(int(v) for v in (rand.uniform(180, 255, 3) if dark else rand.uniform(0, 110, 3)))
    if rand.random() < 0.15:
        ink = tuple(int(v) for v in colour(rand))
    left = rand.uniform(0.05, 0.5) * width
    y = rand.uniform(0.08, 0.4) * height
    size = rand.uniform(0.045, 0.085) * min(width, height)
    for line in range(int(rand.integers(2, 10))):
        own = size * (rand.uniform(1.2, 2.2) if line == 0 else rand.uniform(0.8, 1.1))
        text = "".join(rand.choice(list(string.ascii_letters + string.digits + "     .-@"), int(rand.integers(6, 34))))
        x = left if rand.random() < 0.9 else rand.uniform(0.05, 0.6) * width
        font = int(rand.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX]))
        cv2.putText(paper, text, (int(x), int(y)), font, own / 22, ink, max(1, int(own / 14)), cv2.LINE_AA)
        y += own * rand.uniform(1.4, 2.2)
        if y > 0.96 * height:
            break


def _code(rand: np.random.Generator, paper: Image) -> None:
    side = int(rand.uniform(0.25, 0.5) * min(paper.shape[:2]))
    modules = (rand.random((25, 25)) < 0.5).astype(np.uint8) * 255
    code = cv2.resize(modules, (side, side), interpolation=cv2.INTER_NEAREST)[..., None]
    top, left = (int(rand.uniform(0, max(1, n - side))) for n in paper.shape[:2])
    paper[top : top + side, left : left + side] = code
