"""Which language a note is written in, by the words of the lexicons in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cardscan.notes.lexicon import LANGUAGES, vocabulary
from cardscan.notes.tokens import Token

LANGUAGE_OF_REGION = {
    "AT": "de", "DE": "de", "CH": "de", "LI": "de", "FR": "fr", "BE": "fr", "LU": "fr", "MC": "fr", "ES": "es", "MX": "es",
    "AR": "es", "CL": "es", "CO": "es", "PE": "es", "UY": "es", "VE": "es", "EC": "es", "BO": "es", "PY": "es", "CR": "es",
    "GT": "es", "DO": "es", "PA": "es", "CU": "es", "IT": "it", "SM": "it", "BR": "pt", "PT": "pt", "AO": "pt", "MZ": "pt",
    "NL": "nl", "SR": "nl", "US": "en", "GB": "en", "IE": "en", "CA": "en", "AU": "en", "NZ": "en", "IN": "en", "SG": "en",
    "ZA": "en", "PH": "en", "NG": "en", "KE": "en", "GH": "en", "HK": "en", "MT": "en",
}  # fmt: skip
# Countries that say the month before the day in numbers (Unicode CLDR 45, short date patterns M/d and y/M/d).
MONTH_FIRST = frozenset("US PH FM GU PR MH PW AS VI UM MP BZ JP CN TW KR KP HU LT MN HK".split()) - {"HK"}
_REGION_WEIGHT = 0.6
_ENGLISH_WEIGHT = 0.3


def guess_language(tokens: Iterable[Token], region: str | None) -> str:
    """The language whose words the note uses most; a word of several languages counts for each in part.

    Where words don't decide, the region's language does, and English where there is none.
    """
    scores = dict.fromkeys(LANGUAGES, 0.0)
    scores["en"] += _ENGLISH_WEIGHT
    home = LANGUAGE_OF_REGION.get((region or "").upper())
    if home:
        scores[home] += _REGION_WEIGHT
    for token in tokens:
        speakers = _speakers(token.norm) if token.kind == "word" else ()
        for name in speakers:
            scores[name] += 1 / len(speakers)
    return max(LANGUAGES, key=lambda name: scores[name])


@cache
def _vocabularies() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, vocabulary(name)) for name in LANGUAGES)


def _speakers(norm: str) -> tuple[str, ...]:
    return tuple(name for name, words in _vocabularies() if norm in words)
