"""Whether two cards are one person's, or two photographs of one card: what is sure, what is asked, what is left alone.

Nothing is merged unless two fields agree, one of them the name or, where a name was not read, a value of the person's
own twice over. What all colleagues share (organisation, domain, switchboard, info@, address) is one field at most and
never outweighs two names. What looks like a change of job or of surname is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final, Literal

from cardscan.kinship.evidence import Evidence, compare, overlap, two_people
from cardscan.kinship.features import Features, features_by_id, shared_values
from cardscan.kinship.photos import nearness
from cardscan.record import Card, Event, KinReason, Kinship

Verdict = Literal["sure", "ask", "no"]
SAME_PRINT: Final = 0.75
"""The share of print in common from which two photographs are of one card."""
RETAKEN: Final = 0.5
"""The same for two photos in a row, the worse of which was badly read."""
ONE_MEETING: Final = 7
"""Days apart at which two cards still tell of one meeting: a fair lasts so long."""
_CROWD: Final = 24
"""Cards with one value in common beyond which only those with a word of the name in common are compared."""


def verdict(found: Evidence) -> Verdict:
    """What the evidence is good for; the rows stand in docs/merging.md."""
    personal = len(found.personal)
    place = len(found.office) + bool(found.boxes)
    if found.name == "conflict":
        # One given name, mailbox and number, two surnames: married, perhaps; or a successor.
        return "ask" if personal >= 2 and found.given else "no"
    if found.firm is False:
        return "ask" if (personal and found.name in ("same", "slip")) or personal >= 2 else "no"
    if found.name == "same":
        return _same_name(found, personal, place)
    if found.name == "slip":
        if personal >= 2 or found.named_mail:
            return "sure"
        return "ask" if personal or (place and found.firm and not found.other_mail) else "no"
    if found.name == "partial":
        if personal >= 2 or found.named_mail:
            return "sure"
        return "ask" if personal else "no"
    if personal >= 2 or ("email" in found.personal and (place or found.title)):
        return "sure"
    return "ask" if personal and found.firm else "no"


def _same_name(found: Evidence, personal: int, place: int) -> Verdict:
    if personal:
        return "sure"
    against = found.other_mail or found.other_mobile
    if not found.firm:
        return "no" if not place else "sure" if "phone" in found.office and not against else "ask"
    if place or found.title:
        return "ask" if against else "sure"
    return "no" if against else "ask"


def nameless_verdict(found: Evidence, common: float) -> Verdict:
    """The same for two cards of a firm that name nobody: two fields, and the print of one card."""
    fields = len(found.personal) + len(found.office) + bool(found.boxes) + bool(found.firm)
    if found.firm is False or fields < 2 or found.other_mobile:
        return "no"
    return "sure" if common >= SAME_PRINT else "no"


def retaken_verdict(found: Evidence, common: float, first: Features, second: Features) -> Verdict:
    """The same for two photos in a row: a blurred one was taken again, so that less need have been read."""
    if found.name not in ("same", "slip") or found.other_mail or found.other_mobile or found.firm is False:
        return "no"
    fields = len(found.personal) + len(found.office) + bool(found.boxes) + bool(found.firm) + found.title
    return "sure" if common >= RETAKEN and fields else "no"


def find_persons(
    cards: Sequence[Card], features: Mapping[str, Features], among: Collection[str] | None = None
) -> list[Kinship]:
    """Cards that are one person's, or one card's, as proposals: the sure ones and those to ask about.

    Args:
        cards: All cards; dismissed ones and backs take no part.
        features: Theirs, by id.
        among: Only pairs with one of these cards; None: all pairs.
    """
    able = [card for card in cards if _takes_part(card)]
    shared = shared_values(features[card.id] for card in able)
    found = []
    for a, b in _candidates(able, features):
        first, second = sorted((able[a], able[b]), key=_seniority)
        if among is not None and first.id not in among and second.id not in among:
            continue
        kinship = judge(first, second, features, shared)
        if kinship is not None:
            found.append(kinship)
    return found


def judge(
    first: Card, second: Card, features: Mapping[str, Features] | None = None, shared: Collection[str] = ()
) -> Kinship | None:  # fmt: skip
    """The proposal for one pair, or None where too little speaks for it.

    Args:
        first: The card that is to stand for the contact.
        second: The other.
        features: Theirs, by id, where they are known.
        shared: Values that are nobody's own (`features.shared_values`).
    """
    features = features or features_by_id((first, second))
    one, two = features[first.id], features[second.id]
    if first.source.sha256 is not None and _is_one_card(first, second):
        return None  # two persons named on one card
    if two_people(one, two):
        return None
    found = compare(one, two, (first, second), shared)
    if found.name == "conflict":
        found = compare(one, two, (first, second))  # it is this pair that made the values shared ones
    common = overlap(one, two)
    reasons = found.reasons
    decided = verdict(found)
    if not one.names and not two.names:
        decided = nameless_verdict(found, common)
    if decided == "ask" and common >= SAME_PRINT and found.name == "same" and found.personal:
        decided = "sure"  # the other firm is a misread one: all else is the same print
    if decided != "sure" and (near := nearness(first.source, second.source)):
        retaken = retaken_verdict(found, common, one, two)
        if retaken == "sure":
            decided, reasons = "sure", (*reasons, KinReason("photo", near.text))
    if decided == "no":
        return None
    copy = common >= SAME_PRINT and one_meeting(first.event, second.event)
    if common >= SAME_PRINT:
        reasons = (*reasons, KinReason("print", f"{common:.0%} of the print is the same"))
    return Kinship("copy" if copy else "person", first.id, second.id, reasons, decided == "sure")


def one_meeting(first: Event, second: Event) -> bool:
    """Whether two cards tell of the same meeting: days near each other, and no two names of events."""
    names = {" ".join(event.name.casefold().split()) for event in (first, second) if event.name}
    if len(names) > 1:
        return False
    one, other = _day(first.met_on), _day(second.met_on)
    return one is None or other is None or abs((one - other).days) <= ONE_MEETING


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _takes_part(card: Card) -> bool:
    return card.contact is not None and card.source.side != "back" and card.review.status != "dismissed"


def _seniority(card: Card) -> tuple[str, str, int, str]:
    """The card met first stands for the contact, so that what other programs know it by does not change."""
    return (card.event.met_on or "9999", card.source.path, card.source.index, card.id)


def _is_one_card(first: Card, second: Card) -> bool:
    a, b = first.source, second.source
    return (a.sha256, a.index, a.page) == (b.sha256, b.index, b.page)


def _candidates(cards: Sequence[Card], features: Mapping[str, Features]) -> Iterator[tuple[int, int]]:
    """Pairs that have a value or two words of a name in common, or stand next to each other; no others are kin."""
    beside = [[place, place + step] for step in (1, 2) for place in range(len(cards) - step)]
    blocks: dict[tuple[str, ...], list[int]] = {}
    for place, card in enumerate(cards):
        for key in _keys(features[card.id]):
            blocks.setdefault(key, []).append(place)
    seen: set[tuple[int, int]] = set()
    for held in (*beside, *blocks.values()):
        for group in _split_crowd(held, cards, features):
            for pair in combinations(group, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _keys(one: Features) -> Iterator[tuple[str, ...]]:
    yield from (("mail", mail) for mail in one.own_mails | one.boxes)
    yield from (("number", number) for number in one.numbers)
    yield from (("profile", *profile) for profile in one.profiles)
    for form in one.names:
        words = sorted({word for word in form.words if len(word) > 1})[:6]
        if len(form.words) == 1:
            yield ("name", *form.words)
        yield from (("name", *pair) for pair in combinations(words, 2))


def _split_crowd(held: list[int], cards: Sequence[Card], features: Mapping[str, Features]) -> Iterator[list[int]]:
    """A block as it is; one as large as a firm's switchboard makes it, by the words of the names in it."""
    if len(held) <= _CROWD:
        yield held
        return
    groups: dict[str, list[int]] = {}
    for place in held:
        words = {word for form in features[cards[place].id].names for word in form.words if len(word) > 1}
        for word in words or {""}:
            groups.setdefault(word, []).append(place)
    for group in groups.values():
        yield group[: 8 * _CROWD]
