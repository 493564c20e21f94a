"""Photos made on the spot: flat pretend cards, desks, and a camera, with the true corners known."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from cardscan.record import Photo


@dataclass(frozen=True)
class Scene:
    photo: Photo
    quads: list[np.ndarray]


def photo_of(pixels: np.ndarray) -> Photo:
    return Photo(path="made.png", sha256="0" * 64, pixels=np.ascontiguousarray(pixels))


def flat_card(seed: int = 0, width: int = 1050, height: int = 600, paper: tuple[int, int, int] = (245, 243, 238)):
    """A printed card: a name, a few lines, a coloured mark; always upright and landscape."""
    rand = np.random.default_rng(seed)
    card = np.empty((height, width, 3), np.uint8)
    card[:] = paper
    ink = (235, 235, 235) if sum(paper) < 300 else (35, 35, 45)
    cv2.circle(card, (int(0.86 * width), int(0.25 * height)), height // 9, (200, 60, 40), -1, cv2.LINE_AA)
    lines = ["Jane Example", "Head of Operations", "Example Freight Ltd", "+44 20 7946 0123", "jane@example.com",
             "12 Sample Street, London"]  # fmt: skip
    y = 0.17 * height
    for number, line in enumerate(lines):
        size = height / 600 * (1.7 if number == 0 else 1.1)
        cv2.putText(card, line, (int(0.06 * width), int(y)), cv2.FONT_HERSHEY_DUPLEX, size, ink,
                    max(1, round(2 * size)), cv2.LINE_AA)  # fmt: skip
        y += height * (0.18 if number == 0 else 0.135)
    noise = rand.normal(0, 2, card.shape)
    return np.clip(card + noise, 0, 255).astype(np.uint8)


def desk(kind: str, width: int, height: int, seed: int = 0) -> np.ndarray:
    rand = np.random.default_rng(seed)
    x = np.linspace(0, 1, width)[None, :, None]
    y = np.linspace(0, 1, height)[:, None, None]
    if kind == "dark":
        base = np.array([38, 40, 44]) + 20 * x
    elif kind == "light":
        base = np.array([205, 203, 200]) - 30 * y
    elif kind == "wood":
        grain = cv2.resize(rand.random((height // 6, 24)).astype(np.float32), (width, height))[..., None]
        base = np.array([120, 82, 48]) + 60 * grain
    else:  # busy
        blobs = cv2.resize(rand.integers(0, 255, (24, 32, 3)).astype(np.uint8), (width, height))
        base = 0.5 * blobs + 60.0
    return np.clip(base + np.zeros((height, width, 3)) + rand.normal(0, 3, (height, width, 3)), 0, 255).astype(np.uint8)


def lay(canvas: np.ndarray, card: np.ndarray, quad: np.ndarray) -> None:
    """Draw `card` onto `canvas` (changed in place) so that its corners fall on `quad`, clockwise from its top-left."""
    height, width = card.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, (quad - 0.5).astype(np.float32))
    size = (canvas.shape[1], canvas.shape[0])
    drawn = cv2.warpPerspective(card, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    mask = np.zeros(canvas.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.rint((quad - 0.5) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    alpha = mask[..., None] / 255.0
    canvas[:] = (canvas * (1 - alpha) + drawn * alpha).astype(np.uint8)


def seen(width_mm: float, height_mm: float, size: tuple[int, int], tilt: float, yaw: float, roll: float, fill: float):
    """Corners (4, 2) of a card that a pinhole camera sees, tilted by degrees, filling a share of the photo."""
    w, h = size
    turn = [cv2.Rodrigues(np.radians(v))[0] for v in
            (np.array([0, 0, roll]), np.array([tilt, 0.0, 0]), np.array([0, 0, yaw]))]  # fmt: skip
    rotation = turn[0] @ turn[1] @ turn[2]
    flat = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * (width_mm / 2, height_mm / 2, 0)
    focal = 0.9 * max(w, h)
    for distance in np.geomspace(60, 5000, 400):
        points = flat @ rotation.T + (0, 0, distance)
        for _ in range(3):  # moved on the table, not in the photo, until it is in the middle
            if points[:, 2].min() <= 1:
                break
            quad = focal * points[:, :2] / points[:, 2:]
            points[:, :2] -= (quad.min(0) + quad.max(0)) / 2 * distance / focal
        else:
            quad = focal * points[:, :2] / points[:, 2:]
            if (np.ptp(quad, axis=0) / (w, h)).max() < fill:
                break
    return quad + np.array([w / 2, h / 2])


def corner_error(found: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance of corners, in the order given, as a share of the true diagonal."""
    diagonal = 0.5 * (np.linalg.norm(truth[0] - truth[2]) + np.linalg.norm(truth[1] - truth[3]))
    return float(np.linalg.norm(np.asarray(found) - truth, axis=1).mean() / diagonal)
