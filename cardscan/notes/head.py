"""The head of a clause: who acts, whether it is meant, and the verb.

A telegram has no grammar to parse, but it has an order: signs and dates, then perhaps a subject, then words of will and
doubt, then the verb. The head reads exactly that, and stops at the first word it doesn't know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting
from cardscan.notes.openings import adjective, hyphened

Subject = Literal["me", "them"]
Form = Literal["command", "first", "third", "past", "ing", ""]

# Longest phrase wins; at the same length the earlier class does.
_ORDER = ("if", "not", "they_pledged", "pledged", "verb", "me", "them", "they_modal", "would", "will", "lead", "filler")
_VERBS: tuple[tuple[str, Form, bool], ...] = (
    ("verbs.act", "command", True),
    ("verbs.weak", "command", False),
    ("verbs.act.first", "first", True),
    ("verbs.weak.first", "first", False),
    ("verbs.act.third", "third", True),
    ("verbs.weak.third", "third", False),
    ("verbs.act.ing", "ing", True),
    ("verbs.weak.ing", "ing", False),
    ("verbs.them_only", "command", False),
    ("verbs.them_only.third", "third", False),
    ("verbs.act.past", "past", True),
    ("verbs.weak.past", "past", False),
    ("phrases.past", "past", True),
)
_NAME_WORDS = 3
_IS = frozenset({"is", "are"})


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a clause says.

    Attributes:
        subject: `me`, `them`, or None when nobody is named.
        meant: Something says that it shall be done (will, must, todo, promised to).
        pledged: It was promised, by the subject.
        negated: A word of negation stands before the verb.
        doubtful: A condition or a `might` stands before the verb.
        verb: Index of the verb, None where no verb heads the clause.
        end: Index behind the verb.
        form: Which form of the verb it is.
        strong: Whether the verb is hardly ever a noun.
        known_to_them: Whether the verb is one that only other people's offers use.
    """

    subject: Subject | None = None
    meant: bool = False
    pledged: bool = False
    negated: bool = False
    doubtful: bool = False
    verb: int | None = None
    end: int = 0
    form: Form = ""
    strong: bool = False
    known_to_them: bool = False
    stop: int = 0
    clitic: int | None = None


def read_head(j: Jotting, clause: Clause) -> Head:
    """The head of a clause."""
    at = clause.start
    subject: Subject | None = None
    clitic: int | None = None
    meant = pledged = negated = doubtful = False
    skip = clause.covered
    while at < clause.end:
        if at in skip:
            at = skip[at]
            continue
        if pronouns := _whom(j, at, clause.end):
            at += pronouns
            continue
        if named := _told_someone(j, at, clause.end):
            subject, meant, pledged, at = "me", True, True, at + named
            continue
        found = _longest(j, at, clause.end)
        if j.norm(at) in _IS and j.has("verbs.act.ing", at + 1, clause.end):
            subject, meant, at = subject or "them", True, at + 1
            continue
        if found is None:
            name = _name_subject(j, at, clause.end) or _someone_towards_me(j, at, clause.end)
            if name and subject is None:
                subject, at = "them", at + name
                continue
            if j.tokens[at].kind == "mark" and j.norm(at) not in {"@", "$", "€"}:
                at += 1
                continue
            break
        kind, length = found
        if kind == "verb":
            return _with_verb(j, at, clause, subject, meant, pledged, negated, doubtful, clitic)
        if kind == "if":
            doubtful = True
        elif kind == "not":
            negated = True
        elif kind == "they_pledged":
            subject, meant, pledged = ("me" if subject == "me" else "them"), True, True
        elif kind == "pledged":
            subject, meant, pledged = (subject if subject == "them" else "me"), True, True
        elif kind == "me":
            subject = subject or ("me" if j.norm(at) not in {"me", "us"} else None)
        elif kind == "them":
            subject = "them"
        elif kind == "they_modal":
            subject, meant = subject or "them", True
        elif kind == "would":
            doubtful = doubtful or not pledged
        elif kind in ("will", "lead"):
            meant = True
            subject = None if j.has("phrases.asked_me", at) == length else subject
        clitic = at if kind == "clitic" else (clitic if kind == "filler" else None)
        at += length
    return Head(subject, meant, pledged, negated, doubtful, stop=at)


def _told_someone(j: Jotting, at: int, end: int) -> int:
    """The length of `told Hugh I'd`, `promised Ann Hart we'll`; else 0."""
    behind = at + j.has("phrases.telling", at, end)
    name = behind
    while at < name < end and name - behind < _NAME_WORDS and j.tokens[name].capital and j.norm(name) != "i":
        name += 1
    pledge = j.has("phrases.pledging", name, end) if name > behind else 0
    return name + pledge - at if pledge else 0


