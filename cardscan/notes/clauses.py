"""A note cut into clauses: the stretches that each say one thing.

Full stops, dashes, line ends and bullets always cut. Commas, `and`, `+` and `so` cut only where something new begins:
"send deck, pricing and specs" is one clause, "send deck and call Tue" is two. Dates are never cut.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from cardscan.notes.dates import DateSpan
from cardscan.notes.dates.clock import TimeSpan
from cardscan.notes.jotting import Jotting
from cardscan.notes.openings import opens, opens_behind_date, runs_on, strong, verb_closes, verb_ended, verb_ends
from cardscan.notes.states import new_sentence, parted
from cardscan.notes.tokens import TITLES

_HARD = frozenset({";", "!", "?", "•", "·", "|", "☐", "boxdone", "▪", "◦", "‣", "★", "…"})
_SOFT_WORDS = frozenset(
    "and & + , so but then und et e y en of dann mais ma pero mas maar poi luego ( / plus because".split()
)

LONGEST_CLAUSE = 80
"""Tokens; nobody writes longer ones, and a bound here keeps every rule linear in the length of the note."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of tokens that says one thing.

    Attributes:
        start: Index of its first token.
        end: Index behind its last token.
        dates: The dates in it.
        times: The times in it that belong to no date.
        question: Whether a question mark ends it.
        ticked: Whether a check mark stands before it: done.
        joined: Whether it follows the one before by `and`, so that a closing date may govern both.
        covered: Index of each token of its dates and times -> index behind that date or time.
    """

    start: int
    end: int
    dates: tuple[DateSpan, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    question: bool = False
    ticked: bool = False
    joined: bool = False
    covered: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spans = [(span.start, span.end) for span in self.dates] + [(span.start, span.end) for span in self.times]
        object.__setattr__(self, "covered", {at: end for start, end in spans for at in range(start, end)})


def split(j: Jotting, dates: list[DateSpan], times: list[TimeSpan]) -> list[Clause]:
    """The clauses of a note in order, each with its dates; dates that stand alone are given to their neighbour."""
    dated = {span.start: span.end for span in dates}
    covered = dated | {span.start: span.end for span in times}
    date_starts, time_starts = [span.start for span in dates], [span.start for span in times]
    dates_end = set(dated.values())
    clauses: list[Clause] = []
    start = at = 0
    depth = 0
    ticked = joined = False

    def close(end: int, question: bool = False) -> None:
        nonlocal start, ticked, joined
        if end > start:
            inside = tuple(dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)])
            alone = tuple(times[bisect_left(time_starts, start) : bisect_left(time_starts, end)])
            clauses.append(Clause(start, end, inside, alone, question, ticked, joined))
            ticked = joined = False

    while at < len(j.tokens):
        if at - start >= LONGEST_CLAUSE:
            close(at)
            start, depth = at, 0
        if at in covered:
            at = covered[at]
            if (
                at < len(j.tokens)
                and depth == 0
                and at > start
                and j.norm(at) != "to"
                and ((opens(j, at, strict=True) and not verb_closes(j, at)) or new_sentence(j, start, at, dated))
            ):
                close(at)
                start = at
            continue
        norm = j.norm(at)
        if depth == 0 and (length := _item_number(j, at, start)):
            close(at)
            at = start = at + length
            continue
        depth = _depth(norm, depth, j.tokens[at].kind == "break")
        if j.tokens[at].kind == "break" or (depth == 0 and _is_hard(j, at, start)):
            close(at, question=norm == "?" or (norm == "!" and j.norm(at + 1) == "?"))
            start = at + 1
            ticked = norm == "boxdone"
        elif (
            depth == 0
            and at > start
            and (
                norm in _SOFT_WORDS
                and (
                    opens(j, at + 1, comma=norm == ",")
                    or (norm == "," and (j.has("phrases.then", at + 1) or verb_ends(j, at + 1, dated)))
                    or (norm == "," and verb_ended(j, start, at))
                    or (norm == "," and at in dates_end and opens_behind_date(j, at + 1))
                    or parted(j, start, at, dated)
                )
            )
        ):
            close(at)
            start = at + 1
            joined = norm != ","
        elif depth == 0 and at > start and runs_on(j, at, start):
            close(at)
            start = at
        at += 1
    close(len(j.tokens))
    return _with_stray_dates(j, clauses)


def _item_number(j: Jotting, at: int, start: int) -> int:
    """The length of `1)`, `(2)`, `3.` at the beginning of a list's item, 0 where none is."""
    opened = j.norm(at) == "("
    number, closing = j.number(at + opened, 20), j.norm(at + opened + 1)
    behind = at + opened + 2
    if not number or not j.tight(behind - 1) or behind >= len(j.tokens) or not j.tokens[at].spaced:
        return 0
    if opened or closing == ")":
        return opened + 2 if closing == ")" and j.tokens[behind].kind != "number" else 0
    begins = at == start and (at == 0 or j.tokens[at - 1].kind == "break")
    return 2 if begins and closing in {".", "/"} and j.tokens[behind].spaced and j.tokens[behind].kind == "word" else 0


