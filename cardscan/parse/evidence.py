"""What the whole card says about each piece: scores for being a name or an organisation, in log-odds.

Lexical scores come from `names`, `titles`, `organizations`; here they meet size, place, neighbours, the mail
addresses and the web domains. Nothing is decided here: `assign` picks what fits together best.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cardscan.parse.address_marks import address_marks
from cardscan.parse.agreement import name_fit
from cardscan.parse.cues import Cues
from cardscan.parse.finding import Span
from cardscan.parse.layout import Piece, beside, distance, gap_below, next_above, next_below, stacked
from cardscan.parse.names import NameReading, read_name
from cardscan.parse.organizations import domain_fit, legal_form, organization_score
from cardscan.parse.role_odds import UNSEEN, RoleOdds
from cardscan.parse.titles import department_score, title_score
from cardscan.parse.vocabulary import is_cjk, letters, role_words, word_list, words

_BRACKETS = frozenset("()\"“”„'")
_LOGO_SIZE = 1.6  # times the usual letter height
_MOST_JOINED = 4  # pieces of one logo
# How much of the models' log-odds is added to the rules'; more of it is worse on cards unlike those trained on.
_NAME_WEIGHT = 0.3
_BODY_WEIGHT = 0.5
_JOIN_WEIGHT = 0.25
_PARTICLE = 3  # letters of the longest word that a name joins its words with: "von", "and", "dla"
_SLOGAN = 1.2
_UNKNOWN = 0.6  # of what speaks for a name that neither a list nor a mail address knows
_MOST_PIECES = 60  # looked at for logos: a card has a dozen, a crowded one three


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A piece (or two, stacked) read as a person's name; `titled` where a title stands by it."""

    pieces: tuple[Piece, ...]
    reading: NameReading
    score: float
    fit: float
    titled: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationCandidate:
    """One or several pieces read as an organisation's name."""

    pieces: tuple[Piece, ...]
    text: str
    score: float
    fit: float


def name_candidates(
    pieces: Sequence[Piece], cues: Cues, mixed: frozenset[int] = frozenset(), odds: RoleOdds = UNSEEN
) -> list[NameCandidate]:
    """All pieces that may be a name, best first; `mixed` are lines that also hold a phone, mail or the like."""
    found: list[NameCandidate] = []
    for piece in pieces:
        reading = read_name(piece.text)
        if reading is not None:
            candidate = _name_candidate((piece,), reading, pieces, cues)
            if piece.span.line in mixed and reading.known:
                candidate = replace(candidate, score=candidate.score + 0.6)
            found.append(candidate)
    for upper, lower in _stacks([p for p in pieces if p.span.line not in mixed], odds):
        reading = read_name(f"{upper.text} {lower.text}")
        if reading is not None and (reading.known or odds.joined(upper, lower) > 0):
            joined = _name_candidate((upper, lower), reading, pieces, cues)
            found.append(replace(joined, score=joined.score - 0.6))
    found = [replace(c, score=c.score + _learned_name(c, odds)) for c in found]
    return sorted(found, key=lambda c: (-c.score, c.pieces[0].span))


def _learned_name(candidate: NameCandidate, odds: RoleOdds) -> float:
    """What the models add: less for words that neither a list of names nor a mail address knows."""
    score = odds.mean(candidate.pieces, "name")
    if score > 0 and not candidate.reading.known and candidate.fit < 0.5:
        score *= _UNKNOWN
    return _NAME_WEIGHT * score + _JOIN_WEIGHT * odds.unity(candidate.pieces)


def _stacks(pieces: Sequence[Piece], odds: RoleOdds) -> list[tuple[Piece, Piece]]:
    """Single words of one size, one over or beside the other: "JANE" / "DOE"; and what the model takes for one."""
    found = []
    for upper in pieces:
        if len(words(upper.text)) > 2 or is_cjk(upper.text):
            continue
        for lower in pieces:
            if lower is upper or len(words(lower.text)) > 2:
                continue
            if odds.joined(upper, lower) > 0:
                found.append((upper, lower))
                continue
            if not 0.75 < upper.size / lower.size < 1.33:
                continue
            near = beside(upper, lower) and upper.right <= lower.left + 1 and distance(upper, lower) < 1.2
            if near or (stacked(upper, lower, 0.9) and upper.size > 1.05):
                found.append((upper, lower))
    return found[: 2 * _MOST_PIECES]


