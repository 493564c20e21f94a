"""Meetings agreed or wished: what kind, when, until when, at what time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from cardscan.notes.clauses import Clause
from cardscan.notes.dates import DateSpan
from cardscan.notes.dates.clock import TimeSpan
from cardscan.notes.head import Head
from cardscan.notes.intents import Intent
from cardscan.notes.jotting import Jotting
from cardscan.record import Meeting, MeetingKind

_EVENING = ("dinner", "drinks")
_LATE_MORNING = 7
_RECENT, _FAR = 45, 300


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting of one clause, and whether it takes the place of the promise its verb would make."""

    meeting: Meeting
    replaces_promise: bool
    weight: int


def plan(j: Jotting, clause: Clause, head: Head, intent: Intent | None, told: bool) -> Plan | None:
    """The meeting a clause speaks of; `told` when the clause tells of the past."""
    span = next((s for s in clause.dates if s.moment.coming), None)
    said = [s.time for s in clause.dates if s.time] + list(clause.times)
    clock = next((time for time in said if not time.limit), None)
    past = head.form == "past" and not _arranging(j, head)
    if told or past or head.negated or clause.ticked or j.find("phrases.done", clause.start, clause.end):
        return None
    if any(s.moment.coming is None and s.moment.past for s in clause.dates) or (
        head.doubtful and j.find("phrases.if", clause.start, clause.end)
    ):
        return None
    if span is not None and (is_told(j, span) or j.has("phrases.past", span.start - 1, span.start)):
        return None  # `concert was Sat`
    found = _kind(j, clause) or _called_up(j, clause, head) or _unnamed(j, clause)
    firm = clock is not None and not clock.bare
    if found is None:
        if (
            span
            and (firm or (clock is not None and clause.question))
            and intent is None
            and head.verb is None
            and not j.find("phrases.no_meeting", clause.start, clause.end)
        ):
            return Plan(_meeting("meeting", span, clock), False, 1)
        return None
    kind, at, end, weak = found
    calls = kind == "call" and head.verb == at and j.has("verbs.calls", at) >= end - at
    arranged = _arranged(j, clause, head, at, end)
    if calls:
        return _called(j, clause, head, intent, span, clock, end)
    comes = span is not None and j.find("meeting.comes", clause.start, clause.end) is not None
    if intent is not None and not intent.mine and comes:
        return Plan(_meeting(kind, span, clock), True, 3)
    if intent is not None and not intent.mine and not _together(j, clause):
        return None
    own_verb = head.verb is None or head.verb == at or arranged or _arranging(j, head)
    if intent is not None and intent.mine and not own_verb:
        return None
    alone = _alone(j, clause, at, end)
    dated = span is not None or bool(clause.dates)
    if not (dated or clock or arranged or clause.question or alone):
        return None
    if weak and not (
        dated or firm or arranged or clause.question or (alone and kind not in ("call", "visit", "meeting"))
    ):
        return None
    if not dated and not arranged and not clause.question and not alone and not firm:
        return None
    return Plan(_meeting(kind, span, clock), own_verb and intent is not None and intent.mine, 3)


def is_told(j: Jotting, span: DateSpan) -> bool:
    """Whether a day without its year was some days ago rather than next year: `dinner 8/18` on the 20th of August."""
    past, coming = span.moment.past, span.moment.coming
    if past is None or coming is None or past == coming or not span.moment.exact:
        return False
    return (j.reference - past[1]).days <= _RECENT and (coming[0] - j.reference).days >= _FAR


def _called_up(j: Jotting, clause: Clause, head: Head) -> tuple[MeetingKind, int, int, bool] | None:
    """`ring her on the 31st at 10`: a verb of calling at the head, which no noun names."""
    length = j.has("verbs.calls", head.verb, clause.end) if head.verb is not None and head.form == "command" else 0
    return ("call", head.verb, head.verb + length, True) if head.verb is not None and length else None


def _together(j: Jotting, clause: Clause) -> bool:
    """Whether what they want is to meet me: `wants to grab drinks`, not `can set up a meeting with him`."""
    return (
        j.find("meeting.wish", clause.start, clause.end) is not None
        and j.find("phrases.with_them", clause.start, clause.end) is None
    )


def dated(meeting: Meeting, clause: Clause) -> Meeting:
    """A meeting without a date takes the one of the clause before: `in Chicago 6/8-6/10, wants to grab drinks`."""
    span = next((s for s in clause.dates if s.moment.coming), None)
    if span is None:
        return meeting
    clock = next((s.time for s in clause.dates if s.time), None)
    found = _meeting(meeting.kind, span, clock)
    return Meeting(meeting.kind, found.when, found.until, meeting.time or found.time)


