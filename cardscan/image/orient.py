"""Which way up a card is read: a small classifier looks at the rectified card.

The model (`orientation` in the manifest) was made for pages of text. One look at the middle of a card is nearly always
right and surely so; where it hesitates, it is asked about all four turns of the whole card as well, whose answers must
agree with each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from cardscan.image.rectify import reduced
from cardscan.inference import open_session

if TYPE_CHECKING:
    from cardscan.record import Pixels

INPUT: Final = 224
_SHORT_SIDE: Final = 256
_MEAN: Final = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION: Final = np.array([0.229, 0.224, 0.225], np.float32)
_SURE: Final = 0.85
"""The model was trained with smoothed labels and never says more than about 0.93."""


def turn_to_upright(card: Pixels) -> tuple[int, float]:
    """The clockwise turn in degrees (0, 90, 180 or 270) that makes `card` upright, and its probability."""
    chances = _turns([_middle(card)])[0]
    if chances.max() < _SURE:
        evidence = np.zeros(4)
        for view in (_middle(card), cv2.resize(card, (INPUT, INPUT), interpolation=cv2.INTER_AREA)):
            answers = np.log(np.clip(_turns([np.rot90(view, -k) for k in range(4)]), 1e-4, 1.0))
            # Turned clockwise by 90k, the card needs k quarter turns less.
            evidence += sum(np.roll(answer, k) for k, answer in enumerate(answers)) / 4
        chances = np.exp(evidence - evidence.max())
        chances /= chances.sum()
    best = int(np.argmax(chances))
    return 90 * best, float(chances[best])


def _middle(card: Pixels) -> Pixels:
    height, width = card.shape[:2]
    scale = _SHORT_SIDE / min(height, width)
    size = (max(INPUT, round(width * scale)), max(INPUT, round(height * scale)))
    small: Pixels = reduced(card, size) if scale < 1 else cv2.resize(card, size, interpolation=cv2.INTER_LINEAR)
    top, left = (small.shape[0] - INPUT) // 2, (small.shape[1] - INPUT) // 2
    return small[top : top + INPUT, left : left + INPUT]


def _turns(views: list[Pixels]) -> NDArray[np.float64]:
    """Chances of the clockwise turns 0, 90, 180, 270 that make each view upright, (n, 4)."""
    batch = [((view / np.float32(255) - _MEAN) / _DEVIATION).transpose(2, 0, 1) for view in views]
    output: NDArray[np.float32] = open_session("orientation").run(None, {"x": np.stack(batch)})[0]
    # The model's classes say by how much a picture has been turned clockwise: the remedy is the rest of a full turn.
    return output.astype(np.float64)[:, [0, 3, 2, 1]]
