"""Digit groups in a line, as runs that may hold one number, a list, or several numbers side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardscan.parse.labels import PHONE_KINDS, is_label

_GROUP = re.compile(r"\d+")
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z|]*")  # what begins with "|" begins behind a separator
_GLUED = re.compile(r"([A-Za-z]{1,8})[1Il](0\d+)")  # "Tel|041", its bar read as a digit
_SLIPS = str.maketrans("OolI|iSsBZz", "00111155822")
_SLIP_WORD = re.compile(r"[0-9OolI|iSsBZz]+")
# What may stand between two groups of one run: blanks, brackets, dashes, dots, strokes; "xx" and "**" after a zero
# stand for a Brazilian carrier code ("0xx11"); " e ", " y ", " or " join two numbers of a list.
_BETWEEN = re.compile(
    r"[ ()\[\]./\-·,_'~&;\\|]{1,9}|[ (]{0,2}[xX*]{2}[ )]{0,2}|[ ,]{1,3}(?:e|y|o|or|ou|and|und|et)[ ]{1,2}\(?"
)
_LISTING = re.compile(r"[/,;&|~\\]|(?<= )-(?= )|(?<= )·(?= )|(?<= )(?:e|y|o|or|ou|and|und|et)(?= )")
_BREAKING = re.compile(r" {4,}")
_MOST_GROUPS = 14  # of one run; a longer one is cut, which keeps the work linear
# "Fax 132.47.77.21": all groups are pairs but the first, whose 1 is the bar behind the label.
_BAR_BEFORE_PAIRS = re.compile(r"(?<=[^\W\d_])([ .:]?)1(?=\d\d(?:[. ]\d\d){3,4}(?![. ]?\d))")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits standing together.

    Attributes:
        digits: ASCII digits.
        start: First character in the line.
        end: One past the last.
        between: What stands between the group before and this one, "" for the first of a run.
        listing: That makes it a list ("/", ",", " - ", "and"), as opposed to mere grouping.
    """

    digits: str
    start: int
    end: int
    between: str = ""
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Groups with nothing but separators between them; `plus` when a "+" opens it, `start` counts it and brackets."""

    groups: tuple[Group, ...]
    start: int
    plus: bool


def mended_digits(text: str) -> str:
    """Letters read for digits (O, l, I, S, B, Z) put right where they stand among digits; same length."""
    out = list(text)
    for word in _WORD.finditer(text):
        read, start, end = word[0], word.start(), word.end()
        glued = _GLUED.fullmatch(read)
        if glued is not None and any(is_label(glued[1], kind) for kind in PHONE_KINDS):
            out[start + len(glued[1])] = "|"
            continue
        if read.isdigit() or not _SLIP_WORD.fullmatch(read):
            continue
        digits = sum(c.isdigit() for c in read)
        enclosed = text[max(0, start - 1) : start] in ("(", "+") and text[end : end + 6].strip(" )-.")[:1].isdigit()
        among = (
            text[max(0, start - 2) : start].strip(" -.)")[-1:].isdigit()
            or text[end : end + 2].strip(" -.")[:1].isdigit()
        )
        share = digits / len(read)
        if share >= 0.5 or (share >= 0.2 and among) or (enclosed and len(read) <= 3):
            out[start:end] = read.translate(_SLIPS)
    return _BAR_BEFORE_PAIRS.sub(r"\1|", "".join(out))


def runs(text: str) -> list[Run]:
    """All runs of a folded, mended line, left to right.

    A "+", a wide gap or a word begins a new run; so does the `_MOST_GROUPS`-th group.
    """
    found: list[Run] = []
    current: list[Group] = []
    previous = 0
    for match in _GROUP.finditer(text):
        between = text[previous : match.start()]
        joined = current and _BETWEEN.fullmatch(between) and not _BREAKING.search(between)
        if not joined or len(current) >= _MOST_GROUPS:
            if current:
                found.append(_run(text, current))
            current, between = [], ""
        current.append(Group(match[0], match.start(), match.end(), between, bool(_LISTING.search(between))))
        previous = match.end()
    if current:
        found.append(_run(text, current))
    return found


def _run(text: str, groups: list[Group]) -> Run:
    start = groups[0].start
    before = text[max(0, start - 4) : start]
    opening = len(before) - len(before.rstrip(" (+["))
    lead = before[len(before) - opening :]
    plus = "+" in lead
    if plus:
        start -= len(lead) - lead.index("+")
        if text[start - 1 : start] == "(" and start > 0:
            start -= 1
    elif lead.endswith(("(", "[")):
        start -= 1
    return Run(tuple(groups), start, plus)
