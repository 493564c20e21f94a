"""Lines that melted into one box, told apart by a closer look with the real models."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cardscan.inference import open_session
from cardscan.ocr.boxes import TextBox
from cardscan.ocr.closer import CloserLook
from cardscan.ocr.crop import LineCutter
from cardscan.ocr.recognition import LineReader, Strip

from .conftest import FONTS

NOTE = ("met her at the open day", "call Monday about gypsum")


@pytest.fixture(scope="module")
def reader() -> LineReader:
    """The real recognition model."""
    return LineReader(open_session("text-recognition", 1))


def scribbled() -> np.ndarray:
    """A card with a note of two tight lines."""
    card = Image.new("RGB", (1000, 600), (240, 240, 236))
    hand = ImageFont.truetype(FONTS / "schoolbell-latin-400-normal.woff2", 44)
    for row, words in enumerate(NOTE):
        ImageDraw.Draw(card).text((300, 300 + 36 * row), words, font=hand, fill=(20, 30, 110))
    return np.array(card)


def box(left: int, top: int, right: int, bottom: int, score: float) -> TextBox:
    """An upright box."""
    return TextBox(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32), score)


def words_of(found: list[tuple[TextBox, Strip]]) -> list[str]:
    """What the strips say, from top to bottom."""
    ordered = sorted(found, key=lambda pair: float(pair[0].corners[:, 1].mean()))
    return ["".join(letter.char for letter in strip.letters) for _, strip in ordered]


def looked_at(reader: LineReader, boxes: list[TextBox]) -> list[tuple[TextBox, Strip]]:
    """Boxes of the card after the closer look."""
    pixels = scribbled()
    cutter = LineCutter(pixels)
    read = [(one, reader.read_box(cutter, one)) for one in boxes]
    return CloserLook(open_session("text-detection", 1), reader, pixels, cutter).at_melted(read)


def test_two_lines_in_one_weak_box_are_told_apart(reader: LineReader) -> None:
    """The box goes, its two lines come."""
    assert words_of(looked_at(reader, [box(290, 300, 760, 385, 0.54)])) == list(NOTE)


def test_a_line_that_has_a_box_already_comes_only_once(reader: LineReader) -> None:
    """Of the melted box only what no other box holds is new."""
    found = looked_at(reader, [box(290, 300, 760, 385, 0.54), box(295, 335, 760, 390, 0.9)])
    assert words_of(found).count(NOTE[1]) == 1


def test_a_sure_box_is_not_looked_at_again(reader: LineReader) -> None:
    """What the network is sure of stays as it is."""
    (found,) = looked_at(reader, [box(290, 300, 760, 385, 0.9)])
    assert found[0].score == 0.9
