"""Finding cards: any angle, any desk, many at once, and none where there is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from made_photos import corner_error, desk, flat_card, lay, photo_of, seen

from cardscan import geometry
from cardscan.image import find_cards
from cardscan.options import ImageOptions

PAPERS = [(245, 243, 238), (25, 30, 60), (180, 40, 40)]


def shot(kind, paper, size, tilt, roll, yaw=0.0, fill=0.8, seed=0):
    """A photo of one card, and its true corners."""
    canvas = desk(kind, *size, seed=seed)
    quad = seen(89, 51, size, tilt, yaw, roll, fill)
    lay(canvas, flat_card(seed, paper=paper), quad)
    return photo_of(cv2.GaussianBlur(canvas, (0, 0), 0.7)), quad


@pytest.mark.parametrize("kind", ["dark", "light", "wood", "busy"])
@pytest.mark.parametrize("paper", PAPERS)
def test_one_card_is_found_on_any_desk(kind, paper, options):
    """One card gives one card, its corners within 1.5 % of the diagonal and in the card's own order."""
    photo, quad = shot(kind, paper, (1600, 1200), tilt=18, roll=8, seed=3)
    cards = find_cards(photo, options)
    assert len(cards) == 1
    assert corner_error(cards[0].quad, quad) < 0.015
    assert cards[0].rotation == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-25, 0, 25])
def test_a_turned_card_comes_out_upright(turn, skew, options):
    """Whatever way a card lies, its image can be read, and its first corner is its own top-left."""
    photo, quad = shot("wood", PAPERS[0], (1200, 1200), tilt=10, roll=turn + skew, seed=1)
    (card,) = find_cards(photo, options)
    assert corner_error(card.quad, quad) < 0.02
    assert card.rotation == (360 - turn) % 360
    height, width = card.pixels.shape[:2]
    assert width / height == pytest.approx(89 / 51, rel=0.05)
    mark = card.pixels[int(0.25 * height), int(0.86 * width)].astype(int)  # the red disc of the design, top right
    assert mark[0] > mark[2] + 60


@pytest.mark.parametrize("tilt", [30, 45, 60])
@pytest.mark.parametrize("size", [(640, 480), (1600, 1200)])
def test_steep_cards_keep_their_corners_and_proportions(tilt, size, options):
    """Up to 60 degrees from the vertical, also in a small photo, corners stay within 3 % of the diagonal."""
    photo, quad = shot("dark", PAPERS[0], size, tilt=tilt, roll=12, yaw=20, seed=2)
    (card,) = find_cards(photo, options)
    assert corner_error(card.quad, quad) < 0.03
    height, width = card.pixels.shape[:2]
    assert width / height == pytest.approx(89 / 51, rel=0.12)


def test_every_card_of_a_table_is_found_once_in_reading_order(options):
    """Twelve cards in rows give twelve, row by row."""
    canvas = desk("wood", 1600, 1200, seed=4)
    truth = []
    for number in range(12):
        row, column = divmod(number, 3)
        centre = np.array([270 + 530 * column, 160 + 290 * row])
        rectangle = cv2.boxPoints(((float(centre[0]), float(centre[1])), (400.0, 230.0), float(number % 5 - 2)))
        quad = np.array(sorted(rectangle.tolist(), key=lambda p: p[1]))
        quad = np.array([*sorted(quad[:2].tolist()), *sorted(quad[2:].tolist(), reverse=True)])
        lay(canvas, flat_card(number, paper=PAPERS[number % 3]), quad)
        truth.append(quad)
    cards = find_cards(photo_of(canvas), options)
    assert len(cards) == 12
    for card, quad in zip(cards, truth, strict=True):
        assert corner_error(card.quad, quad) < 0.03
    assert len(find_cards(photo_of(canvas), ImageOptions(max_cards=5))) == 5


def test_overlapping_cards_are_two(options):
    """A card that covers a corner of another does not swallow it."""
    canvas = desk("dark", 1600, 1200, seed=5)
    first = np.array([[150, 150], [950, 150], [950, 610], [150, 610]], float)
    second = first @ np.array([[0.985, 0.17], [-0.17, 0.985]]) + np.array([480, 230])
    lay(canvas, flat_card(1), first)
    lay(canvas, flat_card(2, paper=PAPERS[2]), second)
    cards = find_cards(photo_of(canvas), options)
    assert len(cards) == 2
    assert min(corner_error(card.quad, first) for card in cards) < 0.03
    assert min(corner_error(card.quad, second) for card in cards) < 0.03


