"""A review by keys: what each decision does to the store, and that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cardscan.kinship import fold
from cardscan.record import (
    Card,
    Contact,
    Email,
    Event,
    Kinship,
    Mark,
    Name,
    Organization,
    Phone,
    Review,
    ReviewStatus,
    Source,
    TextLine,
    Title,
)
from cardscan.review import Session, accepts, decisions, screen, to_review
from cardscan.store import Store

NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)
QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def card(number: int = 1, status: ReviewStatus = "needs-review", mail: str = "orla@brightwater.corn") -> Card:
    contact = Contact(
        name=Name("Orla Fennick", given="Orla", family="Fennick", confidence=0.95),
        titles=(Title("Buyer", 0.9),),
        organizations=(Organization("Brightwater Mil1s", confidence=0.5),),
        phones=(Phone("+442079460958", "020 7946 0958", type="work", valid=True),),
        emails=(Email(mail, 0.4, (1,)),),
    )
    lines = (TextLine("Orla Fennick", 0.99, QUAD), TextLine(mail, 0.9, QUAD), TextLine("Mill Lane 4", 0.9, QUAD))
    source = Source(path=f"{number}.jpg", sha256=f"s{number}", quad=QUAD)
    return Card(f"c-{number}", source, contact, event=Event(met_on="2026-04-18"), lines=lines, review=Review(status))


def contact_of(store: Store, identity: str) -> Contact:
    contact = store.card(identity).contact
    assert contact is not None
    return contact


class Person:
    """Someone who answers questions as told beforehand."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    def __call__(self, question: str, filled: str, completions: Sequence[str], about: object = None) -> str | None:
        self.asked.append((question.split("\n")[-1], filled))
        return self.answers.pop(0)


def session(store: Store, *answers: str | None) -> Session:
    ids = [each.id for each in to_review(store.cards())]
    return Session(store, ids, Person(*answers), lambda: NOW, doubtful_below=0.6)


@pytest.fixture
def store() -> Store:
    store = Store.open(":memory:")
    for number in (1, 2, 3):
        store.put_photo(f"s{number}", [card(number)])
    return store


def press(one: Session, keys: str) -> None:
    for key in keys:
        one.press(key)


def test_one_key_accepts_a_card(store: Store) -> None:
    """`a` keeps the decision at once and goes on; after the last card the review is over and nothing is left to do."""
    one = session(store)
    press(one, "a")
    assert store.card("c-1").review.status == "reviewed"
    press(one, "aa")
    assert one.finished
    assert to_review(store.cards()) == []


def test_the_doubtful_come_first(store: Store) -> None:
    """Values below the threshold have the lowest numbers and are marked."""
    view = session(store).view()
    shown = screen.shown_entries(view.card, 0.6)
    assert [entry.kind for entry in shown[:2]] == ["organization", "email"]
    rows = screen.draw(view, screen.Terminal(protocol="none", colours=False))
    assert sum(" ! " in row for row in rows) == 2


def test_a_wrong_field_takes_a_number_the_text_and_enter(store: Store) -> None:
    """`2` edits the second value, pre-filled with what was read; it is sure from then on, and undo brings it back."""
    one = session(store, "orla@brightwater.com")
    press(one, "2")
    person = one._ask
    assert isinstance(person, Person)
    assert person.asked == [("e-mail: ", "orla@brightwater.corn")]
    mail = contact_of(store, "c-1").emails[0]
    assert (mail.value, mail.confidence, mail.rule) == ("orla@brightwater.com", 1.0, "review")
    press(one, "u")
    assert store.card("c-1") == card(1)


def test_a_value_that_cannot_be_is_refused_in_words(store: Store) -> None:
    """What is no mail address stays out, with the reason; the card is as it was."""
    one = session(store, "orla at home")
    press(one, "2")
    assert "not a mail address" in one.message
    assert store.card("c-1") == card(1)


def test_swap_move_add_and_drop(store: Store) -> None:
    """Name and organisation change places, a line becomes a field, a phone is added with its type, a title dropped."""
    one = session(store, "1, 3", "3 address", "phone mobile +49 30 123456", "3")
    press(one, "xl+-")
    contact = store.card("c-1").contact
    assert contact is not None
    assert contact.name is not None
    assert (contact.name.full, contact.organizations[0].value) == ("Brightwater Mil1s", "Orla Fennick")
    assert contact.titles == ()
    assert contact.addresses[0].full == "Mill Lane 4"
    assert contact.addresses[0].lines == (2,)
    assert (contact.phones[1].value, contact.phones[1].type) == ("+4930123456", "mobile")


def test_corrections_are_learned(store: Store) -> None:
    """The slip put right in one card is proposed in the next card of the same domain, and `=` takes it."""
    one = session(store, "orla@brightwater.com")
    press(one, "2a")
    assert [proposal.text for proposal in one.view().proposals] == ["orla@brightwater.com"]
    press(one, "=")
    assert contact_of(store, "c-2").emails[0].value == "orla@brightwater.com"


