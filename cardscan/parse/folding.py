"""Printed characters folded to what they mean, one for one, so that positions stay those of the page.

Unicode's NFKC maps full-width and styled characters (UAX #15); here it is applied only where it gives exactly one
character, and every decimal digit of any script becomes ASCII. `plain` goes further, for comparing words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d\u2043\ufe58\ufe63\u00ad"
_LIKE = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("\u00b7\u2022\u2219\u22c5\u30fb\uff65\u25cf\u25aa\u2027\u25e6\u318d", "·"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u00ab\u00bb\u2033\u201e", '"'),
    **dict.fromkeys("\uff5e\u223c\u301c", "~"),
    **dict.fromkeys("\u2020\u253c\u271a\u2795\u207a", "+"),  # a dagger is how engines read a thin plus
    **dict.fromkeys("\u2215\u2044\uff0f", "/"),
    **dict.fromkeys("\u00a6\u2502\u2503\u2223\uff5c\u01c0", "|"),
    **dict.fromkeys("\u3010\u3014\ufe5d\uff3b", "["),
    **dict.fromkeys("\u3011\u3015\ufe5e\uff3d", "]"),
    "\u02d0": ":",
    "\ua789": ":",
    "\u3002": ".",
    "\u3001": ",",
    "\u060c": ",",
}
_LATIN = str.maketrans({"ß": "s", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "þ": "t", "æ": "a", "œ": "o"})


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character < "\x7f" and character >= " ":
        return character
    if character in _LIKE:
        return _LIKE[character]
    if character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs"}:
        return " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    composed = unicodedata.normalize("NFKC", character)
    return _LIKE.get(composed, composed) if len(composed) == 1 else character


def fold(text: str) -> str:
    """The text with full-width forms, odd dashes, dots, quotes, spaces and digits made ASCII; same length."""
    return "".join(map(_fold_character, text))


# Between digits, and first or last of a number as long as a code or a house's: "o10 11", "o8o69", "O218o".
_ROUND_DIGIT = re.compile(
    r"(?<=\d)[oO]+(?=\d)|(?<![^\W_])O(?=\d{3})|\b[oO](?=\d[\doO](?:[\doO]{2})?\b)|(?<=\b[\doO]\d{3})[oO]\b"
)
_ROUND_LETTER = re.compile(r"(?<![^\W_])0(?=[^\W\d_]{3})")


def zeros_and_os(text: str) -> str:
    """Rounds in numbers made "0", one before small letters "O" ("7OO03", "o10", "0lomouc"); same length."""
    if "0" not in text and "o" not in text.lower():
        return text
    text = _ROUND_DIGIT.sub(lambda match: "0" * len(match[0]), text)
    return _ROUND_LETTER.sub("O", text)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    lower = character.lower()
    if len(lower) != 1:
        lower = lower[0] if lower else " "
    base = unicodedata.normalize("NFD", lower.translate(_LATIN))
    return base[0] if base and ("a" <= base[0] <= "z" or len(base) == 1) else lower


def plain(text: str) -> str:
    """`fold`, and lower case without Latin accents; same length, for looking words up."""
    return "".join(_plain_character(_fold_character(c)) for c in text)
