"""Photos taken one after the other."""

from __future__ import annotations

import pytest

from cardscan.kinship.palette import colours_alike, shapes_alike
from cardscan.kinship.photos import nearness
from cardscan.record import Design, Source

DAY = "2026-03-14T10:00:"


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        (Source("IMG_0009.jpg"), Source("IMG_0010.jpg"), False),
        (Source("IMG_0009.jpg"), Source("IMG_0011.jpg"), None),
        (Source("a/IMG_0009.jpg"), Source("b/IMG_0010.jpg"), None),
        (Source("IMG_0009.jpg"), Source("DSC_0010.jpg"), None),
        (Source("card.jpg"), Source("other.jpg"), None),
        (Source("x.jpg", taken_at=DAY + "00"), Source("y.jpg", taken_at=DAY + "09"), True),
        (Source("x1.jpg", taken_at=DAY + "00"), Source("x2.jpg", taken_at="2026-03-14T10:02:00"), False),
        (Source("x1.jpg", taken_at=DAY + "00"), Source("x2.jpg", taken_at="2026-03-14T10:30:00"), None),
        (Source("x1.jpg", taken_at=DAY + "00"), Source("x2.jpg"), None),
        (Source("x1.jpg", taken_at="no time"), Source("x2.jpg", taken_at="9999-99-99"), False),
        (Source("s.pdf", "ff", page=0), Source("s.pdf", "ff", page=1), True),
        (Source("s.pdf", "ff", page=0), Source("s.pdf", "ff", page=2), None),
        (Source("t.jpg", "ff", 0, 2), Source("t.jpg", "ff", 1, 2), True),
        (Source("t.jpg", "ff", 0, 9), Source("t.jpg", "ff", 1, 9), False),
        (Source("9" * 5000 + ".jpg"), Source("\udcff8.jpg"), None),
    ],
)
def test_time_decides_then_the_number(first: Source, second: Source, near: bool | None) -> None:
    """Times decide where both have one; else file numbers that follow; pages and one photo of two cards are near."""
    found = nearness(first, second)
    assert (found.closely if found else None) == near
    back = nearness(second, first)
    assert (back.closely if back else None) == near


def test_colours_tell_designs_apart() -> None:
    """The same hue in two lights is one ink; white and grey have none; another hue is another design."""
    front, back = Design(1.6, "#fbfbfa", ("#0a8f5b",)), Design(1.6, "#119a66", ("#f8f8f8",))
    shared = colours_alike(front, back)
    assert shared is not None and shared.telling and shared.exact
    assert colours_alike(front, Design(1.6, "#b3261e")) is None
    plain = colours_alike(Design(1.6, "#fbfbfa"), Design(1.6, "#e4e4e0"))
    assert plain is not None and not plain.telling
    assert colours_alike(front, None) is None
    assert colours_alike(front, Design(0, "not a colour", ("#12",))) is None


def test_a_card_turned_on_its_side_has_the_same_shape() -> None:
    """85 by 55 is 55 by 85; a square is another card; what is not known speaks for nothing."""
    assert shapes_alike(Design(1.55, "#ffffff"), Design(0.64, "#ffffff"))
    assert not shapes_alike(Design(1.55, "#ffffff"), Design(1.0, "#ffffff"))
    assert shapes_alike(None, Design(1.0, "#ffffff")) and shapes_alike(Design(0, "#ffffff"), Design(1.0, "#ffffff"))
