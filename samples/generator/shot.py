"""One photo of a set: its conditions drawn, its cards designed, laid out, photographed, and the truth of it."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np

from . import card, clutter, desks, hands, lens, light, scene, scribble
from .camera import Camera, framed
from .card import Design, Face
from .countries import countries
from .scene import Placed
from .seeds import Split, array_rng, rng
from .truth import fields_of, rounded

Array = np.ndarray
# Condition → share of the photos of a set. The first names the photo's chief difficulty.
CONDITIONS: Final[dict[str, float]] = {
    "easy": 16, "tilt": 8, "turn": 5, "light": 6, "blur": 5, "small": 3, "large": 3, "white": 5, "curl": 3, "table": 9,
    "clutter": 6, "hand": 6, "sleeve": 3, "pile": 3, "notes": 10, "back": 3, "pair": 3, "scan": 6, "none": 3,
}  # fmt: skip
# How often a face is written on, by condition; elsewhere now and then.
NOTED: Final = {"notes": 1.0, "back": 0.3, "pair": 0.3, "table": 0.08}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The circumstances of a photo, as they stand in its truth line."""

    name: str
    tilt: float = 0.0
    roll: float = 0.0
    width: int = 1600
    height: int = 1200
    fill: float = 0.7
    view: float = 62.0
    cards: int = 1
    blur: float = 0.0
    motion: float = 0.0
    noise: float = 3.0
    light: str = "even"
    desk: str = ""
    curl: float = 0.0
    touching: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be so in a photo, whatever chance says: a country, a layout, fields of `Conditions`."""

    country: str = ""
    layout: str = ""
    tone: str = "any"
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A photo's RGB pixels, and its truth line without the file name."""

    pixels: Array
    truth: dict[str, Any]


def conditions(rand: random.Random, split: Split, name: str) -> Conditions:
    """Draw the numbers that a named condition leaves open."""
    landscape = rand.random() < 0.6
    long, short = rand.choice(((1600, 1200), (1600, 1200), (1920, 1080), (1280, 960), (2016, 1512)))
    values: dict[str, Any] = {
        "tilt": abs(rand.gauss(0, 12)),
        "roll": rand.gauss(0, 4),
        "fill": rand.uniform(0.55, 0.92),
        "view": rand.uniform(48, 72),
        "noise": rand.uniform(1, 5),
        "light": rand.choice(("even", "even", "gradient", "shadow")),
    }
    if name == "tilt":
        values |= {"tilt": rand.uniform(30, 60), "fill": rand.uniform(0.6, 0.95)}
    elif name == "turn":
        values |= {"roll": rand.uniform(-180, 180)}
    elif name == "light":
        values |= {"light": rand.choice(("shadow", "glare", "glare", "cast", "dim"))}
    elif name == "blur":
        values |= {"blur": rand.uniform(0.04, 0.085), "motion": rand.choice((0.0, rand.uniform(0.12, 0.3)))}
    elif name == "small":
        long, short = rand.choice(((640, 480), (800, 600), (1024, 768)))
        values |= {"fill": rand.uniform(0.8, 0.97), "tilt": rand.uniform(0, 45 if long > 640 else 30)}
    elif name == "large":
        long, short = rand.choice(((4000, 3000), (4032, 3024), (3264, 2448)))
        values |= {"fill": rand.uniform(0.25, 0.8)}
    elif name == "white":
        values |= {"desk": desks.WHITE[split], "light": "even"}
    elif name == "curl":
        values |= {"curl": rand.uniform(1.5, 5)}
    elif name == "table":
        count = rand.choices((2, 3, 4, 6, 9, 14, 24, 40, 60), (6, 5, 5, 4, 3, 2, 1.2, 0.6, 0.3))[0]
        long, short = ((1600, 1200), (2016, 1512), (2592, 1944), (4000, 3000))[(count > 3) + (count > 6) + (count > 14)]
        values |= {"cards": count, "fill": 0.95, "touching": rand.random() < 0.3, "tilt": abs(rand.gauss(0, 9))}
    elif name == "pair":
        values |= {"cards": 2, "fill": rand.uniform(0.8, 0.95)}
    elif name == "clutter":
        values |= {"tilt": rand.uniform(0, 50), "roll": rand.gauss(0, 12), "fill": rand.uniform(0.35, 0.7)}
    elif name == "hand":
        values |= {"fill": rand.uniform(0.6, 0.9), "tilt": abs(rand.gauss(0, 14))}
    elif name in ("scan", "none"):
        values |= {"tilt": 0.0 if name == "scan" else rand.uniform(0, 40)}
    if not landscape:
        long, short = short, long
    return Conditions(name, width=long, height=short, **values)


