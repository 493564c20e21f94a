"""Claims about job titles and departments."""

from __future__ import annotations

import pytest

from cardscan.parse.titles import department_score, is_continued, title_end, title_score, title_start


@pytest.mark.parametrize(
    "text",
    [
        "Sales Director", "VP Operations", "Geschäftsführer", "Vertriebsleiterin Süd", "Directeur Commercial",
        "Gerente de Compras", "Diretora Administrativa", "Responsabile Ufficio Tecnico", "adviseur duurzaamheid",
        "Försäljningschef", "Daglig leder", "Toimitusjohtaja", "Dyrektor Handlowy", "obchodní ředitel",
        "ügyvezető igazgató", "Dış Ticaret Müdürü", "代表取締役社長", "销售总监", "부장", "Direktur Utama",
        "Trưởng phòng Kinh doanh", "Attorney at Law", "SalesManager",
        "INGÉNIEUR D'AFFAIRES", "DIŞ TİCARET MÜDÜRÜ", "FÖRSÄLJNINGSCHEF",
    ],
)  # fmt: skip
def test_titles_of_many_languages(text):
    """A job title is known in each of these languages."""
    assert title_score(text) > 0.45


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe",
        "Acme Freight GmbH",
        "Cloud & Data Department",
        "12 High Street",
        "Technik, die begeistert",
        "2011",
        "",
    ],
)
def test_what_is_no_title(text):
    """Names, firms, departments, streets and slogans are none."""
    assert title_score(text) < 0.45


@pytest.mark.parametrize("text", ["Cloud & Data Department", "Abteilung Einkauf", "営業部", "Fakultät für Informatik"])
def test_departments(text):
    """A department is known as one."""
    assert department_score(text) > 0.5


def test_continued_titles():
    """A title goes on where its line ends openly; a second whole title, or another script, does not continue it."""
    assert is_continued("Senior Vice President", "Clinical Development", open_end=True)
    assert is_continued("Head of", "Quality Assurance")
    assert is_continued("Senior", "Sales Manager")
    assert not is_continued("Managing Partner", "Tax Adviser")
    assert not is_continued("営業部 主任", "Overseas Sales Chief")


def test_titles_that_share_a_line_with_a_name():
    """The place where a title begins after a name, or ends before one, is found."""
    assert title_start("Jane Doe Managing Director") == 9
    assert title_start("Jane Doe") is None
    assert title_end("Malermeister Uwe Kesselring") == 12
    assert title_end("Uwe Kesselring") is None
