"""Where text is: PP-OCR's DBNet text detection, turned once more where lines run up a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.ocr.boxes import TALL, THRESHOLD, FloatArray, TextBox, boxes_from_map, clockwise

if TYPE_CHECKING:
    import onnxruntime

    from cardscan.record import Pixels

_STRIDE: Final = 32  # the network halves its input five times
_WEAK: Final = 0.75  # mean probability of text in a box; upright print mostly has more
_LEVEL: Final = 0.8  # height to width below which a box holds a level line
_LEAST_LEFT: Final = 200  # pixels of the probability map
_ON: Final = 0.3  # share of the smaller of two boxes


def find_boxes(
    session: onnxruntime.InferenceSession, pixels: Pixels, long_side: int, *, both_ways: bool = False
) -> list[TextBox]:
    """Find the text lines of an RGB image.

    Args:
        session: The detection model.
        pixels: RGB, uint8, (height, width, 3).
        long_side: The image is resized so that its longer side is about so many pixels.
        both_ways: Look once more, at the image turned a quarter, where lines that run up or down may have been missed.

    Returns:
        At most 600 boxes a look, in pixels of the given image, unordered.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < 2:
        return []
    probability, scale = _text_map(session, pixels, long_side)
    boxes = boxes_from_map(probability, scale)
    if not (both_ways and _may_miss_upright(boxes, probability, scale)):
        return boxes
    return with_upright(boxes, upright_boxes(session, pixels, long_side))


def upright_boxes(session: onnxruntime.InferenceSession, pixels: Pixels, long_side: int) -> list[TextBox]:
    """The lines that are level in an image turned a quarter, in pixels of the image as it is; as for `find_boxes`."""
    # To the right, as most write up a margin and not down it.
    turned = boxes_from_map(*_text_map(session, np.ascontiguousarray(np.rot90(pixels, -1)), long_side))
    return [TextBox(clockwise(_turned_back(box.corners, pixels.shape[0])), box.score) for box in turned if not box.tall]


def _text_map(session: onnxruntime.InferenceSession, pixels: Pixels, long_side: int) -> tuple[FloatArray, FloatArray]:
    """The probability of text (h, w) that the network sees, and image pixels per map pixel, x and y."""
    height, width = pixels.shape[:2]
    net_width, net_height = _net_size(width, height, long_side)
    method = cv2.INTER_AREA if net_width < width else cv2.INTER_LINEAR
    small = cv2.resize(pixels, (net_width, net_height), interpolation=method)
    scale = np.array([width / net_width, height / net_height], np.float32)
    return session.run(None, {"x": normalized(small)})[0][0, 0], scale


def _may_miss_upright(boxes: list[TextBox], probability: FloatArray, scale: FloatArray) -> bool:
    """Whether an upright box is weak, or a core that is in no box is higher than wide.

    Lines side by side that run up a margin melt together.
    """
    if any(box.tall and _is_weak(box) for box in boxes):
        return True
    left = (probability > THRESHOLD).astype(np.uint8)
    for box in boxes:
        cv2.fillPoly(left, [np.round(box.corners / scale).astype(np.int32)], 0)
    _, _, found, _ = cv2.connectedComponentsWithStats(left)
    heights, widths = found[1:, cv2.CC_STAT_HEIGHT], found[1:, cv2.CC_STAT_WIDTH]
    return bool(((heights >= TALL * widths) & (found[1:, cv2.CC_STAT_AREA] >= _LEAST_LEFT)).any())


def _turned_back(corners: FloatArray, height: int) -> FloatArray:
    """Points of an image turned a quarter to the right, in the image (`height` pixels high) as it was."""
    return np.stack([corners[:, 1], height - corners[:, 0]], axis=1).astype(np.float32)


def with_upright(boxes: list[TextBox], upright: list[TextBox]) -> list[TextBox]:
    """The boxes with lines that run up or down, found by themselves, in place of the weak ones they lie on."""
    sure = [box for box in boxes if not _is_weak(box)]
    added = [box for box in upright if box.tall and all(shared(box, other) < _ON for other in sure)]
    kept = [box for box in boxes if not _is_weak(box) or all(shared(box, other) < _ON for other in added)]
    return [*kept, *added]


def _is_weak(box: TextBox) -> bool:
    """Whether a box that is no level line may be several upright ones in one, or a part of one."""
    return box.score < _WEAK and box.height >= _LEVEL * box.width


def shared(one: TextBox, other: TextBox) -> float:
    """Common area of two boxes, as a share of the smaller."""
    area = float(cv2.intersectConvexConvex(one.corners, other.corners)[0])
    return area / max(1.0, min(one.width * one.height, other.width * other.height))


def normalized(pixels: Pixels) -> FloatArray:
    """RGB uint8 (h, w, 3) to the networks' input: BGR, -1 to 1, (1, 3, h, w)."""
    blob: FloatArray = cv2.dnn.blobFromImage(pixels, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
    return blob


def _net_size(width: int, height: int, long_side: int) -> tuple[int, int]:
    ratio = long_side / max(width, height)
    net_width, net_height = (max(_STRIDE, round(side * ratio / _STRIDE) * _STRIDE) for side in (width, height))
    return net_width, net_height
