"""What a card's design looks like, in a few colours: enough to tell its back from another card's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from cardscan.record import CardImage, Design

if TYPE_CHECKING:
    from cardscan.record import Pixels

_WIDTH, _HEIGHT = 96, 64
_STEP = 16
"""Levels of a colour channel that count as one shade of paper."""
_APART = 18.0
"""Distance from grey, and from the paper's tint, in CIELAB's a and b from which an ink has a colour of its own."""
_LEAST = 0.012
"""Share of the card from which an ink counts: a line of coloured print, not a speck."""
_SECTORS = 12
_MOST = 3


def design_of(card: CardImage) -> Design:
    """The proportions, paper and coloured inks of an upright card image.

    The card is looked at from afar (96 by 64 pixels), where print melts into its ground and logos and bands stay; a
    margin is left out because fingers and the table's edge lie there. Colours are as photographed.
    """
    height, width = card.pixels.shape[:2]
    margin_y, margin_x = height // 20, width // 20
    inner = card.pixels[margin_y : height - margin_y, margin_x : width - margin_x]
    small = cv2.resize(inner, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    paper = _commonest(small)
    lab = cv2.cvtColor(small[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0]
    ground = cv2.cvtColor(paper[None, None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0, 0]
    tint = lab[:, 1:] - ground[1:]
    coloured = (np.linalg.norm(lab[:, 1:], axis=1) > _APART) & (np.linalg.norm(tint, axis=1) > _APART)
    sector = ((np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360) // (360 / _SECTORS)).astype(int)
    counts = np.bincount(sector[coloured], minlength=_SECTORS)
    largest = [each for each in np.argsort(-counts)[:_MOST] if counts[each] >= _LEAST * len(small)]
    inks = tuple(_hex(np.median(small[coloured & (sector == each)], axis=0)) for each in largest)
    return Design(round(width / max(1, height), 3), _hex(paper), inks)


def _commonest(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The mean of the pixels that share the commonest shade."""
    shade = (pixels // _STEP).astype(np.int32) @ np.array([256, 16, 1], np.int32)
    shades, counts = np.unique(shade, return_counts=True)
    middle: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = pixels[shade == shades[counts.argmax()]].mean(axis=0)
    return middle


def _hex(colour: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    red, green, blue = (round(float(value)) for value in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"
