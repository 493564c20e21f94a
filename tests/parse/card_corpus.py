"""Invented cards of many countries as line lists, laid out from a small notation, and how a reading is scored."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from rapidfuzz.distance import Levenshtein

from cardscan.parse.vocabulary import cjk_characters, folded, letters, words
from cardscan.record import Contact, Page, TextLine

FIELDS = ("name", "title", "organization", "address", "email")
_UNIT = 10.0  # pixels
_LETTER = 2.6  # height of usual print, in hundredths of the card's width


@dataclass(frozen=True)
class CorpusCard:
    """One card: its page and, per field, the accepted forms of each value."""

    id: str
    page: Page
    truth: dict[str, list[tuple[str, ...]]]
    held_back: bool


def corpus(folder: Path = Path(__file__).parent / "corpus" / "cards") -> list[CorpusCard]:
    """All cards, by file and order; every third (by a checksum of its id) is held back from tuning."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["card"]:
            truth = {}
            for field in FIELDS:
                also = tuple(entry.get(f"{field}_also", ()))
                values = entry.get(field, [])
                truth[field] = [(value, *also) if i == 0 else (value,) for i, value in enumerate(values)]
                if not values and also:
                    truth[f"{field}_tolerated"] = [also]
            found.append(CorpusCard(entry["id"], _page(entry["lines"]), truth, crc32(entry["id"].encode()) % 3 == 0))
    return found


def _page(source: str) -> Page:
    lines = []
    x, y = 6.0, 6.0
    for row in source.strip("\n").splitlines():
        if not row.strip():
            y += _LETTER * 1.4
            continue
        move = re.fullmatch(r"@(\d+),(\d+)", row.strip())
        if move:
            x, y = float(move[1]), float(move[2])
            continue
        sized = re.match(r"#([\d.]+) ", row)
        factor = float(sized[1]) if sized else 1.0
        text = row[sized.end() :] if sized else row
        height = _LETTER * factor
        width = height * (0.52 * len(text) + 0.48 * len(cjk_characters(text)))
        box = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        lines.append(TextLine(text, 0.99, tuple((px * _UNIT, py * _UNIT) for px, py in box)))
        y += height * 1.35
    return Page(1000, 600, tuple(lines))


def read_values(contacts: tuple[Contact, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The values of a reading, per field, each with its printed forms; values shared by persons once."""
    found: dict[str, list[tuple[str, ...]]] = {field: [] for field in FIELDS}
    for contact in contacts:
        values = {
            "name": [(contact.name.full, *contact.name.also)] if contact.name else [],
            "title": [(t.value,) for t in contact.titles],
            "organization": [(o.value, *o.also) for o in contact.organizations],
            "address": [(a.full,) for a in contact.addresses],
            "email": [(e.value,) for e in contact.emails],
        }
        for field, items in values.items():
            found[field] += [item for item in items if item not in found[field]]
    return found


def score(card: CorpusCard, contacts: tuple[Contact, ...]) -> dict[str, tuple[int, list[str], list[str]]]:
    """Per field: right values, missed ones, made-up ones."""
    read = read_values(contacts)
    result = {}
    for field in FIELDS:
        left = list(read[field])
        right, missed = 0, []
        for forms in card.truth[field]:
            hit = next((r for r in left if any(_same(field, a, b) for a in forms for b in r)), None)
            if hit is None:
                missed.append(forms[0])
            else:
                left.remove(hit)
                right += 1
        for forms in card.truth.get(f"{field}_tolerated", []):
            left = [r for r in left if not any(_same(field, a, b) for a in forms for b in r)]
        result[field] = (right, missed, [r[0] for r in left])
    return result


_PREFIXES = set("dr prof mr mrs ms ing dipl mag dra dott geom ir shri engr capt barr cra eng mgr inz".split())
_SUFFIXES = set("phd mph ceng esq crs gri iur fh pe".split())


def _name_key(text: str) -> list[str]:
    plain = re.sub(r"\b([^\W\d_])\.(?=[^\W\d_]\b)", r"\1", folded(text)).replace("ph.d", "phd").replace("'", "")
    tokens = [w for w in words(plain) for w in w.split("-")]
    core = [w for w in tokens if w not in _PREFIXES | _SUFFIXES]
    return sorted(core or tokens)


def _same(field: str, truth: str, read: str) -> bool:
    if field == "name":
        return _name_key(truth) == _name_key(read) or letters(truth) == letters(read)
    if field == "email":
        return truth.lower() == read.lower()
    if field == "address":
        one, other = list(words(truth)), list(words(read))
        hits = sum(min(one.count(w), other.count(w)) for w in set(one))
        return 2 * hits >= 0.8 * (len(one) + len(other))
    return Levenshtein.normalized_similarity(letters(truth), letters(read)) >= 0.9
