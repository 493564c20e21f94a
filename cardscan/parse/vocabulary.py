"""Word lists of `lexicon/`, and the one way in which words are compared.

Words are compared folded: case, accents, dots and ligatures aside. A list entry may begin or end with `*`, which
stands for any letters, so that "*leiter" finds the Vertriebsleiter.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff々〆\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7a3]")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WHOLE_ENDING = 5  # letters of an ending that is a word by itself: "direktor"
_SHORTEST_STEM = 3  # letters before a `*suffix`: "aleiter" is no word


@dataclass(frozen=True, slots=True)
class WordList:
    """A set of folded words, some of them with an open beginning or end."""

    exact: frozenset[str]
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def __contains__(self, word: str) -> bool:
        if word in self.exact:
            return True
        if len(word) > 40:
            return False
        if word.startswith(self.beginnings):
            return True
        if not word.endswith(self.endings):
            return False
        return any(word.endswith(ending) and _is_compound(word, ending) for ending in self.endings)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Case, accents and typographic apostrophes aside; the length may change."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c) or c in "\u3099\u309a"))


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation; runs of CJK characters count as one word."""
    return tuple(_WORD.findall(folded(text)))


def letters(text: str) -> str:
    """Folded letters and digits only, for comparing across spaces and punctuation."""
    return "".join(c for c in folded(text) if c.isalnum())


def camel_words(text: str) -> tuple[str, ...]:
    """Folded words, also split where a capital follows a small letter: engines swallow spaces ("SalesManager")."""
    parts = "".join(f" {c}" if c.isupper() and text[i - 1 : i].islower() else c for i, c in enumerate(text))
    return words(parts)


def is_cjk(text: str) -> bool:
    """Whether most letters are Han, kana or Hangul."""
    total = sum(c.isalpha() for c in text)
    return total > 0 and 2 * len(cjk_characters(text)) > total


def cjk_characters(text: str) -> list[str]:
    """The Han, kana and Hangul characters of a text, in order."""
    return [] if text.isascii() else _CJK.findall(text)


def has_hangul(text: str) -> bool:
    """Whether there is a Hangul syllable."""
    return bool(_HANGUL.search(text))


def has_kana(text: str) -> bool:
    """Whether there is a kana character."""
    return bool(_KANA.search(text))


def read_lines(name: str) -> list[str]:
    """The lines of `lexicon/<name>` that are neither blank nor comments."""
    source = (files("cardscan.parse") / "lexicon" / name).read_text(encoding="utf-8")
    return [line for line in source.splitlines() if line.strip() and not line.startswith("#")]


@cache
def tables(name: str) -> dict[str, str]:
    """A TOML file of `lexicon/` whose values are all text."""
    source = (files("cardscan.parse") / "lexicon" / f"{name}.toml").read_text(encoding="utf-8")
    return {key: value for key, value in tomllib.loads(source).items() if isinstance(value, str)}


@cache
def word_list(name: str) -> WordList:
    """`lexicon/<name>.txt`, its words without those marked `~` (see `supporting`)."""
    return _listed(word for line in read_lines(f"{name}.txt") for word in line.split() if word[0] != "~")


@cache
def supporting(name: str) -> WordList:
    """The words of `lexicon/<name>.txt` marked `~`, which support but never decide."""
    return _listed(word[1:] for line in read_lines(f"{name}.txt") for word in line.split() if word[0] == "~")


@cache
def role_words(role: str) -> WordList:
    """One role's words of `lexicon/role_words.toml`."""
    return _listed(tables("role_words")[role].split())


@cache
def substrings(name: str) -> tuple[str, ...]:
    """The entries of a CJK list, longest first: they are looked for anywhere in a text."""
    return tuple(sorted({w for line in read_lines(f"{name}.txt") for w in line.split()}, key=lambda w: (-len(w), w)))


@cache
def places(name: str) -> dict[str, tuple[str, ...]]:
    """Folded place name -> countries that have it, from `cities.toml`, `countries.toml`."""
    found: dict[str, tuple[str, ...]] = {}
    for country, value in tables(name).items():
        for entry in value.split(";"):
            place = " ".join(words(entry))
            if place and country not in found.get(place, ()):
                found[place] = (*found.get(place, ()), country)
    return found


def phrases(text: str, longest: int) -> Iterable[tuple[str, int, int]]:
    """Every run of 1 to `longest` words of a text with its place: (folded words joined by blanks, start, end)."""
    tokens = [(" ".join(words(m[0])), m.start(), m.end()) for m in re.finditer(r"[^\W_]+(?:['’.-][^\W_]+)*\.?", text)]
    for first in range(len(tokens)):
        for last in range(first, min(first + longest, len(tokens))):
            yield " ".join(t[0] for t in tokens[first : last + 1]), tokens[first][1], tokens[last][2]


def joined_alike(first: str, second: str) -> bool:
    """Whether two texts are the same but for case, spaces, accents and punctuation."""
    return letters(first) == letters(second) != ""


def initials(text: str) -> str:
    """The first letters of the words, with camel case and digits as words of their own."""
    return "".join(run[0] for run in _RUNS.findall(" ".join(camel_words(text))))


def _is_compound(word: str, ending: str) -> bool:
    return len(word) >= len(ending) + _SHORTEST_STEM or len(word) == len(ending) >= _WHOLE_ENDING


def _listed(entries: Iterable[str]) -> WordList:
    exact: set[str] = set()
    beginnings: set[str] = set()
    endings: set[str] = set()
    for entry in entries:
        word = folded(entry).replace(".", "").strip("-")
        if entry.endswith("*"):
            beginnings.add(word.strip("*"))
        elif entry.startswith("*"):
            endings.add(word.strip("*"))
        else:
            exact.update({word, *words(word)} if "-" not in word else {word, word.replace("-", "")})
    return WordList(frozenset(exact), tuple(sorted(beginnings)), tuple(sorted(endings)))
