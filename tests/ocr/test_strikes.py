"""Claims about numbers that a pen crossed out."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from cardscan.ocr.strikes import longest_stroke, strikes
from cardscan.record import TextLine

from .conftest import typeface

NUMBER = "Tel. 020 7946 0958"
PAPERS = [((250, 249, 245), (30, 34, 48), (20, 30, 120)), ((28, 32, 40), (240, 240, 235), (250, 250, 250))]


def row(text=NUMBER, paper=PAPERS[0][0], ink=PAPERS[0][1], strokes=(), colour=PAPERS[0][2], fade=0):
    """One line of print, 48 pixels high, with pen strokes (points, in pixels) drawn over it."""
    face = typeface(34)
    width = int(face.getlength(text)) + 12
    image = Image.new("RGB", (width, 48), paper)
    pen = ImageDraw.Draw(image)
    pen.text((6, 3), text, fill=ink, font=face)
    for points in strokes:
        pen.line([(x * width, y) for x, y in points], fill=colour, width=4, joint="curve")
    pixels = np.asarray(image).astype(np.int16)
    return np.clip(pixels - np.linspace(0, fade, width).astype(np.int16)[None, :, None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("paper", "ink", "colour"), PAPERS)
@pytest.mark.parametrize("points", [((0.25, 26), (0.98, 24)), ((0.25, 30), (0.6, 26), (0.99, 22))])
def test_a_stroke_through_a_number_is_found_where_it_is(paper, ink, colour, points):
    """Level or rising, dark on light or light on dark: from where it begins to where it ends."""
    stroke = longest_stroke(row(paper=paper, ink=ink, colour=colour, strokes=[points]))
    assert stroke is not None
    assert stroke[0] == pytest.approx(0.25, abs=0.06)
    assert stroke[1] == pytest.approx(0.98, abs=0.06)


@pytest.mark.parametrize("text", [NUMBER, "+44 (0)20 7946-0958", "VAT GB 888 8888 88", "EEE888-000=111", "12 — 14"])
@pytest.mark.parametrize("fade", [0, 90])
def test_print_is_no_stroke(text, fade):
    """Figures, dashes and signs alone cross nothing out, also where light falls off along the line."""
    assert longest_stroke(row(text, fade=fade)) is None


@pytest.mark.parametrize("number", ["2680-1852", "9.4055-3961", "555 746-2253"])
@pytest.mark.parametrize("blur", [1.5, 2.5, 3.5])
def test_bold_figures_that_run_together_are_no_stroke(number, blur):
    """A bold number photographed small and blurred has ink from end to end in places; nobody crossed it out."""
    image = Image.new("RGB", (len(number) * 30, 48), (250, 249, 245))
    ImageDraw.Draw(image).text((6, 3), number, fill=(20, 20, 20), font=typeface(36), stroke_width=1)
    assert longest_stroke(cv2.GaussianBlur(np.asarray(image), (0, 0), blur)) is None


@pytest.mark.parametrize("height", [2, 46])
def test_an_underline_is_no_stroke(height):
    """A rule above or below the figures leaves them standing."""
    assert longest_stroke(row(strokes=[((0.0, height), (1.0, height))])) is None


def test_only_numbers_are_looked_at():
    """A line of words with a rule through it gives nothing; a number below it does, with its index."""
    words = row("Brightwater Mills", strokes=[((0.0, 25), (1.0, 25))])
    number = row(strokes=[((0.0, 25), (1.0, 25))])
    width = max(words.shape[1], number.shape[1])
    card = np.full((96, width, 3), 250, np.uint8)
    card[:48, : words.shape[1]], card[48:, : number.shape[1]] = words, number
    lines = [
        TextLine(text, 1.0, ((0, top), (strip.shape[1], top), (strip.shape[1], top + 48), (0, top + 48)))
        for text, strip, top in (("Brightwater Mills", words, 0), (NUMBER, number, 48))
    ]
    assert [strike.line for strike in strikes(card, lines)] == [1]


@pytest.mark.parametrize("width", [1, 5, 23, 24, 40])
def test_a_line_too_narrow_for_a_stroke_has_none(width):
    """A line cut from the edge of a photo may be a few pixels wide; nothing is measured on it."""
    assert longest_stroke(np.full((48, width, 3), 200, np.uint8)) is None