def _whom(j: Jotting, at: int, end: int) -> int:
    """The length of pronouns before an infinitive: `la rappeler`, `le lui envoyer`, `lhe mandar`; else 0."""
    behind = at
    while behind - at < _PRONOUNS and (length := j.has("phrases.them_clitic", behind, end)):
        behind += length
    does = j.has("verbs.act", behind, end) or j.has("verbs.weak", behind, end)
    does = does and j.norm(behind).endswith(("r", "re"))
    does = does or (j.lexicon.language in ("es", "it") and j.has("verbs.act.first", behind, end))  # `li richiamo`
    return behind - at if behind > at and does else 0


_PRONOUNS = 2


def _with_verb(
    j: Jotting,
    at: int,
    clause: Clause,
    subject: Subject | None,
    meant: bool,
    pledged: bool,
    negated: bool,
    doubtful: bool,
    clitic: int | None,
) -> Head:
    length, form, strong, name = _verb(j, at, clause.end)
    if j.norm(clause.start) in {"mr", "mrs", "ms", "dr"}:
        return Head(stop=at)
    known_to_them = name.startswith("verbs.them_only") or bool(
        j.has("verbs.them_only", at, clause.end) or j.has("verbs.them_only.third", at, clause.end)
    )
    return Head(
        subject, meant, pledged, negated, doubtful, at, at + length, form, strong, known_to_them, at + length, clitic
    )


def _verb(j: Jotting, at: int, end: int) -> tuple[int, Form, bool, str]:
    best: tuple[int, Form, bool, str] = (0, "", False, "")
    if j.has("phrases.event_word", at, end) > 1 or adjective(j, at):
        return best
    for name, form, strong in _VERBS:
        length = j.has(name, at, end)
        if length > best[0] and not hyphened(j, at + length):
            best = (length, form, strong, name)
    if best[1] == "first" and j.lexicon.language == "es" and j.tokens[at].text.endswith("ó"):
        return best[0], "past", best[2], best[3]
    return best


def _longest(j: Jotting, at: int, end: int) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    for kind in _ORDER:
        length = _verb(j, at, end)[0] if kind == "verb" else j.has(f"phrases.{kind}", at, end)
        if length and (best is None or length > best[1]):
            best = (kind, length)
    if best and best[0] != "verb" and (clitic := j.has("phrases.me_clitic", at, end)) >= best[1]:
        return "clitic", clitic
    if best is None and (clitic := j.has("phrases.me_clitic", at, end)):
        return "clitic", clitic
    return best


def _name_subject(j: Jotting, at: int, end: int) -> int:
    """The length of a name that acts: `Tom to send`, `Dr. Reyes will call`, `her boss sends`, `sam will email`."""
    length = 0
    while at + length < end and length < _NAME_WORDS + 1:
        here = at + length
        token = j.tokens[here]
        if length and j.has("phrases.they_pledged", here, end):
            return length if _nameable(j, at, here) else 0  # `Tom reckons he'll`
        if _is_doing(j, here, end):
            return length + 1 if _nameable(j, at, here + 1) else 0
        acts = j.has("phrases.will", here, end) or (length and _surely_third(j, here, end))
        if length and acts:
            behind = here + j.has("phrases.will", here, end)
            acting = (
                _verb(j, behind, end)[0]
                or j.has("phrases.filler", behind, end)
                or j.has("phrases.me_clitic", behind, end)
            )
            return length if acting and _nameable(j, at, here) else 0
        if token.kind != "word" and token.norm not in {".", "'"}:
            return 0
        length += 1
    return 0


def _someone_towards_me(j: Jotting, at: int, end: int) -> int:
    """The length of `il geometra`, `the surveyor`, where they act on me: `il geometra ci manda`, `… sends me`."""
    article = j.has("phrases.article", at, end)
    verb = at + article + 1
    if not article or verb >= end or j.tokens[verb - 1].kind != "word":
        return 0
    clitic = j.has("phrases.me_clitic", verb, end)
    _, form, _, _ = _verb(j, verb + clitic, end)
    towards_me = clitic or j.has("phrases.me_object", verb + _verb(j, verb, end)[0], end)
    return verb - at if form == "third" and towards_me else 0


def _is_doing(j: Jotting, at: int, end: int) -> bool:
    """`Shane's dropping off the mulch`."""
    return j.norm(at).endswith("'s") and j.has("verbs.act.ing", at + 1, end) > 0


def _surely_third(j: Jotting, at: int, end: int) -> bool:
    """`Tom sends`, not `prefers texts`: a third person that is no plural noun."""
    _, form, strong, _ = _verb(j, at, end)
    length = _verb(j, at, end)[0]
    return form == "third" and (
        bool(j.has("phrases.me_object", at + length)) or (strong and not j.has("verbs.plural_noun", at))
    )


def _nameable(j: Jotting, start: int, end: int) -> bool:
    if j.has("phrases.their", start) and end - start > 1:
        return True
    if end - start == 1 and j.has("phrases.kin", start) and j.norm(end) == "to":
        return True
    if j.has("things.deliverable", start, end) == end - start:
        return False
    names = [j.tokens[at] for at in range(start, end) if j.tokens[at].kind == "word"]
    if all(token.capital for token in names) and not j.has("common", start):
        return True
    return len(names) == 1 and names[0].norm not in j.lexicon.words
