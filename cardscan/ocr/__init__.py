"""Card image to page: engines behind one protocol, codes, reading order.

`open_engine` makes an engine ready, `recognize` reads one card with it. The default engine (`onnx`) runs PP-OCRv6 small
on onnxruntime; `tesseract` runs the installed program. Neither stands in for the other in silence.
Importing this room is cheap: cv2, onnxruntime and zxing-cpp load with the first engine or card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardscan.ocr.engine import Engine, TextFinder, open_engine
from cardscan.ocr.tesseract_program import TESSERACT_REMEDY
from cardscan.ocr.tesseract_program import installed_languages as tesseract_languages

if TYPE_CHECKING:
    from cardscan.options import OcrOptions
    from cardscan.record import CardImage, Page

__all__ = [
    "TESSERACT_REMEDY", "Engine", "TextFinder", "open_engine", "quarters_to_upright", "recognize",
    "tesseract_languages", "text_finder",
]  # fmt: skip


def recognize(card: CardImage, engine: Engine, options: OcrOptions) -> Page:
    """Read everything on a card: see `cardscan.ocr.page.recognize`."""
    from cardscan.ocr import page

    return page.recognize(card, engine, options)


def quarters_to_upright(page: Page) -> int:
    """Whether a page stands as its text runs: see `cardscan.ocr.upright.quarters_to_upright`."""
    from cardscan.ocr import upright

    return upright.quarters_to_upright(page)


def text_finder(engine: Engine) -> TextFinder | None:
    """The engine as a finder of text boxes, None if it cannot find text without reading it."""
    return engine if isinstance(engine, TextFinder) else None
