"""Training layouts: shops, departments, offices, cards full of small things."""

from __future__ import annotations

import random

from .. import codes, logos
from ..blocks import rule, stack
from ..content import Content
from ..look import WHITE, Look, mixed
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
from ..sheet import Sheet
from ..truth import Part
from .layout import Layout


def _big(row: Row, factor: float) -> Row:
    return Row(row.text, row.style.sized(factor), row.role, row.parts, row.label, row.icon, row.space)


def headline(c: Content, look: Look, factor: float = 2.2) -> Row:
    """The firm's name in its display face, as shops print it."""
    text = c.firm.name
    return Row(text, look.display.sized(factor / 2.4), "organization", (Part("organization", text, "firm", 2),))


def shop_loud(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """The name across the top, services below, a bar with large numbers, the address at the foot."""
    y = stack(s, [headline(c, look, rand.uniform(2.2, 3.2))], (4, 3, s.width - 4, 15), look, "centre", 0.5)
    y = stack(s, service_rows(c, look, rand), (4, y + 1, s.width - 4, y + 7), look, "centre")
    label = Labeller(c, look, rand)
    tall = rand.uniform(9, 12)
    top = s.height * rand.uniform(0.5, 0.56)
    colour = look.accent
    s.box((0, top, s.width, top + tall), colour)
    on = look.on(colour)
    numbers = [_big(r, rand.uniform(1.3, 1.7)) for r in phone_rows(c, on, label, rand)]
    stack(s, numbers, (4, top + 0.8, s.width - 4, top + tall - 0.8), on, "centre", 0.5)
    rows = [*address_rows(c, look, label, rand, one_line=rand.random() < 0.6)]
    if rand.random() < 0.7:
        rows.append(mail_row(c, look, label))
    rows += web_rows(c, look, label)
    stack(s, rows, (4, top + tall + 1, s.width - 4, s.height - 2.5), look, "centre", 0.5)
    if rand.random() < 0.3:
        stack(s, [slogan_row(c, look)], (4, y + 0.5, s.width - 4, top - 0.5), look, "centre")


def shop_logo(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A large logo fills the left, numbers and place at the right."""
    logos.draw(s, rand, c.firm, look, s.width * 0.24, s.height * 0.2, s.height * 0.5, s.width * 0.4, "centre", "above")
    label = Labeller(c, look, rand)
    rows = [*phone_rows(c, look, label, rand), *address_rows(c, look, label, rand), *web_rows(c, look, label)]
    if rand.random() < 0.5:
        rows.insert(0, firm_row(c, look, rand.choice(("legal", "name"))))
    if rand.random() < 0.5:
        rows.append(mail_row(c, look, label))
    if rand.random() < 0.4:
        rows.append(hours_row(c, look))
    stack(
        s,
        rows,
        (s.width * 0.5, 5, s.width - 4, s.height - 5),
        look,
        rand.choice(("left", "right")),
        rand.choice((0.5, 1.0)),
    )


def shop_list(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Services one a line beside the contact, opening hours, everything printed small."""
    y = stack(s, [headline(c, look, 2.0), slogan_row(c, look)], (4, 3, s.width - 4, 16), look)
    rule(s, 4, y + 1.2, s.width - 4, y + 1.2, look, 0.4)
    stack(s, service_rows(c, look, rand, False), (4, y + 3, s.width * 0.4, s.height - 4), look, middle=0.2)
    label = Labeller(c, look, rand)
    rows = [
        *phone_rows(c, look, label, rand),
        mail_row(c, look, label),
        *web_rows(c, look, label),
        *address_rows(c, look, label, rand),
        hours_row(c, look),
    ]
    stack(s, rows, (s.width * 0.44, y + 3, s.width - 3, s.height - 3), look, middle=0.5)


def shop_portrait(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """An upright menu-like card with a coloured foot."""
    foot = s.height * 0.72
    s.box((0, foot, s.width, s.height), look.accent)
    on = look.on(look.accent)
    y = logos.draw(s, rand, c.firm, look, s.width / 2, 7, 22, s.width - 8, "centre", "above")
    rows = [headline(c, look, 1.6), hours_row(c, look)] if rand.random() < 0.6 else [hours_row(c, look)]
    stack(s, [*rows, *service_rows(c, look, rand, False)[:3]], (3, y + 3, s.width - 3, foot - 2), look, "centre", 0.4)
    label = Labeller(c, on, rand)
    rows = [*address_rows(c, on, label, rand), *phone_rows(c, on, label, rand), *web_rows(c, on, label)]
    stack(s, rows, (3, foot + 1.5, s.width - 3, s.height - 2), on, "centre", 0.5)


def craftsman(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A trade with its owner's name, licence numbers and two telephones."""
    y = stack(s, [headline(c, look, 1.9), *service_rows(c, look, rand)], (4, 4, s.width - 4, 17), look, "left")
    y = stack(
        s, [_big(name_row(c, look, 0), 0.8), *title_rows(c, look, 0, rand)], (4, y + 2, s.width * 0.6, y + 12), look
    )
    label = Labeller(c, look, rand)
    stack(
        s,
        [*extra_rows(c, look), *address_rows(c, look, label, rand)],
        (4, y + 2, s.width * 0.5, s.height - 3.5),
        look,
        middle=1.0,
    )
    rows = [_big(r, 1.15) for r in phone_rows(c, look, label, rand)]
    rows += [mail_row(c, look, label), *web_rows(c, look, label)]
    stack(s, rows, (s.width * 0.52, y + 2, s.width - 4, s.height - 3.5), look, "right", 1.0)


def department(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """No person: a department's counter with its number and hours."""
    y = logos.draw(s, rand, c.firm, look, 5, 4, 9, s.width - 10)
    rows = [
        Row(c.firm.department, look.strong.sized(1.4), "department", (Part("department", c.firm.department),)),
        firm_row(c, look, "legal", False),
    ]
    y = stack(s, rows, (5, y + 3, s.width - 5, y + 13), look)
    label = Labeller(c, look, rand)
    rows = [
        *phone_rows(c, look, label, rand),
        mail_row(c, look, label),
        *web_rows(c, look, label),
        *address_rows(c, look, label, rand),
    ]
    stack(s, [*rows, hours_row(c, look)], (5, y + 2, s.width - 5, s.height - 4), look, middle=1.0)


def with_code(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """A QR code at the right, the text at its left."""
    size = rand.uniform(18, 24)
    codes.place(s, c, rand, s.width - size - 5, s.height - size - 5, size)
    logos.draw(s, rand, c.firm, look, s.width - 5, 5, 9, s.width * 0.36, "right", "beside")
    y = stack(s, [name_row(c, look, 0), *title_rows(c, look, 0, rand)], (5, 6, s.width * 0.56, 18), look)
    label = Labeller(c, look, rand)
    rows = [
        *phone_rows(c, look, label, rand),
        mail_row(c, look, label),
        *web_rows(c, look, label),
        *address_rows(c, look, label, rand),
    ]
    rows.insert(0, firm_row(c, look))
    stack(s, rows, (5, y + 2, s.width - size - 9, s.height - 4), look, middle=1.0, badge=rand.random() < 0.3)


def photo_panel(s: Sheet, c: Content, look: Look, rand: random.Random) -> None:
    """Text on a light panel over a picture."""
    panel = mixed(look.paper, WHITE, 0.7) if not look.dark else mixed(look.paper, (0, 0, 0), 0.3)
    left = rand.random() < 0.5
    x0, x1 = (0.0, s.width * 0.62) if left else (s.width * 0.38, s.width)
    s.box((x0, 4, x1, s.height - 4), panel)
    on = look.on(panel)
    rows = [name_row(c, on, 0), *title_rows(c, on, 0, rand), firm_row(c, on)]
    y = stack(s, rows, (x0 + 4, 6, x1 - 3, 22), on)
    label = Labeller(c, on, rand)
    rows = [
        *phone_rows(c, on, label, rand),
        mail_row(c, on, label),
        *web_rows(c, on, label),
        *address_rows(c, on, label, rand),
    ]
    stack(s, rows, (x0 + 4, y + 2, x1 - 3, s.height - 5), on, middle=1.0)


LAYOUTS = (
    Layout("shop-loud", shop_loud, ("shop",), weight=1.3),
    Layout("shop-logo", shop_logo, ("shop",), weight=1.2),
    Layout("shop-list", shop_list, ("shop",), weight=1),
    Layout("shop-portrait", shop_portrait, ("shop",), shape="portrait", ground="plain", weight=0.6),
    Layout("craftsman", craftsman, ("person",), weight=1.2),
    Layout("department", department, ("department",), weight=0.8),
    Layout("with-code", with_code, ("person",), weight=1.2),
    Layout("photo-panel", photo_panel, ("person",), ground="picture", weight=1),
)
