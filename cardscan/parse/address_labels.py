"""Labels of addresses, and what stands in brackets behind them: what `addresses` leaves out."""

from __future__ import annotations

import re

from cardscan.parse.address_marks import address_marks
from cardscan.parse.layout import Piece, beside, gap_beside, part_of
from cardscan.parse.vocabulary import folded, is_cjk, role_words, word_list, words

_LABEL_REACH = 3.0  # letter heights between a label that stands by itself and its address
_LANDMARK = re.compile(r"\s*\(([^()]{3,80})\)\s*$")
_LABEL = re.compile(r"^\s*([^:：]{1,40}?)\s*[:：]\s*(?=\S)")
_BARE_LABEL = re.compile(r"^\s*([^\W\d_]{1,16})[.|]?\s+(?=[^\W_])")
_LABEL_CJK = re.compile(r"^\s*(住\s*所|地\s*址|本\s*社|支\s*社|本\s*店|公司地址|주\s*소|所在地)\s*[:：]?\s*(?=\S)")


def is_label_of(label: Piece, piece: Piece) -> bool:
    """Whether a label that stands by itself is that of a piece: on its row, close by."""
    return beside(label, piece) and gap_beside(label, piece) < _LABEL_REACH


def without_label(piece: Piece) -> tuple[Piece, bool]:
    """The piece without the label it begins with, and whether that is one of addresses."""
    match = _LABEL_CJK.match(piece.text) or _LABEL.match(piece.text)
    if match is None:
        return _without_bare_label(piece)
    label = words(match[1])
    known = (
        is_cjk(match[1])
        or folded(match[1]) in role_words("place")
        or (label and all(t in word_list("label_words") or t.isdigit() for t in label))
    )
    rest = part_of(piece, match.end(), len(piece.text))
    if rest is None or not known:
        return (rest, False) if rest is not None and not known and address_marks(rest.text).street else (piece, False)
    return rest, True


def _without_bare_label(piece: Piece) -> tuple[Piece, bool]:
    """Leave out a label without a colon ("Morada Rua …"), where what follows looks as much like an address."""
    match = _BARE_LABEL.match(piece.text)
    rest = part_of(piece, match.end(), len(piece.text)) if match else None
    if match is None or rest is None or folded(match[1]) not in role_words("place"):
        return piece, False
    known = address_marks(rest.text)
    if not (known.street or known.town) or known.score < address_marks(piece.text).score - 0.5:
        return piece, False
    return rest, True


def without_landmark(piece: Piece) -> Piece:
    """Leave out a final bracket that tells a landmark ("(near the station)")."""
    match = _LANDMARK.search(piece.text)
    if match and any(t in role_words("landmark") for t in words(match[1])[:2]):
        return part_of(piece, 0, match.start()) or piece
    return piece


def is_landmark(text: str) -> bool:
    """Whether a line only tells what the place is near to."""
    tokens = words(text)
    return bool(tokens) and tokens[0] in role_words("landmark")
