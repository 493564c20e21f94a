"""What can be seen of each piece of print, as numbers for the model of roles.

One row a piece: the shape of its text, what the word lists say of it, whether it agrees with the mail and web
addresses, how it compares with the other pieces, where it stands, and what stands over, under and beside it. Nothing
is judged here; `role_model` does that, and `models/line_roles` trains it on exactly these rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cardscan.forest import Array
from cardscan.parse.address_marks import address_marks
from cardscan.parse.agreement import name_fit
from cardscan.parse.cues import Cues
from cardscan.parse.layout import Piece, aligned, beside, distance, gap_below
from cardscan.parse.likeness import name_likeness
from cardscan.parse.names import read_name
from cardscan.parse.organizations import domain_fit, legal_form, organization_score
from cardscan.parse.titles import department_score, title_score
from cardscan.parse.vocabulary import (
    camel_words,
    cjk_characters,
    has_kana,
    letters,
    role_words,
    supporting,
    word_list,
)

_NONE = -5.0  # score of what isn't there
_FAR = 12.0  # letter heights: further away is all the same
_REACH = 4.0  # letter heights within which a piece over or under another is its neighbour
_ROLES = ("services", "tagline", "hours", "label", "registration", "landmark")
_LISTS = ("organization_words", "title_words", "department_words", "street_words", "unit_words", "stop_words")
_KNOWN = ("given_names", "family_names")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is on the card.

    Attributes:
        cues: What mails, hosts and profiles tell.
        reach: Whole lines that hold phones, mails or web addresses, as pieces.
        mixed: The numbers of those lines.
    """

    cues: Cues
    reach: tuple[Piece, ...] = ()
    mixed: frozenset[int] = frozenset()


@lru_cache(maxsize=4096)
def _shape(text: str) -> Mapping[str, float]:
    """Characters and words: lengths, capitals, digits, marks."""
    tokens = text.split()
    alphas = [c for c in text if c.isalpha()]
    count = max(1, len(text))
    wide = cjk_characters(text)
    capital = [t for t in tokens if t[:1].isupper()]
    return {
        "chars": min(len(text), 90),
        "words": min(len(tokens), 14),
        "digits": sum(c.isdigit() for c in text) / count,
        "upper": sum(c.isupper() for c in alphas) / max(1, len(alphas)),
        "capitals": bool(alphas) and not any(c.islower() for c in alphas),
        "capitalized": len(capital) / max(1, len(tokens)),
        "small start": text[:1].islower(),
        "accents": any(not c.isascii() and c.isalpha() for c in text) and not wide,
        "cjk": len(wide) / max(1, len(alphas)),
        "kana": any(has_kana(c) for c in wide),
        "commas": min(3, text.count(",")),
        "and": "&" in text or "+" in text,
        "bars": min(3, sum(text.count(c) for c in "|•·／/")),
        "hyphens": min(3, text.count("-") + text.count("–")),
        "colon": ":" in text,
        "brackets": "(" in text or '"' in text or "“" in text,
        "sentence": text[-1:] in ".!?…",
        "initials": sum(len(t.strip(".")) == 1 and t[0].isalpha() for t in tokens),
        "longest": max(map(len, tokens), default=0),
        "mean": len(letters(text)) / max(1, len(tokens)),
    }


@lru_cache(maxsize=4096)
def _words(text: str) -> Mapping[str, float]:
    """What the rules and word lists say of the text alone."""
    name = read_name(text)
    marks = address_marks(text)
    form = legal_form(text)
    tokens = camel_words(text)
    count = max(1, len(tokens))
    shares = {name: sum(t in word_list(name) for t in tokens) / count for name in (*_LISTS, *_KNOWN)}
    shares |= {f"{role} words": sum(t in role_words(role) for t in tokens) / count for role in _ROLES}
    shares["supporting"] = sum(t in supporting("title_words") for t in tokens) / count
    strange = [t for t in tokens if not any(t in word_list(one) for one in (*_LISTS, *_KNOWN))]
    return {
        "name": name.score if name else _NONE,
        "name known": name.known if name else 0,
        "name words": len(name.core) if name else 0,
        "honours": bool(name and (name.name.prefix or name.name.suffix)),
        "body": organization_score(text),
        "form": form is not None,
        "form last": form is not None and form[1] >= len(text) - 1,
        "title": title_score(text),
        "department": department_score(text),
        "address": marks.score,
        "street": marks.street,
        "code": marks.code is not None,
        "town": len(marks.cities),
        "region": len(marks.regions),
        "country": len(marks.countries),
        "unit": marks.unit,
        "strange": len(strange) / count,
        "likeness": sum(map(name_likeness, strange)) / max(1, len(strange)),
        **shares,
    }


