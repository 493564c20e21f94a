"""What says that two cards belong to one contact, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cardscan.record.card import KinKind

KinshipDecision = Literal["merged", "unmerged", "different"]
KinshipJudge = Literal["rule", "person"]
KINSHIP_SCHEMA: Final = "cardscan/kinship/1"


@dataclass(frozen=True, slots=True)
class KinReason:
    """What one field says about two cards, in words; `agrees` is False where it speaks against."""

    field: str
    text: str
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class Kinship:
    """Two cards of one contact: a proposal, or with `decision` what was made of it.

    Attributes:
        kind: What `other` is to `card`.
        card: Id of the card that stands for the contact; of two sides the front.
        other: Id of the card that is folded into it.
        sure: Whether the evidence does without a person's word.
        decision: `merged`; `unmerged`, taken back by a person, so that it is only proposed again; `different`, not to
            be proposed again; None for a proposal.
        by: Who decided.
        at: ISO date-time with offset of the decision.
    """

    kind: KinKind
    card: str
    other: str
    reasons: tuple[KinReason, ...] = ()
    sure: bool = False
    decision: KinshipDecision | None = None
    by: KinshipJudge | None = None
    at: str | None = None
    schema: Literal["cardscan/kinship/1"] = KINSHIP_SCHEMA

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, whichever stands first."""
        return frozenset((self.card, self.other))
