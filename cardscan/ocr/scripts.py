"""Text in scripts the default model has no characters for: said, and read by Tesseract where it can.

The model writes Latin, Greek, Japanese and Chinese. Korean, Cyrillic, Arabic, Hebrew, Indic, Thai and other text is
found, but comes out empty.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.errors import EngineError
from cardscan.ocr.tesseract_program import installed_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.options import OcrOptions
    from cardscan.record import Pixels, Quad, TextLine

# Tesseract's codes of languages whose script the model lacks.
LANGUAGES: Final = frozenset(
    "kor kor_vert rus ukr bel bul mkd srp kaz kir tgk mon ara fas urd pus uig heb yid hin mar nep san ben asm guj pan "
    "ori tam tel kan mal sin tha lao khm mya bod kat hye amh tir".split()
)
_MOST_LANGUAGES: Final = 3  # each one more slows Tesseract down and blurs its choice
_ENOUGH: Final = 2  # boxes: a single one may be a drawing
_SHARE: Final = 0.6  # of a line that must lie in unreadable boxes
_SURE: Final = 0.65  # a language that does not fit reads less surely than this
_TRUST: Final = 0.8  # on photos Tesseract's own confidence promises too much


def read_unreadable(
    pixels: Pixels, unreadable: Sequence[Quad], options: OcrOptions
) -> tuple[tuple[TextLine, ...], tuple[str, ...]]:
    """Read with Tesseract what the default model could not, if one of the languages at hand may do.

    Args:
        pixels: The whole card.
        unreadable: Boxes of text without characters, in card pixels.
        options: Its languages, if any are named, are the ones that are tried.

    Returns:
        The lines Tesseract read in those boxes, and what the user must be told; nothing when fewer than two boxes are
        unreadable.
    """
    if len(unreadable) < _ENOUGH:
        return (), ()
    languages = _languages(options)
    count = f"{len(unreadable)} lines are in a script the model cannot read (perhaps Korean, Cyrillic, Arabic or Thai)"
    if not languages:
        return (), (f"{count}; install Tesseract with that language to have them read",)
    from cardscan.ocr.tesseract import TesseractEngine  # loads only for such cards

    engine = TesseractEngine(languages, options.timeout)
    try:
        lines = engine.read(pixels)
    except EngineError as error:
        return (), (f"{count}; {error}",)
    read = tuple(_less_sure(line) for line in lines if line.confidence >= _SURE and _inside(line.quad, unreadable))
    return read, (f"{count}; Tesseract ({'+'.join(languages)}) read {len(read)} in their place, less surely",)


def _languages(options: OcrOptions) -> tuple[str, ...]:
    installed = [name for name in installed_languages() if name in LANGUAGES]
    named = [name for name in options.languages if name in installed]
    return tuple((named or installed)[:_MOST_LANGUAGES])


def _inside(quad: Quad, boxes: Sequence[Quad]) -> bool:
    left, top, right, bottom = _frame(quad)
    area = max((right - left) * (bottom - top), 1e-6)
    shared = 0.0
    for box in boxes:
        x0, y0, x1, y1 = _frame(box)
        shared += max(min(right, x1) - max(left, x0), 0.0) * max(min(bottom, y1) - max(top, y0), 0.0)
    return shared >= _SHARE * area


def _frame(quad: Quad) -> tuple[float, float, float, float]:
    points = np.array(quad)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _less_sure(line: TextLine) -> TextLine:
    return replace(line, confidence=line.confidence * _TRUST)
