"""From the text of a note to its facts: one screen that shows the order of the steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from cardscan.notes import clauses as clause_rules
from cardscan.notes import encounters, gatekeepers, intents, marks, meetings, people, subjects
from cardscan.notes.clauses import Clause
from cardscan.notes.dates import DateSpan, Days, find_dates
from cardscan.notes.head import read_head
from cardscan.notes.jotting import Jotting
from cardscan.notes.language import MONTH_FIRST, guess_language
from cardscan.notes.lexicon import LANGUAGES, lexicon
from cardscan.notes.repair import mend_digits, repair
from cardscan.notes.tokens import tokenize
from cardscan.notes.wording import words_of
from cardscan.record import Meeting, Met, NoteFacts, Offer, Promise, Referral

_FIRST_CLAUSES = 3
_LISTS = frozenset({",", "+", "&", ";", "and", "/", ":"})
_EVERYONE = frozenset({"everyone", "everybody", "people", "lots", "many", "all"})
_ASKING = frozenset({"ask", "ask her", "ask him", "ask them", "pls ask"})
Intended = TypeVar("Intended", Promise, Offer)


def read_note(text: str, reference_date: date, region: str | None = None, language: str | None = None) -> NoteFacts:
    """Read the facts of one note.

    Args:
        text: The note as it was written, typed or read by OCR; lines, telegram style and slips are normal.
        reference_date: The day the note was written: "Fri" is the next Friday after it.
        region: ISO 3166 country that decides whether 4/3 is in March or in April; None takes the likelier.
        language: `en`, `de`, `fr`, `es`, `it`, `pt` or `nl`; None finds out.

    Returns:
        What the note says. A fact that isn't there, or isn't clear, is None or empty.
    """
    j = prepare(text, reference_date, region, language)
    dates, times = find_dates(j)
    clauses = clause_rules.split(j, dates, times)
    denied = people.decides(j, clauses)
    facts = NoteFacts(
        text=text,
        reference_date=reference_date.isoformat(),
        priority=marks.is_priority(j, clauses),
        hit_it_off=marks.is_hit(j, clauses),
        decision_maker=denied,
        strategy=subjects.strategy(j, clauses),
        unsure=tuple(dict.fromkeys(_impossible(j, span) for span in dates if span.impossible)),
    )
    return _gather(j, clauses, facts)


def _impossible(j: Jotting, span: DateSpan) -> str:
    """What is said of a date that no calendar has; the fact it was said with stands without it."""
    start = span.start
    while start < span.end - 1 and any(
        j.has(f"dates.{name}", start, start + 1) for name in ("by", "on", "after", "from")
    ):
        start += 1
    written = words_of(j, start, span.end)
    return f"{written}: no such day"


def prepare(text: str, reference_date: date, region: str | None = None, language: str | None = None) -> Jotting:
    """Make a note ready for the grammar: mend digits, find the language, cut and repair tokens."""
    raw = tokenize(mend_digits(text))
    tongue = language if language in LANGUAGES else guess_language(raw, region)
    words = lexicon(tongue)
    month_first = (region.upper() in MONTH_FIRST) if region else (None if tongue == "en" else False)
    return Jotting(text, repair(raw, words), words, reference_date, month_first, region.upper() if region else None)


def _gather(j: Jotting, clauses: list[Clause], facts: NoteFacts) -> NoteFacts:
    """Ask every rule about every clause; the first clause to say something single wins."""
    met, known, plans = Met(), None, []
    promises: list[Promise] = []
    offers: list[Offer] = []
    liked: list[str] = []
    spoken: list[str] = []
    gate = facts.gatekeeper
    conditional = theirs = listed = False
    governing: Days | None = None
    loose: Clause | None = None
    for index, clause in enumerate(clauses):
        head = read_head(j, clause)
        keeper = gatekeepers.gatekeeper(j, clauses, index)
        seen = None if keeper else encounters.encounter(j, clause, first=index < _FIRST_CLAUSES and not promises)
        if seen is not None:
            met = _merged(met, seen.met)
        if keeper and (gate is None or (gate.islower() and not keeper.islower())):
            gate = keeper
        asked = people.referral(j, clause)
        if asked is None and (asked := people.boss(j, clauses, index, facts.decision_maker is False)):
            facts = replace(
                facts,
                decision_maker=False if j.find("phrases.decides", clause.start, clause.end) else facts.decision_maker,
            )
        known = _stronger(known, asked)
        told = seen is not None and (seen.sure or seen.met != Met())
        theirs = (
            clause.joined and (head.subject == "them" or (theirs and head.subject is None))
        ) or head.subject == "them"
        listed = _heads_list(j, clause) or (listed and j.norm(clause.start - 1) != ".")
        governing = _heading_date(j, clause) or (governing if _goes_on(j, clause) else None)
        quoted = index > 0 and j.norm(clause.start - 1) == ":" and _quotes(j, clauses[index - 1])
        intent = (
            None
            if told or quoted
            else intents.intent(j, clause, theirs and clause.joined, listed or _under_deadline(j, clause))
        )
        if intent and governing and not intent.due:
            intent = replace(intent, due=governing[1])
        if intent and (keeper or conditional or _only_asks(intent, known) or (intent.mine and asked and asked.ask)):
            intent = None
        supposed = head.doubtful and j.find("phrases.if", clause.start, clause.end) is not None
        conditional = supposed and head.verb is None and intent is None and j.norm(clause.end) == ","
        coming = meetings.plan(j, clause, head, intent, told)
        if coming and loose and not coming.meeting.when:
            coming = replace(coming, meeting=meetings.dated(coming.meeting, loose))
        loose = None if intent or coming or told else clause
        if coming:
            plans.append(coming)
            if coming.replaces_promise:
                intent = None
        if intent and intent.mine and promises and not promises[-1].due and _refers_back(j, clause):
            promises[-1] = replace(promises[-1], due=intent.due.isoformat() if intent.due else None)
        elif intent and intent.mine:
            promises.append(Promise(intent.what, intent.due.isoformat() if intent.due else None))
        elif intent:
            offers.append(Offer(intent.what, intent.due.isoformat() if intent.due else None))
        if clause.joined and intent:
            promises, offers = _shared_deadline(promises, clause), _shared_deadline(offers, clause)
        if not intent:
            liked += subjects.interests(j, clause)
        if not intent and not coming:
            spoken += [topic for topic in subjects.topics(j, clause) if topic not in liked]
    return replace(
        facts,
        met=met,
        promises=tuple(dict.fromkeys(promises)),
        offers=tuple(dict.fromkeys(offers)),
        referral=known,
        interests=tuple(dict.fromkeys(liked)),
        topics=tuple(dict.fromkeys(spoken)),
        meeting=_best(plans),
        gatekeeper=gate,
    )


def _merged(first: Met, second: Met) -> Met:
    return Met(first.event or second.event, first.place or second.place, first.date or second.date)


def _stronger(first: Referral | None, second: Referral | None) -> Referral | None:
    """The referral that was named first, but a name beats none and an introduction to ask for beats one offered."""
    if first is None or second is None:
        return first or second
    if first.who.split(" ")[0].casefold() in _EVERYONE:
        return second
    return second if second.ask and not first.ask else first


def _quotes(j: Jotting, clause: Clause) -> bool:
    """`Her advice:`, `tip:`: what follows is said by others."""
    return j.has("phrases.their", clause.start) > 0 or j.has("phrases.quoting", clause.start) > 0


def _refers_back(j: Jotting, clause: Clause) -> bool:
    """`email the portfolio. Do it Sun night`: nothing but when the task before is to be done."""
    length = j.has("phrases.refer_back", clause.start, clause.end)
    rest = range(clause.start + length, clause.end)
    return length > 0 and all(at in clause.covered or j.tokens[at].kind == "mark" for at in rest)


def _heads_list(j: Jotting, clause: Clause) -> bool:
    """`To do`, `next steps:`: what follows is to be done."""
    length = j.has("phrases.todo", clause.start, clause.end)
    behind = clause.covered.get(clause.start + length, clause.start + length)
    return bool(length) and (behind >= clause.end or j.norm(behind) == ":")


def _heading_date(j: Jotting, clause: Clause) -> Days | None:
    """`todo tonight: call Ann, send deck`: the date before a colon, which governs all that is listed behind it."""
    span = next((s for s in clause.dates if s.moment.coming and j.norm(s.end) == ":"), None)
    return span.moment.coming if span else None


def _goes_on(j: Jotting, clause: Clause) -> bool:
    """Whether a clause is the next of a list; what comes `then` has its own time."""
    return j.norm(clause.start - 1) in _LISTS and not j.has("phrases.then", clause.start)


def _under_deadline(j: Jotting, clause: Clause) -> bool:
    """`by mid-Feb: blanket PO terms`: behind a deadline and a colon stands what is to be done."""
    ahead = clause.start - 1
    return any(s.end == ahead and s.relation == "by" and j.norm(ahead) == ":" for s in clause.dates)


def _only_asks(intent: intents.Intent, known: Referral | None) -> bool:
    """`intro to CFO - ask her`: the second half is the same wish, `via reception, ask for Mel` too."""
    what = intent.what.casefold()
    return (
        known is not None and known.ask and (what in _ASKING or (what.startswith(("ask", "get")) and "intro" in what))
    )


def _shared_deadline(promises: list[Intended], clause: Clause) -> list[Intended]:
    """`check stock and call her by Thu`: a closing deadline governs both halves."""
    if len(promises) < 2 or promises[-2].due or not any(s.relation == "by" or not s.moment.exact for s in clause.dates):
        return promises
    shared = list(promises)
    shared[-2] = replace(shared[-2], due=shared[-1].due)
    return shared


def _best(plans: list[meetings.Plan]) -> Meeting | None:
    """The meeting with the most said about it; the first among equals."""
    if not plans:
        return None
    return max(plans, key=lambda p: (p.meeting.when is not None, p.weight, p.meeting.time is not None)).meeting
