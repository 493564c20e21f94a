"""Training layouts: people in offices."""

from __future__ import annotations

import random

from .. import logos
from ..blocks import rule, side_text, stack
from ..content import Content
from ..look import Look, mixed
from ..rows import (
    Labeller,
    Row,
    address_rows,
    extra_rows,
    firm_row,
    mail_row,
    name_row,
    phone_rows,
    slogan_row,
    title_rows,
    web_rows,
)
from ..sheet import Align, Sheet
from .layout import Layout


def _person(c: Content, look: Look, rand: random.Random, index: int = 0) -> list[Row]:
    name, titles = name_row(c, look, index), title_rows(c, look, index, rand)
    return [*titles, name] if rand.random() < 0.05 else [name, *titles]


def _reach(c: Content, look: Look, rand: random.Random, index: int = 0) -> list[Row]:
    """Phones, mail and web in one of their usual orders."""
    label = Labeller(c, look, rand)
    rows = [*phone_rows(c, look, label, rand, index), mail_row(c, look, label, index), *web_rows(c, look, label)]
    if rand.random() < 0.2:
        rows.sort(key=lambda r: r.role == "phone")
    return rows


def _place(c: Content, look: Look, rand: random.Random) -> list[Row]:
    return address_rows(c, look, Labeller(c, look, rand), rand)


