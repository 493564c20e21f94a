"""Quads: order, overlap, and the true proportions of a card seen at an angle."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from made_photos import seen

from cardscan.image.quads import (
    CARD_RATIOS,
    area,
    clockwise,
    intersection,
    is_convex,
    outward,
    overlap,
    polygon_to_quad,
    true_ratio,
)  # fmt: skip
from cardscan.image.rectify import LONGEST, card_size

SQUARE = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float)
RIGHT = np.array([5.0, 0.0])


def test_clockwise_begins_at_the_top_left_whatever_the_order():
    """Any order of four corners gives the same quad, clockwise as seen."""
    quad = np.array([[12, 3], [90, 8], [85, 60], [5, 55]], float)
    rand = np.random.default_rng(0)
    for _ in range(20):
        assert np.array_equal(clockwise(rand.permutation(quad)), quad)
    assert area(quad) > 0


def test_overlap_is_intersection_over_union():
    """Half shifted squares share a third of their union."""
    assert intersection(SQUARE, SQUARE + RIGHT) == pytest.approx(50)
    assert overlap(SQUARE, SQUARE + RIGHT) == pytest.approx(1 / 3)
    assert overlap(SQUARE, SQUARE + 10 * RIGHT) == 0


def test_nearly_equal_quads_share_nearly_all():
    """However little apart their sides run; shifted copies share what a drawing of them does."""
    rand = np.random.default_rng(7)
    quad = np.array([[2.4, 517.8], [668.1, 533.6], [674.4, 897.2], [1.5, 873.2]])
    for size in (1e-12, 1e-6, 0.1, 4.0):
        for _ in range(50):
            other = quad + rand.normal(0, size, (4, 2))
            assert intersection(quad, other) == pytest.approx(area(quad), rel=0.05)
    for shift in rand.uniform(-500, 500, (20, 2)):
        first, second = np.zeros((1000, 1400), np.uint8), np.zeros((1000, 1400), np.uint8)
        cv2.fillConvexPoly(first, np.rint(quad).astype(np.int32), 1)
        cv2.fillConvexPoly(second, np.rint(quad + shift).astype(np.int32), 1)
        shifted = intersection(quad + shift, quad)
        if (quad + shift).min() > 0 and (quad + shift).max() < 1000:
            assert shifted == pytest.approx(float((first & second).sum()), abs=2500)
        assert shifted == pytest.approx(intersection(quad, quad + shift), abs=1e-3)


def test_bow_ties_and_dents_are_not_convex():
    """Only quads that could be a card seen by a camera pass."""
    assert is_convex(SQUARE)
    assert not is_convex(SQUARE[[0, 2, 1, 3]])
    assert not is_convex(np.array([[0, 0], [10, 0], [4, 4], [0, 10]], float))
    assert not is_convex(SQUARE[::-1])


def test_outward_moves_each_side_by_the_distance():
    """Sides stay parallel; a square grows by the distance on all sides and shrinks back."""
    assert np.allclose(outward(SQUARE, 2), [[-2, -2], [12, -2], [12, 12], [-2, 12]])
    assert np.allclose(outward(outward(SQUARE, 2), -2), SQUARE)
    slanted = np.array([[0, 0], [20, 5], [18, 16], [-3, 9]], float)
    moved = outward(slanted, 1.5)
    for side in range(4):
        start, end = slanted[side], slanted[(side + 1) % 4]
        normal = np.array([end[1] - start[1], start[0] - end[0]]) / np.linalg.norm(end - start)
        assert (moved[[side, (side + 1) % 4]] - start) @ normal == pytest.approx([1.5, 1.5])


def test_rounded_corners_become_the_corners_they_would_be():
    """A rectangle with cut corners gives back the whole rectangle."""
    cut = np.array([[3, 0], [97, 0], [100, 3], [100, 57], [97, 60], [3, 60], [0, 57], [0, 3]], float)
    quad = polygon_to_quad(cut)
    assert quad is not None
    assert np.abs(quad - [[0, 0], [100, 0], [100, 60], [0, 60]]).max() < 0.01
    assert polygon_to_quad(np.array([[0, 0], [5, 0], [0, 5]])) is None


@pytest.mark.parametrize("tilt", [0, 20, 40, 60])
@pytest.mark.parametrize("ratio", [*CARD_RATIOS, 1.0, 0.63])
def test_true_proportions_are_recovered_from_perspective(tilt, ratio):
    """Up to 60 degrees from the vertical the proportions come out within a tenth, in most views within 4 %."""
    errors = []
    for turn in range(0, 180, 15):
        quad = seen(55 * ratio, 55, (640, 480), tilt, turn, turn * 2.3, 0.8)
        errors.append(abs(np.log(true_ratio(quad, 640, 480) / ratio)))
    assert max(errors) < 0.1
    assert np.median(errors) < 0.04


def test_a_card_image_keeps_the_resolution_of_the_near_end():
    """The longest side in the photo decides the size; huge cards are capped, tiny ones enlarged at most twice."""
    near = np.array([[100, 100], [900, 120], [800, 500], [200, 480]], float)
    width, height = card_size(near, (1000, 700))
    assert width >= 800 and height < width
    assert max(card_size(near * 6, (6000, 4200))) == LONGEST
    small = np.array([[10, 10], [100, 10], [100, 65], [10, 65]], float)
    assert max(card_size(small, (640, 480))) == 180
