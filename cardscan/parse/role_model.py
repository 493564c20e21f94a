"""The learned judges of print: the role of each piece, and which neighbouring pieces are one value.

Both are boosted trees (`cardscan.forest`) over `role_evidence` and `join_evidence`, trained on generated cards by
`models/line_roles`. They are one more witness: `addresses`, `evidence` and `assign` weigh them with what the rules
say, and what the rules rule out they cannot bring in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from cardscan.forest import Array, forest
from cardscan.parse.cues import Cues
from cardscan.parse.join_evidence import JOIN_NAMES, join_evidence, pairs_of
from cardscan.parse.layout import Piece
from cardscan.parse.role_evidence import NAMES, Surroundings, role_evidence
from cardscan.parse.role_odds import ROLES, UNSEEN, RoleOdds

ROLE_MODEL: Final = "line-roles"
JOIN_MODEL: Final = "line-joins"
_MOST: Final = 7.0  # log-odds of the surest
_MOST_WEIGHED: Final = 4.0  # what of it is weighed: real cards are less like the training's than the model believes
_MOST_JOIN: Final = 4.0


def role_odds(pieces: Sequence[Piece], around: Surroundings) -> RoleOdds:
    """Judge every piece of a card, and every pair of neighbours.

    Raises:
        ModelError: A model is missing, altered, or made for other evidence.
    """
    return with_joins(roles_alone(pieces, around), around.cues)


def roles_alone(pieces: Sequence[Piece], around: Surroundings) -> RoleOdds:
    """Judge every piece, but no pairs.

    Raises:
        ModelError: As `role_odds`.
    """
    if not pieces:
        return UNSEEN
    rows = role_evidence(pieces, around)
    return RoleOdds(dict(zip(pieces, map(tuple, _role_odds(rows).tolist()), strict=True)))


def with_joins(odds: RoleOdds, cues: Cues) -> RoleOdds:
    """The odds, none of them extreme, with those of every pair of neighbours.

    Raises:
        ModelError: As `role_odds`.
    """
    if not odds.roles:
        return odds
    joins = _joins(tuple(odds.roles), odds, cues)
    return RoleOdds({piece: tuple(_humble(one) for one in row) for piece, row in odds.roles.items()}, joins)


def _humble(odds: float) -> float:
    return max(-_MOST_WEIGHED, min(_MOST_WEIGHED, odds))


def log_odds(shares: Array) -> Array:
    """Log-odds of each role against all others, of their probabilities (pieces, roles)."""
    rest = np.maximum(1e-12, 1 - shares)
    return np.asarray(np.clip(np.log(np.maximum(shares, 1e-12) / rest), -_MOST, _MOST), dtype=np.float64)


def _role_odds(rows: Array) -> Array:
    sums = forest(ROLE_MODEL, NAMES).totals(rows, len(ROLES))
    shares = np.exp(sums - sums.max(axis=1, keepdims=True))
    return log_odds(shares / shares.sum(axis=1, keepdims=True))


def _joins(pieces: Sequence[Piece], roles: RoleOdds, cues: Cues) -> dict[tuple[Piece, Piece], float]:
    pairs = pairs_of(pieces, roles)
    if not pairs:
        return {}
    sums = forest(JOIN_MODEL, JOIN_NAMES).totals(join_evidence(pairs, pieces, roles, cues))
    odds = np.clip(sums[:, 0], -_MOST_JOIN, _MOST_JOIN)
    return dict(zip(pairs, odds.tolist(), strict=True))
