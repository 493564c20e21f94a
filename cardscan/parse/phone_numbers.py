"""What a printed string of digits can be dialled as: the best reading over the countries it may belong to.

Numbering plans come from `phonenumbers` (ITU-T E.164 and the national plans). A reading's score only ranks readings
of the same print against each other; confidence is made from `rule` and `valid` by the finder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

_INTERNATIONAL_PREFIX = re.compile(r"^(?:00|011|0011|010|810|8\W?10)(?=[1-9])")
_NORTH_AMERICAN = re.compile(r"^(?:1[-. ])?\(?[2-9]\d\d\)?[-. ·/]{0,3}[2-9]\d\d[-. ·]\d{4}$")
_BRAZILIAN = re.compile(r"^\(?0?[1-9]\d\)?[-. ]{0,3}(?:9[-. ]?\d{4}|[2-5]\d{3})[-. ]\d{4}$")
_BRAZILIAN_MOBILE = re.compile(r"^9[-. ]?\d{4}[-. ]\d{4}$")
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.PAGER})
_USUAL = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
# Mexico dropped these in 2019-08 (IFT, national numbering plan); cards printed before still carry them.
_RETIRED_HOME = {"MX": re.compile(r"^(?:01|044|045)(?=\d{10}$)")}
_RETIRED_ABROAD = re.compile(r"^521(?=\d{10}$)")


@dataclass(frozen=True, slots=True)
class Dialled:
    """One way to dial what is printed.

    Attributes:
        e164: The number as E.164, or None when only a local number without its area code is printed.
        region: ISO 3166 country, or None where unknown.
        valid: It fits the country's numbering plan (not: that somebody answers).
        mobile: The plan says mobile.
        score: Higher is likelier; 0 for what is no number at all.
        rule: international, prefix, national, untrunked, shape, possible, local or none.
    """

    e164: str | None
    region: str | None
    valid: bool
    mobile: bool
    score: float
    rule: str


NOT_DIALLED = Dialled(None, None, False, False, 0.0, "none")


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _dialled(number: PhoneNumber, score: float, rule: str) -> Dialled:
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    valid = phonenumbers.is_valid_number(number)
    return Dialled(
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        None if region in (None, "ZZ", "001") else region,
        valid,
        phonenumbers.number_type(number) in _MOBILE,
        score,
        rule,
    )


_LIKE_PLUS = "4"  # what a "+" in small print is read as


@lru_cache(maxsize=8192)
def dial(digits: str, plus: bool, printed: str, regions: tuple[str, ...]) -> Dialled:
    """The best reading of printed digits.

    Args:
        digits: The digits alone, ASCII.
        plus: A "+" stands before them.
        printed: As printed, folded, for its shape.
        regions: Candidate countries, likeliest first; may be empty.
    """
    if not 5 <= len(digits) <= 17:
        return NOT_DIALLED
    if plus:
        return _international(digits, printed)
    prefix = _INTERNATIONAL_PREFIX.match(digits)
    if prefix:
        abroad = _international(digits[prefix.end() :], printed)
        if abroad.valid:
            return _scored(abroad, 3.6, "prefix")
    readings = [_national(digits, region, rank) for rank, region in enumerate(regions[:6])]
    readings += [_shaped(digits, printed)] if not any(r.valid for r in readings) else []
    best = max(readings, key=lambda r: r.score, default=NOT_DIALLED)
    if not best.valid and len(digits) >= 11:
        bare = _international(digits, printed)
        if bare.valid and (bare.region in regions or not regions):
            return _scored(bare, 2.6, "prefix")
        behind = _international(digits[1:], printed) if digits[0] == _LIKE_PLUS else NOT_DIALLED
        if behind.valid and behind.region in regions:
            return _scored(behind, 2.4, "prefix")
    if best is NOT_DIALLED and not regions and 6 <= len(digits) <= 15:
        mobile = bool(_BRAZILIAN_MOBILE.match(printed.strip()))
        return Dialled(None, None, False, mobile, 0.8 if len(digits) >= 7 else 0.4, "local")
    return best


def _scored(reading: Dialled, score: float, rule: str) -> Dialled:
    return Dialled(reading.e164, reading.region, reading.valid, reading.mobile, score, rule)


def _international(digits: str, printed: str) -> Dialled:
    """With its country code; "(0)" after it is the trunk prefix one leaves out from abroad."""
    digits = _RETIRED_ABROAD.sub("52", digits)
    number = _parsed("+" + digits, None)
    if number is None:
        return NOT_DIALLED
    reading = _dialled(number, 4.0, "international")
    if reading.valid:
        return reading
    if "(0)" in printed.replace(" ", ""):
        code = str(number.country_code)
        rest = digits[len(code) :]
        without = _parsed(f"+{code}{rest[1:]}", None) if rest.startswith("0") else None
        if without is not None and phonenumbers.is_valid_number(without):
            return _dialled(without, 4.0, "international")
    if phonenumbers.is_possible_number(number) and len(digits) >= 8:
        return _scored(reading, 1.8, "possible")
    return NOT_DIALLED


def _national(digits: str, region: str, rank: int) -> Dialled:
    if region in _RETIRED_HOME:
        digits = _RETIRED_HOME[region].sub("", digits)
    number = _parsed(digits, region)
    if number is None:
        return NOT_DIALLED
    if phonenumbers.is_valid_number(number):
        trunked = _has_expected_trunk(digits, number, region)
        if phonenumbers.is_valid_number_for_region(number, region) or rank == 0:
            score = (3.0 if trunked else 2.2) - 0.15 * rank
            return _dialled(number, score, "national" if trunked else "untrunked")
    fixed, mobile = (phonenumbers.is_possible_number_for_type_with_reason(number, kind) for kind in _USUAL)
    fits = {fixed, mobile}
    if ValidationResult.IS_POSSIBLE in fits and len(digits) >= 7:
        trunk = phonenumbers.ndd_prefix_for_region(region, True)
        if trunk in (None, "1") or digits.startswith(trunk) or len(digits) >= 9:
            return _scored(_dialled(number, 0, ""), 1.2 - 0.1 * rank, "possible")
        return Dialled(None, region, False, False, 0.8 - 0.05 * rank, "local")
    short = ValidationResult.IS_POSSIBLE_LOCAL_ONLY in fits or (
        ValidationResult.IS_POSSIBLE in fits and len(digits) < 7
    )
    if short or (ValidationResult.TOO_SHORT in fits and len(digits) >= 6):
        local = {5: 0.3, 6: 0.5}.get(len(digits), 0.8)
        only_mobile = mobile == ValidationResult.IS_POSSIBLE_LOCAL_ONLY != fixed
        return Dialled(None, region, False, only_mobile, local - 0.05 * rank, "local")
    return NOT_DIALLED


def _has_expected_trunk(digits: str, number: PhoneNumber, region: str) -> bool:
    """Whether the trunk prefix stands where this country prints it (or the country has none)."""
    printed_at_home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    wanted = phonenumbers.ndd_prefix_for_region(region, True)
    home_digits = "".join(c for c in printed_at_home if c.isdigit())
    if wanted is None or not home_digits.startswith(wanted) or wanted == "1":
        return True
    return digits.startswith(wanted) or digits.startswith(str(number.country_code))


def _shaped(digits: str, printed: str) -> Dialled:
    """Groupings that belong to one numbering plan, for a card that names no country."""
    for shape, region in ((_NORTH_AMERICAN, "US"), (_BRAZILIAN, "BR")):
        if shape.match(printed.strip()):
            number = _parsed(digits, region)
            if number is not None and phonenumbers.is_valid_number(number):
                return _dialled(number, 1.9, "shape")
    return NOT_DIALLED


def continued(previous: str, tail: str) -> Dialled:
    """The next number of a list that prints only its last digits: "2345 6789 / 90" goes on with 2345 6790.

    Args:
        previous: E.164 of the number before.
        tail: The digits printed, fewer than those of the number before.
    """
    if not 0 < len(tail) < len(previous) - 4:
        return NOT_DIALLED
    number = _parsed(previous[: -len(tail)] + tail, None)
    if number is None or not phonenumbers.is_possible_number(number):
        return NOT_DIALLED
    return _dialled(number, 0.5, "continued")