def test_notes_and_marks(store: Store) -> None:
    """A typed note has its facts, reckoned from the day of meeting; a star and 'hit it off' are facts as well."""
    one = session(store, "send pricing by Fri")
    press(one, "n*h")
    notes = store.card("c-1").notes
    assert notes[0].facts.promises[0].due == "2026-04-24"
    assert notes[1].facts.priority
    assert notes[2].facts.hit_it_off
    press(one, "h")
    assert len(store.card("c-1").notes) == 2


def test_two_persons_are_parted(store: Store) -> None:
    """Values of the second person go to a new card of the same place; undo takes the new card away again."""
    one = session(store, "4")
    press(one, "p")
    parted = [each for each in store.cards() if each.source.sha256 == "s1"]
    assert len(parted) == 2
    assert len({each.id for each in parted}) == 2
    press(one, "u")
    assert [each.id for each in store.cards()] == ["c-1", "c-2", "c-3"]


def test_another_card_is_named_in_three_ways(store: Store) -> None:
    """By its number among the nearest, by id, or by part of a name; who is no one, or several, is said."""
    front = replace(card(1), contact=Contact(name=Name("Tor Hallgren-Fennick")))
    store.put_card(front)
    one = session(store, "1", "c-3", "hallg", "fennick", "nobody")
    press(one, "s")
    for number, merged in ((1, "c-1"), (2, "c-3"), (3, "c-1")):
        press(one, "m")
        assert store.kinships()[-1].other == merged, number
        press(one, "u")
    press(one, "m")
    assert "2 cards are called so" in one.message
    press(one, "m")
    assert "nobody" in one.message
    assert [each.review.status for each in store.cards()] == ["needs-review"] * 3


def test_two_cards_are_joined_and_lose_nothing(store: Store) -> None:
    """The log knows who said that they are one contact; both cards stay as read, and undo parts them."""
    store.put_card(replace(card(2), contact=Contact(Name("Orla Fennick"), phones=(Phone("+442079460999", "x"),))))
    held = list(store.cards())
    one = session(store, "c-2", "c-2")
    press(one, "m")
    (said,) = store.kinships()
    assert (said.card, said.other, said.decision, said.by, said.at) == (
        "c-1", "c-2", "merged", "person", NOW.isoformat(),
    )  # fmt: skip
    assert list(store.cards()) == held
    contact = fold(store.cards(), store.kinships()).cards[0].contact
    assert contact is not None and [phone.value for phone in contact.phones] == ["+442079460958", "+442079460999"]
    press(one, "m")
    assert one.message == "these two are one contact already"
    press(one, "u")
    assert [each.decision for each in store.kinships()] == ["merged", "unmerged"]
    assert fold(store.cards(), store.kinships()).contact_of == {}


def test_a_joined_card_comes_next(store: Store) -> None:
    """Its own values go into the contact, so that they are asked about; undo brings back the order."""
    one = session(store, "c-3")
    press(one, "m")
    assert one.message == "one contact with Orla Fennick (3.jpg), which comes next"
    press(one, "a")
    assert one.card.id == "c-3"
    press(one, "uua")
    assert one.card.id == "c-2"


def test_a_line_becomes_a_note(store: Store) -> None:
    """A line of the card that is a note is kept as one with its facts, its place, and no field changed."""
    held = card(1)
    line = TextLine("send pricing by Fri", 0.5, QUAD, "handwriting")
    store.put_card(replace(held, lines=(*held.lines, line)))
    one = session(store, "4 note")
    press(one, "l")
    (note,) = store.card("c-1").notes
    assert (note.source, note.lines, note.facts.promises[0].due) == ("handwriting", (3,), "2026-04-24")
    assert store.card("c-1").contact == held.contact


def test_reasons_go_with_what_they_are_about(store: Store) -> None:
    """A reason that the doubtful mark says already is not said twice, and none outlives the value it was about."""
    reasons = ("mail address is unsure: orla@brightwater.corn", "title is unsure: Byuer", "two persons")
    view = screen.View(replace(card(1), review=Review("needs-review", reasons)), (1, 1), 0.6)
    assert screen.open_reasons(view) == ["two persons"]
    assert [entry.kind for entry in screen.doubtful_entries(view.card, 0.3)] == ["email"], "named, if not below 30 %"
    shown = view.card.contact
    assert shown is not None
    seen = replace(view.card, contact=replace(shown, emails=(Email("orla@brightwater.corn", 1.0),)))
    assert screen.doubtful_entries(seen, 0.3) == [], "a person has typed it"


def test_a_back_is_paired_and_leaves_the_queue(store: Store) -> None:
    """The back names its front and the front its back, and the log knows who said so; undo parts them."""
    one = session(store, "c-2")
    press(one, "b")
    assert store.card("c-1").source.side == "back"
    assert store.card("c-2").source.other_side == "c-1"
    assert [each.id for each in to_review(store.cards())] == ["c-2", "c-3"]
    (said,) = store.kinships()
    assert (said.kind, said.card, said.other, said.decision, said.by) == ("side", "c-2", "c-1", "merged", "person")
    assert said.at == NOW.isoformat()
    assert fold(store.cards(), store.kinships()).contact_of == {"c-1": "c-2"}
    press(one, "u")
    assert [store.card("c-1"), store.card("c-2")] == [card(1), card(2)]
    assert [each.decision for each in store.kinships()] == ["merged", "unmerged"]
    assert fold(store.cards(), store.kinships()).contact_of == {}


