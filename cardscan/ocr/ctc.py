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

    from cardscan.ocr.boxes import FloatArray

_BLANK: Final = 0
_MARKS: Final = ".:-_/@"  # small enough to be passed over, and a mail or web address is wrong without


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
        skipped: The likeliest punctuation mark between the two, "" if there is none: a dot that was all but read.
        skipped_probability: How likely that mark is.
    """

    char: str
    probability: float
    position: float
    instead: str = ""
    instead_probability: float = 0.0
    gap: float = 0.0
    skipped: str = ""
    skipped_probability: float = 0.0


def decode(steps: FloatArray, characters: Sequence[str]) -> tuple[Letter, ...]:
    """Best path of (steps, classes) probabilities; `characters[i]` belongs to class i + 1."""
    best = steps.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts, len(best))[1:]
    space = steps.shape[1] - 1
    marks = [characters.index(mark) + 1 for mark in _MARKS]
    letters: list[Letter] = []
    last_end = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kind = int(best[start])
        if kind == _BLANK:
            continue
        peak = start + int(steps[start:end, kind].argmax())
        row = steps[peak]
        second = _runner_up(row, kind)
        between = steps[last_end:start]
        gap = float(between[:, space].max(initial=0.0))
        skipped, skipped_probability = _skipped(
            between[:, marks], letters[-1].char if letters else "", characters[kind - 1]
        )
        letters.append(
            Letter(
                characters[kind - 1],
                float(row[kind]),
                (start + end) / 2 / len(best),
                "" if second == _BLANK else characters[second - 1],
                float(row[second]),
                gap,
                skipped,
                skipped_probability,
            )
        )
        last_end = end
    return tuple(letters)


def _skipped(between: FloatArray, before: str, after: str) -> tuple[str, float]:
    # The network hesitates at the edges of a character it has read; only another mark than its neighbours was skipped.
    best = between.max(axis=0, initial=0.0)
    ranked = [(float(best[index]), mark) for index, mark in enumerate(_MARKS) if mark not in (before, after)]
    probability, mark = max(ranked)
    return (mark, probability) if probability > 0.0 else ("", 0.0)


def _runner_up(row: FloatArray, first: int) -> int:
    others = row.copy()
    others[first] = -1.0
    return int(others.argmax())  # far cheaper than sorting 18,710 classes
