"""Sharpness, glare and warnings of a card image."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from made_photos import flat_card

from cardscan.image import even_light
from cardscan.image.quality import measure, measure_glare, measure_sharpness


def grey(card):
    return cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)


def test_sharpness_falls_with_blur_and_not_with_contrast():
    """Each step of blur lowers it; pale ink and dark paper do not."""
    card = flat_card()
    steps = [measure_sharpness(grey(cv2.GaussianBlur(card, (0, 0), s) if s else card)) for s in (0, 1.5, 3, 5, 8)]
    assert steps == sorted(steps, reverse=True) and steps[0] > 0.9 and steps[-1] < 0.2
    pale = (card * 0.45 + 120).astype(np.uint8)
    assert abs(measure_sharpness(grey(pale)) - steps[0]) < 0.15
    dark = flat_card(paper=(25, 30, 60))
    assert abs(measure_sharpness(grey(dark)) - steps[0]) < 0.15


def test_a_blank_card_is_not_blurred():
    """Where nothing is printed nothing is blurred."""
    assert measure_sharpness(np.full((600, 1000), 240, np.uint8)) == 1.0


def test_a_good_card_has_no_warnings():
    """A sharp, evenly lit card of a usual size gives no warning, light paper or dark."""
    for paper in ((245, 243, 238), (25, 30, 60), (200, 40, 40)):
        assert measure(flat_card(paper=paper), 1050).warnings == ()


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda c: cv2.GaussianBlur(c, (0, 0), 6), "blurred"),
        (lambda c: (c * 0.15).astype(np.uint8), "dark"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(spoil, word):
    """A warning begins with the fault and goes on with what to do."""
    warnings = measure(spoil(flat_card()), 1050).warnings
    assert any(w.startswith(word + ":") for w in warnings)


def test_a_small_card_is_said_to_be_small():
    """The warning counts pixels of the photo, not of the enlarged card image."""
    (warning,) = measure(flat_card(), 200).warnings
    assert warning.startswith("very small: ") and "200" in warning


def test_a_reflection_is_glare_and_white_print_is_none():
    """A lamp's reflection over grey paper counts by its area; a white panel and white letters do not."""
    card = flat_card(paper=(190, 190, 195))
    spot = np.zeros(card.shape[:2], np.float32)
    cv2.ellipse(spot, (400, 250), (220, 120), 20, 0, 360, 1.0, -1)
    shone = np.clip(card + 120 * cv2.GaussianBlur(spot, (0, 0), 40)[..., None], 0, 255).astype(np.uint8)
    share, over_text = measure_glare(shone)
    assert 0.03 < share < 0.2 and over_text
    assert "glare" in measure(shone, 1050).warnings[0]
    panel = card.copy()
    panel[:, :300] = 255
    assert measure_glare(panel)[0] == 0.0
    assert measure_glare(flat_card(paper=(25, 30, 60)))[0] == 0.0
    assert measure_glare(flat_card(paper=(252, 252, 252)))[0] == 0.0


def test_even_light_takes_the_shadow_and_leaves_the_print():
    """Paper under a shadow becomes as bright as the rest; ink stays dark; shape and type stay."""
    card = flat_card()
    shadow = np.linspace(0.35, 1.0, card.shape[1])[None, :, None]
    evened = even_light((card * shadow).astype(np.uint8))
    assert evened.shape == card.shape and evened.dtype == np.uint8
    left, right = (np.percentile(evened[:, part], 90) for part in (slice(20, 120), slice(-120, -20)))
    assert abs(left - right) < 20 and left > 215
    assert np.percentile(evened[60:120, 60:400], 2) < 110
