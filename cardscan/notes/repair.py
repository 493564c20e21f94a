"""Slips of OCR and of thumbs: digits read as letters, words run together, letters swapped or left out.

A word is only ever repaired to a word the grammar knows, and never when it is itself a common word (`real_words.txt`
lists those that lie too near: *launch* is not *lunch*). The note's text is left alone: a repaired token keeps its place
and gets another `norm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from cardscan.notes.lexicon import Lexicon, lexicon, word_list
from cardscan.notes.tokens import Token, fold

_SLIPS = (
    (re.compile(r"(?<![^\W\d_]\d)(?<=\d)[OoQ](?=\d|[\s,;!?)/-]|[ap]m|$)"), "0"),
    (re.compile(r"(?<![^\W\d_]\d)(?<=\d)[lI|](?=\d|[\s,;!?)/-]|[ap]m|$)"), "1"),
    (re.compile(r"(?<![^\W_])[lI|](?=\d)"), "1"),
    (re.compile(r"(?<![^\W_])[Oo](?=\d)"), "0"),
    (re.compile(r"(?<![^\W_])[lI](?=[lI1]\s?[ap]\.?m\b)"), "1"),
    (re.compile(r"(?<=1)[lI](?=\s?[ap]\.?m\b)"), "1"),
)
_SHAPES = (
    ("I", "l"),
    ("rn", "m"),
    ("vv", "w"),
    ("0", "o"),
    ("1", "l"),
    ("|", "l"),
    ("cl", "d"),
    ("5", "s"),
    ("l", "i"),
    ("1", "i"),
)
_CAMEL = re.compile(r"(?<=[a-zß-ÿ]{2})(?=[A-Z])")
_SHORTEST_TYPO = 5
_TWO_SLIPS = 9
_LONGEST_WORD = 24
_LONG_HEAD = 5
_CANDIDATES = 8


def mend_digits(text: str) -> str:
    """Letters that stand for digits inside numbers and dates: `2O`, `l5:30`, `ll am`. Every place keeps its length."""
    for pattern, digit in _SLIPS:
        text = pattern.sub(digit, text)
    return text


def repair(tokens: list[Token], words: Lexicon) -> tuple[Token, ...]:
    """Tokens with slips repaired towards the words of a lexicon; run-together words become two tokens."""
    repaired: list[Token] = []
    for token in _rejoined(tokens, words):
        repaired += _repaired(token, words)
    return tuple(token for at, token in enumerate(repaired) if not _wraps(repaired, at, words))


def _wraps(tokens: list[Token], at: int, words: Lexicon) -> bool:
    """Whether a line break is there only because the card ended: `ask for intro⏎to the VP Ops`."""
    if tokens[at].kind != "break" or not 0 < at < len(tokens) - 1:
        return False
    behind = tokens[at + 1]
    if behind.kind != "word" or behind.capital:
        return False
    return bool(words.has("phrases.joining", tokens, at + 1) or words.has("phrases.joining", tokens, at - 1))


def _rejoined(tokens: list[Token], words: Lexicon) -> Iterator[Token]:
    """Join `ca` `1` `l` and `cal` `|` where that makes a word the grammar knows."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        for count in (3, 2):
            group = tokens[at : at + count]
            if len(group) < count or not _digit_inside(group):
                continue
            written = "".join(part.text for part in group)
            shapes = (fold(written.translate(letters)) for letters in _AS_LETTERS)
            norm = next((shape for shape in shapes if shape in words.words), None)
            if norm is not None:
                yield Token(
                    "".join(part.text for part in group), norm, "word", token.start, group[-1].end, token.spaced
                )
                at += count
                break
        else:
            yield token
            at += 1


_AS_LETTERS = (
    str.maketrans({"0": "o", "1": "l", "|": "l", "5": "s"}),
    str.maketrans({"0": "o", "1": "i", "|": "i", "5": "s"}),
)


_HALVES = frozenset("hqst")
"""Halves and quarters of a year: `H1`, `Q1`, `S1`, `T1`."""


def _digit_inside(group: list[Token]) -> bool:
    first, rest = group[0], group[1:]
    if len(group) == 2 and first.norm in _HALVES and rest[0].norm in {"1", "2"}:
        return False
    if any(part.spaced for part in rest) or not any(part.kind == "word" for part in group):
        return False
    return first.kind == "word" and all(part.kind == "word" or set(part.text) <= {"0", "1", "|", "5"} for part in rest)


def _repaired(token: Token, words: Lexicon) -> list[Token]:
    if token.text == "w" and words.language == "en":
        return [replace(token, norm="w/")]
    if token.kind != "word" or token.norm in words.words or len(token.text) > _LONGEST_WORD or len(token.norm) < 3:
        return [token]
    if (lowered := fold(token.text.replace("I", "l"))) != token.norm and lowered in words.words:
        return [replace(token, norm=lowered)]
    camel = _CAMEL.split(token.text, maxsplit=1)
    if (token.norm,) in word_list("events"):
        return [token]
    if len(camel) == 2 and (fold(camel[0]) in words.words or fold(camel[1]) in words.words):
        left, right = _cut(token, len(camel[0]))
        return [*_repaired(left, words), *_repaired(right, words)]
    norm = _headed(token.norm, words.language) or _mended(token.text, words.language)
    if norm is not None:
        return [replace(token, norm=norm)]
    at = _seam(token.norm, words.language) if len(token.norm) == len(token.text) else None
    return list(_cut(token, at)) if at else [token]


