"""What the grammar knows of each language, as data: one TOML file per language beside this module.

A *class* is a set of phrases that play one part ("by" holds `by`, `until`, `no later than`); its dotted name is
its path in the file. Phrases are cut by the same tokenizer as notes, so spellings with signs (`w/`, `f/u`) just work.
`(great|nice|) chat` stands for each of its spellings: `great chat`, `nice chat`, `chat`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from cardscan.notes.tokens import Token, fold, tokenize

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
Phrase = tuple[str, ...]
Phrases = dict[Phrase, str]


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
    return frozenset(_phrase(line) for line in lines if line)


@cache
def _read(language: str) -> dict[str, Phrases]:
    text = resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    classes: dict[str, Phrases] = {"common": {(word,): "" for word in _words(data.pop("common", ""))}}
    dates = data.pop("dates", {})
    for name in ("month", "weekday"):
        classes[f"dates.{name}"] = {
            _phrase(form.replace("+", " ")): str(number)
            for number, forms in enumerate(dates.pop(name, ()), start=1 if name == "month" else 0)
            for form in forms.split()
        }
    for name in ("weak_weekday", "weak_month"):
        classes[f"dates.{name}"] = {_phrase(word): "" for word in dates.pop(name, "").split()}
    for name in ("number", "ordinal", "offset", "hour", "minute", "same", "day_word"):
        table: dict[str, list[str]] = dates.pop(name, {})
        classes[f"dates.{name}"] = {_phrase(form): value for value, forms in table.items() for form in forms}
    verbs = data.pop("verbs", {})
    for name in ("act", "weak", "them_only"):
        for ending, forms in _inflected(verbs.pop(name, ()), language).items():
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
        classes[name] = {_phrase(form): "" for spelled in value for form in _spellings(spelled)}


_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


def _spellings(form: str) -> list[str]:
    """Every spelling of a phrase with choices in brackets; a phrase without any is its only one."""
    pieces = _CHOICE.split(form)
    options = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return [" ".join("".join(chosen).split()) for chosen in product(*options)]


def _inflected(verbs: Iterable[str], language: str) -> dict[str, Phrases]:
    """Verbs -> classes: `""` commands and infinitives, `.third` (she sends), `.past` (sent).

    English verbs are listed by their infinitive and inflected by rule (`.ing` too); `send sends sent` says irregular
    forms, and a particle (`follow up`) stays behind; `_` says that a form is none. Other languages list
    `infinitive I he past` in four words, `_` for none, `|` between variants; a particle comes after `+`.
    """
    forms: dict[str, Phrases] = {"": {}, ".third": {}, ".past": {}, ".first": {}, ".ing": {}}
    for entry in verbs:
        if language != "en":
            words = [word.replace("+", " ") for word in entry.split()]
            for ending, word in zip(("", ".first", ".third", ".past"), words, strict=False):
                if word != "_":
                    for variant in word.split("|"):
                        forms[ending][_phrase(variant)] = words[0].split("|")[0]
            for form in _would(words[0].split("|")[0], language):
                forms[".third"].setdefault(_phrase(form), words[0].split("|")[0])
            continue
        parts = entry.split()
        irregular = len(parts) > 1 and parts[1] in (_third(parts[0]), "has", "does", "_")
        base, particle = parts[0], [] if irregular else parts[1:]
        third = parts[1] if irregular else _third(base)
        past = (parts[2] if len(parts) > 2 else None) if irregular else _past(base)
        tail = _phrase(" ".join(particle))
        forms[""][(*_phrase(base), *tail)] = entry if not irregular else base
        if base.isalpha() and base.isascii():
            forms[".ing"][(*_phrase(_progressive(base)), *tail)] = base
        if third != "_":
            forms[".third"][(*_phrase(third), *tail)] = base
        if past:
            forms[".past"][(*_phrase(past), *tail)] = base
    return forms


def _would(infinitive: str, language: str) -> list[str]:
    """What they will or would do, where the infinitive shows it: `enviará`, `pasaría`, `manderà`, `enverra`."""
    if " " in infinitive or infinitive[-2:] not in _WOULD.get(language, {}):
        return []
    if language in ("es", "pt") and "cer" in infinitive:
        return []
    if infinitive in _FUTURE:
        return _FUTURE[infinitive].split()
    cut, endings = _WOULD[language][infinitive[-2:]]
    stem = infinitive[: len(infinitive) - cut]
    if language == "it" and infinitive.endswith(("care", "gare")):
        stem += "h"
    if language == "it" and infinitive.endswith(("ciare", "giare")):
        stem = stem[:-1]
    return [stem + ending for ending in endings.split()]


_WOULD: dict[str, dict[str, tuple[int, str]]] = {
    "es": dict.fromkeys(("ar", "er", "ir"), (0, "á án ía ían")),
    "pt": dict.fromkeys(("ar", "er", "ir"), (0, "á ão ia iam")),
    "fr": {"er": (0, "a ont"), "ir": (0, "a ont"), "re": (1, "a ont")},
    "it": {"re": (3, "erà eranno")},
}
"""Language -> end of an infinitive -> how many letters it loses, and what then stands for what they will do."""

_FUTURE = {
    "envoyer": "enverra enverront", "renvoyer": "renverra renverront", "appeler": "appellera appelleront",
    "rappeler": "rappellera rappelleront", "faire": "fera feront", "tenir": "tiendra tiendront",
    "venir": "viendra viendront", "fare": "farà faranno", "dare": "darà daranno", "spedire": "spedirà spediranno",
    "fornire": "fornirà forniranno",
}  # fmt: skip
"""Futures that no rule gives."""


def _third(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")


_DOUBLED = frozenset(
    "get put set let run cut ship chat plan drop submit refer nag forget "
    "wrap zip debug pin bug prod swap sub log jot tag".split()
)


def _progressive(base: str) -> str:
    if base in _DOUBLED:
        return base + base[-1] + "ing"
    return (base[:-1] if base.endswith("e") and not base.endswith(("ee", "ye")) else base) + "ing"


_PAST = {
    "put": "put", "get": "got", "write": "wrote", "find": "found", "tell": "told", "bring": "brought", "buy": "bought",
    "pay": "paid", "ring": "rang", "speak": "spoke", "make": "made", "build": "built", "see": "saw", "show": "showed",
    "sell": "sold", "run": "ran", "come": "came", "keep": "kept", "dig": "dug", "say": "said", "read": "read",
    "cut": "cut", "cost": "costed", "hold": "held", "set": "set", "let": "let", "take": "took", "give": "gave",
    "quote": "quoted", "refer": "referred", "chat": "chatted", "plan": "planned", "drop": "dropped", "ship": "shipped",
    "submit": "submitted", "nag": "nagged", "have": "had", "do": "did", "cc": "cc'd", "go": "went", "draw": "drew",
}  # fmt: skip


def _past(base: str) -> str:
    if base in _PAST:
        return _PAST[base]
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def _words(text: str) -> list[str]:
    return [token.norm for token in tokenize(text)]


@cache
def _phrase(text: str) -> Phrase:
    if text.replace(" ", "").isalpha():  # nearly every phrase: letters and spaces need no tokenizer
        return tuple(fold(text).split())
    return tuple(_words(text))
