"""When a value that was read is the value on the card: as a person would take it without an edit.

| field | right when |
|---|---|
| name | the same words in any order, whatever their case, accents, honorifics and suffixes |
| title, organization | at least 90 % of the letters agree; case, spaces and punctuation aside |
| phone | the same number: 7 digits or more, and the last 9 of them equal |
| email | equal, case aside |
| url | equal without scheme, `www.` and closing slash |
| address | word F1 of at least 0.8 |

Names and organisations come as all their printed forms; one agreeing form is enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rapidfuzz.distance import Levenshtein

FIELDS: Final = ("name", "title", "organization", "phone", "email", "url", "address")
LETTERS: Final = 0.9
WORDS: Final = 0.8
LEAST_DIGITS: Final = 7
SAME_DIGITS: Final = 9
# Words around a name that are not the name.
TITLES_OF_RESPECT: Final = frozenset(
    """aca acca adv ba beng bsc ca cbe cfa cissp cpa cpc dame dds dipl dipling dott dottssa dphil dr drs dvm er esq
    fcca frau frcs herr hon ii iii ing ir iv jd jr llm ma mag mba mbe md meng miss mphil mr mrs ms msc mx obe pe
    phd pmp prof rev rn shri shrm sir smt sphr sr sri""".split()
)
PLAIN: Final = str.maketrans({"ß": "ss", "ł": "l", "ø": "o"})


def plain(text: str | None) -> str:
    """Text without case and accents."""
    lowered = unicodedata.normalize("NFKD", text or "").casefold().translate(PLAIN)
    return "".join(filter(lambda char: not unicodedata.combining(char), lowered))


def tokens(text: str | None) -> list[str]:
    """The words of a text, plain."""
    return re.findall(r"\w+", plain(text))


def _letters(text: str | None) -> str:
    return "".join(tokens(text))


def similarity(one: str, other: str) -> float:
    """Share of letters that agree, by edit distance over the longer text; 0 where either has none."""
    a, b = _letters(one), _letters(other)
    return Levenshtein.normalized_similarity(a, b) if a and b else 0.0


def _name_words(text: str) -> list[str]:
    # "J.R. Smith" and "JR Smith" are one name, and so are "O'Brien" and "OBrien".
    joined = re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b)", r"\1", text).replace("'", "").replace("’", "")
    listed = tokens(joined)
    return sorted([word for word in listed if word not in TITLES_OF_RESPECT] or listed)


def _same_name(one: str, other: str) -> bool:
    return _name_words(one) == _name_words(other) or _letters(one) == _letters(other)


def _numbers(phone: Mapping[str, Any]) -> list[str]:
    found = (re.sub(r"\D", "", phone.get(form) or "") for form in ("e164", "raw"))
    return [digits for digits in found if len(digits) >= LEAST_DIGITS]


def _same_phone(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(
        a == b or a.lstrip("0")[-SAME_DIGITS:] == b.lstrip("0")[-SAME_DIGITS:]
        for a in _numbers(one)
        for b in _numbers(other)
    )


def _bare_url(text: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", plain(text).strip()).rstrip("/").replace(" ", "")


def word_f1(one: str, other: str) -> float:
    """Harmonic mean of the shares of words that each text has in common with the other."""
    a, b = Counter(tokens(one)), Counter(tokens(other))
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0


def _any_form(same: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda one, other: any(same(a, b) for a in one for b in other)


AGREE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "name": _any_form(_same_name),
    "title": lambda one, other: similarity(one, other) >= LETTERS,
    "organization": _any_form(lambda one, other: similarity(one, other) >= LETTERS),
    "phone": _same_phone,
    "email": lambda one, other: plain(one).strip() == plain(other).strip(),
    "url": lambda one, other: _bare_url(one) == _bare_url(other),
    "address": lambda one, other: word_f1(one, other) >= WORDS,
}


def paired(field: str, true: Sequence[Any], read: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Pair true with read values of a field, each used once: (pairs, missed, made up)."""
    spare, pairs, missed = list(read), [], []
    for value in true:
        for place, candidate in enumerate(spare):
            if AGREE[field](value, candidate):
                pairs.append((value, spare.pop(place)))
                break
        else:
            missed.append(value)
    return pairs, missed, spare
