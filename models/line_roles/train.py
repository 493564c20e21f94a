"""Learns the roles of print, and which neighbours are one value: writes `line_roles.npz` and `line_joins.npz`.

    pip install lightgbm==4.7.0
    python -m models.line_roles.train /tmp/line_roles.jsonl --out models/line_roles

The file is what `models.line_roles.pages` made. Pieces and their evidence come from the parse stage itself. The joins
see the roles that a model gives that has not learned from the same cards. Some minutes on one core; the same file
and seed give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np

from cardscan.forest import Array
from cardscan.options import ParseOptions
from cardscan.parse.join_evidence import JOIN_NAMES, join_evidence, pairs_of
from cardscan.parse.layout import Piece
from cardscan.parse.role_evidence import NAMES, role_evidence
from cardscan.parse.role_model import log_odds
from cardscan.parse.role_odds import ROLES, RoleOdds
from cardscan.parse.seen import Seen, seen
from models.forests import Node, tables
from models.line_roles import truths
from models.line_roles.pages import Example, examples

ROLE_ROUNDS: Final = 110
JOIN_ROUNDS: Final = 90
FOLDS: Final = 2
SHAPE: Final[dict[str, Any]] = {
    "num_leaves": 15, "learning_rate": 0.08, "min_data_in_leaf": 30, "feature_fraction": 0.4, "bagging_fraction": 0.6,
    "bagging_freq": 1, "lambda_l2": 2.0, "num_threads": 1, "verbose": -1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip

Card = tuple[Seen, Array, Example]


def cards(file: Path) -> list[Card]:
    """Every page with its pieces and the evidence of their roles."""
    found = []
    for example in examples(file):
        one = seen(example[0], ParseOptions())
        if one.pieces:
            found.append((one, role_evidence(one.pieces, one.around), example))
    return found


def role_rows(given: Sequence[Card]) -> tuple[Array, Array]:
    """Evidence and role of every piece whose role is known."""
    rows, roles = [], []
    for one, evidence, (_, sources, printed) in given:
        for piece, row in zip(one.pieces, evidence, strict=True):
            role = truths.role_of(piece, sources[piece.span.line], printed)
            if role is not None:
                rows.append(row)
                roles.append(ROLES.index(role))
    return np.array(rows), np.array(roles)


def join_rows(given: Sequence[Card], model: lightgbm.Booster) -> tuple[Array, Array]:
    """Evidence of every pair of neighbours, and whether they are one; `model` tells their roles."""
    rows, truth = [], []
    for one, evidence, (_, sources, printed) in given:
        pairs = pairs_of(one.pieces)
        if not pairs:
            continue
        odds = RoleOdds(_odds(one.pieces, model.predict(evidence)))
        for pair, row in zip(pairs, join_evidence(pairs, one.pieces, odds, one.around.cues), strict=True):
            joined = truths.is_one(*pair, sources, printed)
            if joined is not None:
                rows.append(row)
                truth.append(joined)
    return np.array(rows), np.array(truth)


def _odds(pieces: Sequence[Piece], shares: Any) -> dict[Piece, Sequence[float]]:
    return dict(zip(pieces, map(tuple, log_odds(shares).tolist()), strict=True))


def role_model(rows: Array, roles: Array, seed: int) -> lightgbm.Booster:
    """One tree a role and round."""
    wanted = {**SHAPE, "objective": "multiclass", "num_class": len(ROLES), "seed": seed}
    return lightgbm.train(wanted, lightgbm.Dataset(rows, roles), ROLE_ROUNDS)


def join_model(rows: Array, truth: Array, seed: int) -> lightgbm.Booster:
    """One tree a round."""
    return lightgbm.train({**SHAPE, "objective": "binary", "seed": seed}, lightgbm.Dataset(rows, truth), JOIN_ROUNDS)


def trees_of(model: lightgbm.Booster) -> list[list[Node]]:
    """The nodes of each tree, the root first."""
    return [_nodes(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def _nodes(root: dict[str, Any]) -> list[Node]:
    nodes: list[Node] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        if "split_feature" not in node:
            nodes.append((0, place, place, 0.0, node["leaf_value"]))
            return place
        nodes.append((0, 0, 0, 0.0, 0.0))
        left, right = add(node["left_child"]), add(node["right_child"])
        nodes[place] = (node["split_feature"], left, right, node["threshold"], 0.0)
        return place

    add(root)
    return nodes


def report(name: str, shares: Any, roles: Array) -> None:
    """Print precision and recall of each role."""
    said = shares.argmax(axis=1)
    print(f"{name}: {len(roles)} pieces, {(said == roles).mean():.4f} right")
    for number, role in enumerate(ROLES):
        hits = ((said == number) & (roles == number)).sum()
        precision, recall = hits / max(1, (said == number).sum()), hits / max(1, (roles == number).sum())
        print(f"  {role:13} precision {precision:.3f} recall {recall:.3f} of {(roles == number).sum()}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    given = cards(arguments.pages)
    # Copies of one card stand next to each other: folds are runs of cards, not every other one.
    owners = np.arange(len(given)) // 20 % FOLDS
    joins = []
    for fold in range(FOLDS):
        others = [card for card, owner in zip(given, owners, strict=True) if owner != fold]
        own = [card for card, owner in zip(given, owners, strict=True) if owner == fold]
        model = role_model(*role_rows(others), arguments.seed)
        rows, roles = role_rows(own)
        report(f"fold {fold}", model.predict(rows), roles)
        joins.append(join_rows(own, model))
    rows, roles = role_rows(given)
    arguments.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        arguments.out / "line_roles.npz",
        **tables(trees_of(role_model(rows, roles, arguments.seed)), NAMES),
        roles=np.array(ROLES),
    )
    rows, truth = (np.concatenate(parts) for parts in zip(*joins, strict=True))
    print(f"{len(truth)} pairs, {truth.mean():.1%} of them one value")
    model = join_model(rows, truth, arguments.seed)
    np.savez_compressed(arguments.out / "line_joins.npz", **tables(trees_of(model), JOIN_NAMES))


if __name__ == "__main__":
    main()
