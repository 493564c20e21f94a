"""Two names as printed on two cards: one person's, perhaps one person's, or two persons'.

Printed forms differ without another person behind them: order, case, accents, honorifics, a second given name, a short
form, another script, a letter that the engine misread. A letter may also be all that parts brother from sister.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import Levenshtein

from cardscan.parse.vocabulary import is_cjk, letters, word_list, words
from cardscan.record import Name

Level = Literal["same", "slip", "partial", "unknown", "conflict"]
"""same: the full name; slip: but for a letter or two that were read wrongly; partial: nothing speaks against it, as
with initials, a short form or a lone surname; unknown: one is missing or in another script; conflict: two persons."""

_ORDER: tuple[Level, ...] = ("same", "slip", "partial", "unknown", "conflict")
_MOST_WORDS = 8
_LONGEST = 200
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
_CANONICAL = {"junior": "jr", "senior": "sr"}


@dataclass(frozen=True, slots=True)
class NameForm:
    """One printed form of a name.

    Attributes:
        words: Folded, without honorifics, the surname last where it is known.
        generation: What parts senior from junior, or empty.
    """

    words: tuple[str, ...]
    generation: str = ""
    script: Literal["latin", "cjk", "other"] = "latin"


def forms_of(name: Name | None) -> tuple[NameForm, ...]:
    """Every printed form of a name that has a letter in it; those in another script are forms of their own."""
    if name is None:
        return ()
    dropped = frozenset(words(" ".join(filter(None, (name.prefix, name.suffix)))[:_LONGEST]))
    family = words((name.family or "")[:_LONGEST])
    found = (_form(text, dropped, family) for text in (name.full, *name.also[:5]))
    return tuple(dict.fromkeys(form for form in found if form.words))


@lru_cache(maxsize=16384)
def _form(text: str, dropped: frozenset[str], family: tuple[str, ...]) -> NameForm:
    text = text[:_LONGEST]
    if is_cjk(text):
        return NameForm((letters(text),), script="cjk")
    found = [word.replace("'", "") for word in words(text)][:_MOST_WORDS]
    generation = next((_CANONICAL.get(word, word) for word in found[1:] if word in _GENERATIONS), "")
    left_out = _GENERATIONS | dropped
    bare = [word for word in found if word in family or word not in left_out]
    kept = [word for place, word in enumerate(bare) if word in family or not _is_title(word, place)]
    kept = kept if len(kept) > 1 else bare or found  # Ma is a surname as well as a degree and a title
    surname = [word for word in kept if word in family]
    kept = [*(word for word in kept if word not in surname), *surname]
    script: Literal["latin", "other"] = "latin" if all(c < "\u0250" for c in "".join(kept)) else "other"
    return NameForm(tuple(kept), generation, script)


def _is_title(word: str, place: int) -> bool:
    """Whether a word is an honorific or, behind a name, a degree."""
    return len(word) > 1 and (word in word_list("honorifics") or (place > 1 and word in word_list("postnominals")))


def compare_names(first: Sequence[NameForm], second: Sequence[NameForm]) -> Level:
    """The best that any two forms of the same script say; `unknown` where no two are of the same script."""
    levels = [_compare(a, b) for a in first for b in second if a.script == b.script]
    return min(levels, key=_ORDER.index) if levels else "unknown"


@lru_cache(maxsize=65536)
def _compare(a: NameForm, b: NameForm) -> Level:
    if a.generation and b.generation and a.generation != b.generation:
        return "conflict"
    level = _compare_words(a.words, b.words)
    if a.generation != b.generation and level in ("same", "slip"):
        return "partial"  # one card may leave the Jr. out, or it may be the father's
    return level


def _compare_words(a: tuple[str, ...], b: tuple[str, ...]) -> Level:
    if _joined_alike(a, b):
        return "same" if _is_full(a) or _is_full(b) else "partial"
    rest_a, rest_b = _without(a, b), _without(b, a)
    shared = [word for word in a if word in b and len(word) > 1]
    if not rest_a or not rest_b:
        # All of one is in the other: a second given name or surname more, or a lone surname.
        more = rest_a or rest_b
        return "same" if len(shared) >= 2 and len(more) <= 2 else "partial" if shared else "conflict"
    paired = _paired(rest_a, rest_b)
    if paired is None:
        return "conflict"
    kinds = {_word_level(x, y) for x, y in paired}
    if "conflict" in kinds or (not shared and kinds != {"slip"}):
        return "conflict"
    if kinds == {"partial"} and len(shared) >= 2:
        return "same"  # Jane Q. Doe and Jane Quinn Doe
    return "partial" if "partial" in kinds else "slip"


def _joined_alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two runs of words are the same but for order and spaces: "Jean Pierre Roy", "ROY Jean-Pierre"."""
    one, two = "".join(a), "".join(b)
    return sorted(a) == sorted(b) or one == two or _turned(a) == two or _turned(b) == one


def _turned(name: Sequence[str]) -> str:
    """The first word behind the others: "ROY Jean Pierre" as "Jean Pierre Roy"."""
    return "".join((*name[1:], *name[:1]))


def _is_full(name: Sequence[str]) -> bool:
    """Whether at least two words are written out; a CJK name stands in one."""
    return sum(len(word) > 1 for word in name) >= 2 or (len(name) == 1 and is_cjk(name[0]))


def _without(a: Iterable[str], b: Iterable[str]) -> list[str]:
    left = list(b)
    rest = []
    for word in a:
        if word in left:
            left.remove(word)
        else:
            rest.append(word)
    return rest


def _paired(a: list[str], b: list[str]) -> list[tuple[str, str]] | None:
    """Pair each word of the shorter rest with the likest of the other; None where one has two words more."""
    if abs(len(a) - len(b)) > 1 or len(a) > 4 or len(b) > 4:
        return None
    short, long = (a, list(b)) if len(a) <= len(b) else (b, list(a))
    pairs = []
    for word in short:
        likest = min(long, key=partial(_unlikeness, word))
        long.remove(likest)
        pairs.append((word, likest))
    return pairs


def _unlikeness(a: str, b: str) -> tuple[int, int]:
    return _ORDER.index(_word_level(a, b)), Levenshtein.distance(a, b)


@lru_cache(maxsize=65536)
def _word_level(a: str, b: str) -> Level:
    if a == b:
        return "same"
    if (len(a) == 1 or len(b) == 1) and a[0] == b[0]:
        return "partial"
    if b in _short_forms().get(a, ()) or a in _short_forms().get(b, ()):
        return "partial"
    if is_slip(a, b) and not (_is_known(a) and _is_known(b)) and not is_cjk(a):
        return "slip"  # in a CJK name one character parts sisters
    return "conflict"


def is_slip(a: str, b: str) -> bool:
    """Whether one word may be the other with a letter, of nine or more two letters, read wrongly."""
    shorter = min(len(a), len(b))
    allowed = 2 if shorter >= 9 else 1 if shorter >= 4 else 0
    return allowed > 0 and Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def _is_known(word: str) -> bool:
    """Whether a word is a name that people have: then it was hardly misread from another one."""
    return word in word_list("given_names") or word in word_list("family_names")


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Given names by each other form that people use of them."""
    found: dict[str, set[str]] = {}
    source = (files("cardscan.kinship") / "lexicon" / "short_forms.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line.startswith("#"):
            row = words(line)
            for word in row:
                found.setdefault(word, set()).update(other for other in row if other != word)
    return {word: frozenset(others) for word, others in found.items()}
