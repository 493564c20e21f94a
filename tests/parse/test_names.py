"""Claims about reading persons' names from one text."""

from __future__ import annotations

import pytest

from cardscan.parse.names import close_letters, natural, read_name

PARTS = [
    ("Jane Doe", (None, "Jane", None, "Doe", None)),
    ("Dr. Jane Q. Doe, PhD", ("Dr.", "Jane", "Q.", "Doe", "PhD")),
    ("DUPONT Jean", (None, "Jean", None, "Dupont", None)),
    ("DOE, Jane", (None, "Jane", None, "Doe", None)),
    ("Nagy László", (None, "László", None, "Nagy", None)),
    ("Ludwig van Beethoven", (None, "Ludwig", None, "van Beethoven", None)),
    ("Prof. Dr.-Ing. Hans-Peter Müller", ("Prof. Dr.-Ing.", "Hans-Peter", None, "Müller", None)),
    ('Robert "Bob" Smith Jr.', (None, "Robert", None, "Smith", "Jr.")),
    ("王小明", (None, "小明", None, "王", None)),
    ("山田 太郎", (None, "太郎", None, "山田", None)),
    ("김민수", (None, "민수", None, "김", None)),
    ("佐々木 健", (None, "健", None, "佐々木", None)),
]


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_parts_of_a_name(text, parts):
    """Honorifics, degrees, particles, family-first order and CJK names are told apart."""
    reading = read_name(text)
    assert reading is not None
    name = reading.name
    assert (name.prefix, name.given, name.additional, name.family, name.suffix) == parts


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_names_score_as_names(text, parts):
    """Every one of them is rather a name than not."""
    reading = read_name(text)
    assert reading is not None
    assert reading.score > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Sales Director", "Acme Freight GmbH", "Building tomorrow together", "Public Works Department",
        "Quality is our business", "12 High Street", "jane@doe.example", "Open Monday to Friday", "代表取締役社長", "",
        "Flavio e Mario", "VISA",
    ],
)  # fmt: skip
def test_what_is_no_name(text):
    """Titles, firms, slogans, streets and addresses do not pass for names."""
    reading = read_name(text)
    assert reading is None or reading.score < 0.6


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [("J A N E   D O E", "JANE DOE"), ("J A N E D O E", "JANE DOE"), ("Jane Doe", "Jane Doe"), ("A B", "A B")],
)
def test_letter_spacing_is_closed(spaced, closed):
    """Letter-spaced print is closed up, by its wide gaps or by a known given name; other print stays."""
    assert close_letters(spaced) == closed


@pytest.mark.parametrize(
    ("printed", "natural_case"),
    [("DE LA CRUZ", "de la Cruz"), ("O'NEIL", "O'Neil"), ("MCKENZIE", "McKenzie"), ("Anna", "Anna"), ("J.", "J.")],
)
def test_parts_come_in_natural_case(printed, natural_case):
    """Upper-case parts are given in mixed case; mixed case stays as printed."""
    assert natural(printed) == natural_case


def test_full_stays_as_printed():
    """`full` is what the card prints, only its blanks made single."""
    reading = read_name("JEAN-BAPTISTE   KERVADEC")
    assert reading is not None
    assert reading.name.full == "JEAN-BAPTISTE KERVADEC"


def test_long_text_is_refused():
    """A text far longer than a name is none, and costs nothing."""
    assert read_name("Jane Doe " * 20_000) is None
