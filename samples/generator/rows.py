"""From content to lines to be printed: what stands in a line, with its labels, parts and icon."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import words
from .content import Content
from .icons import Icon
from .look import Look
from .numbers import Kind, Telephone, local
from .sheet import Style
from .truth import Part

ICON_OF: Final[Mapping[Kind, Icon]] = {"work": "phone", "mobile": "mobile", "fax": "fax", "home": "phone"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line to be printed.

    Attributes:
        label: Printed before the text, apart from it in a column layout.
        space: Extra room above, in ems.
    """

    text: str
    style: Style
    role: str
    parts: tuple[Part, ...] = ()
    label: str = ""
    icon: Icon | None = None
    space: float = 0.0


def upper(text: str, language: str) -> str:
    """Capitals, as the language makes them."""
    return text.replace("i", "İ").upper() if language == "tr" else text.upper()


def name_row(content: Content, look: Look, index: int, latin: bool = False) -> Row:
    """The name of a person, in capitals if the look says so."""
    person = content.persons[index]
    text = person.also if latin else person.full
    if look.caps_name:
        text = upper(text, content.country.language)
    style = look.name if not latin else look.name.sized(0.7)
    return Row(text, style, "name", (Part("name", text, person.id, 0 if latin else 1),))


def title_rows(content: Content, look: Look, index: int, rand: random.Random, latin: bool = False) -> list[Row]:
    """The titles of a person, and now and then the department."""
    person = content.persons[index]
    rows = []
    for title in person.titles_also if latin else person.titles:
        text = upper(title, content.country.language) if look.caps_title else title
        rows.append(Row(text, look.body.tinted(look.muted), "title", (Part("title", text),)))
    if not latin and rand.random() < 0.16:
        row = Row(
            content.firm.department,
            look.body.tinted(look.muted),
            "department",
            (Part("department", content.firm.department),),
        )
        rows.insert(rand.choice((0, len(rows))), row)
    return rows


def firm_row(content: Content, look: Look, form: str = "legal", strong: bool = True) -> Row:
    """The firm in small print: its `legal`, `name` or `latin` form."""
    text = {"legal": content.firm.legal, "name": content.firm.name, "latin": content.firm.latin}[form]
    rank = {"legal": 3, "name": 2, "latin": 1}[form]
    return Row(text, look.strong if strong else look.body, "organization", (Part("organization", text, "firm", rank),))


def slogan_row(content: Content, look: Look) -> Row:
    """The slogan, muted."""
    return Row(content.firm.slogan, look.body.tinted(look.muted), "tagline", (Part("tagline", content.firm.slogan),))


def service_rows(content: Content, look: Look, rand: random.Random, joined: bool = True) -> list[Row]:
    """The services, joined by dots on one line or one a line."""
    services = content.firm.services
    if joined:
        mark = rand.choice((" · ", " | ", " - ", ", ", " • "))
        text = mark.join(services[: rand.choice((2, 3, 4))])
        return [Row(text, look.body.tinted(look.muted), "services", (Part("services", text),))]
    bullet = rand.choice(("", "• ", "- ", "✓ "[:0]))
    return [Row(bullet + s, look.body, "services", (Part("services", s),)) for s in services]


def extra_rows(content: Content, look: Look) -> list[Row]:
    """Registration, tax and bank numbers, which are no telephone numbers."""
    return [
        Row(e, look.body.sized(0.85).tinted(look.muted), "registration", (Part("registration", e),))
        for e in content.firm.extra
    ]


def hours_row(content: Content, look: Look) -> Row:
    """Opening hours."""
    return Row(content.firm.hours, look.body, "hours", (Part("hours", content.firm.hours),))


class Labeller:
    """Puts labels before values in one manner for a whole card."""

    def __init__(self, content: Content, look: Look, rand: random.Random) -> None:
        self.mode = look.labels
        self.colon = look.colon
        lists = words.load("labels")
        language = content.country.language
        if language in lists and (language == "en" or rand.random() < 0.85):
            self.lists = lists[language]
        else:
            self.lists = lists["en"]
        self.caps = rand.random() < 0.12
        depth = rand.choice((0, 0, 1, 2, 3, 9))
        self.chosen = {
            kind: self._pick(kind, depth)
            for kind in ("work", "mobile", "fax", "home", "email", "url", "address", "ext")
        }

    def _pick(self, kind: str, depth: int) -> str:
        options = self.lists[kind]
        if self.mode == "letter":
            options = [o for o in options if len(o) <= 2] or [min(options, key=len)]
            return str(options[0])
        word = str(options[min(depth, len(options) - 1)])
        return word.upper() if self.caps and word.isascii() else word

    def row(self, kind: str, text: str, style: Style, role: str, parts: Sequence[Part], icon: Icon) -> Row:
        """The row of a value of a kind, labelled in the card's manner."""
        if self.mode == "none":
            return Row(text, style, role, tuple(parts))
        if self.mode == "icon":
            return Row(text, style, role, tuple(parts), "", icon)
        label = self.chosen[kind]
        if self.mode == "column":
            return Row(text, style, role, tuple(parts), label + (":" if self.colon.startswith(":") else ""))
        colon = self.colon
        if colon.startswith(".") and label.endswith("."):
            colon = " "
        return Row(f"{label}{colon if colon.endswith(' ') else colon + ' '}{text}", style, role, tuple(parts))


