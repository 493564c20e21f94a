"""A linter over letters, ours and theirs: which words sell, press, fill, or claim a friendship.

The words are data, `lexicon/<language>.toml`, in groups that each name the playbook rule they break. What was promised
is exempt: a price list that was asked for may be called one.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from cardscan.draft.language import note_language
from cardscan.draft.model import LANGUAGES, Finding, Language

_END: Final = 1 << 62  # beyond any text


def lint(text: str, language: Language | None, exempt: Sequence[str] = ()) -> list[Finding]:
    """Find the words that a considerate letter does without, in order of appearance.

    Args:
        text: A letter, of any length; read in linear time.
        language: What it is written in; None guesses from its small words, else takes the language in which most is
            found, English first.
        exempt: Promises, names: a finding that stands inside one of these, there or elsewhere, is none.
    """
    known = language or note_language(text)
    if known is None:  # a line or two: too short to tell
        return max((lint(text, tried, exempt) for tried in LANGUAGES), key=len)
    allowed = {word for words in exempt for word in re.findall(r"[\w-]+", words.casefold())}
    permitted = _spans(text, _permitted(known))
    findings: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for pattern, rule, why in _patterns(known):
        for match in pattern.finditer(text):
            if _inside(match.span(), permitted) or allowed.issuperset(re.findall(r"[\w-]+", match[0].casefold())):
                continue
            findings.append(Finding(match[0], match.span(), rule, why))
    for finding in sorted(findings, key=lambda found: (found.span[0], -found.span[1])):
        if not taken or finding.span[0] >= taken[-1][1]:
            taken.append(finding.span)
    kept = set(taken)
    return sorted((found for found in findings if found.span in kept), key=lambda found: found.span)


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((_pattern(group["words"]), group["rule"], group["why"]) for group in _groups(language))


@cache
def _permitted(language: Language) -> re.Pattern[str] | None:
    words = [word for group in _groups(language) for word in group.get("except", ())]
    return _pattern(words) if words else None


def _groups(language: Language) -> list[dict[str, Any]]:
    text = (files("cardscan.draft") / "lexicon" / f"{language}.toml").read_text(encoding="utf-8")
    groups: list[dict[str, Any]] = tomllib.loads(text)["group"]
    return groups


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """One alternation, longest first; apostrophes of both forms, any white space between words."""
    alternatives = (
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s{1,5}").replace(r"\*", r"\w{0,30}").replace("'", "['’]")
        + (r"\w{0,30}" if word.endswith("*") else "")
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def _spans(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)] if pattern else []


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (span[0], _END)) - 1
    return index >= 0 and spans[index][0] <= span[0] and span[1] <= spans[index][1]