def _agreement(text: str, cues: Cues) -> dict[str, float]:
    """How well the text goes with mail and web addresses and profiles."""
    name = read_name(text)
    body = domain_fit(text, cues.labels)
    box = domain_fit(text, cues.boxes)
    return {
        "mail fit": name_fit(name.core, cues.locals) if name else 0.0,
        "domain fit": body,
        "box fit": box,
        "account fit": domain_fit(text, cues.accounts),
        "mailbox": domain_fit(text, tuple(letters(local) for local in cues.locals if len(local) > 5)),
    }


_RIVALS = ("person", "body", "title", "address")
_BESIDE = ("over", "under", "beside")


def _scores(words: Mapping[str, float], agreement: Mapping[str, float]) -> dict[str, float]:
    """How much a piece is like each role, for comparing pieces with each other."""
    return {
        "person": words["name"] + 3.0 * agreement["mail fit"],
        "body": words["body"] + 4.0 * max(agreement["domain fit"], agreement["box fit"]),
        "title": words["title"],
        "address": words["address"],
    }


def role_evidence(pieces: Sequence[Piece], around: Surroundings) -> Array:
    """The evidence of every piece, one row each, columns as in `NAMES`."""
    texts = [{**_shape(p.text), **_words(p.text)} for p in pieces]
    agreements = [_agreement(p.text, around.cues) for p in pieces]
    scores = [_scores(t, a) for t, a in zip(texts, agreements, strict=True)]
    common = _card(pieces, around, texts, agreements)
    rows = []
    for index, piece in enumerate(pieces):
        row = {
            **texts[index], **agreements[index], **common,
            **_compared(index, scores), **_place(piece, pieces, around),
            **_neighbours(index, pieces, around, scores),
        }  # fmt: skip
        rows.append([float(value) for value in row.values()])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _card(
    pieces: Sequence[Piece],
    around: Surroundings,
    texts: Sequence[Mapping[str, float]],
    agreements: Sequence[Mapping[str, float]],
) -> dict[str, float]:
    """What is the same for all pieces of a card."""
    return {
        "pieces": min(30, len(pieces)),
        "reaches": min(10, len(around.reach)),
        "mails": min(4, len(around.cues.locals)),
        "hosts": min(4, len(around.cues.labels)),
        "forms": min(3, sum(bool(t["form"]) for t in texts)),
        "best domain fit": max((a["domain fit"] for a in agreements), default=0.0),
        "best mail fit": max((a["mail fit"] for a in agreements), default=0.0),
        "card cjk": sum(t["cjk"] for t in texts) / max(1, len(texts)),
    }


