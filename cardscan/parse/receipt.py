"""A till receipt between the cards: as flat, as light and as full of print as they are, and no card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cardscan.parse.vocabulary import role_words, words
from cardscan.record import TextLine

_AMOUNT: Final = re.compile(r"(?<![\d.,/+-])[€$£¥]?\s?\d{1,6}[.,] ?\d{2}\s?(?:[€$£¥]|[A-Z]{1,3})?\s*$")
_AMOUNTS: Final = 3
_WORDS: Final = 2
_COLUMN: Final = 5
_MOSTLY: Final = 0.65


def is_receipt(lines: Sequence[TextLine]) -> bool:
    """Whether lines are those of a receipt: amounts at their ends, words of a till, and no mail address.

    Where most lines are amounts, one word of a till will do.
    """
    texts = [line.text for line in lines]
    if any("@" in text for text in texts):
        return False
    amounts = sum(_AMOUNT.search(text) is not None for text in texts)
    told = {word for text in texts for word in words(text) if word in role_words("till")}
    mostly = amounts >= _COLUMN and amounts > _MOSTLY * len(texts)
    return amounts >= _AMOUNTS and len(told) >= (1 if mostly else _WORDS)
