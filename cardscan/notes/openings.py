"""Where something new begins inside a line: a commanding verb, a subject, a phrase that opens a statement."""

from __future__ import annotations

from collections.abc import Container
from typing import get_args

from cardscan.notes.jotting import Jotting
from cardscan.notes.tokens import TITLES
from cardscan.record import MeetingKind

_OPENERS = (
    "phrases.met_sure",
    "phrases.knows",
    "phrases.loves",
    "phrases.talked",
    "phrases.waiting",
    "phrases.mine",
    "phrases.intro_ask",
    "phrases.pledged",
    "phrases.they_pledged",
    "phrases.decision_maker",
    "phrases.not_decision_maker",
    "phrases.gatekeeper",
    "phrases.boss",
    "phrases.hit",
    "phrases.referred",
    "phrases.lead",
    "phrases.past",
    "phrases.me",
    "phrases.them",
    "phrases.if",
    "phrases.not",
    "phrases.they_do",
)

_MEETINGS = get_args(MeetingKind)


def opens(j: Jotting, at: int, comma: bool = False, strict: bool = False) -> bool:
    """Whether something new begins at a token: a verb that commands, a subject, a known opening."""
    while (length := j.has("phrases.filler", at)) and not j.has("phrases.me", at) and not j.has("phrases.lead", at):
        at += length
    if at >= len(j.tokens):
        return False
    if strong(j, at) or _weak_with_object(j, at):
        return True
    if (first := j.has("verbs.act.first", at)) and j.has("phrases.me", at + first):
        return True
    if comma and (degree := j.has("phrases.degree", at)) and j.has("phrases.loves", at + degree):
        return True
    if any(j.has(name, at) for name in ("verbs.act.third", "phrases.met_sure")) and not strict:
        return True
    for name in _OPENERS:
        length = j.has(name, at)
        if not length or (name == "phrases.lead" and not _opens_after_lead(j, at + length)):
            continue
        if name in ("phrases.me", "phrases.them", "phrases.boss") and j.norm(at) in {"me", "us", "both", "boss", "try"}:
            continue
        if name in ("phrases.them", "phrases.boss") and length > 1 and _dated(j, at + length):
            continue
        if name == "phrases.past" and adjective(j, at):
            continue
        if name == "phrases.them" and _is_article(j, at):
            continue
        if name == "phrases.not" and not comma and not strict:
            continue
        if (
            name in ("phrases.gatekeeper", "phrases.talked", "phrases.loves")
            and strict
            and (j.norm(at) in {"re", "about", "abt"} or j.lexicon.language != "en")
        ):
            continue
        if j.norm(at) in {
            "about",
            "abt",
            "love",
            "interest",
            "follows",
            "supports",
            "reception",
            "agent",
            "admin",
            "talk",
        }:
            continue
        return True
    if (
        comma
        and (role := j.has("phrases.other_role", at))
        and j.norm(at + role) in {"is", "=", "ist", "est", "es", "e"}
    ):
        return True
    if comma and (will := j.has("phrases.will", at)) and _acts(j, at + will):
        return True
    if _meeting_here(j, at) or (comma and _thing_here(j, at)):
        return True
    return (
        comma
        and bool(j.has("phrases.priority", at) or j.has("strategy.prospect", at) or j.has("strategy.client", at))
        and not j.has("strategy.not", at)
    )


def opens_behind_date(j: Jotting, at: int) -> bool:
    """Whether something new begins behind a date and a comma: `fair 8/12, email thanks`, `…, dinner w/ Ann 19 Nov`."""
    length = j.has("verbs.act", at) or j.has("verbs.weak", at)
    if length and not _compound(j, at, length) and not hyphened(j, at + length):
        behind = at + length
        return behind < len(j.tokens) and j.tokens[behind].kind == "word" and not j.has("verbs.preposition", behind)
    if any(j.has("things.deliverable", k) for k in (at, at + 1)):
        return True
    return any(j.has(f"meeting.{kind}", at) for kind in _MEETINGS) and not j.has("meeting.not", at)


def _is_article(j: Jotting, at: int) -> bool:
    """Whether Spanish `el` is the article, not `él`, whose accent many leave out: no verb follows."""
    acts = any(j.has(f"verbs.{name}.third", at + 1) for name in ("act", "weak", "them_only"))
    return j.lexicon.language == "es" and j.tokens[at].text.casefold() == "el" and not acts


def _dated(j: Jotting, at: int) -> bool:
    """Whether a date follows at once, so that `her boss` is whom one meets and does nothing: `… and her boss Wed`."""
    at += j.has("dates.on", at)
    return bool(j.has("dates.weekday", at) or j.has("dates.offset", at) or j.number(at, 31))


def _acts(j: Jotting, at: int) -> bool:
    """Whether a verb or a meeting follows: `…, will send`, `…, will meet in May`."""
    return bool(j.has("verbs.act", at) or j.has("verbs.weak", at) or any(j.has(f"meeting.{k}", at) for k in _MEETINGS))


def verb_closes(j: Jotting, at: int) -> bool:
    """Whether a German or Dutch verb only closes its clause behind the date: `Angebot bis Mittwoch schicken`."""
    if j.lexicon.language not in ("de", "nl"):
        return False
    behind = at + max(j.has("verbs.act", at), j.has("verbs.weak", at))
    return behind > at and (
        behind >= len(j.tokens) or j.tokens[behind].kind in ("mark", "break") or j.has("phrases.leads_on", behind) > 0
    )


def verb_ended(j: Jotting, start: int, at: int) -> bool:
    """Whether a German or Dutch verb of doing has just closed what stands before a sign: `… liefern, Werk hat`."""
    closed = j.has("verbs.act", at - 1, at) or j.has("verbs.weak", at - 1, at)
    return j.lexicon.language in ("de", "nl") and at - 1 > start and bool(closed)


