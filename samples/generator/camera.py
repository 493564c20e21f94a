"""A pinhole camera over a desk.

World frame: millimetres, the desk is z = 0, x to the right, y towards the viewer, z up (left-handed, so that x and y
run as in a picture). Image frame: pixels, y down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """Intrinsics `k` (3x3) and pose: a world point p is seen at k (r p + t)."""

    k: Array
    r: Array
    t: Array
    width: int
    height: int

    def project(self, points: Array) -> Array:
        """World points (n, 3) to pixels (n, 2)."""
        seen = (self.r @ np.asarray(points, np.float64).T + self.t[:, None]).T
        image = (self.k @ seen.T).T
        return np.asarray(image[:, :2] / image[:, 2:3])

    def plane(self, origin: Array, u: Array, v: Array) -> Array:
        """The homography from coordinates (a, b) of the plane origin + a u + b v to pixels."""
        basis = np.stack([self.r @ u, self.r @ v, self.r @ origin + self.t], axis=1)
        return np.asarray(self.k @ basis)

    def downward(self, pixels: Array) -> Array:
        """How steeply the rays of pixels (n, 2) go down: -1 straight down, 0 at the horizon, above 0 never."""
        rays = np.linalg.inv(self.k) @ np.concatenate([pixels, np.ones((len(pixels), 1))], axis=1).T
        world = self.r.T @ (rays / np.linalg.norm(rays, axis=0))
        return np.asarray(world[2])


def look_at(
    target: Array, distance: float, tilt: float, azimuth: float, roll: float, view: float, width: int, height: int
) -> Camera:
    """A camera `distance` mm from `target`, `tilt` degrees off the vertical towards `azimuth`, turned by `roll`.

    `view` is the field of view across the photo's longer side, in degrees.
    """
    a, b, c = math.radians(tilt), math.radians(azimuth), math.radians(roll)
    out = np.array([math.sin(a) * math.sin(b), math.sin(a) * math.cos(b), math.cos(a)])
    place = np.asarray(target, np.float64) + out * distance
    forward = -out
    # Away from the viewer is up in the photo; these are the cross products with that direction, worked out.
    right = np.array([math.cos(b), -math.sin(b), 0.0])
    down = np.array([math.sin(b) * math.cos(a), math.cos(b) * math.cos(a), -math.sin(a)])
    turned_right = right * math.cos(c) + down * math.sin(c)
    turned_down = -right * math.sin(c) + down * math.cos(c)
    r = np.stack([turned_right, turned_down, forward])
    focal = max(width, height) / 2 / math.tan(math.radians(view) / 2)
    k = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    return Camera(k, r, -r @ place, width, height)


def framed(
    points: Array, fill: float, tilt: float, azimuth: float, roll: float, view: float, width: int, height: int,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Camera:  # fmt: skip
    """A camera so near that world points fill a share of the photo, centred but for `shift` (share of free room)."""
    target = np.asarray(points, np.float64).mean(axis=0)
    low, high = 40.0, 20000.0
    camera = look_at(target, high, tilt, azimuth, roll, view, width, height)
    for _ in range(4):
        low, high = 40.0, 20000.0
        for _ in range(26):
            middle = math.sqrt(low * high)
            camera = look_at(target, middle, tilt, azimuth, roll, view, width, height)
            depths = (camera.r @ points.T + camera.t[:, None])[2]
            if depths.min() <= 5.0:
                low = middle
                continue
            seen = camera.project(points)
            spread = (seen.max(axis=0) - seen.min(axis=0)) / (width, height)
            if spread.max() > fill:
                low = middle
            else:
                high = middle
        camera = look_at(target, high, tilt, azimuth, roll, view, width, height)
        seen = camera.project(points)
        centre = (seen.max(axis=0) + seen.min(axis=0)) / 2
        room = (1 - (seen.max(axis=0) - seen.min(axis=0)) / (width, height)) / 2
        wanted = np.array([width, height]) * (0.5 + np.clip(np.asarray(shift), -1, 1) * np.maximum(room, 0))
        target = target + _on_desk(camera, target, centre - wanted, width, height)
    return camera


def _on_desk(camera: Camera, target: Array, pixels: Array, width: int, height: int) -> Array:
    """The move of the target over the desk that moves the picture by so many pixels."""
    here = np.array([width / 2, height / 2])
    plane = np.linalg.inv(camera.plane(target, np.array([1.0, 0, 0]), np.array([0, 1.0, 0])))
    at = plane @ np.array([*(here + pixels), 1.0])
    move = at[:2] / at[2]
    return np.array([move[0], move[1], 0.0]) if abs(move).max() < 400 else np.zeros(3)
