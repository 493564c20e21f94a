"""Promises (what I do) and offers (what they do) of one clause.

A promise out of nothing is the worst mistake this room can make, so a clause yields one only on positive evidence: a
commanding verb at its head, `I will`, a thing with a deadline. Negation, condition, question, past and a third person
each take it away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cardscan.notes.clauses import Clause
from cardscan.notes.dates import DateSpan
from cardscan.notes.head import Head, read_head
from cardscan.notes.jotting import Jotting
from cardscan.notes.wording import drop_tail, words_of

_LONGEST_THING = 7
_ALONE = frozenset("email e-mail linkedin li fax phone whatsapp message text sign scan brief pay cost pitch update include ring add".split())
_SHORT_COMMANDS = frozenset(
    "call mail ping contact ring retry reply chase nudge anrufen bellen terugbellen appeler rappeler llamar chiamare ligar".split()
)
_TAILS = ("asap", "please", "pls", "plz", "urgent", "urgently", "!!", "now", "then", "sofort", "bitte", "svp")


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to be done.

    Attributes:
        mine: Whether I do it; otherwise they do.
        what: In the note's own words, from the verb on.
        due: The last day of the date said with it.
        verb: Index of its verb, None for a thing with a deadline.
        clause: Where it stands.
        dated: Whether the date stands in its own words.
    """

    mine: bool
    what: str
    due: date | None
    verb: int | None
    clause: Clause
    head: Head


def intent(j: Jotting, clause: Clause, heir_to_them: bool = False) -> Intent | None:
    """The promise or the offer of a clause, if it holds one.

    `heir_to_them` says that the clause goes on with what *they* do: `he'll check with legal and let me know`.
    """
    if clause.ticked or clause.end <= clause.start or j.norm(clause.start) in {"'", '"', "“", "„", "«", "‘"}:
        return None
    if j.norm(clause.end) == ":" and j.has("phrases.contact_label", clause.start) == clause.end - clause.start:
        return None
    head = read_head(j, clause)
    if heir_to_them and head.subject is None and head.form == "command":
        head = replace(head, subject="them", meant=True)
    if head.form == "past" or j.find("phrases.done", clause.start, clause.end) or head.negated:
        return _owed(j, clause, head) if not head.negated else None
    if owed := _owed(j, clause, head):
        return owed
    if awaited := _awaited(j, clause):
        return awaited
    if head.verb is None:
        return _verb_last(j, clause, head) or _thing(j, clause, head)
    if _conditional(j, clause, head) or (clause.question and not head.pledged):
        return None
    mine = _mine(j, clause, head)
    if mine is None:
        return _thing(j, clause, head)
    start = head.verb if head.clitic is None or mine else head.clitic
    what = drop_tail(words_of(j, start, _attribution(j, clause), clause), _TAILS)
    return Intent(mine, what, due_of(clause), head.verb, clause, head) if what else None


def due_of(clause: Clause) -> date | None:
    """The last coming day of a clause's first date that can come."""
    for span in clause.dates:
        if span.moment.coming:
            return span.moment.coming[1]
    return None


def _mine(j: Jotting, clause: Clause, head: Head) -> bool | None:
    """Whether the verb at the head is mine to do, theirs, or neither."""
    assert head.verb is not None
    towards_me = head.clitic is not None or _towards_me(j, head, clause.end)
    their_word = (attributed := _attribution(j, clause)) < clause.end and bool(j.find("phrases.them", attributed, clause.end))
    if head.subject == "them" or their_word:
        return False if _offers(j, clause, head, towards_me) else None
    if head.form == "third":
        if not towards_me and (not head.strong or j.has("verbs.plural_noun", head.verb)):
            return None
        dated = due_of(clause) is not None
        back = j.find("phrases.back", head.end, min(head.end + 3, clause.end)) is not None
        return False if (towards_me or dated or back) and head.subject is None else None
    if head.known_to_them and _about_me(j, head.end) and head.subject is None:
        return False
    if towards_me and head.subject != "me" and not _asked(j, clause):
        return False
    if head.form == "first":
        return True if head.subject == "me" or head.strong else None
    if j.match("verbs.act", head.verb, clause.end) is None and j.match("verbs.weak", head.verb, clause.end) is None:
        return None if head.subject != "me" else True
    return True if _commanding(j, clause, head) else None


