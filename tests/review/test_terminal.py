"""`cardscan review` by keys alone, on a real terminal of 80 x 24 inside tmux."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

import pytest

from cardscan.record import Card, Contact, Email, Name, Organization, Phone, Review, Source, TextLine, Title
from cardscan.store import Store
from cardscan.terminal import width
from tests.flat_card import LINES, flat_card

pytestmark = pytest.mark.needs("tmux")
COMMAND = [sys.executable, "-m", "cardscan", "review", "--now", "2026-04-20T09:00:00+00:00"]
PEOPLE = (
    "Orla Fennick", "Bram Oosting", "Ines Valverde", "Tor Hallgren", "Mei Lindqvist", "Paul Okafor", "Rosa Brandt",
    "Ivo Marek", "Lena Aalto", "Hugo Serra",
)  # fmt: skip
QUAD = ((0.0, 0.0), (1050.0, 0.0), (1050.0, 600.0), (0.0, 600.0))
WRONG = {
    2: ("title", "Head of Purchasing"),
    5: ("e-mail", "paul@brightwater-mills.co.uk"),
    8: ("organisation", "Brightwater Mills Ltd"),
}
"""Cards with one wrong field, by number: its label and what is true."""


def sample(number: int, name: str, photo: Path) -> Card:
    """A card to review; those in WRONG have one field misread, which is doubtful."""
    wrong, _ = WRONG.get(number, ("", ""))
    host = "brightwater-mi11s.co.uk" if wrong == "e-mail" else "brightwater-mills.co.uk"
    title, organization = ("Head of Purchas1ng", 0.4), ("Brightwater Mil1s Ltd", 0.4)
    contact = Contact(
        name=Name(name, given=name.split()[0], family=name.split()[1], confidence=0.97, lines=(0,)),
        titles=(Title(*(title if wrong == "title" else ("Head of Purchasing", 0.95)), (1,)),),
        organizations=(
            Organization(organization[0], confidence=0.4, lines=(2,))
            if wrong == "organisation"
            else Organization("Brightwater Mills Ltd", confidence=0.9, lines=(2,)),
        ),
        phones=(Phone("+442079460958", "+44 20 7946 0958", type="work", valid=True, lines=(3,)),),
        emails=(Email(f"{name.split()[0].lower()}@{host}", 0.4 if wrong == "e-mail" else 0.98, (4,)),),
    )
    lines = tuple(
        TextLine(
            text, 0.9, ((70.0, top), (70.0 + size * len(text) / 2, top), (700.0, top + 1.2 * size), (70.0, top + size))
        )
        for text, size, top in LINES
    )
    source = Source(str(photo), f"s{number}", quad=QUAD)
    return Card(f"c-{number}", source, contact, lines=lines, review=Review("needs-review", ("the print is faint",)))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Ten cards that need a person."""
    photo = flat_card(tmp_path / "card.png")
    path = tmp_path / "cards.sqlite"
    with Store.open(str(path)) as held:
        for number, name in enumerate(PEOPLE):
            held.put_photo(f"s{number}", [sample(number, name, photo)])
    return path


