"""Training layouts: the backs of cards."""

from __future__ import annotations

import random

from .. import codes, logos
from ..blocks import stack
from ..content import Content
from ..look import Look
from ..rows import (
    Labeller,
    Row,
    address_rows,
    firm_row,
    name_row,
    phone_rows,
    service_rows,
    slogan_row,
    title_rows,
    web_rows,
)
from ..sheet import Sheet
from .layout import Layout


def logo_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """The logo alone, on a full tint or on white."""
    on = look
    if rand.random() < 0.5:
        s.box((0, 0, s.width, s.height), look.accent)
        on = look.on(look.accent)
    tall = min(s.width, s.height) * rand.uniform(0.3, 0.45)
    logos.draw(s, rand, c.firm, on, s.width / 2, (s.height - tall) / 2, tall, s.width * 0.8, "centre", "any", on.ink)


def slogan_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """The slogan, large, with the web address below."""
    row = slogan_row(c, look)
    big = Row(row.text, look.display.sized(0.7).tinted(look.ink), row.role, row.parts)
    if not s.prints(big.text, big.style):
        big = Row(row.text, look.strong.sized(1.8), row.role, row.parts)
    stack(s, [big], (5, s.height * 0.3, s.width - 5, s.height * 0.6), look, "centre", 0.5)
    stack(
        s,
        web_rows(c, look, Labeller(c, look, rand))[:1],
        (5, s.height - 12, s.width - 5, s.height - 5),
        look,
        "centre",
        1.0,
    )


def services_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """What the firm offers, as a list."""
    y = stack(s, [firm_row(c, look, "name")], (5, 5, s.width - 5, 12), look)
    rows = [Row(r.text, r.style.sized(1.15), r.role, r.parts) for r in service_rows(c, look, rand, False)]
    stack(s, rows, (5, y + 2, s.width - 5, s.height - 5), look, middle=0.4)


def map_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A sketch of how to get there."""
    for _ in range(rand.randint(4, 7)):
        if rand.random() < 0.5:
            y = rand.uniform(6, s.height - 14)
            s.stroke([(0, y), (s.width, y + rand.uniform(-6, 6))], look.muted, rand.uniform(0.6, 2.0))
        else:
            x = rand.uniform(6, s.width - 6)
            s.stroke([(x, 0), (x + rand.uniform(-8, 8), s.height - 12)], look.muted, rand.uniform(0.6, 2.0))
    x, y = rand.uniform(20, s.width - 20), rand.uniform(14, s.height - 24)
    s.polygon([(x - 2.4, y - 4), (x + 2.4, y - 4), (x, y)], look.accent)
    s.box((0, s.height - 11, s.width, s.height), look.paper)
    rows = address_rows(c, look, Labeller(c, look, rand), rand, one_line=True)[:1]
    stack(s, rows, (4, s.height - 10, s.width - 4, s.height - 2), look, "centre", 0.5)


def code_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A large QR code and the web address."""
    size = s.height * 0.55
    codes.place(s, c, rand, (s.width - size) / 2, 5, size)
    stack(
        s,
        web_rows(c, look, Labeller(c, look, rand))[:1],
        (5, s.height - 14, s.width - 5, s.height - 4),
        look,
        "centre",
        0.5,
    )


def latin_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """The other language of a bilingual card, complete."""
    y = stack(s, [firm_row(c, look, "latin")], (5, 5, s.width - 5, 13), look)
    rows = [name_row(c, look, 0, True), *title_rows(c, look, 0, rand, True)]
    y = stack(s, rows, (5, y + 2, s.width - 5, y + 14), look)
    label = Labeller(c, look, rand)
    rows = [*address_rows(c, look, label, rand, True), *phone_rows(c, look, label, rand), *web_rows(c, look, label)]
    stack(s, rows, (5, y + 2, s.width - 5, s.height - 4), look, middle=1.0)


def blank_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Nothing: room for notes."""


LAYOUTS = (
    Layout("back-blank", blank_back, ("person",), side="back", ground="plain", weight=2, fields=False),
    Layout("back-logo", logo_back, ("person",), side="back", weight=3),
    Layout("back-slogan", slogan_back, ("person",), side="back", weight=1.5, fields=False),
    Layout("back-services", services_back, ("person",), side="back", weight=1.2),
    Layout("back-map", map_back, ("person",), side="back", ground="plain", weight=0.6),
    Layout("back-code", code_back, ("person",), side="back", weight=0.8),
    Layout("back-latin", latin_back, ("person",), side="back", cjk=True, weight=8),
)
