"""Postal addresses: pieces of lines put together, one address an office, and read into parts.

A piece speaks for itself (`address_marks`); pieces under or beside each other, in line and close, make a block; a
block is cut where a second street begins after a town, or where a new label or phone number says so. `full` is what is
printed, line after line, joined by ", ".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardscan.parse.address_labels import is_label_of, without_label, without_landmark
from cardscan.parse.address_marks import Marks, Postcode, address_marks
from cardscan.parse.address_parts import address_parts
from cardscan.parse.finding import Span
from cardscan.parse.folding import zeros_and_os
from cardscan.parse.layout import Piece, beside, gap_beside, reading_order, stacked
from cardscan.parse.names import read_name
from cardscan.parse.organizations import legal_form, organization_score
from cardscan.parse.role_odds import UNSEEN, RoleOdds
from cardscan.parse.titles import department_score, title_score
from cardscan.parse.vocabulary import camel_words, folded, is_cjk, role_words
from cardscan.record import Address

_STRONG = 1.3  # one piece this sure makes an address
_TOGETHER = 1.8  # or several, which add up to this
_WEAK = -0.3  # what may join a strong neighbour
_REACH = 1.5  # letter heights of white between lines of one address
_LONG_NUMBER = re.compile(r"(?:\d[ .()-]{0,2}){7}|\+\s?\d")  # long enough for a phone
_HOUSE = re.compile(r"(?<![\d+])\d{1,5}(?:/\d{1,5})?[A-Za-z]?[\s,.·|–-]{1,4}$")
_JAPANESE_CODE = re.compile(r"[〒T干平]?\s?\d{3}-\d{4}")  # its sign is often taken for a picture or another letter
_SIGN_OF_CODE = re.compile(r"^[〒T干平]\s?(?=\d{3}-\d{4}\s*(?:[\u3400-\u9fff]|$))")
_STATE_AND_CODE = re.compile(r"(?<=[,\s][A-Z]{2})(?=\d{5}(?:-\d{4})?(?!\w))")
_CODE_AND_NAME = re.compile(
    r"(?:(?<=^\d{4})|(?<=\b\d{5})|(?<=\b\d{4}-\d{3})|(?<=\b\d\d-\d{3}))(?=[^\W\d_a-z][^\W\d_A-Z]{2})"
)
# Where the halves of a British or Canadian code meet, and figures and letters of a Dutch one.
_HALVES = re.compile(
    r"(?<=\b[A-Z]\d)(?=\d[A-Z]{2}\b)|(?<=\b[A-Z]{2}\d)(?=\d[A-Z]{2}\b)|(?<=\b[A-Z]\d[A-Z0-9])(?=\d[A-Z]{2}\b)"
    r"|(?<=\b[A-Z]{2}\d[A-Z0-9])(?=\d[A-Z]{2}\b)|(?<=\b[A-Z]\d[A-Z])(?=\d[A-Z]\d\b)|(?<=\b[1-9]\d{3})(?=[A-Z]{2}\b)"
)
_NAME_AND_CODE = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=\d{5}\b|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)")
_JALAN = re.compile(r"^J[I1]\.?(?=\s?[A-Z][a-z])")
_ADDRESS_WEIGHT = 0.8  # of the model's log-odds, beside other pieces
_OWN_WEIGHT = 0.15  # where words alone must make an address: the model takes services for places, too
_MOST = 8  # lines of one address


@dataclass(frozen=True, slots=True)
class Block:
    """One address: its value, the pieces it is made of, and the countries it may lie in, likeliest first."""

    address: Address
    pieces: tuple[Piece, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece that may be of an address; `own` is what its words alone say, with little of the model's odds."""

    piece: Piece
    marks: Marks
    labelled: bool
    ends_open: bool
    own: float


def find_addresses(
    pieces: Sequence[Piece],
    hints: Sequence[str] = (),
    phone_lines: frozenset[int] = frozenset(),
    odds: RoleOdds = UNSEEN,
) -> list[Block]:
    """All postal addresses among the pieces of a card, in reading order.

    Args:
        pieces: What exact finders left of the lines.
        hints: ISO countries the rest of the card speaks of, likeliest first (phone prefixes, country domains).
        phone_lines: Lines that also hold a phone number: each such line of a list of shops is a shop of its own.
        odds: What the model holds the pieces for.
    """
    labels = [piece for piece in pieces if folded(piece.text.strip(" .:")) in role_words("place")]
    candidates = [_candidate(piece, phone_lines, odds.of(piece, "address"), labels) for piece in pieces]
    candidates = [c for c in candidates if c.marks.score > -4]
    blocks: list[Block] = []
    for group in _groups(candidates):
        for office in _offices(group, phone_lines):
            if _is_sure(office) and _is_whole(office):
                blocks.append(_block(office, hints))
    return blocks


