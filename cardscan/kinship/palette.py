"""Whether two cards look alike: the same colours, the same shape."""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass
from typing import Final

from cardscan.record import Design

_HUES: Final = 22.0
"""Degrees of hue within which two photos of one ink may lie, as cameras balance white anew for each."""
_COLOURED: Final = 0.22
"""Saturation and brightness from which a colour has a hue that a photo keeps."""
_EXACT: Final = 40.0
"""Distance in RGB within which one ink lies in two photos under one light."""
_SHAPES: Final = 0.2
"""Relative difference of two aspects that are one card's, measured on photos."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours in common.

    Attributes:
        telling: They are more than white paper.
        exact: They are so near each other that they hardly agree by chance.
    """

    telling: bool
    exact: bool
    text: str


def colours_alike(first: Design | None, second: Design | None) -> Colours | None:
    """What colours two designs share; None where they share none, or one of them is not known."""
    if first is None or second is None:
        return None
    pairs = [(one, two) for one in (first.paper, *first.inks[:4]) for two in (second.paper, *second.inks[:4])]
    coloured = [(one, two) for one, two in pairs if _one_hue(one, two)]
    if coloured:
        one, two = min(coloured, key=lambda pair: _distance(*pair))
        return Colours(True, _distance(one, two) <= _EXACT, f"the same colour, {one} and {two}")
    if _hue(first.paper) is None and _hue(second.paper) is None:
        light, other = _brightness(first.paper), _brightness(second.paper)
        if abs(light - other) <= 0.25:
            return Colours(False, False, f"the same paper, {first.paper} and {second.paper}")
    return None


def shapes_alike(first: Design | None, second: Design | None) -> bool:
    """Whether two cards may be of one size: their proportions are the same, or turned; True where not known."""
    if first is None or second is None or min(first.aspect, second.aspect) <= 0:
        return True
    a, b = (max(aspect, 1 / aspect) for aspect in (first.aspect, second.aspect))
    return abs(a - b) / max(a, b) <= _SHAPES


def _channels(colour: str) -> tuple[float, float, float]:
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        return (0.0, 0.0, 0.0)
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _one_hue(one: str, two: str) -> bool:
    a, b = _hue(one), _hue(two)
    return a is not None and b is not None and min(abs(a - b), 360 - abs(a - b)) <= _HUES


def _distance(one: str, two: str) -> float:
    return 255 * math.dist(_channels(one), _channels(two))


def _brightness(colour: str) -> float:
    return max(_channels(colour))


def _hue(colour: str) -> float | None:
    """The hue in degrees; None for white, grey and black."""
    hue, saturation, value = colorsys.rgb_to_hsv(*_channels(colour))
    return hue * 360 if saturation >= _COLOURED and value >= _COLOURED else None
