"""When a piece of ink is a sign: rules on its mask (height, width; 1 is ink), which is cut to its box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from cardscan.record import Pixels

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_THIN: Final = 0.22  # stroke width to size, at most
_NOTCH: Final = 0.1  # depth of a star's notches, as a share of its size
_UNEVEN: Final = 32.0  # degrees that the angle between two notches may be off
_RIM: Final = 1.3  # how far a ring's ink may reach from its hole, in stroke widths
_BENT: Final = 0.45  # pixels by which a hand's line leaves the straight one, on average
_HALF: Final = 0.5
_NEAR: Final = 0.92  # share of ink on the expected strokes, and of them that is inked


def is_star(mask: Pixels) -> bool:
    """Five tips drawn in one go, or an asterisk of three strokes; not a filled star."""
    tall, wide = mask.shape
    outline, filled = _outline(mask)
    if not 0.6 < wide / tall < 1.65 or len(outline) < 8:
        return False
    defects = _notches(outline)
    if defects is None:
        return False
    points = outline.reshape(-1, 2)
    deep = [
        (points[start] + points[end]) / 2  # the middle between two tips; the notch itself may lie in the star's middle
        for start, end, _, depth in defects.reshape(-1, 4)
        if depth / 256 > _NOTCH * max(mask.shape)
    ]
    if len(deep) not in (5, 6):
        return False
    moments = cv2.moments(filled, True)
    middle = np.array([moments["m10"], moments["m01"]]) / max(moments["m00"], 1)
    angles = np.sort([np.degrees(np.arctan2(*(point - middle)[::-1])) for point in deep])
    steps = np.diff(np.append(angles, angles[0] + 360))
    if np.abs(steps - 360 / len(deep)).max() > _UNEVEN or _breadth(mask) > _THIN * max(mask.shape):
        return False
    open_share = 1 - float(mask.sum()) / max(float(filled.sum()), 1)
    covered = float(mask.sum()) / max(cv2.contourArea(cv2.convexHull(outline)), 1)
    return bool(open_share > 0.06 if len(deep) == 5 else covered < 0.62 and open_share < 0.12)


def _notches(outline: Array) -> Array | None:
    """OpenCV's convexity defects; None when there are none, or the outline touches itself, which it refuses."""
    hull = cv2.convexHull(outline, returnPoints=False)
    try:
        notches: Array | None = cv2.convexityDefects(outline, hull) if len(hull) > 3 else None
    except cv2.error:
        return None
    return notches


def is_check(mask: Pixels) -> bool:
    """A short stroke down to the right and a long one up."""
    tall, wide = mask.shape
    if not 0.55 < wide / tall < 2.0 or _breadth(mask) > _THIN * max(mask.shape) or _has_holes(mask):
        return False
    ys, xs = np.nonzero(mask)
    lowest, leftmost = int(ys.argmax()), int(xs.argmin())
    highest = int(ys.argmin())
    bottom = (float(xs[ys >= 0.94 * (tall - 1)].mean()), float(ys[lowest]))
    left = (float(xs[leftmost]), float(ys[xs <= 0.06 * wide].mean()))
    top = (float(xs[highest]), float(ys[highest]))
    is_placed = 0.12 < bottom[0] / wide < 0.55 and 0.2 < left[1] / tall < 0.8 and top[0] > 0.8 * wide
    return bool(is_placed and _follows(mask, [(left, bottom), (bottom, top)]))


def is_arrow(mask: Pixels) -> bool:
    """A shaft, more or less level, with two barbs at one of its ends."""
    return any(_points_right(side) for side in (mask, np.ascontiguousarray(mask[:, ::-1])))


def _points_right(mask: Pixels) -> bool:
    tall, wide = mask.shape
    if not 1.2 < wide / tall < 6 or _breadth(mask) > _THIN * wide or _has_holes(mask):
        return False
    ys, xs = np.nonzero(mask)
    spans = np.array([np.ptp(ys[xs == x]) + 1 if (xs == x).any() else 0 for x in range(wide)])
    breadth = _breadth(mask)
    shaft, head = spans[int(0.04 * wide) : int(0.45 * wide)], spans[int(0.5 * wide) :]
    if not len(shaft) or shaft.min() == 0 or np.percentile(shaft, 90) > 2.6 * breadth + 2:
        return False
    tip = (wide - 1.0, float(ys[xs >= 0.97 * (wide - 1)].mean()))
    behind = xs >= 0.45 * wide
    upper, lower = (
        (float(xs[behind][place]), float(ys[behind][place])) for place in (ys[behind].argmin(), ys[behind].argmax())
    )
    barbed = all(0.5 * wide < x < 0.95 * wide for x, _ in (upper, lower))
    spread = min(tip[1] - upper[1], lower[1] - tip[1])
    if not barbed or spread < 0.07 * wide or head.max() < 3 * breadth:
        return False
    return _inked(mask, (upper, tip)) > _NEAR - 0.1 and _inked(mask, (lower, tip)) > _NEAR - 0.1