def _cut(token: Token, at: int) -> tuple[Token, Token]:
    middle = token.start + at
    first = Token(token.text[:at], fold(token.text[:at]), "word", token.start, middle, token.spaced)
    return first, Token(token.text[at:], fold(token.text[at:]), "word", middle, token.end, True)


@cache
def _headed(norm: str, language: str) -> str | None:
    """The known last part of a compound: an *Ersatzteilliste* is a Liste, a *Fachmesse* a Messe."""
    if language not in ("de", "nl"):
        return None
    words = lexicon(language)
    heads = (words.classes.get(name, {}) for name in ("things.deliverable", "phrases.event_word"))
    known = [phrase[0] for group in heads for phrase in group if len(phrase) == 1 and len(phrase[0]) >= _LONG_HEAD]
    fitting = [word for word in known if norm.endswith(word) and len(norm) >= len(word) + 3]
    return max(fitting, key=len, default=None)


@cache
def _mended(text: str, language: str) -> str | None:
    """The known word a written form stands for: same shape, same consonants, or within an edit or two."""
    words = lexicon(language).words
    norm = fold(text)
    if (norm,) in word_list("real_words"):
        return None
    for seen, meant in _SHAPES:
        shaped = fold(text.replace(seen, meant))
        if shaped != norm and len(shaped) >= min(3, len(norm) - 1) and shaped in words:
            return shaped
    shaped = fold(text.replace("I", "l").replace("rn", "m"))
    if shaped != norm and shaped in words:
        return shaped
    if (
        len(norm) >= 3
        and sum(letter in "aeiou" for letter in norm) <= 1
        and (full := _skeletons(language).get(_bones(norm)))
    ):
        return full
    if any(
        norm.endswith(ending) and norm.removesuffix(ending) in words
        for ending in ("s", "ed", "d", "ing", "er", "ly", "n", "e")
    ):
        return None
    if len(norm) == 4:
        return next(
            (w for w in _long_words(language)[4] if sorted(w) == sorted(norm) and OSA.distance(w, norm) == 1), None
        )
    if len(norm) < _SHORTEST_TYPO or (text[:1].isupper() and not _is_date_word(norm, language)):
        return None
    allowed = 2 if len(norm) >= _TWO_SLIPS else 1
    near = [
        word
        for length in range(len(norm) - allowed, len(norm) + allowed + 1)
        for word in _long_words(language).get(length, ())
    ]
    found = extract(norm, near, scorer=OSA.distance, score_cutoff=allowed, limit=_CANDIDATES)
    alike = [(distance, word not in _acting(language), word) for word, distance, _ in found if word[0] == norm[0]]
    return min(alike)[2] if alike else None


@cache
def _acting(language: str) -> frozenset[str]:
    """Words that carry a note, which a slip was likelier meant to be: verbs, days, months."""
    names = ("verbs.act", "verbs.weak", "dates.weekday", "dates.month", "dates.offset")
    return frozenset(word for name in names for phrase in lexicon(language).classes.get(name, {}) for word in phrase)


def _is_date_word(norm: str, language: str) -> bool:
    """Whether a capitalised form may be a misspelt weekday, month or "
    "verb at the start of a line, rather than a name."""
    classes = lexicon(language).classes
    near = [
        p[0]
        for name in ("dates.weekday", "dates.month", "verbs.act")
        for p in classes.get(name, {})
        if len(p[0]) >= _SHORTEST_TYPO
    ]
    return extractOne(norm, near, scorer=OSA.distance, score_cutoff=1) is not None


@cache
def _long_words(language: str) -> dict[int, tuple[str, ...]]:
    by_length: dict[int, list[str]] = {4: []}
    for word in sorted(lexicon(language).words):
        by_length.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in by_length.items()}


@cache
def _skeletons(language: str) -> dict[str, str]:
    """Consonants -> the one word of the verbs, weekdays and meetings that has them (`snd`, `drnks`)."""
    found: dict[str, set[str]] = {}
    for name, phrases in lexicon(language).classes.items():
        if name.startswith(
            ("verbs.act", "verbs.weak", "dates.weekday", "meeting.", "phrases.knows", "phrases.priority")
        ):
            for phrase in phrases:
                if len(phrase) == 1 and 4 <= len(phrase[0]) <= 9:
                    found.setdefault(_bones(phrase[0]), set()).add(phrase[0])
    return {bones: words.pop() for bones, words in found.items() if len(words) == 1 and len(bones) >= 3}


def _bones(word: str) -> str:
    return word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiou")


@cache
def _seam(norm: str, language: str) -> int | None:
    """Where two known words run together (`sendpricing`, `hewill`), at least "
    "one of them a verb, a day or a governor."""
    if len(norm) < 6 or (norm,) in word_list("real_words"):
        return None
    words = lexicon(language)
    for at in range(len(norm) - 2, 1, -1):
        left, right = (norm[:at],), (norm[at:],)
        if (
            left[0] in words.words
            and right[0] in words.words
            and (_carries(words, left, True) or _carries(words, right, False))
        ):
            return at
    return None


def _carries(words: Lexicon, phrase: tuple[str, ...], is_left: bool) -> bool:
    names = ["verbs.act", "dates.by"] if not is_left else ["verbs.act", "verbs.weak", "phrases.them", "phrases.met"]
    return any(phrase in words.classes.get(name, {}) for name in names) and len(phrase[0]) >= 2
