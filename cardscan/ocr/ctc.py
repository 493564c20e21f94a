"""Reads characters out of the recognition network's output.

Reference: Graves et al., "Connectionist Temporal Classification", ICML 2006. For each of about one step per eight
pixels the network gives the probability of every character and of the blank (index 0); the last index is the space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.detection import FloatArray

_BLANK: Final = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """One character as read.

    Attributes:
        char: The character.
        probability: How likely it is at its surest step.
        position: Its middle along the line, 0 (left end) to 1.
        instead: The runner-up character at that step, "" when that is the blank.
        instead_probability: How likely the runner-up is.
        gap: The highest probability of a space between this letter and the one before.
    """

    char: str
    probability: float
    position: float
    instead: str = ""
    instead_probability: float = 0.0
    gap: float = 0.0


def decode(steps: FloatArray, characters: Sequence[str]) -> tuple[Letter, ...]:
    """Best path of (steps, classes) probabilities; `characters[i]` belongs to class i + 1."""
    best = steps.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    space = steps.shape[1] - 1
    letters: list[Letter] = []
    last_end = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kind = int(best[start])
        if kind == _BLANK:
            continue
        peak = start + int(steps[start:end, kind].argmax())
        row = steps[peak]
        second = _runner_up(row, kind)
        gap = float(steps[last_end:start, space].max(initial=0.0))
        letters.append(
            Letter(
                characters[kind - 1],
                float(row[kind]),
                (start + end) / 2 / len(best),
                "" if second == _BLANK else characters[second - 1],
                float(row[second]),
                gap,
            )
        )
        last_end = end
    return tuple(letters)


def _runner_up(row: FloatArray, first: int) -> int:
    others = row.copy()
    others[first] = -1.0
    return int(others.argmax())  # far cheaper than sorting 18,710 classes
