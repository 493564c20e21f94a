"""Contacts in QR codes: vCard, MECARD, BIZCARD, and single values as `tel:`, `mailto:` and web addresses.

Codes are hostile input: nothing here raises, follows a link or keeps control characters, and only http and https
addresses become URLs. Every value has confidence 1.0, no lines, and a rule such as "code:vcard".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from cardscan.parse.emails import is_mail_address
from cardscan.parse.hosts import is_host
from cardscan.parse.networks import network_of_host, networks
from cardscan.parse.payload_merge import merge_payload
from cardscan.parse.phone_numbers import dial
from cardscan.parse.vcard import Property, properties, unescaped
from cardscan.record import Address, Contact, Email, Name, Organization, Other, Phone, PhoneType, Social, Title, Url

__all__ = ["merge_payload", "parse_payload"]

_LONGEST = 20_000
_WEB = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[^\s/?#@:]{1,253})(?P<rest>(?::\d{1,5})?(?:[/?#]\S{0,2000})?)", re.IGNORECASE
)
_FIELD = re.compile(r"(?<!\\);")


def parse_payload(text: str, regions: Sequence[str] = ()) -> Contact | None:
    """The contact a code holds, or None when it holds none (a Wi-Fi key, a ticket, plain words).

    Args:
        text: What the code says.
        regions: Countries that numbers without prefix may belong to, likeliest first.
    """
    text = text[:_LONGEST].strip("\ufeff \t\r\n\x00")
    head = text[:12].upper()
    if "BEGIN:VCARD" in text[:200].upper():
        return _or_none(_from_vcard(properties(text), tuple(regions)))
    if head.startswith("MECARD:"):
        return _or_none(_from_mecard(_fields(text[7:]), tuple(regions)))
    if head.startswith("BIZCARD:"):
        return _or_none(_from_bizcard(_fields(text[8:]), tuple(regions)))
    return _or_none(_from_single(text, tuple(regions)))


def _or_none(contact: Contact) -> Contact | None:
    return contact if contact != Contact() else None


def _from_vcard(found: list[Property], regions: tuple[str, ...]) -> Contact:
    rule = "code:vcard"
    by_name: dict[str, list[Property]] = {}
    for item in found:
        by_name.setdefault(item.name, []).append(item)
    web = [_web(item.text(), rule) for item in by_name.get("URL", ())]
    web += [_web(item.text(), rule) for name in ("X-SOCIALPROFILE", "SOCIALPROFILE") for item in by_name.get(name, ())]
    organization = next((item.parts() for item in by_name.get("ORG", ())), [])
    titles = [item.text() for name in ("TITLE", "ROLE") for item in by_name.get(name, ())]
    phones = [_phone(item.text(), _type(item.types), rule, regions) for item in by_name.get("TEL", ())]
    emails = [_email(item.text(), rule) for item in by_name.get("EMAIL", ())]
    addresses = [_address(item.parts(), rule) for item in by_name.get("ADR", ())]
    notes = [item.text() for item in by_name.get("NOTE", ())]
    return Contact(
        name=_name(by_name, rule),
        titles=tuple(Title(title, 1.0, (), None, rule) for title in dict.fromkeys(titles) if title),
        organizations=_organization(organization, rule),
        phones=tuple(phone for phone in phones if phone is not None),
        emails=tuple(email for email in emails if email is not None),
        urls=tuple(item for item in web if isinstance(item, Url)),
        addresses=tuple(address for address in addresses if address is not None),
        social=tuple(item for item in web if isinstance(item, Social)),
        other=tuple(Other(note, "note") for note in notes if note),
    )


def _name(by_name: dict[str, list[Property]], rule: str) -> Name | None:
    parts = next((item.parts() for item in by_name.get("N", ())), [])
    family, given, additional, prefix, suffix = (" ".join(part.split()) for part in (*parts, "", "", "", "", "")[:5])
    full = next((item.text() for item in by_name.get("FN", ()) if item.text()), "")
    full = full or " ".join(part for part in (prefix, given, additional, family, suffix) if part)
    if not full:
        return None
    return Name(
        full, prefix or None, given or None, additional or None, family or None, suffix or None, (), 1.0, (), rule
    )


def _organization(parts: Sequence[str], rule: str) -> tuple[Organization, ...]:
    if not parts or not parts[0]:
        return ()
    department = ", ".join(part for part in parts[1:] if part)
    return (Organization(parts[0], (), department or None, 1.0, (), None, rule),)


def _address(parts: Sequence[str], rule: str) -> Address | None:
    """ADR: post office box; extended; street; locality; region; postal code; country (RFC 6350, 6.3.1)."""
    box, extended, street, locality, region, postal, country = (
        " ".join(part.split()) for part in (*parts, *[""] * 7)[:7]
    )
    place = " ".join(part for part in (postal, locality) if part)
    full = ", ".join(part for part in (street, extended, box, place, region, country) if part)
    if not full:
        return None
    code = country.upper() if len(country) == 2 and country.isalpha() and country.isascii() else None
    return Address(full, street or None, locality or None, region or None, postal or None, code, 1.0, (), rule)


def _type(types: frozenset[str]) -> PhoneType:
    known: tuple[tuple[PhoneType, set[str]], ...] = (
        ("fax", {"fax", "fax-work", "facsimile"}), ("mobile", {"cell", "mobile", "iphone"}),
        ("home", {"home"}), ("other", {"pager", "other"}),
    )  # fmt: skip
    for kind, words in known:
        if types & words:
            return kind
    return "work"


def _phone(text: str, kind: PhoneType, rule: str, regions: tuple[str, ...]) -> Phone | None:
    text = text[:80].removeprefix("tel:").removeprefix("TEL:")
    number, _, extension = re.sub(r"(?i);?\s?(?:ext\.?|x)\s?=?\s?(?=\d{1,6}$)", "#", text).partition("#")
    number = number.split(";", 1)[0].strip()
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    if not 5 <= len(digits) <= 17:
        return None
    reading = dial(digits, number.lstrip("( ").startswith("+"), number, regions)
    extension = "".join(c for c in extension if c.isdigit())
    return Phone(reading.e164, text.strip(), extension or None, kind, reading.valid, 1.0, (), rule)


def _email(text: str, rule: str) -> Email | None:
    text = re.sub(r"(?i)^mailto:", "", text.strip())
    return Email(text, 1.0, (), None, rule) if len(text) <= 254 and is_mail_address(text) else None


def _web(text: str, rule: str) -> Url | Social | None:
    """A web address or a profile; None for other schemes, and hosts that are none."""
    match = _WEB.fullmatch(text.strip())
    if match is None or not is_host(match["host"].lower()):
        return None
    host = match["host"].lower()
    url = f"{(match['scheme'] or 'https').lower()}://{host}{match['rest']}"
    name = network_of_host(host)
    if name is None:
        return Url(url, 1.0, (), None, rule)
    parts = [part for part in re.split(r"[/?#]", match["rest"]) if part and part.lower() not in networks()[name].paths]
    return Social(name, unquote(parts[0]).lstrip("@"), url, 1.0, (), rule) if parts else None


def _fields(body: str) -> list[tuple[str, str]]:
    """KEY:value pairs of a MECARD or BIZCARD, escapes undone."""
    pairs = (part.partition(":") for part in _FIELD.split(body)[:200])
    return [(key.strip().upper(), " ".join(unescaped(value).split())) for key, mark, value in pairs if mark and value]


def _from_mecard(fields: list[tuple[str, str]], regions: tuple[str, ...]) -> Contact:
    """MECARD (NTT docomo): N holds "family,given", ADR one line or the parts of a vCard's."""
    rule = "code:mecard"
    values: dict[str, list[str]] = {}
    for key, value in fields:
        values.setdefault(key, []).append(value)
    name = None
    if "N" in values:
        family, comma, given = (part.strip() for part in values["N"][0].partition(","))
        full = " ".join(part for part in (given, family) if part)
        name = (
            Name(full, None, given or None, None, family if comma else None, None, (), 1.0, (), rule) if full else None
        )
    web = [_web(value, rule) for value in values.get("URL", ())]
    phones = [_phone(value, "work", rule, regions) for value in values.get("TEL", ())]
    emails = [_email(value, rule) for value in values.get("EMAIL", ())]
    titles = values.get("TITLE", [])
    return Contact(
        name=name,
        titles=tuple(Title(title, 1.0, (), None, rule) for title in titles),
        organizations=_organization(values.get("ORG", []), rule),
        phones=tuple(phone for phone in phones if phone is not None),
        emails=tuple(email for email in emails if email is not None),
        urls=tuple(item for item in web if isinstance(item, Url)),
        addresses=tuple(
            Address(", ".join(p.strip() for p in value.split(",") if p.strip()), confidence=1.0, rule=rule)
            for value in values.get("ADR", ())
            if value.strip(" ,")
        ),
        social=tuple(item for item in web if isinstance(item, Social)),
        other=tuple(Other(value, "note") for value in values.get("NOTE", ())),
    )


