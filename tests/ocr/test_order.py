"""Lines come in the order a person reads them."""

import math
import random

import pytest

from cardscan.ocr.order import reading_order
from cardscan.record import TextLine


def line(text, left, top, width=None, height=20.0, turn=0.0):
    """A line of print at a place, perhaps on a card that lies `turn` degrees askew."""
    right, bottom = left + (width or 10 * len(text)), top + height
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    quad = tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in corners)
    return TextLine(text, 1.0, quad)


def read(lines):
    """Texts in reading order, whatever order the finder gave them in."""
    shuffled = list(lines)
    random.Random(4).shuffle(shuffled)
    return [shuffled[index].text for index in reading_order(shuffled)]


TWO_COLUMNS = [
    line("Acme Freight GmbH", 60, 40),
    line("Hauptstraße 12", 60, 300),
    line("10115 Berlin", 60, 330),
    line("Germany", 60, 360),
    line("Tel +49 30 901820", 520, 310),
    line("Fax +49 30 901821", 520, 340),
    line("jane@acme.example", 520, 370),
]


@pytest.mark.parametrize("turn", [-8.0, -2.0, 0.0, 3.0, 8.0])
def test_columns_are_read_one_after_the_other(turn):
    """The address in the left column is not mixed with the numbers in the right one, askew or not."""
    lines = [line(x.text, x.quad[0][0], x.quad[0][1], turn=turn) for x in TWO_COLUMNS]
    assert read(lines) == [x.text for x in TWO_COLUMNS]


def test_a_line_across_both_columns_ends_them():
    """What stands above a full-width line is read before it, what stands below after it."""
    lines = [
        line("left above", 50, 50), line("right above", 600, 55),
        line("a motto that runs across the whole width of the card", 50, 150, width=800),
        line("left below", 50, 250), line("right below", 600, 255),
    ]  # fmt: skip
    assert read(lines) == [x.text for x in lines]


def test_right_aligned_lines_keep_together():
    """A right-aligned block beside a logo is read from top to bottom."""
    block = ["Jane Doe", "Head of Operations", "Acme Freight GmbH", "jane.doe@acme.example"]
    lines = [line(text, 900 - 10 * len(text), 100 + 40 * row) for row, text in enumerate(block)]
    assert read([line("ACME", 60, 120, width=200, height=90), *lines]) == ["ACME", *block]


def test_centred_lines_are_read_downwards():
    """Centred lines of any length go from top to bottom."""
    block = ["Jane Doe", "Doctor of Everything and More", "Rome", "www.doe.example"]
    lines = [line(text, 500 - 5 * len(text), 100 + 40 * row) for row, text in enumerate(block)]
    assert read(lines) == block


def test_a_row_boxed_in_pieces_is_one_line_of_thought():
    """First and family name set wide apart are read one after the other, before the line below."""
    lines = [line("JANE", 60, 100), line("DOE", 118, 101), line("Director", 60, 140), line("Sales", 160, 141)]
    assert read(lines) == ["JANE", "DOE", "Director", "Sales"]


def test_labels_go_before_their_values():
    """In a table of labels and values each label is read with its own value."""
    rows = [("Tel", "+49 30 901820-17"), ("Fax", "+49 30 901820-18"), ("Mail", "jane@acme.example")]
    lines = []
    for row, (label, value) in enumerate(rows):
        lines += [line(label, 60, 100 + 40 * row), line(value, 160, 100 + 40 * row)]
    assert read(lines) == [text for pair in rows for text in pair]


def test_vertical_columns_go_from_right_to_left():
    """Tall columns of upright characters, as on a Japanese card, are read from the right."""
    columns = ["東京商事株式会社", "営業部長", "山田太郎"]
    lines = [line(text, 500 - 100 * n, 80, width=40, height=45 * len(text)) for n, text in enumerate(columns)]
    assert read(lines) == columns


def test_every_line_comes_once():
    """Any heap of overlapping boxes gives a permutation."""
    chance = random.Random(11)
    heap = [
        line(str(n), chance.uniform(0, 900), chance.uniform(0, 500), chance.uniform(5, 400), chance.uniform(5, 60))
        for n in range(150)
    ]
    assert sorted(reading_order(heap)) == list(range(150))


def test_no_lines_have_no_order():
    """An empty page stays empty."""
    assert reading_order([]) == []