def _called(
    j: Jotting,
    clause: Clause,
    head: Head,
    intent: Intent | None,
    span: DateSpan | None,
    clock: TimeSpan | None,
    end: int,
) -> Plan | None:
    """`call Thu 3pm` is an appointment, `call Mon` a task of mine, `call her Thu 3pm` both."""
    if clock is None or (intent is not None and not intent.mine):
        return None
    starts = {s.start for s in clause.dates} | {s.start for s in clause.times}
    bare = end >= clause.end or end in starts or j.norm(end) in _WITH
    bare = bare and not j.has("phrases.them_clitic", (head.verb or 0) - 1, head.verb)  # `l'appeler mardi 10h` is both
    if span is None:
        return None
    return Plan(_meeting("call", span, clock), bare and intent is not None, 2)


def _kind(j: Jotting, clause: Clause) -> tuple[MeetingKind, int, int, bool] | None:
    """The first kind named; a particular kind before the plain `meeting`."""
    found: list[tuple[bool, int, MeetingKind, int]] = []
    at = clause.start
    while at < clause.end:
        if length := j.has("meeting.not", at, clause.end):
            at += length
            continue
        lengths = {kind: j.has(f"meeting.{kind}", at, clause.end) for kind in get_args(MeetingKind)}
        kind = max(lengths, key=lambda k: lengths[k])
        if lengths[kind] and _is_noun_here(j, clause, at, at + lengths[kind]):
            found.append((kind == "meeting", at, kind, at + lengths[kind]))
        at += max(lengths[kind], 1)
    if not found:
        return None
    _, at, kind, end = min(found)
    return kind, at, end, j.has("meeting.weak", at, end) == end - at


def _unnamed(j: Jotting, clause: Clause) -> tuple[MeetingKind, int, int, bool] | None:
    """`let's do sushi in May`: a date for something that is no kind of its own."""
    at = clause.start
    while at < clause.end and (step := j.has("phrases.filler", at)):
        at += step
    length = j.has("meeting.together", at, clause.end)
    return ("meeting", at + length, at + length, True) if length and (clause.dates or clause.question) else None


def _is_noun_here(j: Jotting, clause: Clause, at: int, end: int) -> bool:
    """Not `their call quality`, `call center`, `book the coffee van`: a compound's first half is no meeting."""
    if j.has("things.deliverable", end):
        return False  # `drop round sample hinges`
    named = j.has("verbs.determiner", at - 1) and end < clause.end and end not in clause.covered
    compound = named and j.tokens[end].text.islower() and j.norm(end) not in j.lexicon.words
    return not (end - at == 1 and (compound or j.has(f"verbs.noun_after.{j.norm(at)}", end)))


def _arranged(j: Jotting, clause: Clause, head: Head, at: int, end: int) -> bool:
    """Whether words of arranging stand close before or behind: `set up a …`, `let's`, `again`."""
    verb = head.verb if head.verb is not None and head.verb < at else clause.start
    for back in range(max(verb, at - 6), at):
        length = j.has("meeting.arrange", back, at)
        if length and back + length <= at:
            return True
    return any(j.has("meeting.arrange_behind", k) for k in range(end, min(end + 3, clause.end)))


def _arranging(j: Jotting, head: Head) -> bool:
    return head.verb is not None and bool(j.has("meeting.arrange", head.verb))


def _alone(j: Jotting, clause: Clause, at: int, end: int) -> bool:
    """Whether the clause is nothing but the meeting, with whom and where."""
    hidden = clause.covered
    before = [
        k
        for k in range(clause.start, at)
        if k not in hidden and j.tokens[k].kind != "mark" and not j.has("phrases.filler", k)
    ]
    behind = [k for k in range(end, clause.end) if k not in hidden and j.tokens[k].kind != "mark"]
    return not before and (not behind or j.norm(behind[0]) in _WITH)


_WITH = frozenset("w/ with in at @ mit avec con com met soon sometime again asap bald wieder".split())


def _meeting(kind: MeetingKind, span: DateSpan | None, clock: TimeSpan | None) -> Meeting:
    days = span.moment.coming if span else None
    when = days[0].isoformat() if days else None
    until = days[1].isoformat() if days and days[1] != days[0] else None
    return Meeting(kind, when, until, _time(kind, clock) if clock else None)


def _time(kind: MeetingKind, clock: TimeSpan) -> str:
    """Morning or afternoon, where it wasn't said: dinner is in the evening, nobody meets before seven."""
    hour = clock.hour
    if not clock.sure and 0 < hour < 12:
        evening = kind in _EVENING and hour >= 4
        midday = kind == "lunch" and hour <= 4
        if evening or midday or (hour < _LATE_MORNING and kind != "breakfast"):
            hour += 12
    return f"{hour % 24:02d}:{clock.minute:02d}"
