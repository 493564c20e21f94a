"""Prints one face of one card: content, look and layout drawn together, tried again until nothing collides."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from . import content as contents
from . import grounds, look
from .content import Content
from .countries import Country, any_country
from .layouts import layouts
from .layouts.layout import Layout
from .look import Look
from .seeds import Split, rng
from .sheet import Sheet
from .truth import Code, Line, Mark, Note

# Millimetres: ISO 7810, German/French, US, Japanese, Chinese, square.
SIZES: Final = {
    "US": (88.9, 50.8),
    "CA": (88.9, 50.8),
    "JP": (91.0, 55.0),
    "CN": (90.0, 54.0),
    "TW": (90.0, 54.0),
    "HK": (90.0, 54.0),
    "IN": (90.0, 55.0),
    "BR": (90.0, 50.0),
    "AU": (90.0, 55.0),
    "SE": (90.0, 55.0),
}
TRIES: Final = 12
LEAST: Final = 1.35  # mm em; smaller print is no longer read by people either


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One printed face.

    Attributes:
        pixels: RGB, upright.
        scale: Pixels per millimetre.
        radius: Of the rounded corners, in mm.
        person: The id of its person (shared by front and back), or of the firm's card.
    """

    pixels: np.ndarray
    scale: float
    width: float
    height: float
    radius: float
    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    layout: str
    side: Literal["front", "back"]
    person: str
    country: str
    kind: str
    ground_shade: float
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    struck: frozenset[str] = frozenset()
    taken: tuple[tuple[float, float, float, float], ...] = ()
    ink: tuple[int, int, int] = (20, 20, 20)


@dataclass(frozen=True, slots=True)
class Design:
    """A card before it is printed: it can be printed at any scale, and has a front and a back."""

    key: str
    content: Content
    look: Look
    layout: Layout
    width: float
    height: float
    radius: float


def _sample(content: Content) -> str:
    parts = [
        content.firm.legal,
        content.firm.name,
        content.firm.slogan,
        content.firm.latin,
        "".join(content.firm.services),
    ]
    parts += [content.firm.department, content.firm.hours, *content.firm.extra, "@+0123456789·|/:.-•"]
    parts += [p.full + p.also + "".join((*p.titles, *p.titles_also)) for p in content.persons]
    parts += ["".join(a.lines) for a in content.addresses]
    text = "".join(parts)
    return "".join(sorted(set(text + text.upper() + ("İĞŞÖÜÇı" if content.country.language == "tr" else ""))))


def design(
    key: str, split: Split, country: Country | None = None, fiction: bool = False, layout: str = "", tone: str = "any"
) -> Design:
    """Invent a card. The same key always gives the same card."""
    rand = rng("design", key)
    country = country or any_country(rand)
    fronts = [
        one for one in layouts(split)
        if one.side == "front" and (not layout or one.name == layout) and (one.cjk is None or one.cjk == country.is_cjk)
    ]  # fmt: skip
    chosen = rand.choices(fronts, [one.weight for one in fronts])[0]
    content = contents.invent(rand, split, rand.choice(chosen.kinds), country, fiction)
    looks = look.invent(rand, split, country, _sample(content), tone if tone != "any" else chosen.tone)
    width, height = SIZES.get(country.code, (85.0, 55.0))
    if chosen.shape == "portrait":
        width, height = height, width
    elif chosen.shape == "square":
        width = height = 65.0
    radius = rand.choice((0.0, 0.0, 0.0, 0.0, 3.0, 4.0))
    return Design(key, content, looks, chosen, width, height, radius)


def back(rand: random.Random, one: Design, fields: bool = False) -> Layout:
    """A layout for the other side of a card; with `fields`, one that prints some contact field."""
    content = one.content
    able = [
        layout for layout in layouts(content.split)
        if layout.side == "back" and (layout.cjk is None or layout.cjk == content.country.is_cjk)
        and (content.persons or layout.cjk is None)
        and (layout.fields or not fields)
    ]  # fmt: skip
    return rand.choices(able, [layout.weight for layout in able])[0]


def collides(sheet: Sheet) -> bool:
    """Whether two printed things overlap so that a reader couldn't tell them apart, or something left the face."""
    boxes = sheet.taken
    if sheet.smallest < LEAST:
        return True
    for i, a in enumerate(boxes):
        if a[0] < -0.2 or a[1] < -0.2 or a[2] > sheet.width + 0.2 or a[3] > sheet.height + 0.2:
            return True
        for b in boxes[i + 1 :]:
            wide, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            if wide > 0.15 and tall > 0.15 and tall > 0.22 * min(a[3] - a[1], b[3] - b[1]):
                return True
    return False


def printed(one: Design, scale: float, layout: Layout | None = None) -> Face:
    """Print a design's front, or another face of it with `layout`, at `scale` px/mm.

    Raises:
        LookupError: No try in `TRIES` came out without collisions.
    """
    layout = layout or one.layout
    for attempt in range(TRIES):
        rand = rng("print", one.key, layout.name, attempt)
        paper = grounds.ground(rand, one.look, layout.ground, one.width, one.height)
        # Layout is settled on a small sheet: positions are in mm, so it comes out alike at any scale.
        sheet = Sheet(one.width, one.height, scale, paper)
        layout.draw(sheet, one.content, one.look, rand)
        if not collides(sheet):
            person = one.content.persons[0].id if one.content.persons else f"f-{one.key}"
            return Face(
                np.asarray(sheet.image),
                scale,
                one.width,
                one.height,
                one.radius,
                tuple(sheet.lines),
                tuple(sheet.codes),
                layout.name,
                layout.side,
                person,
                one.content.country.code,
                one.content.kind,
                look.luminance(one.look.paper),
                taken=tuple(sheet.taken),
                ink=one.look.ink,
            )
    raise LookupError(f"{one.key}: layout {layout.name} always collides")


def any_face(rand: random.Random, split: Split, scale: float, *, layout: str = "", tone: str = "any") -> Face:
    """A face of a new card; designs that cannot be printed are passed over."""
    while True:
        try:
            return printed(design(f"{rand.getrandbits(48):x}", split, layout=layout, tone=tone), scale)
        except LookupError:
            continue