def _designs(rand: random.Random, split: Split, one: Conditions, fiction: bool, wish: Wish) -> list[Design]:
    """The cards of a photo; a pair is one card seen from both sides."""
    country = countries()[wish.country] if wish.country else None
    found = []
    for _ in range(1 if one.name == "pair" else one.cards):
        light_card = one.name == "white" or (one.name == "notes" and rand.random() < 0.8)
        tone = wish.tone if wish.tone != "any" else "light" if light_card else "any"
        found.append(card.design(f"{rand.getrandbits(48):012x}", split, country, fiction, wish.layout, tone))
    return found * 2 if one.name == "pair" else found


def _print(
    rand: random.Random, split: Split, designs: list[Design], scales: list[float], fiction: bool, name: str = ""
) -> list[Face]:
    """The faces to be seen: fronts, or backs as the condition asks, some of them written on."""
    faces = []
    for number, (design, scale) in enumerate(zip(designs, scales, strict=True)):
        back = name == "back" or (name == "pair" and number == 1) or (name == "notes" and rand.random() < 0.2)
        # Where several cards lie, a back must say something, or nobody could tell which card was read.
        back = back or (name == "table" and rand.random() < 0.08)
        layout = card.back(rand, design, name in ("pair", "table")) if back else None
        try:
            face = card.printed(design, scale, layout)
        except LookupError:
            face = _substitute(rand, split, design, scale, fiction)
        if rand.random() < NOTED.get(name, 0.06) or (back and not face.lines):
            face = scribble.scribbled(rand, face, split, fiction)
        faces.append(face)
    return faces


def _substitute(rand: random.Random, split: Split, design: Design, scale: float, fiction: bool) -> Face:
    """Another card of the same size for one that cannot be printed."""
    while True:
        other = card.design(f"{rand.getrandbits(48):012x}", split, design.content.country, fiction)
        if (other.width, other.height) != (design.width, design.height):
            continue
        try:
            return card.printed(other, scale)
        except LookupError:
            continue


def _rotation(quad: Array) -> int:
    """The clockwise turn, a multiple of 90, that sets a quad upright."""
    dx, dy = quad[1] - quad[0]
    return round(-math.degrees(math.atan2(dy, dx)) / 90) * 90 % 360


def card_truth(face: Face, to_photo: Any) -> dict[str, Any]:
    """The truth of one card; `to_photo` maps its pixels (n, 2) to the photo's."""
    height, width = face.pixels.shape[:2]
    quad = to_photo(np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64))
    lines = [
        {
            "text": line.text,
            "role": line.role,
            "source": line.source,
            "struck": any((p.e164 or p.text) in face.struck for p in line.parts),
            "quad": rounded(to_photo(np.array(line.quad))),
            "box": [round(v, 1) for v in (line.quad[0][0], line.quad[0][1], line.quad[2][0], line.quad[2][1])],
            "box_quad": rounded(line.quad),
            "parts": [
                {"field": p.field, "text": p.text, **({"e164": p.e164, "type": p.type} if p.field == "phone" else {})}
                for p in line.parts
            ],
        }
        for line in face.lines
    ]
    return {
        "fields": fields_of(face.lines, face.codes, face.struck),
        "notes": [
            {"text": n.text, "lines": list(n.lines), "quad": rounded(to_photo(np.array(n.quad)))} for n in face.notes
        ],
        "codes": [
            {"format": c.format, "text": c.text, "quad": rounded(to_photo(np.array(c.quad)))} for c in face.codes
        ],
        "marks": [
            {"kind": m.kind, "target": m.target, "quad": rounded(to_photo(np.array(m.quad)))} for m in face.marks
        ],
        "quad": rounded(quad),
        "rotation": _rotation(quad),
        "side": face.side,
        "person": face.person,
        "layout": face.layout,
        "country": face.country,
        "lines": lines,
        "flat_size": [width, height],
    }


def flat(split: Split, seed: object, index: int, fiction: bool = False) -> Shot:
    """A rendered card by itself, without camera or desk: its own pixels are the photo's."""
    rand = rng("flat", split, seed, index)
    design = card.design(f"{rand.getrandbits(48):012x}", split, fiction=fiction)
    face = _print(rand, split, [design], [rand.uniform(9, 14)], fiction, "flat")[0]
    return Shot(face.pixels, _truth("flat", Conditions("flat"), [face], [lambda p: p]))


