"""The picture of a card for embedding: cut out of its photo, made small, without any metadata of the photo."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from cardscan.errors import InputError
from cardscan.options import ImageOptions
from cardscan.record import Card

LONGEST: Final = 640
"""Pixels of the long side; enough to read a card, small enough for an address book."""


def jpeg(card: Card) -> bytes:
    """The card as a JPEG; only pixels are carried over, so neither EXIF nor a place survives.

    Raises:
        InputError: The photo is gone or cannot be decoded.
    """
    from PIL import Image

    from cardscan.image import cut, load

    for photo in load(Path(card.source.path), ImageOptions()):
        if photo.page == card.source.page:
            pixels = cut(photo.pixels, card.source.quad) if card.source.quad else photo.pixels
            picture = Image.fromarray(pixels)
            picture.thumbnail((LONGEST, LONGEST))
            target = io.BytesIO()
            picture.save(target, "JPEG", quality=80, optimize=True)
            return target.getvalue()
    raise InputError(f"{card.source.path!r} has no page {card.source.page + 1} any more", kind="not-found")
