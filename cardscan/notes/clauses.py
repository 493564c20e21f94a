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

_HARD = frozenset({";", "!", "?", "•", "·", "|", "box", "boxdone", "▪", "◦", "‣", "★", "…"})
_TITLES = frozenset(
    "dr mr mrs ms prof st mme mlle sr sra hr fr dott ing inc ltd "
    "co approx no nr tel ext vs etc dipl jr mgr pot poss"
    " dept univ int incl attn abt mogl evtl bzgl ca tlf av "
    "dhr mevr sig dra dna srta ggf bzw str max min asst mtg appt".split()
)
_SOFT_WORDS = frozenset(
    "and & + , so but then und et e y en of dann mais ma pero mas maar poi luego ( / plus because".split()
)
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
    covered = {span.start: span.end for span in dates} | {span.start: span.end for span in times}
    date_starts, time_starts = [span.start for span in dates], [span.start for span in times]
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
                and _opens(j, at, strict=True)
                and not _verb_closes(j, at)
            ):
                close(at)
                start = at
            continue
        norm = j.norm(at)
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
                    _opens(j, at + 1, comma=norm == ",")
                    or (norm == "," and (j.has("phrases.then", at + 1) or _verb_ends(j, at + 1)))
                )
            )
        ):
            close(at)
            start = at + 1
            joined = norm != ","
        elif depth == 0 and at > start and _runs_on(j, at, start):
            close(at)
            start = at
        at += 1
    close(len(j.tokens))
    return _with_stray_dates(j, clauses)


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
            _strong(j, at + 1) and at - start > 1 and j.tokens[at - 1].capital
        )
    if norm == ".":
        previous = j.norm(at - 1)
        if not spaced_behind and not (j.tokens[at + 1].capital and len(previous) > 2) and j.norm(at + 1) != ".":
            return False
        return not (previous in _TITLES and at + 1 < len(j.tokens)) and not (
            len(previous) == 1 and previous.isalpha() and at + 1 < len(j.tokens) and j.tokens[at + 1].capital
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


def _opens(j: Jotting, at: int, comma: bool = False, strict: bool = False) -> bool:
    """Whether something new begins at a token: a verb that commands, a subject, a known opening."""
    while (length := j.has("phrases.filler", at)) and not j.has("phrases.me", at) and not j.has("phrases.lead", at):
        at += length
    if at >= len(j.tokens):
        return False
    if _strong(j, at) or _weak_with_object(j, at):
        return True
    if any(j.has(name, at) for name in ("verbs.act.third", "phrases.met_sure")) and not strict:
        return True
    for name in _OPENERS:
        length = j.has(name, at)
        if not length or (name == "phrases.lead" and not _opens_after_lead(j, at + length)):
            continue
        if name in ("phrases.me", "phrases.them", "phrases.boss") and j.norm(at) in {"me", "us", "both", "boss", "try"}:
            continue
        if name == "phrases.not" and not comma and not strict:
            continue
        if (
            name in ("phrases.gatekeeper", "phrases.talked", "phrases.loves")
            and strict
            and j.norm(at) in {"re", "about", "abt"}
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
    if _meeting_here(j, at) or (comma and _thing_here(j, at)):
        return True
    return (
        comma
        and bool(j.has("phrases.priority", at) or j.has("strategy.prospect", at) or j.has("strategy.client", at))
        and not j.has("strategy.not", at)
    )


def _verb_closes(j: Jotting, at: int) -> bool:
    """Whether a German or Dutch verb only closes its clause behind the date: `Angebot bis Mittwoch schicken`."""
    if j.lexicon.language not in ("de", "nl"):
        return False
    behind = at + max(j.has("verbs.act", at), j.has("verbs.weak", at))
    return behind > at and (behind >= len(j.tokens) or j.tokens[behind].kind in ("mark", "break"))


def _verb_ends(j: Jotting, at: int) -> bool:
    """Whether a German or Dutch segment ends in a verb of doing: `…, Ergebnis an Hr. Brenner mailen`."""
    if j.lexicon.language not in ("de", "nl"):
        return False
    end = at
    while end < len(j.tokens) and end - at < 10 and (j.tokens[end].kind == "word" or j.norm(end - 1) in _TITLES):
        end += 1
    return end - at > 1 and bool(j.has("verbs.act", end - 1, end))


def _opens_after_lead(j: Jotting, at: int) -> bool:
    return at < len(j.tokens) and bool(_strong(j, at) or j.has("verbs.weak", at) or j.has("phrases.lead", at))


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
    for kind in ("coffee", "lunch", "dinner", "breakfast", "drinks", "call", "visit", "meeting"):
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


def _strong(j: Jotting, at: int) -> int:
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


def hyphened(j: Jotting, at: int) -> bool:
    """Whether a word goes on behind a hyphen, so that it isn't the word it seems: *check-in desk*, *post-it*."""
    return j.norm(at) == "-" and j.tight(at) and j.tight(at + 1)


def _runs_on(j: Jotting, at: int, start: int) -> bool:
    """Whether a command begins with no sign before it: `met SXSW send deck`."""
    if j.lexicon.language != "en" or not _strong(j, at) or j.norm(at) in _RARELY_COMMANDS or j.tight(at):
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


_RARELY_COMMANDS = frozenset(
    "thank email phone ring message add cost pitch include update linkedin "
    "li pay sign scan brief order text buy dm write fax".split()
)
_BEFORE_NO_COMMAND = frozenset(
    "to will the a an his her their my our your and or of in "
    "for with w/ at on by from about abt re can could would should may"
    " might who that which let lets they we i you he she not don't dont must please pls new first helped help".split()
)


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
