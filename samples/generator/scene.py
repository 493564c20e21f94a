"""Cards on a desk before a camera: composes the float RGB photo and says where every card's points went."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from .camera import Camera
from .card import Face
from .desks import PIXELS, SPAN

Array = np.ndarray
STRIPS: Final = 14  # a curled card is seen as so many flat strips


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A face lying somewhere.

    Attributes:
        x, y, z: Of its middle, mm.
        angle: Its turn on the desk in degrees, clockwise as seen from above.
        curl: How far its middle stands above its left and right edges, mm.
        thickness: Of the card, or of the pile it lies on, mm.
    """

    face: Face
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    z: float = 0.0
    curl: float = 0.0
    thickness: float = 0.4

    def world(self, points: Array) -> Array:
        """Points of the face in mm from its top-left corner (n, 2) to world points (n, 3)."""
        points = np.asarray(points, np.float64)
        u, v = points[:, 0] - self.face.width / 2, points[:, 1] - self.face.height / 2
        c, s = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        across = 2 * points[:, 0] / self.face.width - 1
        height = self.z + self.curl * (1 - across**2)
        return np.stack([self.x + c * u - s * v, self.y + s * u + c * v, height], axis=1)

    def corners(self) -> Array:
        """The corners in mm of the face, clockwise from its top-left."""
        w, h = self.face.width, self.face.height
        return np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float64)


def seen(camera: Camera, placed: Placed, points: Array) -> Array:
    """Points of a face in its own pixels (n, 2) to photo pixels (n, 2)."""
    return camera.project(placed.world(np.asarray(points, np.float64) / placed.face.scale))


