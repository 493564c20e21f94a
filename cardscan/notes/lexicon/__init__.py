"""What the grammar knows of each language, as data: one TOML file per language beside this module.

A *class* is a set of phrases that play one part ("by" holds `by`, `until`, `no later than`); its dotted name is
its path in the file. Phrases are cut by the same tokenizer as notes, so spellings with signs (`w/`, `f/u`) just work.
`(great|nice|) chat` stands for each of its spellings: `great chat`, `nice chat`, `chat`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from cardscan.notes.lexicon.inflection import inflected
from cardscan.notes.lexicon.phrase import Phrase, Phrases, phrase_of, words_in
from cardscan.notes.tokens import Token

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The classes that are active for one main language (English stands behind every other language).

    Attributes:
        language: The main language.
        classes: Class name -> phrase -> value. For verbs the value is the infinitive, for dates a number, else `""`.
        starts: Class name -> first word of its phrases -> number of tokens of the longest that begins so. Nearly every
            question ends there.
        words: Every word of every phrase: what a misspelt word may have been meant to be.
    """

    language: str
    classes: dict[str, Phrases]
    starts: dict[str, dict[str, int]]
    words: frozenset[str]

    def match(self, name: str, tokens: Sequence[Token], at: int, end: int | None = None) -> tuple[int, str] | None:
        """The longest phrase of a class that begins at a token: its length in tokens and its value, or None."""
        last = len(tokens) if end is None else min(end, len(tokens))
        starts = self.starts.get(name)
        if starts is None or not 0 <= at < last:
            return None
        longest = starts.get(tokens[at].norm)
        if longest is None:
            return None
        phrases = self.classes[name]
        for length in range(min(longest, last - at), 0, -1):
            value = phrases.get(tuple(token.norm for token in tokens[at : at + length]))
            if value is not None:
                return length, value
        return None

    def has(self, name: str, tokens: Sequence[Token], at: int, end: int | None = None) -> int:
        """The length of the longest phrase of a class that begins at a token, 0 if none does."""
        found = self.match(name, tokens, at, end)
        return found[0] if found else 0

    def find(self, name: str, tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
        """The first phrase of a class between two tokens, as a half-open range of tokens."""
        for at in range(start, end):
            if length := self.has(name, tokens, at, end):
                return at, at + length
        return None


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a main language; where it says nothing of a word, English is asked."""
    classes = {name: dict(phrases) for name, phrases in _read(language).items()}
    if language != "en":
        # Loan words (meeting, job, NDA) mean the same in both; elsewhere a word of the language hides the English one.
        own = {
            phrase[0]
            for name, phrases in classes.items()
            if not name.startswith(("meeting.", "things.", "strategy."))
            for phrase in phrases
        }
        for name, phrases in _read("en").items():
            mine = classes.setdefault(name, {})
            for phrase, value in phrases.items():
                if phrase[0] not in own:
                    mine.setdefault(phrase, value)
    return Lexicon(
        language=language,
        classes=classes,
        starts={name: _starts(phrases) for name, phrases in classes.items()},
        words=frozenset(word for name, phrases in classes.items() for phrase in phrases for word in phrase),
    )


def _starts(phrases: Phrases) -> dict[str, int]:
    starts: dict[str, int] = {}
    for phrase in phrases:
        starts[phrase[0]] = max(starts.get(phrase[0], 0), len(phrase))
    return starts


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Every word a language's file mentions: the evidence for guessing the language of a note."""
    return frozenset(word for phrases in _read(language).values() for phrase in phrases for word in phrase)


@cache
def common_words(language: str) -> frozenset[Phrase]:
    """The small words of a language."""
    return frozenset(_read(language)["common"])


@cache
def word_list(name: str) -> frozenset[Phrase]:
    """A plain list beside this module (`places`, `events`, `real_words`), one phrase a line, `#` begins a comment."""
    text = resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(phrase_of(line) for line in lines if line)


@cache
def _read(language: str) -> dict[str, Phrases]:
    text = resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    classes: dict[str, Phrases] = {"common": {(word,): "" for word in words_in(data.pop("common", ""))}}
    dates = data.pop("dates", {})
    for name in ("month", "weekday"):
        classes[f"dates.{name}"] = {
            phrase_of(form.replace("+", " ")): str(number)
            for number, forms in enumerate(dates.pop(name, ()), start=1 if name == "month" else 0)
            for form in forms.split()
        }
    for name in ("weak_weekday", "weak_month"):
        classes[f"dates.{name}"] = {phrase_of(word): "" for word in dates.pop(name, "").split()}
    for name in (
        "number",
        "ordinal",
        "offset",
        "hour",
        "minute",
        "same",
        "closing",
        "side",
        "weekdays",
        "day_word",
        "holiday",
    ):
        table: dict[str, list[str]] = dates.pop(name, {})
        classes[f"dates.{name}"] = {phrase_of(form): value for value, forms in table.items() for form in forms}
    verbs = data.pop("verbs", {})
    for name in ("act", "weak", "them_only"):
        for ending, forms in inflected(verbs.pop(name, ()), language).items():
            classes[f"verbs.{name}{ending}"] = forms
    _flatten(classes, "dates", dates)
    _flatten(classes, "verbs", verbs)
    for name, value in data.items():
        _flatten(classes, name, value)
    return classes


def _flatten(classes: dict[str, Phrases], name: str, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(classes, f"{name}.{key}", inner)
    else:
        classes[name] = {phrase_of(form): "" for spelled in value for form in _spellings(spelled)}


_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


def _spellings(form: str) -> list[str]:
    """Every spelling of a phrase with choices in brackets; a phrase without any is its only one."""
    pieces = _CHOICE.split(form)
    options = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return [" ".join("".join(chosen).split()) for chosen in product(*options)]
