"""What the network sees: cards on desks, and little where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from made_photos import corner_error, desk, flat_card, lay, seen

from cardscan.image import finder


def scene(kind):
    canvas = desk(kind, 800, 600, seed=11)
    quad = seen(89, 51, (800, 600), 20, 10, 15, 0.6)
    lay(canvas, flat_card(3), quad)
    return canvas, quad


@pytest.mark.parametrize("kind", ["dark", "wood", "busy"])
def test_a_card_is_believed_and_neither_its_panels_nor_the_desk(kind):
    """The true quad is believed more than its half, its surroundings, and an empty spot."""
    canvas, quad = scene(kind)
    sight = finder.look(canvas)
    half = quad.copy()
    half[1], half[2] = (quad[0] + quad[1]) / 2, (quad[2] + quad[3]) / 2
    wide = quad.mean(axis=0) + 1.6 * (quad - quad.mean(axis=0))
    empty = np.array([[5, 5], [120, 5], [120, 70], [5, 70]], float)
    believed = sight.belief(quad)
    assert believed > 0.5
    assert all(sight.belief(other) < 0.8 * believed for other in (half, wide, empty))


def test_a_rough_quad_is_among_the_proposals():
    """One of the outlines of what is seen lies within a tenth of the diagonal of the true corners."""
    canvas, quad = scene("wood")
    errors = [min(corner_error(np.roll(q, k, axis=0), quad) for k in range(4)) for q in finder.look(canvas).quads()]
    assert min(errors) < 0.1


def test_what_is_left_off_is_measured():
    """With the card's own quad nothing much is left over; with none, all is."""
    canvas, quad = scene("dark")
    sight = finder.look(canvas)
    assert sight.share_off([quad * 1.0]) < 0.3
    assert sight.share_off([]) == 1.0


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (31, 33)])
def test_any_size_can_be_shown(size):
    """Slivers are stretched to what the network takes, and the maps fit the picture."""
    picture = np.full((size[1], size[0], 3), 128, np.uint8)
    sight = finder.look(picture)
    assert sight.card.shape == sight.inner.shape
    width, height = np.array(sight.card.shape[::-1]) * sight.stretch
    assert (width, height) == pytest.approx(size)
