"""What a layout is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..content import Content, Kind
from ..look import Look
from ..sheet import Sheet

Shape = Literal["landscape", "portrait", "square"]
Draw = Callable[[Sheet, Content, Look, random.Random], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """A template: how it is called, what it prints, its shape and the ground it wants.

    Attributes:
        kinds: The kinds of content it prints.
        side: front or back.
        ground: A kind of `grounds.ground`; `any` leaves it to chance.
        tone: Of the look: light, dark, bright or any.
        fields: Whether it prints any contact field (a blank back or a slogan doesn't).
        cjk: Whether it is made for bilingual cards only (True), for others only (False), or for both (None).
    """

    name: str
    draw: Draw
    kinds: tuple[Kind, ...]
    shape: Shape = "landscape"
    side: Literal["front", "back"] = "front"
    ground: str = "any"
    tone: str = "any"
    cjk: bool | None = None
    weight: float = 1.0
    fields: bool = True
