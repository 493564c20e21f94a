"""What the tests of the prompt share: a store of ten cards, and a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cardscan.store import Store
from tests.flat_card import flat_card
from tests.review.ten_cards import PEOPLE, sample
from tests.tmux import Screen


@pytest.fixture
def ten_cards(tmp_path: Path) -> Path:
    """Ten cards that need a person."""
    photo = flat_card(tmp_path / "card.png")
    path = tmp_path / "cards.sqlite"
    with Store.open(str(path)) as held:
        for number, name in enumerate(PEOPLE):
            held.put_photo(f"s{number}", [sample(number, name, photo)])
    return path


@pytest.fixture
def terminal() -> Iterator[Screen]:
    """A terminal of 80 x 24."""
    made = Screen()
    yield made
    made.close()
