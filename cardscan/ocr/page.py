"""From a card image to a page: text lines in reading order, and codes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cardscan.ocr.codes import read_codes
from cardscan.ocr.engine import CloseReader, Engine, LineReading
from cardscan.ocr.ideographs import as_written_there
from cardscan.ocr.order import reading_order
from cardscan.ocr.parting import looked_at
from cardscan.ocr.scripts import read_unreadable
from cardscan.ocr.shapes import find_shapes
from cardscan.ocr.strikes import strikes
from cardscan.ocr.vietnamese import with_lost_letters
from cardscan.record import Doubt, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.options import OcrOptions
    from cardscan.record import CardImage, TextLine


def recognize(card: CardImage, engine: Engine, options: OcrOptions) -> Page:
    """Read everything that stands on a card.

    Args:
        card: Rectified and upright.
        engine: From `open_engine`; the same one reads many cards.
        options: As the engine was opened with.

    Returns:
        Lines in reading order, columns kept together, and codes; all quads in card pixels. A card of less than a few
        pixels has none. `warnings` tell of text that could not be read, and of what Tesseract read in its place.

    Raises:
        EngineError: The engine could not be run.
    """
    height, width = card.pixels.shape[:2]
    warnings: tuple[str, ...] = ()
    readings: Sequence[LineReading]
    if isinstance(engine, CloseReader):
        reading = engine.read_closely(card.pixels)
        added, warnings = read_unreadable(card.pixels, reading.unreadable, options)
        readings = _together(reading.lines, added)
    else:
        readings = [LineReading(line) for line in engine.read(card.pixels)]
    readings, looks = looked_at(card.pixels, readings)
    readings = with_lost_letters(readings)
    lines = as_written_there([reading.line for reading in readings])
    return Page(
        width=width,
        height=height,
        lines=lines,
        looks=looks,
        codes=read_codes(card.pixels),
        doubts=_placed(readings),
        warnings=warnings,
        strikes=strikes(card.pixels, lines),
        shapes=find_shapes(card.pixels, lines),
    )


def _together(readings: Sequence[LineReading], added: Sequence[TextLine]) -> Sequence[LineReading]:
    if not added:
        return readings
    everything = [*readings, *(LineReading(line) for line in added)]
    return [everything[index] for index in reading_order([reading.line for reading in everything])]


def _placed(readings: Sequence[LineReading]) -> tuple[Doubt, ...]:
    return tuple(replace(doubt, line=index) for index, reading in enumerate(readings) for doubt in reading.doubts)
