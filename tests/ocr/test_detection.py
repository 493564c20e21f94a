"""Text cores of a probability map become straight boxes, and bent ones are cut."""

from __future__ import annotations

import cv2
import numpy as np

from cardscan.ocr.boxes import TextBox, boxes_from_map
from cardscan.ocr.detection import with_upright

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


def box(left: float, top: float, wide: float, tall: float, score: float) -> TextBox:
    corners = np.array([[left, top], [left + wide, top], [left + wide, top + tall], [left, top + tall]], np.float32)
    return TextBox(corners, score)


def test_upright_lines_found_by_themselves_replace_a_weak_box_of_several() -> None:
    """A level line keeps its place, and so does a sure upright one."""
    level, sure = box(10, 10, 300, 30, 0.6), box(400, 10, 30, 200, 0.9)
    weak = box(100, 100, 60, 200, 0.5)
    first, second = box(100, 100, 28, 200, 0.8), box(132, 100, 28, 190, 0.8)
    on_level, on_sure = box(50, 10, 20, 40, 0.8), box(402, 20, 28, 180, 0.8)
    found = with_upright([level, sure, weak], [first, second, on_level, on_sure])
    assert found == [level, sure, first, second]


def test_a_weak_box_stays_where_nothing_better_is_found() -> None:
    """A second look may see less."""
    weak = box(100, 100, 60, 200, 0.5)
    assert with_upright([weak], [box(300, 100, 28, 200, 0.8)])[0] is weak
    assert with_upright([weak], []) == [weak]
