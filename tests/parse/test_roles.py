"""Claims about the learned roles of print: the models' files, their judgement, and what it may not do."""

from __future__ import annotations

import numpy as np
import pytest

from cardscan import assets
from cardscan.errors import ModelError
from cardscan.forest import forest
from cardscan.options import ParseOptions
from cardscan.parse import extract
from cardscan.parse.assign import assign
from cardscan.parse.join_evidence import JOIN_NAMES, join_evidence, pairs_of
from cardscan.parse.role_evidence import NAMES, role_evidence
from cardscan.parse.role_model import JOIN_MODEL, ROLE_MODEL, role_odds
from cardscan.parse.role_odds import ROLES, UNSEEN
from cardscan.parse.seen import Seen, seen
from cardscan.parse.spans import cut_apart
from cardscan.record import Page, TextLine


def page_of(*rows: tuple[str, float, float, float]) -> Page:
    """A page of (text, left, top, height) rows."""
    lines = []
    for text, left, top, height in rows:
        right = left + 0.5 * height * len(text)
        lines.append(TextLine(text, 0.98, ((left, top), (right, top), (right, top + height), (left, top + height))))
    return Page(1000, 600, tuple(lines))


def card_of(*rows: tuple[str, float, float, float]) -> Seen:
    """A card taken apart."""
    return seen(page_of(*rows), ParseOptions())


def best_roles(card: Seen) -> dict[str, str]:
    """The likeliest role of each piece."""
    odds = role_odds(card.pieces, card.around)
    return {piece.text: max(ROLES, key=lambda role: odds.of(piece, role)) for piece in card.pieces}


# A trade and a line of work that no word list holds.
PLAIN = (
    ("KELVANDRO", 60, 40, 60), ("Growing with your ideas", 60, 110, 24), ("Anneke Tolvanen", 60, 230, 40),
    ("Learning mentor", 60, 280, 24), ("+49 30 901820", 60, 400, 24),
    ("anneke.tolvanen@kelvandro.example", 60, 430, 24), ("Lindenweg 12", 60, 480, 24), ("10115 Berlin", 60, 510, 24),
)  # fmt: skip


@pytest.mark.parametrize(("model", "features"), [(ROLE_MODEL, NAMES), (JOIN_MODEL, JOIN_NAMES)])
def test_models_are_the_ones_in_the_manifest(model, features):
    """Each file is there, is verified, and its trees only name columns and nodes that exist."""
    assert assets.path(model).is_file()
    trees = forest(model, features)
    nodes = len(trees.feature)
    assert trees.feature.min() >= 0 and trees.feature.max() < len(features)
    assert trees.steps.min() >= 0 and trees.steps.max() < nodes
    assert np.isfinite(trees.value).all() and trees.depth <= 20


def test_a_model_for_other_evidence_is_refused():
    """Columns that the model was not trained on are a ModelError that names the remedy."""
    with pytest.raises(ModelError, match="install cardscan anew"):
        forest(ROLE_MODEL, (*NAMES[:-1], "something else"))


def test_evidence_has_its_columns():
    """Evidence has one finite row a piece or pair, as wide as its names."""
    card = card_of(*PLAIN)
    rows = role_evidence(card.pieces, card.around)
    assert rows.shape == (len(card.pieces), len(NAMES)) and np.isfinite(rows).all()
    pairs = pairs_of(card.pieces)
    rows = join_evidence(pairs, card.pieces, UNSEEN, card.cues)
    assert rows.shape == (len(pairs), len(JOIN_NAMES)) and np.isfinite(rows).all()
    assert len(set(NAMES)) == len(NAMES) and len(set(JOIN_NAMES)) == len(JOIN_NAMES)


def test_the_same_card_has_the_same_odds():
    """Judging twice gives the same odds, and turned pixels sizes do not matter: roles come from proportions."""
    card = card_of(*PLAIN)
    assert role_odds(card.pieces, card.around) == role_odds(card.pieces, card.around)
    doubled = card_of(*((text, 2 * x, 2 * y, 2 * height) for text, x, y, height in PLAIN))
    assert best_roles(doubled) == best_roles(card)


def test_roles_of_a_plain_card():
    """Firm, slogan, name, title and address of a card whose words no list knows are told apart."""
    assert best_roles(card_of(*PLAIN)) == {
        "KELVANDRO": "organization", "Growing with your ideas": "other", "Anneke Tolvanen": "name",
        "Learning mentor": "title", "Lindenweg 12": "address", "10115 Berlin": "address",
    }  # fmt: skip


