"""Claims about boosted trees read from tables."""

from __future__ import annotations

import numpy as np
import pytest

from cardscan import assets
from cardscan.errors import ModelError
from cardscan.forest import forest, joined
from models.forests import tables


def test_trees_add_up() -> None:
    """Rows go left where a feature is at most the threshold, and the leaves of a class's trees are summed."""
    feature = np.array([[1, 0, 0], [0, 0, 0]])
    left, right = np.array([[1, 1, 2], [1, 1, 2]]), np.array([[2, 1, 2], [2, 1, 2]])
    threshold, value = np.array([[0.5, 0, 0], [2.0, 0, 0]]), np.array([[0, 1.0, -1.0], [0, 10.0, 20.0]])
    trees = joined(("a", "b"), feature, left, right, threshold, value, 1)
    rows = np.array([[2.0, 0.5], [3.0, 0.6]])
    assert trees.totals(rows).tolist() == [[11.0], [19.0]]
    assert trees.totals(rows, 2).tolist() == [[1.0, 10.0], [-1.0, 20.0]]


def test_trees_of_unlike_size_are_written_and_read(tmp_path, monkeypatch) -> None:
    """A tree of one leaf is a constant; deeper trees beside it decide how many steps are taken."""
    deep = [(0, 1, 2, 0.5, 0.0), (0, 1, 1, 0.0, 1.0), (1, 3, 4, 7.0, 0.0), (0, 3, 3, 0.0, 2.0), (0, 4, 4, 0.0, 4.0)]
    file = tmp_path / "trees.npz"
    np.savez_compressed(file, **tables([[(0, 0, 0, 0.0, 100.0)], deep], ("a", "b")))
    monkeypatch.setattr(assets, "path", lambda model: file)
    trees = forest("made for this test", ("a", "b"))
    assert trees.depth == 2
    assert trees.totals(np.array([[0.5, 9.0], [0.6, 7.0], [0.6, 7.5]]))[:, 0].tolist() == [101.0, 102.0, 104.0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"no archive"])
def test_a_file_that_is_no_model_is_refused_in_words(tmp_path, monkeypatch, content) -> None:
    """What cannot be read as tables is a ModelError that names the remedy."""
    file = tmp_path / "trees.npz"
    file.write_bytes(content)
    monkeypatch.setattr(assets, "path", lambda model: file)
    with pytest.raises(ModelError, match="install cardscan anew"):
        forest(f"broken {content!r}", ("a",))
