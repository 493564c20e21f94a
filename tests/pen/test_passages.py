"""Claims about which lines make one note, and their order."""

import math

import pytest

from cardscan.pen.passages import written_order
from cardscan.record import TextLine


def written(text, x, y, degrees=0.0, height=30.0, wide=None):
    """A line that begins at (x, y), the corner at its own top-left, and runs in some direction."""
    along = (math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))
    wide = wide or 16.0 * len(text)
    right = (x + along[0] * wide, y + along[1] * wide)
    down = (-along[1] * height, along[0] * height)
    return TextLine(text, 0.9, ((x, y), right, (right[0] + down[0], right[1] + down[1]), (x + down[0], y + down[1])))


def in_order(*lines):
    return [lines[place].text for place in written_order(lines)]


@pytest.mark.parametrize("degrees", [-25.0, -8.0, 0.0, 12.0, 30.0])
def test_a_short_second_line_follows_a_long_slanting_first(degrees):
    """The middle of a line that sinks may lie below that of the short line under its beginning."""
    turn = math.radians(degrees)
    below = (100.0 - 42 * math.sin(turn), 200.0 + 42 * math.cos(turn))
    first = written("Send the price list and", 100.0, 200.0, degrees)
    assert in_order(written("samples", *below, degrees), first) == [first.text, "samples"]


def test_two_notes_side_by_side_are_read_one_after_the_other():
    """A row ends where a note does."""
    lines = [
        written("call on Monday", 50.0, 50.0), written("wants a demo", 600.0, 60.0),
        written("about the boiler", 50.0, 90.0), written("for his team", 600.0, 100.0),
    ]  # fmt: skip
    assert in_order(*lines) == ["call on Monday", "about the boiler", "wants a demo", "for his team"]


def test_pieces_of_one_row_are_read_from_its_beginning():
    """A gap between words may have cut a row in two."""
    lines = [written("by Friday", 60.0, 92.0), written("the offer", 240.0, 55.0), written("send her", 60.0, 50.0)]
    assert in_order(*lines) == ["send her", "the offer", "by Friday"]


@pytest.mark.parametrize(
    ("degrees", "first", "second"),
    [(180.0, (700, 400), (700, 360)), (90.0, (700, 50), (650, 50)), (270.0, (50, 500), (100, 500))],
)
def test_a_note_up_the_margin_or_on_its_head_is_read_from_its_own_top(degrees, first, second):
    """Down is where its own lines follow each other."""
    lines = [written("by the 14th", *second, degrees), written("send plans", *first, degrees)]
    assert in_order(*lines) == ["send plans", "by the 14th"]
