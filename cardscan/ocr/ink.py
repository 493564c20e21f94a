"""How the ink of a text line lies: its colour against the paper, and how broad its strokes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from cardscan.record import Pixels

_FAINTEST: Final = 12  # of 255; less than this is no ink
_PAPER: Final = 0.55  # share of the strip's pixels that lie nearest to its commonest tone


@dataclass(frozen=True, slots=True)
class Ink:
    """What a strip of one line shows.

    Attributes:
        tint: Red, green and blue of the ink, each as a share of the paper's (below 1 is darker); light falls out.
        breadth: Mean width of the strokes, as a share of the strip's height.
        covered: Share of the strip that is inked.
    """

    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    breadth: float = 0.0
    covered: float = 0.0


def ink_of(strip: Pixels) -> Ink:
    """Measure one upright line (height, width, 3), RGB; a strip without ink gives the default."""
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    tone = float(np.median(grey))
    away = cv2.absdiff(grey, np.full_like(grey, round(tone)))
    threshold, _ = cv2.threshold(away, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    inked = away > max(threshold, _FAINTEST)
    if not inked.any() or inked.mean() > 1 - _PAPER:
        return Ink()
    paper = np.median(strip[~inked], axis=0)
    # The strokes' middles show the ink; their edges are blended with the paper.
    deepest = away[inked] >= np.percentile(away[inked], 60)
    colour = strip[inked][deepest].mean(axis=0)
    red, green, blue = (float(value) for value in (colour + 4) / (paper + 4))
    contours, _ = cv2.findContours(inked.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    edge = sum(len(contour) for contour in contours)
    breadth = 2 * float(inked.sum()) / max(edge, 1) / strip.shape[0]
    return Ink((red, green, blue), breadth, float(inked.mean()))
