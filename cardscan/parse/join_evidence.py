"""What can be seen of two neighbouring pieces of print, as numbers for the model of joins.

"Jane" over "Doe", "Head of Sales" over "and Marketing", a logo in two lines: pieces that are one value together. One
row a pair, from what each is by itself, what they read like joined, and how they stand to each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cardscan.forest import Array
from cardscan.parse.agreement import name_fit
from cardscan.parse.cues import Cues
from cardscan.parse.layout import Piece, beside, distance, gap_below, stacked
from cardscan.parse.names import read_name
from cardscan.parse.organizations import domain_fit, legal_form, organization_score
from cardscan.parse.role_odds import ROLES, UNSEEN, RoleOdds
from cardscan.parse.titles import CONNECTORS, department_score, title_score
from cardscan.parse.vocabulary import cjk_characters, words

_NONE = -5.0  # score of what isn't there
_APART = 1.6  # letter heights of white between two pieces that may be one value
_JOINED = ("name", "title", "organization")
_UNLIKELY = -3.0  # log-odds of all of these under which a piece is none of them
_MOST = 80  # pairs of one card that are looked at

JOIN_NAMES = (
    *(f"{which} {role}" for which in ("first", "second") for role in ROLES),
    *(f"{which} {what}" for which in ("first", "second") for what in ("words", "chars", "capitals", "confidence")),
    "first connects", "first open", "second connects", "second small", "second title alone", "second form",
    "cjk", "beside", "gap", "left apart", "right apart", "centre apart", "size ratio", "larger size", "same capitals",
    "wider", "nearer elsewhere", "same line",
    *(f"joined {what}" for what in ("name", "title", "body", "domain", "mail", "words")),
    *(f"gain {what}" for what in ("name", "title", "body", "domain", "mail")),
)  # fmt: skip


def pairs_of(pieces: Sequence[Piece], odds: RoleOdds = UNSEEN) -> list[tuple[Piece, Piece]]:
    """Pieces that stand close enough to be one name, title or firm, the one that is read first first.

    Pieces that `odds` are sure are none of these are left out.
    """
    found = []
    likely = [piece for piece in pieces if max(odds.of(piece, role) for role in _JOINED) > _UNLIKELY]
    for first in likely:
        for second in likely:
            if second is first:
                continue
            if first.span.line == second.span.line or beside(first, second):
                near = first.left < second.left and distance(first, second) < _APART
            else:
                near = stacked(first, second, _APART)
            if near:
                found.append((first, second))
    return found[:_MOST]


def join_evidence(pairs: Sequence[tuple[Piece, Piece]], pieces: Sequence[Piece], odds: RoleOdds, cues: Cues) -> Array:
    """The evidence of every pair, one row each, columns as in `JOIN_NAMES`."""
    rows = [_row(first, second, pieces, odds, cues) for first, second in pairs]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(JOIN_NAMES))


def joined_text(first: str, second: str) -> str:
    """Two pieces as one text; CJK has no blanks, and a word broken by a hyphen goes on."""
    if cjk_characters(first[-1:]) and cjk_characters(second[:1]):
        return first + second
    return f"{first} {second}"


def _row(first: Piece, second: Piece, pieces: Sequence[Piece], odds: RoleOdds, cues: Cues) -> list[float]:
    row: list[float] = []
    for piece in (first, second):
        row += [odds.of(piece, role) for role in ROLES]
    for piece in (first, second):
        row += [len(words(piece.text)), len(piece.text), _capitals(piece.text), piece.confidence]
    last, head = (words(first.text) or ("",))[-1], (words(second.text) or ("",))[0]
    side = first.span.line == second.span.line or beside(first, second)
    height = max(1.0, min(first.height, second.height))
    gap = max(0.0, second.left - first.right) / height if side else gap_below(first, second)
    others = [o for o in pieces if o is not first and o is not second and o.span.line != second.span.line]
    elsewhere = [gap_below(second, o) for o in others if stacked(second, o, 3.0)]
    row += [
        last in CONNECTORS, first.open_end, head in CONNECTORS, second.text[:1].islower(),
        title_score(second.text), legal_form(second.text) is not None,
        bool(cjk_characters(first.text)), side, gap,
        abs(first.left - second.left) / height, abs(first.right - second.right) / height,
        abs(first.centre - second.centre) / height,
        math.log2(max(second.size, 0.05) / max(first.size, 0.05)), math.log2(max(first.size, second.size, 0.05)),
        _capitals(first.text) == _capitals(second.text),
        math.log2(max(1.0, second.right - second.left) / max(1.0, first.right - first.left)),
        gap - min(elsewhere, default=3.0), first.span.line == second.span.line,
    ]  # fmt: skip
    both = joined_text(first.text, second.text)
    whole, parts = _reads(both, cues), (_reads(first.text, cues), _reads(second.text, cues))
    row += [*whole, len(words(both))]
    row += [whole[place] - max(part[place] for part in parts) for place in range(len(whole))]
    return [float(value) for value in row]


def _reads(text: str, cues: Cues) -> tuple[float, ...]:
    """How much a text reads like a name, title and body, and how it agrees with hosts and mails."""
    name = read_name(text)
    title = max(title_score(text), department_score(text))
    return (
        name.score if name else _NONE,
        title,
        organization_score(text),
        domain_fit(text, cues.labels),
        name_fit(name.core, cues.locals) if name else 0.0,
    )


def _capitals(text: str) -> bool:
    return text.upper() == text and text.lower() != text
