"""Where and when we met: `Met @ SXSW`, `booth 1422`, `3/13 Austin: met thru Jim`, `EGU, Vienna, 4 May`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from cardscan.notes.clauses import Clause
from cardscan.notes.dates import DateSpan
from cardscan.notes.jotting import Jotting
from cardscan.notes.meetings import is_told
from cardscan.notes.venues import (
    city_at_end,
    closes_event,
    event_like,
    known_event,
    name_end,
    numbered_place,
    place_length,
    preposition,
)
from cardscan.notes.whereabouts import chatted_at, numbered_behind, phrase_end, where
from cardscan.notes.wording import words_of
from cardscan.record import MeetingKind, Met

_RECENT, _SOON = 120, 31


@dataclass(frozen=True, slots=True)
class Encounter:
    """What one clause says of the meeting; `sure` when it says so in words."""

    met: Met
    sure: bool
    clause: Clause


def encounter(j: Jotting, clause: Clause, first: bool) -> Encounter | None:
    """What a clause says of where and when we met.

    `first` is True for a clause with which the note begins: there a bare event's name says where we met.
    """
    cue = _cue(j, clause)
    if cue is not None:
        sure = j.has("phrases.met_sure", cue[0]) > 0
        event, place = where(j, clause, cue[1], sure) if sure else chatted_at(j, clause, cue[1])
        told = _told_date(j, clause, certain=True)
        if sure or event or place:
            return Encounter(
                Met(event, place, told.isoformat() if told and (sure or event or place) else None), sure, clause
            )
        if not first or (event := _named_behind_at(j, clause)) is None:
            return None
        return Encounter(Met(event, None, told.isoformat() if told else None), False, clause)
    if (told_behind := _told_behind(j, clause)) is not None:
        return told_behind
    if (
        not first
        or clause.question
        or any(j.find(f"phrases.{n}", clause.start, clause.end) for n in ("will", "not", "lead"))
    ):
        return None
    event, place = _bare(j, clause)
    if event is None and place is None:
        event = _named_behind_at(j, clause)
    if event is None and place is None:
        return _told_meal(j, clause)
    told = _told_date(j, clause, certain=False)
    if told is None and any(s.moment.exact and s.moment.coming for s in clause.dates):
        return None
    return Encounter(Met(event, place, told.isoformat() if told else None), False, clause)


def _told_behind(j: Jotting, clause: Clause) -> Encounter | None:
    """`Achema 2024 kennengelernt`: other languages than English say it behind the event."""
    found = j.find("phrases.met_sure", clause.start + 1, clause.end) if j.lexicon.language != "en" else None
    if found is None or (found[1] < clause.end and j.tokens[found[1]].kind == "word"):
        return None
    event, place = where(j, replace(clause, end=found[0]), clause.start, True)
    told = _told_date(j, clause, certain=True)
    return Encounter(Met(event, place, told.isoformat() if told else None), True, clause)


def _cue(j: Jotting, clause: Clause) -> tuple[int, int] | None:
    found = j.find("phrases.met", clause.start, clause.end)
    if found is None or found[0] - clause.start > 4:
        return None
    lead = [at for at in range(clause.start, found[0]) if j.tokens[at].kind == "word"]
    hidden = {k for s in clause.dates for k in range(s.start, s.end)}
    allowed = ("phrases.me", "phrases.filler", "phrases.met", "phrases.lead", "phrases.auxiliary")
    if any(at not in hidden and not any(j.has(name, at) for name in allowed) for at in lead):
        return None
    return found


def _told_date(j: Jotting, clause: Clause, certain: bool) -> date | None:
    for span in clause.dates:
        if not span.moment.exact or (span.relation in ("by", "after", "arrow") and span.led and not certain):
            continue
        past, coming = span.moment.past, span.moment.coming
        if past is None or (not certain and not _rather_past(j, clause, span)):
            continue
        if coming and past and coming[0] != past[0] and span.time is not None and not certain:
            continue
        return past[0]
    return None


def _rather_past(j: Jotting, clause: Clause, span: DateSpan) -> bool:
    """Whether a date with a bare event is told rather than planned: nearer behind than ahead, or not soon."""
    past, coming = span.moment.past, span.moment.coming
    if past is None or coming is None or past == coming:
        return past is not None
    behind, ahead = (j.reference - past[0]).days, (coming[0] - j.reference).days
    if behind <= 7 and ahead <= 7:
        return span.time is None and not span.led and span.start > clause.start
    return behind <= ahead or (behind < _RECENT and ahead > _SOON) or ahead > _RECENT


def _bare(j: Jotting, clause: Clause) -> tuple[str | None, str | None]:
    """A clause that is only an event or a place, with its date: `SXSW 3/14`, `Career fair, gym`, `@ CES`."""
    hidden = clause.covered
    at = clause.start
    marked = False
    while at < clause.end and (
        at in hidden
        or j.tokens[at].norm in {"-", "*", ",", ":", "★", "@"}
        or j.norm(at) in {"at", "from", "auf", "bei", "en", "in", "w/", "with"}
    ):
        if j.norm(at) in {"w/", "with"}:
            named = _named_at(j, clause, at)
            if named is None:
                return None, None
            at = named
        marked = marked or j.norm(at) in {"@", "at", "auf"}
        at = hidden.get(at, at + 1)
    begin, event, place = at, None, None
    end = phrase_end(j, begin, clause, hidden)
    if (
        end <= begin
        or any(j.has(f"phrases.{n}", begin) for n in ("them", "me"))
        or _verbal(j, begin, end)
        or _meets(j, begin)
    ):
        return None, None
    if place_length(j, begin, end) == end - begin or j.has("phrases.place_word", begin, end):
        place = words_of(j, begin, end)
        if j.has("phrases.place_word", begin, end) and not numbered_place(j, begin, end) and not marked:
            return None, None
    elif known_event(j, begin, end) or marked or _at_booth(j, begin, end) or _worded_event(j, begin, end, clause):
        end = name_end(j, begin, end)
        split = city_at_end(j, begin, end)
        event, place = words_of(j, begin, split), words_of(j, split, end) or None
    else:
        return None, None
    at = end
    while at < clause.end:
        if at in hidden:
            at = hidden[at]
            continue
        length = preposition(j, at, clause.end)[1]
        inner = at + (length or (1 if j.norm(at) in {",", "@", "-", "("} else 0))
        if inner == at and not (j.has("phrases.place_word", at) and numbered_behind(j, at)):
            break
        inner += j.has("phrases.article", inner, clause.end)
        stop = phrase_end(j, inner, clause, hidden)
        if stop <= inner:
            at = inner
            continue
        if (
            place_length(j, inner, stop) == stop - inner
            or any(j.has("phrases.place_word", k, stop) for k in range(inner, stop))
            or (event and preposition(j, at, clause.end)[0] == "place" and _town_like(j, inner, stop))
        ):
            place = place or words_of(j, inner, stop)
        elif event is None and (known_event(j, inner, stop) or event_like(j, inner, stop)):
            event = words_of(j, inner, stop)
        at = stop
    return event, place


def _town_like(j: Jotting, begin: int, end: int) -> bool:
    """Whether words behind `in` are written as a town nobody lists: one or two with capital letters."""
    tokens = j.tokens[begin:end]
    return len(tokens) <= 2 and all(t.capital and t.kind == "word" and t.norm not in j.lexicon.words for t in tokens)


def _named_behind_at(j: Jotting, clause: Clause) -> str | None:
    """`lovely chat at CIOF convention`, `poster 112 @ EGU`: an event behind `at`, whatever happened there."""
    for at in range(clause.start, clause.end):
        if at in clause.covered or j.has("verbs.act", at):
            return None
        if any(j.has(f"phrases.{name}", at) for name in ("elsewhere", "they_modal", "they_want", "if")):
            return None
        if j.norm(at) not in _AT or j.has("phrases.at_home", at):
            continue
        begin = at + j.has("phrases.event_prep", at, clause.end)
        begin += j.has("phrases.article", begin, clause.end)
        end = phrase_end(j, begin, clause, clause.covered)
        worded = any(
            (length := j.has("phrases.event_word", k, end)) and closes_event(j, k + length, end)
            for k in range(begin, end)
        )
        if end > begin and (known_event(j, begin, end) or worded) and not j.has("phrases.place_word", begin, end):
            return words_of(j, begin, name_end(j, begin, end)) or None
    return None


_AT = frozenset("at @ during auf beim bei en na no a al op alla au".split())


def _at_booth(j: Jotting, begin: int, end: int) -> bool:
    """`BIO booth 881`: a short name in front of a booth is an event's."""
    named = all(j.tokens[at].capital or j.tokens[at].kind == "number" for at in range(begin, end))
    return named and end - begin <= 3 and j.has("phrases.place_word", end) > 0 and numbered_behind(j, end)


