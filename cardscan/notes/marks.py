"""What holds for the whole note: priority, and whether we hit it off."""

from __future__ import annotations

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting

_DENIALS = 3


def is_priority(j: Jotting, clauses: list[Clause]) -> bool:
    """Whether a star, `!!` or a word of urgency marks the note."""
    return _starred(j) or any(_says(j, clause, "phrases.priority", "phrases.not_priority") for clause in clauses)


def is_hit(j: Jotting, clauses: list[Clause]) -> bool:
    """Whether the note says that we hit it off."""
    return any(_says(j, clause, "phrases.hit", "phrases.not_hit") for clause in clauses)


def _starred(j: Jotting) -> bool:
    bullets = _starred_lines(j)
    for at, token in enumerate(j.tokens):
        if token.norm == "★":
            return True
        if token.norm == "!" and j.norm(at + 1) == "!" and j.tight(at + 1):
            return True
        if token.norm == "*":
            double = j.norm(at + 1) == "*" and j.tight(at + 1)
            free = token.spaced and (at + 1 >= len(j.tokens) or j.tokens[at + 1].spaced)
            rating = at > 0 and j.tokens[at - 1].kind == "number" and j.tight(at)
            opening = at == 0 and not (at + 1 < len(j.tokens) and bullets > 1)
            closing = at == len(j.tokens) - 1 and not rating
            if not rating and (double or (free and bullets < 2) or opening or closing):
                return True
    return False


def _starred_lines(j: Jotting) -> int:
    """How many lines begin with an asterisk: two or more make a list, not a star."""
    begins = [at for at in range(len(j.tokens)) if at == 0 or j.tokens[at - 1].kind == "break"]
    return sum(j.norm(at) == "*" for at in begins)


def _says(j: Jotting, clause: Clause, name: str, denial: str) -> bool:
    at = clause.start
    while at < clause.end:
        if length := j.has(denial, at, clause.end):
            at += length
            continue
        length = j.has(name, at, clause.end)
        if length and not _denied(j, clause, at) and _fits(j, clause, at, length):
            return True
        at += max(length, 1)
    return False


def _denied(j: Jotting, clause: Clause, at: int) -> bool:
    return any(
        j.has("phrases.not", back) or j.has("phrases.if", back) for back in range(max(clause.start, at - _DENIALS), at)
    )


def _fits(j: Jotting, clause: Clause, at: int, length: int) -> bool:
    """Some words mark the note only where they stand for themselves: `hot`, not `hot water bottles`."""
    if length > 1 or not j.has("phrases.priority_head", at) or j.has("phrases.hit", at):
        return True
    behind = at + length
    if (
        behind >= clause.end
        or j.tokens[behind].kind in ("mark", "break")
        or any(s.start == behind for s in clause.dates)
    ):
        return at == clause.start or j.norm(at) not in {"must"} or behind >= clause.end
    if j.norm(at) == "must":
        return False
    return bool(
        j.has("verbs.act", behind)
        or j.has("verbs.weak", behind)
        or any(j.has(f"strategy.{n}", behind) for n in ("prospect", "client"))
    )