def phone_rows(content: Content, look: Look, label: Labeller, rand: random.Random, index: int = 0) -> list[Row]:
    """The numbers of a person or of the firm; two work numbers may share a line as a list or range."""
    phones = content.phones[index]
    said = label.mode != "none"
    rows: list[Row] = []

    def part(phone: Telephone, text: str, e164: str | None = None) -> Part:
        return Part("phone", text, e164=phone.e164 if e164 is None else e164, type=phone.kind if said else "other")

    for phone in phones:
        raw, again = phone.raw, rand.random()
        parts: tuple[Part, ...] = ()
        text = raw
        e164: str | None = None
        if phone.kind == "work" and content.kind == "shop" and again < 0.25:
            text = local(phone, content.area)
        elif phone.kind == "work" and content.kind == "person" and again < 0.12 and "ext" in label.chosen:
            word = label.chosen["ext"] if label.mode != "letter" else "x"
            text = f"{raw} {word}{'' if rand.random() < 0.3 else ' '}{rand.randint(10, 999)}"
        elif phone.kind == "work" and again > 0.93 and raw[-2:].isdigit():
            tail = f"{(int(raw[-2:]) + rand.randint(1, 9)) % 100:02d}"
            text = f"{raw}{rand.choice((' / ', '/', ' - '))}{tail}"
            parts = (part(phone, raw), part(phone, raw[:-2] + tail, phone.e164[:-2] + tail))
        icon = ICON_OF[phone.kind]
        rows.append(label.row(phone.kind, text, look.body, "phone", parts or (part(phone, text, e164),), icon))
    if label.mode == "word" and len(rows) == 2 and rand.random() < 0.18:
        joined = rows[0].text + rand.choice(("   ", "  |  ", " · ")) + rows[1].text
        rows = [Row(joined, look.body, "phone", rows[0].parts + rows[1].parts)]
    return rows


def mail_row(content: Content, look: Look, label: Labeller, index: int = 0) -> Row:
    """The mail address of a person or the firm."""
    mail = content.mails[min(index, len(content.mails) - 1)]
    return label.row("email", mail, look.body, "email", (Part("email", mail),), "mail")


def web_rows(content: Content, look: Look, label: Labeller) -> list[Row]:
    """The web address and social profiles."""
    rows = []
    if content.url:
        named = label.row("url", content.url, look.body, "url", (Part("url", content.url),), "web")
        if content.url.startswith(("www", "http")) and label.mode in ("word", "letter"):
            named = Row(content.url, look.body, "url", (Part("url", content.url),))
        rows.append(named)
    for network, handle in content.social:
        text = handle if handle.startswith(("@", "/")) or "." in handle else f"{network} {handle}"
        rows.append(
            Row(text, look.body, "social", (Part("social", text),), "", "social" if label.mode == "icon" else None)
        )
    return rows


def address_rows(
    content: Content, look: Look, label: Labeller, rand: random.Random, latin: bool = False, one_line: bool = False
) -> list[Row]:
    """The offices, each a group of lines."""
    places = [content.latin_address] if latin and content.latin_address else list(content.addresses)
    rows: list[Row] = []
    for number, place in enumerate(places):
        group = f"address-{'latin' if latin else number}"
        lines = list(place.lines)
        if one_line or (len(lines) > 1 and rand.random() < 0.22 and sum(map(len, lines)) < 46):
            joint = "" if content.country.is_cjk and not latin else rand.choice((", ", " · ", ", ", " - "))
            lines = [joint.join(lines)]
        for i, line in enumerate(lines):
            parts = (Part("address", line, group),)
            space = 0.35 if i == 0 and number else 0.0
            if i == 0 and number == 0 and label.mode in ("icon", "column") and not latin:
                row = label.row("address", line, look.body, "address", parts, "pin")
            else:
                row = Row(line, look.body, "address", parts)
            rows.append(Row(row.text, row.style, row.role, row.parts, row.label, row.icon, space))
    return rows
