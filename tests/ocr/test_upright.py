"""A card whose text runs another way than the card was taken to stand, with the real engine."""

from __future__ import annotations

import numpy as np
import pytest

from cardscan import image, ocr
from cardscan.options import OcrOptions
from cardscan.record import CardImage, Page, TextLine

from .conftest import as_card, printed

LINES = ("GONZALO PRIMAVERA", "Director de ventas", "Calle Mayor 175, Toledo", "primavera@ejemplo.es")


def card() -> CardImage:
    """A printed card, as it stands."""
    return as_card(printed([((120, 100 + 90 * row), text) for row, text in enumerate(LINES)]))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_card_that_was_turned_wrongly_is_turned_back(engine, quarters):
    """The text says which way is up; pixels, corners and rotation follow."""
    upright = card()
    wrong = image.turned(upright, quarters)
    found = ocr.quarters_to_upright(ocr.recognize(wrong, engine, OcrOptions()))
    back = image.turned(wrong, found)
    assert found == -quarters % 4
    assert np.array_equal(back.pixels, upright.pixels)
    assert back.quad == upright.quad
    assert back.rotation == upright.rotation
    assert {line.text for line in ocr.recognize(back, engine, OcrOptions()).lines} == set(LINES)


def written(texts, step):
    """A page of lines that run `step`, one below the other in their own direction."""
    (x, y), lines = step, []
    for row, text in enumerate(texts):
        start = np.array([300, 300]) + 40 * row * np.array([-y, x])
        corners = [start, start + np.multiply(step, 200), start + np.multiply(step, 200) + 20 * np.array([-y, x])]
        corners.append(start + 20 * np.array([-y, x]))
        lines.append(TextLine(text, 0.98, tuple((float(a), float(b)) for a, b in corners)))
    return tuple(lines)


@pytest.mark.parametrize(
    ("lines", "quarters"),
    [
        (written(LINES, (1, 0)), 0),
        (written(LINES, (-1, 0)), 2),
        (written(LINES, (0, 1)), 3),
        (written(LINES, (0, -1)), 1),
        (written(LINES[:2], (-1, 0)), 0),
        (written(LINES, (1, 0)) + written(("call her back", "budget 5k", "see her Monday"), (0, -1)), 0),
        (written(LINES, (-1, 0)) + written(LINES, (1, 0)), 0),
        ((), 0),
    ],
)
def test_only_most_of_a_pages_text_turns_it(lines, quarters):
    """Two lines, a note up the margin, or as many one way as the other turn nothing."""
    assert ocr.quarters_to_upright(Page(1000, 600, lines)) == quarters