@pytest.mark.parametrize("logged", [True, False])
def test_a_back_has_one_front(store: Store, logged: bool) -> None:
    """A back that was put to another card before leaves it, logged or not; undo brings that pair back."""
    front, back = decisions.pair(card(3), card(1))
    rule = Kinship("side", "c-3", "c-1", sure=True, decision="merged", by="rule", at="2026-04-18T10:00:00+00:00")
    store.put_kinships([rule] if logged else [], [front, back])
    one = Session(store, ["c-1"], Person("c-2"), lambda: NOW, doubtful_below=0.6)
    press(one, "b")
    assert fold(store.cards(), store.kinships()).contact_of == {"c-1": "c-2"}
    assert store.card("c-3") == card(3)
    press(one, "u")
    assert [store.card("c-1"), store.card("c-2"), store.card("c-3")] == [back, card(2), front]
    assert fold(store.cards(), store.kinships()).contact_of == {"c-1": "c-3"}


def test_what_a_pen_drew_is_told(store: Store) -> None:
    """Signs stand below the notes in words, those that may be printed with a `perhaps`; a circle says around what."""
    marks = (Mark("star", QUAD, (), 0.95), Mark("circle", QUAD, (1,), 0.9), Mark("check", QUAD, (), 0.6))
    words = "a star, a circle around orla@brightwater.corn, perhaps a check mark"
    view = screen.View(replace(card(1), marks=marks), (1, 1), 0.6)
    assert f"drawn {words}" in screen.draw(view, screen.Terminal(protocol="none", colours=False))
    assert f"Drawn: {words}" in screen.plain(view)
    assert not any("drawn" in row.lower() for row in screen.plain(screen.View(card(1), (1, 1), 0.6)))


def test_an_impossible_date_in_a_note_is_a_reason_to_look(store: Store) -> None:
    """Also in a note that was typed just now, whose card is at hand to ask what was meant."""
    one = session(store, "send pricing by Feb 30")
    press(one, "n")
    assert screen.open_reasons(one.view()) == ["the note says Feb 30: no such day"]
    assert "? the note says Feb 30: no such day" in screen.draw(one.view(), screen.Terminal(protocol="none"))
    assert "Look at: the note says Feb 30: no such day" in screen.plain(one.view())


def test_quit_and_skip_keep_the_rest_for_next_time(store: Store) -> None:
    """Skipped and unseen cards come again; `u` after a skip goes back to the skipped card."""
    one = session(store)
    press(one, "sau")
    assert one.card.id == "c-2"
    press(one, "uq")
    assert one.finished
    assert len(to_review(store.cards())) == 3


def test_an_unknown_key_does_nothing(store: Store) -> None:
    """Any other key says where help is, and changes nothing."""
    one = session(store)
    for key in ("z", "\x1b", "7", "Ω"):
        one.press(key)
        assert one.message
    assert list(store.cards()) == [card(1), card(2), card(3)]


def test_auto_accepts_only_what_is_sure() -> None:
    """A card with one value below the threshold, without a name, or flagged for a reason is never accepted unseen."""
    sure = Contact(name=Name("Orla", confidence=0.99), emails=(Email("a@b.org", 0.97),))
    one = Card("c-9", Source("9.jpg"), sure)
    assert accepts(one, 0.95)
    assert not accepts(one, 0.98)
    assert not accepts(Card("c-9", Source("9.jpg"), sure, review=Review("needs-review")), 0.5)
    assert not accepts(Card("c-9", Source("9.jpg"), Contact()), 0.5)


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (200, 60)])
def test_a_screen_fits_the_terminal(store: Store, size: tuple[int, int]) -> None:
    """No more rows than the terminal has, nothing a terminal could obey, whatever the card says."""
    hostile = card(4, mail="x\x1b]52;c;aaaa\x07\u202e@evil.example")
    view = screen.View(hostile, (1, 1), 0.6, message="\x1b[2J")
    rows = screen.draw(view, screen.Terminal(*size, protocol="none", colours=False))
    assert len(rows) <= size[1]
    assert not any(char in "".join(rows) for char in "\x1b\x07\u202e")
    assert not any(char in "".join(screen.plain(view)) for char in "\x1b\x07\u202e")


def test_a_long_list_stands_in_columns() -> None:
    """Sixty lines of a card fit above the prompt of 24 rows, each with its number; a row too wide is cut."""
    rows = [f"{number:>3}  {'wide ' * 30}" for number in range(1, 61)]
    shown = screen.abreast(rows, screen.Terminal())
    assert len(shown) <= 21
    assert all(len(row) < 80 for row in shown)
    assert all(f"{number:>3}  " in "\n".join(shown) for number in range(1, 61))