def _depth(norm: str, depth: int, line_ends: bool) -> int:
    if line_ends:
        return 0
    if norm in "([" and norm:
        return min(depth + 1, 9)
    return max(depth - 1, 0) if norm in ")]" and norm else depth


def _is_hard(j: Jotting, at: int, start: int) -> bool:
    norm = j.norm(at)
    if norm in _HARD:
        return True
    spaced_behind = at + 1 >= len(j.tokens) or j.tokens[at + 1].spaced
    if norm == "→":
        return True
    if norm == "-":
        if j.tokens[at].spaced and (spaced_behind or at == start):
            return True
        return (not j.tight(at + 1) or not j.tight(at)) or bool(
            strong(j, at + 1) and at - start > 1 and j.tokens[at - 1].capital
        )
    if norm == ".":
        previous = j.norm(at - 1)
        if not spaced_behind and not (j.tokens[at + 1].capital and len(previous) > 2) and j.norm(at + 1) != ".":
            return False
        return not (previous in TITLES and at + 1 < len(j.tokens)) and not (
            len(previous) == 1
            and previous.isalpha()
            and not (j.tight(at - 1) and j.tokens[at - 2].kind == "number")  # `raised 9k. Drop off …`, `14h. Envoyer …`
            and at + 1 < len(j.tokens)
            and j.tokens[at + 1].capital
        )
    if norm == ":":
        return spaced_behind and not _labels_task(j, start, at)
    return norm == "*" and spaced_behind and not j.tight(at)


_LABELS = ("phrases.talked", "phrases.loves", "phrases.boss", "phrases.mine")


def _labels_task(j: Jotting, start: int, at: int) -> bool:
    """Whether a colon only introduces what is to be done: `todo: call`, `to send: deck`, `Fri: send deck`."""
    labelled = range(max(start, at - 3), at)
    if any(j.has(name, back, at + 1) in (at - back, at + 1 - back) for name in _LABELS for back in labelled):
        return True
    inner = start
    while inner < at:
        step = (
            j.has("phrases.lead", inner, at)
            or j.has("phrases.todo", inner, at)
            or j.has("verbs.act", inner, at)
            or j.has("verbs.weak", inner, at)
            or j.has("phrases.filler", inner, at)
            or j.has("dates.weekday", inner, at)
            or (1 if j.tokens[inner].kind in ("number", "mark") or j.norm(inner) in {"→", "re"} else 0)
        )
        if not step:
            return j.norm(at - 1) in {"re", "betr", "reg"} and at - 1 > start
        inner += step
    return not (at - start == 1 and j.has("phrases.contact_label", start)) or j.norm(at + 1) == ""


def _with_stray_dates(j: Jotting, clauses: list[Clause]) -> list[Clause]:
    """Give the date of a clause that is nothing but a date to the clause behind it, else to the one before."""
    kept: list[Clause] = []
    waiting: Clause | None = None
    for clause in clauses:
        if _only_date(j, clause):
            if kept and not kept[-1].dates and ((clause.dates and clause.dates[0].led) or waiting is not None):
                kept[-1] = replace(kept[-1], dates=clause.dates, times=kept[-1].times + clause.times)
            elif clause.times and not clause.dates and kept and kept[-1].dates:
                kept[-1] = replace(
                    kept[-1], times=kept[-1].times + clause.times, question=kept[-1].question or clause.question
                )
            else:
                if waiting is not None:
                    kept.append(waiting)
                waiting = clause
            continue
        if waiting is not None:
            if not clause.dates:
                clause = replace(clause, dates=waiting.dates, times=waiting.times + clause.times)
            elif kept and not kept[-1].dates:
                kept[-1] = replace(kept[-1], dates=waiting.dates, times=kept[-1].times + waiting.times)
            else:
                kept.append(waiting)
            waiting = None
        kept.append(clause)
    if waiting is not None:
        if kept and not kept[-1].dates:
            kept[-1] = replace(
                kept[-1],
                dates=waiting.dates,
                times=kept[-1].times + waiting.times,
                question=kept[-1].question or waiting.question,
            )
        else:
            kept.append(waiting)
    return kept


def _only_date(j: Jotting, clause: Clause) -> bool:
    if not clause.dates and not clause.times:
        return False
    inside = clause.covered
    return all(
        at in inside or j.tokens[at].kind == "mark" or j.has("phrases.filler", at) == 1
        for at in range(clause.start, clause.end)
    )