def _told_meal(j: Jotting, clause: Clause) -> Encounter | None:
    """`lunch 8/18` on the 20th of August: the day we met."""
    span = next((s for s in clause.dates if is_told(j, s)), None)
    if span is None or span.led or not any(_meets(j, at) for at in range(clause.start, clause.end)):
        return None
    assert span.moment.past is not None
    return Encounter(Met(None, None, span.moment.past[0].isoformat()), True, clause)


def _meets(j: Jotting, at: int) -> bool:
    """Whether a clause speaks of a meeting to come rather than of an event: `meet again EuroSciPy Aug`."""
    return any(j.has(f"meeting.{kind}", at) for kind in get_args(MeetingKind)) and not j.has("phrases.event_word", at)


def _named_at(j: Jotting, clause: Clause, at: int) -> int | None:
    """`w/ Bob at CES`: the index of `at` behind a short name."""
    for here in range(at + 1, min(at + 5, clause.end)):
        if j.has("phrases.event_prep", here):
            return here
    return None


def _verbal(j: Jotting, begin: int, end: int) -> bool:
    if known_event(j, begin, end):
        return False
    names = (
        "verbs.act.past",
        "phrases.past",
        "phrases.loves",
        "phrases.knows",
        "verbs.act",
        "phrases.waiting",
        "phrases.talked",
    )
    return any(j.has(name, at) for at in range(begin, end) for name in names)


def _worded_event(j: Jotting, begin: int, end: int, clause: Clause) -> bool:
    """An event by its words, where the note surely names one: it closes with them or carries a year or a told date."""
    opening = j.has("phrases.event_word", begin, end)
    led = opening > 0 and j.tokens[begin].capital and j.has("phrases.event_of", begin + opening, end) > 0
    last = (
        led
        or (opening > 0 and (begin + opening >= end or not j.tokens[begin + opening].text.islower()))
        or any(
            (length := j.has("phrases.event_word", at, end)) and closes_event(j, at + length, end)
            for at in range(begin, end)
        )
    )
    year = any((n := j.number(at)) is not None and 1990 <= n <= 2100 for at in range(begin + 1, end))
    told = any(s.moment.past for s in clause.dates)
    acronym = j.tokens[begin].text.isupper() and len(j.tokens[begin].text) >= 3 and end - begin <= 3
    if acronym and not last and j.has("things.deliverable", begin):
        return False
    if acronym and not last:
        return (
            told
            and not any(s.led for s in clause.dates)
            and not j.has("common", begin)
            and not j.has("phrases.priority", begin)
        )
    return last and (j.tokens[begin].kind == "word") and (end - begin >= 2 or year or told)