def _asked(j: Jotting, clause: Clause) -> bool:
    return j.find("phrases.asked_me", clause.start, clause.end) is not None


def _offers(j: Jotting, clause: Clause, head: Head, towards_me: bool) -> bool:
    if towards_me or head.pledged:
        return True
    base = _base(j, head, clause.end)
    if (base,) in j.lexicon.classes.get("verbs.not_offer", {}):
        return False
    if head.meant or due_of(clause) is not None:
        return True
    habit = head.form in ("third", "first") and j.lexicon.language == "en"
    thing = j.has("things.deliverable", head.end) or j.has("things.deliverable", head.end + 1)
    return bool(head.form in ("third", "first") and (not habit or thing or _about_me(j, head.end)))


def _base(j: Jotting, head: Head, end: int) -> str:
    assert head.verb is not None
    for name in ("verbs.act", "verbs.weak", "verbs.them_only", "verbs.act.third", "verbs.weak.third", "verbs.them_only.third"):
        if found := j.match(name, head.verb, end):
            return found[1].split(" ")[0]
    return ""


def _towards_me(j: Jotting, head: Head, end: int) -> bool:
    """`send me`, `get back to us`, `put me in touch`, `intro us to`."""
    for at in range(head.end, min(head.end + 3, end)):
        if j.has("phrases.me_object", at, end):
            return True
        if j.tokens[at].kind != "word" or j.norm(at) not in _BEFORE_ME:
            return False
    verb = head.verb or 0
    return any(j.has("phrases.me_object", at, end) for at in range(verb + 1, head.end))


_BEFORE_ME = frozenset("to back with w/ for it bei zu an sich a para".split())


def _about_me(j: Jotting, at: int) -> bool:
    return bool(j.has("phrases.my", at) or j.has("phrases.me_object", at))


def _commanding(j: Jotting, clause: Clause, head: Head) -> bool:
    """Whether a verb without a subject, or with me as one, is a task."""
    assert head.verb is not None
    if head.subject == "me" and not head.meant and due_of(clause) is None and j.find("phrases.we", clause.start, head.verb):
        return False
    if head.meant or head.subject == "me":
        return not (head.end - head.verb == 1 and j.has(f"verbs.noun_after.{j.norm(head.verb)}", head.end) and head.subject != "me")
    norm, alone = j.norm(head.verb), _rest_is_empty(j, clause, head)
    if j.has(f"verbs.noun_after.{norm}", head.end) and head.end - head.verb == 1:
        return False
    dated = due_of(clause) is not None
    if norm in _ALONE and (alone or j.norm(head.end) == ":") and not dated:
        return False
    if head.strong:
        return True
    if alone:
        return dated or norm in _SHORT_COMMANDS
    behind = j.tokens[head.end] if head.end < clause.end else None
    if behind is None or any(span.start == head.end for span in (*clause.dates, *clause.times)):
        return dated or norm in _SHORT_COMMANDS
    if j.has("phrases.role", head.end) and norm in _SHORT_COMMANDS:
        return True
    if j.has("verbs.determiner", head.end) or j.has("things.deliverable", head.end) or behind.kind == "number" or behind.norm in {"/", "(", "re"}:
        return True
    named = behind.capital and not (j.tokens[head.verb].capital and head.verb > clause.start)
    prose = any(j.tokens[at].text.islower() for at in range(head.end, clause.end) if j.tokens[at].kind == "word")
    return dated or (named and (j.tokens[head.verb].text.islower() or norm in _SHORT_COMMANDS or prose))


def _rest_is_empty(j: Jotting, clause: Clause, head: Head) -> bool:
    hidden = {at for span in (*clause.dates, *clause.times) for at in range(span.start, span.end)}
    return all(at in hidden or j.tokens[at].kind == "mark" for at in range(head.end, clause.end))


