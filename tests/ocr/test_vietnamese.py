"""What the model leaves of Vietnamese words is made whole; what is printed without marks, or elsewhere, stays."""

from __future__ import annotations

import unicodedata

import pytest

from cardscan.inference import open_session
from cardscan.ocr import vietnamese
from cardscan.ocr.engine import LineReading
from cardscan.ocr.recognition import LineReader
from cardscan.ocr.vietnamese import with_lost_letters
from cardscan.record import Doubt, TextLine

QUAD = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
SIGN = "www.sen.vn"


def made_whole(*texts: str) -> list[str]:
    readings = [LineReading(TextLine(text, 0.9, QUAD), (Doubt(0, 1, "a", 0.6, "o", 0.3),)) for text in texts]
    whole = with_lost_letters(readings)
    assert all(bool(new.doubts) == (new.line.text == old.line.text) for new, old in zip(whole, readings, strict=True))
    return [reading.line.text for reading in whole]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("12 Trn Phú, Qun 5, Hà Ni", "12 Trần Phú, Quận 5, Hà Nội"),
        ("Qun 7", "Quận 7"),
        ("NGUYN VĂN CH", "NGUYỄN VĂN CH"),
        ("Tng giám đc", "Tổng giám đốc"),
        ("CÔNG TY C PHN", "CÔNG TY CỔ PHẦN"),
        ("Đà Nãng", "Đà Nẵng"),
        ("Đà Nẵng", "Đà Nẵng"),
        ("Tran Hung Dao, Da Nang", "Tran Hung Dao, Da Nang"),
        ("Test Kit", "Test Kit"),
        ("Hu", "Hu"),  # Huế, Huệ, Hữu
        ("Lê,Li", "Lê,Li"),
        ("Bảo Trân", "Bảo Trân"),
        ("ĐT: 028 3555 0101", "ĐT: 028 3555 0101"),
    ],
)
def test_words(read: str, printed: str) -> None:
    assert made_whole(read, SIGN) == [printed, SIGN]


def test_a_card_from_elsewhere_stays() -> None:
    assert made_whole("Phm Qun, Hà Giang", "www.sen.fr") == ["Phm Qun, Hà Giang", "www.sen.fr"]


def test_the_letters_the_model_writes() -> None:
    """The list of letters that are never lost is that of the model."""
    characters = LineReader(open_session("text-recognition")).characters
    marked = {c for line in vietnamese._phrases() for word in line for c in word if not c.isascii()}
    assert marked & set(characters) <= vietnamese._WRITTEN
    assert set(characters) >= vietnamese._WRITTEN


def test_the_lexicon() -> None:
    """Composed letters, no phrase longer than what is looked for."""
    phrases = vietnamese._phrases()
    assert all(unicodedata.is_normalized("NFC", word) for phrase in phrases for word in phrase)
    assert max(map(len, phrases)) <= vietnamese._MOST_WORDS
