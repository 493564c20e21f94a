"""Lines that hold two things: a name and a title, a title and a firm, two names.

"Jane Doe, CEO", "CEO: Jane Doe", "Jane Doe Managing Director", "Sales Manager | Acme Ltd", "代表取締役 山田太郎".
A line that reads well as one thing stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cardscan.parse.address_marks import address_marks
from cardscan.parse.layout import Piece, part_of
from cardscan.parse.names import read_name
from cardscan.parse.organizations import legal_form, organization_score
from cardscan.parse.titles import department_score, title_end, title_score, title_start
from cardscan.parse.vocabulary import is_cjk, role_words, substrings, words

_SEPARATOR = re.compile(r"\s*[|•·｜／]\s*|\s+[/–—-]\s+|\s*/\s*|,\s*|:\s*|：\s*|\s{2,}|\s+[–—]\s*|;\s*")
_HARD = re.compile(r"\s*[|｜•]\s*|\s+[/–—·]\s+|\s{2,}")
_AT = re.compile(r"\s+(?:at|bei|chez|@)\s+(?!law\b|large\b)", re.IGNORECASE)
_HAN = "\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3"
_SCRIPT_CHANGE = re.compile(rf"[{_HAN}）)](?=\s*[/|]?\s*[A-Za-zÀ-ž])|[A-Za-zÀ-ž.](?=\s*[/|]?\s*[{_HAN}])")
_OWNER = re.compile(r"(?:Prop|Propr|Inh|Tit|Gérant|Ansprechp)\.\s?:?\s{0,2}(?=[^\W\d_a-z])", re.IGNORECASE)
_RANKS = frozenset("高级 高級 资深 資深 首席 助理 主任 特别 特別 常务 常務 执行 執行 代理 名誉 名譽 初级 中级".split())
_LONGEST = 160
_MOST_PARTS = 8


def split_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Each piece, cut where it holds several things."""
    return tuple(part for piece in pieces for part in _split(piece))


def _split(piece: Piece) -> list[Piece]:
    text = piece.text
    if len(text) > _LONGEST or len(text) < 4:
        return [piece]
    scripts = _scripts(text)
    if scripts:
        return [part for half in _kept(piece, scripts) for part in _split(half)]
    if is_cjk(text):
        return _split_cjk(piece)
    labelled = _without_role_label(piece)
    if labelled is not None:
        return _split(labelled)
    whole = read_name(text)
    if whole is not None and whole.score > 1.4:
        return [piece]
    parts = _parts(text, _SEPARATOR)
    if len(parts) > 1:
        cut = _cut(piece, parts)
        if cut:
            return cut
    start = title_start(text)
    if start is not None and legal_form(text) is None:
        head = read_name(text[:start].strip(" ,-–|/"))
        if head is not None and head.score > 0.8 and (head.known or head.name.prefix):
            return _kept(piece, [(0, start), (start, len(text))])
    end = title_end(text)
    if end is not None:
        tail = read_name(text[end:].strip(" ,-–|/:"))
        if tail is not None and tail.score > 1.2 and tail.known and len(tail.core) > 1:
            return _kept(piece, [(0, end), (end, len(text))])
    place = _AT.search(text)
    if place and title_score(text[: place.start()]) > 0.5 and organization_score(text[place.end() :]) > -1.0:
        return _kept(piece, [(0, place.start()), (place.end(), len(text))])
    return [piece]


def _without_role_label(piece: Piece) -> Piece | None:
    """The rest of "Contact: Jane Doe" or "Name: Jane Doe"."""
    owner = _OWNER.match(piece.text)
    if owner is not None and (reading := read_name(piece.text[owner.end() :])) is not None and reading.score > 0:
        return part_of(piece, owner.end(), len(piece.text))
    match = re.match(r"\s*([^:]{3,24}?)\s*:\s*(?=\S)", piece.text)
    if match is None:
        return None
    labels = {
        "name",
        "contact",
        "contato",
        "contacto",
        "kontakt",
        "contatto",
        "attn",
        "nom",
        "nome",
        "nombre",
        "ansprechpartner",
    }
    found = words(match[1])
    if not found or not (set(found) <= labels | {"person", "de", "di", "your"}):
        return None
    return part_of(piece, match.end(), len(piece.text))


