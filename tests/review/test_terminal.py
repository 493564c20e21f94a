"""`cardscan review` by keys alone, on a real terminal of 80 x 24 inside tmux."""

from __future__ import annotations

import subprocess
from pathlib import Path
from statistics import median

import pytest

from tests.review.ten_cards import PEOPLE, WRONG, card_of
from tests.tmux import COMMAND, Screen, asked, last_row, shown

pytestmark = pytest.mark.needs("tmux")


def test_ten_cards_by_keys_alone(ten_cards: Path, terminal: Screen) -> None:
    """A right card takes one key (the median), one with a wrong field at most six and the typing; all are reviewed."""
    terminal.start(ten_cards)
    right, wrong = [], []
    for number, name in enumerate(PEOPLE):
        screen = terminal.until(shown(f"{number + 1} of 10"))
        assert name in screen
        before = terminal.keys
        if number in WRONG:
            label, truth = WRONG[number]
            assert f" 1 ! {label}" in screen
            terminal.press("1")
            terminal.until(asked(f"{label}: "))
            terminal.press("C-u")
            terminal.type(truth)
            terminal.press("Enter")
            terminal.until(lambda seen: " 1 !" not in seen and "? help" in last_row(seen))
            terminal.press("a")
            wrong.append(terminal.keys - before)
        else:
            terminal.press("a")
            right.append(terminal.keys - before)
    terminal.until("LEFT=0")
    assert median(right) == 1
    assert max(wrong) <= 6
    assert all(card_of(ten_cards, number).review.status == "reviewed" for number in range(10))
    assert card_of(ten_cards, 2).contact.titles[0].value == "Head of Purchasing"
    assert card_of(ten_cards, 5).contact.emails[0].value == "paul@brightwater-mills.co.uk"
    assert card_of(ten_cards, 8).contact.organizations[0].value == "Brightwater Mills Ltd"


def test_it_goes_on_where_it_stopped(ten_cards: Path, terminal: Screen) -> None:
    """After two cards and `q` the next review begins with the third; a terminal that is shut loses nothing either."""
    terminal.start(ten_cards)
    for number in (0, 1):
        terminal.until(shown(f"{number + 1} of 10"))
        terminal.press("a")
    terminal.until(shown("3 of 10"))
    terminal.press("q")
    terminal.until("LEFT=0")
    terminal.start(ten_cards)
    assert PEOPLE[2] in terminal.until(shown("1 of 8"))
    terminal.press("a")
    terminal.until(shown("2 of 8"))
    terminal.start(ten_cards)
    assert PEOPLE[3] in terminal.until(shown("1 of 7"))


def test_help_undo_and_keys_that_are_none(ten_cards: Path, terminal: Screen) -> None:
    """`?` shows the keys, any key goes back; a key that is none says so; `u` brings the last card again."""
    terminal.start(ten_cards)
    terminal.until(shown("1 of 10"))
    terminal.press("?")
    assert "undo the last decision" in terminal.until("any key goes back")
    terminal.press("Space")
    terminal.until(shown("1 of 10"))
    terminal.press("z")
    terminal.until("'z' is no key here")
    terminal.press("a")
    terminal.until(shown("2 of 10"))
    terminal.press("u")
    assert PEOPLE[0] in terminal.until("taken back")
    assert card_of(ten_cards, 0).review.status == "needs-review"


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (220, 60)])
def test_other_sizes(ten_cards: Path, columns: int, rows: int) -> None:
    """On a small terminal the title, the doubtful value and the keys are seen; on a large one nothing is lost."""
    screen = Screen(columns, rows)
    try:
        screen.start(ten_cards, f"c-{min(WRONG)}")
        seen = screen.until(lambda seen: "1 of 1: " in seen and "a accept" in last_row(seen))
        assert "? help" in last_row(seen)
        assert " 1 ! title" in seen
        assert ("Head of Purchas1ng" if columns > 60 else "Head of P") in seen
    finally:
        screen.close()


def test_plain_words_through_a_pipe(ten_cards: Path) -> None:
    """`--plain`, and any pipe, takes a letter a line and answers in sentences without a control character."""
    keys = "a\n?\ns\n1\nHead of Purchasing\na\nq\n"
    run = subprocess.run(
        [*COMMAND, "--store", str(ten_cards), "--plain"], input=keys, capture_output=True, text=True, check=True
    )
    assert "1. title: Head of Purchas1ng (doubtful, 40% sure)" in run.stdout
    assert "Enter keeps Head of Purchas1ng" in run.stdout
    assert "\x1b" not in run.stdout
    assert card_of(ten_cards, 2).contact.titles[0].value == "Head of Purchasing"
    assert [card_of(ten_cards, number).review.status for number in range(3)] == ["reviewed", "needs-review", "reviewed"]
    again = subprocess.run([*COMMAND, "--store", str(ten_cards)], input="", capture_output=True, text=True, check=True)
    assert "1 of 8" in again.stdout
