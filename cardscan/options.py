"""One frozen options class per stage. Defaults are what a person wants who sets nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EngineName = Literal["onnx", "tesseract"]


@dataclass(frozen=True, slots=True)
class ImageOptions:
    """Decoding and card finding.

    Attributes:
        max_megapixels: A photo whose header says more is refused before a pixel is decoded.
        max_pages: Pages of a TIFF or PDF beyond this are refused, not dropped in silence.
        max_cards: At most so many cards are taken from one photo.
        pdf_dpi: Resolution at which PDF pages are rendered.
    """

    max_megapixels: float = 120.0
    max_pages: int = 200
    max_cards: int = 60
    pdf_dpi: int = 300


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """Which engine reads, and how.

    Attributes:
        engine: `onnx` (PP-OCRv6 small) or `tesseract`.
        languages: Tesseract language codes; empty takes every language that is installed and fits.
        timeout: Seconds one Tesseract run may take.
        threads: Threads of one onnxruntime session; processes scale better than threads.
    """

    engine: EngineName = "onnx"
    languages: tuple[str, ...] = ()
    timeout: float = 30.0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """Mapping text to fields.

    Attributes:
        region: ISO 3166 country that reads a number printed without its prefix, when the card does not say one.
        min_confidence: A value less likely right than this sends the card to review.
        raw_confidence: Give the rules' own scores, from which `models/confidence/fit.py` learns.
    """

    region: str | None = None
    min_confidence: float = 0.7
    raw_confidence: bool = False


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """All that `pipeline.scan` needs to know."""

    image: ImageOptions = ImageOptions()
    ocr: OcrOptions = OcrOptions()
    parse: ParseOptions = ParseOptions()
    event: str | None = None
    place: str | None = None
    met_on: str | None = None
