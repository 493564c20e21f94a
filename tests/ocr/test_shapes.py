"""Claims about drawn signs, by shape alone."""

import math

import cv2
import numpy as np
import pytest

from cardscan.ocr.shapes import find_shapes
from cardscan.record import TextLine

INK = (30, 44, 130)
PAPERS = [(250, 249, 245), (196, 214, 226)]
PLACE = (500, 300)


def paper(colour=PAPERS[0]):
    """An empty card."""
    return np.full((540, 900, 3), colour, np.uint8)


def drawn(card, *paths, width=4, ink=INK):
    """The card with paths of points drawn on it."""
    for path in paths:
        cv2.polylines(card, [np.round(np.array(path) * 16).astype(np.int32)], False, ink, width, cv2.LINE_AA, 4)
    return card


def tips(count, radius, turn=-1.5, at=PLACE, uneven=0.06):
    """Points around a place, no two exactly as far."""
    return [
        (
            at[0] + radius * (1 + uneven * math.sin(7 * i)) * math.cos(turn + i * math.tau / count),
            at[1] + radius * (1 + uneven * math.cos(5 * i)) * math.sin(turn + i * math.tau / count),
        )
        for i in range(count)
    ]


def pentagram(radius=30, at=PLACE, turn=-1.5):
    """A five-pointed star in one go."""
    corners = tips(5, radius, turn, at)
    return [corners[i] for i in (0, 2, 4, 1, 3, 0)]


def asterisk(radius=30, at=PLACE):
    """Three strokes through one point."""
    ends = tips(6, radius, 0.2, at)
    return [[ends[i], ends[i + 3]] for i in range(3)]


def kinds(card, lines=()):
    """What was found."""
    return [shape.kind for shape in find_shapes(card, lines)]


