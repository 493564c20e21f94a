"""A flat scan of an invented person's card: the smallest real photo that the whole path can read."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LINES = (
    ("Orla Fennick", 64, 60),
    ("Head of Purchasing", 36, 150),
    ("Brightwater Mills Ltd", 44, 250),
    ("+44 20 7946 0958", 36, 340),
    ("orla.fennick@brightwater-mills.co.uk", 36, 400),
    ("www.brightwater-mills.co.uk", 36, 460),
)


def flat_card(path: Path, name: str = "Orla Fennick", **saving: object) -> Path:
    """Write a card of 1050 x 600 pixels, edge to edge, with another name if one is given; the suffix is the format."""
    card = Image.new("RGB", (1050, 600), (250, 249, 245))
    pen = ImageDraw.Draw(card)
    for text, size, top in LINES:
        pen.text((70, top), name if top == 60 else text, fill=(30, 34, 48), font=ImageFont.load_default(size))
    path.parent.mkdir(parents=True, exist_ok=True)
    card.save(path, **saving)
    return path
