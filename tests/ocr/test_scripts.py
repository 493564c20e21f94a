"""Text the default model has no characters for is noticed, told, and read by Tesseract where it can."""

from pathlib import Path

import numpy as np
import pytest
from PIL import ImageFont

from cardscan.ocr import recognize
from cardscan.ocr.scripts import read_unreadable
from cardscan.ocr.tesseract_program import installed_languages
from cardscan.options import OcrOptions

from .conftest import as_card, printed

CYRILLIC = Path(__file__).parent / "fonts" / "roboto-cyrillic-400-normal.woff2"
LINES = ("Пример Логистика", "Иван Петрович Сидоров", "Коммерческий директор")


def russian():
    """A card in Russian; the last line is Latin."""
    font = ImageFont.truetype(CYRILLIC, 44)
    card = printed([((80, 60 + 100 * row), text) for row, text in enumerate(LINES)], font=font)
    return np.minimum(card, printed([((80, 400), "ivan@example.ru")], type_size=44))


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    """A search path without any program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    installed_languages.cache_clear()
    yield
    installed_languages.cache_clear()


def test_an_unknown_script_is_told_and_nothing_is_made_up(engine, no_tesseract):
    """A Russian card gives its Latin line only, and a warning that names the number of lines and the remedy."""
    page = recognize(as_card(russian()), engine, OcrOptions())
    assert [line.text for line in page.lines] == ["ivan@example.ru"]
    (warning,) = page.warnings
    assert warning.startswith("3 lines are in a script the model cannot read")
    assert "install Tesseract" in warning


@pytest.mark.tesseract("rus")
def test_tesseract_reads_the_script_and_says_so(engine):
    """With the language installed the lines are read in their place and order, and the warning names the engine."""
    page = recognize(as_card(russian()), engine, OcrOptions(languages=("rus",)))
    assert [line.text for line in page.lines] == [*LINES, "ivan@example.ru"]
    assert max(line.confidence for line in page.lines[:3]) <= 0.8
    assert "Tesseract (rus) read 3" in page.warnings[0]


def test_cards_the_model_can_read_have_no_warning(engine):
    """Latin with accents, Greek letters, digits and letter-spaced capitals are no unknown script."""
    lines = ("Čeněk Müller-Łukasz", "+49 30 901820-17", "J A N E   D O E", "www.acme.example", "- - - - - - - -")
    page = recognize(
        as_card(printed([((80, 40 + 90 * n), text) for n, text in enumerate(lines)])), engine, OcrOptions()
    )
    assert page.warnings == ()


def test_one_drawing_is_no_script():
    """A single box without letters is taken for a drawing."""
    box = ((0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0))
    assert read_unreadable(np.zeros((50, 200, 3), np.uint8), [box], OcrOptions()) == ((), ())
