"""Panels that are one card, and things that lie on the same table but are of another size."""

import numpy as np
import pytest

from cardscan.image.candidates import Candidate, alike, together
from cardscan.image.panels import joined


def box(left, top, right, bottom, score=0.7):
    return Candidate(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], float), score)


def turned(candidate, degrees, about=(400, 300)):
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    quad = (candidate.quad - about) @ np.array([[cos, sin], [-sin, cos]]) + about
    return Candidate(quad, candidate.score)


@pytest.mark.parametrize("degrees", [0, 20, 90, 155, 261])
@pytest.mark.parametrize("cut", [0.25, 0.4, 0.5])
def test_two_panels_with_a_cards_shape_together_are_one_card(degrees, cut):
    """However the card lies and wherever it is divided, the whole is the card."""
    at = 100 + cut * 340
    parts = [turned(p, degrees) for p in (box(100, 100, at, 300, 0.6), box(at + 2, 101, 440, 299, 0.8))]
    (card,) = joined(parts, 800, 600)
    assert card.size == pytest.approx(340 * 200, rel=0.02)
    assert card.score == 0.8


def test_cards_that_touch_stay_two():
    """Side by side, end to end and one above the other: each has a card's shape, the block has none."""
    for pair in ([box(0, 0, 170, 100), box(170, 0, 340, 100)], [box(0, 0, 170, 100), box(0, 100, 170, 200)]):
        assert joined(pair, 800, 600) == pair


def test_parts_that_do_not_meet_are_left_alone():
    """A gap, or a side that is only partly shared, makes no card."""
    apart = [box(100, 100, 200, 300), box(230, 100, 440, 300)]
    assert joined(apart, 800, 600) == apart
    shifted = [box(100, 100, 200, 300), box(200, 160, 440, 360)]
    assert joined(shifted, 800, 600) == shifted


def test_doubtful_things_of_another_size_than_a_sure_card_go():
    """Beside a sure card a key is none; where no card is sure, size says less and the key stays."""
    key = box(600, 300, 730, 385, 0.6)
    sure, likely = box(100, 300, 440, 500, 0.95), box(100, 300, 440, 500, 0.7)
    assert alike([sure, key]) == [sure]
    assert alike([likely, key]) == [likely, key]


def test_size_is_measured_on_the_table_not_in_the_picture():
    """At a steep tilt a card further back is a third as large in the picture, and still a card."""
    tilted = np.array([[1.0, 0.2, 300], [0, 0.5, 100], [0, -0.0011, 1.0]])

    def lying(card):
        ends = np.column_stack([card.quad, np.ones(4)]) @ tilted.T
        return Candidate(ends[:, :2] / ends[:, 2:], card.score)

    near, far = lying(box(0, 300, 170, 400, 0.9)), lying(box(0, 0, 170, 100, 0.6))
    assert far.size < near.size / 2.5
    assert len(alike([near, far])) == 2
    key = lying(box(300, 330, 370, 390, 0.6))
    assert len(alike([near, far, key])) == 2


@pytest.mark.parametrize("degrees", [0, 30, 90])
def test_two_cards_stacked_are_no_card_though_one_of_them_is_doubtful(degrees):
    """Their block is likelier than each, but has no card's shape, and both of them have."""
    block, upper, lower = box(100, 100, 270, 302, 0.75), box(100, 100, 270, 200, 0.7), box(100, 202, 270, 302, 0.45)
    found = [turned(one, degrees) for one in (block, upper, lower)]
    assert together(found, 0.5) == [found[1]]
    assert together(found, 0.4) == found[1:]


def test_a_card_of_doubtful_panels_is_a_card():
    """It has a card's shape itself; its panels must be likely to make two of it."""
    card, left, right = box(100, 100, 440, 300, 0.75), box(100, 100, 265, 300, 0.45), box(275, 100, 440, 300, 0.45)
    assert together([card, left, right], 0.4) == [card]
