"""Training scenes: cards on a desk seen by a camera, with the true corners of each card.

Everything is drawn on a plane measured in millimetres, then seen through one camera, so cards lie, touch, overlap and
shrink in the distance together as they do in a photo.
"""

from __future__ import annotations

import string
from dataclasses import dataclass

import cv2
import designs
import numpy as np
from textures import Image, colour, noise, texture


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo and its truth.

    Attributes:
        pixels: RGB uint8, (height, width, 3).
        quads: (n, 4, 2) corners in pixels, clockwise in the image; may leave the image.
        owner: int16 (height, width): the card (0-based) seen at a pixel, -1 none, -2 not to be asked about.
    """

    pixels: Image
    quads: Image
    owner: Image


def make(rand: np.random.Generator, width: int, height: int) -> Scene:
    """One scene of this size."""
    big = 1.5
    w, h = round(width * big), round(height * big)
    kind = rand.choice(["one", "few", "grid", "pile", "none", "flat"], p=[0.28, 0.18, 0.25, 0.07, 0.12, 0.1])
    if kind == "flat":
        return _flat(rand, width, height)
    pale = rand.random() < 0.15  # white cards on a white desk
    canvas = _desk(rand, w, h, pale)
    places = _places(rand, kind)
    quads, owner = np.zeros((len(places), 4, 2)), np.full((h, w), -1, np.int16)
    shown = np.zeros(len(places))
    if len(places):
        matrix = _camera(rand, places, w, h)
        for _ in range(int(rand.choice([0, 0, 0, 1, 2]))):
            _clutter(rand, canvas)
        round_corners = rand.random() < 0.25
        one_design = designs.card(rand, 320) if kind == "pile" and rand.random() < 0.15 else None
        for index, corners in enumerate(places):
            quad = _seen(matrix, corners)
            quads[index] = quad
            size = int(np.clip(1.1 * np.linalg.norm(quad - np.roll(quad, 1, 0), axis=1).max(), 40, 700))
            design = designs.card(rand, size, pale) if one_design is None else one_design
            shown[index] = _lay(rand, canvas, owner, index, design, quad, round_corners)
        if rand.random() < 0.22:
            _hand(rand, canvas, owner, quads)
    else:
        for _ in range(int(rand.choice([0, 0, 1, 2, 3, 4, 5]))):  # an empty desk is no card, either
            _clutter(rand, canvas)
    visible = np.bincount(owner[owner >= 0], minlength=len(places)) if len(places) else np.zeros(0)
    for index in range(len(places)):
        share = visible[index] / max(shown[index], 1)
        if share < 0.3:
            owner[owner == index] = -2 if share > 0.12 else -1
    canvas = _light(rand, canvas)
    pixels = cv2.resize(np.clip(canvas, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_AREA)
    return Scene(_lens(rand, pixels), quads / big, cv2.resize(owner, (width, height), interpolation=cv2.INTER_NEAREST))


def _flat(rand: np.random.Generator, width: int, height: int) -> Scene:
    """A scan or a crop: the card is the whole picture, or has a narrow plain margin."""
    design = cv2.resize(designs.card(rand, 700), (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    quad = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    owner = np.zeros((height, width), np.int16)
    return Scene(_lens(rand, np.clip(design, 0, 255).astype(np.uint8)), quad[None], owner)


def _desk(rand: np.random.Generator, width: int, height: int, pale: bool) -> Image:
    if pale:
        light = rand.uniform(165, 250) + rand.uniform(-8, 8, 3).astype(np.float32)
        return light - rand.uniform(0, 30) * noise(rand, width, height, 0.5)[..., None]
    desk = texture(rand, width, height)
    if rand.random() < 0.15:
        desk = _mat(rand, desk)
    desk = _tilted(rand, desk)
    if rand.random() < 0.25:  # a second surface: table edge, tablecloth, folder
        other = texture(rand, width, height)
        angle, offset = rand.uniform(0, np.pi), rand.uniform(-0.5, 0.5)
        x, y = np.linspace(-1, 1, width)[None, :], np.linspace(-1, 1, height)[:, None]
        desk = np.where((x * np.cos(angle) + y * np.sin(angle) > offset)[..., None], other, desk)
    return np.ascontiguousarray(desk, np.float32)


def _mat(rand: np.random.Generator, desk: Image) -> Image:
    """A desk mat, blotter, tray or tea towel: larger than any card, with a border, now and then with ruled fields."""
    height, width = desk.shape[:2]
    size = rand.uniform(0.75, 1.6) * np.array([width, height])
    middle = np.array([width, height]) * rand.uniform(0.3, 0.7, 2)
    angle = rand.normal(0, 6) if rand.random() < 0.6 else rand.uniform(0, 360)
    mat, border = texture(rand, width, height), np.array(colour(rand), np.float32)
    outer = cv2.boxPoints((middle.tolist(), size.tolist(), angle))
    strip = rand.uniform(0, 0.06) * size.min()
    inside = cv2.boxPoints((middle.tolist(), (size - 2 * strip).tolist(), angle))
    if rand.random() < 0.3:
        ink, (rows, columns) = colour(rand), rand.integers(2, 9, 2)
        for share in np.linspace(0, 1, rows):
            ends = inside[0] + share * (inside[1] - inside[0]), inside[3] + share * (inside[2] - inside[3])
            cv2.line(mat, *(np.rint(end).astype(int).tolist() for end in ends), ink, 1, cv2.LINE_AA)
        for share in np.linspace(0, 1, columns):
            ends = inside[0] + share * (inside[3] - inside[0]), inside[1] + share * (inside[2] - inside[1])
            cv2.line(mat, *(np.rint(end).astype(int).tolist() for end in ends), ink, 1, cv2.LINE_AA)
    for quad, surface in ((outer, border), (inside, mat)):
        mask = np.zeros((height, width), np.float32)
        cv2.fillPoly(mask, [np.rint(quad).astype(np.int32)], 1.0, cv2.LINE_AA)
        desk = desk + mask[..., None] * (surface - desk)
    return desk


def _tilted(rand: np.random.Generator, surface: Image) -> Image:
    """The surface seen at an angle, as tiles and cloths mostly are; now and then straight from above."""
    if rand.random() < 0.35:
        return surface
    height, width = surface.shape[:2]
    middle = np.array([width, height]) / 2
    tilt, focal = np.radians(rand.uniform(0, 60)), rand.uniform(0.65, 1.3) * max(width, height)
    flat = (_turn(2, rand.uniform(0, 2 * np.pi)) @ _turn(0, tilt) @ _turn(2, rand.uniform(0, 2 * np.pi)))[:, :2]
    lens = np.array([[focal, 0, middle[0]], [0, focal, middle[1]], [0, 0, 1]])
    distance = focal / rand.uniform(0.6, 1.6)
    matrix = (
        lens @ np.column_stack([flat, (0, 0, distance)]) @ np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]])
    )
    return cv2.warpPerspective(surface, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def _places(rand: np.random.Generator, kind: str) -> list[Image]:
    """Corners in mm on the plane, one array (4, 2) per card, in the order they are laid down."""
    if kind == "none":
        return []
    if kind == "one":
        return [_rectangle(rand, 0, 0, rand.uniform(0, 360))]
    if kind == "few":
        count = int(rand.integers(2, 7))
        spread = 75 * np.sqrt(count)
        turn = rand.uniform(0, 360)
        free: list[Image] = []
        for _ in range(40):
            angle = turn + rand.normal(0, 6) if rand.random() < 0.6 else rand.uniform(0, 360)
            x, y = rand.uniform(-spread, spread, 2) * (1, 0.75)
            candidate = _rectangle(rand, x, y, angle)
            if all(np.linalg.norm(candidate.mean(0) - other.mean(0)) > 75 for other in free):
                free.append(candidate)
            if len(free) == count:
                break
        return free
    if kind == "grid":
        rows, columns = int(rand.integers(1, 9)), int(rand.integers(1, 9))
        gap = 0.0 if rand.random() < 0.35 else rand.uniform(0, 25)
        turn = rand.uniform(0, 360) if rand.random() < 0.4 else rand.normal(0, 4) + rand.choice([0, 0, 0, 90])
        wobble, loose = rand.choice([0, 1, 4, 12]), rand.choice([0, 0, 2, 5])
        stagger = rand.uniform(0, 20) if rand.random() < 0.4 else 0.0  # every other row lies further right
        step = np.array([90 + gap, 55 + gap])
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        if rand.random() < 0.2:
            step -= rand.uniform(0, 6)  # edges overlap
        cells = [((c - (columns - 1) / 2) * step[0] + r % 2 * stagger + rand.uniform(-loose, loose),
                  (r - (rows - 1) / 2) * step[1] + rand.uniform(-loose, loose))
                 for r in range(rows) for c in range(columns)]  # fmt: skip
        return [_rectangle(rand, x * cos - y * sin, x * sin + y * cos, turn + rand.normal(0, wobble + 1e-3))
                for x, y in cells if rand.random() < 0.95]  # fmt: skip
    count = int(rand.integers(2, 26))
    spread = rand.uniform(28, 60) * np.sqrt(count)
    return [
        _rectangle(rand, *(rand.uniform(-spread, spread, 2) * (1, 0.7)), rand.uniform(0, 360)) for _ in range(count)
    ]


def _rectangle(rand: np.random.Generator, x: float, y: float, angle: float) -> Image:
    width = 88.0
    height = width / designs.ratio(rand)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    local = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
    return local @ np.array([[cos, sin], [-sin, cos]]) + (x, y)


def _camera(rand: np.random.Generator, places: list[Image], width: int, height: int) -> Image:
    """Homography from mm to pixels: a pinhole camera tilted up to 62 degrees that sees all cards, more or less."""
    points = np.concatenate(places)
    points = np.column_stack([points - points.mean(0), np.zeros(len(points))])
    tilt = np.radians(min(62, abs(rand.normal(0, 24)))) if rand.random() < 0.8 else np.radians(rand.uniform(35, 62))
    roll, yaw = rand.uniform(0, 2 * np.pi), rand.uniform(0, 2 * np.pi)
    if len(places) > 1 and rand.random() < 0.5:
        roll = -yaw  # the photographer holds the phone as the table lies
    rotation = _turn(2, roll) @ _turn(0, tilt) @ _turn(2, yaw)
    focal = rand.uniform(0.65, 1.3) * max(width, height)
    for distance in np.geomspace(40, 6000, 80):
        seen = points @ rotation.T + (0, 0, distance)
        if seen[:, 2].min() < 0.25 * distance:
            continue
        projected = focal * seen[:, :2] / seen[:, 2:]
        if (np.ptp(projected, axis=0) / (width, height)).max() < 1.0:
            break
    least = 0.8 if len(places) > 6 and rand.random() < 0.7 else 0.6 if rand.random() < 0.8 else 0.35
    distance /= rand.uniform(least, 1.0)
    seen = points @ rotation.T + (0, 0, distance)
    projected = focal * seen[:, :2] / seen[:, 2:]
    low, high = projected.min(0), projected.max(0)
    room = np.maximum(np.array([width, height]) - (high - low), 0)
    shift = -low + rand.uniform(0.05, 0.95, 2) * room
    if rand.random() < 0.12:  # cut off by the frame
        shift += rand.uniform(-0.2, 0.2, 2) * (width, height)
    centre = np.concatenate(places).mean(0)
    flat = np.column_stack([rotation[:, 0], rotation[:, 1], (0, 0, distance)])
    flat = flat @ np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1]])
    return np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ np.diag([focal, focal, 1]) @ flat


def _turn(axis: int, angle: float) -> Image:
    vector = np.zeros(3)
    vector[axis] = angle
    return cv2.Rodrigues(vector)[0]


def _seen(matrix: Image, corners: Image) -> Image:
    homogeneous = np.column_stack([corners, np.ones(4)]) @ matrix.T
    return homogeneous[:, :2] / homogeneous[:, 2:]


def _box(quad: Image, margin: float, width: int, height: int) -> tuple[int, int, int, int]:
    left, top = np.clip(np.floor(quad.min(0) - margin), 0, (width, height)).astype(int)
    right, bottom = np.clip(np.ceil(quad.max(0) + margin), 0, (width, height)).astype(int)
    return left, top, right, bottom


def _lay(
    rand: np.random.Generator, canvas: Image, owner: Image, index: int, design: Image, quad: Image, rounded: bool
) -> float:
    """Draw a card with its shadow; returns the area in pixels it would have if nothing covered or cut it."""
    height, width = canvas.shape[:2]
    size = np.linalg.norm(quad - np.roll(quad, 1, 0), axis=1)
    if rand.random() < 0.75:
        blur = rand.uniform(0.004, 0.05) * size.max()
        offset = rand.normal(0, 0.6, 2) * blur + rand.uniform(-0.01, 0.01, 2) * size.max()
        left, top, right, bottom = _box(quad, 3 * blur + 2, width, height)
        if right > left and bottom > top:
            shadow = np.zeros((bottom - top, right - left), np.float32)
            cv2.fillPoly(shadow, [np.rint(quad + offset - (left, top)).astype(np.int32)], rand.uniform(0.1, 0.6))
            canvas[top:bottom, left:right] *= 1 - cv2.GaussianBlur(shadow, (0, 0), blur + 0.3)[..., None]
    left, top, right, bottom = _box(quad, 2, width, height)
    if right <= left or bottom <= top:
        return float(cv2.contourArea(quad.astype(np.float32)))
    rows, columns = design.shape[:2]
    mask = np.full((rows, columns), 255, np.uint8)
    if rounded:
        radius = max(1, int(rand.uniform(0.03, 0.09) * min(rows, columns)))
        mask[:] = 0
        cv2.rectangle(mask, (radius, 0), (columns - 1 - radius, rows - 1), 255, -1)
        cv2.rectangle(mask, (0, radius), (columns - 1, rows - 1 - radius), 255, -1)
        for x in (radius, columns - 1 - radius):
            for y in (radius, rows - 1 - radius):
                cv2.circle(mask, (x, y), radius, 255, -1)
    # A landscape rectangle takes a landscape design; a portrait design is turned to fit.
    if rows > columns:
        design, mask = np.rot90(design).copy(), np.rot90(mask).copy()
        rows, columns = columns, rows
    if rand.random() < 0.5:
        design, mask = design[::-1, ::-1].copy(), mask[::-1, ::-1].copy()
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, (quad - (left, top) - 0.5).astype(np.float32))
    shape = (right - left, bottom - top)
    drawn = cv2.warpPerspective(design, matrix, shape, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(mask, matrix, shape, flags=cv2.INTER_LINEAR)[..., None] / np.float32(255)
    drawn = drawn.astype(np.float32) * rand.uniform(0.85, 1.05)
    if rand.random() < 0.08:  # glossy: a reflection of a lamp or window
        x, y = rand.uniform(0, 1, 2) * shape
        glare = np.zeros(shape[::-1], np.float32)
        axes = np.maximum(2, size.max() * rand.uniform((0.05, 0.03), (0.3, 0.15))).astype(int).tolist()
        cv2.ellipse(glare, (int(x), int(y)), axes, rand.uniform(0, 180), 0, 360, 1.0, -1)
        drawn += cv2.GaussianBlur(glare, (0, 0), 0.04 * size.max() + 0.5)[..., None] * rand.uniform(60, 220)
    part = canvas[top:bottom, left:right]
    part[:] = part * (1 - alpha) + drawn * alpha
    owner[top:bottom, left:right][alpha[..., 0] > 0.5] = index
    return float(cv2.contourArea(quad.astype(np.float32)))


def _clutter(rand: np.random.Generator, canvas: Image) -> None:
    """Things that are no cards: sheets with print, phones, keyboards, pens, cups, cables, screens."""
    height, width = canvas.shape[:2]
    x, y = rand.uniform(0, 1, 2) * (width, height)
    size, angle = rand.uniform(0.15, 0.8) * max(width, height), rand.uniform(0, 360)
    kind = rand.choice(["sheet", "receipt", "phone", "keys", "pen", "cup", "cable"])
    fill = tuple(float(v) for v in colour(rand))
    if kind == "cable":
        points = np.cumsum(rand.normal(0, size / 8, (20, 2)), axis=0) + np.array([x, y])
        cv2.polylines(canvas, [points.astype(np.int32)], False, fill, int(rand.integers(2, 9)), cv2.LINE_AA)
        return
    if kind == "cup":
        radius = int(size / 3)
        cv2.circle(canvas, (int(x), int(y)), radius, fill, -1, cv2.LINE_AA)
        cv2.circle(canvas, (int(x), int(y)), int(radius * 0.85), tuple(float(v) for v in colour(rand)), -1, cv2.LINE_AA)
        return
    ratio = {"sheet": rand.uniform(1.25, 1.5), "phone": rand.uniform(1.95, 2.3), "keys": rand.uniform(2.4, 3.5),
             "pen": rand.uniform(12, 25), "receipt": rand.uniform(2.2, 5)}[str(kind)]  # fmt: skip
    # A sheet is far larger than a card and its print finer: that is how a person tells them apart.
    if kind == "sheet":
        size = max(size, 0.7 * max(width, height)) * 1.5
    elif kind == "keys" and rand.random() < 0.4:  # so near that it fills the photo
        size = rand.uniform(1.2, 2.5) * max(width, height)
    long_side = int(max(16, size))
    item = np.empty((max(3, int(long_side / ratio)), long_side, 3), np.float32)
    item[:] = fill
    if kind in ("sheet", "receipt"):
        item[:] = rand.uniform(200, 255)
        pitch = max(4, int(item.shape[0] / (rand.uniform(18, 60) if kind == "sheet" else rand.uniform(10, 24))))
        for line in range(3 * pitch, item.shape[1] - 3 * pitch, pitch):  # print runs across the short side
            if rand.random() < 0.85:
                end = int(item.shape[0] * rand.uniform(0.4, 0.92))
                item[int(0.08 * item.shape[0]) : end, line : line + max(1, pitch // 3)] *= rand.uniform(0.3, 0.8)
    elif kind == "phone":
        item[:] = rand.uniform(5, 50)
    elif kind == "keys":
        pitch = max(6, item.shape[0] // 5)
        key, drawn = tuple(float(v) for v in colour(rand)), item.astype(np.uint8)
        for top in range(2, item.shape[0] - pitch, pitch):
            for left in range(2, item.shape[1] - pitch, pitch):
                cv2.rectangle(drawn, (left, top), (left + pitch - 3, top + pitch - 3), key, -1)
                letter, at = string.ascii_uppercase[int(rand.integers(26))], (left + pitch // 4, top + pitch // 2)
                cv2.putText(drawn, letter, at, cv2.FONT_HERSHEY_SIMPLEX, pitch / 70, fill, 1 + pitch // 60, cv2.LINE_AA)
        item = drawn.astype(np.float32)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0]])
    matrix[:, 2] = (x, y) - matrix[:, :2] @ (np.array(item.shape[1::-1]) / 2)
    mask = cv2.warpAffine(np.ones(item.shape[:2], np.float32), matrix, (width, height))[..., None]
    canvas[:] = canvas * (1 - mask) + cv2.warpAffine(item, matrix, (width, height)) * mask


def _hand(rand: np.random.Generator, canvas: Image, owner: Image, quads: Image) -> None:
    """Fingers that come in from outside and end on a card, near an edge of it."""
    height, width = canvas.shape[:2]
    quad = quads[int(rand.integers(len(quads)))]
    size = np.linalg.norm(quad - np.roll(quad, 1, 0), axis=1).max()
    skin = np.array([rand.uniform(90, 245), 0, 0])
    skin[1] = skin[0] * rand.uniform(0.68, 0.82)
    skin[2] = skin[0] * rand.uniform(0.5, 0.72)
    for _ in range(int(rand.integers(1, 4))):
        side = int(rand.integers(4))
        at = quad[side] + rand.uniform(0, 1) * (quad[(side + 1) % 4] - quad[side])
        inward = quad.mean(0) - at
        inward /= np.linalg.norm(inward) + 1e-6
        thick = rand.uniform(0.09, 0.2) * size
        tip = at + inward * rand.uniform(0.0, 0.22) * size
        angle = np.arctan2(-inward[1], -inward[0]) + rand.normal(0, 0.4)
        root = tip + np.array([np.cos(angle), np.sin(angle)]) * size * rand.uniform(0.8, 2.5)
        mask = np.zeros((height, width), np.uint8)
        ends = [tuple(int(v) for v in p) for p in (tip, root)]
        cv2.line(mask, ends[0], ends[1], 255, max(3, int(thick)), cv2.LINE_AA)
        soft = cv2.GaussianBlur(mask, (0, 0), 1.0)[..., None] / np.float32(255)
        shade = 0.8 + 0.25 * cv2.GaussianBlur(mask, (0, 0), thick / 4)[..., None] / np.float32(255)
        shade = shade * (0.93 + 0.14 * noise(rand, width, height, 0.6)[..., None])
        canvas[:] = canvas * (1 - soft) + (skin * rand.uniform(0.9, 1.1)).astype(np.float32) * shade * soft
        if rand.random() < 0.5:
            nail = tuple(int(v) for v in tip)
            cv2.circle(canvas, nail, max(1, int(thick * 0.25)), tuple(float(v) for v in skin * 1.1), -1, cv2.LINE_AA)
        owner[mask > 127] = -1


def _light(rand: np.random.Generator, canvas: Image) -> Image:
    """Falloff, the shadow of a head or hand, exposure and the colour of the lamp."""
    height, width = canvas.shape[:2]
    angle = rand.uniform(0, 2 * np.pi)
    x, y = np.linspace(-1, 1, width, dtype=np.float32)[None, :], np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    light = 1 + rand.uniform(0, 0.35) * (x * np.cos(angle) + y * np.sin(angle))
    for _ in range(int(rand.choice(3, p=[0.58, 0.32, 0.1]))):
        mask = np.zeros((height // 4, width // 4), np.float32)
        points = (rand.uniform(-0.4, 1.4, (5, 2)) * (width / 4, height / 4)).astype(np.int32)
        cv2.fillPoly(mask, [cv2.convexHull(points)], rand.uniform(0.15, 0.6))
        mask = cv2.GaussianBlur(mask, (0, 0), rand.uniform(0.8, 25))
        light = light * (1 - cv2.resize(mask, (width, height)))
    canvas = canvas * np.asarray(light, np.float32)[..., None]
    canvas *= (rand.uniform(0.65, 1.25) * rand.uniform(0.88, 1.1, 3)).astype(np.float32)
    return canvas


def _lens(rand: np.random.Generator, pixels: Image) -> Image:
    """Blur, noise and JPEG."""
    if rand.random() < 0.35:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rand.uniform(0.3, 1.6))
    if rand.random() < 0.1:
        length = int(rand.integers(3, 10))
        kernel = np.zeros((length, length), np.float32)
        end = rand.integers(0, length, 2)
        cv2.line(kernel, (int(end[0]), 0), (int(length - 1 - end[0]), length - 1), 1.0)
        pixels = cv2.filter2D(pixels, -1, kernel / max(kernel.sum(), 1))
    if rand.random() < 0.5:
        grain = rand.normal(0, rand.uniform(1, 9), pixels.shape).astype(np.float32)
        pixels = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    if rand.random() < 0.3:
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(rand.integers(35, 95))])
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return pixels
