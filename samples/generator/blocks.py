"""Stacks of rows set into a region of a sheet: aligned, spaced, shrunk to fit, with icons and label columns."""

from __future__ import annotations

from collections.abc import Sequence

from .icons import draw as draw_icon
from .look import Look
from .rows import Row
from .sheet import Align, Box, Sheet
from .truth import Line, Part

LEADING = 1.36


def height_of(rows: Sequence[Row], leading: float = LEADING) -> float:
    """Height in mm that rows take when set one below the other."""
    return sum(r.style.size * (leading + r.space) for r in rows)


def stack(
    sheet: Sheet, rows: Sequence[Row], region: Box, look: Look, align: Align = "left", middle: float = 0.0,
    badge: bool = False, leading: float = LEADING,
) -> float:  # fmt: skip
    """Set rows into a region (mm) and return where they end.

    All rows shrink alike if they are too high. `middle` is where they hang when there is room: 0 top, 0.5 centre,
    1 bottom.
    """
    if not rows:
        return region[1]
    left, top, right, bottom = region
    room = bottom - top
    factor = min(1.0, room / max(0.1, height_of(rows, leading)))
    y = top + (room - height_of(rows, leading) * factor) * middle
    indent = _indent(sheet, rows, factor)
    for row in rows:
        style = row.style.sized(factor)
        y += style.size * (leading + row.space)
        base = y - style.size * (leading - 1.0) - style.size * 0.2
        spread = right - left
        if row.icon is not None:
            _with_icon(sheet, row, style.size, (left, base, right), look, align, badge)
        elif row.label and align == "left":
            _with_label(sheet, row, left, base, right, indent, factor)
        else:
            text = f"{row.label} {row.text}" if row.label else row.text
            x = {"left": left, "centre": (left + right) / 2, "right": right}[align]
            sheet.text(x, base, text, style, row.role, row.parts, align, spread)
    return y


def _indent(sheet: Sheet, rows: Sequence[Row], factor: float) -> float:
    """Width of the label column."""
    labels = [sheet.width_of(r.label + "n", r.style.sized(factor)) for r in rows if r.label]
    return max(labels, default=0.0)


def _with_label(sheet: Sheet, row: Row, left: float, base: float, right: float, indent: float, factor: float) -> None:
    style = row.style.sized(factor)
    a = sheet.text(left, base, row.label, style, row.role, keep=False)
    b = sheet.text(left + indent, base, row.text, style, row.role, keep=False, width=right - left - indent)
    k = sheet.scale
    box = (min(a[0], b[0]) * k, min(a[1], b[1]) * k, max(a[2], b[2]) * k, max(a[3], b[3]) * k)
    quad = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    sheet.lines.append(Line(f"{row.label} {row.text}", row.role, quad, "print", row.parts))


def _with_icon(
    sheet: Sheet, row: Row, size: float, at: tuple[float, float, float], look: Look, align: Align, badge: bool
) -> None:
    left, base, right = at
    style = row.style.sized(size / row.style.size)
    gap = size * (2.0 if badge else 1.5)
    wide = min(sheet.width_of(row.text, style), right - left - gap)
    x = {"left": left, "centre": (left + right - wide - gap) / 2, "right": right - wide - gap}[align]
    icon_x = right - size * 0.95 if align == "right" else x
    text_x = right - gap if align == "right" else x + gap
    if row.icon is not None:
        draw_icon(sheet, row.icon, icon_x, base - size * 0.82, size * 0.9, look.accent, look.paper, badge)
    sheet.taken.append((icon_x, base - size * 0.82, icon_x + size * 0.9, base + size * 0.1))
    sheet.text(
        text_x, base, row.text, style, row.role, row.parts, "right" if align == "right" else "left", right - left - gap
    )


def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, look: Look, line: float = 0.25) -> None:
    """A thin rule in the accent colour."""
    sheet.stroke([(x0, y0), (x1, y1)], look.accent, line)


def side_text(
    sheet: Sheet, text: str, look: Look, x: float, y: float, role: str, parts: Sequence[Part], turn: int = 270
) -> None:
    """A line that runs up (270) or down (90) a margin, starting at (x, y)."""
    sheet.text(x, y, text, look.body.sized(0.9).tinted(look.muted), role, parts, "left", None, turn)
