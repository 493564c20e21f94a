"""Pen or print: each text line is told by a small learned classifier (`models/pen_classifier/`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.inference import open_session
from cardscan.ocr.crop import LineCutter
from cardscan.ocr.ink import ink_of
from cardscan.record import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.detection import FloatArray
    from cardscan.record import Pixels, Quad

HEIGHT: Final = 32
WIDTH: Final = 160
MOST_WINDOWS: Final = 3
"""A line is judged by so many windows of `WIDTH` x `HEIGHT` pixels at most, spread over its length."""

_STEEPEST: Final = 15.0  # degrees off the nearest axis; more says no more


def looks(pixels: Pixels, quads: Sequence[Quad]) -> tuple[Look, ...]:
    """How each line of a card looks, first of all how likely a pen wrote it.

    Args:
        pixels: The card, RGB, uint8, (height, width, 3).
        quads: The lines, in its pixels, clockwise from each line's own top-left.

    Returns:
        One look per line.

    Raises:
        ModelError: The classifier is missing or altered.
    """
    if not quads:
        return ()
    cutter = LineCutter(pixels)
    pictures: list[Pixels] = []
    slants: list[float] = []
    owners: list[int] = []
    inks = []
    for index, quad in enumerate(quads):
        corners = np.array(quad, np.float32)
        strip = cutter.cut(corners, HEIGHT)
        inks.append(ink_of(strip))
        for window in windows(strip):
            pictures.append(window)
            slants.append(slant(corners))
            owners.append(index)
    given = np.stack(pictures).astype(np.float32).transpose(0, 3, 1, 2) / 255
    logits = open_session("pen-classifier").run(
        None, {"pictures": given, "slants": np.array(slants, np.float32)[:, None]}
    )[0]
    count = np.bincount(owners, minlength=len(quads))
    mean = np.bincount(owners, weights=logits, minlength=len(quads)) / count
    pens = 1 / (1 + np.exp(-mean))
    return tuple(Look(float(pen), ink.tint, ink.breadth) for pen, ink in zip(pens, inks, strict=True))


def windows(strip: Pixels) -> list[Pixels]:
    """Windows (HEIGHT, WIDTH, 3) spread over a line cut `HEIGHT` high; a short line's last column is repeated."""
    width = strip.shape[1]
    if width <= WIDTH:
        return [cv2.copyMakeBorder(strip, 0, 0, 0, WIDTH - width, cv2.BORDER_REPLICATE)]
    count = min(MOST_WINDOWS, -(-width // WIDTH))
    starts = np.linspace(0, width - WIDTH, count).round().astype(int)
    return [strip[:, start : start + WIDTH] for start in starts]


def slant(corners: FloatArray) -> float:
    """How far the line is off the nearest axis of the card, 0 to 1: print is set straight, a pen seldom writes so."""
    along = corners[1] - corners[0]
    degrees = float(np.degrees(np.arctan2(along[1], along[0])))
    off = abs((degrees + 45) % 90 - 45)
    return min(off, _STEEPEST) / _STEEPEST
