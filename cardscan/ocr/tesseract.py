"""The second engine: the Tesseract program, for clean, large print and for scripts the default model cannot write.

The preparation is what it needs on photos: grey, evenly lit, dark on light, and large.
"""

from __future__ import annotations

import csv
import io
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image

from cardscan.errors import EngineError
from cardscan.ocr.order import reading_order
from cardscan.ocr.tesseract_program import (
    TESSERACT_REMEDY,
    default_languages,
    find_program,
    installed_languages,
    read_table,
)
from cardscan.record import TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.options import OcrOptions
    from cardscan.record import Pixels

_PAGE_MODE: Final = 11  # sparse text: cards have no paragraphs
_LONG_SIDE: Final = 2000  # pixels: type of 8 points on a card of 85 mm gets an x-height of about 30
_MAX_ENLARGED: Final = 3.0
_MIN_CONFIDENCE: Final = 0.5
_COLUMN_GAP: Final = 1.5  # word heights between two words of one line: more are two columns


class TesseractEngine:
    """Reads with the installed Tesseract program; is an `Engine`."""

    name = "tesseract"

    def __init__(self, languages: Sequence[str], timeout: float) -> None:
        self.languages = tuple(languages)
        self._timeout = timeout

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read every line, as `Engine.read` says.

        Raises:
            EngineError: Tesseract failed, or took longer than the timeout.
        """
        if min(pixels.shape[:2]) < 3:
            return ()
        prepared, scale = prepare(pixels)
        lines = parse_tsv(self._run(prepared), scale)
        return tuple(lines[index] for index in reading_order(lines))

    def _run(self, grey: Pixels) -> str:
        return read_table(Image.fromarray(grey), self.languages, _PAGE_MODE, self._timeout)


def open_tesseract(options: OcrOptions) -> TesseractEngine:
    """Find the program and the languages.

    Raises:
        EngineError: Tesseract or a language is not installed; the message says how to install it.
    """
    if find_program() is None:
        raise EngineError(TESSERACT_REMEDY)
    installed = installed_languages()
    if not installed:
        raise EngineError("Tesseract has no language data; Debian/Ubuntu: sudo apt install tesseract-ocr-eng")
    missing = [language for language in options.languages if language not in installed]
    if missing:
        package = missing[0].replace("_", "-").lower()
        raise EngineError(
            f"Tesseract's language {missing[0]!r} is not installed (installed: {', '.join(installed)}); "
            f"Debian/Ubuntu: sudo apt install tesseract-ocr-{package}"
        )
    return TesseractEngine(options.languages or default_languages(installed), options.timeout)


def prepare(pixels: Pixels) -> tuple[Pixels, float]:
    """Grey, evenly lit, dark on light, and large enough for Tesseract.

    Returns:
        The image (height, width) uint8, and its pixels per pixel of the given image.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(_LONG_SIDE / max(grey.shape), _MAX_ENLARGED)
    size = (max(round(grey.shape[1] * scale), 3), max(round(grey.shape[0] * scale), 3))
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    if np.median(grey) < 100:
        grey = cv2.bitwise_not(grey)
    # The paper's brightness, without the print: closing takes out strokes, the blur the edges it leaves.
    small = cv2.resize(grey, (max(size[0] // 8, 1), max(size[1] // 8, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (0, 0), 5)
    paper = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    even: Pixels = cv2.divide(grey, cv2.max(paper, 1), scale=235)
    return even, scale


def parse_tsv(tsv: str, scale: float) -> list[TextLine]:
    """Turn Tesseract's TSV into lines, cut where words stand a column apart.

    Args:
        tsv: With the header `level page_num block_num par_num line_num word_num left top width height conf text`.
        scale: Pixels of the prepared image per pixel of the card.
    """
    rows = csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]
    lines = []
    for _, group in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        for part in _columns(list(group)):
            line = _line(part, scale)
            if line.confidence >= _MIN_CONFIDENCE:
                lines.append(line)
    return lines


def _columns(words: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    parts = [[words[0]]]
    for left, right in pairwise(words):
        gap = int(right["left"]) - int(left["left"]) - int(left["width"])
        if gap > _COLUMN_GAP * max(int(left["height"]), int(right["height"])):
            parts.append([])
        parts[-1].append(right)
    return parts


def _line(words: list[dict[str, str]], scale: float) -> TextLine:
    left = min(int(word["left"]) for word in words) / scale
    top = min(int(word["top"]) for word in words) / scale
    right = max(int(word["left"]) + int(word["width"]) for word in words) / scale
    bottom = max(int(word["top"]) + int(word["height"]) for word in words) / scale
    letters = sum(len(word["text"]) for word in words)
    confidence = sum(float(word["conf"]) * len(word["text"]) for word in words) / letters / 100
    quad = ((left, top), (right, top), (right, bottom), (left, bottom))
    return TextLine(" ".join(word["text"].strip() for word in words), min(max(confidence, 0.0), 1.0), quad)