def country_hints(texts: Sequence[str]) -> tuple[str, ...]:
    """Countries that the printed addresses speak of, likeliest first; `texts` are whole lines."""
    weights: dict[str, float] = {}
    for text in texts:
        for country, weight in _country_weights(address_marks(text)).items():
            weights[country] = weights.get(country, 0.0) + weight
    return tuple(sorted((c for c in weights if weights[c] >= 0.9), key=lambda c: (-weights[c], c)))


def address_numbers(texts: Sequence[str]) -> tuple[Span, ...]:
    """Streets with their numbers, and postal codes with the house number before them, which are no phones.

    `texts` are whole lines, taken characters blanked; a span's line is its index there.
    """
    found = []
    is_japanese = any(is_cjk(text) and address_marks(text).score > _STRONG for text in texts)
    for line, text in enumerate(texts):
        if is_japanese and _JAPANESE_CODE.fullmatch(text.strip()):
            found.append(Span(line, 0, len(text)))
            continue
        marks = address_marks(text)
        if marks.street and marks.score > 1.5 and not _LONG_NUMBER.search(text):
            found.append(Span(line, 0, len(text)))
            continue
        if marks.code is None or marks.score < 0.5 or not (marks.cities or marks.code.alone or marks.regions):
            continue
        start = marks.code.start
        house = _HOUSE.search(text[:start])
        found.append(Span(line, house.start() if house and marks.street else start, marks.code.end))
    return tuple(found)


def _country_weights(marks: Marks) -> dict[str, float]:
    weights: dict[str, float] = {}
    for _, _, isos in marks.countries:
        for iso in isos:
            weights[iso] = weights.get(iso, 0.0) + 3.0 / len(isos)
    for _, _, isos in (*marks.cities, *marks.regions):
        for iso in isos:
            weights[iso] = weights.get(iso, 0.0) + 1.4 / len(isos)
    if marks.code is not None and marks.score > 0.5:
        for rank, iso in enumerate(marks.code.countries[:6]):
            weights[iso] = weights.get(iso, 0.0) + (1.6 if marks.code.alone else 0.7) / (1 + rank)
    return weights


def _candidate(piece: Piece, phone_lines: frozenset[int], odds: float, labels: Sequence[Piece]) -> _Candidate:
    bare, labelled = without_label(piece)
    bare = without_landmark(bare)
    label = next((p for p in labels if p is not piece and p.right <= piece.left and is_label_of(p, piece)), None)
    # It stands where its label begins.
    left, labelled = (label.left, True) if label else (piece.left, labelled)
    bare = replace(bare, text=_parted(bare.text), left=left, right=piece.right)
    marks = address_marks(bare.text)
    if labelled and marks.score > -2.5:
        marks = replace(marks, score=marks.score + 2.0)
    if title_score(bare.text) > 1.0 and not marks.street and marks.code is None:
        marks = replace(marks, score=min(marks.score, -2.0))
    own = marks.score + _OWN_WEIGHT * odds
    if marks.score > -4:
        marks = replace(marks, score=marks.score + _ADDRESS_WEIGHT * odds)
    return _Candidate(bare, marks, labelled, piece.span.line in phone_lines, own)