def _name_candidate(
    chosen: tuple[Piece, ...], reading: NameReading, pieces: Sequence[Piece], cues: Cues
) -> NameCandidate:
    piece = chosen[0]
    fit = name_fit(reading.core, cues.locals)
    logo = domain_fit(reading.name.full, cues.labels)
    sure = reading.known or (fit > 0.82 and reading.score > -1.2)
    score = reading.score + (3.0 if fit >= 0.8 else 1.7) * fit * (1.0 if sure else 0.5)
    score += max(-0.6, min(0.9, 0.7 * math.log2(max(piece.size, 0.1))))
    beside_title = _title_near(chosen, pieces)
    score += beside_title - (2.5 if any(p.listed for p in chosen) and fit < 0.5 else 0.0)
    if fit < 0.5:
        score -= 4.0 * max(0.0, 0.9 - min(p.confidence for p in chosen))
    if logo > 0.8 and fit < 0.8 and len(reading.core) < 3:
        score -= 1.6
    if fit >= 0.8 and reading.known < len(reading.core):
        run = letters(reading.name.full)
        if logo > 0.9 or any(box == run for box in cues.boxes):
            score -= 2.5  # "sunlight@sunlight.example": a firm's mailbox rather than a person's
    if len(reading.core) == 1 and not reading.known and (logo > 0.5 or piece.size > 1.6):
        score -= 2.0
    if fit == 0 and any(domain_fit(reading.name.full, (box,)) > 0.9 for box in cues.boxes):
        score += 0.4
    if legal_form(reading.name.full) is not None:
        score -= 4.0
    if piece.text[:1] in _BRACKETS and piece.text[-1:] in _BRACKETS:
        score -= 3.0  # a nickname under or over the name
    if len(reading.core) == 1 and any(_same_line_of_print(piece, other) for other in pieces):
        score -= 1.3
    marks = address_marks(reading.name.full)
    if (marks.cities or marks.countries or marks.regions) and fit < 0.5:
        score -= 1.5
    if len(reading.core) == 1 and not is_cjk(reading.name.full) and not reading.known and fit < 0.7:
        score -= 1.5
    score -= 0.8 * max(0.0, organization_score(reading.name.full))
    return NameCandidate(chosen, reading, score, fit, beside_title > 0)


def _same_line_of_print(piece: Piece, other: Piece) -> bool:
    """Whether another piece goes on in the same row and size: both are parts of something longer."""
    alike = 0.75 < piece.size / max(other.size, 1e-6) < 1.33
    return (
        other is not piece
        and alike
        and other.span.line != piece.span.line
        and beside(piece, other)
        and distance(piece, other) < 0.8
    )


def _title_near(chosen: tuple[Piece, ...], pieces: Sequence[Piece]) -> float:
    first, last = chosen[0], chosen[-1]
    below = next_below(last, pieces, 2.5)
    if below is not None and title_score(below.text) > 0.5:
        return 1.3
    above = next_above(first, pieces, 2.0)
    if above is not None and title_score(above.text) > 0.5:
        return 0.8
    for other in pieces:
        near = other.span.line == last.span.line or (beside(last, other) and distance(last, other) < 3)
        if other not in chosen and near and title_score(other.text) > 0.5:
            return 1.1
    if below is not None and department_score(below.text) > 0.5:
        return 0.6
    return 0.0


def organization_candidates(
    pieces: Sequence[Piece], cues: Cues, odds: RoleOdds = UNSEEN
) -> list[OrganizationCandidate]:
    """All pieces and groups of neighbouring pieces that may name the organisation, best first."""
    pieces = [
        p
        for p in pieces
        if title_score(p.text) < 1.2
        or organization_score(p.text) > 1.0
        or _fit(p.text, cues) > 0.6
        or odds.of(p, "organization") > 0
    ]
    pieces = pieces[:_MOST_PIECES]
    largest = max((p.size for p in pieces), default=1.0)
    top = min((p.top for p in pieces), default=0.0)
    bottom = max((p.bottom for p in pieces), default=1.0)
    found = []
    for group in _chains(pieces):
        text = _joined(group)
        candidate = _organization_candidate(group, text, cues, largest, (top, bottom))
        learned = _BODY_WEIGHT * odds.mean(group, "organization") + _JOIN_WEIGHT * odds.unity(group)
        found.append(replace(candidate, score=candidate.score + learned))
    return sorted(found, key=lambda c: (-c.score, c.pieces[0].span))


