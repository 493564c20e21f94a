"""A phrase of a lexicon: the compared forms of its words, cut as a note is cut."""

from __future__ import annotations

from functools import cache

from cardscan.notes.tokens import fold, tokenize

Phrase = tuple[str, ...]
Phrases = dict[Phrase, str]


def words_in(text: str) -> list[str]:
    """The compared forms of a text's tokens."""
    return [token.norm for token in tokenize(text)]


@cache
def phrase_of(text: str) -> Phrase:
    """A written phrase as the grammar compares it."""
    if text.replace(" ", "").isalpha():  # nearly every phrase: letters and spaces need no tokenizer
        return tuple(fold(text).split())
    words = words_in(text)
    if len(words) > 1 and words[-1] == "'" and not words[-2].endswith("s"):
        words.pop()  # elided, `besoin d'`: a note is cut into `besoin`, `d`, `un`; but `days'` keeps its sign
    return tuple(words)
