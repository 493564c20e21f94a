"""Who else matters: the decision maker, and whom to be introduced to."""

from __future__ import annotations

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting
from cardscan.notes.naming import capital, named, skip
from cardscan.notes.venues import event_like, place_length
from cardscan.notes.wording import words_of
from cardscan.record import Referral

_LONGEST_WHO = 8


def referral(j: Jotting, clause: Clause) -> Referral | None:
    """Someone they know or name in this clause."""
    if j.find("phrases.not_knows", clause.start, clause.end):
        return None
    for name, ask in (("phrases.referred", False), ("phrases.intro_me", False), ("phrases.intro_ask", True)):
        found = _at_head(j, clause, name)
        if found is None:
            continue
        asking = ask or _asks(j, clause, found[0])
        if name == "phrases.intro_me" and (not _given(j, clause, found) and not asking):
            continue
        if name == "phrases.intro_ask" and (clause.dates and j.norm(found[0]) in {"intro", "introduction"}):
            continue
        if name == "phrases.referred" and j.has("phrases.met", found[0]) and not named(j, found[1]):
            continue
        if j.find("phrases.not", clause.start, found[0]):
            return None
        if name == "phrases.intro_ask" and any(j.has("phrases.they_want", k) for k in range(clause.start, found[0])):
            continue
        who = _who(j, clause, found[1])
        if who and name == "phrases.referred":
            who = _before_event(j, who, found[1], clause.end)
        if who and not (name == "phrases.intro_ask" and j.norm(found[1]) in {"me", "us", "him", "her", "them"}):
            return Referral(who, asking)
    if came := _came_via(j, clause):
        return Referral(came, False)
    found = _at_head(j, clause, "phrases.knows")
    if (
        found
        and not clause.question
        and not j.has("phrases.not_who", found[1])
        and not j.find("phrases.not", clause.start, found[0])
    ):
        who = _who(j, clause, found[1])
        if who and not j.find("phrases.if", clause.start, found[0]):
            return Referral(_with_article(j, who, found[1] - 1), True)
    return None


def _came_via(j: Jotting, clause: Clause) -> str | None:
    """`via Tom Reyes`, `thru Jan at Ajax`: a clause that says nothing but who brought us together."""
    length = j.has("phrases.via", clause.start, clause.end)
    at = clause.start + length
    if not length or clause.dates or not capital(j, at) or j.has("phrases.role", at) or place_length(j, at, clause.end):
        return None
    while at < clause.end and capital(j, at):
        at += 1
    at += j.norm(at) == "." and at + 1 == clause.end
    ends = at >= clause.end or j.norm(at) in {"at", "@", "(", "from"}
    return _who(j, clause, clause.start + length) if ends and not j.find("phrases.desk", at, clause.end) else None


def _before_event(j: Jotting, who: str, start: int, end: int) -> str:
    """`met thru Kavita at Startup Week`: who it was, without where."""
    for at in range(start + 1, end):
        if j.norm(at) in {"at", "@"} and (j.norm(at + 1) == "the" or event_like(j, at + 1, end)):
            return words_of(j, start, at) or who
    return who


_CONTRACTED = {
    "es": {"al": "el", "del": "el"},
    "pt": {"do": "o", "da": "a", "ao": "o"},
    "it": {"del": "il", "al": "il", "della": "la"},
    "fr": {"du": "le", "au": "le"},
}
"""Preposition and article in one word -> the article that belongs to the person: `conoce al alcalde`, el alcalde."""


def _with_article(j: Jotting, who: str, at: int) -> str:
    article = _CONTRACTED.get(j.lexicon.language, {}).get(j.norm(at))
    return f"{article} {who}" if article and who[:1].islower() else who