def address_logo(pieces: Sequence[Piece], spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Web addresses set as large as a logo ("plumbline.ai"), for cards that name no body otherwise.

    `pieces` are whole lines, `spans` what of them is a web address.
    """
    covered = {span.line: span for span in spans}
    largest = max((piece.size for piece in pieces), default=0.0)
    return tuple(
        piece
        for piece in pieces
        if piece.span.line in covered
        and piece.size > _LOGO_SIZE
        and piece.size >= largest
        and covered[piece.span.line].end - covered[piece.span.line].start >= len(piece.text) - 1
    )


def _organization_candidate(
    group: tuple[Piece, ...], text: str, cues: Cues, largest: float, extent: tuple[float, float]
) -> OrganizationCandidate:
    fit = _fit(text, cues)
    score = organization_score(text)
    score += 4.0 * (fit - 0.35) if fit > 0.5 else 0.0
    if not cues.labels and cues.boxes:
        box = max(domain_fit(text, cues.boxes), domain_fit(text, cues.accounts) if cues.accounts else 0.0)
        score += 3.0 * (box - 0.4) if box > 0.5 else 0.0
    elif fit < 0.5 and any(domain_fit(text, (letters(local),)) > 0.85 for local in cues.locals if len(local) > 5):
        score += 1.5
    elif cues.accounts and fit < 0.5:
        handle = domain_fit(text, cues.accounts)
        score += 2.0 * (handle - 0.4) if handle > 0.6 else 0.0
    if not is_cjk(text) and len(words(text)) == 1 and _is_brand(words(text)[0]):
        score += 0.6
    size = max(p.size for p in group)
    score += max(-0.7, min(1.8, 1.1 * math.log2(max(size, 0.1))))
    score += 0.6 if size >= 0.97 * largest and size > 1.15 else 0.0
    height = max(1.0, extent[1] - extent[0])
    score += 0.3 if (group[0].middle - extent[0]) / height < 0.34 else 0.0
    marks = address_marks(text)
    if marks.score > 0.8 and fit < 0.6:
        score -= 1.2
    score -= _against(text, group, fit)
    if len(group) > 1 and any(_is_someone(piece, cues) for piece in group):
        score -= 2.5
    return OrganizationCandidate(group, text, score, fit)


def _against(text: str, group: tuple[Piece, ...], fit: float) -> float:
    against = sum(0.2 if 0.7 < a.size / max(b.size, 1e-6) < 1.43 else 0.45 for a, b in pairwise(group))
    reading = read_name(text)
    if reading is not None and reading.score > 1.0 and fit < 0.6:
        against += min(2.5, 0.8 * reading.score)
    if department_score(text) > 0.5 and fit < 0.6 and legal_form(text) is None:
        against += 1.5
    tokens = words(text)
    if text[:1] == "(" and text[-1:] == ")":
        against += 1.5
    against += 1.5 * any(piece.listed for piece in group) * (fit < 0.6)
    against += _SLOGAN * (is_sentence(text) and fit < 0.6 and organization_score(text) <= 0)
    if len(tokens) == 1 and (tokens[0] in role_words("label") or len(letters(text)) < 2):
        against += 2.5
    if all(t in word_list("stop_words") or t in role_words("tagline") for t in tokens):
        against += 1.5
    confidence = min(p.confidence for p in group)
    return against + 3.0 * max(0.0, 0.85 - confidence)


def is_sentence(text: str) -> bool:
    """Whether words go on in small letters, as in "Measure twice": a slogan, where nothing says it names a body."""
    first, *rest = re.findall(r"[^\W\d_]+", text) or [""]
    return first[:1].isupper() and any(word.islower() and len(word) > _PARTICLE for word in rest)


def _is_someone(piece: Piece, cues: Cues) -> bool:
    """Whether a piece is plainly a person's name that one of the mail addresses is made from."""
    reading = read_name(piece.text)
    if reading is None or len(reading.core) < 2 or reading.score < 0.8:
        return False
    return name_fit(reading.core, cues.locals) > 0.8


def _is_brand(word: str) -> bool:
    """Whether a single word is in no list: a made-up name of a firm rather than a word of the language."""
    lists = ("given_names", "family_names", "title_words", "stop_words", "unit_words", "label_words")
    roles = ("services", "tagline", "hours", "label", "landmark")
    return (
        len(word) > 2
        and word.isalpha()
        and not any(word in word_list(name) for name in lists)
        and not any(word in role_words(role) for role in roles)
    )


def _fit(text: str, cues: Cues) -> float:
    return domain_fit(text, cues.labels)


def _joined(group: Sequence[Piece]) -> str:
    """The group's text; a line that ends in a hyphen goes on without a blank."""
    text = group[0].text
    for piece in group[1:]:
        if is_cjk(text) and is_cjk(piece.text):
            text += piece.text
        else:
            text = text[:-1] + piece.text if text.endswith("-") and len(text) > 3 else f"{text} {piece.text}"
    return text


def _chains(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Single pieces, and runs of up to four where each stands close beside or under the one before."""
    chains: list[tuple[Piece, ...]] = [(piece,) for piece in pieces]
    grown = chains
    for _ in range(_MOST_JOINED - 1):
        longer = []
        for chain in grown:
            for piece in pieces:
                if piece not in chain and _continues(chain, piece):
                    longer.append((*chain, piece))
        grown = longer[: 4 * _MOST_PIECES]
        chains = chains + grown
    return chains


def _continues(chain: tuple[Piece, ...], piece: Piece) -> bool:
    last = chain[-1]
    if address_marks(piece.text).score > 1.0 or address_marks(last.text).score > 1.0:
        return False
    if title_score(piece.text) > 1.2 or department_score(last.text) > 0.2:
        return False
    ratio = piece.size / max(last.size, 1e-6)
    if last.span.line == piece.span.line:
        return False
    if beside(last, piece):
        return piece.left >= last.right - 0.7 * last.height and distance(last, piece) < 1.3 and 0.4 < ratio < 2.5
    shared = min(last.right, piece.right) - max(last.left, piece.left)
    under = (
        last.middle < piece.middle
        and -0.9 < gap_below(last, piece) < 1.0
        and shared > 0.2 * min(last.right - last.left, piece.right - piece.left)
    )
    return under and 0.2 < ratio < 1.7
