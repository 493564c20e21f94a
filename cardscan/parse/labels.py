"""Words that say what a value is: "Tel.", "Mobil:", "F", "携帯", before it, after it, beside it, or above it.

The words stand in `lexicon/labels.toml`, by kind. They are compared without accents, case and trailing dots, and with
the letters that engines mix up (1 l i |, 0 o) as one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cardscan.parse.finding import Span
from cardscan.parse.folding import plain
from cardscan.record import TextLine

PHONE_KINDS = frozenset({"work", "mobile", "fax", "home", "other"})
_ALIKE = str.maketrans("1i|!0", "llllo")
_CLOSERS = " .:;,-=>)]}*|'\"~_·+"
_OPENERS = " ([{<-*|·,;/"
_JOINERS = ("and", "und", "et", "og", "och", "e", "y", "i", "ve", "&", "/", "+", ",", "|", "·")
_REACH = 40  # characters looked at before a value: the longest label and its punctuation
_WIDE_REACH = 160  # blanks between a column of labels and its values


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: its kinds (several for a word of several meanings, or for "Tel/Fax") and its place.

    `joined` is true when the kinds come from several words held together by "/", "&" and the like.
    """

    kinds: tuple[str, ...]
    start: int
    end: int
    joined: bool = False


def skeleton(text: str) -> str:
    """`plain` text with look-alikes merged; same length."""
    return plain(text).translate(_ALIKE)


@cache
def _vocabulary() -> tuple[dict[str, tuple[str, ...]], int]:
    source = (files("cardscan.parse") / "lexicon" / "labels.toml").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = {}
    for kind, entries in tomllib.loads(source).items():
        for word in (*entries["letters"], *entries["words"]):
            key = skeleton(word).rstrip(" .")
            if kind not in kinds.setdefault(key, []):
                kinds[key].append(kind)
    return {word: tuple(found) for word, found in kinds.items()}, max(map(len, kinds))


def is_label(word: str, kind: str) -> bool:
    """Whether a word is a label of this kind, whatever its case and accents."""
    return kind in _vocabulary()[0].get(skeleton(word).rstrip(" ."), ())


def label_before(text: str, position: int, floor: int = 0) -> Label | None:
    """The label that ends right before `position` (punctuation and blanks aside), not reaching below `floor`."""
    clear = plain(text[max(floor, position - _WIDE_REACH) : position])
    offset = position - len(clear)
    clear = clear.rstrip(_CLOSERS)
    found = _ending_label(clear)
    if found is None and clear[-1:].isdigit():  # "Tel 1:", "Fax2"
        found = _ending_label(clear[:-1].rstrip(_CLOSERS))
    if found is not None and found.kinds == ("number",):
        inner = _ending_label(clear[: found.start].rstrip(_CLOSERS))
        found = None if inner is None else Label(inner.kinds, inner.start, found.end)
    if found is None:
        return None
    return _widened(clear, found, offset)


def _ending_label(clear: str) -> Label | None:
    words, longest = _vocabulary()
    end = len(clear)
    start = max(0, end - longest)
    folded = clear[start:].translate(_ALIKE)
    for skipped in range(len(folded)):
        kinds = words.get(folded[skipped:])
        at = start + skipped
        if kinds and _is_boundary(clear, at) and not (end - at == 1 and clear[at].isdigit()):
            return Label(kinds, at, end)
    return None


def _is_boundary(clear: str, start: int) -> bool:
    """A word starts here: no letter before it, or scripts without blanks (ideographs, kana, Thai, Hangul)."""
    if start == 0:
        return True
    before, first = clear[start - 1], clear[start]
    return not before.isalnum() or "\u0e00" <= first <= "\u0e7f" or first >= "\u2e80" or not first.isalnum()


