"""The local part of a mail address set against the names of the persons on the card."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from cardscan.parse.agreement import FUNCTION_BOXES
from cardscan.parse.email_changes import changed, confirmed
from cardscan.parse.finding import Found, Span
from cardscan.parse.folding import fold, plain
from cardscan.parse.hosts import glyphs, looks_like
from cardscan.parse.labels import is_label
from cardscan.parse.vocabulary import word_list
from cardscan.record import Email, TextLine

_LONGEST_LABEL = 9
_SHORTEST_FORM = 4
_BARS = "Il1|"  # "|" between label and address, and what it is read as
_MARKS = re.compile(r"[._-]{2}")
_TWICE = re.compile(r"([a-z])\1")
_READ_BADLY = 0.9
_SHORTEST_DOUBLED = 5
_SHORTEST_NEAR = 6
_NUMBER_TAIL = re.compile(r"(?=[a-z]{0,3}\d)[\dlio]{2,4}")
_DIGITS = str.maketrans("lio", "110")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})


def over_lost_dot(item: Found[Email], lines: Sequence[TextLine], names: Sequence[str]) -> Found[Email]:
    """The address with the word before it, where both make the person's: the dot of "jane doe@acme.com" went unread."""
    first, *others = item.spans
    before = fold(lines[first.line].text[: first.start]) if first.line < len(lines) else ""
    word = before.rstrip().rsplit(None, 1)[-1] if before.endswith(" ") and before.strip() else ""
    if not (word.isalpha() and word.islower()) or (len(word) == 1 and is_label(word, "email")):
        return item
    email = item.value
    local, host = email.value.rsplit("@", 1)
    if not any(_makes_mail(word, local.lower(), name) for name in names):
        return item
    raw = f"{word} {email.raw}" if email.raw else None
    own = Span(first.line, first.start - (len(before) - before.rindex(word)), first.end)
    joined = replace(changed(email, f"{word}.{local}@{host}", "dot"), raw=raw)
    return replace(item, value=joined, spans=(own, *others))


def _makes_mail(word: str, rest: str, name: str) -> bool:
    """Whether "word.rest" is made of this name: in a usual form, or of any two of its words."""
    both = len(word) > 1 and word != rest and {word, rest} <= set(_words(name))
    return both or f"{word}.{rest}" in local_forms(name)


def local_refined(email: Email, names: Sequence[str], firms: Set[str]) -> Email:
    """The address with the local part that is made of a person's name, or without a label glued to it.

    Args:
        email: As read.
        names: Persons' names as printed.
        firms: Names of organisations put together, as hosts have them: a shop's mailbox is mostly its name.
    """
    local, host = email.value.rsplit("@", 1)
    expected = [form for name in names for form in local_forms(name)]
    lower, badly = local.lower(), email.confidence < _READ_BADLY
    if badly and local[0] == "L" and local[1:].islower() and f"l.{lower[1:]}" in expected:
        return changed(email, f"l.{lower[1:]}@{host}", "local-from-name")  # "l." run together
    if lower in expected:
        return confirmed(email)
    form = _form_meant(lower, expected) or (_near_form(lower, expected) if badly else None)
    if form is not None:
        return changed(email, f"{form}@{host}", "local-from-name")
    bare = _without_label(local, expected, firms)
    if bare is not None:
        return changed(email, f"{bare}@{host}", "label")
    for form in expected:
        tail = lower[len(form) :] if len(form) > 2 and lower.startswith(form) else ""
        if _NUMBER_TAIL.fullmatch(tail) and not tail.isdigit():
            return changed(email, f"{local[: len(form)]}{tail.translate(_DIGITS)}@{host}", "digits")
    words = {word for name in names for word in _words(name) if len(word) >= 4}
    parts = re.split(r"([._-])", local)
    mended = [_mended_part(part, words) for part in parts]
    if mended != parts:
        return changed(email, f"{''.join(mended)}@{host}", "local-from-name")
    return email