def logo_left(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Logo at the top left, name below, contact at the foot in two columns."""
    logos.draw(s, rand, c.firm, look, 5, 5, rand.uniform(8, 12), s.width * 0.6)
    y = stack(s, _person(c, look, rand), (5, 19, s.width - 5, 31), look)
    rows = _place(c, look, rand)
    if rand.random() < 0.7:
        rows.insert(0, firm_row(c, look))
    stack(s, rows, (5, y + 3, s.width * 0.49, s.height - 4), look, middle=1.0)
    stack(s, _reach(c, look, rand), (s.width * 0.52, y + 3, s.width - 4, s.height - 4), look, middle=1.0)


def logo_right(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Text at the left edge, the logo at the upper right."""
    logos.draw(
        s,
        rand,
        c.firm,
        look,
        s.width - 5,
        5,
        rand.uniform(9, 13),
        s.width * 0.36,
        "right",
        rand.choice(("above", "beside")),
    )
    rows = [*_person(c, look, rand)]
    y = stack(s, rows, (5, 6, s.width * 0.58, 20), look)
    rows = [*_reach(c, look, rand), *_place(c, look, rand)]
    if rand.random() < 0.6:
        rows.insert(0, firm_row(c, look))
    stack(s, rows, (5, y + 4, s.width - 8, s.height - 4), look, middle=1.0)


def centred(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Everything on the middle axis."""
    y = logos.draw(s, rand, c.firm, look, s.width / 2, 4, rand.uniform(8, 12), s.width * 0.7, "centre")
    y = stack(s, _person(c, look, rand), (5, y + 2, s.width - 5, y + 13), look, "centre")
    if rand.random() < 0.5:
        rule(s, s.width * 0.35, y + 1.6, s.width * 0.65, y + 1.6, look)
    rows = [*_reach(c, look, rand), *_place(c, look, rand)]
    stack(s, rows, (5, y + 3, s.width - 5, s.height - 3.5), look, "centre", 0.5)


def band(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A coloured band along the top or the foot carries the firm or the web address."""
    top, tall = rand.random() < 0.5, rand.uniform(10, 15)
    colour = look.accent if rand.random() < 0.7 else mixed(look.accent, (0, 0, 0), 0.4)
    edge = (0.0, 0.0, s.width, tall) if top else (0.0, s.height - tall, s.width, s.height)
    s.box(edge, colour)
    on = look.on(colour)
    if top:
        logos.draw(s, rand, c.firm, on, 5, 2, tall - 4, s.width - 10, "left", rand.choice(("text", "beside")), on.ink)
        region = (5.0, tall + 3, s.width - 5, s.height - 4)
    else:
        stack(
            s,
            _place(c, on, rand),
            (5, s.height - tall + 1, s.width - 5, s.height - 1.5),
            on,
            rand.choice(("left", "centre")),
            0.5,
        )
        logos.draw(s, rand, c.firm, look, s.width - 5, 4, 9, s.width * 0.4, "right")
        region = (5.0, 5.0, s.width * 0.56, s.height - tall - 2)
    rows = _person(c, look, rand)
    y = stack(s, rows, (region[0], region[1], region[2], region[1] + 12), look)
    rest = [*_reach(c, look, rand), *(_place(c, look, rand) if top else [])]
    stack(s, rest, (region[0], y + 2, region[2] if top else s.width - 5, region[3]), look, middle=1.0)


def side_bar(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A dark bar at the left holds the logo, the text stands at its right."""
    wide = rand.uniform(22, 32)
    colour = look.accent if rand.random() < 0.6 else (30, 32, 38)
    s.box((0, 0, wide, s.height), colour)
    on = look.on(colour)
    logos.draw(s, rand, c.firm, on, wide / 2, s.height * 0.32, 16, wide - 4, "centre", "above", on.ink)
    y = stack(s, _person(c, look, rand), (wide + 4, 5, s.width - 4, 17), look)
    rows = [*_reach(c, look, rand), *_place(c, look, rand)]
    if rand.random() < 0.75:
        rows.insert(0, firm_row(c, look))
    stack(
        s,
        rows,
        (wide + 4, y + 3, s.width - 4, s.height - 4),
        look,
        middle=rand.choice((0.0, 0.5, 1.0)),
        badge=rand.random() < 0.3,
    )


def split_columns(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Name and firm at the left of a rule, the contact at its right."""
    middle = s.width * rand.uniform(0.42, 0.5)
    stack(s, _person(c, look, rand), (4, 6, middle - 3, s.height * 0.5), look, rand.choice(("left", "right")), 0.5)
    logos.draw(s, rand, c.firm, look, 4, s.height * 0.58, 11, middle - 8)
    rule(s, middle, 6, middle, s.height - 6, look)
    rows = [*_reach(c, look, rand), *_place(c, look, rand)]
    rows.insert(rand.choice((0, len(rows))), firm_row(c, look))
    stack(s, rows, (middle + 3, 5, s.width - 3, s.height - 5), look, middle=0.5)


def quiet(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Much white: a small name in the middle, one line at the foot."""
    stack(s, _person(c, look, rand), (6, s.height * 0.26, s.width - 6, s.height * 0.5), look, "centre", 0.5)
    stack(s, [firm_row(c, look)], (6, 5, s.width - 6, 11), look, "centre")
    rows = _reach(c, look, rand)
    if rand.random() < 0.6:
        rows += _place(c, look, rand)
    stack(s, rows, (6, s.height * 0.56, s.width - 6, s.height - 4), look, "centre", 1.0)


def letterhead(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Firm and slogan above a rule, the address up the margin, tax numbers in the small print."""
    head = stack(s, [firm_row(c, look), slogan_row(c, look)], (5, 3.5, s.width - 10, 13), look)
    rule(s, 5, head + 1.4, s.width - 5, head + 1.4, look)
    y = stack(s, _person(c, look, rand), (5, head + 3.5, s.width - 12, head + 15), look)
    extras = extra_rows(c, look)
    foot = s.height - 3.5
    stack(
        s,
        [*_reach(c, look, rand), *_place(c, look, rand), *extras[:1]],
        (5, y + 2, s.width - 12, foot),
        look,
        middle=1.0,
    )
    if c.url and rand.random() < 0.3:
        slogan = slogan_row(c, look)
        side_text(s, slogan.text, look, s.width - 3.5, s.height - 5, slogan.role, slogan.parts)


def bilingual(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Both scripts on one face: native name large, Latin forms below or beside."""
    y = stack(
        s,
        [firm_row(c, look), firm_row(c, look, "latin", False)],
        (5, 4, s.width - 5, 13),
        look,
        rand.choice(("left", "centre")),
    )
    rows = [
        *title_rows(c, look, 0, rand),
        name_row(c, look, 0),
        name_row(c, look, 0, True),
        *title_rows(c, look, 0, rand, True),
    ]
    y = stack(s, rows, (rand.choice((5, s.width * 0.35)), y + 2, s.width - 5, y + 19), look)
    rows = _place(c, look, rand)
    if rand.random() < 0.5:
        rows += address_rows(c, look, Labeller(c, look, rand), rand, True)
    rows += _reach(c, look, rand)
    stack(s, rows, (5, y + 2, s.width - 5, s.height - 3), look, middle=1.0)


def two_persons(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Two people share a card: one half each, the firm across."""
    y = logos.draw(s, rand, c.firm, look, s.width / 2, 4, 9, s.width * 0.7, "centre")
    half = s.width / 2
    label = Labeller(c, look, rand)
    for i in (0, 1):
        rows = [*_person(c, look, rand, i), *phone_rows(c, look, label, rand, i), mail_row(c, look, label, i)]
        left = 4 + i * half
        stack(
            s,
            [Row(r.text, r.style.sized(0.92), r.role, r.parts, r.label, r.icon) for r in rows],
            (left, y + 3, left + half - 6, s.height - 12),
            look,
        )
    rows = [*_place(c, look, rand), *web_rows(c, look, label)]
    stack(s, rows, (4, s.height - 11, s.width - 4, s.height - 3), look, "centre", 1.0)


def portrait(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """An upright card: logo above, name in the middle, contact below."""
    align: Align = rand.choice(("left", "centre"))
    x = s.width / 2 if align == "centre" else 5.0
    logos.draw(s, rand, c.firm, look, x, 6, 16, s.width - 10, align, "above")
    y = stack(s, _person(c, look, rand), (4, 28, s.width - 4, 42), look, align)
    rows = [*_reach(c, look, rand), *_place(c, look, rand)]
    if rand.random() < 0.6:
        rows.append(firm_row(c, look))
    stack(s, rows, (4, y + 3, s.width - 4, s.height - 5), look, align, 1.0)


LAYOUTS = (
    Layout("logo-left", logo_left, ("person",), weight=2),
    Layout("logo-right", logo_right, ("person",), weight=1.6),
    Layout("centred", centred, ("person",), weight=1.4),
    Layout("band", band, ("person",), ground="plain", tone="light", weight=1.5),
    Layout("side-bar", side_bar, ("person",), ground="plain", weight=1.5),
    Layout("split-columns", split_columns, ("person",), weight=1.4),
    Layout("quiet", quiet, ("person",), weight=1),
    Layout("letterhead", letterhead, ("person",), weight=1.3),
    Layout("bilingual", bilingual, ("person",), cjk=True, weight=5),
    Layout("two-persons", two_persons, ("pair",), weight=1),
    Layout("portrait", portrait, ("person",), shape="portrait", weight=1.3),
)
