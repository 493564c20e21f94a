"""How well notes up and down a margin are read, by one look for text and by two: `python -m tests.bench.margin_score`.

108 small cards with one to four tight lines of three sizes of six hands. Of every line counts how much of it (edit
similarity, 0 to 1) stands in the line read that is nearest to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.fuzz import ratio

from cardscan.ocr import onnx, open_engine
from cardscan.ocr.engine import Engine
from cardscan.options import OcrOptions

FONTS: Final = Path(__file__).parents[2] / "samples" / "generator" / "fonts" / "files"
HANDS: Final = (
    "indie-flower", "annie-use-your-telescope", "patrick-hand", "schoolbell", "sue-ellen-francisco", "caveat",
)  # fmt: skip
SIZES: Final = ((26, 24), (26, 27), (30, 30))
"""Of the letters and from line to line, in pixels."""
NOTES: Final = (
    ("call her back", "budget 5k", "photos of the fair", "by Monday"),
    ("send plans", "meet Tuesday 10am"),
    ("knows the mayor",),
)
Card = tuple[Sequence[str], np.ndarray]


def cards() -> list[Card]:
    """The lines of each card, and its picture (398, 650 or turned; RGB)."""
    found: list[Card] = []
    for hand in HANDS:
        for size, step in SIZES:
            face = ImageFont.truetype(FONTS / f"{hand}-latin-400-normal.woff2", size)
            for number, lines in enumerate(NOTES):
                image = Image.new("RGB", (398, 650), (150, 100, 60) if number else (240, 240, 236))
                for row, text in enumerate(lines):
                    ImageDraw.Draw(image).text((190, 480 + row * step), text, font=face, fill=(20, 20, 24))
                found += [(lines, np.ascontiguousarray(np.rot90(np.array(image), turns))) for turns in (1, -1)]
    return found


def agreed(engine: Engine, given: Sequence[Card]) -> float:
    """The mean share of each line that was read."""
    shares = []
    for lines, pixels in given:
        read = [line.text for line in engine.read(pixels)]
        shares += [max((ratio(text, other) / 100 for other in read), default=0.0) for text in lines]
    return float(np.mean(shares))


def main() -> None:
    """Print both figures."""
    engine, given = open_engine(OcrOptions()), cards()
    print(f"{len(given)} cards; two looks {agreed(engine, given):.3f}", end="", flush=True)
    look = onnx.find_boxes
    with patch.object(onnx, "find_boxes", lambda *arguments, **_: look(*arguments)):
        print(f", one look {agreed(engine, given):.3f}")


if __name__ == "__main__":
    main()
