"""Situations in TOML: a few cards each, and which of them are one contact.

Keys of a situation: `name`; `side` (pairs of front and back), `same` (pairs to be merged unasked), `ask` (pairs to be
proposed and not merged); all other pairs are other people. Cards are numbered from 1. Keys of a card: `photo`, `taken`,
`index` and `of` (place and number of cards in the photo), `event`, `name`, `also`, `suffix`, `titles`, `organization`,
`phones` ("type +number ext 12"), `emails`, `urls`, `social` ("network handle"), `address` or `addresses`, `print`
(further lines), `note` (pen), `colours` (paper, then inks), `aspect`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from cardscan.record import (
    Address,
    Card,
    Contact,
    Design,
    Email,
    Event,
    Name,
    Note,
    Organization,
    Phone,
    PhoneType,
    Quad,
    Social,
    Source,
    TextLine,
    Title,
    Url,
)

HERE = Path(__file__).parent
QUAD: Quad = ((0, 0), (10, 0), (10, 6), (0, 6))
PHONE = re.compile(r"(work|mobile|fax|home|other) (\+\d+)(?: ext (\d+))?")
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Situation:
    """Cards in file order, and what is true of their pairs (ids, in the order of the file; sides front first)."""

    name: str
    cards: tuple[Card, ...]
    side: Pairs
    same: Pairs
    ask: Pairs


def load(name: str) -> list[Situation]:
    """The situations of one file."""
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return [_situation(number, entry) for number, entry in enumerate(data["situation"])]


def _situation(number: int, entry: dict[str, Any]) -> Situation:
    cards = tuple(card(f"{number}-{place}", one) for place, one in enumerate(entry["card"], start=1))

    def pairs(key: str) -> Pairs:
        return frozenset((f"{number}-{a}", f"{number}-{b}") for a, b in entry.get(key, ()))

    return Situation(entry["name"], cards, pairs("side"), pairs("same"), pairs("ask"))


def card(identity: str, one: dict[str, Any]) -> Card:
    """One card of a situation; what it prints becomes its lines."""
    phones = [PHONE.fullmatch(text) for text in one.get("phones", ())]
    assert all(phones), f"{identity}: phones are 'type +number'"
    addresses = [one["address"]] if "address" in one else one.get("addresses", [])
    name = one.get("name")
    family = None if name is None or " " not in name else re.sub(r" [JS]r\.$", "", name).rpartition(" ")[2]
    contact = Contact(
        name=Name(name, family=one.get("family", family), suffix=one.get("suffix"), also=tuple(one.get("also", ())))
        if name
        else None,
        titles=tuple(Title(text) for text in one.get("titles", ())),
        organizations=(Organization(one["organization"]),) if "organization" in one else (),
        phones=tuple(Phone(m[2], m[2], m[3], cast("PhoneType", m[1]), True) for m in phones if m),
        emails=tuple(Email(text) for text in one.get("emails", ())),
        urls=tuple(Url(text) for text in one.get("urls", ())),
        social=tuple(Social(*text.split(" ", 1)) for text in one.get("social", ())),
        addresses=tuple(Address(text) for text in addresses),
    )
    printed = [text for text in (one.get("organization"), name, *one.get("titles", ())) if text]
    printed += [m[0] for m in phones if m] + [*one.get("emails", ()), *one.get("urls", ()), *addresses]
    printed = [] if one.get("from_code") else printed
    printed += one.get("print", [])
    lines = [TextLine(text, 0.95, QUAD) for text in printed]
    if "note" in one:
        lines.append(TextLine(one["note"], 0.9, QUAD, "handwriting"))
    colours = one.get("colours")
    taken = one.get("taken")
    return Card(
        id=identity,
        source=Source(
            path=one["photo"],
            sha256=f"sha-{identity.split('-')[0]}-{one['photo']}",
            index=one.get("index", 0),
            cards_in_photo=one.get("of", 1),
            taken_at=taken,
        ),
        contact=contact,
        event=Event(one.get("event"), None, taken[:10] if taken else "2026-03-01", "exif" if taken else "file"),
        notes=(Note(one["note"], lines=(len(lines) - 1,)),) if "note" in one else (),
        lines=tuple(lines),
        design=Design(one.get("aspect", 1.6), colours[0], tuple(colours[1:])) if colours else None,
    )
