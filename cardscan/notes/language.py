"""Which language a note is written in, by the words of the lexicons in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cardscan.notes.lexicon import LANGUAGES, common_words, vocabulary
from cardscan.notes.tokens import Token

_REGIONS = {
    "de": "AT DE CH LI",
    "fr": "FR BE LU MC",
    "es": "ES MX AR CL CO PE UY VE EC BO PY CR GT DO PA CU",
    "it": "IT SM",
    "pt": "BR PT AO MZ",
    "nl": "NL SR",
    "en": "US GB IE CA AU NZ IN SG ZA PH NG KE GH HK MT",
}
LANGUAGE_OF_REGION = {region: name for name, regions in _REGIONS.items() for region in regions.split()}
# Countries that say the month before the day in numbers (Unicode CLDR 45, short date patterns M/d and y/M/d).
MONTH_FIRST = frozenset("US PH FM GU PR MH PW AS VI UM MP BZ JP CN TW KR KP HU LT MN".split())
_REGION_WEIGHT = 0.6
_ENGLISH_WEIGHT = 0.3
_MARGIN = 0.2
_COMMON_WEIGHT = 0.4


def guess_language(tokens: Iterable[Token], region: str | None) -> str:
    """The language whose words the note uses most; a word of several languages counts for each in part.

    Where words don't decide, the region's language does, and English where there is none. A note without any English
    word is in the one other language that knows its words, whatever the region: `connaît Luc Moreau`.
    """
    scores = dict.fromkeys(LANGUAGES, 0.0)
    scores["en"] += _ENGLISH_WEIGHT
    home = LANGUAGE_OF_REGION.get((region or "").upper())
    if home:
        scores[home] += _REGION_WEIGHT
    words = [token for token in tokens if token.kind == "word" and len(token.norm) > 1]
    only: set[str] = set()
    for token in words:
        speakers = _speakers(token.norm)
        for name in speakers:
            scores[name] += 1 / len(speakers)
            if name != "en" and _is_common(token.norm, name):
                scores[name] += _COMMON_WEIGHT
        if len(speakers) == 1 and not (token.capital and token.spaced and token is not words[0]):
            only.add(speakers[0])
    if len(only) == 1 and not any("en" in _speakers(token.norm) for token in words):
        return only.pop()
    best = max(LANGUAGES, key=lambda name: scores[name])
    return best if scores[best] >= scores["en"] + _MARGIN else "en"


@cache
def _vocabularies() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, vocabulary(name)) for name in LANGUAGES)


def _is_common(norm: str, name: str) -> bool:
    """Whether it is one of the small words (`für`, `della`) that no other language lends."""
    return (norm,) in common_words(name) and (norm,) not in common_words("en")


def _speakers(norm: str) -> tuple[str, ...]:
    return tuple(name for name, words in _vocabularies() if norm in words)
