"""What a pen line most likely says, among what its strokes allow.

A handwriting reader confuses shapes, not words: `rn` and `m`, `l` and `1`, `5` and `S`. So a word is only ever replaced
by one of the *same shape* (or by letters the reader itself offers as alternatives), and only by a word of the grammar,
of common language or of the card. Two fitting words leave it as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice, product

from cardscan.notes.language import guess_language
from cardscan.notes.lexicon import lexicon, word_list
from cardscan.notes.repair import mend_digits
from cardscan.notes.tokens import fold, tokenize

# Letter groups that differ by one stroke or none in handwriting; each is written as its first member.
_SHAPES = ("o0qd", "l1i|!j", "s5$", "z27", "b68", "g9y", "uv", "nhr", "ce", "tf+")
# Two letters that look like one, in shape letters: rn and m, in and m, vv and w, cl and d, li and u.
_PAIRS = (("nn", "m"), ("ln", "m"), ("uu", "w"), ("cl", "o"), ("ll", "u"))
_SHAPE_OF = str.maketrans({letter: group[0] for group in _SHAPES for letter in group})
_WORD = re.compile(r"[^\s,;:.!?()\[\]@/→\"“”„«»]{1,40}")
_SHORTEST = 3
_LONG = 6  # letters from which any two may be one: in a shorter word that leaves too little of what was read …
_JOINED = re.compile("rn|cl|vv")  # … but for those that are confused most
_MOST_VARIANTS = 256
_LIKE_DIGITS = "0-9oOsSlIzZ|"
_DIGITS = str.maketrans("oOsSlIzZ|", "005511221")
_AMOUNT = re.compile(
    rf"(?:(?<=budget )|(?<=budget: )|(?<=\d))([{_LIKE_DIGITS}]{{1,4}})(?=\s?(?:k\b|k?€|k\s?€|k?\$))", re.IGNORECASE
)
_CLOCK = re.compile(rf"\b(\d{{1,2}}[.:])([{_LIKE_DIGITS}]{{2}})\b")
_HOUR = re.compile(rf"\b([{_LIKE_DIGITS}]{{1,2}})(?=\s?(?:h|uhr)\b)", re.IGNORECASE)
_DAY = 25
_NUMBER = re.compile(r"\d{1,4}(?:h|k|uhr|am|pm)?[€$]?")
_WITH = re.compile(r"(?<=\b[Ww])[lI1|i](?= [A-Z])")
_KNOWN, _CHOSEN, _UNKNOWN = 1.0, 0.85, 0.5
_RUN = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_SEAMED = 7  # letters of words run together; fewer may be any name
_CARRIES = 4  # letters of the longest of them
_LONGEST_PIECE = 14
_SHORT = frozenset("in at to on by no of me us up he".split())


def correct(
    text: str, card_words: Iterable[str] = (), alternatives: Sequence[Mapping[str, float]] | None = None
) -> tuple[str, float]:
    """Correct one line read by a handwriting reader.

    Args:
        text: The line as read.
        card_words: Words of the card itself (names, company, town); they may be what the note speaks of.
        alternatives: For each character of `text`, what else the reader saw there and how likely (0 to 1); the
            character itself may be left out.

    Returns:
        The corrected line, and how far its words are known (0 to 1): 1 when every word is, lower with each word that
        had to be chosen or is unknown. An empty line gives 0.
    """
    mended = _mend_numerals(mend_digits(text))
    own = {fold(word): word for phrase in card_words for word in phrase.split() if len(word) >= _SHORTEST}
    language = guess_language(tokenize(mended), None)
    pieces: list[str] = []
    sure: list[tuple[float, int]] = []
    last = 0
    for match in _WORD.finditer(mended):
        seen = alternatives[match.start() : match.end()] if alternatives and len(alternatives) == len(text) else ()
        word, confidence = _chosen(match.group(), own, language, seen)
        pieces += (mended[last : match.start()], word)
        sure.append((confidence, len(match.group())))
        last = match.end()
    pieces.append(mended[last:])
    letters = sum(length for _, length in sure)
    return "".join(pieces), sum(c * length for c, length in sure) / letters if letters else 0.0


def _mend_numerals(text: str) -> str:
    """Letters in amounts and hours: `budget sok`, `8.1s`, `zoh`, `IO Uhr`; and `wl Tom`, with whom one spoke.

    Every place keeps its length.
    """
    text = _AMOUNT.sub(lambda match: match[1].translate(_DIGITS), text)
    text = _CLOCK.sub(lambda match: match[1] + match[2].translate(_DIGITS), text)
    text = _HOUR.sub(lambda match: hour if int(hour := match[1].translate(_DIGITS)) < _DAY else match[1], text)
    return _WITH.sub("/", text)


def known_share(text: str) -> float:
    """Share of a line's words, by letters, that the grammar of notes or common language knows; 0 without words."""
    language = guess_language(tokenize(text), None)
    words = [word for word in _WORD.findall(text) if any(letter.isalpha() for letter in word)]
    known = sum(len(word) for word in words if _known(fold(word), language))
    return known / max(1, sum(map(len, words)))


