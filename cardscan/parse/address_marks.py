"""What in a text speaks of a postal address: streets, codes, towns, regions, countries, parts of buildings.

One pass over a piece of text gives `Marks`; `addresses` groups pieces by them, `address_parts` splits by them. Forms
of postal codes by country stand in `lexicon/postcodes.toml`, towns in `cities.toml`, states in `regions.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from cardscan.parse.folding import fold, zeros_and_os
from cardscan.parse.organizations import legal_form
from cardscan.parse.titles import title_score
from cardscan.parse.vocabulary import (
    cjk_characters,
    folded,
    is_cjk,
    phrases,
    places,
    role_words,
    tables,
    word_list,
    words,
)

_LONGEST = 200  # characters of one printed line of an address
_NUMBER_FIRST = re.compile(
    r"^(?:no\.?\s*|#\s*|n[°º]\s*)?\d{1,5}(?:[-/]\d{1,4})?\s?[A-Za-z]?\b[\s,.]+(?=[^\W\d_])", re.IGNORECASE
)
_NUMBER_LAST = re.compile(
    r"[^\W\d_]{2}[.,]?\s*,?\s*(?:n[°ºor]?[.:]{0,2}\s*|no[.:]{0,2}\s*|#\s*)?"
    r"\d{1,5}(?:[-/ .]{0,3}\d{1,4})?\s?[A-Za-z]?\.?$"
)
_NUMBER_INSIDE = re.compile(
    r"[^\W\d_]{2},?\s*(?:n[°ºor]\.?:?\s*|no[.:]{0,2}\s*|#\s*)?\d{1,5}\s?[A-Za-z]?(?=\s*[,\-–|/(·;]|\s+[^\W\d_])"
)
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|postfach|postboks|postbus|casella postale|apartado(?: postal| aereo)?|"
    r"caixa postal|b\.?p\.?|c\.?p\.)\s*\d",
    re.IGNORECASE,
)
_ORDINAL_FLOOR = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th|er|e|º|ª|°|\.)?\s*(?:floor|fl|/f|f|étage|etage|andar|piso|planta|"
    r"piano|og|stock|krs|emelet|kat|patro|p(?:ietro)?)\b",
    re.IGNORECASE,
)
_CJK_REGION = re.compile("[省市县縣区區镇鎮乡鄉村郡町州都道府県]|[시도구군동로길](?=\\s|\\d|$)")
_CJK_NUMBER = re.compile(
    "\\d\\s*[号號楼樓室层層階座栋棟段巷弄番丁F층호길]|丁目|番地|[路街道]\\s*\\d|[一二三四五六七八九十]+丁目|大[厦廈樓楼]|ビル|빌딩|(?<=[^\\d\\s-])\\d{1,3}-\\d{1,3}(?:-\\d{1,3})?$"
)
_NO_NUMBER = re.compile(
    r"\b(?:s/n|s\.n\.|sn|b\.b\.|bb)\b|#\s*\d{1,4}[A-Za-z]?\s*-\s*\d{1,4}$", re.IGNORECASE
)  # "sine numero"; "# 1-50"
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d$")
_ON_THE = frozenset({"am", "im", "an", "auf", "zum", "zur", "beim", "unter", "hinter"})  # "Am Anger 3"
_BUILDINGS = frozenset(
    words("building tower towers house plaza complex bldg hall centre center arcade mall court chambers estate park")
)
_POSTAL_SIGN = re.compile("〒")
_CJK_CODE = re.compile(r"〒\s?\d{3}-?\d{4}|(?<!\d)\d{3}-\d{4}(?!\d)|^\s*\d{3}(?:\d{2,3})?(?=\s*[^\W\d_])")
# Street words that are ordinary words too: only with a number, or at the end of a capitalised phrase.
_DOUBTFUL_STREETS = frozenset(
    words(
        "way court ct place pl green hill view close park path ring cross loop row walk gate parade"
        " route trail main green block phase campo"
        " via camino passage cours circle cir plan sector layout rise plaza villa cite station grove"
        " garden gardens gdns heights crossing"
        " junction circus arcade promenade bazar bazaar colony marina salita strada cesta put ter"
        " tere u ut sor os plac market markt taman"
        " gang parque praca centro tower st dr r al c rd ul bd pl tr sok sk cad cd mh sq av ave ln"
        " blvd hwy ter str via km jl gg ring"
        " cr cra jr tv trav qd qc lg est rod pol urb za zi op so is no kg pn pr prosp per nab hem ap"
        " moo mu soi ngo pho"
    )
)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postal code in a text and the countries whose form it has."""

    text: str
    start: int
    end: int
    countries: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What of an address one piece of text shows; places are character ranges.

    Attributes:
        score: Evidence that it belongs to an address, in log-odds.
        street: It names a way or square with a number, or a CJK street and number.
        code: Its postal code.
        cities, regions, countries: Names found, each as (start, end, ISO countries).
        unit: It tells a floor, suite, building or post-office box.
    """

    score: float
    street: bool = False
    code: Postcode | None = None
    cities: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    regions: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    countries: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    unit: bool = False

    @property
    def town(self) -> bool:
        """Whether it tells where the town is."""
        return bool(self.code or self.cities or self.regions)


@lru_cache(maxsize=2048)
def address_marks(text: str) -> Marks:
    """Look for the marks of an address in one piece of text."""
    if len(text) > _LONGEST or "@" in text or not any(c.isalnum() for c in text):
        return Marks(-4.0)
    text = zeros_and_os(text)
    plain = fold(text)
    if is_cjk(text) or _POSTAL_SIGN.search(text):
        return _cjk_marks(text, plain)
    cities = tuple(_places(text, "cities", 4))
    countries = tuple(_countries(text))
    regions = tuple(_regions(text, bool(cities)))
    code = _postcode(plain, cities, regions, countries)
    street, certainty = _street(text)
    if code is not None and not code.alone and code.start == 0 and certainty > 1.5 and not cities:
        code = None  # a house number
    unit = _unit(text)
    score = -1.6 + certainty
    if code is not None:
        score += 3.0 if code.alone else 2.2
    if cities:
        longest = max(end - start for start, end, _ in cities)
        score += 1.0 + 1.2 * (longest / max(1, len(text.strip())) > 0.6) + 0.4 * ("," in text)
    if regions:
        score += 1.2 if cities or code else 0.7
    if countries:
        longest = max(end - start for start, end, _ in countries)
        score += 2.4 if longest / max(1, len(text.strip())) > 0.75 else 0.9
    if unit:
        score += 1.7
    tokens = words(text)
    if len(tokens) > 1 and text[:1].isupper() and {tokens[0], tokens[-1]} & word_list("district_words").exact:
        score += 1.4
    if _BOX.search(text):
        score, unit = score + 2.6, True
    score += 0.4 * min(2, text.count(",")) * (score > -1.2)
    score -= _contrary(text, street, code)
    return Marks(score, street, code, cities, regions, countries, unit)


def _contrary(text: str, street: bool, code: Postcode | None) -> float:
    """Legal forms, titles and kinds of body speak against an address, unless it is plainly one."""
    firm = street or code is not None
    against = 0.0
    if legal_form(text) is not None and not firm:
        against += 2.2
    if title_score(text) > 0.5 and not firm:
        against += 1.5
    tokens = words(text)
    bodies = sum(t in word_list("organization_words") and t not in word_list("unit_words") for t in tokens)
    if not firm and not any(c.isdigit() for c in text):
        against += 0.7 * min(2, bodies)
    return against


@lru_cache(maxsize=2048)
def _street(text: str) -> tuple[bool, float]:
    """Whether a street with number stands here, and how sure; a street without number counts less."""
    tokens = words(text)
    known = [t for t in tokens if t in word_list("street_words")]
    sure = [t for t in known if t not in _DOUBTFUL_STREETS]
    first, last = bool(_NUMBER_FIRST.match(text)), bool(_NUMBER_LAST.search(text) or _NO_NUMBER.search(text))
    if text[:2].lower() == "c/" and any(c.isdigit() for c in text):
        return True, 3.4
    inside = bool(_NUMBER_INSIDE.search(text))
    number = first or last or inside
    if sure and number:
        return True, 3.4
    if known and number and (first or tokens[0] in known or known[-1] == tokens[-1] or inside or len(tokens) <= 6):
        return True, 2.7 if first or tokens[0] in known else 2.2
    if sure and len(tokens) > 1:
        return False, 1.7 if any(c.isupper() for c in text) else 0.6
    if known and len(tokens) > 1 and known[-1] == tokens[-1] and any(c.isupper() for c in text):
        return False, 0.9
    if any(t in role_words("services") or t in role_words("hours") for t in tokens):
        return False, 0.0
    if first and len(tokens) > 1 and text[:1].isdigit():
        return False, 1.4
    if last and len(tokens) > 1 and not (_YEAR.search(text) or tokens[0] in role_words("tagline")):
        return tokens[0] in _ON_THE, 2.2 if tokens[0] in _ON_THE else 1.35
    return False, 0.3 * inside


def _unit(text: str) -> bool:
    if _ORDINAL_FLOOR.search(text):
        return True
    tokens = words(text)
    for place, token in enumerate(tokens):
        if token not in word_list("unit_words") or len(token) < 2:
            continue
        near = tokens[max(0, place - 1) : place + 2]
        if any(any(c.isdigit() for c in t) or (len(t) == 1 and t != token) for t in near):
            return True
    return len(tokens) > 1 and tokens[-1] in _BUILDINGS


def _places(text: str, name: str, longest: int) -> list[tuple[int, int, tuple[str, ...]]]:
    found: list[tuple[int, int, tuple[str, ...]]] = []
    known = places(name)
    for phrase, start, end in phrases(text, longest):
        if text[start] == "l" and f"i{phrase[1:]}" in known:  # "lași": an I that was read as a small letter
            phrase = f"i{phrase[1:]}"
        capital = text[start].isupper() or phrase[:1] == "i"  # İstanbul, whose capital is read as a small letter
        if phrase in known and capital and not (len(phrase) < 3 and not text[start:end].isupper()):
            found = [f for f in found if not (start <= f[0] and f[1] <= end)]
            if not any(f[0] <= start and end <= f[1] for f in found):
                found.append((start, end, known[phrase]))
    return found


def _countries(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Names of countries: whole text, after a comma or dash, or at the end; two-letter ones only in capitals there."""
    found = []
    for start, end, isos in _places(text, "countries", 4):
        tail = text[end:].strip(" .,;)-–|")
        head = text[:start].rstrip()
        alone = not head or head[-1] in ",-–|/·.(;" or end - start > 4
        first = not head and text[end : end + 1] in {",", ";"}
        parted = bool(head) and head[-1] in ",-–|·(" and bool(tail)
        if (not tail and alone) or first or parted:
            found.append((start, end, isos))
    return found