def background(
    camera: Camera, surface: Array, depth: float = 0.0, wall: tuple[float, float, float] = (120, 118, 114)
) -> Array:
    """The desk in perspective, `depth` mm below the cards, and a plain wall beyond its horizon."""
    per_pixel = SPAN / PIXELS
    plane = camera.plane(
        np.array([-SPAN / 2, -SPAN / 2, -depth]), np.array([per_pixel, 0, 0]), np.array([0, per_pixel, 0])
    )
    photo = cv2.warpPerspective(
        surface, plane, (camera.width, camera.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    edge = np.array(
        [[x, y] for x in (0, camera.width / 2, camera.width) for y in (0, camera.height / 2, camera.height)], np.float64
    )
    if camera.downward(edge).max() > -0.08:
        step = 8
        us, vs = np.meshgrid(np.arange(0, camera.width, step), np.arange(0, camera.height, step))
        down = camera.downward(np.stack([us.ravel(), vs.ravel()], 1).astype(np.float64)).reshape(us.shape)
        share = np.clip((down + 0.14) / 0.06, 0, 1).astype(np.float32)
        share = cv2.resize(share, (camera.width, camera.height), interpolation=cv2.INTER_LINEAR)[..., None]
        photo = photo * (1 - share) + np.asarray(wall, np.float32) * share
    return np.asarray(photo, np.float32)


def _cover(face: Face) -> Array:
    """Opacity of a face, 0 to 255, with its rounded corners."""
    h, w = face.pixels.shape[:2]
    cover = np.full((h, w), 255, np.uint8)
    radius = round(face.radius * face.scale)
    if radius > 1:
        cover[:] = 0
        cv2.rectangle(cover, (radius, 0), (w - 1 - radius, h - 1), 255, -1)
        cv2.rectangle(cover, (0, radius), (w - 1, h - 1 - radius), 255, -1)
        for x in (radius, w - 1 - radius):
            for y in (radius, h - 1 - radius):
                cv2.circle(cover, (x, y), radius, 255, -1, cv2.LINE_AA)
    return cover


def _window(points: Array, margin: float, width: int, height: int) -> tuple[int, int, int, int] | None:
    x0, y0 = np.floor(points.min(axis=0) - margin).astype(int)
    x1, y1 = np.ceil(points.max(axis=0) + margin).astype(int)
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
    return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else None


def shadow(photo: Array, outline: Array, move: tuple[float, float], soft: float, strength: float) -> None:
    """Darken what lies under an outline (pixels) moved by `move`, with a soft edge."""
    h, w = photo.shape[:2]
    moved = outline + np.asarray(move)
    window = _window(moved, soft * 3, w, h)
    if window is None:
        return
    x0, y0, x1, y1 = window
    shrink = max(1, int(soft // 2))
    size = (max(2, (x1 - x0) // shrink), max(2, (y1 - y0) // shrink))
    cover = np.zeros((size[1], size[0]), np.float32)
    cv2.fillPoly(cover, [np.round((moved - (x0, y0)) / shrink).astype(np.int32)], 1.0)
    cover = cv2.GaussianBlur(cover, (0, 0), max(0.6, soft / shrink))
    cover = cv2.resize(cover, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
    photo[y0:y1, x0:x1] *= (1 - strength * cover)[..., None]


def outline(camera: Camera, placed: Placed, lift: float = 0.0) -> Array:
    """The card's edge, rounded where its corners are, as a polygon in photo pixels; the long edges come in steps."""
    w, h, radius = placed.face.width, placed.face.height, placed.face.radius
    along = np.linspace(radius, w - radius, 9)
    points = [(x, 0.0) for x in along]
    if radius:
        points += _arc(w - radius, radius, radius, -90) + _arc(w - radius, h - radius, radius, 0)
    points += [(x, h) for x in along[::-1]]
    if radius:
        points += _arc(radius, h - radius, radius, 90) + _arc(radius, radius, radius, 180)
    world = placed.world(np.array(points))
    world[:, 2] += lift
    return camera.project(world)


def _arc(x: float, y: float, radius: float, start: float) -> list[tuple[float, float]]:
    angles = np.radians(np.linspace(start, start + 90, 7)[1:-1])
    return [(float(x + radius * np.cos(a)), float(y + radius * np.sin(a))) for a in angles]


def lay(photo: Array, camera: Camera, placed: Placed, light: tuple[float, float], shade: float) -> None:
    """Draw a card into the photo: its shadow, its edge, then its face.

    `light` is the way shadows fall in the photo (unit vector), `shade` how dark they are, 0 to 1.
    """
    edge = outline(camera, placed)
    size = float(np.linalg.norm(edge[0] - edge[8])) / placed.face.width  # pixels per mm, roughly
    throw = (placed.thickness + 0.6 + placed.curl * 0.5) * size
    shadow(photo, edge, (light[0] * throw, light[1] * throw), max(1.0, throw * 0.8), shade)
    shadow(photo, edge, (light[0] * throw * 3, light[1] * throw * 3), max(2.0, throw * 3), shade * 0.4)
    if placed.thickness > 0.3:
        below = outline(camera, placed, -placed.thickness)
        hull = cv2.convexHull(np.concatenate([edge, below]).astype(np.float32)).reshape(-1, 2)
        tone = 0.62 * placed.face.pixels[::8, ::8].reshape(-1, 3).mean(axis=0)
        cv2.fillConvexPoly(photo, np.round(hull * 16).astype(np.int32), tone.tolist(), cv2.LINE_AA, shift=4)
    if placed.curl:
        _curled(photo, camera, placed)
    else:
        _flat(photo, camera, placed, 0, placed.face.pixels.shape[1], _cover(placed.face))


def _flat(photo: Array, camera: Camera, placed: Placed, left: int, right: int, cover: Array) -> None:
    """Warp the columns [left, right) of the face and blend them in."""
    face = placed.face
    h = face.pixels.shape[0]
    source = np.array([(left, 0), (right, 0), (right, h), (left, h)], np.float64)
    target = seen(camera, placed, source)
    window = _window(target, 2, camera.width, camera.height)
    if window is None:
        return
    x0, y0, x1, y1 = window
    # Pixel centres: a corner at (0, 0) is the corner of a pixel, half a pixel from its middle.
    matrix = cv2.getPerspectiveTransform(
        (source - (left, 0) - 0.5).astype(np.float32), (target - (x0, y0) - 0.5).astype(np.float32)
    )
    size = (x1 - x0, y1 - y0)
    pixels = face.pixels[:, left:right]
    shrink = _shrink(source, target)
    if shrink > 1:
        pixels = cv2.resize(pixels, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
        cover_part = cv2.resize(
            np.ascontiguousarray(cover[:, left:right]), (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_AREA
        )
        kx, ky = (right - left) / pixels.shape[1], h / pixels.shape[0]
        matrix = matrix @ np.array([[kx, 0, kx / 2 - 0.5], [0, ky, ky / 2 - 0.5], [0, 0, 1.0]])
    else:
        cover_part = np.ascontiguousarray(cover[:, left:right])
    warped = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(
        cover_part, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )
    share = alpha.astype(np.float32)[..., None] / 255
    part = photo[y0:y1, x0:x1]
    photo[y0:y1, x0:x1] = part + (warped.astype(np.float32) - part) * share


def _shrink(source: Array, target: Array) -> int:
    """How many times smaller the face is in the photo, so that it is averaged before it is sampled."""
    ratios = [
        float(np.linalg.norm(source[i] - source[i - 1])) / max(1.0, float(np.linalg.norm(target[i] - target[i - 1])))
        for i in range(4)
    ]
    return max(1, int(min(ratios)))


def _curled(photo: Array, camera: Camera, placed: Placed) -> None:
    wide = placed.face.pixels.shape[1]
    cover = _cover(placed.face)
    edges = np.linspace(0, wide, STRIPS + 1).astype(int)
    for left, right in itertools.pairwise(edges):
        _flat(photo, camera, placed, max(0, left - 1), min(wide, right + 1), cover)


def apart(
    rand: random.Random, sizes: list[tuple[float, float]], overlap: float, turn: float
) -> list[tuple[float, float, float]]:
    """Places (x, y, angle) for cards of these sizes: a jittered grid; `overlap` mm lets edges touch or overlap."""
    count = len(sizes)
    columns = max(1, round(math.sqrt(count * rand.uniform(0.7, 1.5))))
    longest = max(max(s) for s in sizes)
    tallest = longest if turn > 30 else max(s[1] for s in sizes) + 4
    step_x, step_y = longest + 6 - overlap, (longest if turn > 60 else tallest) + 6 - overlap
    spots = []
    for i in range(count):
        row, column = divmod(i, columns)
        loose = max(0.0, 5 - overlap * 0.5)
        x = column * step_x + rand.uniform(-loose, loose) + (row % 2) * rand.uniform(0, 12)
        y = row * step_y + rand.uniform(-loose, loose)
        spots.append((x, y, rand.uniform(-turn, turn)))
    return spots
