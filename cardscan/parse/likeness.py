"""Whether an unknown word is built like a name: letter trigrams of the name lists against those of other words.

A naive Bayes log-ratio with add-one smoothing, trained at first use on the lists of `lexicon/`: names on one side,
the words of titles, bodies, services and streets on the other. It says little about one word, and that little helps
where a card holds names of people the lists do not know.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from cardscan.parse.vocabulary import WordList, folded, role_words, supporting, word_list

_ALPHABET = 30.0  # letters and edges a third letter may be, for smoothing
_NAMES = ("given_names", "family_names")
_OTHERS = ("title_words", "organization_words", "department_words", "unit_words", "stop_words")


@lru_cache(maxsize=4096)
def name_likeness(word: str) -> float:
    """Mean log-ratio per trigram, about -2 (an ordinary word) to 2 (a name); 0 for words of other scripts."""
    word = folded(word).strip(".'-")
    if len(word) < 2 or not word.isascii():
        return 0.0
    names, others = _models()
    grams = list(_trigrams(word))
    return sum(_log_share(names, gram) - _log_share(others, gram) for gram in grams) / len(grams)


def _log_share(model: tuple[Counter[str], Counter[str]], gram: str) -> float:
    triples, pairs = model
    return math.log((triples[gram] + 0.5) / (pairs[gram[:2]] + 0.5 * _ALPHABET))


@cache
def _models() -> tuple[tuple[Counter[str], Counter[str]], tuple[Counter[str], Counter[str]]]:
    names = {word for name in _NAMES for word in word_list(name).exact}
    other_lists: list[WordList] = [word_list(name) for name in _OTHERS]
    other_lists += [supporting("title_words"), *(role_words(role) for role in ("services", "tagline", "hours"))]
    others = {word for known in other_lists for word in known.exact} - names
    return _counted(names), _counted(others)


def _counted(words: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    triples: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in words:
        if len(word) > 2 and word.isascii():
            for gram in _trigrams(word):
                triples[gram] += 1
                pairs[gram[:2]] += 1
    return triples, pairs


def _trigrams(word: str) -> Iterable[str]:
    padded = f"^^{word}$"
    return (padded[i : i + 3] for i in range(len(padded) - 2))
