"""Who keeps the gate: the assistant, the secretary, the front desk, by name where a name stands."""

from __future__ import annotations

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting
from cardscan.notes.naming import nameable, named
from cardscan.notes.tokens import TITLES
from cardscan.notes.wording import words_of


def gatekeeper(j: Jotting, clauses: list[Clause], index: int) -> str | None:
    """Who stands before the person: `assistant: Dana`, `via reception only, ask for Mel`, `her TA Ben schedules`."""
    clause = clauses[index]
    if j.find("phrases.knows", clause.start, clause.end):
        return None
    if desk := _at_desk(j, clause):
        return desk
    asked = j.find("phrases.ask_for", clause.start, clause.end)
    if asked and j.lexicon.classes.get("phrases.ask_verb") and not j.find("phrases.ask_verb", asked[1], clause.end):
        asked = None
    if (
        asked
        and asked[0] not in clause.covered
        and asked[1] < clause.end
        and j.tokens[asked[1]].capital
        and not j.tokens[asked[1]].text.isupper()
    ):
        end = asked[1] + 1
        while end < clause.end and j.tokens[end].capital:
            end += 1
        if (
            end >= clause.end
            or j.has("phrases.filler", end)
            or j.tokens[end].kind == "mark"
            or j.has("phrases.first", end)
        ):
            return words_of(j, asked[1], end)
    for at in range(clause.start, clause.end):
        if length := j.has("phrases.gatekeeper", at, clause.end):
            if not _keeps_gate(j, clause, at, at + length):
                continue
            name = (
                _bracketed(j, clause, at, at + length)
                or _gate_name(j, clauses, index, at + length)
                or _led_name(j, clause, at)
            )
            return name or words_of(j, at + (length > 1 and j.has("phrases.their", at)), at + length)
    found = j.find("phrases.gate_verb", clause.start + 1, clause.end)
    if found:
        who = words_of(j, clause.start, found[0], clause)
        if (
            who
            and not any(j.has("phrases.them", at) for at in range(clause.start, found[0]))
            and (named(j, clause.start) or (found[0] == clause.start + 1 and nameable(j, clause.start)))
        ):
            return who
    return None


def _at_desk(j: Jotting, clause: Clause) -> str | None:
    """`Glynis on switchboard`, `Fr. Ihle am Empfang`: the name before the desk where somebody sits."""
    found = j.find("phrases.desk", clause.start + 2, clause.end)
    if found is None:
        return None
    at = found[0]
    while at > clause.start and found[0] - at < _BEFORE_DESK and j.has("phrases.desk_prep", at - 1, at):
        at -= 1
    begin = at
    while begin > clause.start and at - begin < _LONGEST_NAME and _of_name(j, begin - 1):
        begin -= 1
    while begin < at and any(j.has(name, begin) for name in ("verbs.act", "verbs.weak", "phrases.met", "common")):
        begin += 1
    return words_of(j, begin, at) if begin < at < found[0] else None


_BEFORE_DESK, _LONGEST_NAME = 3, 3


def _of_name(j: Jotting, at: int) -> bool:
    """Whether a token belongs to a name: a capital letter, or the full stop of a title."""
    return j.tokens[at].capital or (j.norm(at) == "." and j.norm(at - 1) in TITLES)


def _bracketed(j: Jotting, clause: Clause, at: int, end: int) -> str | None:
    """`phone Dana (assistant)`, `Dana, her PA`: the name before a role in brackets or behind a comma."""
    own = not j.has("phrases.their", at) and not j.has("phrases.their", at - 1)
    opened = at - (1 if own else 1 + (not j.has("phrases.their", at)))
    equated = j.norm(opened) in {"=", "is", "ist", "est", "es"} and opened > clause.start
    if not (equated or (j.norm(opened) == "(" and j.norm(end) == ")") or (j.norm(opened) == "," and not own)):
        return None
    begin, first = opened, clause.start
    closes = end >= clause.end or j.tokens[end].kind == "mark"
    if j.norm(opened) == "," and opened < clause.start and closes:
        first = max(opened - _LONGEST_NAME, 0)  # the comma has cut the name off
    while begin > first and opened - begin < _LONGEST_NAME and j.tokens[begin - 1].capital:
        begin -= 1
    led = any(j.has("phrases.gate_via", k, opened - 1) == opened - 1 - k for k in range(max(first, opened - 3), opened))
    if (
        begin == opened > first
        and closes
        and (nameable(j, opened - 1) or (led and j.tokens[opened - 1].text.isalpha()))
    ):
        begin -= 1
    while begin < opened and (j.has("verbs.act", begin) or j.has("verbs.weak", begin)):
        begin += 1
    return words_of(j, begin, opened) or None


