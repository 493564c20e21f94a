"""Lines that hold two things and read as neither: cut where the model is sure what both halves are.

`splitting` cuts where the word lists know a half. What no list knows ("Jochem Hahn, Chemikant", "Aldermoor · 5 High
Street · Leeds") is tried at each separator: the cut is made where both halves have roles of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardscan.parse.layout import Piece, part_of
from cardscan.parse.names import read_name
from cardscan.parse.organizations import legal_form
from cardscan.parse.role_evidence import Surroundings
from cardscan.parse.role_model import roles_alone, with_joins
from cardscan.parse.role_odds import RoleOdds

_SEPARATOR = re.compile(r"\s*[|•·｜]\s*|\s+[/–—-]\s+|,\s+|\s{2,}")
_HOUSE = re.compile(r"\d{1,4}[A-Za-z]?\s*(?:[,·–-]|$)")  # of the street before it
_DIFFERENT = frozenset(
    {("name", "title"), ("name", "organization"), ("title", "organization"), ("organization", "address")}
)
_SURE = 1.2  # log-odds of the less sure half
_PLAIN = 5.0  # log-odds from which on a line is one thing
_LONGEST = 120
_MOST_LINES = 3  # of one card that are tried
_MOST_CUTS = 3  # of one line


def cut_apart(pieces: Sequence[Piece], around: Surroundings) -> tuple[tuple[Piece, ...], RoleOdds]:
    """The pieces, those cut that hold two things, and what the models hold them for.

    Raises:
        ModelError: A model is missing or altered.
    """
    now, odds = tuple(pieces), roles_alone(pieces, around)
    unclear = [(piece, halves) for piece in pieces if _is_unclear(piece, odds) and (halves := _halves(piece))]
    for piece, halves in unclear[:_MOST_LINES]:
        sure, after, judged = max((_tried(now, piece, pair, around) for pair in halves), key=lambda one: one[0])
        if sure > _SURE:
            now, odds = after, judged
    return now, with_joins(odds, around.cues)


def _is_unclear(piece: Piece, odds: RoleOdds) -> bool:
    """Whether the model is not sure what a piece is; of a name it is where a title goes with it."""
    return piece in odds.roles and (max(odds.roles[piece]) < _PLAIN or odds.of(piece, "name") > 0)


def _halves(piece: Piece) -> list[tuple[Piece, Piece]]:
    """The ways to cut a piece in two at a separator."""
    text = piece.text
    name = read_name(text)
    if len(text) > _LONGEST or (name is not None and name.name.suffix):
        return []
    found = []
    form = legal_form(text)
    for match in list(_SEPARATOR.finditer(text))[:_MOST_CUTS]:
        first, second = part_of(piece, 0, match.start()), part_of(piece, match.end(), len(text))
        number = second is not None and _HOUSE.match(second.text) is not None
        if first and second and not number and not (form and form[0] <= match.end() <= form[1]):
            found.append((first, second))
    if form and form[1] < len(text) - 3 and text[: form[1]].strip():
        first, second = part_of(piece, 0, form[1]), part_of(piece, form[1], len(text))
        if first and second:
            found.append((first, second))
    return found


def _tried(
    pieces: tuple[Piece, ...], piece: Piece, halves: tuple[Piece, Piece], around: Surroundings
) -> tuple[float, tuple[Piece, ...], RoleOdds]:
    """How sure the model is of both halves (the less sure one's log-odds), the pieces after the cut, and their odds."""
    place = pieces.index(piece)
    after = (*pieces[:place], *halves, *pieces[place + 1 :])
    odds = roles_alone(after, around)
    sure = max(
        min(odds.of(halves[0], one), odds.of(halves[1], other))
        for pair in _DIFFERENT
        for one, other in (pair, pair[::-1])
    )
    return sure, after, odds
