"""The forms of verbs, by rule: English ones from the infinitive, others from what their language's file lists."""

from __future__ import annotations

from collections.abc import Iterable

from cardscan.notes.lexicon.phrase import Phrases, phrase_of


def inflected(verbs: Iterable[str], language: str) -> dict[str, Phrases]:
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
                        forms[ending][phrase_of(variant)] = words[0].split("|")[0]
            base = words[0].split("|")[0]
            for form in (*_would(base, language), *_unparted(base, words[2:3], language)):
                forms[".third"].setdefault(phrase_of(form), base)
            for form in _with_pronoun(base, language):
                forms[""].setdefault(phrase_of(form), base)
            continue
        parts = entry.split()
        irregular = len(parts) > 1 and parts[1] in (_third(parts[0]), "has", "does", "_")
        base, particle = parts[0], [] if irregular else parts[1:]
        third = parts[1] if irregular else _third(base)
        past = (parts[2] if len(parts) > 2 else None) if irregular else _past(base)
        tail = phrase_of(" ".join(particle))
        forms[""][(*phrase_of(base), *tail)] = entry if not irregular else base
        if len(particle) == 1 and particle[0] in _PARTING:
            for pronoun in ("it", "them", "him", "her"):
                forms[""].setdefault((*phrase_of(base), pronoun, *tail), entry)
        if base.isalpha() and base.isascii():
            forms[".ing"][(*phrase_of(_progressive(base)), *tail)] = base
        if third != "_":
            forms[".third"][(*phrase_of(third), *tail)] = base
        if past:
            forms[".past"][(*phrase_of(past), *tail)] = base
    return forms


_PARTING = frozenset("up off out over back in down along round around".split())
"""Particles that a pronoun comes before: `pick it up`."""


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


def _unparted(infinitive: str, third: list[str], language: str) -> list[str]:
    """What they do, as a German or Dutch clause ends with it: `mitbringt`, `opstuurt`."""
    prefix = max((p for p in _PREFIXES.get(language, "").split() if infinitive.startswith(p)), key=len, default="")
    return [prefix + form for form in third if prefix and form.isalpha() and not form.startswith(prefix)]


_PREFIXES = {
    "de": "ab an auf aus bei durch ein her hin los mit nach raus rück rüber um vor vorbei weg weiter zu zurück "
    "zusammen",
    "nl": "aan af bij door in langs mee na op over terug toe uit voor",
}
"""Prefixes that part from their verb: `bringt … mit`, `stuurt … op`."""


def _with_pronoun(infinitive: str, language: str) -> list[str]:
    """The infinitive with the pronoun it is written together with: `mandarles`, `inviargli`, `enviá-lo`."""
    if " " in infinitive or infinitive[-2:] not in _PRONOUNS.get(language, {}):
        return []
    cut, endings = _PRONOUNS[language][infinitive[-2:]]
    return [infinitive[: len(infinitive) - cut] + ending for ending in endings.split()]


_PRONOUNS: dict[str, dict[str, tuple[int, str]]] = {
    "es": dict.fromkeys(("ar", "er", "ir"), (0, "le les lo la los las selo sela selos selas")),
    "pt": dict.fromkeys(("ar", "er", "ir"), (1, "-lo -la -los -las")),
    "it": {"re": (1, "gli le lo la li ne glielo gliela glieli gliele")},
}
"""Language -> end of an infinitive -> how many letters it loses, and the pronouns that follow it."""


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
