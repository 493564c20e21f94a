"""Ink that no text box holds: pale, on dark or coloured ground, upright. It is looked for once more in its own colour.

The detection network knows dark print on light ground best. Ink that stands out from its surroundings by a little, but
was boxed nowhere, is therefore shown to it as black on white: each pixel by how far it lies from the ground in the
direction of that ink's colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.boxes import FloatArray, TextBox
    from cardscan.record import Pixels

Mask = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

WEAK: Final = 0.6
"""Mean probability of text below which a box does not hold its ink for sure."""

_SEEN: Final = 736  # pixels of the longer side at most
_GROUND: Final = 160  # pixels of the longer side, at which the ground is estimated
_WIDEST: Final = 21  # of these pixels: ink fills less than half of a window so wide
_NOISE: Final = 3.5  # times the median difference from the ground
_LEAST: Final = 10  # levels of 255
_ROUND: Final = 1.1  # a box and the rims of its ink
_RIM: Final = 0.025  # of the card's shorter side, as the lengths below
_LETTER: Final = (0.015, 0.5)
_RULE: Final = 8.0  # length to breadth from which a stroke is a rule
_GAP: Final = 0.06  # between letters of one line
_LINE: Final = 0.15
_LOGO: Final = 0.5  # of the card's area
_LETTERS: Final = 3
_LONG: Final = 1.8  # length to height; so long, even one stroke may be a line in joined hand
_UPRIGHT: Final = 1.5
_SAME: Final = 0.9  # cosine of the angle between two inks' colours
_INKS: Final = 2  # looked for on one card
_PATCHES: Final = 6
_BLACK: Final = 60  # percentile of the ink's distance from the ground that is shown as black


@dataclass(frozen=True, slots=True, eq=False)
class InkView:
    """One ink of a part of the image.

    Attributes:
        pixels: RGB, uint8, (height, width, 3): that ink black, everything else white.
        left: Where it lies in the image made smaller.
        top: Where it lies in the image made smaller.
        scale: How much smaller that is.
        upright: Whether its lines seem to run up or down.
    """

    pixels: Pixels
    left: int
    top: int
    scale: float
    upright: bool

    def in_image(self, corners: FloatArray) -> FloatArray:
        """Points of the view (n, 2) in the whole image."""
        return np.asarray((corners + np.array([self.left, self.top])) / self.scale, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """Ink that stands together: its place (left, top, width, height), pixels, and mean difference from the ground."""

    place: tuple[int, int, int, int]
    ink: Mask
    colour: FloatArray


def ink_views(pixels: Pixels, boxes: Sequence[TextBox]) -> list[InkView]:
    """The inks that none of some boxes holds and that may be text, strongest first, at most two.

    Args:
        pixels: RGB, uint8, (height, width, 3).
        boxes: What was found; weak ones do not count.
    """
    scale = min(1.0, _SEEN / max(*pixels.shape[:2], 1))
    if scale * min(pixels.shape[:2]) < _WIDEST:
        return []
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = pixels.shape[:2]
    away = _from_ground(pixels)
    held = [box.corners * scale for box in boxes if box.score >= WEAK]
    views = []
    for patches in _by_colour(_patches(away, held))[:_INKS]:
        room = round(_LINE * min(height, width))
        lefts, tops, widths, heights = np.array([patch.place for patch in patches]).T
        left, top = max(int(lefts.min()) - room, 0), max(int(tops.min()) - room, 0)
        right, bottom = int((lefts + widths).max()) + room, int((tops + heights).max()) + room
        colour = patches[0].colour / np.linalg.norm(patches[0].colour)
        black = np.percentile(np.concatenate([away[patch.ink > 0] for patch in patches]) @ colour, _BLACK)
        dark = np.clip(away[top:bottom, left:right] @ colour / max(float(black), 2.0), 0, 1)
        grey = (255 * (1 - dark)).astype(np.uint8)
        upright = any(patch.place[3] > _UPRIGHT * patch.place[2] for patch in patches)
        views.append(InkView(np.repeat(grey[:, :, None], 3, axis=2), left, top, scale, upright))
    return views


def _from_ground(pixels: Pixels) -> FloatArray:
    """How far each pixel lies from the ground around it, in each channel."""
    height, width = pixels.shape[:2]
    scale = _GROUND / max(height, width)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.GaussianBlur(cv2.medianBlur(small, _WIDEST), (0, 0), 2).astype(np.float32)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    away: FloatArray = cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), 0.8) - ground
    return away


def _patches(away: FloatArray, held: Sequence[FloatArray]) -> list[_Patch]:
    """Letters' worth of ink that stand together outside the boxes, most ink first."""
    height, width = away.shape[:2]
    short = min(height, width)
    letters, centres = _letters(away, held)
    gap = max(3, round(_GAP * short))
    _, near, found, _ = cv2.connectedComponentsWithStats(cv2.dilate(letters, np.ones((gap, gap), np.uint8)))
    counts = np.bincount(near[centres[:, 1], centres[:, 0]], minlength=len(found))
    patches = []
    for number, (left, top, across, down, _) in enumerate(found.tolist()):
        length, breadth = max(across, down), min(across, down)
        like_text = counts[number] >= _LETTERS or length >= _LONG * breadth
        if number and like_text and length >= _LINE * short and across * down <= _LOGO * width * height:
            ink = np.where(near == number, letters, 0).astype(np.uint8)
            patches.append(_Patch((left, top, across, down), ink, away[ink > 0].mean(axis=0)))
    return sorted(patches, key=lambda patch: -int(patch.ink.sum()))[:_PATCHES]


def _letters(
    away: FloatArray, held: Sequence[FloatArray]
) -> tuple[Mask, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """Strokes of a letter's size outside the boxes (1 where ink is), and their centres (n, 2), x and y."""
    height, width = away.shape[:2]
    short = min(height, width)
    red, green, blue = cv2.split(np.abs(away))
    strength = np.maximum(np.maximum(red, green), blue)  # far faster than along an axis of three
    ink = (strength > max(_LEAST, _NOISE * float(np.median(strength)))).astype(np.uint8)
    for corners in held:
        middle = corners.mean(axis=0)
        cv2.fillPoly(ink, [np.round(middle + (corners - middle) * _ROUND).astype(np.int32)], 0)
    rim = max(2, round(_RIM * short))
    ink[:rim] = ink[-rim:] = 0
    ink[:, :rim] = ink[:, -rim:] = 0
    _, strokes, found, centres = cv2.connectedComponentsWithStats(ink)
    across, down, area = found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_HEIGHT], found[:, cv2.CC_STAT_AREA]
    length, breadth = np.maximum(across, down), np.minimum(across, down)
    kept = (length >= _LETTER[0] * short) & (length <= _LETTER[1] * short) & (length <= _RULE * breadth) & (area >= 6)
    kept[0] = False
    return kept[strokes].astype(np.uint8), centres[kept].round().astype(np.int64)


def _by_colour(patches: Sequence[_Patch]) -> list[list[_Patch]]:
    """Patches of one ink together, in the order of the strongest of each."""
    inks: list[list[_Patch]] = []
    for patch in patches:
        size = float(np.linalg.norm(patch.colour))
        for ink in inks:
            alike = float(patch.colour @ ink[0].colour) / max(size * float(np.linalg.norm(ink[0].colour)), 1e-6)
            if alike >= _SAME:
                ink.append(patch)
                break
        else:
            if size > 0:
                inks.append([patch])
    return inks
