"""Numbers of tax offices, registers, banks, licences, certificates and radios: no telephone numbers, but kept.

Most are told by the word before them (`lexicon/registrations.toml`), some by their form and check digits: IBAN
(ISO 13616), CNPJ and CPF, GSTIN, the French SIRET, Nextel's "12*34*56789".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from cardscan.parse.finding import Context, Found, Span
from cardscan.parse.folding import plain
from cardscan.parse.spaced import tracked
from cardscan.record import Other, TextLine

_MOST_VALUES = 80  # of one page
# A value: letters and digits in groups, at least three digits in all; words end it.
_VALUE = re.compile(
    r"[ .:#№-]{0,6}(?:n[or°º]?\.?[ :]{0,2}|nr\.?[ :]{0,2})?"
    r"(?P<value>[A-Za-z]{0,4}[-. ]?\d[\dA-Za-z]{0,22}"
    r"(?:[-./ *]{1,3}(?:[A-Z]{1,3}(?![a-z]))?\d[\dA-Z]{0,22}){0,9}[A-Z]{0,3})"
)
_AT_A_TOWN = frozenset({"rcs", "r c s", "amtsgericht", "registro mercantil de"})  # registers named by their town
_TOWN = re.compile(r"(?:[ -]{1,2}[^\W\d_][^\W\d_'-]{1,20}){0,3}(?: [A-Z](?= \d))?")
_PHONE_START = re.compile(r"\+|\(\d")
_WORD_START = re.compile(r"(?<![^\W\d_])[^\W_]")


def _mod97(text: str) -> bool:
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    turned = compact[4:] + compact[:4]
    return len(compact) >= 15 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _weighted(digits: str, weights: Sequence[int]) -> int:
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11
    return 0 if rest < 2 else 11 - rest


def _cnpj(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    return digits[12:] == f"{_weighted(digits[:12], first)}{_weighted(digits[:13], [6, *first])}"


def _cpf(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return digits[9:] == f"{_weighted(digits[:9], range(10, 1, -1))}{_weighted(digits[:10], range(11, 1, -1))}"


def _always(_: str) -> bool:
    return True


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])"), _mod97),
    (re.compile(r"(?<!\d)\d{2}\.?\d{3}\.?\d{3}[/-]\d{4}-?\d{2}(?!\d)"), _cnpj),
    (re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}(?!\d)"), _always),  # a CNPJ with a misread digit
    (re.compile(r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)"), _cpf),
    (re.compile(r"(?<![A-Za-z0-9])\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z][A-Z0-9](?![A-Za-z0-9])"), _always),  # GSTIN, India
    (re.compile(r"(?<![A-Za-z0-9])[A-Z]{5}\d{4}[A-Z](?![A-Za-z0-9])"), _always),  # PAN, India
    (re.compile(r"(?<!\d)\d{1,4}\*\d{1,6}(?:\*\d{1,7}){0,2}(?!\d)"), _always),  # Nextel radio
    (re.compile(r"(?<![A-Za-z0-9])(?:ATU\d{8}|CHE-?(?:\d{3}\.?){3}|DE ?\d{9}|IT ?\d{11})(?![A-Za-z0-9])"), _always),
    (re.compile(r"(?<![A-Za-z0-9])(?:DIN |EN |BS )*ISO(?:/IEC|/TS)?[ -]?\d{4,5}(?:[:-]\d{4})?(?!\d)"), _always),
)  # fmt: skip
_STATE_AND_ZIP = re.compile(r"(?<=, )[A-Z]{2} \d{5}(?:-\d{4})?(?!\w)")  # "Minneapolis, MN 55493"


@cache
def _lexicon() -> dict[str, list[str]]:
    source = (files("cardscan.parse") / "lexicon" / "registrations.toml").read_text(encoding="utf-8")
    return {kind: entry["words"] for kind, entry in tomllib.loads(source).items()}


@cache
def _words() -> dict[str, str]:
    return {_key(word): kind for kind, words in _lexicon().items() if kind != "ambiguous" for word in words}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the words that begin with a character, longest first."""
    found: dict[str, set[int]] = {}
    for word in _words():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(_key(word) for word in _lexicon()["ambiguous"])


def _key(word: str) -> str:
    return re.sub(r"[\s.]+", " ", plain(word)).strip(" :#-")


