"""Several cards as one: nothing is lost, nothing is twice, and every value knows where it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cardscan import wire
from cardscan.kinship import agreed, features_by_id, find_persons, fold, standing, undecided
from cardscan.record import (
    Card,
    Code,
    KinKind,
    Kinship,
    KinshipDecision,
    KinshipJudge,
    Met,
    Note,
    NoteFacts,
    Review,
    TextLine,
)
from tests.kinship.situations import QUAD, card

FRONT = {
    "photo": "IMG_1.jpg", "taken": "2026-03-14T10:00:00", "name": "高瀬 美咲", "organization": "株式会社青葉計器",
    "phones": ["work +81355500134"], "emails": ["m.takase@aobakeiki.example"],
}  # fmt: skip
BACK = {
    "photo": "IMG_2.jpg", "taken": "2026-03-14T10:00:09", "name": "Misaki Takase",
    "organization": "Aoba Keiki Co., Ltd.",
    "phones": ["work +81355500134", "mobile +819055500177"], "emails": ["m.takas@aobakeiki.example"], "note": "VIP",
}  # fmt: skip


def link(
    first: str, second: str, kind: KinKind = "person", decision: KinshipDecision = "merged", by: KinshipJudge = "rule"
) -> Kinship:
    return Kinship(kind, first, second, decision=decision, by=by)


def cards(*given: dict[str, Any]) -> list[Card]:
    return [card(f"c-{place}", one) for place, one in enumerate(given, start=1)]


def test_nothing_decided_changes_nothing() -> None:
    """Cards without kin come back as the same objects, in their order."""
    given = cards(FRONT, BACK)
    assert list(fold(given).cards) == given and fold(given).contact_of == {}


def test_both_sides_of_a_bilingual_card() -> None:
    """Both forms of name and firm, each number once, the misread mail gone; values point at the lines of their side."""
    front, back = cards(FRONT, BACK)
    back = replace(back, codes=(Code("QRCode", "x", QUAD),))
    (one,) = fold([front, back], [link("c-1", "c-2", "side")]).cards
    contact = one.contact
    assert contact is not None and contact.name is not None
    assert (contact.name.full, contact.name.also) == ("高瀬 美咲", ("Misaki Takase",))
    assert contact.organizations[0].also == ("Aoba Keiki Co., Ltd.",)
    assert [phone.value for phone in contact.phones] == ["+81355500134", "+819055500177"]
    assert [mail.value for mail in contact.emails] == ["m.takase@aobakeiki.example"]
    assert one.source.other_side == "c-2" and one.kin[0].kind == "side"
    assert [line.card for line in one.lines] == [None] * len(front.lines) + ["c-2"] * len(back.lines)
    assert one.codes[0].card == "c-2"
    assert one.lines[one.notes[0].lines[0]].text == "VIP"
    assert wire.convert(wire.to_builtins(one), Card).kin == one.kin


def test_lines_of_values_move_with_them() -> None:
    """A value of the second card names its line among the lines of both."""
    front, back = cards(FRONT, BACK)
    assert back.contact is not None
    phones = tuple(replace(phone, lines=(place,)) for place, phone in enumerate(back.contact.phones))
    back = replace(back, contact=replace(back.contact, phones=phones))
    (one,) = fold([front, back], [link("c-1", "c-2", "side")]).cards
    assert one.contact is not None
    assert one.contact.phones[1].lines == (len(front.lines) + 1,)


def test_sides_that_the_cards_name_need_no_decision() -> None:
    """A pair marked in `source` alone is folded, unless a person parted it."""
    front, back = cards(FRONT, BACK)
    back = replace(back, source=replace(back.source, side="back", other_side="c-1"))
    assert fold([front, back]).contact_of == {"c-2": "c-1"}
    assert fold([back, front]).contact_of == {"c-2": "c-1"}
    assert fold([front, back], [link("c-1", "c-2", "side", "unmerged", "person")]).contact_of == {}
    lost = replace(back, source=replace(back.source, other_side="c-9"))
    assert fold([front, lost]).contact_of == {}


def test_the_last_decision_about_two_cards_holds() -> None:
    """Merged, taken back, merged again: the log tells all, the last one counts, whichever card stood first."""
    log = [link("c-1", "c-2"), link("c-2", "c-1", decision="unmerged", by="person")]
    assert fold(cards(FRONT, FRONT), log).contact_of == {}
    assert [each.decision for each in standing(log).values()] == ["unmerged"]
    assert fold(cards(FRONT, FRONT), [*log, link("c-1", "c-2")]).contact_of == {"c-2": "c-1"}


def test_the_contact_keeps_its_id_when_a_third_card_comes() -> None:
    """Who was never folded into another stands for the contact, also when an older photo turns up."""
    given = cards(FRONT, FRONT, FRONT)
    log = [link("c-2", "c-3"), link("c-2", "c-1")]
    assert fold(given, log).contact_of == {"c-3": "c-2", "c-1": "c-2"}
    circle = [link("c-1", "c-2"), link("c-2", "c-3"), link("c-3", "c-1"), link("c-1", "c-1")]
    assert set(fold(given, circle).contact_of.values()) == {"c-1"}


def test_dismissed_cards() -> None:
    """A dismissed card gives no values; where it stands for the contact, the contact is dismissed."""
    first, second = cards(FRONT, FRONT)
    gone = replace(second, review=Review("dismissed"))
    found = fold([first, gone], [link("c-1", "c-2")])
    assert found.contact_of == {} and found.cards[0].kin == ()
    (one,) = fold([replace(first, review=Review("dismissed")), second], [link("c-1", "c-2")]).cards
    assert one.review.status == "dismissed"


def test_folding_twice_is_folding_once() -> None:
    """A folded card that comes back through a pipe beside its kin takes nothing in again."""
    given = cards(FRONT, BACK)
    log = [link("c-1", "c-2", "side")]
    (one,) = fold(given, log).cards
    (again,) = fold([one, given[1]], log).cards
    assert again == one


def test_an_earlier_meeting_is_history() -> None:
    """The last meeting is the event; the earlier one, as its note tells it, is kept and does not date the last."""
    old, new = cards(
        FRONT | {"taken": "2025-03-10T10:00:00", "event": "Expo"}, FRONT | {"photo": "b.jpg", "event": "Fair"}
    )
    told = NoteFacts(text="met @ Spring Expo", met=Met("Spring Expo", "Osaka", "2025-03-09"))
    old = replace(old, notes=(Note("met @ Spring Expo", facts=told),))
    (one,) = fold([old, new], [link("c-1", "c-2")]).cards
    assert (one.id, one.event.name, one.last_met) == ("c-1", "Fair", "c-2")
    assert [(event.name, event.place, event.met_on) for event in one.met_before] == [
        ("Spring Expo", "Osaka", "2025-03-09")
    ]
    assert one.notes[0].facts.met == Met()


def test_copies_of_one_card_are_one_meeting() -> None:
    """Two photos of a card on one evening: one meeting, and of two readings of a note the surer."""
    first, second = cards(FRONT, FRONT | {"photo": "b.jpg"})
    first = replace(first, notes=(Note("send prieing by Friday", confidence=0.5),))
    second = replace(second, notes=(Note("send pricing by Friday", confidence=0.9),))
    (one,) = fold([first, second], [link("c-1", "c-2", "copy")]).cards
    assert one.met_before == () and one.last_met is None
    assert [note.text for note in one.notes] == ["send pricing by Friday"]


def test_a_third_card_does_not_bring_two_people_together() -> None:
    """A is B by rule and B is C by rule, but A and C are two names, or a person parted them: not all are joined."""
    mail = {"emails": ["a.k.lindgaard@example.com"], "phones": ["mobile +4529551234"]}
    given = cards(
        mail | {"photo": "a.jpg", "name": "Anna Lindgaard"}, mail | {"photo": "b.jpg", "name": "A. Lindgaard"},
        mail | {"photo": "c.jpg", "name": "Asta Lindgaard"},
    )  # fmt: skip
    features = features_by_id(given)
    proposals = [replace(link(a, b), decision=None, sure=True) for a, b in (("c-1", "c-2"), ("c-2", "c-3"))]
    assert len(agreed(proposals, [], features)) == 1
    same = features_by_id(cards(FRONT, FRONT, FRONT))
    parted = [link("c-1", "c-3", decision="different", by="person")]
    assert len(agreed(proposals, parted, same)) == 1
    assert len(agreed(proposals, [], same)) == 2


def test_what_a_person_decided_no_rule_decides_again() -> None:
    """Taken back is proposed but not carried out; two people are not even proposed."""
    given = cards(FRONT, FRONT | {"photo": "z.jpg"})
    features = features_by_id(given)
    proposals = find_persons(given, features)
    assert [each.sure for each in proposals] == [True]
    back = [link("c-1", "c-2"), link("c-1", "c-2", decision="unmerged", by="person")]
    assert undecided(proposals, back) == proposals and agreed(proposals, back, features) == []
    assert undecided(proposals, [link("c-1", "c-2", decision="different", by="person")]) == []


def test_hostile_cards_are_compared_and_folded() -> None:
    """Thousands of values, endless lines and meaningless text: bounded, and no error."""
    noise = "\u202e\x00" + "a@b" * 4000
    many = {
        "photo": "a.jpg", "name": noise, "organization": noise, "taken": "2026-13-40Tx", "addresses": [noise] * 500,
        "emails": [noise] * 500, "urls": [f"http://{noise}"] * 500, "social": [f"x {noise}"] * 500,
        "titles": [noise] * 500,
    }  # fmt: skip
    first, second = cards(many, many | {"photo": "b.jpg"})
    lines = tuple(TextLine(noise, 0.5, QUAD) for _ in range(500))
    first, second = replace(first, lines=lines), replace(second, lines=lines)
    features = features_by_id([first, second])
    assert all(len(value) <= 12_000 for each in features.values() for value in each.lines)
    find_persons([first, second], features)
    (one,) = fold([first, second], [link("c-1", "c-2", "copy")]).cards
    assert one.contact is not None and len(one.contact.emails) <= 600
