"""Ten sample photos, scanned and then reviewed by keys alone until each card says what is true."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from cardscan.record import Card
from cardscan.review.screen import shown_entries
from cardscan.store import Store
from tests.tmux import Screen, asked, last_row, shown

pytestmark = [pytest.mark.needs("tmux"), pytest.mark.slow]
SAMPLES = Path(__file__).parents[2] / "samples"
FIELDS = {
    "name": ("names", "names_also"),
    "title": ("titles",),
    "organization": ("organizations", "organizations_also"),
    "email": ("emails",),
    "phone": ("phones",),
}


def test_ten_sample_cards_by_keys_alone(tmp_path: Path) -> None:
    """A right card takes one key in the median; a wrong field at most five and the typing, then one key accepts."""
    truth = {}
    for line in (SAMPLES / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        photo = json.loads(line)
        if len(photo["cards"]) == 1 and len(photo["cards"][0]["fields"]["names"]) == 1 and len(truth) < 10:
            truth[str(SAMPLES / photo["file"])] = photo["cards"][0]["fields"]
    store = tmp_path / "cards.sqlite3"
    scan = [sys.executable, "-m", "cardscan", "scan", *truth, "--store", str(store), "--jobs", "1", "--quiet"]
    subprocess.run(scan, check=True, capture_output=True, timeout=590)
    right, wrong = [], []
    screen = Screen()
    try:
        screen.start(store, "--all")
        with Store.open(str(store)) as opened:
            cards = list(opened.cards())
            assert len(cards) == 10
            for number, card in enumerate(cards, start=1):
                screen.until(shown(f"{number} of 10"))
                before = screen.keys
                fixed = 0
                while (slip := wrong_entry(opened.card(card.id), truth[card.source.path])) is not None:
                    put_right(screen, *slip)
                    fixed += 1
                    assert fixed < 9
                screen.press("a")
                (wrong if fixed else right).append((screen.keys - before, fixed))
        screen.until("LEFT=0")
    finally:
        screen.close()
    assert len(right) + len(wrong) == 10 and len(right) >= 5
    assert median(keys for keys, _ in right) == 1
    assert all(keys <= 5 * fixed + 1 for keys, fixed in wrong)


def wrong_entry(card: Card, fields: dict) -> tuple[int, str, str] | None:
    """Number, question and truth of the first value that is not what the card really says, if there is one."""
    assert card.contact is not None
    entries = shown_entries(card, 0.6)
    for number, entry in enumerate(entries, start=1):
        if entry.kind not in FIELDS:
            continue
        true = [text for field in FIELDS[entry.kind] for text in fields[field]]
        true = [text["e164"] if isinstance(text, dict) else text for text in true]
        held = {plain(each.text) for each in entries if each.kind == entry.kind}
        missing = [text for text in true if plain(text) not in held]
        if missing and plain(entry.text) not in {plain(text) for text in true}:
            return number, entry.label, missing[0]
    return None


def plain(text: str) -> str:
    """A text without what a reader would not call different: case and blanks."""
    return "".join(text.casefold().split())


def put_right(screen: Screen, number: int, label: str, text: str) -> None:
    """The number of a value, an empty line, the truth, Enter."""
    screen.press(*(["0", *str(number), "Enter"] if number > 9 else [str(number)]))
    screen.until(asked(f"{label}: "))
    screen.press("C-u")
    screen.type(text)
    screen.press("Enter")
    screen.until(lambda seen: "? help" in last_row(seen))