def _chosen(word: str, own: Mapping[str, str], language: str, seen: Sequence[Mapping[str, float]]) -> tuple[str, float]:
    norm = fold(word)
    if norm in own or _known(norm, language) or not any(c.isalpha() for c in word) or _NUMBER.fullmatch(norm):
        return word, _KNOWN
    if len(norm) < _SHORTEST:
        return word, _UNKNOWN
    offered = [(w, p) for w, p in _variants(word, seen) if fold(w) in own or _known(fold(w), language)]
    if offered:
        best = max(offered, key=lambda pair: pair[1])
        return own.get(fold(best[0]), best[0]), _CHOSEN
    shape = _shape(norm)
    fitting = {folded for folded in own if _shape(folded) == shape} or set(_by_shape(language).get(shape, ()))
    if len(norm) < _LONG and not _JOINED.search(norm):
        fitting = {found for found in fitting if len(found) == len(norm)}
    if len(fitting) != 1:
        parted = _parted(word, language)
        return (parted, _CHOSEN) if parted else (word, _UNKNOWN)
    found = fitting.pop()
    return own.get(found) or _cased(found, word), _CHOSEN


def _parted(word: str, language: str) -> str | None:
    """Words that a narrow hand ran together, apart again: `callbackJan15`, `SENDTHANK-YOUCARD`; None if it is one.

    German and Dutch write words together themselves. What is spelled like a name is parted only behind a verb.
    """
    if language in ("de", "nl"):
        return None
    named = word[:1].isupper() and word[1:].islower()
    runs, joined = [], False
    for run in _RUN.findall(word):
        pieces = [run] if not run.isalpha() or _known(fold(run), language) else _pieces(run, language)
        if pieces is None:
            return None
        joined = joined or len(pieces) > 1
        runs.append(" ".join(pieces))
    if not joined or (named and not _is_verb(fold(runs[0].split()[0]), language)):
        return None
    spaced = (
        f" {run}" if at and run[0].isalnum() and runs[at - 1][-1].isalnum() else run for at, run in enumerate(runs)
    )
    return "".join(spaced)


def _is_verb(norm: str, language: str) -> bool:
    return any((norm,) in lexicon(language).classes[f"verbs.{name}"] for name in ("act", "weak"))


def _pieces(run: str, language: str) -> list[str] | None:
    """The fewest known words that letters run together spell, two at least; None if there are none."""
    norm = fold(run)
    if len(norm) != len(run) or len(norm) < _SEAMED:
        return None
    fewest: dict[int, list[str]] = {0: []}  # end of a beginning of the run -> its words
    for end in range(1, len(norm) + 1):
        spelled = [
            [*fewest[start], run[start:end]]
            for start in range(max(0, end - _LONGEST_PIECE), end)
            if start in fewest and _is_piece(norm[start:end], language)
        ]
        if spelled:
            fewest[end] = min(spelled, key=len)
    found = fewest.get(len(norm))
    return found if found and max(map(len, found)) >= _CARRIES else None


def _is_piece(norm: str, language: str) -> bool:
    return (len(norm) >= _SHORTEST or norm in _SHORT) and _known(norm, language)


def _known(norm: str, language: str) -> bool:
    return norm in lexicon(language).words or (norm,) in word_list("real_words")


def _variants(word: str, seen: Sequence[Mapping[str, float]]) -> list[tuple[str, float]]:
    """The words the reader's own alternatives spell, with their likelihood; at most so many."""
    if len(seen) != len(word):
        return []
    choices = [
        [(letter, max(0.5, 1 - sum(other.values()))), *other.items()] for letter, other in zip(word, seen, strict=True)
    ]
    spelled = []
    for letters in islice(product(*choices), 1, _MOST_VARIANTS):
        likely = 1.0
        for _, probability in letters:
            likely *= probability
        spelled.append(("".join(letter for letter, _ in letters), likely))
    return spelled


def _shape(norm: str) -> str:
    shape = norm.translate(_SHAPE_OF)
    for pair, single in _PAIRS:
        shape = shape.replace(pair, single)
    return shape


@cache
def _by_shape(language: str) -> dict[str, tuple[str, ...]]:
    """Shape -> the words of the grammar that have it."""
    found: dict[str, list[str]] = {}
    for word in sorted(lexicon(language).words):
        if len(word) >= _SHORTEST and word.isalpha():
            found.setdefault(_shape(word), []).append(word)
    return {shape: tuple(words) for shape, words in found.items()}


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1 and like[1:].isalpha():
        return word.upper()
    return word.capitalize() if like[:1].isupper() and like[:1] != "I" else word
