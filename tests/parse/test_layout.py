"""Claims about pieces of lines and where they stand."""

from __future__ import annotations

import math

import pytest

from cardscan.parse.finding import Span
from cardscan.parse.layout import aligned, beside, next_above, next_below, part_of, pieces_of, reading_order
from cardscan.record import Page, TextLine


def line(text, left, top, height=20.0, angle=0.0, source="print"):
    width = 10.0 * len(text)
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    turned = [
        (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)) for x, y in corners
    ]
    return TextLine(text, 0.9, tuple(turned), source)


def test_what_is_taken_is_cut_out():
    """A taken span parts a line into pieces; separators at their edges are dropped."""
    page = Page(500, 300, (line("Jane Doe - 12345 - CEO", 0, 0),))
    pieces = pieces_of(page, (Span(0, 11, 16),))
    assert [piece.text for piece in pieces] == ["Jane Doe", "CEO"]
    assert [piece.span for piece in pieces] == [Span(0, 0, 8), Span(0, 19, 22)]


def test_pen_is_no_piece():
    """Handwriting is left to the notes."""
    assert pieces_of(Page(500, 300, (line("call her", 0, 0, source="handwriting"),)), ()) == ()


@pytest.mark.parametrize("angle", [0.0, 0.1, -0.15])
def test_below_holds_on_a_card_askew(angle):
    """Neighbours above and below are the same however the card lies."""
    page = Page(500, 300, (line("Jane Doe", 100, 50, angle=angle), line("Director", 100, 80, angle=angle)))
    upper, lower = pieces_of(page, ())
    assert next_below(upper, (upper, lower)) == lower
    assert next_above(lower, (upper, lower)) == upper
    assert aligned(upper, lower)
    assert not beside(upper, lower)


def test_size_is_of_the_letters():
    """A line without capitals or descenders is not smaller print than its neighbour of the same type."""
    page = Page(
        500, 300, (line("Typography", 0, 0, 20.0), line("anna moreau", 0, 30, 14.0), line("Hotel Plaza", 0, 60, 17))
    )
    sizes = [piece.size for piece in pieces_of(page, ())]
    assert max(sizes) / min(sizes) < 1.05


def test_reading_order_goes_by_rows():
    """Pieces come from top to bottom, within a row from left to right."""
    page = Page(500, 300, (line("right", 300, 2), line("low", 0, 60), line("left", 0, 0)))
    assert [piece.text for piece in reading_order(pieces_of(page, ()))] == ["left", "right", "low"]


def test_part_of_keeps_its_place():
    """A part of a piece knows its characters and its share of the box."""
    piece = pieces_of(Page(500, 300, (line("Jane Doe, CEO", 0, 0),)), ())[0]
    part = part_of(piece, 8, 13)
    assert part is not None
    assert (part.text, part.span) == ("CEO", Span(0, 10, 13))
    assert part.left > piece.left
    assert part_of(piece, 8, 10) is None
