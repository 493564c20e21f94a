"""Closer looks: at boxes in which lines melted into one at the scale of a card, and at ink that no box holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.ocr.boxes import TextBox
from cardscan.ocr.crop import LineCutter
from cardscan.ocr.detection import find_boxes, shared, upright_boxes
from cardscan.ocr.faint import WEAK, InkView, ink_views

if TYPE_CHECKING:
    from collections.abc import Sequence

    import onnxruntime

    from cardscan.ocr.recognition import LineReader, Strip
    from cardscan.record import Pixels

_WEAK: Final = 0.7  # mean probability of text in a box
_UNSURE: Final = 0.9  # mean probability of the letters read in it
_LEAST: Final = 1.5  # length to height; shorter boxes hold a sign or a letter
_ROOM: Final = 0.3  # heights of the box around it
_CLOSER: Final = 1.5  # so much larger does the network see it
_SIDES: Final = (96, 736)  # pixels of the network's longer side
_SURE: Final = 0.8  # mean probability of the letters of a line of faint ink
_WORD: Final = 3  # letters and figures
_ON: Final = 0.3  # share of the smaller of two boxes
_INSIDE: Final = 0.6  # of a new box that must lie in the old one, and none other may hold


Found = tuple[TextBox, "Strip"]
"""A box and what it reads."""


@dataclass(frozen=True, slots=True, eq=False)
class CloserLook:
    """Looks again at one image, where the first look left something.

    Attributes:
        detection: The detection model.
        reader: Reads the new boxes.
        pixels: RGB, uint8, (height, width, 3), in which the boxes lie.
        cutter: Cuts lines from the same image.
    """

    detection: onnxruntime.InferenceSession
    reader: LineReader
    pixels: Pixels
    cutter: LineCutter

    def at_melted(self, found: Sequence[Found]) -> list[Found]:
        """Boxes with what they read, a weak and unsure one replaced by the lines that part when seen larger."""
        kept: list[Found] = []
        for box, strip in found:
            better: list[Found] = []
            if _is_doubtful(box, strip):
                others = [other for other, _ in found if other is not box]
                lines = _lines_in(self.detection, self.pixels, box)
                lines = [line for line in lines if all(_share_inside(line, other) < _INSIDE for other in others)]
                better = [(line, self.reader.read_box(self.cutter, line)) for line in lines]
            kept += better if _said(better) > _said([(box, strip)]) else [(box, strip)]
        return kept

    def at_faint_ink(self, found: Sequence[Found]) -> list[Found]:
        """Boxes with what they read, and the lines of ink that no box held, if they read well.

        A line that lies on a weak box takes its place if it reads better.
        """
        kept = list(found)
        for view in ink_views(self.pixels, [box for box, _ in found]):
            share = max(view.pixels.shape[:2]) / (max(self.pixels.shape[:2]) * view.scale)
            shown = LineCutter(view.pixels)
            for line in _lines_of(self.detection, view, _side(share)):
                box = TextBox(view.in_image(line.corners), line.score)
                seen = self.reader.read_box(shown, line)
                seen = replace(seen, corners=view.in_image(seen.corners))
                strip = max(self.reader.read_box(self.cutter, box), seen, key=lambda strip: strip.confidence)
                beside = [pair for pair in kept if shared(box, pair[0]) >= _ON]
                better = all(pair[0].score < WEAK and pair[1].confidence < strip.confidence for pair in beside)
                if better and _reads_well(strip):
                    kept = [pair for pair in kept if pair not in beside]
                    kept.append((box, strip))
        return kept


def _lines_of(detection: onnxruntime.InferenceSession, view: InkView, side: int) -> list[TextBox]:
    """The lines that the network finds in an ink, those that run up or down first where it seems to have some."""
    upright = upright_boxes(detection, view.pixels, side) if view.upright else []
    return [*upright, *find_boxes(detection, view.pixels, side)]


def _reads_well(strip: Strip) -> bool:
    return strip.confidence >= _SURE and sum(letter.char.isalnum() for letter in strip.letters) >= _WORD


def _is_doubtful(box: TextBox, strip: Strip) -> bool:
    """Whether lines may have melted in a box; one of them may be read for sure: the box is very weak then."""
    level = box.width >= _LEAST * box.height
    return level and (box.score < WEAK or (box.score < _WEAK and strip.confidence < _UNSURE))


def _lines_in(detection: onnxruntime.InferenceSession, pixels: Pixels, box: TextBox) -> list[TextBox]:
    """The lines that the network finds in a box's surroundings, seen larger; in pixels of the whole image."""
    left, top, width, height = cv2.boundingRect(box.corners)
    room = round(_ROOM * box.height)
    left, top, right, bottom = max(left - room, 0), max(top - room, 0), left + width + room, top + height + room
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    share = max(part.shape[:2]) / max(pixels.shape[:2])
    side = _side(share)
    offset = np.array([left, top], np.float32)
    lines = [TextBox(line.corners + offset, line.score) for line in find_boxes(detection, part, side)]
    return [line for line in lines if _share_inside(line, box) >= _INSIDE]


def _side(share: float) -> int:
    """At how many pixels the network sees a part that is such a share of the image's longer side."""
    return round(min(max(share * _CLOSER * _SIDES[1], _SIDES[0]), _SIDES[1]))


def _share_inside(line: TextBox, box: TextBox) -> float:
    common = float(cv2.intersectConvexConvex(line.corners, box.corners)[0])
    return common / max(1.0, line.width * line.height)


def _said(lines: Sequence[Found]) -> float:
    """How much can be read for sure: letters, each by how sure it is and doubtful ones against it."""
    return sum(2 * letter.probability - 1 for _, strip in lines for letter in strip.letters)
