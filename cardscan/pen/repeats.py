"""What of a line print repeats elsewhere on the card: the name in a logo's script face comes again in the site's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from cardscan.notes import fold, known_share
from cardscan.parse import owns_mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import Page

ADDRESS: Final = re.compile(r"@|www|https?:", re.I)
"""Of mail or web: printed, however it looks."""

_LONGEST: Final = 200  # characters of a line that are looked at
_PRINT_LIKE: Final = 0.5
_NAME: Final = 6  # letters of a name that is looked for elsewhere
_ALIKE: Final = 0.75  # of such a name's letters, where it was misread
_LONG_NAME: Final = 8  # of one that is but the line's first words
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")
_INITIALS: Final = re.compile(r"\b[A-Z]{2,3}\b")
_SIGNS: Final = re.compile(r"[\W_]+")


def repeated(page: Page) -> list[float]:
    """How much of each line print repeats elsewhere: a name in a logo's script face comes again in the site's.

    Rules and not the judge's, as few cards teach it and it holds for all. Single words of notes (`phone`) are let off
    but in hosts.

    Returns:
        1 where the whole line is repeated, or is the name that a mail address is made of; else the share of its longer
        words and of the capitals that are a word of an address (`KPC` of `kpc.dk`), at most 0.9.
    """
    spelled = [fold(line.text[:_LONGEST]) for line in page.lines]
    squashed = [_SIGNS.sub("", text) for text in spelled]
    hosts = [_SIGNS.sub("", text.rsplit("@", 1)[-1]) for text in spelled]
    addresses = {index for index, line in enumerate(page.lines) if ADDRESS.search(line.text)}
    sources = [
        text if page.looks[index].pen < _PRINT_LIKE or index in addresses else "" for index, text in enumerate(squashed)
    ]
    found = []
    for index, line in enumerate(page.lines):
        others = addresses - {index}
        squeezed = [squashed[other] for other in others]
        rest = "\n".join(source for place, source in enumerate(sources) if place != index)
        if " " not in line.text.strip() and known_share(line.text) >= 1:
            is_host = len(squashed[index]) >= _NAME and any(squashed[index] in hosts[other] for other in others)
            found.append(1.0 if is_host else 0.0)
        elif (len(squashed[index]) >= _NAME and squashed[index] in rest) or owns_mail(
            line.text, [page.lines[other].text for other in others]
        ):
            found.append(1.0)
        elif _begins_host(_SIGNS.split(spelled[index]), squeezed):
            found.append(0.9)
        else:
            words = _WORD.findall(spelled[index])
            parts = {part for other in others for part in _SIGNS.split(spelled[other])}
            initials = len(parts & set(map(str.lower, _INITIALS.findall(line.text))))
            names = sum(_is_name_in(word, rest, squeezed) for word in words)
            found.append(min(0.9, (names + initials) / max(1, len(words) + initials)))
    return found


def _is_name_in(word: str, rest: str, addresses: Sequence[str]) -> bool:
    if known_share(word) >= 1:
        return False  # `email` stands on every other card
    return word in rest or (len(word) >= _NAME and like_an_address(word, addresses) >= _ALIKE)


def _begins_host(words: Sequence[str], addresses: Sequence[str]) -> bool:
    """Whether an address has a name that the line begins with: `greenpath.com` of *Green Path Flowers*."""
    joined = ["".join(words[:count]) for count in range(2, len(words) + 1)]
    return any(len(name) >= _LONG_NAME and any(name in address for address in addresses) for name in joined)


def like_an_address(word: str, addresses: Sequence[str]) -> float:
    """How much of a word, 0 to 1, stands in one of some addresses, which are in small letters and without signs.

    A misread name is known by the mail that is made of it: *Shtadanek* stands but for two letters in `lskladanek`.
    """
    return max(
        (fuzz.partial_ratio(word, address) / 100 for address in addresses if len(address) >= len(word)), default=0.0
    )
