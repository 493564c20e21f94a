"""Text cores of a probability map become straight boxes, and bent ones are cut."""

from __future__ import annotations

import cv2
import numpy as np

from cardscan.ocr.detection import boxes_from_map

SCALE = np.array([1.0, 1.0], np.float32)


def drawn(*lines: tuple[tuple[int, int], tuple[int, int]], probability: float = 0.9) -> np.ndarray:
    core = np.zeros((300, 600), np.float32)
    for start, end in lines:
        cv2.line(core, start, end, probability, 12)
    return core


def angles(probability: np.ndarray) -> list[float]:
    found = []
    for box in boxes_from_map(probability, SCALE):
        (x, y), (right, low) = box.corners[0], box.corners[1]
        found.append(round(float(np.degrees(np.arctan2(low - y, right - x)))))
    return sorted(found)


def test_a_straight_core_is_one_box() -> None:
    assert angles(drawn(((30, 150), (560, 150)))) == [0]
    assert angles(drawn(((30, 250), (560, 50)))) == [-21]


def test_a_bent_core_is_cut_where_it_bends() -> None:
    """Print, and a pen's line that slants away behind it."""
    level, slanting = sorted(angles(drawn(((30, 250), (300, 250)), ((300, 250), (570, 120)))), key=abs)
    assert abs(level) <= 3 and -30 <= slanting <= -22


def test_what_is_no_line_gives_no_box() -> None:
    """A ring and a weak core are no text."""
    ring = np.zeros((300, 600), np.float32)
    cv2.circle(ring, (300, 150), 120, 0.9, 6)
    assert all(box.score >= 0.45 for box in boxes_from_map(ring, SCALE))
    assert angles(drawn(((30, 250), (300, 250)), ((300, 250), (570, 120)), probability=0.35)) == []
