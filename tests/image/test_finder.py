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


def test_a_card_put_away_is_seen_no_more():
    """Without its only card a desk has none; what is seen itself stays as it was."""
    canvas, quad = scene("dark")
    sight = finder.look(canvas)
    rest = sight.without([quad])
    assert rest.share_off([]) == 0.0 or rest.card.sum() < 0.1 * sight.card.sum()
    assert sight.share_off([]) == 1.0


def test_touching_cards_point_at_middles_of_their_own():
    """At the seam of two cards neighbours point away from each other: there are two regions."""
    on = np.ones((10, 40), bool)
    x = np.arange(40)[None, :] + 0.5 + np.zeros((10, 1))
    y = np.arange(10)[:, None] + 0.5 + np.zeros((1, 40))
    centre = np.stack([np.where(x < 20, 10 - x, 30 - x), 5 - y]).astype(np.float32)
    regions = list(finder.agreeing(on, centre, 0.3))
    assert [int(region.sum()) for region in regions] == [200, 200]


def test_only_small_cards_among_several_get_a_closer_look():
    """One card does not; twelve that fill a corner do, in a window around them and large enough to be told apart."""
    canvas, _ = scene("dark")
    assert finder.look(canvas).closer() is None
    table = desk("dark", 800, 600, seed=9)
    for number in range(12):
        row, column = divmod(number, 4)
        left, top = 60 + 90 * column, 40 + 60 * row
        quad = np.array([[left, top], [left + 80, top], [left + 80, top + 46], [left, top + 46]], float)
        lay(table, flat_card(number, 320, 184), quad)
    closer = finder.look(table).closer()
    assert closer is not None
    left, top, right, bottom = closer.window
    assert 0 <= left <= 60 and 0 <= top <= 40 and 410 <= right <= 560 and 206 <= bottom <= 330
    assert finder.INPUT < closer.size <= 1280


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (31, 33)])
def test_any_size_can_be_shown(size):
    """Slivers are stretched to what the network takes, and the maps fit the picture."""
    picture = np.full((size[1], size[0], 3), 128, np.uint8)
    sight = finder.look(picture)
    assert sight.card.shape == sight.inner.shape
    width, height = np.array(sight.card.shape[::-1]) * sight.stretch
    assert (width, height) == pytest.approx(size)
