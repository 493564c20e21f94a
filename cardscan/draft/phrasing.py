"""Scribbled words made fit for a sentence, without changing what they say.

Notes are written for oneself: "send her the deck", "intro to his CFO". In an English letter to that person this becomes
"the deck" and "an introduction to your CFO". Words in another language than the letter's cannot be put into it without
inventing; they stand in a blank, in the words of the note, for the writer to translate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardscan.draft.language import note_language
from cardscan.draft.model import Language

# Verbs whose object is a thing that goes with a mail, in the languages notes are written in.
_SENDING = re.compile(
    r"(?:(?:send|share|forward|mail|e-?mail|give|show|pass(?: on)?|get|bring)"
    r"(?:\s+(?:to\s+)?(?:her|him|them|you|over))?"
    r"|(?:schicken?|schicke|senden?|zuschicken|zusenden|mailen|weiterleiten)(?:\s+(?:ihr|ihm|ihnen))?"
    r"|(?:lui |leur )?(?:envoyer|transmettre|faire suivre|partager)(?:-lui|-leur)?"
    r"|(?:enviar|mandar|compartir|pasar|partilhar|compartilhar|passar)(?:le|les|-lhe)?"
    r"|(?:inviar|mandar|spedir|girar)(?:gli|le|e)?)\s+(.{1,300})",
    re.IGNORECASE,
)
_SENDING_LAST = re.compile(
    r"(.{1,300}?)\s+(?:zu)?(?:schicken|senden|mailen|weiterleiten|zukommen lassen)", re.IGNORECASE
)
# English verbs that begin what someone said they would do.
_ENGLISH_VERBS = frozenset(
    """
    add advise arrange ask book bring buy call check come confirm connect contact discuss drop email e-mail
    explain explore find follow forward get give go have help host introduce invite join let lend look mail make
    meet mention offer pass phone pick ping prepare put read recommend refer review ring send set share show speak
    suggest take talk teach tell test text try visit write
    """.split()
)
_TO_YOU = (
    (
        re.compile(r"\b(?:her|his|their)\s+(?=[\w])(?!to\b|about\b|with\b|the\b|a\b|an\b|in\b|for\b)", re.IGNORECASE),
        "your ",
    ),
    (re.compile(r"\b(?:her|him|them|she|he|they)\b", re.IGNORECASE), "you"),
    (re.compile(r"\b(?:hers|theirs)\b", re.IGNORECASE), "yours"),
)
_THIRD_PERSON = {
    "de": re.compile(r"\b(?:ihr|ihre[mnrs]?|ihn|ihm|sein|seine[mnrs]?|sie|er)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:son|sa|ses|lui|leurs?|elle|il)\b", re.IGNORECASE),
}
# What a role begins with in a sentence; a note may have lost it ("conoce al director": "director").
_ARTICLE = {
    "de": re.compile(r"(?:der|die|das|den|dem|ein|eine|einen|ihr|ihre|ihren|sein|seine|seinen)\s", re.IGNORECASE),
    "fr": re.compile(r"(?:(?:le|la|les|un|une|son|sa|ses|votre|vos)\s|l['’])", re.IGNORECASE),
    "es": re.compile(r"(?:el|la|los|las|un|una|su|sus)\s", re.IGNORECASE),
    "it": re.compile(r"(?:(?:il|lo|la|i|gli|le|un|uno|una)\s|l['’]|un['’])", re.IGNORECASE),
    "pt": re.compile(r"(?:o|a|os|as|um|uma|seu|sua)\s", re.IGNORECASE),
}
_INTRO_VERB = re.compile(r"^intro(?=\s+(?:me|us|you)\b)", re.IGNORECASE)
_INTRO = re.compile(r"^(?:an?\s+)?intro\b", re.IGNORECASE)
_NEEDS_YOU = re.compile(
    r"^(call|phone|ring|mail|e-?mail|text|visit|contact)(?=$|\s+(?:about|again|after|before|in|next|on|re|regarding)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a letter; `usable` is False where a person has to put them into the letter's language first."""

    text: str
    usable: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise: a thing to attach, or something to do."""

    phrase: Phrase
    is_thing: bool


def phrase(text: str, language: Language, written_in: Language) -> Phrase:
    """Words of a note addressed to the person; `written_in` is the language of the notes as a whole."""
    if is_proper(text):
        return Phrase(text, usable=True)
    source = note_language(text, language) if len(text.split()) > 2 else None
    if (source or written_in) != language:
        return Phrase(text, usable=False)
    if language == "en":
        return Phrase(_addressed(text), usable=True)
    pattern = _THIRD_PERSON.get(language)
    return Phrase(text, usable=pattern is None or not pattern.search(text))


def named(who: str, language: Language, written_in: Language) -> Phrase:
    """Someone a note names: "Tom Baker", "den Einkaufsleiter"; not usable without the article that a role needs."""
    said = phrase(who, language, written_in)
    article = _ARTICLE.get(language)
    bare = article is not None and not is_proper(who) and not article.match(who)
    return Phrase(said.text, said.usable and not bare)


def promised(what: str, language: Language, written_in: Language) -> Promised:
    """Tell a thing to attach ("send pricing": pricing) from something to do ("introduce her to Tom")."""
    match = _SENDING.fullmatch(what) or _SENDING_LAST.fullmatch(what)
    if match:
        return Promised(phrase(match[1], language, written_in), is_thing=True)
    return Promised(phrase(what, language, written_in), is_thing=not is_action(what) and written_in == "en")


def offered(what: str, language: Language, written_in: Language) -> Phrase:
    """What they said they would do, as said to them."""
    made = phrase(what, language, written_in)
    if language != "en":
        return made
    return Phrase(_INTRO.sub("an introduction", _INTRO_VERB.sub("introduce", made.text)), made.usable)


def is_action(text: str) -> bool:
    """Whether English words begin with a verb, so that "to" can stand before them."""
    return text.split(" ", 1)[0].casefold() in _ENGLISH_VERBS


def is_proper(text: str) -> bool:
    """Whether all words are names, numbers or abbreviations, which no language translates."""
    words = re.findall(r"[^\s,;/&()]+", text)
    return bool(words) and all(word[0].isupper() or not word[0].isalpha() for word in words) and not _TITLE.search(text)


_TITLE = re.compile(
    r"\b(?:CEO|CFO|CTO|COO|CIO|CMO|VP|SVP|EVP|MD|HR|Head|Director|Manager|Buyer|Boss|Chef|Leiter\w*|Owner|President|"
    r"Sales|Team|Assistant|Purchasing|Marketing|Ops|Operations)\b",
    re.IGNORECASE,
)


def is_person(text: str) -> bool:
    """Whether a referral names a person ("Tom Baker") and not a part ("the VP Ops")."""
    words = text.split()
    return 2 <= len(words) <= 5 and is_proper(text) and not any(char.isdigit() for char in text)


def _addressed(text: str) -> str:
    for pattern, you in _TO_YOU:
        text = pattern.sub(you, text)
    return _NEEDS_YOU.sub(r"\1 you", text)