def _compared(index: int, scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The piece's lead over the best other piece in each role, and how many are better."""
    found = {}
    for role in _RIVALS:
        own = scores[index][role]
        others = [score[role] for place, score in enumerate(scores) if place != index]
        found[f"{role} lead"] = own - max(others, default=_NONE)
        found[f"{role} rank"] = min(6, sum(other > own for other in others))
    return found


def _place(piece: Piece, pieces: Sequence[Piece], around: Surroundings) -> dict[str, float]:
    """Size and place on the card."""
    everything = [*pieces, *around.reach]
    top, bottom = min(p.top for p in everything), max(p.bottom for p in everything)
    left, right = min(p.left for p in everything), max(p.right for p in everything)
    tall, wide = max(1.0, bottom - top), max(1.0, right - left)
    sizes = [p.size for p in pieces]
    on_line = [p for p in pieces if p.span.line == piece.span.line]
    away = [distance(piece, p) for p in around.reach if p.span.line != piece.span.line]
    return {
        "size": math.log2(max(piece.size, 0.05)),
        "share of largest": piece.size / max(max(sizes), 1e-6),
        "larger": min(8, sum(size > 1.08 * piece.size for size in sizes)),
        "like size": min(8, sum(0.92 < size / max(piece.size, 1e-6) < 1.08 for size in sizes) - 1),
        "height": (piece.middle - top) / tall,
        "left": (piece.left - left) / wide,
        "right": (right - piece.right) / wide,
        "centre": abs(piece.centre - (left + right) / 2) / wide,
        "width": (piece.right - piece.left) / wide,
        "over all": sum(p.bottom < piece.middle for p in everything) / max(1, len(everything)),
        "confidence": piece.confidence,
        "mixed": piece.span.line in around.mixed,
        "on line": len(on_line),
        "first on line": min(p.span.start for p in on_line) == piece.span.start,
        "listed": piece.listed,
        "open end": piece.open_end,
        "reach": min([_FAR, *away]),
    }


def _neighbours(
    index: int, pieces: Sequence[Piece], around: Surroundings, scores: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """What stands right over, under and beside a piece."""
    piece = pieces[index]
    places: list[tuple[Piece, int]] = [(p, i) for i, p in enumerate(pieces) if i != index]
    places += [(p, -1) for p in around.reach if p.span.line != piece.span.line]
    over, under, side = _nearest(piece, places)
    found: dict[str, float] = {}
    for where, near in zip(_BESIDE, (over, under, side), strict=True):
        other, place, away = near if near is not None else (None, -1, _FAR)
        found[f"{where} gap"] = min(_FAR, away)
        found[f"{where} size"] = math.log2(max(other.size, 0.05) / max(piece.size, 0.05)) if other else 0.0
        found[f"{where} reach"] = other is not None and place < 0
        found[f"{where} left"] = min(_FAR, abs(other.left - piece.left) / max(1.0, piece.height)) if other else _FAR
        for role in _RIVALS:
            found[f"{where} {role}"] = scores[place][role] if place >= 0 else _NONE
    return found


_Near = tuple[Piece, int, float]


def _nearest(piece: Piece, places: Sequence[tuple[Piece, int]]) -> tuple[_Near | None, _Near | None, _Near | None]:
    """The nearest pieces over, under and beside, each with its index (-1: a reach line) and the white between."""
    over: _Near | None = None
    under: _Near | None = None
    side: _Near | None = None
    for other, place in places:
        if other.span.line == piece.span.line or beside(piece, other):
            away = 0.0 if other.span.line == piece.span.line else distance(piece, other)
            if side is None or away < side[2]:
                side = (other, place, away)
        elif other.middle < piece.middle:
            away = gap_below(other, piece)
            if away < _REACH and aligned(other, piece) and (over is None or away < over[2]):
                over = (other, place, away)
        else:
            away = gap_below(piece, other)
            if away < _REACH and aligned(piece, other) and (under is None or away < under[2]):
                under = (other, place, away)
    return over, under, side


def _names() -> tuple[str, ...]:
    """The columns, in the order in which `role_evidence` fills them."""
    columns = [*_shape(""), *_words(""), *_agreement("", Cues())]
    columns += ["pieces", "reaches", "mails", "hosts", "forms", "best domain fit", "best mail fit", "card cjk"]
    columns += [f"{role} {what}" for role in _RIVALS for what in ("lead", "rank")]
    columns += [
        "size", "share of largest", "larger", "like size", "height", "left", "right", "centre", "width", "over all",
        "confidence", "mixed", "on line", "first on line", "listed", "open end", "reach",
    ]  # fmt: skip
    columns += [f"{where} {what}" for where in _BESIDE for what in ("gap", "size", "reach", "left", *_RIVALS)]
    return tuple(columns)


NAMES = _names()