def _conditional(j: Jotting, clause: Clause, head: Head) -> bool:
    """Whether it hangs on an `if`, before the verb or behind it; `ask if` doesn't."""
    if head.doubtful and not head.pledged:
        return True
    found = j.find("phrases.if", head.end, clause.end)
    if found is None:
        return False
    return j.find("phrases.asking", head.verb or clause.start, found[0]) is None and head.end != found[1]


def _attribution(j: Jotting, clause: Clause) -> int:
    """Where a closing `(he said)` begins, else the clause's end."""
    for at in range(clause.start, clause.end):
        if j.has("phrases.or_else", at) and any(s.end == at for s in clause.dates):
            return at
        if j.norm(at) == "(" and j.has("phrases.them", at + 1) and j.find("phrases.saying", at + 1, min(at + 5, clause.end)):
            return at
    return clause.end


def _owed(j: Jotting, clause: Clause, head: Head) -> Intent | None:
    """`I owe him a call`, `promised case studies by EOM`: the thing is the promise."""
    if behind := _owed_behind(j, clause, head):
        return behind
    at = clause.start
    while at < clause.end and not j.has("phrases.mine", at, clause.end):
        step = j.has("phrases.filler", at) or j.has("phrases.lead", at) or (1 if j.tokens[at].kind == "mark" else 0)
        step = step or next((s.end - at for s in (*clause.dates, *clause.times) if s.start == at), 0) or j.has("phrases.me", at)
        if not step:
            return None
        at += step
    length = j.has("phrases.mine", at, clause.end)
    if not length or j.has("phrases.waiting", at, clause.end) >= length or j.has("phrases.pledged", at, clause.end) > length:
        return None
    begin = at + length
    if begin < clause.end and (j.norm(begin) == "to" or j.has("phrases.will", begin, clause.end)):
        return None
    if any(j.has(f"verbs.{n}", begin, clause.end) for n in ("act",)) and not j.has("things.deliverable", begin, clause.end):
        return None
    while begin < clause.end and (skip := j.has("phrases.them_object", begin, clause.end)):
        begin += skip
    what = drop_tail(words_of(j, begin, clause.end, clause), _TAILS)
    return Intent(True, what, due_of(clause), None, clause, head) if what else None


def _owed_behind(j: Jotting, clause: Clause, head: Head) -> Intent | None:
    """`Prospekt zugesagt bis 8.5.`: German and Dutch say it behind the thing."""
    found = j.find("phrases.mine", clause.start + 1, clause.end) if j.lexicon.language in ("de", "nl") else None
    if found is None or any(j.has("phrases.them", at) for at in range(clause.start, found[0])):
        return None
    start = _content_start(j, clause)
    if start >= found[0] or j.find("phrases.not", clause.start, clause.end) or j.has("phrases.mine", start):
        return None
    what = drop_tail(words_of(j, start, found[0], clause), _TAILS)
    return Intent(True, what, due_of(clause), None, clause, head) if what else None


def _awaited(j: Jotting, clause: Clause) -> Intent | None:
    """`waiting for her NDA`, `owes me a beer`, `minutes to follow`: the thing is the offer."""
    head = Head()
    for at in range(clause.start, min(clause.start + 5, clause.end)):
        if length := j.has("phrases.waiting", at, clause.end):
            if j.find("phrases.not", clause.start, at) or clause.question:
                return None
            what = words_of(j, at + length, clause.end, clause)
            return Intent(False, what, due_of(clause), None, clause, head) if what else None
    found = j.find("phrases.follow", clause.start + 1, clause.end)
    if found and j.has("things.deliverable", clause.start, clause.end) == found[0] - clause.start:
        what = words_of(j, clause.start, found[0], clause)
        return Intent(False, what, due_of(clause), None, clause, head) if what else None
    return None


