"""A page of the worst misses: the card as it lay in the photo, what it says, what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path, PurePath
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from tests.bench.score import CardScore

MOST: Final = 60
WIDE: Final = 640


def _picture(card: CardScore, folder: Path, target: Path) -> None:
    """The photo around the card, with the true (green) and the read (red) outline."""
    with Image.open(folder / PurePath(card.file).name) as stored:
        photo = ImageOps.exif_transpose(stored).convert("RGB")
    quads = [q for q in (card.truth.get("quad"), (card.read.get("source") or {}).get("quad")) if q]
    draw = ImageDraw.Draw(photo)
    for quad, colour in zip(quads, ("#00b050", "#e00000") if card.truth else ("#e00000",), strict=False):
        draw.line([tuple(p) for p in (*quad, quad[0])], fill=colour, width=max(2, photo.width // 500))
    if quads:
        points = np.array([p for quad in quads for p in quad])
        pad = 0.1 * np.ptp(points, axis=0).max()
        low, high = points.min(axis=0) - pad, points.max(axis=0) + pad
        low, high = np.maximum(low, 0), np.minimum(high, (photo.width, photo.height))
        if (high - low).min() > 8:
            photo = photo.crop((int(low[0]), int(low[1]), int(high[0]), int(high[1])))
    photo.thumbnail((WIDE, WIDE))
    photo.save(target, quality=80)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('raw')} ({value.get('e164')})"
    return value if isinstance(value, str) else " = ".join(value)


def _section(card: CardScore, picture: str) -> str:
    rows = "".join(
        f"<tr><th>{escape(field)}</th><td>{'<br>'.join(escape(_text(v)) for v in missed)}</td>"
        f"<td>{'<br>'.join(escape(_text(v)) for v in made_up)}</td></tr>"
        for field, (missed, made_up) in card.misses.items()
    )
    read = " / ".join(escape(line.get("text", "")) for line in card.read.get("lines", ()))
    facts = ", ".join(f"{k} {v}" for k, v in card.conditions.items())
    corner = "" if card.corner_error is None else f", corners {card.corner_error:.3f}, upright {card.upright}"
    state = "made up" if not card.truth else "" if card.read else "not found"
    return (
        f'<section><img src="{escape(picture)}" alt="" loading="lazy"><div><h2>{escape(card.file)} {state}</h2>'
        f"<p>{escape(facts)}{corner}</p><table><tr><th></th><th>missed</th><th>made up</th></tr>{rows}</table>"
        f"<p><small>{read}</small></p></div></section>"
    )


def page(cards: Sequence[CardScore], folder: Path, into: Path) -> Path:
    """Write `index.html` and its pictures for the cards with most misses; returns the page."""
    into.mkdir(parents=True, exist_ok=True)
    worst = sorted(cards, key=lambda c: -sum(len(m) + len(x) for m, x in c.misses.values()))
    sections = []
    for number, card in enumerate(c for c in worst[:MOST] if c.misses or not c.read):
        _picture(card, folder, into / f"{number:03d}.jpg")
        sections.append(_section(card, f"{number:03d}.jpg"))
    style = (
        "body{font:14px sans-serif}section{display:flex;gap:1em;margin:1em 0}img{max-width:640px}"
        "th{text-align:left}td{padding:0 1em}"
    )
    target = into / "index.html"
    head = f'<!doctype html><meta charset="utf-8"><title>Worst misses</title><style>{style}</style>'
    target.write_text(f"{head}<h1>Worst misses</h1>{''.join(sections)}", encoding="utf-8")
    return target