@pytest.mark.parametrize("kind", ["wood", "busy"])
def test_cards_laid_edge_to_edge_are_as_many_as_they_are(kind, options):
    """A block of six that touch on all sides is six cards, not one sheet."""
    canvas = desk(kind, 1600, 1200, seed=12)
    truth = []
    for number in range(6):
        row, column = divmod(number, 2)
        left, top = 240 + 560 * column, 130 + 315 * row
        quad = np.array([[left, top], [left + 560, top], [left + 560, top + 315], [left, top + 315]], float)
        lay(canvas, flat_card(number, paper=PAPERS[(row + column) % 3]), quad)
        truth.append(quad)
    cards = find_cards(photo_of(canvas), options)
    assert len(cards) == 6
    assert all(min(corner_error(card.quad, quad) for card in cards) < 0.03 for quad in truth)


def test_a_scan_without_margin_is_one_card(options):
    """A picture that is all card is one card, whole."""
    for paper in PAPERS:
        (card,) = find_cards(photo_of(flat_card(6, paper=paper)), options)
        assert corner_error(card.quad, np.array(geometry.corners(1050, 600))) < 0.02


@pytest.mark.parametrize("kind", ["dark", "light", "wood", "busy"])
def test_an_empty_desk_has_no_card(kind, options):
    """A photo with no card gives none."""
    assert find_cards(photo_of(desk(kind, 1200, 900, seed=7)), options) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 2), (40, 30)])
def test_pictures_of_hardly_any_pixels_do_no_harm(size, options):
    """Slivers and specks give a list, not an error."""
    pixels = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), np.uint8)
    assert isinstance(find_cards(photo_of(pixels), options), list)


def test_a_small_card_in_a_large_photo_is_cut_from_full_resolution(options):
    """The card image has the photo's own pixels, not those of the copy the finder worked on."""
    canvas = desk("dark", 4000, 3000, seed=8)
    quad = np.array([[1200, 900], [2600, 960], [2560, 1760], [1160, 1700]], float)
    lay(canvas, flat_card(8, 1400, 800), quad)
    (card,) = find_cards(photo_of(canvas), options)
    assert card.pixels.shape[1] > 1350
    assert corner_error(card.quad, quad) < 0.006
    assert card.quality.warnings == ()


def test_small_cards_far_away_get_a_closer_look(options):
    """Twelve cards that fill a small part of a large photo are found, with corners as good as those of large ones."""
    canvas = desk("dark", 2400, 1800, seed=9)
    truth = []
    for number in range(12):
        row, column = divmod(number, 4)
        left, top = 700 + 270 * column, 600 + 165 * row
        quad = np.array([[left, top], [left + 240, top], [left + 240, top + 138], [left, top + 138]], float)
        lay(canvas, flat_card(number, 480, 276, paper=PAPERS[0]), quad)
        truth.append(quad)
    cards = find_cards(photo_of(canvas), options)
    assert len(cards) == 12
    assert all(min(corner_error(card.quad, quad) for card in cards) < 0.03 for quad in truth)
    assert all("very small" in " ".join(card.quality.warnings) for card in cards)


def test_keys_beside_a_card_are_no_cards(options):
    """A keyboard's keys are card-shaped and many, but far smaller than the card beside them."""
    photo, quad = shot("wood", PAPERS[0], (1600, 1200), tilt=10, roll=4, fill=0.5, seed=5)
    pixels = photo.pixels.copy()
    for row in range(2):
        for column in range(10):
            left, top = 40 + 150 * column, 20 + 105 * row
            cv2.rectangle(pixels, (left, top), (left + 130, top + 85), (40, 40, 44), -1, cv2.LINE_AA)
            cv2.putText(pixels, "QWERTYUIOP"[column], (left + 30, top + 60), cv2.FONT_HERSHEY_SIMPLEX, 1.4,
                        (230, 230, 230), 3, cv2.LINE_AA)  # fmt: skip
    cards = find_cards(photo_of(pixels), options)
    assert len(cards) == 1
    assert corner_error(cards[0].quad, quad) < 0.02


def test_text_without_a_hint_of_a_card_is_none(options):
    """A desk with letters all over, as a keyboard seen from near, has no card, whatever the text says."""
    pixels = desk("dark", 1200, 900, seed=2)
    boxes = [((x, y), (x + 60, y), (x + 60, y + 40), (x, y + 40)) for x in (60, 400, 1100) for y in (60, 400, 800)]
    assert find_cards(photo_of(pixels), options, lambda _: boxes) == []
