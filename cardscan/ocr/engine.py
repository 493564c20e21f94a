"""What every OCR engine can do, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from cardscan.options import OcrOptions
    from cardscan.record import Doubt, Pixels, Quad, TextLine


@runtime_checkable
class Engine(Protocol):
    """Reads the text of an image."""

    @property
    def name(self) -> str:
        """The engine's name as `--engine` takes it."""
        ...

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read every line of text in an image.

        Args:
            pixels: RGB, uint8, (height, width, 3), of any size.

        Returns:
            The lines in reading order. A quad is in pixels of the given image, clockwise from the line's own top-left.

        Raises:
            EngineError: The engine could not be run.
        """
        ...


@runtime_checkable
class TextFinder(Protocol):
    """Finds where text is without reading it."""

    def find_text(self, pixels: Pixels) -> tuple[Quad, ...]:
        """The boxes of all text lines, unordered, in pixels of the given image; `pixels` as in `Engine.read`."""
        ...


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line as an engine read it.

    Attributes:
        line: The line.
        doubts: Its doubtful characters; their `line` is 0 until the line has its place on a page.
        places: The middle of each character along the line, 0 to 1; empty where the engine doesn't tell.
    """

    line: TextLine
    doubts: tuple[Doubt, ...] = ()
    places: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseReading:
    """All an engine can tell: its lines in reading order, and the boxes of text it has no characters for."""

    lines: tuple[LineReading, ...] = ()
    unreadable: tuple[Quad, ...] = ()


@runtime_checkable
class CloseReader(Protocol):
    """An engine that also tells which characters it was unsure of and which text it could not read at all."""

    def read_closely(self, pixels: Pixels) -> CloseReading:
        """As `Engine.read`, with doubts and unreadable boxes."""
        ...


def open_engine(options: OcrOptions) -> Engine:
    """Make the engine that `options.engine` names ready to read; there is no fallback to another one.

    Raises:
        EngineError: The engine, its program or its model is missing or unusable; the message says what to do.
    """
    if options.engine == "tesseract":
        from cardscan.ocr import tesseract  # each engine's libraries load only when it is chosen

        return tesseract.open_tesseract(options)
    from cardscan.ocr import onnx

    return onnx.open_onnx(options)
