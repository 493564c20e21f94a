"""Claims about lines that follow each other; the maps between quads are tested with the pictures they serve."""

import pytest

from cardscan.geometry import stand_together


def box(x, y, wide, tall=30.0):
    """An upright quad."""
    return ((x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall))


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (box(60, 90, 90), True),
        (box(60, 10, 90), True),
        (box(60, 130, 90), False),  # a line lies between
        (box(400, 90, 90), False),  # another column
        (box(60, 90, 90)[2:] + box(60, 90, 90)[:2], True),  # on its head
    ],
)
def test_lines_stand_together_where_one_is_right_under_the_other(other, together):
    """Which way up the other line is does not matter."""
    assert stand_together(box(50, 50, 200), other) is together
