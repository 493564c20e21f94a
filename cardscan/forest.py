"""Boosted decision trees kept as tables and read with numpy, the same way for every stage.

Reference: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29, 2001.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cardscan import assets
from cardscan.errors import ModelError

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees one after the other in one run of nodes; with several classes, those of a round stand class by class.

    A row of evidence starts at a tree's root and takes the second of `steps` where its `feature` is at most
    `threshold`, else the first. A leaf leads to itself both ways.

    Attributes:
        features: What the columns of the evidence are.
        roots: (trees,) the node at which each tree begins.
        feature: (nodes,) column looked at.
        threshold: (nodes,) compared with.
        steps: (2, nodes) nodes to go on to.
        value: (nodes,) what a leaf gives.
        depth: Steps after which every row has come to its leaf.
    """

    features: tuple[str, ...]
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: Array
    steps: NDArray[np.int64]
    value: Array
    depth: int

    def totals(self, rows: Array, classes: int = 1) -> Array:
        """The sums of the leaves that each row (rows, features) comes to: log-odds, (rows, classes)."""
        across = np.arange(len(rows))[:, None] * rows.shape[1]
        flat = rows.ravel()
        place = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            lower = flat[across + self.feature[place]] <= self.threshold[place]
            place = self.steps[lower.astype(np.int64), place]
        sums = self.value[place].reshape(len(rows), -1, classes).sum(axis=1)
        return np.asarray(sums, dtype=np.float64)


def joined(
    features: tuple[str, ...], feature: NDArray[np.integer], left: NDArray[np.integer], right: NDArray[np.integer],
    threshold: NDArray[np.floating], value: NDArray[np.floating], depth: int,
) -> Forest:  # fmt: skip
    """The forest of tables (tree, node) as files hold them; `left` and `right` are nodes of the same tree."""
    roots = np.arange(len(feature), dtype=np.int64) * feature.shape[1]
    steps = np.stack([(right + roots[:, None]).ravel(), (left + roots[:, None]).ravel()])
    columns = (feature.ravel().astype(np.int64), threshold.ravel().astype(np.float64))
    return Forest(features, roots, *columns, steps, value.ravel().astype(np.float64), depth)


@cache
def forest(model: str, features: tuple[str, ...]) -> Forest:
    """The forest of the manifest's `model`.

    Raises:
        ModelError: The model is missing, altered, or made for other evidence than `features`.
    """
    path = assets.path(model)
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as tables:
            known = tuple(tables["features"].tolist())
            feature, left, right, threshold, value = (
                tables[name] for name in ("feature", "left", "right", "threshold", "value")
            )
            found = joined(known, feature, left, right, threshold, value, int(tables["depth"]))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"the model {model} cannot be read ({error}); install cardscan anew") from error
    if known != features:
        raise ModelError(f"the model {model} was made for other evidence; install cardscan anew")
    return found