def ring_in(mask: Pixels) -> Pixels | None:
    """The ink close around the largest hole, as a mask of the same shape; None without a hole, or in a printed area."""
    contours, nesting = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes = [contour for contour, (_, _, _, parent) in zip(contours, nesting[0], strict=True) if parent >= 0]
    if not holes:
        return None
    hole = np.zeros_like(mask)
    cv2.drawContours(hole, [max(holes, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    reach = round(_RIM * _breadth(mask)) + 1
    close = cv2.dilate(hole, _disc(reach))
    beyond = (cv2.dilate(hole, _disc(2 * reach + 1)) > 0) & (close == 0)
    if beyond.any() and mask[beyond].mean() > _HALF:
        return None
    ring: Pixels = mask & close
    return ring


def _disc(radius: int) -> Pixels:
    disc: Pixels = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(np.uint8)
    return disc


def is_ring(mask: Pixels, line_height: float) -> bool:
    """A closed oval around text of a height; frames with corners are none."""
    tall, wide = mask.shape
    if not (1.05 * line_height < tall < 4.5 * line_height and wide > 1.3 * tall):
        return False
    outline, filled = _outline(mask)
    area = float(filled.sum())
    share = area / (tall * wide)
    hull = max(float(cv2.contourArea(cv2.convexHull(outline))), 1.0)
    return 0.62 < share < 0.87 and area > 0.9 * hull and float(mask.sum()) < 0.5 * area


def is_underline(mask: Pixels) -> bool:
    """A long thin stroke that no ruler drew."""
    tall, wide = mask.shape
    if wide < 7 * tall and not (wide > 4 * tall and wide > 80):
        return False
    columns = mask.sum(axis=0)
    if (columns == 0).mean() > 0.02 or np.percentile(columns, 90) > max(0.07 * wide, 4):
        return False
    rows = np.arange(tall)[:, None]
    middles = (mask * rows).sum(axis=0) / np.maximum(columns, 1)
    inner = np.arange(wide)[2:-2]
    bent = middles[2:-2] - np.polyval(np.polyfit(inner, middles[2:-2], 1), inner)
    return bool(np.sqrt((bent**2).mean()) > _BENT)


def _outline(mask: Pixels) -> tuple[Array, Pixels]:
    """The longest outer contour, and the mask with all holes filled."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    longest = max(contours, key=len)
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, [longest], -1, 1, cv2.FILLED)
    return longest, filled


def _breadth(mask: Pixels) -> float:
    """Mean width of the strokes."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return 2 * float(mask.sum()) / max(sum(len(contour) for contour in contours), 1)


def _has_holes(mask: Pixels) -> bool:
    _, filled = _outline(mask)
    return float(filled.sum()) - float(mask.sum()) > 0.04 * float(filled.sum())


def _follows(mask: Pixels, strokes: list[tuple[tuple[float, float], tuple[float, float]]]) -> bool:
    """Whether the ink lies on straight strokes, and they are inked from end to end."""
    ys, xs = np.nonzero(mask)
    points = np.stack([xs, ys], axis=1).astype(np.float64)
    reach = 0.9 * _breadth(mask) + 0.045 * max(mask.shape)
    away = np.min([_distance(points, *stroke) for stroke in strokes], axis=0)
    return bool((away < reach).mean() > _NEAR) and all(_inked(mask, stroke) > _NEAR for stroke in strokes)


def _inked(mask: Pixels, stroke: tuple[tuple[float, float], tuple[float, float]]) -> float:
    """The share of a straight stroke that runs over ink, or close by."""
    size = 2 * round(0.05 * max(mask.shape)) + 1
    thick = cv2.dilate(mask, np.ones((size, size), np.uint8))
    steps = np.linspace(0, 1, 40)[:, None]
    points = (np.array(stroke[0]) * (1 - steps) + np.array(stroke[1]) * steps).round().astype(int)
    inside = points.clip(0, (mask.shape[1] - 1, mask.shape[0] - 1))
    return float(thick[inside[:, 1], inside[:, 0]].mean())


def _distance(points: Array, start: tuple[float, float], end: tuple[float, float]) -> Array:
    along = np.array(end) - np.array(start)
    share = ((points - np.array(start)) @ along / max(float(along @ along), 1e-6)).clip(0, 1)
    away: Array = np.linalg.norm(points - np.array(start) - share[:, None] * along, axis=1)
    return away
