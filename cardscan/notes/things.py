"""Tasks said without a commanding verb: things owed, awaited, or due, and the verb at the end of a German clause."""

from __future__ import annotations

from dataclasses import dataclass

from cardscan.notes.clauses import Clause
from cardscan.notes.dates import DateSpan
from cardscan.notes.head import Head
from cardscan.notes.jotting import Jotting
from cardscan.notes.wording import task_words, words_of

_LONGEST_THING = 7
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be done, and whether by me."""

    mine: bool
    what: str


def owed(j: Jotting, clause: Clause) -> Said | None:
    """`I owe him a call`, `promised case studies by EOM`: the thing is the promise."""
    if behind := _owed_behind(j, clause):
        return behind
    at = clause.start
    while at < clause.end and not j.has("phrases.mine", at, clause.end):
        step = j.has("phrases.filler", at) or j.has("phrases.lead", at) or (1 if j.tokens[at].kind == "mark" else 0)
        step = step or max(clause.covered.get(at, at) - at, 0) or j.has("phrases.me", at)
        if not step:
            return None
        at += step
    length = j.has("phrases.mine", at, clause.end)
    if (
        not length
        or j.has("phrases.waiting", at, clause.end) >= length
        or j.has("phrases.pledged", at, clause.end) > length
    ):
        return None
    begin = at + length
    begin += j.norm(begin) == ":"
    if begin < clause.end and (j.norm(begin) == "to" or j.has("phrases.will", begin, clause.end)):
        return None
    if j.has("verbs.act", begin, clause.end) and not j.has("things.deliverable", begin, clause.end):
        return None
    while begin < clause.end and (skip := j.has("phrases.them_object", begin, clause.end)):
        begin += skip
    what = task_words(j, begin, clause.end, clause)
    return Said(True, what) if what else None


def _owed_behind(j: Jotting, clause: Clause) -> Said | None:
    """`Prospekt zugesagt bis 8.5.`: German and Dutch say it behind the thing."""
    found = j.find("phrases.mine", clause.start + 1, clause.end) if j.lexicon.language in ("de", "nl") else None
    if found is None or any(j.has("phrases.them", at) for at in range(clause.start, found[0])):
        return None
    start = _content_start(j, clause)
    if start >= found[0] or j.find("phrases.not", clause.start, clause.end) or j.has("phrases.mine", start):
        return None
    what = task_words(j, start, found[0], clause)
    return Said(True, what) if what else None


def awaited(j: Jotting, clause: Clause) -> Said | None:
    """`waiting for her NDA`, `owes me a beer`, `minutes to follow`: the thing is the offer."""
    for at in range(clause.start, min(clause.start + 5, clause.end)):
        if length := j.has("phrases.waiting", at, clause.end):
            if j.find("phrases.not", clause.start, at) or clause.question:
                return None
            what = words_of(j, at + length, clause.end, clause)
            return Said(False, what) if what else None
    found = j.find("phrases.follow", clause.start + 1, clause.end)
    if found and j.has("things.deliverable", clause.start, clause.end) == found[0] - clause.start:
        what = words_of(j, clause.start, found[0], clause)
        return Said(False, what) if what else None
    return None


def verb_last(j: Jotting, clause: Clause, head: Head) -> Said | None:
    """German and Dutch put the verb last: `Angebot bis Freitag schicken`, `monsters opsturen`."""
    if j.lexicon.language not in ("de", "nl") or clause.question or head.doubtful:
        return None
    if head.subject == "them":
        return _their_verb_last(j, clause, head) if head.meant and not head.negated else None
    if j.find("phrases.not", clause.start, clause.end) or j.find("phrases.if", clause.start, clause.end):
        return None
    hidden = clause.covered
    close = clause.end - 1
    while close >= clause.start and (close in hidden or j.tokens[close].kind == "mark"):
        close -= 1
    last = _verb_before_preposition(j, clause, close)
    for length in (3, 2, 1):
        at = last - length + 1
        if at >= clause.start and (
            j.has("verbs.act", at, last + 1) == length or j.has("verbs.weak", at, last + 1) == length
        ):
            if j.tokens[last].capital and length == 1 and last > clause.start and j.lexicon.language == "de":
                return None
            start = _content_start(j, clause)
            towards_me = any(j.has("phrases.me_object", k) for k in range(clause.start, at))
            modal = any(j.has("phrases.they_will", k) for k in range(clause.start, at))
            if modal and not any(j.has("phrases.me", k) for k in range(clause.start, at)):
                begin = next(
                    k + j.has("phrases.they_will", k) for k in range(clause.start, at) if j.has("phrases.they_will", k)
                )
                what = words_of(j, begin, last + 1, clause)
                return Said(False, what) if what else None
            if any(j.has("phrases.past", k) for k in range(clause.start, at)):
                return None
            what = task_words(j, start, close + 1, clause)
            return Said(not towards_me, what) if what else None
    return None


def _verb_before_preposition(j: Jotting, clause: Clause, last: int) -> int:
    """The end of a verb that only a preposition follows (`Kessler zurückrufen wg. Miete`), else `last`."""
    for at in range(clause.start + 1, last):
        begins = at not in clause.covered and j.has("phrases.leads_on", at) > 0
        if begins and any(j.has(f"verbs.{name}", at - 1, at) for name in ("act", "weak")):
            return at - 1
    return last


def _their_verb_last(j: Jotting, clause: Clause, head: Head) -> Said | None:
    """`denkt dat hij de tekening vrijdag stuurt`, `dass sie die Pläne schickt`: what they said that they do."""
    hidden = clause.covered
    words = [at for at in range(head.stop, clause.end) if at not in hidden and j.tokens[at].kind == "word"]
    if not words:
        return None
    last, before = words[-1], words[-2] if len(words) > 1 else words[-1]
    acts = j.has("verbs.act", last, last + 1) > 0, j.has("verbs.act", before, before + 1) > 0
    can = j.has("phrases.will", before, before + 1) > 0, j.has("phrases.will", last, last + 1) > 0
    if not (j.has("verbs.act.third", last, last + 1) or (acts[0] and (can[0] or head.meant)) or (acts[1] and can[1])):
        return None
    what = words_of(j, head.stop, last + 1, clause)
    return Said(False, what) if what else None


def _content_start(j: Jotting, clause: Clause) -> int:
    at = clause.start
    while at < clause.end:
        step = (
            j.has("phrases.lead", at)
            or j.has("phrases.filler", at)
            or j.has("phrases.me", at)
            or (1 if j.tokens[at].kind == "mark" else 0)
            or max(clause.covered.get(at, at) - at, 0)
        )
        if not step:
            break
        at += step
    return at


def thing(j: Jotting, clause: Clause, head: Head, listed: bool = False) -> Said | None:
    """`pricing by Fri`, `deck → Tue`, `press pack Thurs.`: a thing one sends, with a deadline."""
    if (
        head.subject == "them"
        or head.negated
        or head.doubtful
        or clause.question
        or not (clause.dates or head.meant or _pointed_at(j, clause) or _pressing(j, clause))
    ):
        return None
    span = next((s for s in clause.dates if s.moment.coming), None)
    start = _content_start(j, clause)
    hidden = clause.covered
    rest = [at for at in range(start, clause.end) if at not in hidden and j.tokens[at].kind != "mark"]
    while len(rest) > 1 and j.has("phrases.soon", rest[-1]):
        rest.pop()
    if not rest or len(rest) > _LONGEST_THING or (span and j.has("phrases.until", span.start)) or _not_mine(j, clause):
        return None
    if (
        _tells(j, clause)
        or j.find("phrases.not", start, clause.end)
        or any(
            j.find(f"phrases.{n}", clause.start, clause.end)
            for n in ("done", "if", "met_sure", "talked", "would", "follow", "they_will", "they_want")
        )
    ):
        return None
    first = j.has("things.deliverable", rest[0], rest[-1] + 1)
    head_noun = _head_noun(j, start, clause, rest)
    last = _closing_thing(j, rest) or _closing_thing(j, head_noun)
    closes = span is not None and rest[-1] < span.start
    whole = all(_part_of_list(j, at, rest[-1] + 1) for at in (head_noun if closes and head_noun else rest))
    todo = listed or _on_a_list(j, clause, start)
    pointed = bool(first or last) and (_pointed_at(j, clause) or _pressing(j, clause))
    whole = whole and span is not None and (span.moment.exact or _deadline(span) or _near(j, span))
    near = span is not None and (_deadline(span) or _soon(j, span))
    if span and not near and _says_thanks(j, rest):
        return None
    if not todo and not pointed and (span is None or not (whole or (near and (first or last)))):
        return None
    if todo and not (first or last or span or listed):
        return None
    what = task_words(j, start, clause.end, clause)
    return Said(True, what) if what else None


def _not_mine(j: Jotting, clause: Clause) -> bool:
    """Whether a thing is theirs or is none that one sends; `card for his son` is still mine."""
    return any(
        j.has("things.not_deliverable", at, clause.end) and not j.has("things.preposition", at - 1)
        for at in range(clause.start, clause.end)
    )


def _on_a_list(j: Jotting, clause: Clause, start: int) -> bool:
    """Whether `todo`, `don't forget` or a box to tick stands before what begins at `start`."""
    return j.norm(clause.start - 1) == "☐" or any(
        j.find(f"phrases.{name}", clause.start, start) for name in ("todo", "reminding")
    )


def _closing_thing(j: Jotting, words: list[int]) -> int:
    """The length of the thing one sends that closes some words, 0 where none does."""
    end = words[-1] + 1 if words else 0
    lengths = (n for n in (3, 2, 1) if n <= len(words) and j.has("things.deliverable", end - n, end) == n)
    return next(lengths, 0)


def _head_noun(j: Jotting, start: int, clause: Clause, rest: list[int]) -> list[int]:
    """The words before a comma or a preposition: `bolt quote` of `bolt quote, 20k pcs` and of `bolt quote for Gil`."""
    stop = next(
        (at for at in range(start + 1, clause.end) if j.norm(at) in {",", "("} or j.has("things.preposition", at)),
        start,
    )
    return [at for at in rest if at < stop]


def _tells(j: Jotting, clause: Clause) -> bool:
    """Whether a word of the past stands there; a *signed book* is only a kind of book."""
    return any(
        j.has("phrases.past", at, clause.end) and not j.has("things.deliverable", at + 1)
        for at in range(clause.start, clause.end)
    )


def _pointed_at(j: Jotting, clause: Clause) -> bool:
    """`→ spec sheet`: an arrow before a thing says that it shall go there."""
    return j.norm(clause.start - 1) == "→"


def _pressing(j: Jotting, clause: Clause) -> bool:
    """`playtest invite asap`: a word of haste behind a thing."""
    last = clause.end - 1
    while last > clause.start and j.tokens[last].kind == "mark":
        last -= 1
    return last > clause.start and j.has("phrases.soon", last, clause.end) > 0


def _says_thanks(j: Jotting, rest: list[int]) -> bool:
    """Whether nothing but `thank you` stands there, as on any receipt with its date."""
    return len(rest) == 2 and [j.norm(at) for at in rest] == ["thank", "you"]


def to_be_done(j: Jotting, clause: Clause, head: Head) -> Said | None:
    """`samples to send by Fri`, `échantillons à expédier fin mars`: a thing, and what is to be done with it."""
    start = _content_start(j, clause)
    length = j.has("things.deliverable", start, clause.end)
    if not length or head.negated or head.doubtful or clause.question or head.subject == "them":
        return None
    for at in range(start + length + 1, min(start + length + 4, clause.end)):
        if j.norm(at - 1) in _TO and (j.has("verbs.act", at) or j.has("verbs.weak", at)):
            what = task_words(j, start, clause.end, clause)
            return Said(True, what) if what else None
    return None


_TO = frozenset("to a da por para zu te".split())


def _near(j: Jotting, span: DateSpan) -> bool:
    """Whether a stretch ends within a month: `deck next week`, but not `budget in Q4`."""
    return span.moment.coming is not None and (span.moment.coming[1] - j.reference).days <= _MONTH


def _soon(j: Jotting, span: DateSpan) -> bool:
    """Today or tomorrow: nobody notes that for a thing unless it's to be done."""
    return span.moment.coming is not None and j.has("dates.offset", span.start) > 0


def _deadline(span: DateSpan) -> bool:
    return span.relation in ("by", "arrow")


def _part_of_list(j: Jotting, at: int, end: int) -> bool:
    """Whether a token belongs to a list made of nothing but things: `resume + transcript`, `deck and the specs`."""
    if j.has("things.deliverable", at, end) or j.has("phrases.list_word", at):
        return True
    return any(at - back >= 0 and j.has("things.deliverable", at - back, end) > back for back in (1, 2))
