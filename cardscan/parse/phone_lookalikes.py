"""Digits that look like a telephone number and are none: dates, hours, prices, postal codes, measures.

A label ("Tel.") or a "+" says more than the look; without them a number must be valid or look like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardscan.parse.phone_numbers import Dialled

_DATE = re.compile(
    r"\(?(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}"
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)?\d\d)\)?"
)
_CLOCK = r"(?:(?:[01]?\d|2[0-4])[.h][0-5]\d|(?:[01]\d|2[0-4])[0-5]0)"
_HOURS = re.compile(rf"{_CLOCK} ?-+ ?{_CLOCK}(?: ?[/,] ?{_CLOCK} ?- ?{_CLOCK})?")
_DIMENSION = re.compile(r"\s?[xX×]\s?\d")
_POSTAL = re.compile(r"\d{5}-\d{3}|\d{3}-\d{3}|\d{2}-\d{3}|\d{5}-\d{4}|\d{3} \d{2}|\d{4,6}")
_MONEY = re.compile(r"(?:[$€£¥₹₽₩]|R\$|Rs\.?|USD|EUR|CHF|kr)\s?$")
_MEASURE = re.compile(r"\s?(?:%|°|(?:mm|cm|km|kg|m2|m²|ml|V|W|Hz|MHz|h|hs|hrs|am|pm|a\.m|p\.m|th|st|nd|rd|º|ª)\b)")
_GROUPED = re.compile(r"\+|\(\d{1,5}\)|\d{3,5}[-. ·]\d{4}$|\d[-. ·]\d{4}[-. ]\d{4}$|^0\d{8,10}$|^0\d{1,4}[-/ ·.]")
_LOCAL = re.compile(r"\(?\d{3,5}[-. ·]\d{3,4}|\d[-. ]?\d{3,4}[-. ·]\d{4}")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Digits in their place.

    Attributes:
        printed: The number as printed, folded, digits mended.
        before: The few characters before it.
        after: The few characters behind it.
        digits: How many digits it has, with what a list leaves out.
        reading: The best way to dial it.
        kinds: Kinds of its label; empty where it has none.
        plus: A "+" opens it.
        alone: Its line has no letters.
        listed: It goes on with the number before.
        region: The card's likeliest country.
    """

    printed: str
    before: str
    after: str
    digits: int
    reading: Dialled
    kinds: tuple[str, ...]
    plus: bool
    alone: bool
    listed: bool
    region: str | None


def is_phone(seen: Sighting) -> bool:
    """Whether these digits are a telephone number."""
    if _is_other_print(seen):
        return False
    if seen.kinds or seen.listed:
        if "postal" in seen.kinds:  # "CEP": mobile in Turkish, postal code in Portuguese
            return seen.reading.valid
        return seen.reading.rule != "local" or seen.digits >= 5
    if seen.reading.rule == "international":
        return True
    return not _is_postal_code(seen) and _looks_dialled(seen)


def _is_other_print(seen: Sighting) -> bool:
    if _MONEY.search(seen.before) or _MEASURE.match(seen.after) or _DATE.fullmatch(seen.printed):
        return True
    if _DIMENSION.match(seen.after) and seen.digits < 7:
        return True
    if seen.before[-1:].isalnum() and not seen.kinds and not seen.plus:
        return True
    if _HOURS.fullmatch(seen.printed) and not (seen.reading.valid and seen.kinds):
        return True
    return seen.before.endswith(":") and seen.after.startswith(":")


def _is_postal_code(seen: Sighting) -> bool:
    if seen.region == "JP" and re.fullmatch(r"\d{3}-\d{4}", seen.printed):
        return True
    brazilian_mobile = seen.alone and re.fullmatch(r"9\d{4}-\d{4}", seen.printed)
    return _POSTAL.fullmatch(seen.printed) is not None and not brazilian_mobile


def _looks_dialled(seen: Sighting) -> bool:
    grouped = _GROUPED.search(seen.printed) is not None
    if seen.reading.rule == "local":
        return seen.alone and seen.digits >= 7 and (grouped or _LOCAL.fullmatch(seen.printed) is not None)
    if not seen.reading.valid:
        return seen.alone and seen.digits >= 9 and grouped
    return seen.digits >= 9 or grouped or (seen.alone and seen.digits >= 8)
