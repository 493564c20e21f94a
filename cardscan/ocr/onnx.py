"""The default engine: PP-OCRv6 small on onnxruntime, with our own thin runner.

One detection pass over the whole card, then each line is cut from the full-resolution image and read by itself:
batches would pad short lines to the longest, which costs time and accuracy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.geometry import as_quad
from cardscan.inference import open_session
from cardscan.ocr.alike import told_apart
from cardscan.ocr.closer import CloserLook
from cardscan.ocr.crop import LineCutter, between
from cardscan.ocr.detection import find_boxes
from cardscan.ocr.engine import CloseReading, LineReading
from cardscan.ocr.order import reading_order
from cardscan.ocr.recognition import LineReader, Strip
from cardscan.ocr.spacing import columns, plain, with_spaces, without_rims
from cardscan.record import Doubt, Quad, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    import onnxruntime

    from cardscan.ocr.boxes import FloatArray, TextBox
    from cardscan.ocr.ctc import Letter
    from cardscan.options import OcrOptions
    from cardscan.record import Pixels

_LONG_SIDE: Final = 736
_MIN_CONFIDENCE: Final = 0.5
_DOUBTFUL: Final = 0.01  # a runner-up less likely than this is not worth keeping
_SURELY_TEXT: Final = 0.65  # mean probability of text in a box
_LINE: Final = 2.0  # length to height of a box from which on it holds several characters
_SPARSE: Final = 0.35  # letters per line height; the most letter-spaced print has twice as many
_SKIPPED: Final = 0.05  # the same for a punctuation mark that was passed over …
_SKIPPED_IN_MAIL: Final = 5e-4  # … in a mail address: 0.001 to 0.4 where a dot is printed, below 5e-5 where none is


class OnnxEngine:
    """Finds and reads text; is an `Engine`, a `CloseReader` and a `TextFinder`."""

    name = "onnx"

    def __init__(
        self,
        detection: onnxruntime.InferenceSession,
        recognition: onnxruntime.InferenceSession,
        long_side: int = _LONG_SIDE,
    ) -> None:
        self._detection = detection
        self._reader = LineReader(recognition)
        self._long_side = long_side

    @property
    def characters(self) -> frozenset[str]:
        """Every character the recognition model can write."""
        return frozenset(self._reader.characters)

    def find_text(self, pixels: Pixels) -> tuple[Quad, ...]:
        """The boxes of all text lines, unordered, each from the top-left as the image lies."""
        return tuple(as_quad(box.corners) for box in find_boxes(self._detection, pixels, self._long_side))

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read every line, as `Engine.read` says."""
        return tuple(reading.line for reading in self.read_closely(pixels).lines)

    def read_closely(self, pixels: Pixels) -> CloseReading:
        """Read every line with its doubts, in reading order, and tell which boxes hold no character it knows."""
        cutter = LineCutter(pixels)
        boxes = find_boxes(self._detection, pixels, self._long_side, both_ways=True)
        strips = self._reader.read_boxes(cutter, boxes)
        look = CloserLook(self._detection, self._reader, pixels, cutter)
        seen = look.at_faint_ink(look.at_melted(list(zip(boxes, strips, strict=True))))
        unknown = [is_unknown(box, strip) for box, strip in seen]
        readings = [
            reading
            for (_, strip), skip in zip(seen, unknown, strict=True)
            if not skip
            for reading in line_readings(strip)
        ]
        order = reading_order([reading.line for reading in readings])
        return CloseReading(
            lines=tuple(readings[index] for index in order),
            unreadable=tuple(as_quad(box.corners) for (box, _), skip in zip(seen, unknown, strict=True) if skip),
        )


def open_onnx(options: OcrOptions) -> OnnxEngine:
    """Open both models.

    Raises:
        ModelError: A model file is missing, altered or cannot be loaded.
    """
    threads = max(options.threads, 1)
    return OnnxEngine(open_session("text-detection", threads), open_session("text-recognition", threads))


def is_unknown(box: TextBox, strip: Strip) -> bool:
    """Whether a box surely holds text, but in a script the network has no characters for.

    It was trained to write nothing then: of a Korean or Russian line only figures and points are left.
    """
    length, height = max(box.width, box.height), min(box.width, box.height)
    letters = sum(letter.char.isalnum() for letter in strip.letters)
    return box.score >= _SURELY_TEXT and length >= _LINE * height and letters < _SPARSE * length / max(height, 1.0)


def line_readings(strip: Strip) -> list[LineReading]:
    """The lines of one text box: one as a rule, more where columns were boxed together; none if it cannot be read."""
    sides = np.linalg.norm(strip.corners[[1, 3]] - strip.corners[0], axis=1)
    length, height = (sides[1], sides[0]) if strip.stacked else (sides[0], sides[1])
    heights = float(length / max(height, 1.0))
    parts = columns(told_apart(without_rims(plain(strip.letters), heights)), heights)
    if strip.stacked:
        parts = [tuple(letter for part in parts for letter in part)] if parts else []
    readings = []
    for index, part in enumerate(parts):
        start = (parts[index - 1][-1].position + part[0].position) / 2 if index else 0.0
        end = (part[-1].position + parts[index + 1][0].position) / 2 if index + 1 < len(parts) else 1.0
        reading = _reading(part, between(strip.corners, start, end), (start, end))
        if reading.line.confidence >= _MIN_CONFIDENCE:
            readings.append(reading)
    return readings


def _reading(letters: Sequence[Letter], corners: FloatArray, ends: tuple[float, float]) -> LineReading:
    confidence = float(np.mean([letter.probability for letter in letters]))
    spaced = with_spaces(letters)
    line = TextLine("".join(letter.char for letter in spaced), min(confidence, 1.0), as_quad(corners))
    skipped = _SKIPPED_IN_MAIL if "@" in line.text else _SKIPPED
    doubts = [
        Doubt(0, position, letter.char, letter.probability, letter.instead, letter.instead_probability)
        for position, letter in enumerate(spaced)
        if letter.instead and letter.instead_probability >= _DOUBTFUL
    ] + [
        Doubt(0, position, "", 1 - letter.skipped_probability, letter.skipped, letter.skipped_probability)
        for position, letter in enumerate(spaced)
        if letter.skipped_probability >= skipped
    ]
    places = tuple((letter.position - ends[0]) / max(ends[1] - ends[0], 1e-6) for letter in spaced)
    return LineReading(line, tuple(doubts), places)
