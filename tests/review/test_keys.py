"""Each key of the prompt, pressed on a real terminal of 80 x 24: what the screen says, and what the store has then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cardscan.record import Review
from cardscan.store import Store
from tests.review.ten_cards import PEOPLE, card_of
from tests.tmux import Screen, asked, last_row, shown

pytestmark = pytest.mark.needs("tmux")


def ready(seen: str) -> bool:
    """Whether a card is drawn to its end and waits for a key."""
    return "? help" in last_row(seen)


def answered(terminal: Screen, key: str, answer: str, wanted: str) -> str:
    """Press a key that asks, wait for its question, type the answer; gives the screen that shows what is wanted."""
    terminal.press(key)
    terminal.until(lambda seen: not ready(seen) and last_row(seen).rstrip().endswith((":", "?", "…:")))
    terminal.type(answer)
    terminal.press("Enter")
    return terminal.until(lambda seen: wanted in seen and ready(seen))


def pressed(terminal: Screen, key: str, wanted: str) -> str:
    """Press a key that does not ask; gives the screen that shows what is wanted."""
    terminal.press(key)
    return terminal.until(lambda seen: wanted in seen and ready(seen))


def test_keys_that_change_values(ten_cards: Path, terminal: Screen) -> None:
    """Swap, a line to a field, add, a numbered value, drop, undo: each is seen at once and is in the store."""
    terminal.start(ten_cards, "c-2")
    terminal.until(shown("1 of 1"))
    assert " name           100%  Head of Purchas1ng" in answered(
        terminal, "x", "1 2", "title          100%  Ines Valverde"
    )
    assert "name            97%  Ines Valverde" in pressed(terminal, "u", "taken back")
    answered(terminal, "l", "6 url", "web            100%  https://www.brightwater-mills.co.uk")
    assert card_of(ten_cards, 2).contact.urls[0].lines == (5,)
    answered(terminal, "+", "phone mobile +44 7700 900123", "mobile phone   100%  +447700900123")
    terminal.press("0")  # the number is asked for first, then the value
    terminal.until(asked("which value?"))
    terminal.press("4", "Enter")
    terminal.until(asked("work phone: "))
    terminal.press("C-u")
    terminal.type("+44 20 7946 0999")
    terminal.press("Enter")
    terminal.until(lambda seen: "work phone     100%  +442079460999" in seen and ready(seen))
    answered(terminal, "-", "3", "work phone")
    terminal.until(lambda seen: "organisation" not in seen and ready(seen))
    contact = card_of(ten_cards, 2).contact
    assert [phone.value for phone in contact.phones] == ["+442079460999", "+447700900123"]
    assert contact.organizations == ()


def test_the_line_editor_completes_and_remembers(ten_cards: Path, terminal: Screen) -> None:
    """Tab completes a field and a line of the card; the up key brings back what was typed before."""
    terminal.start(ten_cards, "c-0")
    terminal.until(shown("1 of 1"))
    terminal.press("+")
    terminal.until(asked("field and value"))
    terminal.type("pho")
    terminal.press("Tab")
    terminal.until(lambda seen: last_row(seen).endswith(": phone"))
    terminal.type(" mobile +49 30 123456")
    terminal.press("Enter")
    terminal.until(lambda seen: "+4930123456" in seen and ready(seen))
    terminal.press("+")
    terminal.until(asked("field and value"))
    terminal.press("Up")
    terminal.until(lambda seen: last_row(seen).endswith("phone mobile +49 30 123456"))
    terminal.press("C-c")
    terminal.until(ready)
    terminal.press("2")
    terminal.until(asked("title: "))
    terminal.press("C-u")
    terminal.type("head")
    terminal.press("Tab")
    terminal.until("title: Head of Purchasing")


def test_keys_about_the_person(ten_cards: Path, terminal: Screen) -> None:
    """Note, event, both marks: shown below the values and in the title; a second press takes a mark away."""
    terminal.start(ten_cards, "c-0")
    terminal.until(shown("1 of 1"))
    answered(terminal, "n", "send pricing by Fri", "note  send pricing by Fri")
    answered(terminal, "e", "Expo 2026", "/card.png · Expo 2026")
    pressed(terminal, "*", "note  VIP")
    pressed(terminal, "h", "note  hit it off")
    terminal.press("*")
    terminal.until(lambda seen: "note  VIP" not in seen and ready(seen))
    held = card_of(ten_cards, 0)
    assert [note.text for note in held.notes] == ["send pricing by Fri", "hit it off"]
    assert (held.notes[0].facts.promises[0].due, held.notes[1].facts.hit_it_off) == ("2026-04-24", True)
    assert held.event.name == "Expo 2026"


def test_keys_about_several_cards(ten_cards: Path, terminal: Screen) -> None:
    """Two persons are parted, two cards are joined, a back is paired, one is dismissed; undo brings all of it back."""
    terminal.start(ten_cards, "c-0", "c-1", "c-3")
    terminal.until(shown("1 of 3"))
    answered(terminal, "p", "1 4", "1 of 4")
    terminal.press("m")
    terminal.until("which card is of the same contact?")
    terminal.type("Bram")
    terminal.press("Enter")
    terminal.until("which comes next")
    assert card_of(ten_cards, 1).review.status == "needs-review"
    terminal.press("u")
    terminal.until("taken back")
    pressed(terminal, "u", "1 of 3")
    terminal.press("b")
    listed = terminal.until("this is the back of which card?")
    assert all(f"{name} (card.png)" in listed for name in PEOPLE[1:])
    terminal.type("1")
    terminal.press("Enter")
    terminal.until(shown("2 of 3"))
    back = card_of(ten_cards, 0)
    assert (back.source.side, back.source.other_side) == ("back", "c-1")
    pressed(terminal, "d", "3 of 3")
    assert card_of(ten_cards, 1).review.status == "dismissed"
    terminal.press("s")
    terminal.until("LEFT=0")


def test_a_slip_is_put_right_once(ten_cards: Path, terminal: Screen) -> None:
    """What was corrected in one card is proposed in the next one that repeats it, and `=` takes it: two keys a card."""
    with Store.open(str(ten_cards)) as store:
        store.put_correction("email", "ada@brightwater-mi11s.co.uk", "ada@brightwater-mills.co.uk")
    terminal.start(ten_cards, "c-5")
    terminal.until(lambda seen: "= paul@brightwater-mills.co.uk (as you said before)" in seen and ready(seen))
    before = terminal.keys
    pressed(terminal, "=", "e-mail         100%  paul@brightwater-mills.co.uk")
    terminal.press("a")
    terminal.until("LEFT=0")
    assert terminal.keys - before == 2
    assert card_of(ten_cards, 5).review.status == "reviewed"


def test_keys_typed_ahead_are_all_heard(ten_cards: Path, terminal: Screen) -> None:
    """Ten keys in one burst, and a burst with answers in it, are taken one by one and in order."""
    terminal.start(ten_cards)
    terminal.until(shown("1 of 10"))
    terminal.press("a", "s", "a")
    terminal.until(shown("4 of 10"))
    terminal.press("n", *"call her", "Enter", "1", "C-u", *"Tor Halgren", "Enter", "a", "a")
    terminal.until(shown("6 of 10"))
    assert [card_of(ten_cards, number).review.status for number in range(5)] == [
        "reviewed", "needs-review", "reviewed", "reviewed", "reviewed",
    ]  # fmt: skip
    fourth = card_of(ten_cards, 3)
    assert (fourth.notes[0].text, fourth.contact.name.full) == ("call her", "Tor Halgren")


@pytest.mark.parametrize(("options", "picture"), [((), True), (("--no-picture",), False)])
def test_the_picture_in_half_blocks(ten_cards: Path, terminal: Screen, options: tuple[str, ...], picture: bool) -> None:
    """Inside tmux the card is drawn in cells and the doubtful value's line in dots, unless pictures are off."""
    terminal.start(ten_cards, "c-2", *options)
    seen = terminal.until(shown("1 of 1"))
    assert ("▀▀▀▀" in seen) == picture
    assert any("\u2801" <= char <= "\u28ff" for char in seen) == picture
    if picture:
        dots = [row for row in seen.splitlines() if any("\u2801" <= char <= "\u28ff" for char in row)]
        terminal.press("5")  # the mail address: now its line is shown
        other = terminal.until(asked("e-mail: "))
        assert not any(row in other for row in dots)


def test_auto_says_what_it_took(ten_cards: Path, terminal: Screen) -> None:
    """`--auto` accepts what is sure in every value and was not flagged, says how many, and asks about the rest."""
    with Store.open(str(ten_cards)) as store:
        for number in range(4):
            held = store.card(f"c-{number}")
            store.put_card(replace(held, review=Review("ok")))
    terminal.start(ten_cards, "--auto=0.85")
    seen = terminal.until(shown("1 of 6"))
    assert "accepted 3 of 10 cards unseen (all values at least 85% sure)" in seen
    assert [card_of(ten_cards, number).review.status for number in range(4)] == ["reviewed"] * 2 + ["ok", "reviewed"]
    terminal.start(ten_cards, "--auto", "--no-input")
    assert "accepted 3 of 10" not in terminal.until("LEFT=0")
