"""A closer look at boxes that read badly: lines that touch melt into one at the scale of the whole card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.ocr.boxes import TextBox
from cardscan.ocr.detection import find_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import onnxruntime

    from cardscan.ocr.crop import LineCutter
    from cardscan.ocr.recognition import LineReader, Strip
    from cardscan.record import Pixels

_WEAK: Final = 0.7  # mean probability of text in a box
_VERY_WEAK: Final = 0.6
_UNSURE: Final = 0.9  # mean probability of the letters read in it
_LEAST: Final = 1.5  # length to height; shorter boxes hold a sign or a letter
_ROOM: Final = 0.3  # heights of the box around it
_CLOSER: Final = 1.5  # so much larger does the network see it
_SIDES: Final = (96, 736)  # pixels of the network's longer side
_INSIDE: Final = 0.6  # of a new box that must lie in the old one, and none other may hold


def looked_closer(
    detection: onnxruntime.InferenceSession,
    reader: LineReader,
    pixels: Pixels,
    cutter: LineCutter,
    found: Sequence[tuple[TextBox, Strip]],
) -> list[tuple[TextBox, Strip]]:
    """Boxes with what they read, a weak and unsure one replaced by the lines that a closer look tells apart.

    Args:
        detection: The detection model.
        reader: Reads the new boxes.
        pixels: RGB, uint8, (height, width, 3), in which the boxes lie.
        cutter: Cuts lines from the same image.
        found: Boxes and their strips.
    """
    kept: list[tuple[TextBox, Strip]] = []
    for box, strip in found:
        better: list[tuple[TextBox, Strip]] = []
        if _is_doubtful(box, strip):
            others = [other for other, _ in found if other is not box]
            lines = _lines_in(detection, pixels, box)
            lines = [line for line in lines if all(_share_inside(line, other) < _INSIDE for other in others)]
            better = [(line, reader.read_box(cutter, line)) for line in lines]
        kept += better if _said(better) > _said([(box, strip)]) else [(box, strip)]
    return kept


def _is_doubtful(box: TextBox, strip: Strip) -> bool:
    """One of two lines in a box may be read for sure, and the other not at all; the box is very weak then."""
    level = box.width >= _LEAST * box.height
    return level and (box.score < _VERY_WEAK or (box.score < _WEAK and strip.confidence < _UNSURE))


def _lines_in(detection: onnxruntime.InferenceSession, pixels: Pixels, box: TextBox) -> list[TextBox]:
    """The lines that the network finds in a box's surroundings, seen larger; in pixels of the whole image."""
    left, top, width, height = cv2.boundingRect(box.corners)
    room = round(_ROOM * box.height)
    left, top, right, bottom = max(left - room, 0), max(top - room, 0), left + width + room, top + height + room
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    share = max(part.shape[:2]) / max(pixels.shape[:2])
    side = round(min(max(share * _CLOSER * _SIDES[1], _SIDES[0]), _SIDES[1]))
    offset = np.array([left, top], np.float32)
    lines = [TextBox(line.corners + offset, line.score) for line in find_boxes(detection, part, side)]
    return [line for line in lines if _share_inside(line, box) >= _INSIDE]


def _share_inside(line: TextBox, box: TextBox) -> float:
    common = float(cv2.intersectConvexConvex(line.corners, box.corners)[0])
    return common / max(1.0, line.width * line.height)


def _said(lines: Sequence[tuple[TextBox, Strip]]) -> float:
    """How much can be read for sure: letters, each by how sure it is and doubtful ones against it."""
    return sum(2 * letter.probability - 1 for _, strip in lines for letter in strip.letters)