def _cut(piece: Piece, parts: list[tuple[int, int]]) -> list[Piece]:
    """The parts of a line when they are different things, else nothing."""
    text = piece.text
    texts = [text[start:end] for start, end in parts]
    if address_marks(text).score > 1.3:
        return _firm_before_address(piece, parts)
    kinds = [_kind(part) for part in texts]
    names = kinds.count("name")
    if names and ("title" in kinds or "organization" in kinds or "department" in kinds or names > 1):
        if names > 1 and "," in text and "title" not in kinds and len(parts) == 2 and not _both_full(texts):
            return []
        return _kept(piece, _merged(text, parts, kinds))
    if kinds.count("title") and "organization" in kinds:
        return _kept(piece, _merged(text, parts, kinds))
    hard = _parts(text, _HARD)
    if len(hard) > 1:
        kinds = [_kind(text[start:end]) for start, end in hard]
        if "name" in kinds or ("title" in kinds and title_score(text) < 1.0):
            return _kept(piece, hard)
        services = sum(any(w in role_words("services") for w in words(text[s:e])) for s, e in hard)
        if len(hard) == 2 and not services and "organization" in kinds:
            return _kept(piece, hard)
    return []


def _both_full(texts: list[str]) -> bool:
    return all(len(words(text)) > 1 for text in texts)


def _firm_before_address(piece: Piece, parts: list[tuple[int, int]]) -> list[Piece]:
    """ "Acme Ltd, 12 High Street, London" -> the firm and the address."""
    text = piece.text
    for count in (1, 2):
        if len(parts) <= count:
            break
        end = parts[count - 1][1]
        head, tail = text[:end], text[parts[count][0] :]
        form = legal_form(head)
        if (
            form is not None
            and form[1] >= len(head) - 1
            and not address_marks(head).street
            and address_marks(tail).score > 1.0
        ):
            return _kept(piece, [(0, end), (parts[count][0], len(text))])
    return []


def _kind(text: str) -> str:
    """What one part of a line is, if it is plain."""
    if not text:
        return "none"
    if legal_form(text) is not None:
        return "organization"
    if title_score(text) > 0.8:
        return "title"
    name = read_name(text)
    if name is not None and (name.score > 1.2 or (name.score > 0.2 and name.known and len(name.core) == 1)):
        return "name"
    if department_score(text) > 0.8:
        return "department"
    return "organization" if organization_score(text) > 0.2 else "none"


def _merged(text: str, parts: list[tuple[int, int]], kinds: list[str]) -> list[tuple[int, int]]:
    """Neighbouring parts of one title put together again ("Jane Doe | Director, Sales" keeps "Director, Sales")."""
    merged: list[tuple[int, int]] = []
    before = ""
    for (start, end), kind in zip(parts, kinds, strict=True):
        joins = merged and before == "title" and kind in {"none", "title", "department"}
        separator = text[merged[-1][1] : start].strip() if merged else ""
        if joins and separator in {",", "/", ""} and kind != "department":
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
            before = kind
    return merged


def _parts(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    parts = []
    here = 0
    for match in separator.finditer(text):
        if match.end() == match.start():
            continue
        parts.append((here, match.start()))
        here = match.end()
        if len(parts) >= _MOST_PARTS:
            break
    parts.append((here, len(text)))
    return [(start, end) for start, end in parts if text[start:end].strip()]


def _kept(piece: Piece, parts: list[tuple[int, int]]) -> list[Piece]:
    return [part for start, end in parts if (part := part_of(piece, start, end)) is not None]


def _scripts(text: str) -> list[tuple[int, int]]:
    """A line in two scripts, cut between them ("销售总监 Sales Director"); one part when it does not divide in two."""
    match = _SCRIPT_CHANGE.search(text)
    if match is None:
        return []
    place = match.start() + 1
    head, tail = text[:place], text[place:]
    if _SCRIPT_CHANGE.search(tail) or min(len(head.strip()), len(tail.strip())) < 2 or is_cjk(head) == is_cjk(tail):
        return []
    latin = tail if is_cjk(head) else head
    if sum(c.isalpha() for c in latin) < 4 or any(c.isdigit() for c in latin):
        return []
    return [(0, place), (place, len(text))]


def _split_cjk(piece: Piece) -> list[Piece]:
    text = piece.text
    whole = read_name(text)
    if (whole is not None and whole.score > 1.5) or title_score(text) > 2.3:
        return [piece]
    parts = _parts(text, re.compile(r"\s+|[|｜/／:：,，]\s*"))
    for cut in range(1, len(parts)):
        head, tail = text[: parts[cut - 1][1]], text[parts[cut][0] :]
        for name_part, other in ((tail, head), (head, tail)):
            name = read_name(name_part)
            if name is not None and name.score > 0.8 and _is_role(other):
                return _kept(piece, [(0, parts[cut - 1][1]), (parts[cut][0], len(text))])
    for title in substrings("title_cjk"):
        if len(title) > 1 and text.endswith(title) and len(text) - len(title) in (2, 3, 4):
            name = None if text[: -len(title)] in _RANKS else read_name(text[: -len(title)])
            if name is not None and name.score > 0.8:
                return _kept(piece, [(0, len(text) - len(title)), (len(text) - len(title), len(text))])
    return [piece]


def _is_role(text: str) -> bool:
    return title_score(text) > 0.5 or department_score(text) > 0.5 or organization_score(text) > 0.8