def _verb_last(j: Jotting, clause: Clause, head: Head) -> Intent | None:
    """German and Dutch put the verb last: `Angebot bis Freitag schicken`, `monsters opsturen`."""
    if j.lexicon.language not in ("de", "nl") or head.subject == "them" or clause.question or head.doubtful:
        return None
    if j.find("phrases.not", clause.start, clause.end) or j.find("phrases.if", clause.start, clause.end):
        return None
    hidden = {at for span in (*clause.dates, *clause.times) for at in range(span.start, span.end)}
    last = clause.end - 1
    while last >= clause.start and (last in hidden or j.tokens[last].kind == "mark"):
        last -= 1
    for length in (3, 2, 1):
        at = last - length + 1
        if at >= clause.start and (j.has("verbs.act", at, last + 1) == length or j.has("verbs.weak", at, last + 1) == length):
            if j.tokens[last].capital and length == 1 and last > clause.start and j.lexicon.language == "de":
                return None
            start = _content_start(j, clause)
            towards_me = any(j.has("phrases.me_object", k) for k in range(clause.start, at))
            modal = any(j.has("phrases.they_will", k) for k in range(clause.start, at))
            if modal and not any(j.has("phrases.me", k) for k in range(clause.start, at)):
                begin = next(k + j.has("phrases.they_will", k) for k in range(clause.start, at) if j.has("phrases.they_will", k))
                what = words_of(j, begin, last + 1, clause)
                return Intent(False, what, due_of(clause), at, clause, head)
            if any(j.has("phrases.past", k) for k in range(clause.start, at)):
                return None
            what = drop_tail(words_of(j, start, last + 1, clause), _TAILS)
            return Intent(not towards_me, what, due_of(clause), at, clause, head) if what else None
    return None


def _content_start(j: Jotting, clause: Clause) -> int:
    at = clause.start
    while at < clause.end:
        step = (
            j.has("phrases.lead", at)
            or j.has("phrases.filler", at)
            or j.has("phrases.me", at)
            or (1 if j.tokens[at].kind == "mark" else 0)
            or next((s.end - at for s in (*clause.dates, *clause.times) if s.start == at), 0)
        )
        if not step:
            break
        at += step
    return at


def _thing(j: Jotting, clause: Clause, head: Head) -> Intent | None:
    """`pricing by Fri`, `deck → Tue`, `press pack Thurs.`: a thing one sends, with a deadline."""
    if head.subject == "them" or head.negated or head.doubtful or clause.question or not clause.dates and not head.meant:
        return None
    span = next((s for s in clause.dates if s.moment.coming), None)
    start = _content_start(j, clause)
    hidden = {at for s in (*clause.dates, *clause.times) for at in range(s.start, s.end)}
    rest = [at for at in range(start, clause.end) if at not in hidden and j.tokens[at].kind != "mark"]
    if not rest or len(rest) > _LONGEST_THING or (span and j.has("phrases.until", span.start)) or j.find("things.not_deliverable", clause.start, clause.end):
        return None
    if any(j.find(f"phrases.{n}", clause.start, clause.end) for n in ("past", "done", "not", "if", "met_sure", "talked", "would", "follow")):
        return None
    first = j.has("things.deliverable", rest[0], rest[-1] + 1)
    last = max((n for n in (1, 2, 3) if n <= len(rest) and j.has("things.deliverable", rest[-1] - n + 1, rest[-1] + 1) == n), default=0)
    whole = all(_part_of_list(j, at, rest[-1] + 1) for at in rest)
    todo = j.find("phrases.todo", clause.start, start) is not None
    if not todo and (span is None or not (whole or ((_deadline(span) or _soon(j, span)) and (first or last)))):
        return None
    if todo and not (first or last or span):
        return None
    what = drop_tail(words_of(j, start, clause.end, clause), _TAILS)
    return Intent(True, what, due_of(clause), None, clause, head) if what else None


def _soon(j: Jotting, span: DateSpan) -> bool:
    """Today or tomorrow: nobody notes that for a thing unless it's to be done."""
    return span.moment.coming is not None and j.has("dates.offset", span.start) > 0


def _deadline(span: DateSpan) -> bool:
    return span.relation in ("by", "arrow")


def _part_of_list(j: Jotting, at: int, end: int) -> bool:
    """Whether a token belongs to a list made of nothing but things: `resume + transcript`, `deck and the specs`."""
    if j.has("things.deliverable", at, end) or j.norm(at) in {"and", "the", "a", "und", "et", "e", "y", "en", "signed", "final", "new", "my", "our", "with", "mit"}:
        return True
    return any(at - back >= 0 and j.has("things.deliverable", at - back, end) > back for back in (1, 2))