def find_registrations(lines: Sequence[TextLine], context: Context | None = None) -> list[Found[Other]]:
    """All such numbers of a page, with role "registration"; `value` holds label and number as printed.

    Post boxes, plots and rooms are left to the addresses; `numbered_places` spares them from being phones.
    """
    context = context or Context()
    found: list[Found[Other]] = []
    for text in tracked(lines, context.taken):
        zips = [match.start() for match in _STATE_AND_ZIP.finditer(text.text)]
        places = [place for place in _labelled(text.text) + _formed(text.text) if place[0] not in zips]
        end_before = 0
        for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
            if start < end_before or len(found) >= _MOST_VALUES:
                continue
            end_before = end
            span = text.span(start, end)
            printed = lines[text.line].text[span.start : span.end].strip()
            found.append(Found(Other(printed, "registration", (text.line,)), (span,)))
    return found


def holds_registration(text: str) -> bool:
    """Whether a line holds such a number."""
    return bool(_labelled(text) or _formed(text))


def numbered_places(lines: Sequence[TextLine], context: Context | None = None) -> list[Span]:
    """Numbers of post boxes, plots, rooms and shops, which may look like local telephone numbers."""
    context = context or Context()
    spans = []
    for text in tracked(lines, context.taken):
        spans += [text.span(start, end) for start, end in _labelled(text.text, rooms=True)]
    return spans[:_MOST_VALUES]


def _formed(text: str) -> list[tuple[int, int]]:
    return [match.span() for form, check in _FORMS for match in form.finditer(text) if check(match[0])]


def _labelled(text: str, *, rooms: bool = False) -> list[tuple[int, int]]:
    """(start of the word, end of the number) of each labelled number."""
    keys, at = _compacted(text)
    found: list[tuple[int, int]] = []
    floor = 0
    for match in _WORD_START.finditer(keys):
        start = at[match.start()]
        if start < floor:
            continue
        length, kind = _longest_word(keys, match.start())
        if not length or (kind == "room") != rooms:
            continue
        end = at[match.start() + length - 1] + 1
        if keys[match.start() : match.start() + length] in _AT_A_TOWN:
            town = _TOWN.match(text, end)
            end = town.end() if town else end
        value = _VALUE.match(text, end)
        if value is None or _PHONE_START.match(text[end : end + 20].lstrip(" .:#")):
            continue
        if not _is_value(value["value"], kind, keys[match.start() : match.start() + length]):
            continue
        stop = _trimmed(text, value.start("value"), value.end("value"), at_blank=rooms)
        found.append((start, stop))
        floor = stop
    return found


def _compacted(text: str) -> tuple[str, list[int]]:
    """`plain` text with runs of blanks and dots as one blank, as the lexicon's words are kept; and where each stood."""
    characters: list[str] = []
    at: list[int] = []
    for index, character in enumerate(plain(text)):
        shown = " " if character in " .\0" else character
        if shown != " " or characters[-1:] != [" "]:
            characters.append(shown)
            at.append(index)
    return "".join(characters), at


def _longest_word(keys: str, start: int) -> tuple[int, str]:
    """(length, kind) of the longest lexicon word that begins here and ends at a word's end; (0, "") if none does."""
    for length in _lengths().get(keys[start], ()):
        kind = _words().get(keys[start : start + length]) if start + length <= len(keys) else None
        if kind is None:
            continue
        glued = keys[start + length - 1].isalpha() and keys[start + length : start + length + 1].isalpha()
        if not glued or keys[start] >= "\u2e80":
            return length, kind
    return 0, ""


def _is_value(value: str, kind: str, word: str) -> bool:
    digits = sum(c.isdigit() for c in value)
    if kind == "certificate":
        return digits >= 3 and word not in {"as", "en", "ts", "ce", "ul"}
    if kind == "radio":
        return "*" in value or (word.endswith("pin") and digits >= 4)
    if kind == "room":
        return digits >= 1
    return digits >= (5 if word in _ambiguous() else 3)


def _trimmed(text: str, start: int, end: int, *, at_blank: bool) -> int:
    """The end of the number without a phone that follows after a stroke or a wide blank (for rooms: any blank)."""
    wide = re.search(r" " if at_blank else r"  +| [-/|] ", text[start:end])
    return start + wide.start() if wide is not None else end
