"""The colours and proportions of a card."""

from __future__ import annotations

import numpy as np
import pytest

from cardscan import image
from cardscan.record import CardImage

QUAD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def card(height: int, width: int, paper: tuple[int, int, int]) -> np.ndarray:
    return np.full((height, width, 3), paper, np.uint8)


def test_paper_and_ink_are_told_apart() -> None:
    """A white card with a blue band has white paper and one blue ink; black print is no ink."""
    pixels = card(550, 850, (250, 250, 248))
    pixels[60:140, 60:500] = (20, 60, 170)
    pixels[300:312, 60:700] = (10, 10, 10)
    design = image.design_of(CardImage(pixels, QUAD))
    assert design.aspect == pytest.approx(850 / 550, abs=0.01)
    assert design.paper.startswith("#f")
    assert len(design.inks) == 1
    red, green, blue = (int(design.inks[0][i : i + 2], 16) for i in (1, 3, 5))
    assert blue > red + 60 and blue > green + 60


def test_a_tinted_card_has_no_ink_of_its_own_tint() -> None:
    """On solid green paper the paper is the colour; white print on it is no ink."""
    pixels = card(550, 850, (20, 120, 70))
    pixels[200:300, 200:600] = 255
    design = image.design_of(CardImage(pixels, QUAD))
    assert design.paper == "#147846"
    assert design.inks == ()


@pytest.mark.parametrize("shape", [(1, 1), (2, 300), (19, 19)])
def test_tiny_cards_have_a_design(shape: tuple[int, int]) -> None:
    """The smallest cut has colours too: nothing divides by nothing."""
    assert image.design_of(CardImage(card(*shape, (9, 9, 9)), QUAD)).paper == "#090909"
