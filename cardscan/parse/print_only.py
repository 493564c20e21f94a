"""What cards print and nobody scribbles: titles by themselves, streets, registrations, the name of the mail's owner."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cardscan.parse.address_marks import address_marks
from cardscan.parse.agreement import name_fit
from cardscan.parse.names import read_name
from cardscan.parse.registration import holds_registration
from cardscan.parse.titles import CONNECTORS, title_score
from cardscan.parse.vocabulary import is_cjk, supporting, word_list, words

_PLAINLY: Final = 1.0
_NAME: Final = 1.5
_ADDRESS: Final = 1.5
_LONGEST: Final = 120
_OWNER: Final = 0.85  # fit of a name with a mail address, from which on they are one person's
_NAME_WORDS: Final = range(2, 5)
_LOCAL: Final = re.compile(r"[\w.+-]{2,64}(?=@)")


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


def owns_mail(text: str, printed: Iterable[str]) -> bool:
    """Whether a line is nothing but a name, and one of the `printed` lines holds a mail address made of all of it.

    Each word of three letters or more has its part in the address: `call Greta Lind` does not own `greta.lind@`.
    """
    tokens = text[:_LONGEST].split()
    if len(tokens) not in _NAME_WORDS or not all(token.strip(".'’-").replace("-", "").isalpha() for token in tokens):
        return False
    name = words(text)
    for local in {local for line in printed for local in _LOCAL.findall(line)}:
        fit = name_fit(name, [local])
        without = (name_fit([*name[:at], *name[at + 1 :]], [local]) for at, word in enumerate(name) if len(word) > 2)
        if fit >= _OWNER and all(less < fit for less in without):
            return True
    return False