@cache
def _region_table() -> dict[str, tuple[tuple[str, str], ...]]:
    """Folded region code or name -> (country, code)."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for country, value in tables("regions").items():
        for entry in value.split(";"):
            code, _, name = entry.strip().partition(" ")
            for key in (folded(code), " ".join(words(name))):
                table[key] = (*table.get(key, ()), (country, code))
    return table


def region_codes(text: str) -> tuple[tuple[str, str], ...]:
    """(country, code) of the regions that a text names."""
    return _region_table().get(" ".join(words(text)), ())


def _regions(text: str, with_city: bool) -> list[tuple[int, int, tuple[str, ...]]]:
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for phrase, start, end in phrases(text, 4):
        entries = _region_table().get(phrase)
        if not entries:
            continue
        printed = text[start:end].strip(".")
        if len(printed) <= 4:
            before = text[:start].rstrip()
            digits_follow = bool(re.match(r"[\s,.-]*\d{4,6}\b", text[end:]))
            parted = bool(before) and before[-1] in ",-–/|(.·"
            at_end = not text[end:].strip(" .,)-")
            if not printed.isupper() or not (
                digits_follow or (parted and (at_end or with_city)) or (with_city and at_end)
            ):
                continue
        elif not text[start].isupper():
            continue
        found = [f for f in found if not (start <= f[0] and f[1] <= end)]
        if not any(f[0] <= start and end <= f[1] for f in found):
            found.append((start, end, tuple(country for country, _ in entries)))
    return found


@cache
def _postcode_forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    source = (files("cardscan.parse") / "lexicon" / "postcodes.toml").read_text(encoding="utf-8")
    return tuple(
        (entry["country"], re.compile(rf"(?<![\w-])(?:{entry['form']})(?![\w]|-\d)"), entry["where"])
        for entry in tomllib.loads(source)["postcode"]
    )


_Range = tuple[int, int, tuple[str, ...]]


def _postcode(
    text: str, cities: tuple[_Range, ...], regions: tuple[_Range, ...], countries: tuple[_Range, ...]
) -> Postcode | None:
    """The best postal code: one of a telling form, else one beside a town, region or country."""
    best: dict[tuple[int, int], tuple[float, list[str], bool]] = {}
    told = {iso for _, _, isos in (*countries, *regions, *cities) for iso in isos}
    for country, form, where in _postcode_forms():
        for match in form.finditer(text):
            weight = _code_weight(text, match, where, country in told)
            if weight > 0:
                span = match.span()
                old = best.get(span, (0.0, [], False))
                isos = [*old[1], country] if weight <= old[0] else [country, *old[1]]
                best[span] = (max(weight, old[0]), isos, old[2] or where == "alone")
    if not best:
        return None
    span = max(best, key=lambda s: (best[s][0], s[1] - s[0]))
    weight, isos, alone = best[span]
    return Postcode(text[slice(*span)].strip(), *span, tuple(dict.fromkeys(isos)), alone or weight >= 3)


def _code_weight(text: str, match: re.Match[str], where: str, told: bool) -> float:
    if sum(c.isdigit() for c in match[0]) < 2:
        return 0.0
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" ,-")
    labelled = bool(
        re.search(
            r"\b(?:cep|zip|plz|c\.?p\.?|pin|postal code|pincode|p\.?c\.?|postcode|kode pos)\s*[:.\-]?$",
            before,
            re.IGNORECASE,
        )
    )
    if where == "alone":
        return 3.0
    if labelled:
        return 3.2
    capital_follows = bool(re.match(r"[^\W\d_a-z]['’]?[^\W\d_]+", after))
    if where == "before":
        short = sum(c.isdigit() for c in match[0]) == 4
        starts = not before or (before[-1] in ",-–|/·(;" and not short)
        prefixed = match[0][:1].isalpha()
        digits = sum(c.isdigit() for c in match[0])
        if capital_follows and (starts or told):
            return (1.4 if digits > 4 else 0.9) + 1.0 * told + 1.0 * prefixed + 0.4 * (not before)
        return 0.8 if told and digits > 4 else 0.0
    region_before = bool(re.search(r"(?:^|[\s,.])[A-Z]{2,3}[.,]?$", before))
    if where == "after":
        ends = not after or after[0] in ",;|.(" or told
        if told and ends:
            return 2.2
        capital_before = bool(re.search(r"[^\W\d_]{2,}[\s,-]*$", before))
        digits = sum(c.isdigit() for c in match[0])
        return (
            1.8 if region_before and ends and digits >= 4 else (0.5 if capital_before and ends and digits >= 5 else 0.0)
        )
    return 1.2 if told else 0.0


def _cjk_marks(text: str, plain: str) -> Marks:
    regions = len(_CJK_REGION.findall(text))
    numbers = len(_CJK_NUMBER.findall(plain))
    code = _CJK_CODE.search(plain)
    cities = tuple(_cjk_places(text, "cities"))
    countries = tuple(_cjk_places(text, "countries"))
    score = -2.0 + 0.9 * min(3, regions) + 1.4 * min(2, numbers) + 0.8 * bool(cities)
    score += 3.0 * bool(_POSTAL_SIGN.search(text)) + 0.6 * any(c.isdigit() for c in plain)
    score += 0.6 * (bool(cities) and (numbers > 0 or code is not None))
    if legal_form(text) is not None and not numbers:
        score -= 2.5
    if len(cjk_characters(text)) < 4 and not code:
        score -= 1.0
    postcode = None
    if code is not None and (score > 0 or _POSTAL_SIGN.search(text)):
        digits = re.sub(r"[^\d-]", "", code[0])
        isos = ("JP",) if "-" in digits or len(digits) == 7 else ("TW", "CN", "KR")
        postcode = Postcode(digits, code.start(), code.end(), isos, bool(_POSTAL_SIGN.search(code[0])))
    return Marks(score, numbers > 0 and score > 0, postcode, cities, (), countries, False)


def _cjk_places(text: str, name: str) -> list[_Range]:
    found = []
    for place, isos in places(name).items():
        if place and cjk_characters(place) and place in text and len(place) > 1:
            start = text.index(place)
            found.append((start, start + len(place), isos))
    return found