def shoot(
    split: Split,
    seed: object,
    index: int,
    wanted: tuple[str, ...] = (),
    fiction: bool = False,
    wish: Wish | None = None,
) -> Shot:
    """Photo number `index` of a set. `wanted` limits the conditions, `wish` fixes what chance would decide."""
    rand = rng("shot", split, seed, index)
    wish = wish or Wish()
    names = [c for c in CONDITIONS if not wanted or c in wanted]
    one = conditions(rand, split, rand.choices(names, [CONDITIONS[n] for n in names])[0])
    one = replace(one, **dict(wish.changes))
    designs = [] if one.name == "none" else _designs(rand, split, one, fiction, wish)
    if one.name == "scan":
        return _scan(rand, split, one, designs, fiction)
    return _photograph(rand, split, one, designs, fiction)


def turned_over(split: Split, seed: object, index: int) -> tuple[Shot, Shot]:
    """Card number `index` of a set in two photos on one desk, its front and its back."""
    rand = rng("turned", split, seed, index)
    front = replace(conditions(rand, split, "easy"), desk=rand.choice(sorted(desks.TEXTURES[split])))
    design = _designs(rand, split, front, False, Wish())
    back = replace(front, name="back", tilt=abs(rand.gauss(0, 12)), roll=rand.gauss(0, 4))
    return _photograph(rand, split, front, design, False), _photograph(rand, split, back, design, False)


def _scan(rand: random.Random, split: Split, one: Conditions, designs: list[Design], fiction: bool) -> Shot:
    """A flatbed scan: the card without margin, or a little askew on white."""
    face = _print(rand, split, designs, [rand.uniform(9, 15)], fiction, one.name)[0]
    height, width = face.pixels.shape[:2]
    margin = rand.random() < 0.4
    pad = round(width * rand.uniform(0.05, 0.3)) if margin else 0
    askew = rand.gauss(0, 1.2) if margin else 0.0
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), askew, 1.0)
    turn[:, 2] += pad
    size = (width + 2 * pad, height + 2 * pad)
    border = rand.choice(((250, 250, 250), (238, 238, 236), (20, 20, 20), (205, 206, 208)))
    pixels = (
        cv2.warpAffine(
            face.pixels, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border
        )
        if margin
        else face.pixels
    )
    if rand.random() < 0.15:
        pixels = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    noisy = lens.sensed(array_rng(rand), pixels.astype(np.float32), one.noise * 0.5)
    truth = _truth("scan", one, [face], [lambda p: p @ turn[:, :2].T + turn[:, 2]])
    return Shot(noisy, truth)


def _truth(kind: str, one: Conditions, faces: list[Face], maps: list[Any]) -> dict[str, Any]:
    facts = {
        "name": one.name,
        "layout": faces[0].layout if len(faces) == 1 else "several" if faces else "none",
        "locale": faces[0].country if faces else None,
        "tilt": round(one.tilt, 1),
        "roll": round(one.roll, 1),
        "blur": round(one.blur, 3),
        "light": one.light,
        "background": one.desk,
        "cards": len(faces),
        "curl": round(one.curl, 1),
    }
    return {
        "kind": kind, "country": faces[0].country if faces else None, "conditions": facts, "taken_at": None,
        "cards": [card_truth(f, m) for f, m in zip(faces, maps, strict=True)],
    }  # fmt: skip


