"""Lines of invented cards for the tests of the parse room."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cardscan.record import TextLine

CORPUS = Path(__file__).parent / "corpus"


def printed(*texts: str, confidence: float = 0.99) -> list[TextLine]:
    """Lines below each other, left-aligned, 20 pixels high and 30 apart."""
    return [
        TextLine(
            text,
            confidence,
            ((0, 30 * i), (12.0 * len(text), 30 * i), (12.0 * len(text), 30 * i + 20), (0, 30 * i + 20)),
        )
        for i, text in enumerate(texts)
    ]


def placed(*items: tuple[str, float, float]) -> list[TextLine]:
    """Lines at (left, top), 20 pixels high, 12 pixels a character."""
    return [
        TextLine(text, 0.99, ((x, y), (x + 12.0 * len(text), y), (x + 12.0 * len(text), y + 20), (x, y + 20)))
        for text, x, y in items
    ]


def cases(name: str) -> list[dict[str, Any]]:
    """The examples of one corpus file."""
    found: list[dict[str, Any]] = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found
