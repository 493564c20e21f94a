"""The parts of one printed address: street, locality, region, postal code.

What is told for sure is cut out (code, country, region); the town is what stands by the code, or a known town; the
street is what comes before it. Where a part cannot be told it stays None: `full` has it all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardscan.parse.address_marks import Marks, region_codes
from cardscan.parse.vocabulary import is_cjk

_TOWN_AFTER = re.compile(r"^[\s,\-–|]*([^\W\d_][^,;|()\d]{1,40}?)(?=\s*(?:[,;|()–]|\s-\s|$|\d))")
_TOWN_BEFORE = re.compile(r"([^\W\d_][^,;|()\d\-–]{1,40}?)[\s,\-–|]*$")
_EDGES = " ,;|-–·/()"
_JAPANESE = re.compile(r"^(東京都|北海道|(?:京都|大阪)府|[^\s\d]{2,3}県)(.{1,8}?[市区町村]|.{1,6}?郡.{1,6}?[町村])")
_CHINESE = re.compile(r"(?:([^\s\d]{2,6}?(?:省|自治区))\s*)?([^\s\d]{2,6}?[市縣县])")
_KOREAN = re.compile(r"([가-힣]{1,8}(?:특별시|광역시|도|시))\s*([가-힣]{1,6}[시군구])?")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that could be told."""

    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None


def address_parts(texts: Sequence[str], marks: Sequence[Marks], country: str | None) -> Parts:
    """Split an address; `texts` are its printed pieces in order and `marks` what each shows."""
    code_at = next((i for i, m in enumerate(marks) if m.code is not None and (m.code.alone or not m.street)), None)
    if code_at is None:
        code_at = next((i for i, m in enumerate(marks) if m.code is not None), None)
    code = marks[code_at].code if code_at is not None else None
    postal_code = _clean_code(code.text) if code is not None else None
    if is_cjk(" ".join(texts)):
        return _cjk_parts(" ".join(texts), postal_code)
    region = _region(texts, marks, country)
    town_at, locality = _locality(texts, marks, code_at)
    street = _street(texts, marks, town_at, locality)
    return Parts(street, locality, region, postal_code)


def _clean_code(text: str) -> str:
    return re.sub(r"^(?:[A-Z]{1,3}-|〒\s*)", "", text.strip(" ()"))


def _region(texts: Sequence[str], marks: Sequence[Marks], country: str | None) -> str | None:
    for text, mark in reversed(list(zip(texts, marks, strict=True))):
        for start, end, isos in reversed(mark.regions):
            printed = text[start:end]
            if country is None or country in isos:
                codes = [code for iso, code in region_codes(printed) if iso == country]
                return codes[0] if codes else printed
    return None


def _locality(texts: Sequence[str], marks: Sequence[Marks], code_at: int | None) -> tuple[int | None, str | None]:
    """Where the town stands (index of the piece) and its name."""
    if code_at is not None:
        mark, text = marks[code_at], texts[code_at]
        cities = [c for c in mark.cities if text[c[0] : c[1]].lower() not in {"co"}]
        if cities:
            start, end, _ = cities[-1]
            return code_at, text[start:end]
        code = mark.code
        if code is not None:
            after = _TOWN_AFTER.match(text[code.end :])
            if after and not region_codes(after[1]):
                return code_at, after[1].strip(_EDGES)
            before_text = text[: code.start]
            for start, end, _ in reversed(mark.regions):
                if end <= code.start:
                    before_text = text[:start]
                    break
            before = _TOWN_BEFORE.search(before_text.rstrip(_EDGES))
            if before and len(before[1].split()) <= 4:
                return code_at, before[1].strip(_EDGES)
    for index in range(len(texts) - 1, -1, -1):
        if marks[index].cities:
            start, end, _ = marks[index].cities[-1]
            return index, texts[index][start:end]
    for index in range(len(texts) - 1, -1, -1):
        for start, _, _ in marks[index].regions:
            before = _TOWN_BEFORE.search(texts[index][:start].rstrip(_EDGES))
            if before and len(before[1].split()) <= 4:
                return index, before[1].strip(_EDGES)
    return None, None


def _street(texts: Sequence[str], marks: Sequence[Marks], town_at: int | None, locality: str | None) -> str | None:
    chosen: list[str] = []
    for index, text in enumerate(texts):
        if town_at is not None and index == town_at:
            cut = len(text)
            code = marks[index].code
            if locality and locality in text:
                cut = text.rindex(locality)
            if code is not None and code.start < cut:
                cut = code.start if not marks[index].street or code.start > 4 else cut
            head = re.sub(r"(?i)\b(?:cep|zip|plz|c\.?p\.?|pin)\s*:?\s*$", "", text[:cut].rstrip(_EDGES)).strip(_EDGES)
            if head and any(c.isdigit() for c in head):
                chosen.append(head)
            break
        if marks[index].countries and not marks[index].street:
            continue
        chosen.append(text.strip(_EDGES))
    if not any(any(c.isdigit() for c in part) for part in chosen) and not any(m.street for m in marks):
        return ", ".join(chosen) or None
    return ", ".join(part for part in chosen if part) or None


def _cjk_parts(text: str, postal_code: str | None) -> Parts:
    bare = re.sub(r"〒?\s?\d{3}-?\d{4}\s*", "", text, count=1) if postal_code and "-" in postal_code else text
    for form in (_JAPANESE, _CHINESE, _KOREAN):
        match = form.search(bare)
        if match:
            region, locality = match[1], match[2]
            street = bare[match.end() :].strip(_EDGES) or None
            return Parts(street, locality or region, region, postal_code)
    return Parts(bare.strip(_EDGES) or None, None, None, postal_code)