def test_learned_where_the_rules_alone_are_wrong():
    """A title that no list holds is found with the models and missed or misplaced without."""
    card = card_of(*PLAIN[:3], ("Learning mentor", 60, 330, 24), *PLAIN[4:6])
    odds = role_odds(card.pieces, card.around)
    without = assign(card.pieces, card.cues, card.around.mixed)
    learned = assign(card.pieces, card.cues, card.around.mixed, odds)
    assert [title.text for title in without.titles] != ["Learning mentor"]
    assert [title.text for title in learned.titles] == ["Learning mentor"]
    assert [candidate.reading.name.full for candidate in learned.names] == ["Anneke Tolvanen"]


def test_two_lines_of_one_name():
    """A name broken over two lines of unlike size is one name."""
    rows = (
        ("Brightmoor Textiles Ltd", 60, 40, 30), ("Ottoline", 60, 200, 52), ("Fairweather", 60, 256, 36),
        ("Sales Manager", 60, 300, 24), ("ottoline.fairweather@brightmoor.example", 60, 420, 24),
    )  # fmt: skip
    contacts = extract(page_of(*rows)).contacts
    assert [contact.name.full for contact in contacts if contact.name] == ["Ottoline Fairweather"]


def test_a_line_is_cut_where_both_halves_have_roles():
    """A firm and its address on one line are two things, though no list knows the firm."""
    rows = (
        ("Orla Pendrick", 60, 60, 44), ("Managing Director", 60, 110, 24),
        ("Kelvandro · 14 Harbour Street · Leeds LS1 4DL", 60, 300, 24), ("+44 113 496 0123", 60, 340, 24),
        ("orla@kelvandro.example", 60, 380, 24),
    )  # fmt: skip
    card = card_of(*rows)
    pieces, odds = cut_apart(card.pieces, card.around)
    kelvandro = next(piece for piece in pieces if piece.text == "Kelvandro")
    assert odds.of(kelvandro, "organization") > 0
    contact = extract(page_of(*rows)).contacts[0]
    assert [firm.value for firm in contact.organizations] == ["Kelvandro"]
    assert [address.full for address in contact.addresses] == ["14 Harbour Street · Leeds LS1 4DL"]


def test_rules_keep_their_veto():
    """What holds digits or a mail address becomes no name or title, whatever stands around it."""
    rows = (("Anneke Tolvanen", 60, 60, 44), ("X77 90210 4471", 60, 110, 24), ("who@what@where", 60, 140, 24))
    contacts = extract(page_of(*rows)).contacts
    assert all("9" not in title.value and "@" not in title.value for c in contacts for title in c.titles)
    assert [contact.name.full for contact in contacts if contact.name] == ["Anneke Tolvanen"]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00\x1b[2J", "A" * 100_000, "a, " * 30_000, "| · • " * 500, "ﷺ" * 300, "\u202eevil", "1-" * 400,
        "漢字," * 200,
    ],
)  # fmt: skip
def test_hostile_lines(text):
    """Nothing printed breaks the models, and nothing is read from an empty line."""
    page = page_of(("Anneke Tolvanen", 60, 60, 44), (text[:200_000], 60, 200, 24), ("Learning mentor", 60, 110, 24))
    reading = extract(page)
    assert len(reading.roles) == 3
    assert all(name.full == "Anneke Tolvanen" for name in (c.name for c in reading.contacts) if name)


def test_work_is_bounded():
    """A page of hundreds of lines has a bounded number of pairs and pieces that are looked at."""
    rows = tuple((f"Line number {i} of many", 60.0, 30.0 * i, 24.0) for i in range(400))
    card = card_of(*rows)
    assert len(card.pieces) <= 150
    assert len(pairs_of(card.pieces)) <= 80


def test_boxes_without_extent():
    """Lines whose boxes are points or lie upside down are judged all the same."""
    point = ((5.0, 5.0),) * 4
    page = Page(10, 10, (TextLine("Anneke Tolvanen", 0.9, point), TextLine("Kelvandro Ltd", 0.0, point[::-1])))
    assert len(extract(page).roles) == 2


def test_a_page_without_print_has_no_odds():
    """No piece, no judgement."""
    card = seen(Page(100, 100), ParseOptions())
    assert role_odds(card.pieces, card.around) is UNSEEN
    assert UNSEEN.unity(()) == 0.0