@pytest.mark.parametrize("colour", PAPERS)
@pytest.mark.parametrize("radius", [18, 30, 52])
@pytest.mark.parametrize("turn", [-1.8, -1.5, -1.2])
def test_a_star_drawn_in_one_go_is_found_where_it_is(colour, radius, turn):
    """Small or large, a little turned, on white or on tinted paper."""
    found = find_shapes(drawn(paper(colour), pentagram(radius, turn=turn), width=max(2, radius // 8)), ())
    assert [shape.kind for shape in found] == ["star"]
    assert found[0].quad[0] == pytest.approx((PLACE[0] - radius, PLACE[1] - radius), abs=0.2 * radius + 4)
    assert found[0].quad[2] == pytest.approx((PLACE[0] + radius, PLACE[1] + radius), abs=0.3 * radius + 4)


@pytest.mark.parametrize("radius", [18, 30, 50])
def test_an_asterisk_of_three_strokes_is_a_star(radius):
    """As people draw a star in a hurry."""
    assert kinds(drawn(paper(), *asterisk(radius))) == ["star"]


def test_two_stars_side_by_side_are_one_double_star():
    """Twice as important; two stars at two ends of a card are two stars."""
    assert kinds(drawn(paper(), pentagram(), *asterisk(at=(580, 304)))) == ["double-star"]
    assert kinds(drawn(paper(), pentagram(at=(100, 100)), pentagram(at=(800, 400)))) == ["star", "star"]


def test_a_check_mark_and_an_arrow_are_told():
    """Down and up; a shaft with two barbs, whichever way it points."""
    check = [(470, 300), (492, 330), (540, 262)]
    arrow = [[(400, 310), (450, 298), (500, 300)], [(470, 280), (500, 300)], [(472, 322), (500, 300)]]
    back = [[(900 - x, y) for x, y in path] for path in arrow]
    assert kinds(drawn(paper(), check)) == ["check"]
    assert kinds(drawn(paper(), *arrow)) == ["arrow"]
    assert kinds(drawn(paper(), *back)) == ["arrow"]


def lettered(text="020 7946 0958", at=(200, 200)):
    """A card with one printed line, and that line."""
    card = paper()
    cv2.putText(card, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2, cv2.LINE_AA)
    (wide, tall), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)
    left, top, right, bottom = at[0] - 6.0, at[1] - tall - 8.0, at[0] + wide + 6.0, at[1] + 8.0
    return card, TextLine(text, 0.99, ((left, top), (right, top), (right, bottom), (left, bottom)))


def test_a_circle_around_a_number_names_its_line():
    """An oval, a little open at its seam."""
    card, line = lettered()
    middle = (line.quad[0][0] + line.quad[1][0]) / 2, (line.quad[0][1] + line.quad[2][1]) / 2
    ring = [
        (middle[0] + 170 * math.cos(a), middle[1] + 36 * math.sin(a) * (1 + 0.04 * math.sin(3 * a)))
        for a in np.linspace(0.3, 0.3 + math.tau * 1.04, 60)
    ]
    found = find_shapes(drawn(card, ring), (line,))
    assert [(shape.kind, shape.lines) for shape in found] == [("circle", (0,))]


def test_an_underline_drawn_by_hand_names_its_line_and_a_rule_does_not():
    """What a ruler drew is print."""
    for bend, expected in ((5.0, [("underline", (0,))]), (0.0, [])):
        card, line = lettered()
        y = line.quad[2][1] + 2
        path = [(x, y + bend * math.sin((x - 200) / 60)) for x in np.linspace(205, 430, 40)]
        found = find_shapes(drawn(card, path, width=3), (line,))
        assert [(shape.kind, shape.lines) for shape in found] == expected


def logo(name):
    """Printed things that are no drawn sign."""
    card = paper()
    corners = tips(5, 34, uneven=0.0)
    inner = tips(5, 14, turn=-1.5 + math.pi / 5, uneven=0.0)
    outline = [point for pair in zip(corners, inner, strict=True) for point in pair]
    if name == "filled star":
        cv2.fillPoly(card, [np.round(outline).astype(np.int32)], INK)
    elif name == "frame":
        cv2.rectangle(card, (440, 270), (560, 330), INK, 3)
    elif name == "disc":
        cv2.circle(card, PLACE, 30, INK, -1)
    elif name == "ring":
        cv2.circle(card, PLACE, 30, INK, 4)
    elif name == "cross":
        drawn(card, [(470, 300), (530, 300)], [(500, 270), (500, 330)], width=8)
    elif name == "gear":
        for angle in np.linspace(0, math.tau, 12, endpoint=False):
            tooth = np.array(PLACE) + 32 * np.array([math.cos(angle), math.sin(angle)])
            drawn(card, [PLACE, tuple(tooth)], width=9)
    elif name == "triangle":
        drawn(card, [(470, 330), (500, 270), (530, 330), (470, 330)])
    elif name == "rule":
        drawn(card, [(100, 300), (800, 300)])
    else:
        cv2.putText(card, name, (460, 330), cv2.FONT_HERSHEY_SIMPLEX, 2.4, INK, 5, cv2.LINE_AA)
    return card


@pytest.mark.parametrize(
    "name", ["filled star", "frame", "disc", "ring", "cross", "gear", "triangle", "rule", "V", "A", "K", "X", "W", "Z"]
)
def test_logos_letters_and_rules_are_no_signs(name):
    """A wrong priority is worse than a missed one."""
    assert kinds(logo(name)) == []


def test_nothing_is_found_on_empty_or_tiny_cards_nor_in_noise():
    """Down to a few pixels; a card of noise has no star."""
    assert kinds(paper()) == []
    assert kinds(np.zeros((3, 5, 3), np.uint8)) == []
    noise = np.random.default_rng(4).integers(0, 256, (300, 500, 3), dtype=np.uint8)
    assert "star" not in kinds(noise)
    assert "double-star" not in kinds(noise)


def test_two_chinese_letters_are_text_and_two_latin_ones_may_be_a_sign():
    """Strokes inside a line that says something are letters, however they cross."""
    card = drawn(paper(), *asterisk())
    place = ((450, 260), (560, 260), (560, 340), (450, 340))
    assert find_shapes(card, [TextLine("吴娜", 0.97, place)]) == ()
    assert [shape.kind for shape in find_shapes(card, [TextLine("*k", 0.6, place)])] == ["star"]


def test_a_circle_that_touches_the_lines_above_and_below_is_found():
    """In the ink of the print as in its own: the ink around its hole is the ring, what hangs on to it is not."""
    for ink in (INK, (20, 20, 20)):
        card, line = lettered()
        for row in (160, 240):
            cv2.putText(card, "Brightwater gg", (190, row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2, cv2.LINE_AA)
        middle = (line.quad[0][0] + line.quad[1][0]) / 2, (line.quad[0][1] + line.quad[2][1]) / 2
        ring = [(middle[0] + 150 * math.cos(a), middle[1] + 31 * math.sin(a)) for a in np.linspace(0.3, 6.7, 60)]
        found = find_shapes(drawn(card, ring, ink=ink), (line,))
        assert [(shape.kind, shape.lines) for shape in found] == [("circle", (0,))]
        assert found[0].quad[0] == pytest.approx((middle[0] - 150, middle[1] - 31), abs=6)


def test_a_coloured_line_under_letters_that_it_touches_is_found():
    """Its ink tells it from the letters; the edge of a printed area has no paper on one side, and is no line."""
    card, line = lettered("gypsy jpgqy")
    path = [(x, line.quad[2][1] + 4 * math.sin((x - 200) / 40)) for x in np.linspace(205, 400, 40)]
    assert [shape.kind for shape in find_shapes(drawn(card, path, width=3), (line,))] == ["underline"]
    card, line = lettered()
    cv2.fillPoly(card, [np.array([*[(round(x), round(y)) for x, y in path], (900, 400), (0, 400)], np.int32)], INK)
    assert find_shapes(card, (line,)) == ()


def test_what_lies_at_the_edge_is_no_sign():
    """It is a strip of the desk, or print that runs over the edge."""
    assert kinds(drawn(paper(), pentagram(at=(46, 300)))) == ["star"]
    assert kinds(drawn(paper(), pentagram(at=(35, 300)))) == []
