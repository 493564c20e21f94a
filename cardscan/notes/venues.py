"""What names an event and what names a place: words for each, known names, and how names are written."""

from __future__ import annotations

from cardscan.notes.jotting import Jotting
from cardscan.notes.lexicon import word_list


def preposition(j: Jotting, at: int, end: int) -> tuple[str, int]:
    """What the preposition at a token leads to (`event`, `place`, `other`, empty for none), and its length."""
    for kind in ("event", "place", "other"):
        if length := j.has(f"phrases.{kind}_prep", at, end):
            return kind, length
    return "", 0


def place_length(j: Jotting, at: int, end: int) -> int:
    """The length of the town or country that is named at a token, 0 if none is."""
    places = word_list("places")
    for length in (4, 3, 2, 1):
        if at + length <= end and tuple(t.norm for t in j.tokens[at : at + length]) in places:
            return length
    return 0


def _is_known(j: Jotting, at: int, end: int) -> bool:
    """Whether a known event's name begins at a token."""
    return _known_length(j, at, end) > 0


def _known_length(j: Jotting, at: int, end: int) -> int:
    """The length of a known event's name; a single word must be written like a name (`ISH`, not *-ish*)."""
    events = word_list("events")
    for length in (4, 3, 2, 1):
        if at + length <= end and tuple(t.norm for t in j.tokens[at : at + length]) in events:
            token = j.tokens[at]
            named = token.capital or not set(token.norm) & set("aeiou") or token.norm in _UNMISTAKABLE
            return length if length > 1 or named else 0
    return 0


_UNMISTAKABLE = frozenset(
    "ces sxsw mwc neurips slush saastock saastr dreamforce vivatech gitex kubecon fosdem pycon nrf ifa agu".split()
)


def event_like(j: Jotting, begin: int, end: int, named: bool = False) -> bool:
    """An event's word (fair, summit), a known event, a name with a year, or an acronym."""
    for at in range(begin, end):
        if j.has("phrases.event_word", at, end):
            return True
        if _is_known(j, at, end):
            return True
    first = j.tokens[begin] if begin < end else None
    year = any((n := j.number(at)) is not None and 1990 <= n <= 2100 for at in range(begin + 1, end))
    return bool(first and (year or (named and first.text.isupper() and len(first.text) >= 3 and first.kind == "word")))


def place_like(j: Jotting, begin: int, end: int, kind: str) -> bool:
    """Whether words behind a preposition of some kind name a place rather than an event."""
    if place_length(j, begin, end) == end - begin:
        return True
    known = known_event(j, begin, end)
    placed = any(j.has("phrases.place_word", at, end) for at in range(begin, end))
    lengths = {at: j.has("phrases.event_word", at, end) for at in range(begin, end)}
    worded = any(lengths.values())
    if placed and not known:
        named = end - begin == 2 and lengths[begin + 1] == 1  # `garden expo` is an event, `hall 3, garden fair` none
        return not worded or (j.has("phrases.place_word", begin, end) > 0 and not named)
    return kind == "place" and not known and not worded


def known_event(j: Jotting, begin: int, end: int) -> bool:
    """Whether a known event is named between two tokens."""
    return any(_is_known(j, at, end) for at in range(begin, end))


def numbered_place(j: Jotting, begin: int, end: int) -> bool:
    """Whether a number stands in it: `booth 1422`."""
    return any(j.tokens[at].kind == "number" for at in range(begin, end))


def name_end(j: Jotting, begin: int, end: int) -> int:
    """Where a known event's name ends when common words follow: `Burning Man camp mate`."""
    known = _known_length(j, begin, end)
    at = begin + known
    while known and at < end:
        token = j.tokens[at]
        if token.text.islower() and not j.has("phrases.event_word", at, end) and not place_length(j, at, end):
            return at
        at += 1
    return end


def city_at_end(j: Jotting, begin: int, end: int) -> int:
    """Where a city begins that closes an event's name, unless the name is known with it (`MWC Barcelona`)."""
    if any(tuple(t.norm for t in j.tokens[begin:end]) == known for known in word_list("events")):
        return end
    for at in range(begin + 1, end):
        if place_length(j, at, end) == end - at:
            return at
    return end


def closes_event(j: Jotting, at: int, end: int) -> bool:
    """Whether nothing but a year or a place follows an event's word."""
    rest = [k for k in range(at, end) if j.tokens[k].kind != "number" and j.norm(k) != "'"]
    return not rest or place_length(j, rest[0], end) == end - rest[0]
