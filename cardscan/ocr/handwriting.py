"""Pen or print: each text line is told by a small learned classifier (`models/pen_classifier/`)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.inference import open_session
from cardscan.ocr.ink import ink_of
from cardscan.record import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.boxes import FloatArray
    from cardscan.record import Pixels, Quad

HEIGHT: Final = 32
WIDTH: Final = 160
MOST_WINDOWS: Final = 3
"""A line is judged by so many windows of `WIDTH` x `HEIGHT` pixels at most, spread over its length."""

_STEEPEST: Final = 15.0  # degrees off the nearest axis; more says no more


def look_of(strip: Pixels, logits: FloatArray) -> Look:
    """How a line cut `HEIGHT` high looks, given the logits of its windows."""
    ink = ink_of(strip)
    return Look(1 / (1 + math.exp(-float(logits.mean()))), ink.tint, ink.breadth)


def pen_logits(strips: Sequence[Pixels], quads: Sequence[Quad]) -> list[FloatArray]:
    """The logits that a pen wrote each window of some lines, from their beginning to their end.

    Args:
        strips: The lines, cut `HEIGHT` high.
        quads: Where they lay on the card.

    Raises:
        ModelError: The classifier is missing or altered.
    """
    if not strips:
        return []
    seen = [windows(strip) for strip in strips]
    counts = [len(pictures) for pictures in seen]
    given = np.stack([picture for pictures in seen for picture in pictures]).astype(np.float32)
    slants = np.repeat([slant(np.array(quad, np.float32)) for quad in quads], counts).astype(np.float32)
    logits = open_session("pen-classifier").run(
        None, {"pictures": given.transpose(0, 3, 1, 2) / 255, "slants": slants[:, None]}
    )[0]
    return np.split(logits, np.cumsum(counts)[:-1])


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
