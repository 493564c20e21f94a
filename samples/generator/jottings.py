"""What is written on cards by pen: short telegram-style notes from the phrase lists."""

from __future__ import annotations

import random
import re
from typing import Final

from . import words
from .seeds import Split, half

LANGUAGES: Final = {"de": 0.5, "fr": 0.5, "es": 0.5, "it": 0.5, "pt": 0.5, "nl": 0.5}


def _filled(rand: random.Random, lists: dict[str, list[str]], split: Split, phrase: str) -> str:
    def value(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "n":
            return str(rand.choice((5, 10, 20, 25, 50, 80, 120, 250, 500)))
        if slot == "n2":
            return str(rand.randint(1, 28))
        if slot == "year":
            return str(rand.randint(2009, 2024))
        fillers = lists[slot]
        try:
            return str(rand.choice(half(fillers, split)))
        except LookupError:
            return str(rand.choice(fillers))

    return re.sub(r"\{(\w+)\}", value, phrase)


def jotting(rand: random.Random, split: Split, language: str) -> str:
    """A note of one to three phrases, mostly in English, else in the card's language where there are phrases in it."""
    lists = words.load("notes")
    own = language if language in LANGUAGES and rand.random() < LANGUAGES[language] else "en"
    phrases = half(lists[own]["phrases"], split)
    count = rand.choices((1, 2, 3), (6, 4, 1))[0]
    picked = [_filled(rand, lists[own], split, p) for p in rand.sample(phrases, min(count, len(phrases)))]
    style = rand.random()
    if style < 0.15:
        picked = [p.upper() for p in picked]
    elif style < 0.45:
        picked = [p[0].upper() + p[1:] for p in picked]
    text = rand.choice((" - ", ", ", "; ", "\n", "\n", "\n")).join(picked)
    if rand.random() < 0.1:
        text = rand.choice(("-> ", "* ", "! ")) + text
    return text


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` characters, broken at spaces and at its own line ends."""
    out: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for word in piece.split():
            if line and len(line) + 1 + len(word) > width:
                out.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        out.append(line)
    return [line for line in out if line]