def _form_meant(lower: str, expected: Sequence[str]) -> str | None:
    """The form of a name that was read with look-alikes, with two marks for one, or with one of two like letters."""
    for form in expected:
        if (len(form) >= 4 and glyphs(form) == glyphs(lower)) or (len(form) == 2 and looks_like(form, lower)):
            return form
        if len(form) >= _SHORTEST_DOUBLED and _TWICE.sub(r"\1", form) == lower and form != lower:
            return form
    alike = [_MARKS.sub(mark, lower) for mark in ("_", ".", "-")] if _MARKS.search(lower) else []
    return next((form for form in alike if form in expected), None)


def _near_form(lower: str, expected: Sequence[str]) -> str | None:
    """The one form of a name that is a letter away from what was read badly: the name is printed larger."""
    near = {f for f in expected if len(f) >= _SHORTEST_NEAR and Levenshtein.distance(f, lower, score_cutoff=1) == 1}
    return near.pop() if len(near) == 1 else None


def _without_label(local: str, expected: Sequence[str], firms: Set[str]) -> str | None:
    """A form of a name behind what is an icon or a label beside the address: "✉jdoe", "Ejane", "EMAIL|j.doe"."""
    if local.lower().rstrip("0123456789") in expected:
        return None
    for cut in range(1, min(_LONGEST_LABEL, len(local) - _SHORTEST_FORM) + 1):
        read, rest = local[:cut], local[cut:]
        of_nobody = (rest.lower() in FUNCTION_BOXES or rest.lower() in firms) and is_label(read, "email")
        if of_nobody and (read.endswith(".") or (read.isupper() and rest.islower())):
            return rest  # "E.sales", "Einfo": of nobody, so no initial
        if rest.lower().rstrip("0123456789") not in expected:
            continue
        icon = cut == 1 and not read.islower() and rest.islower()
        bar = read[-1] in _BARS and (cut == 1 or is_label(read[:-1], "email"))
        whole = not read.endswith(".") or any(mark in rest for mark in "._-")  # "e.doe" has its initial
        if icon or bar or (is_label(read, "email") and whole):
            return rest
    return None


def _mended_part(part: str, words: set[str]) -> str:
    lower = part.lower()
    if len(part) < 4 or lower in words:
        return part
    alike = [word for word in words if glyphs(word) == glyphs(lower)]
    return alike[0] if len(alike) == 1 else part


def _words(name: str) -> list[str]:
    found: list[str] = []
    for text in (plain(name), plain(name.lower().translate(_FOLD))):
        found += [word for word in re.split(r"[^\w]+", text) if word and word not in found]
    return found


def local_forms(name: str) -> list[str]:
    """How addresses are usually made from a name: jane.doe, jdoe, janed, doe.jane, jane …"""
    forms: list[str] = []
    name = fold(name).replace("'", "")
    for text in dict.fromkeys((plain(name), plain(name.lower().translate(_FOLD)))):
        words = [word for word in re.split(r"[^\w]+", text) if len(word) > 1]
        bare = [word for word in words if word not in word_list("honorifics")]
        words = bare if len(bare) > 1 else words
        forms += _forms(words)
        if len(words) > 2:  # what stands first may be a degree: "Dr. med. Jane Doe"
            forms += _forms(words[1:])
    return list(dict.fromkeys(forms))


def _forms(words: Sequence[str]) -> list[str]:
    if len(words) < 2:
        return [*words]
    first, last = words[0], words[-1]
    forms = [first, last]
    for mark in (".", "_", "-", ""):
        forms += [
            f"{first}{mark}{last}",
            f"{last}{mark}{first}",
            f"{first[0]}{mark}{last}",
            f"{last}{mark}{first[0]}",
            f"{last[0]}{mark}{first}",  # the family's name is printed first
            f"{first[0]}{mark}{last[0]}",
            f"{first}{mark}{last[0]}",
            mark.join(words),
        ]
    return forms
