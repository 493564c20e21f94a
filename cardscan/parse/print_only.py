"""What cards print and nobody scribbles: job titles by themselves, streets with their numbers, registrations."""

from __future__ import annotations

from typing import Final

from cardscan.parse.address_marks import address_marks
from cardscan.parse.names import read_name
from cardscan.parse.registration import holds_registration
from cardscan.parse.titles import CONNECTORS, title_score
from cardscan.parse.vocabulary import is_cjk, supporting, word_list, words

_PLAINLY: Final = 1.0
_NAME: Final = 1.5
_ADDRESS: Final = 1.5
_LONGEST: Final = 120


def is_plainly_printed(text: str) -> bool:
    """Whether a line says nothing but what a card prints.

    Told by words alone, so that it can correct what looks say: a title in a script face looks like a note.
    """
    if len(text) > _LONGEST:
        return False
    if is_cjk(text):
        name = read_name(text)
        return title_score(text) > _PLAINLY or (name is not None and name.score > _NAME)
    tokens = words(text)
    lists = (word_list("title_words"), supporting("title_words"), CONNECTORS)
    if tokens and title_score(text) > _PLAINLY and all(any(token in known for known in lists) for token in tokens):
        return True
    if holds_registration(text):
        return True
    marks = address_marks(text)
    where = marks.street or (marks.code is not None and bool(marks.cities))
    return where and marks.score > _ADDRESS