def boss(j: Jotting, clauses: list[Clause], at: int, denied: bool) -> Referral | None:
    """The one who decides, named instead of the person met: `boss is Karen Wu`, `VP decides - Mark Hill`."""
    clause = clauses[at]
    if denied and (name := _in_brackets(j, clause)):
        return Referral(name, True)
    if name := _role_is(j, clause):
        return Referral(name, True)
    found = _at_head(j, clause, "phrases.boss", reach=6)
    if found and (j.find("phrases.not", clause.start, found[0]) or j.find("phrases.gatekeeper", found[1], clause.end)):
        found = None
    if found and (denied or _names_boss(j, clause, found)):
        who = _who(j, clause, found[1])
        if not who and at + 1 < len(clauses) and named(j, clauses[at + 1].start):
            who = _who(j, clauses[at + 1], clauses[at + 1].start)
        if who and (named(j, skip(j, found[1])) or denied):
            return Referral(_name_behind(j, clause, found[1]) or who, True)
    decides = j.find("phrases.decides", clause.start, clause.end)
    if decides and at and _speaks_of_kin(j, clause, clauses[at - 1]):
        begin = clauses[at - 1].start
        return Referral(words_of(j, begin, begin + _kin(j, clauses[at - 1])), True)
    if decides and _own_role(j, clause, decides[0]):
        return None
    if decides and decides[0] > clause.start and not j.find("phrases.not", clause.start, decides[1]):
        if (
            j.has("phrases.pronoun", decides[0] - 1)
            or j.has("phrases.pronoun", clause.start) == decides[0] - clause.start
        ):
            return None
        follows = j.norm(clause.end) in {"-", ":", "="}
        goes_on = at + 1 < len(clauses) and decides[1] >= clause.end and follows and named(j, clauses[at + 1].start)
        bracket = next((k for k in range(clause.start, clause.end) if j.norm(k) == "("), None)
        if bracket is not None and capital(j, bracket + 1):
            return Referral(
                words_of(
                    j,
                    bracket + 1,
                    next(k for k in range(bracket, clause.end + 1) if k == clause.end or j.norm(k) == ")"),
                ),
                True,
            )
        who = (
            _who(j, clauses[at + 1], clauses[at + 1].start)
            if goes_on
            else words_of(j, clause.start, decides[0], clause)
        )
        if who and (goes_on or named(j, clause.start)):
            return Referral(who, True)
    return None


def _role_is(j: Jotting, clause: Clause) -> str | None:
    """`CFO is Bob Hart`, `head of purchasing = Li Wen`: somebody else's role, and their name."""
    length = j.has("phrases.other_role", clause.start, clause.end)
    at = clause.start + length
    while length and at < clause.end and at - clause.start < 5 and j.norm(at) in {"of", "for"}:
        at += 2
    if not length or j.norm(at) not in {"is", "=", "ist", "est", "es", "e"} or not capital(j, at + 1):
        return None
    return _who(j, clause, at + 1)


def _in_brackets(j: Jotting, clause: Clause) -> str | None:
    """`not the budget holder (that's Simon Frith)`: the name in brackets behind a denial."""
    denial = j.find("phrases.not_decision_maker", clause.start, clause.end)
    opened = next((k for k in range(denial[1], clause.end) if j.norm(k) == "("), None) if denial else None
    if opened is None:
        return None
    begin = opened + 1
    while begin < clause.end and (j.has("phrases.that_is", begin) or j.has("phrases.article", begin)):
        begin += j.has("phrases.that_is", begin) or j.has("phrases.article", begin)
    if begin >= clause.end or not (j.tokens[begin].capital or j.has("phrases.role", begin)):
        return None
    end = next((k for k in range(begin, clause.end) if j.norm(k) in {")", ",", "-"}), clause.end)
    return words_of(j, begin, end) or None


def _name_behind(j: Jotting, clause: Clause, at: int) -> str | None:
    """`the board chair, Sir Alan Finch`: the name behind a role that begins in small letters."""
    begin = skip(j, at)
    comma = next((k for k in range(begin, clause.end) if j.norm(k) == ","), None)
    if comma is None or j.tokens[begin].capital or comma + 1 >= clause.end or not j.tokens[comma + 1].capital:
        return None
    return _who(j, clause, comma + 1)


def decides(j: Jotting, clauses: list[Clause]) -> bool | None:
    """Whether the person met decides; None where the note doesn't say."""
    said: bool | None = None
    for before, clause in zip((None, *clauses), clauses, strict=False):
        if j.find("phrases.not_decision_maker", clause.start, clause.end):
            return False
        spans = [j.find(f"phrases.{name}", clause.start, clause.end) for name in ("decision_maker", "decides")]
        found = min((span for span in spans if span), key=lambda span: (span[0], -span[1]), default=None)
        if found is None or clause.question or j.find("phrases.if", clause.start, found[0]):
            continue
        if j.find("phrases.not", clause.start, found[0]):
            return False
        if j.norm(found[0]) == "dm" and j.norm(found[1]) in {"me", "on", "him", "her", "them", "via"}:
            continue
        if (
            _someone_else(j, clause, found)
            or _speaks_of_kin(j, clause, before)
            or (found[0] == clause.start and _speaks_of_boss(j, before))
        ):
            said = False
        elif said is None:
            said = True
    return said


def _speaks_of_boss(j: Jotting, before: Clause | None) -> bool:
    """`Her boss, VP Sales Dan Cole, signs off`: the subject stands in the clause before the comma."""
    return (
        before is not None
        and j.norm(before.end) == ","
        and j.find("phrases.boss", before.start, before.end) is not None
    )


