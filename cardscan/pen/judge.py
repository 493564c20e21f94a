"""The judge of pen and print: boosted decision trees over the evidence of a card, kept as JSON.

Reference: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from cardscan import assets
from cardscan.errors import ModelError
from cardscan.pen.evidence import NAMES

if TYPE_CHECKING:
    from cardscan.pen.evidence import Array

MODEL: Final = "pen-judge"


@dataclass(frozen=True, slots=True)
class Tree:
    """A regression tree as parallel lists; a node whose `feature` is below 0 is a leaf with its `value`.

    A row goes to `left` where its feature is at most `threshold`, else to `right`.
    """

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]


@dataclass(frozen=True, slots=True)
class Forest:
    """The sum of its trees' values and `base` is the logit that a pen wrote a line."""

    features: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]


def pen_logits(rows: Array) -> Array:
    """The logit that a pen wrote each line, of evidence (lines, features).

    Raises:
        ModelError: The model is missing, altered, or made for other evidence.
    """
    forest = _forest()
    total = np.full(len(rows), forest.base)
    for tree in forest.trees:
        total += [_leaf(tree, row) for row in rows]
    return total


def _leaf(tree: Tree, row: Array) -> float:
    node = 0
    while tree.feature[node] >= 0:
        node = tree.left[node] if row[tree.feature[node]] <= tree.threshold[node] else tree.right[node]
    return tree.value[node]


@cache
def _forest() -> Forest:
    path = assets.path(MODEL)
    try:
        forest = msgspec.json.decode(path.read_bytes(), type=Forest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"the model {MODEL} cannot be read ({error}); install cardscan anew") from error
    if forest.features != NAMES:
        raise ModelError(f"the model {MODEL} was made for other evidence; install cardscan anew")
    return forest
