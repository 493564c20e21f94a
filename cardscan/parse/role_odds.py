"""What the models hold the print of a card for, in log-odds: the role of each piece, and which pieces are one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cardscan.parse.layout import Piece

ROLES: Final = ("name", "title", "organization", "department", "address", "other")


@dataclass(frozen=True, slots=True)
class RoleOdds:
    """Log-odds of roles and joins; 0 for what the models have not seen.

    Attributes:
        roles: For each piece the log-odds of each of `ROLES`, in their order.
        joins: For pairs of neighbouring pieces, the log-odds that the second goes on with the first one's value.
    """

    roles: Mapping[Piece, Sequence[float]] = field(default_factory=dict)
    joins: Mapping[tuple[Piece, Piece], float] = field(default_factory=dict)

    def of(self, piece: Piece, role: str) -> float:
        """The log-odds that a piece has this role."""
        return self.roles[piece][ROLES.index(role)] if piece in self.roles else 0.0

    def is_most_likely(self, piece: Piece, role: str) -> bool:
        """Whether a piece has this role more likely than not, and than any other."""
        return self.of(piece, role) > max(0.0, *(self.of(piece, other) for other in ROLES if other != role))

    def mean(self, pieces: Sequence[Piece], role: str) -> float:
        """The mean of `of`, each piece counting as much as it has characters."""
        total = sum(len(piece.text) for piece in pieces)
        return sum(len(piece.text) * self.of(piece, role) for piece in pieces) / max(1, total)

    def joined(self, first: Piece, second: Piece) -> float:
        """The log-odds that `second` goes on with what `first` begins."""
        return self.joins.get((first, second), 0.0)

    def unity(self, pieces: Sequence[Piece]) -> float:
        """How well pieces make one value and no more than these do: joins within them, less those they cut."""
        within = sum(self.joined(pieces[i], pieces[i + 1]) for i in range(len(pieces) - 1))
        cut = [
            odds for (first, second), odds in self.joins.items() if odds > 0 and (first in pieces) != (second in pieces)
        ]
        return within - sum(cut)


UNSEEN: Final = RoleOdds()
