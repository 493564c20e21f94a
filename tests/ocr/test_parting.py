"""Claims about lines in which print and a pen stand side by side."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cardscan.ocr.engine import LineReading
from cardscan.ocr.parting import looked_at
from cardscan.record import Doubt, TextLine

from .conftest import FONTS, typeface

PRINT = typeface(34)
PEN = ImageFont.truetype(FONTS / "indie-flower-latin-400-normal.woff2", 38)


def line_of(*pieces):
    """A card with one line of (text, face, ink) pieces, and its reading."""
    image = Image.new("RGB", (1000, 560), "white")
    draw = ImageDraw.Draw(image)
    middles, left = [], 60.0
    for text, face, ink in pieces:
        for char in text:
            wide = face.getlength(char)
            lift = 0.0 if face is PRINT else 3 * np.sin(left / 23) + 2
            draw.text((left, 250 + lift), char, font=face, fill=ink, anchor="ls")
            middles.append(left + wide / 2)
            left += wide
    text = "".join(text for text, _, _ in pieces)
    start, end = 55.0, left + 5
    quad = ((start, 212.0), (end, 212.0), (end, 264.0), (start, 264.0))
    places = tuple((middle - start) / (end - start) for middle in middles)
    doubts = (Doubt(0, len(text) - 1, text[-1], 0.6, "j", 0.3),)
    return np.array(image), LineReading(TextLine(text, 0.9, quad), doubts, places)


BLACK, BLUE = (20, 20, 24), (30, 50, 150)


def test_a_name_with_a_note_behind_it_is_parted_where_the_note_begins():
    """Each part keeps its characters, its place and its doubts."""
    pixels, reading = line_of(("Valentina Okonkwo ", PRINT, BLACK), ("send her pricing monday", PEN, BLUE))
    (name, note), (name_look, note_look) = looked_at(pixels, [reading])
    assert (name.line.text, note.line.text) == ("Valentina Okonkwo", "send her pricing monday")
    assert name_look.pen < 0.5 < note_look.pen
    assert name.line.quad[1][0] == pytest.approx(note.line.quad[0][0], abs=20)
    assert name.doubts == ()
    assert [doubt.position for doubt in note.doubts] == [len("send her pricing monday") - 1]
    assert all(0 <= place <= 1 for place in (*name.places, *note.places))


@pytest.mark.parametrize(
    "pieces",
    [
        [("Valentina Okonkwo, Head of Procurement", PRINT, BLACK)],
        [("send her pricing monday and call back", PEN, BLUE)],
        [("Phone ", PRINT, BLUE), ("+44 20 7946 0958 ext 12", PRINT, BLACK)],
    ],
)
def test_lines_of_one_kind_stay_whole(pieces):
    """Two inks of print are print."""
    pixels, reading = line_of(*pieces)
    assert [part.line.text for part in looked_at(pixels, [reading])[0]] == ["".join(text for text, _, _ in pieces)]


def test_a_line_without_places_is_never_cut():
    """Tesseract tells no places of characters."""
    pixels, reading = line_of(("Valentina Okonkwo ", PRINT, BLACK), ("send her pricing monday", PEN, BLUE))
    assert len(looked_at(pixels, [LineReading(reading.line)])[0]) == 1
    assert looked_at(pixels, []) == ((), ())
