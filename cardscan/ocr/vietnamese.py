"""Vietnamese letters that the recognition model cannot write: Hà Nội, where it read Hà Ni.

The model has no vowels with two marks and none with a dot or hook (ạ, ế, ữ …): it leaves them out, or writes the
nearest it has. On a card that tells it is of Vietnam, words and phrases of `lexicon/vietnamese.txt` are put in the
place of what is left of them. What is printed without any marks, as is usual abroad, stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.ocr.engine import LineReading

Phrase = tuple[str, ...]

_SIGNS: Final = re.compile(r"\+\s?\(?84\b|\.vn\b|\bvi[eệ]?t ?nam\b|\bqu[aâậ]?n \d|\bh[aà] n[oôộ]?i\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_WRITTEN: Final = frozenset("ăâđêôơưáàãéèíìĩóòõồúùũý")  # marked letters that the model has
_PLAIN: Final = str.maketrans("đðĐÐ", "ddDD")
_MOST_WORDS: Final = 5
_SHORTEST: Final = 3
"""Letters of a word that is made whole outside a phrase."""
_TELLING: Final = 4
"""Of such a word in a line that has no marked letter."""


def with_lost_letters(readings: Sequence[LineReading]) -> list[LineReading]:
    """The lines with Vietnamese words made whole; those of a card that does not tell it is of Vietnam as they came.

    Doubts of a changed line are gone, as their positions are.
    """
    texts = [reading.line.text for reading in readings]
    if not any(_SIGNS.search(text) for text in texts):
        return list(readings)
    whole = [_made_whole(text) for text in texts]
    return [
        reading if text == reading.line.text else replace(reading, line=replace(reading.line, text=text), doubts=())
        for reading, text in zip(readings, whole, strict=True)
    ]


def _made_whole(text: str) -> str:
    words = list(_WORD.finditer(text))
    is_marked = not text.isascii()
    made, at, index = "", 0, 0
    while index < len(words):
        count, phrase = _phrase(text, words[index : index + _MOST_WORDS], is_marked)
        read = words[index : index + count]
        is_upper = "".join(word[0] for word in read).isupper() and read[-1].end() - read[0].start() > 1
        for word, true in zip(read, phrase, strict=True):
            made += text[at : word.start()] + (true.upper() if is_upper else _cased(true, word[0]))
            at = word.end()
        index += count
    return made + text[at:]


def _phrase(text: str, words: Sequence[re.Match[str]], is_marked: bool) -> tuple[int, Phrase]:
    """How many words make the longest known phrase, and its true form; one word as it stands where none does."""
    for count in range(len(words), 0, -1):
        between = [text[a.end() : b.start()] for a, b in pairwise(words[:count])]
        if any(gap.strip() or not gap for gap in between):
            continue
        read = tuple(word[0].lower() for word in words[:count])
        if all(word.isascii() for word in read) and _bare(read) in _bare_phrases():
            return count, tuple(word[0] for word in words[:count])  # printed without marks
        true = _likeliest(read, _remains().get(_bare(read), ()))
        numbered = text[words[0].end() :].lstrip()[:1].isdigit()
        if true is not None and (count > 1 or _is_telling(read[0], true[0], is_marked=is_marked, numbered=numbered)):
            return count, true
    return 1, (words[0][0],)


def _is_telling(read: str, true: str, *, is_marked: bool, numbered: bool) -> bool:
    """Whether a word that stands for itself ("Nguyn") is none of its own, as "Kit", "ĐT" and "Trân" are."""
    if len(read) < _SHORTEST or (len(read) == len(true) and not numbered):
        return False
    return is_marked or numbered or len(read) >= _TELLING


def _likeliest(read: Phrase, phrases: Sequence[Phrase]) -> Phrase | None:
    """The one phrase that shares most letters with what was read, marks and all; None if there is no such one."""
    marked = [c for word in read for c in word if not c.isascii()]
    shared = [sum("".join(phrase).count(c) for c in set(marked)) for phrase in phrases]
    best = [phrase for phrase, count in zip(phrases, shared, strict=True) if count == max(shared)]
    return best[0] if len(best) == 1 else None


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _bare(phrase: Phrase) -> Phrase:
    """The phrase without any marks."""
    return tuple(
        "".join(c for c in unicodedata.normalize("NFD", word.translate(_PLAIN)) if not unicodedata.combining(c))
        for word in phrase
    )


@cache
def _phrases() -> tuple[Phrase, ...]:
    source = (files("cardscan.ocr") / "lexicon" / "vietnamese.txt").read_text(encoding="utf-8")
    lines = (line.strip().lower() for line in source.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(unicodedata.normalize("NFC", line).split()) for line in dict.fromkeys(lines))


@cache
def _bare_phrases() -> frozenset[Phrase]:
    return frozenset(map(_bare, _phrases()))


@cache
def _remains() -> dict[Phrase, tuple[Phrase, ...]]:
    """What may be left of the phrases, without marks: each letter that the model lacks is there or is not."""
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for phrase in _phrases():
        for left in product(*(_left_of(word) for word in phrase)):
            found[left] = (*found.get(left, ()), phrase)
    return found


def _left_of(word: str) -> list[str]:
    ways = [("", *_bare((c,))) if _is_lacking(c) else _bare((c,)) for c in word]
    return ["".join(letters) for letters in product(*ways) if any(letters)]


def _is_lacking(letter: str) -> bool:
    return not letter.isascii() and letter not in _WRITTEN
