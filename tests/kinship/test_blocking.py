"""Two thousand cards are compared in seconds, because most pairs are never looked at."""

from __future__ import annotations

from cardscan.kinship import features_by_id, find_persons
from cardscan.kinship.persons import _candidates
from cardscan.record import Card
from tests.kinship.situations import card

SYLLABLES = "ka lo mi ren tas vor bel din gu sha pe ni ro zel fa mu".split()


def word(number: int, length: int) -> str:
    """An invented word, another for each number."""
    return "".join(SYLLABLES[(number // 16**place + 5 * place) % 16] for place in range(length)).capitalize()


def colleague(number: int) -> Card:
    """One of the many people of one firm: one switchboard, one address, one mailbox for all."""
    name = f"{word(number, 3)} {word(number * 7 + 3, 4)}"
    one = {
        "photo": f"IMG_{number:05}.jpg", "name": name, "organization": "Talvik Shipping",
        "address": "Quay 1, 10115 Berlin",
        "phones": ["work +493055501234", f"mobile +49155{number:07}"],
        "emails": [f"{name.replace(' ', '.').lower()}@talvik.example", "info@talvik.example"],
    }  # fmt: skip
    return card(f"c-{number}", one)


def test_colleagues_are_not_compared_each_with_each() -> None:
    """Of a thousand people behind one switchboard, a fiftieth of all pairs is looked at, and nobody is merged."""
    cards = [colleague(number) for number in range(1000)]
    features = features_by_id(cards)
    pairs = list(_candidates(cards, features))
    assert len(pairs) == len(set(pairs)) < 1000 * 999 / 2 / 50
    assert find_persons(cards, features) == []


def test_the_same_person_is_found_among_them() -> None:
    """A card that is there twice is found wherever its copy stands, and when only the new card is asked about."""
    cards = [colleague(number) for number in range(300)]
    again = card("c-again", {
        "photo": "late.jpg", "name": f"{word(17, 3)} {word(17 * 7 + 3, 4)}", "organization": "Talvik Shipping",
        "phones": ["mobile +491550000017"],
    })  # fmt: skip
    cards.append(again)
    features = features_by_id(cards)
    for among in (None, {"c-again"}, {"c-17"}):
        assert [(each.card, each.other) for each in find_persons(cards, features, among)] == [("c-17", "c-again")]
    assert find_persons(cards, features, {"c-18"}) == []


def test_a_mailbox_without_any_name_is_nobodys_and_breaks_nothing() -> None:
    """Cards that share a mailbox or number and name nobody, or of which one does, are compared like others."""
    box = {"emails": ["ka.lomi@talvik.example"], "phones": ["mobile +491550000017"]}
    for names in ((None, None), (None, "Ka Lomi"), ("Ka Lomi", "Ka Lomi")):
        given = [card(f"c-{place}", box | {"photo": f"{place}.jpg", "name": name}) for place, name in enumerate(names)]
        assert len(find_persons(given, features_by_id(given))) <= 1
