"""Ink that hardly shows, with the real engine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cardscan.ocr.faint import ink_views

from .conftest import FONTS, printed

NOTE = ("new number on back", "check the quote")


def scribbled(ground, ink, size):
    """A card with a printed name and a note, as a camera sees it: with a little noise."""
    picture = Image.new("RGB", (1000, 600), ground)
    draw = ImageDraw.Draw(picture)
    draw.text(
        (100, 420), "DE LANTAARN", font=ImageFont.truetype(FONTS / "roboto-latin-400-normal.woff2", 80), fill="white"
    )
    pen = ImageFont.truetype(FONTS / "schoolbell-latin-400-normal.woff2", size)
    for row, text in enumerate(NOTE):
        draw.text((180, 120 + 90 * row), text, font=pen, fill=ink)
    noise = np.random.default_rng(3).normal(0, 2, (600, 1000, 3))
    return np.clip(np.array(picture) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("ground", "ink", "size"),
    [((12, 28, 70), (10, 34, 56), 40), ((200, 170, 40), (206, 160, 60), 46), ((14, 30, 84), (10, 40, 66), 30)],
)
def test_ink_nearly_as_bright_as_its_ground_is_read(engine, ground, ink, size):
    """Green on blue, orange on yellow: the network alone finds the printed name only."""
    assert {line.text for line in engine.read(scribbled(ground, ink, size))} == {*NOTE, "DE LANTAARN"}


def test_each_ink_is_shown_black_on_white():
    """The stronger first: where the printed name is dark the note is not, and the other way round."""
    print_view, pen_view = ink_views(scribbled((12, 28, 70), (60, 90, 60), 40), ())
    for view, belongs in ((print_view, lambda y: y > 400), (pen_view, lambda y: y < 300)):
        rows, columns = np.nonzero(view.pixels[..., 0] < 100)
        places = view.in_image(np.stack([columns, rows], axis=1))
        assert len(places) > 500
        assert belongs(places[:, 1]).mean() > 0.95


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((600, 1000, 3), 200, np.uint8),
        np.zeros((8, 8, 3), np.uint8),
        np.zeros((0, 0, 3), np.uint8),
        np.eye(25, 9000)[..., None].repeat(3, 2).astype(np.uint8),
    ],
)
def test_no_ink_gives_no_view(pixels):
    """A blank card, one of a few pixels or none, and a mere strip."""
    assert ink_views(pixels, ()) == []


def test_ink_in_boxes_is_no_news(engine):
    """What is boxed for sure is not looked for again."""
    page = printed([((120, 120), "Willem de Bont"), ((120, 220), "Notaris te Delft"), ((120, 320), "+31 15 555 0134")])
    assert sorted(line.text for line in engine.read(page)) == ["+31 15 555 0134", "Notaris te Delft", "Willem de Bont"]
