"""Events and places behind `at`, `in`, `@`: where a phrase that names one begins and ends."""

from __future__ import annotations

from cardscan.notes.clauses import Clause
from cardscan.notes.jotting import Jotting
from cardscan.notes.venues import city_at_end, event_like, place_length, place_like, preposition
from cardscan.notes.wording import words_of

_LONGEST_EVENT = 9
_OF = frozenset("for of de du des del do da dos das di dei della delle degli van".split())


def where(j: Jotting, clause: Clause, at: int, sure: bool) -> tuple[str | None, str | None]:
    """The event and the place that stand behind a token; `sure` when words say that we met there."""
    event = place = None
    hidden = clause.covered
    bare = sure
    while at < clause.end:
        if at in hidden:
            at = hidden[at]
            continue
        kind, length = preposition(j, at, clause.end)
        if not length and not bare:
            if j.norm(at) == "," and place is None and (known := place_length(j, at + 1, clause.end)):
                place = words_of(j, at + 1, at + 1 + known)
                at += 1 + known
                continue
            if j.norm(at) == "," and place is None and j.has("phrases.place_word", at + 1, clause.end):
                stop = phrase_end(j, at + 1, clause, hidden)
                place, at = words_of(j, at + 1, stop), stop
                continue
            at += 1
            continue
        begin = at + length
        begin += j.has("phrases.article", begin, clause.end)
        end = phrase_end(j, begin, clause, hidden)
        at, bare = max(end, at + 1), False
        if kind == "other" or end <= begin or j.has("phrases.at_home", begin - 1):
            continue
        if not length and not event_like(j, begin, end, named=True):
            at = begin + 1
            continue
        text = words_of(j, begin, end)
        if not text or _is_person(j, begin, end, kind):
            continue
        is_place = place_like(j, begin, end, kind)
        town = end if is_place or place else city_at_end(j, begin, end)
        if town < end and event is None:
            event, place = words_of(j, begin, town), words_of(j, town, end)
            continue
        if place and not is_place and not event_like(j, begin, end, named=True):
            continue
        if is_place and place is None:
            place = text
        elif not is_place and event is None:
            event = text
    return event, place


def chatted_at(j: Jotting, clause: Clause, at: int) -> tuple[str | None, str | None]:
    """`spoke at …`, `saw her at …`: words that only tell of a meeting when a place or event follows at once."""
    while at < clause.end and (step := j.has("phrases.them_object", at) or _companion(j, at, clause.end)):
        at += step
    kind, length = preposition(j, at, clause.end)
    if kind != "event" or not length or j.has("phrases.at_home", at):
        return None, None
    begin = at + length
    begin += j.has("phrases.article", begin, clause.end)
    hidden = clause.covered
    end = phrase_end(j, begin, clause, hidden)
    if end <= begin or not (event_like(j, begin, end) or place_like(j, begin, end, kind)):
        return None, None
    text = words_of(j, begin, end)
    return (None, text) if place_like(j, begin, end, kind) else (text, None)


def _companion(j: Jotting, at: int, end: int) -> int:
    """The length of `w/ Priya`, `with Dr. Osei`: whom one spoke to."""
    if not j.has("phrases.with", at, end):
        return 0
    behind = at + j.has("phrases.with", at, end)
    while behind < end and behind - at < 5 and (j.tokens[behind].capital or j.norm(behind) == "."):
        behind += 1
    return behind - at


def phrase_end(j: Jotting, begin: int, clause: Clause, hidden: dict[int, int]) -> int:
    """Where the name of an event or a place ends that begins at a token."""
    at = begin
    while at < clause.end and at - begin < _LONGEST_EVENT:
        if at in hidden or j.tokens[at].norm in {",", ";", "(", ")", ":", "+", "|", "→", "@"}:
            break
        if at > begin and j.has("phrases.place_word", at) and numbered_behind(j, at):
            break
        if at > begin and (preposition(j, at, clause.end)[1] or (j.norm(at) == "-" and j.tokens[at].spaced)):
            if j.norm(at) in {"to", "from"} and j.has("phrases.vehicle", begin):
                at += 1
                continue
            if j.norm(at) in _OF and event_like(j, begin, at + 2):
                at += 1
                continue
            break
        at += 1
    return at


def numbered_behind(j: Jotting, at: int) -> bool:
    """Whether a word of place is one with a number: `booth 881`, `Halle 11`, `stand B12`."""
    behind = at + j.has("phrases.place_word", at)
    letter = behind < len(j.tokens) and len(j.tokens[behind].text) == 1 and j.tight(behind + 1)
    return j.number(behind + letter + (j.norm(behind) in {"#", "-"})) is not None


def _is_person(j: Jotting, begin: int, end: int, kind: str) -> bool:
    return kind == "event" and j.norm(begin) in {"him", "her", "them"} and end - begin == 1
