"""Claims about lines that hold two things."""

from __future__ import annotations

import pytest

from cardscan.parse.layout import pieces_of
from cardscan.parse.splitting import split_pieces
from cardscan.record import Page, TextLine


def split(text):
    box = ((0.0, 0.0), (400.0, 0.0), (400.0, 20.0), (0.0, 20.0))
    return [piece.text for piece in split_pieces(pieces_of(Page(500, 300, (TextLine(text, 0.9, box),)), ()))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jane Doe, CEO", ["Jane Doe", "CEO"]),
        ("Jane Doe | Sales Director", ["Jane Doe", "Sales Director"]),
        ("CEO: Jane Doe", ["CEO", "Jane Doe"]),
        ("Jane Doe Managing Director", ["Jane Doe", "Managing Director"]),
        ("Sales Manager | Acme Freight Ltd", ["Sales Manager", "Acme Freight Ltd"]),
        ("Acme Freight Ltd, 12 High Street, London W1A 1AA", ["Acme Freight Ltd", "12 High Street, London W1A 1AA"]),
        ("代表取締役 山田太郎", ["代表取締役", "山田太郎"]),
        ("销售总监 Sales Director", ["销售总监", "Sales Director"]),
        ("Contact: Jane Doe", ["Jane Doe"]),
    ],
)
def test_lines_of_two_things(text, parts):
    """A line that holds a name and a title, a title and a firm, or two scripts is cut between them."""
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    ["DOE, Jane", "Jane Doe, PhD", "Director, Sales & Marketing", "12 High Street, London", "常務取締役", "Acme, Inc."],
)
def test_lines_of_one_thing(text):
    """A line that reads as one thing stays whole."""
    assert split(text) == [text]