def verb_ends(j: Jotting, at: int, dated: Container[int] = ()) -> bool:
    """Whether a German or Dutch segment ends in a verb of doing: `…, Ergebnis an Hr. Brenner mailen`.

    `dated` are the tokens at which dates begin: one may stand behind the verb.
    """
    if j.lexicon.language not in ("de", "nl"):
        return False
    end = at
    while (
        end < len(j.tokens)
        and end - at < 10
        and end not in dated
        and (j.tokens[end].kind == "word" or j.norm(end - 1) in TITLES)
    ):
        end += 1
    return end - at > 1 and bool(j.has("verbs.act", end - 1, end))


def _opens_after_lead(j: Jotting, at: int) -> bool:
    return at < len(j.tokens) and bool(strong(j, at) or j.has("verbs.weak", at) or j.has("phrases.lead", at))


def _thing_here(j: Jotting, at: int) -> bool:
    """A thing with a deadline: `…, samples by Fri`, `…, resume to Pat by 5/20`."""
    length = j.has("things.deliverable", at)
    reach = range(at + length, min(at + length + 4, len(j.tokens))) if length else ()
    for behind in reach:
        if j.norm(behind) == "→" or (j.has("dates.by", behind) and behind + 1 < len(j.tokens)):
            return True
        if j.tokens[behind].kind != "word":
            return False
    return False


def _meeting_here(j: Jotting, at: int) -> bool:
    """A meeting with something like a date behind it: `…, lunch Thu`."""
    for kind in _MEETINGS:
        length = j.has(f"meeting.{kind}", at)
        behind = at + length
        if length and not j.has("meeting.not", at):
            return bool(
                any(
                    j.has(f"dates.{n}", behind)
                    for n in ("weekday", "next", "offset", "in", "by", "month", "early", "mid", "late", "week_of")
                )
                or j.number(behind, 31)
                or j.norm(behind) == "?"
            )
    return False


def strong(j: Jotting, at: int) -> int:
    """A verb that can hardly be anything but a command here."""
    length = j.has("verbs.act", at)
    if not length or _compound(j, at, length) or hyphened(j, at + length):
        return 0
    if length == 1 and j.norm(at) in _RARELY_COMMANDS and not _object_behind(j, at, at + length):
        return 0
    return length


def _weak_with_object(j: Jotting, at: int) -> bool:
    length = j.has("verbs.weak", at)
    if not length or _compound(j, at, length) or hyphened(j, at + length):
        return False
    return _object_behind(j, at, at + length)


def _object_behind(j: Jotting, at: int, behind: int) -> bool:
    """Whether what follows a verb is something to do it to, or a date to do it on."""
    return bool(
        j.has("verbs.determiner", behind)
        or j.has("things.deliverable", behind)
        or any(
            j.has(f"dates.{n}", behind)
            for n in ("weekday", "offset", "by", "next", "in", "edge.week", "edge.month", "week_of")
        )
        or (
            behind < len(j.tokens)
            and j.tokens[behind].capital
            and not j.tokens[behind].text.isupper()
            and not j.tokens[at].capital
        )
    )


def _compound(j: Jotting, at: int, length: int) -> bool:
    """Whether a verb is in truth the first half of a noun: *call center*, *order management*."""
    return bool(length == 1 and j.has(f"verbs.noun_after.{j.norm(at)}", at + 1))


def adjective(j: Jotting, at: int) -> bool:
    """Whether a participle only says which thing is meant: `revised bid → Mon`."""
    length = j.has("phrases.made", at)
    return bool(length) and j.has("things.deliverable", at + length) > 0


def hyphened(j: Jotting, at: int) -> bool:
    """Whether a word goes on behind a hyphen, so that it isn't the word it seems: *check-in desk*, *post-it*.

    A pronoun behind it only says whom: `ligar-lhe`, `rappelez-la`, `envia-me`.
    """
    whom = j.has("phrases.them_clitic", at + 1) or j.has("phrases.me_clitic", at + 1)
    return j.norm(at) == "-" and j.tight(at) and j.tight(at + 1) and not whom


def runs_on(j: Jotting, at: int, start: int) -> bool:
    """Whether a command begins with no sign before it: `met SXSW send deck`."""
    if j.lexicon.language != "en" or not strong(j, at) or j.norm(at) in _RARELY_COMMANDS or j.tight(at):
        return False
    if j.has("things.deliverable", at) and (j.has("phrases.soon", at + 1) or not _object_behind(j, at, at + 1)):
        return False
    before = at - 1
    if j.tokens[before].kind not in ("word", "number") or j.norm(before) in _BEFORE_NO_COMMAND:
        return False
    if any(
        j.has(f"phrases.{n}", before, at)
        for n in ("me", "them", "will", "lead", "would", "not", "filler", "their", "asking")
    ):
        return False
    if any(j.has(f"verbs.{n}", k) for n in ("act", "weak", "them_only", "determiner") for k in range(start, at)):
        return any(j.has(f"phrases.{n}", start) for n in ("met_sure", "talked", "loves", "knows")) and not j.has(
            "verbs.determiner", before
        )
    return j.tokens[at].text.islower() or (j.tokens[at].text.isupper() and j.tokens[before].text.isupper())


_IS = frozenset({"is", "=", "ist", "est", "es", "e"})
_RARELY_COMMANDS = frozenset(
    "thank email phone ring message add cost pitch include update linkedin "
    "li pay sign scan brief order text buy dm write fax".split()
)


_BEFORE_NO_COMMAND = frozenset(
    "to will the a an his her their my our your and or of in "
    "for with w/ at on by from about abt re can could would should may"
    " might who that which let lets they we i you he she not don't dont must please pls new first helped help".split()
)