def _widened(clear: str, label: Label, offset: int) -> Label:
    """Take in the labels joined to the left: "Tel./Fax", "Mobile & WhatsApp", "Direct Fax"."""
    kinds, start, joined = label.kinds, label.start, False
    for _ in range(3):
        rest = clear[:start].rstrip(" .(-:")
        joint = next((j for j in _JOINERS if rest.endswith(j) and (not j.isalpha() or len(rest) < start)), "")
        if joint.isalpha() and rest[: -len(joint)][-1:].isalnum():
            joint = ""
        other = _ending_label(rest[: len(rest) - len(joint)].rstrip(" .:)"))
        if other is None or other.kinds == ("number",) or (other.end - other.start == 1 and not joint):
            break
        kinds, start, joined = (*other.kinds, *kinds), other.start, joined or bool(joint)
    return Label(kinds, offset + start, offset + label.end, joined)


def label_after(text: str, position: int, ceiling: int | None = None) -> Label | None:
    """The label that follows a value: "(Fax)", "[M]", "- mobile" at the end of the line or before a separator."""
    stop = len(text) if ceiling is None else ceiling
    clear = plain(text[position : min(stop, position + _REACH)])
    folded = clear.translate(_ALIKE)
    start = len(clear) - len(clear.lstrip(_OPENERS))
    enclosed = any(opener in clear[:start] for opener in "([{<")
    words, longest = _vocabulary()
    for end in range(min(len(clear), start + longest), start, -1):
        kinds = words.get(folded[start:end].rstrip("."))
        rest = clear[end:].lstrip(" .")
        if kinds is None or clear[end : end + 1].isalnum() or (end - start == 1 and clear[start].isdigit()):
            continue
        if enclosed and not rest.startswith((")", "]", "}", ">", "/")):
            continue
        if not enclosed and rest and rest[0] not in "|/,;·)":
            continue
        close = len(clear) - len(rest) + 1 if enclosed else end
        return Label(kinds, position + start - (1 if enclosed else 0), position + close)
    return None


def whole_label(text: str) -> Label | None:
    """The label when a line holds nothing but one ("Telefon:", "T", "Tel / Fax")."""
    stripped = text.strip(" " + _CLOSERS + "([{<")
    if not stripped or len(stripped) > _REACH:
        return None
    label = label_before(text, len(text))
    if label is None or any(c.isalnum() for c in text[: label.start] + text[label.end :]):
        return None
    return label


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float


def _box(line: TextLine) -> _Box:
    xs, ys = [x for x, _ in line.quad], [y for _, y in line.quad]
    return _Box(min(xs), min(ys), max(xs), max(ys))


class LabelLines:
    """Lines that are labels and nothing else, to pair with the values to their right or below them."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._boxes = [_box(line) for line in lines]
        found = {index: whole_label(line.text) for index, line in enumerate(lines)}
        self._labels = {index: label for index, label in found.items() if label is not None}

    def __contains__(self, line: int) -> bool:
        return line in self._labels

    def of(self, line: int) -> tuple[Label, Span] | None:
        """The label line of a value at the start of `line`: the nearest to its left, else the one right above."""
        value = self._boxes[line]
        height = max(value.bottom - value.top, 1.0)
        beside: list[tuple[float, int]] = []
        above: list[tuple[float, int]] = []
        for index, label in self._labels.items():
            if index == line:
                continue
            box = self._boxes[index]
            middle, slack = (box.top + box.bottom) / 2, 0.1 * height
            if value.top - slack <= middle <= value.bottom + slack and box.right <= value.left + 0.6 * height:
                beside.append((value.left - box.right, index))
            gap = value.top - box.bottom
            aligned = abs(box.left - value.left) < 1.5 * height
            if -0.5 * height <= gap < 1.2 * height and aligned and label.end - label.start > 1 and box.top < value.top:
                above.append((gap, index))
        if not beside and not above:
            return None
        index = min(beside or above)[1]
        label = self._labels[index]
        return label, Span(index, label.start, label.end)
