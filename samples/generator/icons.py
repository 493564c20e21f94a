"""Small drawn signs that stand before a number or address, in place of a word."""

from __future__ import annotations

from typing import Literal

from .sheet import Colour, Sheet

Icon = Literal["phone", "mobile", "fax", "mail", "web", "pin", "chat", "social"]


def draw(sheet: Sheet, icon: Icon, x: float, y: float, size: float, colour: Colour, paper: Colour, badge: bool) -> None:
    """Draw an icon in the square of `size` mm at (x, y); a badge is the icon cut out of a filled disc."""
    if badge:
        sheet.box((x - size * 0.22, y - size * 0.22, x + size * 1.22, y + size * 1.22), colour, size * 0.72)
        colour, paper = paper, colour
        x, y, size = x + size * 0.12, y + size * 0.12, size * 0.76
    line = size * 0.11

    def at(u: float, v: float) -> tuple[float, float]:
        return (x + u * size, y + v * size)

    if icon in ("phone", "chat"):
        if icon == "chat":
            sheet.box((*at(0, 0), *at(1, 0.95)), colour, size * 0.47, outline=colour, line=line)
            sheet.polygon([at(0.05, 1.0), at(0.12, 0.7), at(0.35, 0.9)], colour)
        scale, shift = (0.6, 0.2) if icon == "chat" else (1.0, 0.0)
        handset = (
            (0.08, 0.12),
            (0.3, 0.02),
            (0.42, 0.3),
            (0.3, 0.4),
            (0.6, 0.7),
            (0.7, 0.58),
            (0.98, 0.7),
            (0.88, 0.92),
            (0.7, 0.98),
            (0.35, 0.78),
            (0.12, 0.45),
        )
        sheet.polygon([at(u * scale + shift, v * scale + shift) for u, v in handset], colour)
    elif icon == "mobile":
        sheet.box((*at(0.22, 0), *at(0.78, 1)), colour, size * 0.1)
        sheet.box((*at(0.3, 0.12), *at(0.7, 0.78)), paper)
    elif icon == "fax":
        sheet.box((*at(0, 0.35), *at(1, 0.85)), colour, size * 0.05)
        sheet.box((*at(0.2, 0.05), *at(0.8, 0.4)), colour, outline=colour, line=line)
        sheet.box((*at(0.25, 0.6), *at(0.75, 0.98)), paper)
        sheet.box((*at(0.25, 0.6), *at(0.75, 0.98)), colour, outline=colour, line=line)
    elif icon == "mail":
        sheet.box((*at(0, 0.15), *at(1, 0.85)), colour, outline=colour, line=line)
        sheet.stroke([at(0, 0.18), at(0.5, 0.58), at(1, 0.18)], colour, line)
    elif icon == "web":
        sheet.box((*at(0, 0), *at(1, 1)), colour, size / 2, outline=colour, line=line)
        sheet.box((*at(0.28, 0), *at(0.72, 1)), colour, size * 0.22, outline=colour, line=line * 0.8)
        sheet.stroke([at(0, 0.5), at(1, 0.5)], colour, line * 0.8)
    elif icon == "pin":
        sheet.box((*at(0.18, 0), *at(0.82, 0.64)), colour, size * 0.32)
        sheet.polygon([at(0.2, 0.42), at(0.8, 0.42), at(0.5, 1.0)], colour)
        sheet.box((*at(0.38, 0.2), *at(0.62, 0.44)), paper, size * 0.12)
    else:
        sheet.box((*at(0.02, 0.02), *at(0.98, 0.98)), colour, size * 0.25, outline=colour, line=line)
        sheet.box((*at(0.3, 0.3), *at(0.7, 0.7)), colour, size * 0.2, outline=colour, line=line)
