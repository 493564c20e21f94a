"""Cards of one table: the size of the sure ones completes a part, and speaks for what has it."""

import numpy as np
import pytest
from made_photos import desk, flat_card, lay

from cardscan.image import finder
from cardscan.image.candidates import Candidate
from cardscan.image.quads import overlap
from cardscan.image.siblings import FEWEST, completed, usual_size, vouched

WIDE, TALL = 170.0, 100.0


def box(left, top, score=0.9, width=WIDE, height=TALL):
    right, bottom = left + width, top + height
    return Candidate(np.array([[left, top], [right, top], [right, bottom], [left, bottom]]), score)


def sight(seen):
    """A network that takes these quads for cards, and nothing else."""
    card = np.zeros((150, 200), np.float32)
    for quad in seen:
        left, top = np.rint(quad.min(axis=0) / 4).astype(int)
        right, bottom = np.rint(quad.max(axis=0) / 4).astype(int)
        card[top:bottom, left:right] = 1.0
    return finder.Sight(np.zeros_like(card), card, np.zeros((2, 150, 200), np.float32), np.array([4.0, 4.0]))


SURE = [box(40, 40), box(260, 40), box(480, 40), box(40, 200)]
DOUBTFUL = box(260, 200, 0.4)


def score_of(candidate, cards=SURE, seen=True):
    size = usual_size(cards)
    assert size is not None
    (raised,) = vouched([candidate], size, sight([candidate.quad] if seen else []))
    return raised.score


def test_what_has_the_size_of_its_neighbours_is_likelier():
    """Upright or on its side; those that have it keep their order."""
    assert score_of(DOUBTFUL) > 0.5
    assert score_of(box(300, 200, 0.4, TALL, WIDE)) > 0.5
    raised = [score_of(box(260, 200, score)) for score in (0.35, 0.5, 0.7, 0.9, 1.0)]
    assert raised == sorted(raised)
    assert raised[-1] == 1.0


@pytest.mark.parametrize(
    "candidate",
    [
        box(260, 200, 0.4, 0.8 * WIDE, 0.8 * TALL),
        box(260, 200, 0.4, 1.2 * WIDE, 1.2 * TALL),
        box(260, 200, 0.4, 130, 130),
        box(260, 200, 0.1),
    ],
)
def test_another_size_shape_or_next_to_nothing_gains_nothing(candidate):
    """Smaller, larger, square, or hardly an outline."""
    assert score_of(candidate) == candidate.score


def test_likely_cards_tell_the_size_where_few_are_sure():
    """Three of 0.7 vouch as three sure ones do; where enough are sure, only they are asked."""
    likely = [Candidate(card.quad, 0.7) for card in SURE]
    assert score_of(DOUBTFUL, likely) > 0.5
    larger = [Candidate(card.quad * 1.3, 0.7) for card in SURE]
    assert score_of(DOUBTFUL, [*SURE, *larger, *larger]) > 0.5
    assert usual_size([Candidate(card.quad, 0.6) for card in SURE]) is None


def test_few_cards_vouch_for_none_and_the_network_must_see_a_hint():
    """Two cards may be of any size; planks between cards have their size, but the network sees nothing there."""
    assert usual_size(SURE[: FEWEST - 1]) is None
    assert score_of(DOUBTFUL, seen=False) == DOUBTFUL.score


def test_the_size_follows_the_perspective_of_the_table():
    """Rows further back are smaller: a card there is as large as its row says, not as the nearest row."""
    rows = [box(40, 40 + 180 * row, 0.9, WIDE * far, TALL * far) for row, far in enumerate((0.7, 0.85, 1.0))]
    beside = [box(400, card.quad[0, 1], 0.9, *np.ptp(card.quad, axis=0)) for card in rows]
    assert score_of(box(600, 40, 0.4, 0.7 * WIDE, 0.7 * TALL), [*rows, *beside]) > 0.5
    assert score_of(box(600, 40, 0.4), [*rows, *beside]) == 0.4


@pytest.mark.parametrize("at", [(300.0, 240.0), (480.0, 330.0)])
@pytest.mark.parametrize("share", [0.35, 0.5, 0.65])
def test_a_panel_is_completed_to_its_card(at, share):
    """Half of a card is as light as the others, half as dark as the desk nearly is: the part tells of the whole."""
    photo = desk("dark", 800, 600)
    for card in SURE:
        lay(photo, flat_card(1), card.quad.astype(np.float32))
    whole = box(*at).quad
    pixels = flat_card(2)
    pixels[:, int(share * pixels.shape[1]) :] //= 3
    lay(photo, pixels, whole.astype(np.float32))
    panel = box(*at, 0.4, share * WIDE).quad
    size = usual_size(SURE)
    found = completed(photo, sight([whole]), [panel], SURE, size)
    assert max(overlap(each.quad, whole) for each in found) > 0.95
    assert usual_size(SURE[: FEWEST - 1]) is None


def test_parts_of_found_cards_are_left_alone():
    """What lies on a card is no card of its own."""
    photo = desk("dark", 800, 600)
    assert completed(photo, sight([]), [box(50, 50, 0.4, 80, 60).quad], SURE, usual_size(SURE)) == []
