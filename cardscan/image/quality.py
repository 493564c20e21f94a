"""How well a card was photographed, in numbers and in words a person can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.image.rectify import reduced
from cardscan.record import Quality

if TYPE_CHECKING:
    from cardscan.record import Pixels

BLURRED: Final = 0.42
"""Sharpness of a card of 1000 pixels smoothed with a deviation of 3; seven-point print is gone soon after."""
GLARING: Final = 0.01
"""Share of the card's area; a phone number may lie under less."""
DARK: Final = 60
"""Level that nine tenths of the card are below. Dark paper is not meant: its print is light."""
SMALL: Final = 380
"""Pixels along the long side of the card in the photo, below which 7-point print has fewer than 10 pixels a line."""


def measure(card: Pixels, long_side: float) -> Quality:
    """Sharpness, glare and warnings of a rectified card; `long_side` is its length in pixels of the photo."""
    grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)
    sharpness = measure_sharpness(grey)
    glare, over_text = measure_glare(card)
    warnings = []
    if sharpness < BLURRED:
        warnings.append("blurred: hold the phone still and tap on the card to focus")
    if glare > GLARING and over_text:
        warnings.append("glare over the text: tilt the card away from the lamp")
    light, lightest = np.percentile(grey[::4, ::4], (90, 99))
    if light < DARK and lightest < DARK + 25:
        warnings.append("dark: photograph the card in more light")
    if long_side < SMALL:
        warnings.append(f"very small: the card is only {round(long_side)} pixels long; go nearer")
    return Quality(sharpness=round(sharpness, 3), glare=round(glare, 4), warnings=tuple(warnings))


def measure_sharpness(grey: Pixels) -> float:
    """0 (blurred) to 1: how steep the steepest edges are, measured against their own height.

    At a fixed size the change between neighbours at an edge is divided by the change over its surroundings: a sharp
    edge makes its whole step within two pixels, a blurred one spreads it. Contrast and the amount of print drop out.
    """
    scale = 1000 / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    values = cv2.GaussianBlur(grey, (3, 3), 0).astype(np.float32)
    steep = np.maximum(
        np.abs(cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=0.125)),
        np.abs(cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=0.125)),
    )
    kernel = np.ones((9, 9), np.uint8)
    height = cv2.dilate(values, kernel) - cv2.erode(values, kernel)
    height, steep = height[::3, ::3], cv2.dilate(steep, kernel)[::3, ::3]
    edges = height > max(24.0, float(np.percentile(height, 90)) * 0.5)
    if edges.mean() < 0.002:
        return 1.0  # nothing is printed, so nothing is blurred
    ratio = float(np.percentile(steep[edges] / height[edges], 75))
    return float(np.clip((ratio - 0.13) / 0.20, 0.0, 1.0))


def measure_glare(card: Pixels) -> tuple[float, bool]:
    """The share of burnt-out area on paper that is not that white itself, and whether print is beside or under it.

    White print, panels and photographs are burnt out, too; but they begin with a step, while a reflection fades in
    over many pixels: its rim is nearly as bright as itself.
    """
    size = (320, max(1, round(320 * card.shape[0] / card.shape[1])))
    small = reduced(card, size) if card.shape[1] > size[0] else cv2.resize(card, size)
    darkest = small.min(axis=2)
    burnt = cv2.morphologyEx((darkest >= 252).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    paper = float(np.percentile(darkest, 50))
    rim = cv2.dilate(burnt, np.ones((7, 7), np.uint8)) - burnt
    # On paper this bright a reflection cannot be told from the paper.
    if paper > 244 or not rim.any() or float(np.median(darkest[rim > 0])) < 252 - 0.4 * (252 - paper):
        return 0.0, False
    change = cv2.morphologyEx(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    near = cv2.dilate(burnt, np.ones((21, 21), np.uint8)) > 0
    return float(burnt.mean()), bool((change[near] > 50).mean() > 0.02)