def _led_name(j: Jotting, clause: Clause, end: int) -> str | None:
    """`go through Amy at front desk`: the name between the way and the role."""
    found = j.find("phrases.gate_via", clause.start, end)
    if found is None or found[1] >= end or not j.tokens[found[1]].capital:
        return None
    return words_of(j, found[1], next((k for k in range(found[1], end) if not j.tokens[k].capital), end))


def _keeps_gate(j: Jotting, clause: Clause, at: int, end: int) -> bool:
    """Whether a role is meant as a way to the person, and is not the person's own title."""
    if any(j.has(name, at) for name in ("phrases.gatekeeper_sure",)):
        return True
    if _bracketed(j, clause, at, end):
        return True
    led = any(j.has("phrases.gate_via", k, at) == at - k for k in range(max(clause.start, at - 4), at))
    theirs = j.has("phrases.their", at) or (at > clause.start and j.has("phrases.their", at - 1))
    behind = j.norm(end)
    says = (
        behind in {":", "=", "is", "ist", "est", "es", "e", "->", "→", "-"}
        or j.find("phrases.gate_verb", end, clause.end) is not None
    )
    ends = end >= clause.end and end < len(j.tokens) and j.norm(end) in {":", "-", "="}
    asked = any(j.has(f"verbs.{n}", k, at) == at - k for n in ("act", "weak") for k in (at - 1, at - 2) if k >= 0)
    own_name = (
        (at == clause.start or asked) and end < clause.end and j.tokens[end].capital and j.norm(at) in _ROLES_WITH_NAME
    )
    return bool(led or theirs or says or ends or own_name)


_ROLES_WITH_NAME = frozenset(
    "pa ea secretary assistant asst gatekeeper receptionist "
    "sekretarin sekretariat assistentin secretaria segretaria secretaresse assistante".split()
)


def _gate_name(j: Jotting, clauses: list[Clause], index: int, at: int) -> str | None:
    clause = clauses[index]
    for begin, end in (
        (at, clause.end),
        *(((clauses[index + 1].start, clauses[index + 1].end),) if index + 1 < len(clauses) else ()),
    ):
        here = begin
        while here < end and (
            j.norm(here)
            in {":", "=", "-", "is", "ist", "est", "es", "e", ",", "(", "named", "called", "→", "a", "o", "la"}
            or j.has("phrases.gate_via", here)
        ):
            here += j.has("phrases.gate_via", here) or 1
        stop = here
        if begin == at == here and nameable(j, here) and (here + 1 >= end or j.has("phrases.gate_verb", here + 1)):
            return words_of(j, here, here + 1)
        while (
            stop < end
            and stop - here < 4
            and j.tokens[stop].kind == "word"
            and (j.tokens[stop].capital or (stop > here and j.norm(stop) == "."))
        ):
            stop += 1
            if (
                j.norm(stop) == "."
                and stop + 1 < end
                and j.norm(stop - 1) in {"mrs", "mr", "ms", "dr", "fr", "hr", "mme", "m"}
            ):
                stop += 1
        if (
            stop > here
            and not j.has("verbs.act", here)
            and not (
                here == begin
                and begin != at
                and j.find("phrases.gate_via", begin, here) is None
                and j.norm(clause.end) not in {":", "-"}
            )
        ):
            return words_of(j, here, stop)
        if end > begin and begin == at and here < end:
            break
    return None
