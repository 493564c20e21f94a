"""Drawn marks and logotypes."""

from __future__ import annotations

import math
import random

from .firms import Firm, logotype
from .look import Look, mixed
from .sheet import Align, Colour, Sheet
from .truth import Part


def _ring(n: int, x: float, y: float, r: float, start: float = 0.0) -> list[tuple[float, float]]:
    return [
        (x + r * math.cos(start + 2 * math.pi * i / n), y + r * math.sin(start + 2 * math.pi * i / n)) for i in range(n)
    ]


def mark(sheet: Sheet, rand: random.Random, x: float, y: float, size: float, look: Look, letter: str) -> None:
    """Draw a mark into the square of `size` mm whose top-left is (x, y)."""
    a, b = look.accent, mixed(look.accent, look.ink if rand.random() < 0.5 else look.paper, 0.4)
    cx, cy, r = x + size / 2, y + size / 2, size / 2
    kind = rand.randrange(14)
    if kind == 0:
        for i, shade in enumerate((a, look.paper, b, look.paper)):
            k = r * (1 - i * 0.24)
            sheet.box((cx - k, cy - k, cx + k, cy + k), shade, k)
    elif kind == 1:
        sheet.polygon(_ring(6, cx, cy, r, math.pi / 6), a)
        sheet.polygon(_ring(6, cx, cy, r * 0.55, math.pi / 6), look.paper)
    elif kind == 2:
        sheet.polygon([(cx, y), (x + size, y + size), (x, y + size)], a)
        sheet.polygon([(cx, cy), (x + size * 0.8, y + size), (x + size * 0.2, y + size)], b)
    elif kind == 3:
        leaf = [
            (cx + r * math.cos(t) * abs(math.sin(t)) ** 0.6, cy + r * math.sin(t))
            for t in [i * math.pi / 20 for i in range(40)]
        ]
        sheet.polygon(leaf, a)
        sheet.stroke([(cx, y), (cx, y + size)], look.paper, size * 0.05)
    elif kind == 4:
        for i in range(4):
            sheet.box(
                (x + i * size * 0.26, y + size * (0.75 - i * 0.25), x + i * size * 0.26 + size * 0.2, y + size),
                a if i % 2 else b,
            )
    elif kind == 5:
        for i in range(3):
            wave = [
                (x + size * u / 20, y + size * (0.3 + 0.22 * i) + size * 0.1 * math.sin(u / 20 * 2 * math.pi))
                for u in range(21)
            ]
            sheet.stroke(wave, (a, b, a)[i], size * 0.1)
    elif kind == 6:
        star = [p for q in zip(_ring(8, cx, cy, r), _ring(8, cx, cy, r * 0.45, math.pi / 8), strict=True) for p in q]
        sheet.polygon(star, a)
    elif kind == 7:
        sheet.polygon([(x, cy), (cx, y), (x + size, cy), (cx, y + size)], a)
        sheet.polygon([(cx - r * 0.4, cy), (cx, cy - r * 0.4), (cx + r * 0.4, cy), (cx, cy + r * 0.4)], look.paper)
    elif kind == 8:
        sheet.box((x, y, x + size * 0.62, y + size * 0.62), a, size * 0.1)
        sheet.box((x + size * 0.38, y + size * 0.38, x + size, y + size), b, size * 0.1)
    elif kind == 9:
        house = [
            (x, cy),
            (cx, y),
            (x + size, cy),
            (x + size * 0.85, cy),
            (x + size * 0.85, y + size),
            (x + size * 0.15, y + size),
            (x + size * 0.15, cy),
        ]
        sheet.polygon(house, a)
        sheet.box((cx - r * 0.2, cy + r * 0.3, cx + r * 0.2, y + size), look.paper)
    elif kind == 10:
        for i in range(6):
            u, v = _ring(6, cx, cy, r * 0.62)[i]
            k = r * 0.34
            sheet.box((u - k, v - k, u + k, v + k), a if i % 2 else b, k)
    else:
        round_edge = rand.choice((0.0, 0.5, 0.16)) * size
        sheet.box((x, y, x + size, y + size), a, round_edge)
        style = look.display.tinted(look.paper).sized(size * 0.66 / look.display.size)
        style = sheet.fitted(letter, style, size * 0.8)
        if sheet.prints(letter, style):
            wide = sheet.width_of(letter, style)
            sheet.text(cx - wide / 2, cy + style.size * 0.36, letter, style, "logo", keep=False)
    sheet.taken.append((x, y, x + size, y + size))


def draw(
    sheet: Sheet, rand: random.Random, firm: Firm, look: Look, x: float, y: float, height: float, width: float,
    align: Align = "left", arrange: str = "any", colour: Colour | None = None,
) -> float:  # fmt: skip
    """Draw mark and logotype at (x, y), and return the y below them. `x` is the edge or middle that `align` names.

    `arrange`: beside, above, text, or any.
    """
    text = logotype(rand, firm)
    if not sheet.prints(text, look.display):
        text = firm.core
    style = look.display.tinted(colour or look.accent)
    if not sheet.prints(text, style):
        style = look.strong.tinted(colour or look.accent)
    arrange = rand.choice(("beside", "above", "text", "beside")) if arrange == "any" else arrange
    parts = (Part("organization", text, "firm", 0),)
    letter = firm.core[0].upper()
    if arrange == "text":
        style = sheet.fitted(text, style.sized(height * 0.8 / style.size), width)
        sheet.text(x, y + height * 0.75, text, style, "organization", parts, align, width)
        return y + height
    if arrange == "beside":
        style = sheet.fitted(text, style.sized(height * 0.62 / style.size), width - height * 1.25)
        wide = sheet.width_of(text, style) + height * 1.25
        start = {"left": x, "centre": x - wide / 2, "right": x - wide}[align]
        mark(sheet, rand, start, y, height, look, letter)
        sheet.text(start + height * 1.25, y + height * 0.5 + style.size * 0.35, text, style, "organization", parts)
        return y + height
    size = height * 0.62
    start = {"left": x, "centre": x - size / 2, "right": x - size}[align]
    mark(sheet, rand, start, y, size, look, letter)
    style = sheet.fitted(text, style.sized(height * 0.3 / style.size), width)
    sheet.text(x, y + height * 0.98, text, style, "organization", parts, align, width)
    return y + height * 1.05
