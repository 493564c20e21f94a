"""The judge of pen and print: boosted trees (`cardscan.forest`) over the evidence of a card."""

from __future__ import annotations

from typing import Final

from cardscan.forest import Array, forest
from cardscan.pen.evidence import NAMES

MODEL: Final = "pen-judge"


def pen_logits(rows: Array) -> Array:
    """The logit that a pen wrote each line, of evidence (lines, features).

    Raises:
        ModelError: The model is missing, altered, or made for other evidence.
    """
    return forest(MODEL, NAMES).totals(rows)[:, 0]
