"""QR codes on cards: a vCard, a MECARD or the web address, with values the card prints too."""

from __future__ import annotations

import random

import numpy as np
import zxingcpp
from PIL import Image

from .content import Content
from .sheet import Sheet
from .truth import Code, Part


def _vcard(content: Content) -> str:
    person = content.persons[0]
    given, family = person.given, person.family
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{family};{given};;;",
        f"FN:{person.also or given + ' ' + family}",
        f"ORG:{content.firm.name}",
    ]
    lines += [
        f"TEL;TYPE={'CELL' if p.kind == 'mobile' else 'FAX' if p.kind == 'fax' else 'WORK'}:{p.e164}"
        for p in content.phones[0]
    ]
    lines.append(f"EMAIL:{content.mails[0]}")
    return "\r\n".join([*lines, *([f"URL:{content.url}"] if content.url else []), "END:VCARD"])


def _mecard(content: Content) -> str:
    person = content.persons[0]
    phones = "".join(f"TEL:{p.e164};" for p in content.phones[0])
    return f"MECARD:N:{person.family},{person.given};{phones}EMAIL:{content.mails[0]};;"


def _held(content: Content) -> tuple[Part, ...]:
    """The person's values in a code; what the card prints too counts once."""
    person = content.persons[0]
    name = Part("name", person.also or f"{person.given} {person.family}", person.id, -1)
    phones = (Part("phone", p.e164, e164=p.e164, type=p.kind) for p in content.phones[0])
    return name, *phones, Part("email", content.mails[0])


def place(sheet: Sheet, content: Content, rand: random.Random, x: float, y: float, size: float) -> None:
    """Print a QR code into the square of `size` mm at (x, y)."""
    parts: tuple[Part, ...] = ()
    kind = rand.choice(("vcard", "vcard", "mecard", "url", "url"))
    if not content.persons or kind == "url":
        text = (
            content.url if content.url.startswith("http") else f"https://{content.url or 'www.' + content.firm.domain}"
        )
        if not content.url:
            parts = (Part("url", "www." + content.firm.domain),)
    elif kind == "vcard":
        text = _vcard(content)
        parts = (Part("organization", content.firm.name, "firm", -1), *_held(content))
        parts += (Part("url", content.url),) if content.url else ()
    else:
        text, parts = _mecard(content), _held(content)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = np.asarray(code.to_image(scale=1, add_quiet_zones=False))
    if len(pixels) / size > 3.2:  # more than 3 modules a mm can't be photographed: take the web address
        text = f"https://{content.firm.domain}"
        parts = () if content.url else (Part("url", "www." + content.firm.domain),)
        pixels = np.asarray(
            zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=1, add_quiet_zones=False)
        )
    quiet = size * 0.09
    sheet.box((x - quiet, y - quiet, x + size + quiet, y + size + quiet), (255, 255, 255))
    module = max(1, round(size * sheet.scale / len(pixels)))
    big = np.kron(pixels, np.ones((module, module), np.uint8))
    sheet.paste(Image.fromarray(big).convert("RGB"), (x, y, x + size, y + size))
    k = sheet.scale
    quad = ((x * k, y * k), ((x + size) * k, y * k), ((x + size) * k, (y + size) * k), (x * k, (y + size) * k))
    sheet.codes.append(Code("QRCode", text, quad, parts))
