"""What a line of text says: PP-OCR's CTC recognition, for lines that lie in any direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.geometry import as_quad, stand_together
from cardscan.ocr.crop import LINE_HEIGHT, LineCutter
from cardscan.ocr.ctc import Letter, decode
from cardscan.ocr.detection import normalized

if TYPE_CHECKING:
    from collections.abc import Sequence

    import onnxruntime

    from cardscan.ocr.boxes import FloatArray, TextBox
    from cardscan.record import Pixels

_UNSURE: Final = 0.88  # below this a line may stand on its head
_CLEARLY: Final = 0.1  # so much surer must the other way up be
_OPPOSITE: Final = -0.7  # cosine of the angle between lines that run against each other
_NARROW: Final = 2.5  # a tall box less tall than this may be one upright character
_COLUMN: Final = 1.8  # from this on it may be characters set one below the other
_UPRIGHT: Final = 0.02  # the network also reads CJK lying on its side; where both readings are sure, this one is true
_ALONE: Final = 0.15  # confidence of a single character is worth so much less than that of a word


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """The letters of one text box.

    Attributes:
        letters: In reading order, positions along `corners`' upper side (down its right side if `stacked`).
        corners: (4, 2), clockwise from the text's own top-left.
        stacked: Whether upright characters stand one below the other; positions then run downwards.
    """

    letters: tuple[Letter, ...]
    corners: FloatArray
    stacked: bool = False

    @property
    def confidence(self) -> float:
        """Mean probability of the letters, 0 without any."""
        return float(np.mean([letter.probability for letter in self.letters])) if self.letters else 0.0

    @property
    def worth(self) -> float:
        """What decides between two ways to read the same box: many sure letters beat one."""
        return self.confidence - _ALONE / max(len(self.letters), 1) + (_UPRIGHT if self.stacked else 0.0)


class LineReader:
    """Reads single lines with the recognition model."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        listed = session.get_modelmeta().custom_metadata_map["character"]
        self.characters = (*listed.split("\n"), " ")

    def read_box(self, cutter: LineCutter, box: TextBox) -> Strip:
        """Read one box: as it lies; if it is tall, turned both ways and stacked; if unsure, upside down as well."""
        if box.tall:
            return max(self._tall_readings(cutter, box), key=lambda strip: strip.worth)
        strip = self.read_corners(cutter, box.corners)
        if strip.confidence < _UNSURE:
            turned = self.read_corners(cutter, np.roll(box.corners, 2, axis=0))
            if turned.confidence > strip.confidence + _CLEARLY:
                return turned
        return strip

    def read_boxes(self, cutter: LineCutter, boxes: Sequence[TextBox]) -> list[Strip]:
        """Read boxes, an unsure one the way up of a surer one right above or below it, if that reads better.

        Of a hand on its head a hard line may look like other words on its feet. It need only read hardly worse if most
        such lines run the other way.
        """
        strips = [self.read_box(cutter, box) for box in boxes]
        for index in _against_another(strips):
            strip = strips[index]
            beside = [other for other in strips if _is_surer_beside(other, strip)]
            against = sum(float(_along(strip) @ _along(other)) < 0 for other in beside)
            if against:
                turned = self.read_corners(cutter, np.roll(strip.corners, 2, axis=0))
                margin = -_CLEARLY if against > len(beside) / 2 else 0.0
                if turned.confidence > strip.confidence + margin:
                    strips[index] = turned
        return strips

    def read_corners(self, cutter: LineCutter, corners: FloatArray) -> Strip:
        """Read the line inside `corners` (4, 2; clockwise from the text's own top-left)."""
        return Strip(self.read_line(cutter.cut(corners)), corners)

    def read_line(self, line: Pixels) -> tuple[Letter, ...]:
        """Read an RGB image of one upright line, 48 pixels high."""
        steps = self._session.run(None, {"x": normalized(line)})[0][0]
        return decode(steps, self.characters)

    def _tall_readings(self, cutter: LineCutter, box: TextBox) -> list[Strip]:
        ratio = box.height / max(box.width, 1.0)
        downwards, upwards = np.roll(box.corners, -1, axis=0), np.roll(box.corners, -3, axis=0)
        readings = [self.read_corners(cutter, downwards), self.read_corners(cutter, upwards)]
        if ratio < _NARROW:
            readings.append(self.read_corners(cutter, box.corners))
        if ratio >= _COLUMN:
            column = np.rot90(
                cutter.cut(downwards), -1
            )  # cut lying down, as cutting fixes the height, then put upright
            readings.append(Strip(self.read_line(laid_out(np.ascontiguousarray(column))), box.corners, stacked=True))
        return readings


def _against_another(strips: Sequence[Strip]) -> list[int]:
    """The places of strips that run against one or more others: few cards have any."""
    if not strips:
        return []
    along = np.array([_along(strip) for strip in strips])
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    return [int(place) for place in np.flatnonzero((along @ along.T < _OPPOSITE).any(axis=1))]


def _is_surer_beside(other: Strip, strip: Strip) -> bool:
    return other.confidence > strip.confidence and stand_together(as_quad(strip.corners), as_quad(other.corners))


def _along(strip: Strip) -> FloatArray:
    return np.asarray(strip.corners[1] - strip.corners[0], np.float32)


def laid_out(column: Pixels) -> Pixels:
    """Put the characters of a column (RGB, 48 wide) side by side into a line 48 high, as CJK text is read."""
    side = column.shape[1]
    cells = []
    for top, bottom in _cells(column):
        cell = column[top:bottom]
        scale = min(side / cell.shape[0], 1.0)
        if scale < 1.0:
            cell = cv2.resize(cell, (max(round(side * scale), 1), side), interpolation=cv2.INTER_AREA)
        above = (side - cell.shape[0]) // 2
        cells.append(cv2.copyMakeBorder(cell, above, side - cell.shape[0] - above, 0, 0, cv2.BORDER_REPLICATE))
    return np.concatenate(cells, axis=1) if cells else column[:LINE_HEIGHT]


def _cells(column: Pixels) -> list[tuple[int, int]]:
    # Rows with ink, joined to characters of at most the column's width: strokes of one character may stand apart.
    side = column.shape[1]
    grey = cv2.cvtColor(column, cv2.COLOR_RGB2GRAY)
    contrast = grey.max(axis=1).astype(int) - grey.min(axis=1)
    inked = np.concatenate(([0], (contrast > max(contrast.max() * 0.35, 16)).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(inked)).reshape(-1, 2).tolist()
    cells: list[tuple[int, int]] = []
    for top, bottom in edges:
        if cells and bottom - cells[-1][0] <= side * 0.85:
            cells[-1] = (cells[-1][0], bottom)
        else:
            cells.append((top, bottom))
    margin = round(side * 0.08)
    return [(max(top - margin, 0), min(bottom + margin, len(grey))) for top, bottom in cells if bottom - top >= 3]
