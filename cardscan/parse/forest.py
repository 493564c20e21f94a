"""Boosted decision trees kept as tables and read with numpy: the learned models of this stage.

Reference: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29, 2001.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cardscan import assets
from cardscan.errors import ModelError

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as tables (tree, node); with several classes, the trees of one round follow each other class by class.

    A row of evidence starts at node 0 and goes to `left` where its `feature` is at most `threshold`, else to `right`.
    A leaf leads to itself on both sides.

    Attributes:
        features: What the columns of the evidence are.
        feature, left, right: int64 (tree, node); `left` and `right` are nodes of the same tree.
        threshold, value: float64 (tree, node); `value` is a leaf's.
        depth: Steps after which every row has come to its leaf.
    """

    features: tuple[str, ...]
    feature: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    threshold: Array
    value: Array
    depth: int


def totals(forest: Forest, rows: Array, classes: int = 1) -> Array:
    """The sums of the leaves that each row comes to, (rows, classes): log-odds before they are set against each other.

    Rows are (rows, features).
    """
    trees, nodes = forest.feature.shape
    feature, threshold = forest.feature.ravel(), forest.threshold.ravel()
    start = np.arange(trees) * nodes
    steps = np.stack([(forest.right + start[:, None]).ravel(), (forest.left + start[:, None]).ravel()])
    across = np.arange(len(rows))[:, None] * rows.shape[1]
    flat = rows.ravel()
    place = np.broadcast_to(start, (len(rows), trees))
    for _ in range(forest.depth):
        lower = flat[across + feature[place]] <= threshold[place]
        place = steps[lower.astype(np.int64), place]
    sums = forest.value.ravel()[place].reshape(len(rows), -1, classes).sum(axis=1)
    return np.asarray(sums, dtype=np.float64)


@cache
def forest(model: str, features: tuple[str, ...]) -> Forest:
    """The forest of the manifest's `model`.

    Raises:
        ModelError: The model is missing, altered, or made for other evidence than `features`.
    """
    path = assets.path(model)
    try:
        with np.load(path, allow_pickle=False) as tables:
            known = tuple(tables["features"].tolist())
            feature, left, right = (tables[name].astype(np.int64) for name in ("feature", "left", "right"))
            threshold, value = (tables[name].astype(np.float64) for name in ("threshold", "value"))
            depth = int(tables["depth"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"the model {model} cannot be read ({error}); install cardscan anew") from error
    if known != features:
        raise ModelError(f"the model {model} was made for other evidence; install cardscan anew")
    return Forest(known, feature, left, right, threshold, value, depth)