def _from_bizcard(fields: list[tuple[str, str]], regions: tuple[str, ...]) -> Contact:
    """BIZCARD: N given, X family, T title, C company, A address, B, M and F numbers, E mail."""
    rule = "code:bizcard"
    values = dict(reversed(fields))
    given, family = values.get("N", ""), values.get("X", "")
    full = " ".join(part for part in (given, family) if part)
    kinds: tuple[tuple[str, PhoneType], ...] = (("B", "work"), ("M", "mobile"), ("F", "fax"))
    phones = [_phone(values[key], kind, rule, regions) for key, kind in kinds if key in values]
    email = _email(values.get("E", ""), rule)
    return Contact(
        name=Name(full, None, given or None, None, family or None, None, (), 1.0, (), rule) if full else None,
        titles=(Title(values["T"], 1.0, (), None, rule),) if "T" in values else (),
        organizations=_organization([values["C"]] if "C" in values else [], rule),
        phones=tuple(phone for phone in phones if phone is not None),
        emails=(email,) if email is not None else (),
        addresses=(Address(values["A"], confidence=1.0, rule=rule),) if "A" in values else (),
    )


def _from_single(text: str, regions: tuple[str, ...]) -> Contact:
    scheme, colon, rest = text.partition(":")
    kind = scheme.strip().lower() if colon else ""
    if kind in ("tel", "sms", "smsto", "callto"):
        phone = _phone(unquote(rest).split("?", 1)[0].split(":", 1)[0], "other", "code:tel", regions)
        return Contact(phones=(phone,)) if phone is not None else Contact()
    if kind == "mailto":
        email = _email(unquote(rest).split("?", 1)[0], "code:mailto")
        return Contact(emails=(email,)) if email is not None else Contact()
    if kind == "matmsg":
        email = next((_email(value, "code:mailto") for key, value in _fields(rest) if key == "TO"), None)
        return Contact(emails=(email,)) if email is not None else Contact()
    if kind == "urlto":
        text = rest.partition(":")[2] if not rest.lower().startswith("http") else rest
    if kind == "mebkm":
        text = next((value for key, value in _fields(rest) if key == "URL"), "")
    if "@" in text and len(text) <= 254 and is_mail_address(text):
        return Contact(emails=(Email(text, 1.0, (), None, "code:mailto"),))
    web = _web(text, "code:url")
    if isinstance(web, Url):
        return Contact(urls=(web,))
    return Contact(social=(web,)) if isinstance(web, Social) else Contact()
