"""How a card looks: its faces, colours, labels and manners, drawn once a card so that all of it matches."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Final, Literal

from .countries import Country
from .fonts.faces import Face, covers, faces, families
from .seeds import Split
from .sheet import Colour, Style

Labels = Literal["none", "word", "letter", "icon", "column"]
# Accent colours as designers use them, and dark grounds that go with white print.
ACCENTS: Final[tuple[Colour, ...]] = (
    (0, 84, 166),
    (200, 16, 46),
    (0, 122, 94),
    (242, 112, 36),
    (94, 44, 130),
    (0, 150, 170),
    (30, 40, 60),
    (176, 138, 60),
    (120, 20, 50),
    (60, 120, 40),
    (214, 60, 120),
    (80, 80, 84),
    (0, 60, 110),
    (150, 100, 60),
    (20, 130, 200),
    (230, 170, 20),
)
DARKS: Final[tuple[Colour, ...]] = (
    (18, 18, 20),
    (20, 32, 56),
    (44, 44, 46),
    (60, 12, 24),
    (12, 52, 46),
    (36, 28, 60),
    (70, 44, 28),
    (0, 48, 90),
    (120, 16, 30),
    (0, 96, 80),
)
PAPERS: Final[tuple[Colour, ...]] = (
    (255, 255, 255),
    (253, 253, 251),
    (250, 247, 238),
    (244, 240, 228),
    (240, 242, 244),
    (248, 244, 236),
    (232, 226, 212),
    (235, 240, 232),
)
BRIGHTS: Final[tuple[Colour, ...]] = (
    (246, 200, 40),
    (232, 96, 84),
    (255, 154, 60),
    (120, 196, 120),
    (126, 196, 226),
    (244, 178, 190),
    (190, 220, 70),
    (220, 210, 196),
)
WHITE: Final[Colour] = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Look:
    """Faces, colours and manners of one card."""

    paper: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    body: Style
    strong: Style
    name: Style
    display: Style
    labels: Labels
    colon: str
    caps_name: bool
    caps_title: bool

    @property
    def dark(self) -> bool:
        """Whether the card is printed light on dark."""
        return luminance(self.paper) < 120

    def on(self, paper: Colour) -> Look:
        """The same look on a part of the card with another colour."""
        ink, muted, accent = inks(paper, self.accent)
        return replace(
            self,
            paper=paper,
            ink=ink,
            muted=muted,
            accent=accent,
            body=self.body.tinted(ink),
            strong=self.strong.tinted(ink),
            name=self.name.tinted(ink),
            display=self.display.tinted(accent),
        )


def luminance(colour: Colour) -> float:
    """0 black to 255 white."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with a share of `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share), round(a[2] + (b[2] - a[2]) * share)
    )  # fmt: skip


def inks(paper: Colour, accent: Colour) -> tuple[Colour, Colour, Colour]:
    """(ink, muted ink, accent) that show on a paper."""
    light = luminance(paper)
    ink: Colour = (24, 24, 28) if light > 125 else (250, 250, 248)
    if abs(luminance(accent) - light) < 75:
        accent = mixed(accent, ink, 0.65)
    if abs(luminance(accent) - light) < 60:
        accent = ink
    return ink, mixed(ink, paper, 0.28), accent


def _weights(split: Split, family: str, rand: random.Random) -> tuple[Face, Face, Face]:
    """(light, regular, bold) of a text family, repeating where it has fewer."""
    uprights = [f for f in faces(split, "text", family) if not f.weight.endswith("italic")]
    italics = [f for f in faces(split, "text", family) if f.weight.endswith("italic")]
    regular = min(uprights, key=lambda f: abs(f.heaviness - 400))
    light = rand.choice(italics) if italics and rand.random() < 0.25 else uprights[0]
    return light, regular, uprights[-1]


def _cjk(split: Split, country: Country) -> tuple[Face, ...]:
    if not country.is_cjk:
        return ()
    tag = {"ja": "jp", "zh-Hans": "sc", "zh-Hant": "tc"}[country.language]
    family = next(f for f in families(split, "cjk") if f.endswith(tag))
    return faces(split, "cjk", family)


def invent(rand: random.Random, split: Split, country: Country, sample: str, tone: str = "any") -> Look:
    """A look whose text faces can print all of `sample`.

    `tone`: light, dark, bright, or any (mostly light, as in any box of cards).
    """
    cjk = _cjk(split, country)
    plain = "".join(c for c in sample if ord(c) < 0x2E80)

    def able(pool: list[str], use: Literal["text", "display", "script"]) -> list[str]:
        return [f for f in pool if all(covers(face, plain) for face in faces(split, use, f)[:1])]

    body_family = rand.choice(able(list(families(split, "text")), "text"))
    name_family = body_family if rand.random() < 0.6 else rand.choice(able(list(families(split, "text")), "text"))
    light, regular, bold = _weights(split, body_family, rand)
    name_face = rand.choice(_weights(split, name_family, rand)[1:])
    scripts = able(list(families(split, "script")), "script")
    script_name = bool(scripts) and not cjk and rand.random() < 0.06
    if script_name:
        name_face = faces(split, "script", rand.choice(scripts))[0]
    shown = able(list(families(split, "display")), "display") + (scripts if rand.random() < 0.3 else [])
    if shown and rand.random() < 0.7:
        family = rand.choice(shown)
        display_face = faces(split, "display" if family in families(split, "display") else "script", family)[0]
    else:
        display_face = bold
    if tone == "any":
        tone = rand.choices(("light", "dark", "bright"), (7, 2.2, 1.2))[0]
    paper = rand.choice({"light": PAPERS, "dark": DARKS, "bright": BRIGHTS}[tone])
    ink, muted, accent = inks(paper, rand.choice(ACCENTS))
    if tone == "light" and rand.random() < 0.25:
        ink = mixed(ink, accent, 0.5)
    size = rand.uniform(2.15, 2.75)
    regular_cjk, bold_cjk = (cjk[:1], cjk[-1:]) if cjk else ((), ())
    caps = rand.random() < 0.25 and not script_name and not cjk
    return Look(
        paper, ink, muted, accent,
        Style(light if rand.random() < 0.3 else regular, size, ink, 0.0, regular_cjk),
        Style(bold, size * 1.05, ink, 0.0, bold_cjk),
        Style(name_face, size * (rand.uniform(1.35, 2.0) + 0.5 * script_name), accent if rand.random() < 0.35 else ink,
              rand.choice((0.06, 0.12, 0.25)) if caps and rand.random() < 0.6 else 0.0, bold_cjk),
        Style(display_face, size * 2.4, accent, 0.0, bold_cjk),
        rand.choices(("none", "word", "letter", "icon", "column"), (2, 4, 2, 3, 1.6))[0],
        rand.choice((":", ": ", " ", ". ", " | ", ":", " ")), caps, rand.random() < 0.12 and not cjk,
    )  # fmt: skip