class Screen:
    """A terminal of its own, keys in and screens out."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._socket = f"cardscan-{uuid4().hex[:8]}"
        self.keys = 0
        self.columns = columns
        self._tmux("-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def start(self, store: Path, *options: str) -> None:
        """Review the cards of a store, in place of what ran before."""
        line = shlex.join(["env", "PS1=$ ", *COMMAND, "--store", str(store), *options])
        self._tmux("respawn-pane", "-k", f"{line}; echo LEFT=$?; exec sleep 600")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self.keys += len(keys)
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it stands; it is no command key, so it is not counted."""
        self._tmux("send-keys", "-l", text)

    def until(self, wanted: Callable[[str], bool] | str) -> str:
        """Wait for a screen, and give it; every screen keeps within its columns."""
        seen = ""
        for _ in range(2400):
            seen = self._tmux("capture-pane", "-p")
            assert all(width(row) <= self.columns for row in seen.splitlines())
            if wanted in seen if isinstance(wanted, str) else wanted(seen):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"never seen: {wanted}; the screen is\n{seen}")

    def close(self) -> None:
        """End this terminal and what runs in it."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        run = subprocess.run(["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=True)
        return run.stdout


@pytest.fixture
def terminal() -> Iterator[Screen]:
    """A terminal of 80 x 24."""
    made = Screen()
    yield made
    made.close()


def last_row(screen: str) -> str:
    """The lowest row that holds anything."""
    return (screen.rstrip().splitlines() or [""])[-1]


def shown(place: str) -> Callable[[str], bool]:
    """Whether a screen is drawn to its end and shows the card at a place, as in `1 of 8`."""
    return lambda seen: f"{place}: " in seen and "? help" in last_row(seen)


def card_of(store: Path, number: int) -> Card:
    """A card as the store has it now."""
    with Store.open(str(store)) as held:
        return held.card(f"c-{number}")


def test_ten_cards_by_keys_alone(store: Path, terminal: Screen) -> None:
    """A right card takes one key (the median), one with a wrong field at most six and the typing; all are reviewed."""
    terminal.start(store)
    right, wrong = [], []
    for number, name in enumerate(PEOPLE):
        screen = terminal.until(shown(f"{number + 1} of 10"))
        assert name in screen
        before = terminal.keys
        if number in WRONG:
            label, truth = WRONG[number]
            assert f" 1 ! {label}" in screen
            terminal.press("1")
            terminal.until(lambda seen: last_row(seen).startswith(f"{label}: "))  # noqa: B023
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
    assert all(card_of(store, number).review.status == "reviewed" for number in range(10))
    assert card_of(store, 2).contact.titles[0].value == "Head of Purchasing"
    assert card_of(store, 5).contact.emails[0].value == "paul@brightwater-mills.co.uk"
    assert card_of(store, 8).contact.organizations[0].value == "Brightwater Mills Ltd"


def test_it_goes_on_where_it_stopped(store: Path, terminal: Screen) -> None:
    """After two cards and `q` the next review begins with the third; a terminal that is shut loses nothing either."""
    terminal.start(store)
    for number in (0, 1):
        terminal.until(shown(f"{number + 1} of 10"))
        terminal.press("a")
    terminal.until(shown("3 of 10"))
    terminal.press("q")
    terminal.until("LEFT=0")
    terminal.start(store)
    assert PEOPLE[2] in terminal.until(shown("1 of 8"))
    terminal.press("a")
    terminal.until(shown("2 of 8"))
    terminal.start(store)
    assert PEOPLE[3] in terminal.until(shown("1 of 7"))


def test_help_undo_and_keys_that_are_none(store: Path, terminal: Screen) -> None:
    """`?` shows the keys, any key goes back; a key that is none says so; `u` brings the last card again."""
    terminal.start(store)
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
    assert card_of(store, 0).review.status == "needs-review"


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (220, 60)])
def test_other_sizes(store: Path, columns: int, rows: int) -> None:
    """On a small terminal the title, the doubtful value and the keys are seen; on a large one nothing is lost."""
    screen = Screen(columns, rows)
    try:
        screen.start(store, f"c-{min(WRONG)}")
        seen = screen.until(lambda seen: "1 of 1: " in seen and "a accept" in last_row(seen))
        assert " 1 ! title" in seen
        assert ("Head of Purchas1ng" if columns > 60 else "Head of P") in seen
    finally:
        screen.close()


def test_plain_words_through_a_pipe(store: Path) -> None:
    """`--plain`, and any pipe, takes a letter a line and answers in sentences without a control character."""
    keys = "a\n?\ns\n1\nHead of Purchasing\na\nq\n"
    run = subprocess.run(
        [*COMMAND, "--store", str(store), "--plain"], input=keys, capture_output=True, text=True, check=True
    )
    assert "1. title: Head of Purchas1ng (doubtful, 40% sure)" in run.stdout
    assert "Enter keeps Head of Purchas1ng" in run.stdout
    assert "\x1b" not in run.stdout
    assert card_of(store, 2).contact.titles[0].value == "Head of Purchasing"
    assert [card_of(store, number).review.status for number in range(3)] == ["reviewed", "needs-review", "reviewed"]
    again = subprocess.run([*COMMAND, "--store", str(store)], input="", capture_output=True, text=True, check=True)
    assert "1 of 8" in again.stdout