def _speaks_of_kin(j: Jotting, clause: Clause, before: Clause | None) -> bool:
    """`his wife does the books and she has the last word`: the pronoun is hers whom the clause before began with."""
    if (
        before is None
        or not clause.joined
        or j.has("phrases.contrast", clause.start - 1)
        or not j.has("phrases.pronoun", clause.start)
    ):
        return False
    return _kin(j, before) > 0


def _kin(j: Jotting, clause: Clause) -> int:
    """The length of `his wife`, `her business partner` at the head of a clause that says what they do."""
    their = j.has("phrases.their", clause.start)
    for length in (1, 2) if their else ():
        role = clause.start + their + length
        if role < clause.end and j.has("phrases.role", role - 1, role) and j.norm(role - 1) != "the":
            return their + length
    return 0


def _someone_else(j: Jotting, clause: Clause, found: tuple[int, int]) -> bool:
    """`DM is Karl`, `her boss decides`, `Mark Hill makes the call`: somebody else than the person met."""
    if _own_role(j, clause, found[0]):
        return False
    if j.norm(found[1]) in {"is", "=", ":", "ist", "est", "es", "e"} and named(j, found[1] + 1):
        return True
    if j.lexicon.language != "en" and found[1] < clause.end and j.has("phrases.decides", found[0]):
        length = j.has("phrases.article", found[1]) or j.has("phrases.possessive", found[1])
        behind = found[1] + length
        if capital(j, behind) or (length and j.has("phrases.role", behind, clause.end)):
            return True
    before = [at for at in range(clause.start, found[0]) if j.tokens[at].kind == "word"]
    if not before or not j.has("phrases.decides", found[0]):
        return False
    if j.has("phrases.their", before[0]) and len(before) > 1:
        return True
    return not any(j.has(name, at) for at in before for name in ("phrases.them", "phrases.filler", "phrases.me"))


def _own_role(j: Jotting, clause: Clause, at: int) -> bool:
    """`Finance director, has final say`: the role before the comma is that of the person met."""
    return (
        j.norm(at - 1) == ","
        and at - 1 > clause.start
        and any(j.has("phrases.role", k, at) for k in range(clause.start, at))
        and not any(j.find(f"phrases.{name}", clause.start, at) for name in ("their", "boss"))
    )


def _at_head(j: Jotting, clause: Clause, name: str, reach: int = 8) -> tuple[int, int] | None:
    found = j.find(name, clause.start, clause.end)
    return found if found and found[0] - clause.start <= reach else None


def _asks(j: Jotting, clause: Clause, at: int) -> bool:
    return (
        any(j.norm(k) in {"ask", "asking", "request", "could", "might", "get"} for k in range(clause.start, at))
        or clause.question
    )


def _given(j: Jotting, clause: Clause, found: tuple[int, int]) -> bool:
    """Whether an introduction is theirs to give: it names me, or a third person acts."""
    if any(j.has("phrases.me_object", k) for k in range(found[0], found[1])):
        return True
    names = ("phrases.them", "phrases.waiting", "phrases.they_pledged")
    acts = any(j.has(f"verbs.{name}.third", found[0]) for name in ("act", "weak", "them_only"))
    return acts or any(j.has(name, k) for k in range(clause.start, found[0]) for name in names)


def _names_boss(j: Jotting, clause: Clause, found: tuple[int, int]) -> bool:
    if j.has("phrases.talk_to", found[0]):
        behind = range(found[1], clause.end)
        return any(
            (j.has("phrases.role", at) and j.norm(at) != "the") or j.norm(at) in {"instead", "("} for at in behind
        )
    return j.norm(found[0]) not in {"that's", "that", "its", "it's", "up", "go", "try", "ultimately"}


def _who(j: Jotting, clause: Clause, at: int) -> str | None:
    """The words that name someone, up to a verb, a reason or the clause's end."""
    while at < clause.end and j.norm(at) in {"is", "=", ":", "-", ",", "→", "ist", "est", "es"}:
        at += 1
    end = at
    while end < clause.end and end - at < _LONGEST_WHO:
        if j.tokens[end].norm in {",", "(", ")", ";", "+", "→", ":"} or any(s.start == end for s in clause.dates):
            break
        if end > at and j.norm(end) in {"der", "die"} and j.lexicon.language == "de" and capital(j, end + 1):
            end += 1
            continue
        if end > at and j.has("phrases.who_ends", end, clause.end) and not (j.norm(end) == "-" and j.tight(end)):
            break
        end += 1
    return words_of(j, at, end) or None