def _photograph(rand: random.Random, split: Split, one: Conditions, designs: list[Design], fiction: bool) -> Shot:
    noise = array_rng(rand)
    sizes = [(d.width, d.height) for d in designs] or [(85.0, 55.0)]
    if len(sizes) == 1:
        spots = [(0.0, 0.0, 0.0)]
    else:
        spots = scene.apart(rand, sizes, rand.uniform(3, 9) if one.touching else 0.0, rand.choice((4, 12, 40, 180)))
    hulls = []
    for (w, h), (x, y, angle) in zip(sizes, spots, strict=True):
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        hulls += [(x + c * u - s * v, y + s * u + c * v, 0.0) for u in (-w / 2, w / 2) for v in (-h / 2, h / 2)]
    points = np.array(hulls)
    camera = framed(
        points, one.fill, one.tilt, rand.uniform(-50, 50) if one.tilt > 15 else rand.gauss(0, 12), one.roll, one.view,
        one.width, one.height, (rand.uniform(-0.8, 0.8), rand.uniform(-0.8, 0.8)),
    )  # fmt: skip
    scales = [_scale_at(camera, spot, size) for spot, size in zip(spots, sizes, strict=True)]
    faces = _print(rand, split, designs, scales, fiction, one.name) if designs else []
    name, surface = desks.surface(rand, split, one.desk)
    one = replace(one, desk=name)
    held = one.name == "hand"
    if one.name in ("clutter", "none") or (not held and rand.random() < 0.1):
        keep = float(np.abs(points[:, :2]).max()) * 0.9 + 25 if designs else 0.0
        clutter.strew(rand, surface, split, rand.randint(2, 7), keep)
    photo = scene.background(camera, surface, rand.uniform(150, 400) if held else 0.0)
    if held:
        photo = lens.defocus(photo, max(one.width, one.height) / 1000 * rand.uniform(0.5, 5))
    way = rand.uniform(0, 2 * math.pi)
    shade = rand.uniform(0.25, 0.6)
    thick = rand.uniform(3, 18) if one.name == "pile" else rand.choice((0.3, 0.4, 0.5))
    placed = [
        Placed(f, x, y, angle, 0.0, one.curl * rand.uniform(0.6, 1.0), thick)
        for f, (x, y, angle) in zip(faces, spots, strict=False)
    ]  # fmt: skip
    skin = rand.choice(hands.SKINS)
    if held:
        hands.behind(rand, photo, camera, placed[0], rand.choice(("left", "right", "bottom")), skin)
    for p in placed:
        scene.lay(photo, camera, p, (math.cos(way), math.sin(way)), 0.0 if held else shade)
    if held:
        hands.thumb(rand, photo, camera, placed[0], skin)
    elif one.name == "sleeve":
        hands.sleeve(rand, photo, camera, placed[0])
    photo = _exposed(rand, noise, photo, one, camera, placed)
    maps = [(lambda q, p=p: scene.seen(camera, p, q)) for p in placed]
    return Shot(photo, _truth("photo", one, faces, maps))


def _scale_at(camera: Camera, spot: tuple[float, float, float], size: tuple[float, float]) -> float:
    """Pixels per mm at which a card at a spot is to be printed: a little finer than the photo shows it."""
    x, y, _ = spot
    half = max(size) / 2
    cross = np.array([(x - half, y, 0), (x + half, y, 0), (x, y - half, 0), (x, y + half, 0)], np.float64)
    at = camera.project(cross)
    per_mm = max(float(np.linalg.norm(at[1] - at[0])), float(np.linalg.norm(at[3] - at[2]))) / (2 * half)
    return min(32.0, max(7.0, per_mm * 1.15))


def _exposed(
    rand: random.Random, noise: np.random.Generator, photo: Array, one: Conditions, camera: Camera, placed: list[Placed]
) -> Array:
    """Light, lens and sensor."""
    h, w = photo.shape[:2]
    maps = [light.vignette(h, w, rand.uniform(0, 0.3))]
    if one.light in ("gradient", "dim"):
        maps.append(light.gradient(rand, h, w, rand.uniform(0.2, 0.6)))
    if one.light == "shadow":
        maps.append(light.cast_shadow(rand, h, w, rand.uniform(0.25, 0.6)))
    exposure = rand.uniform(0.3, 0.5) if one.light == "dim" else rand.uniform(0.85, 1.08)
    light.lit(photo, maps, light.cast(rand, 1.0 if one.light == "cast" else rand.uniform(0, 0.35)), exposure)
    if one.light == "glare" and placed:
        p = rand.choice(placed)
        at = camera.project(p.world(np.array([[rand.uniform(0, p.face.width), rand.uniform(0, p.face.height)]])))[0]
        size = np.linalg.norm(np.ptp(scene.outline(camera, p), axis=0))
        light.glare(
            rand, photo, (float(at[0]), float(at[1])), float(size) * rand.uniform(0.1, 0.3), rand.uniform(0.3, 0.9)
        )
    em = 2.3 * min(
        (_scale_at(camera, (p.x, p.y, p.angle), (p.face.width, p.face.height)) for p in placed), default=10.0
    )
    if one.motion:
        photo = lens.motion(photo, one.motion * em, rand.uniform(0, 3.14))
    photo = lens.defocus(photo, max(one.blur * em, rand.uniform(0.3, 0.6)))
    out = lens.sensed(noise, photo, one.noise * (1.8 if one.light == "dim" else 1.0))
    out = lens.sharpened(out, 0.5) if rand.random() < 0.3 else out
    return lens.jpeg_again(rand, out) if rand.random() < 0.06 else out
