"""Printed cards made on the spot, and one open engine for all tests."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cardscan.ocr import open_engine
from cardscan.options import OcrOptions
from cardscan.record import CardImage

FONTS = Path(__file__).parents[2] / "samples" / "generator" / "fonts" / "files"


@pytest.fixture(scope="session")
def engine():
    """The default engine."""
    return open_engine(OcrOptions())


def typeface(size):
    """A plain Latin typeface."""
    return ImageFont.truetype(FONTS / "roboto-latin-400-normal.woff2", size)


def printed(texts, size=(1000, 600), type_size=34, font=None):
    """White RGB pixels (height, width, 3) with black texts at ((x, y), text)."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    face = font or typeface(type_size)
    for place, text in texts:
        draw.text(place, text, font=face, fill=(20, 20, 30))
    return np.array(image)


def as_card(pixels):
    """A card image of these pixels, as the image stage would give it."""
    height, width = pixels.shape[:2]
    return CardImage(pixels, ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)))


def centre(quad):
    """The middle of a quad."""
    return tuple(sum(point[axis] for point in quad) / 4 for axis in (0, 1))
