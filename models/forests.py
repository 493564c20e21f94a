"""Trees of a training library as the tables that `cardscan.forest` reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Node = tuple[int, int, int, float, float]
"""Feature, left, right, threshold, value; a leaf leads to itself on both sides."""


def tables(trees: Sequence[Sequence[Node]], features: Sequence[str]) -> dict[str, np.ndarray]:
    """The arrays of a model file; each tree is its nodes, the root first."""
    most = max(map(len, trees))

    def column(place: int, kind: type) -> np.ndarray:
        return np.array([[node[place] for node in nodes] + [0] * (most - len(nodes)) for nodes in trees], dtype=kind)

    return {
        "features": np.array(features), "depth": np.array(max(map(_depth, trees))),
        "feature": column(0, np.int16), "left": column(1, np.int16), "right": column(2, np.int16),
        "threshold": column(3, np.float64), "value": column(4, np.float64),
    }  # fmt: skip


def _depth(nodes: Sequence[Node], place: int = 0) -> int:
    _, left, right, _, _ = nodes[place]
    return 0 if left == place else 1 + max(_depth(nodes, left), _depth(nodes, right))
