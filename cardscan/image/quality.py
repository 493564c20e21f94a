"""How well a card was photographed, in numbers and in words a person can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.record import Quality

if TYPE_CHECKING:
    from cardscan.record import Pixels

BLURRED: Final = 0.25
GLARING: Final = 0.03
DARK: Final = 60
SMALL: Final = 380
"""Pixels along the long side of the card in the photo, below which 7-point print has fewer than 10 pixels a line."""


def measure(card: Pixels, long_side: float) -> Quality:
    """Sharpness, glare and warnings of a rectified card; `long_side` is its length in pixels of the photo."""
    grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)
    sharpness = measure_sharpness(grey)
    glare, over_text = measure_glare(card, grey)
    warnings = []
    if sharpness < BLURRED:
        warnings.append("blurred: hold the phone still and tap on the card to focus")
    if glare > GLARING and over_text:
        warnings.append("glare over the text: tilt the card away from the lamp")
    if float(np.percentile(grey, 90)) < DARK:
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
    edges = height > max(24.0, float(np.percentile(height, 90)) * 0.5)
    if edges.mean() < 0.002:
        return 1.0  # nothing is printed, so nothing is blurred
    ratio = float(np.percentile(cv2.dilate(steep, kernel)[edges] / height[edges], 75))
    return float(np.clip((ratio - 0.13) / 0.20, 0.0, 1.0))


def measure_glare(card: Pixels, grey: Pixels) -> tuple[float, bool]:
    """The share of blown-out area that is no plain white paper, and whether it lies where print is.

    Paper that is white all over is not glare: only a burnt-out patch with a soft rim, clearly brighter than what is
    around it, is.
    """
    small = cv2.resize(card, (320, max(1, round(320 * card.shape[0] / card.shape[1]))), interpolation=cv2.INTER_AREA)
    low = small.min(axis=2)
    burnt = (low >= 252).astype(np.uint8)
    paper = float(np.percentile(low, 60))
    if paper > 240 or not burnt.any():  # on paper this bright a reflection cannot be told from the paper
        return 0.0, False
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    # The rim of a reflection fades over many pixels; that of white print or a white panel is a step.
    soft = cv2.GaussianBlur(small, (0, 0), 6).min(axis=2)
    rim = cv2.dilate(burnt, np.ones((9, 9), np.uint8)) - burnt
    if not rim.any() or float(np.median(low[rim > 0])) < 0.5 * (paper + 252):
        return 0.0, False
    share = float(burnt.mean())
    print_near = cv2.morphologyEx(cv2.resize(grey, small.shape[1::-1]), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    near = cv2.dilate(burnt, np.ones((15, 15), np.uint8)) > 0
    del soft
    return share, bool((print_near[near] > 60).mean() > 0.04)
