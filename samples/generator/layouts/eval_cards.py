"""Evaluation layouts: never seen in training. Other arrangements, not other colours."""

from __future__ import annotations

import random

from .. import codes, logos
from ..blocks import rule, side_text, stack
from ..content import Content
from ..look import Look, mixed
from ..rows import (
    Labeller,
    Row,
    address_rows,
    extra_rows,
    firm_row,
    hours_row,
    mail_row,
    name_row,
    phone_rows,
    service_rows,
    slogan_row,
    title_rows,
    web_rows,
)
from ..sheet import Align, Sheet
from ..truth import Part
from .layout import Layout


def _all(c: Content, look: Look, rand: random.Random, index: int = 0) -> list[Row]:
    label = Labeller(c, look, rand)
    reach = [*phone_rows(c, look, label, rand, index), mail_row(c, look, label, index), *web_rows(c, look, label)]
    place = address_rows(c, look, label, rand)
    return [*place, *reach] if rand.random() < 0.4 else [*reach, *place]


def diagonal(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A slanted field of colour; the firm upon it, the person beside it."""
    s.polygon([(0, 0), (s.width * 0.46, 0), (s.width * 0.3, s.height), (0, s.height)], look.accent)
    on = look.on(look.accent)
    logos.draw(s, rand, c.firm, on, 4, 6, 12, s.width * 0.3, "left", rand.choice(("above", "text")), on.ink)
    stack(s, [slogan_row(c, on)], (4, s.height - 9, s.width * 0.3, s.height - 4), on)
    rows = [name_row(c, look, 0), *title_rows(c, look, 0, rand)]
    y = stack(s, rows, (s.width * 0.48, 6, s.width - 4, 20), look, "right")
    rows = _all(c, look, rand)
    if rand.random() < 0.5:
        rows.insert(0, firm_row(c, look))
    stack(s, rows, (s.width * 0.46, y + 3, s.width - 4, s.height - 4), look, "right", 1.0)


def columns_below(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Name big at the top; three columns at the foot: place, numbers, net."""
    y = stack(s, [name_row(c, look, 0), *title_rows(c, look, 0, rand)], (5, 6, s.width * 0.66, 22), look)
    logos.draw(s, rand, c.firm, look, s.width - 4, 5, 10, s.width * 0.27, "right", rand.choice(("text", "above")))
    label = Labeller(c, look, rand)
    third = (s.width - 8) / 3
    top = max(y + 4, s.height * 0.56)
    small = [
        [*[firm_row(c, look)][: rand.choice((0, 1))], *address_rows(c, look, label, rand)],
        phone_rows(c, look, label, rand),
        [mail_row(c, look, label), *web_rows(c, look, label)],
    ]
    for i, rows in enumerate(small):
        stack(s, rows, (4 + i * third, top, 4 + (i + 1) * third - 2.5, s.height - 4), look)


def framed(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A thin frame, everything centred inside, the firm in small capitals above."""
    s.box(
        (2.6, 2.6, s.width - 2.6, s.height - 2.6), look.accent, rand.choice((0.0, 2.0)), outline=look.accent, line=0.3
    )
    text = c.firm.name.upper() if c.country.language != "tr" else c.firm.name
    firm = Row(text, look.strong, "organization", (Part("organization", text, "firm", 2),))
    y = stack(s, [firm], (6, 6, s.width - 6, 12), look, "centre")
    y = stack(s, [name_row(c, look, 0), *title_rows(c, look, 0, rand)], (6, y + 2, s.width - 6, y + 15), look, "centre")
    stack(s, _all(c, look, rand), (6, y + 3, s.width - 6, s.height - 5), look, "centre", 1.0)


def top_and_foot(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Two bars, above and below, with the text between."""
    tall = rand.uniform(7, 10)
    s.box((0, 0, s.width, tall), look.accent)
    s.box((0, s.height - tall, s.width, s.height), mixed(look.accent, (0, 0, 0), 0.3))
    on, below = look.on(look.accent), look.on(mixed(look.accent, (0, 0, 0), 0.3))
    stack(s, [firm_row(c, on)], (5, 0.5, s.width - 5, tall - 0.5), on, "left", 0.5)
    label = Labeller(c, look, rand)
    stack(
        s,
        (web_rows(c, below, label) or [slogan_row(c, below)])[:1],
        (5, s.height - tall + 0.5, s.width - 5, s.height - 0.5),
        below,
        "right",
        0.5,
    )
    logos.mark(s, rand, s.width - 19, tall + 3, 13, look, c.firm.core[0].upper())
    y = stack(s, [name_row(c, look, 0), *title_rows(c, look, 0, rand)], (5, tall + 3, s.width - 22, tall + 14), look)
    rows = [*phone_rows(c, look, label, rand), mail_row(c, look, label), *address_rows(c, look, label, rand)]
    stack(s, rows, (5, y + 2, s.width - 6, s.height - tall - 1.5), look, middle=1.0)


def bottom_right(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Everything ragged-left at the lower right; the logo small, far away; extras up the margin."""
    logos.draw(s, rand, c.firm, look, 5, 5, 8, s.width * 0.4, "left", "beside")
    rows = [name_row(c, look, 0), *title_rows(c, look, 0, rand), firm_row(c, look), *_all(c, look, rand)]
    stack(s, rows, (s.width * 0.3, 15, s.width - 5, s.height - 4), look, "right", 1.0)
    extras = extra_rows(c, look)
    if extras:
        side_text(s, extras[0].text, look, 4.5, s.height - 4, extras[0].role, extras[0].parts)


def poster(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A shop: name huge, a picture behind, a strip of numbers down the right side."""
    size = rand.uniform(1.1, 1.5)
    name = Row(c.firm.name, look.display.sized(size), "organization", (Part("organization", c.firm.name, "firm", 2),))
    if not s.prints(name.text, name.style):
        name = Row(c.firm.name, look.strong.sized(2.2), "organization", name.parts)
    y = stack(s, [name, *service_rows(c, look, rand)], (4, 4, s.width - 4, 22), look, "left", 0.3)
    label = Labeller(c, look, rand)
    left = [*address_rows(c, look, label, rand), hours_row(c, look)]
    stack(s, left, (4, y + 3, s.width * 0.54, s.height - 3.5), look, middle=1.0)
    numbers = [
        Row(r.text, r.style.sized(1.35), r.role, r.parts, r.label, r.icon) for r in phone_rows(c, look, label, rand)
    ]
    rest = [mail_row(c, look, label)] if rand.random() < 0.6 else []
    stack(
        s,
        [*numbers, *rest, *web_rows(c, look, label)],
        (s.width * 0.56, y + 3, s.width - 4, s.height - 3.5),
        look,
        "right",
        1.0,
    )


def counter(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A shop or department, centred under its logo, all lines of one size."""
    y = logos.draw(s, rand, c.firm, look, s.width / 2, 4, s.height * 0.34, s.width * 0.7, "centre", "above")
    label = Labeller(c, look, rand)
    rows = [firm_row(c, look)] if rand.random() < 0.6 else []
    if c.kind == "department":
        rows.insert(0, Row(c.firm.department, look.strong, "department", (Part("department", c.firm.department),)))
    rows += [
        *address_rows(c, look, label, rand, one_line=True),
        *phone_rows(c, look, label, rand),
        *web_rows(c, look, label),
    ]
    stack(s, rows, (4, y + 2.5, s.width - 4, s.height - 3.5), look, "centre", 0.5)


def tall_left(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """An upright card set flush left, the name low, a rule above it."""
    align: Align = rand.choice(("left", "right"))
    edge = 4.5 if align == "left" else s.width - 4.5
    logos.draw(s, rand, c.firm, look, edge, 5, 10, s.width - 10, align)
    rule(s, 4.5, s.height * 0.34, s.width - 4.5, s.height * 0.34, look)
    y = stack(
        s,
        [name_row(c, look, 0), *title_rows(c, look, 0, rand)],
        (4.5, s.height * 0.37, s.width - 4.5, s.height * 0.52),
        look,
        align,
    )
    stack(s, [firm_row(c, look), *_all(c, look, rand)], (4.5, y + 2, s.width - 4.5, s.height - 4), look, align, 1.0)


def partners(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Two people one above the other, each with numbers at the right."""
    y = stack(s, [firm_row(c, look)], (5, 4, s.width - 5, 10), look)
    rule(s, 5, y + 1, s.width - 5, y + 1, look)
    label = Labeller(c, look, rand)
    tall = (s.height - y - 12) / 2
    for i in (0, 1):
        top = y + 3 + i * tall
        stack(
            s, [name_row(c, look, i), *title_rows(c, look, i, rand)], (5, top, s.width * 0.48, top + tall - 1.5), look
        )
        stack(
            s,
            [*phone_rows(c, look, label, rand, i), mail_row(c, look, label, i)],
            (s.width * 0.52, top, s.width - 4, top + tall - 1.5),
            look,
        )
    stack(
        s,
        address_rows(c, look, label, rand, one_line=True)[:1],
        (5, s.height - 8, s.width - 5, s.height - 3),
        look,
        "left",
        1.0,
    )


def two_scripts(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Native script at the left, Latin at the right."""
    middle = s.width * 0.5
    stack(
        s,
        [firm_row(c, look), *title_rows(c, look, 0, rand), name_row(c, look, 0)],
        (4, 5, middle - 2, s.height * 0.46),
        look,
    )
    rows = [firm_row(c, look, "latin", False), name_row(c, look, 0, True), *title_rows(c, look, 0, rand, True)]
    stack(s, rows, (middle + 2, 5, s.width - 4, s.height * 0.46), look)
    label = Labeller(c, look, rand)
    rows = [
        *address_rows(c, look, label, rand),
        *phone_rows(c, look, label, rand),
        mail_row(c, look, label),
        *web_rows(c, look, label),
    ]
    stack(s, rows, (4, s.height * 0.5, s.width - 4, s.height - 3.5), look, middle=1.0)


def code_corner(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A small QR code at the upper left, the text around it."""
    size = rand.uniform(16, 20)
    codes.place(s, c, rand, 6, 6, size)
    y = stack(
        s,
        [name_row(c, look, 0), *title_rows(c, look, 0, rand), firm_row(c, look)],
        (size + 11, 6, s.width - 4, size + 7),
        look,
    )
    stack(s, _all(c, look, rand), (6, max(y, size + 9) + 1, s.width - 5, s.height - 3.5), look, middle=1.0)


def seal_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A back: mark and logotype off the middle on the accent colour."""
    s.box((0, 0, s.width, s.height), look.accent)
    on = look.on(look.accent)
    logos.draw(s, rand, c.firm, on, 8, s.height * 0.6, s.height * 0.24, s.width * 0.7, "left", "any", on.ink)


def words_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A back: slogan and services."""
    rows = [
        Row(c.firm.slogan, look.strong.sized(1.7), "tagline", (Part("tagline", c.firm.slogan),)),
        *service_rows(c, look, rand),
    ]
    stack(s, rows, (6, 6, s.width - 6, s.height - 6), look, rand.choice(("left", "centre")), 0.5)


def other_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A back: the Latin side of a bilingual card, centred."""
    rows = [name_row(c, look, 0, True), *title_rows(c, look, 0, rand, True), firm_row(c, look, "latin")]
    y = stack(s, rows, (5, 6, s.width - 5, 24), look, "centre")
    label = Labeller(c, look, rand)
    rows = [*phone_rows(c, look, label, rand), mail_row(c, look, label), *address_rows(c, look, label, rand, True)]
    stack(s, rows, (5, y + 3, s.width - 5, s.height - 4), look, "centre", 1.0)


def empty_back(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A back with nothing but a rule."""
    rule(s, 6, s.height - 6, s.width - 6, s.height - 6, look)


LAYOUTS = (
    Layout("back-rule", empty_back, ("person",), side="back", ground="plain", weight=1.5, fields=False),
    Layout("diagonal", diagonal, ("person",), ground="plain", weight=1.5),
    Layout("columns-below", columns_below, ("person",), weight=1.3),
    Layout("framed", framed, ("person",), weight=1.3),
    Layout("top-and-foot", top_and_foot, ("person",), ground="plain", weight=1.3),
    Layout("bottom-right", bottom_right, ("person",), weight=1.5),
    Layout("poster", poster, ("shop",), weight=1.5),
    Layout("counter", counter, ("shop", "shop", "department"), weight=1.5),
    Layout("tall-left", tall_left, ("person",), shape="portrait", weight=1.2),
    Layout("partners", partners, ("pair",), weight=1),
    Layout("two-scripts", two_scripts, ("person",), cjk=True, weight=4),
    Layout("code-corner", code_corner, ("person",), weight=1),
    Layout("back-seal", seal_back, ("person",), side="back", weight=2),
    Layout("back-words", words_back, ("person",), side="back", weight=1.5, fields=False),
    Layout("back-other", other_back, ("person",), side="back", cjk=True, weight=6),
)