def _groups(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Blocks of address-like pieces that stand together, each in reading order."""
    candidates = [_as_street(c, candidates) for c in candidates]
    likely = [c for c in candidates if c.marks.score >= _WEAK]
    between = [c for c in candidates if c.marks.score < _WEAK and _may_fill(c, likely)]
    members = likely + between
    parent = list(range(len(members)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for i, first in enumerate(members):
        for j in range(i):
            if _together(first.piece, members[j].piece):
                parent[root(i)] = root(j)
    groups: dict[int, list[_Candidate]] = {}
    for index, member in enumerate(members):
        groups.setdefault(root(index), []).append(member)
    ordered = []
    for group in groups.values():
        places = {id(c.piece): c for c in group}
        ordered.append([places[id(p)] for p in reading_order([c.piece for c in group])])
    return sorted(
        (_trimmed(group) for group in ordered), key=lambda g: (g[0].piece.top, g[0].piece.left) if g else (0, 0)
    )


def _together(first: Piece, second: Piece) -> bool:
    if first.span.line == second.span.line:
        return abs(first.span.start - second.span.end) < 12 or abs(second.span.start - first.span.end) < 12
    if max(first.size, second.size) > 1.7 * min(first.size, second.size):
        return False
    if beside(first, second):
        return gap_beside(first, second) < 2.0
    return stacked(first, second, _REACH) or stacked(second, first, _REACH)


def _may_fill(candidate: _Candidate, likely: Sequence[_Candidate]) -> bool:
    """Whether a line that says little stands right between two lines of an address, or names its building above."""
    piece = candidate.piece
    if _is_else(piece.text):
        return False
    above = any(stacked(o.piece, piece, 0.9) and _alike(o.piece, piece) for o in likely)
    below = any(stacked(piece, o.piece, 0.9) and _alike(o.piece, piece) for o in likely)
    return above and below


def _alike(first: Piece, second: Piece) -> bool:
    near = abs(first.left - second.left) < 1.5 * first.height or abs(first.centre - second.centre) < 1.5 * first.height
    return near and 0.75 < first.size / max(second.size, 1e-6) < 1.33


def _is_else(text: str) -> bool:
    """Whether a text is rather a name, title, body or slogan than a place."""
    tokens = camel_words(text)
    name = read_name(text)
    return (
        title_score(text) > 0
        or department_score(text) > 0.5
        or organization_score(text) > 0.9
        or legal_form(text) is not None
        or (name is not None and name.score > 2.0 and name.known > 1)
        or len(tokens) > 7
        or sum(t in role_words("services") or t in role_words("hours") or t in role_words("tagline") for t in tokens)
        > 1
    )


def _as_street(candidate: _Candidate, others: Sequence[_Candidate]) -> _Candidate:
    """A line with a number right over a town and code is its street, whatever its words are."""
    text = candidate.piece.text
    if _JAPANESE_CODE.fullmatch(text) and candidate.marks.code is None:
        under = [o for o in others if is_cjk(o.piece.text) and stacked(candidate.piece, o.piece, 1.0)]
        if any(o.marks.score > _STRONG for o in under):
            code = Postcode(text, 0, len(text), ("JP",), False)
            return replace(candidate, marks=replace(candidate.marks, score=_STRONG, code=code))
    if candidate.marks.score >= _WEAK or not any(c.isdigit() for c in text) or len(text) < 5 or _is_else(text):
        return candidate
    for other in others:
        marks = other.marks
        alone = marks.code is not None and not marks.street and other.piece.text[:1].isalpha()
        if alone and stacked(candidate.piece, other.piece, 0.9) and _alike(candidate.piece, other.piece):
            return replace(candidate, marks=replace(candidate.marks, score=0.0))
    return candidate


def _trimmed(group: list[_Candidate]) -> list[_Candidate]:
    """Cut fillers from both ends of a block."""
    while group and group[0].marks.score < _WEAK:
        group = group[1:]
    while group and group[-1].marks.score < _WEAK:
        group = group[:-1]
    return group


def _offices(group: Sequence[_Candidate], phone_lines: frozenset[int]) -> list[list[_Candidate]]:
    """Cut a block into addresses: a label, a street after a town, or a shop list with a phone on each line."""
    offices: list[list[_Candidate]] = []
    for candidate in group:
        if offices and not _begins(offices[-1], candidate):
            offices[-1].append(candidate)
        else:
            offices.append([candidate])
    return offices


def _begins(office: Sequence[_Candidate], candidate: _Candidate) -> bool:
    street = any(c.marks.street for c in office)
    town = any(c.marks.town or c.marks.countries for c in office)
    coded = any(c.marks.code for c in office)
    country = bool(office[-1].marks.countries)
    last = office[-1]
    same_line = last.piece.span.line == candidate.piece.span.line
    lettered = (c.piece.text for c in office if any(ch.isalpha() for ch in c.piece.text))
    texts = [text for text in lettered if not _JAPANESE_CODE.fullmatch(text.strip())]
    if len(office) >= _MOST or (texts and is_cjk(texts[0]) != is_cjk(candidate.piece.text)):
        return True
    if coded and candidate.marks.code is not None and candidate.marks.code.start <= 1 and is_cjk(candidate.piece.text):
        return True
    if candidate.labelled and not same_line:
        return True
    if candidate.marks.street and street and last.ends_open and not same_line and not coded:
        return candidate.ends_open or town
    if candidate.marks.street and street and town and not same_line:
        return coded or country or bool(last.marks.cities)
    if coded and candidate.marks.code is not None and candidate.marks.score >= _STRONG and not same_line:
        return street or country or (town and bool(candidate.marks.cities))
    numbered = street or any(_has_number(c) for c in office)
    if (coded or country) and numbered and _has_number(candidate) and not candidate.marks.town and not same_line:
        return True
    return country and (candidate.marks.street or candidate.marks.unit) and not same_line and (coded or numbered)


def _has_number(candidate: _Candidate) -> bool:
    """Whether a line has a number that is no postal code: of a house, most likely."""
    text, code = candidate.piece.text, candidate.marks.code
    return any(c.isdigit() for c in (text if code is None else text[: code.start] + text[code.end :]))


def _is_sure(office: Sequence[_Candidate]) -> bool:
    """Whether one piece alone, or all together, speak plainly enough."""
    scores = [c.own for c in office]
    return max(scores) >= _STRONG or sum(max(0.0, s) for s in scores) >= _TOGETHER


def _is_whole(office: Sequence[_Candidate]) -> bool:
    """Whether it tells a place one could send to: a street, box or code, or at least a town with more beside it."""
    marks = [c.marks for c in office]
    if any(m.street or m.code is not None for m in marks):
        return True
    town = any(m.cities or m.regions for m in marks)
    country = any(m.countries for m in marks)
    more = sum(m.score > 0.5 for m in marks) > 1 or any(m.unit for m in marks)
    labelled = any(c.labelled for c in office)
    if town and len(office) > 1 and any(_has_number(c) for c in office):
        return True
    return (
        (town and (more or labelled or country))
        or (any(m.unit for m in marks) and more)
        or max(m.score for m in marks) > 2.0
    )


def _parted(text: str) -> str:
    """Blanks that engines lose at codes put back ("FL33680", "8010-320Faro", "EC6E7VH"), and "o10 11", "JI." mended."""
    text = _STATE_AND_CODE.sub(" ", _HALVES.sub(" ", _NAME_AND_CODE.sub(" ", zeros_and_os(text))))
    return _JALAN.sub("Jl.", _CODE_AND_NAME.sub(" ", text))


def _signed(text: str) -> str:
    """ "T100-0000東京都" -> "〒100-0000東京都": engines misread the sign of a Japanese code."""
    return _SIGN_OF_CODE.sub("〒", text)


def _block(office: Sequence[_Candidate], hints: Sequence[str]) -> Block:
    texts = [_signed(re.sub(r"\s+", " ", c.piece.text).strip(" ,;|")) for c in office]
    if len(texts) > 1 and _JAPANESE_CODE.fullmatch(texts[0]):
        texts[:2] = [f"{texts[0]} {texts[1]}"]  # printed above the address, as one line
    full = ", ".join(texts)
    if all(is_cjk(t) or not re.search(r"[a-z]", t) for t in texts) and is_cjk(full):
        full = " ".join(texts)
    weights: dict[str, float] = {}
    for candidate in office:
        for iso, weight in _country_weights(candidate.marks).items():
            weights[iso] = weights.get(iso, 0.0) + weight
    for rank, iso in enumerate(hints):
        weights[iso] = weights.get(iso, 0.0) + 1.2 / (1 + rank)
    ranked = tuple(sorted(weights, key=lambda c: (-weights[c], c)))
    country = ranked[0] if ranked and weights[ranked[0]] >= 1.0 else None
    evidence = sum(max(0.0, c.marks.score) for c in office)
    doubt = sum(c.marks.score < 0 for c in office)
    read = min(c.piece.confidence for c in office)
    confidence = read / (1 + math.exp(-(evidence - 1.0 - 0.5 * doubt) / 1.6))
    parts = address_parts(texts, [address_marks(t) for t in texts], country)
    address = Address(
        full=full,
        street=parts.street,
        locality=parts.locality,
        region=parts.region,
        postal_code=parts.postal_code,
        country_code=country,
        confidence=round(confidence, 4),
        lines=tuple(dict.fromkeys(c.piece.span.line for c in office)),
        rule="address-block",
    )
    return Block(address, tuple(c.piece for c in office), ranked)
