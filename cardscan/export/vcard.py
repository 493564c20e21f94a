"""vCard 3.0 (RFC 2426), which everything reads, and 4.0 (RFC 6350 with RFC 8605 and RFC 9554)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from cardscan.export.contentline import escaped, folded, parameter, structured
from cardscan.export.person import Number, Person, people
from cardscan.record import Card

Version = Literal["3.0", "4.0"]
PRODID: Final = "-//cardscan//EN"
_TYPES_3: Final = {"work": "work,voice", "mobile": "cell", "fax": "work,fax", "home": "home,voice", "other": "voice"}
_TYPES_4: Final = {"work": ("work", "voice"), "mobile": ("cell",), "fax": ("work", "fax"), "home": ("home", "voice")}

_E164: Final = re.compile(r"\+[0-9]{2,15}")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a vCard 4.0: `value` is a text, a list of texts, or a tuple of components.

    `kind` is the value type as jCard names it (text, uri, date).
    """

    name: str
    value: str | list[str] | tuple[str, ...]
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "text"


def dump(cards: Iterable[Card], version: Version = "3.0", photos: Mapping[str, bytes] | None = None) -> str:
    """All people as vCards, one after the other, with CRLF line ends.

    Args:
        cards: Backs are merged into their fronts.
        version: `3.0` or `4.0`.
        photos: JPEG pictures by card id, to be embedded.
    """
    return "".join(one(person, version, (photos or {}).get(person.uid)) for person in people(cards))


def one(person: Person, version: Version = "3.0", photo: bytes | None = None) -> str:
    """One person as a vCard."""
    lines = _lines_3(person, photo) if version == "3.0" else map(_line_4, properties(person, photo))
    return "".join(map(folded, ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]))


def properties(person: Person, photo: bytes | None = None) -> list[Property]:
    """The properties of a vCard 4.0 after BEGIN and VERSION; jCard says the same in JSON."""
    found = [
        Property("prodid", PRODID),
        Property("uid", person.uid),
        Property("kind", "individual" if person.is_person or not person.organizations else "org"),
        Property("fn", person.display),
        Property("n", (person.family, person.given, person.additional, person.prefix, person.suffix)),
    ]
    found += [Property("nickname", list(person.also))] if person.also else []
    found += [Property("org", (name, unit) if unit else (name,)) for name, unit in person.organizations]
    found += [Property("title", title) for title in person.titles]
    for phone in person.phones:
        types = _TYPES_4.get(phone.type, ("voice",))
        kind, value = ("uri", _tel_uri(phone)) if _E164.fullmatch(phone.value) else ("text", phone.spoken)
        preferred = {"pref": ("1",)} if phone.preferred else {}
        found.append(Property("tel", value, {"type": types, **preferred}, kind))
    found += [Property("email", email, {"type": ("work",)}) for email in person.emails]
    found += [Property("url", _uri(url), {}, "uri") for url in person.urls]
    for place in person.places:
        parameters = {"type": ("work",), "label": (place.full,)}
        parameters |= {"cc": (place.country_code,)} if place.country_code else {}
        components = ("", "", place.street, place.locality, place.region, place.postal_code, place.country)
        found.append(Property("adr", components, {key: value for key, value in parameters.items() if value[0]}))
    for profile in person.profiles:
        about = {"service-type": (profile.network,), "username": (profile.handle,)}
        about = {key: value for key, value in about.items() if value[0]}
        found.append(
            Property("socialprofile", _uri(profile.url) or profile.handle, about, "uri" if profile.url else "text")
        )
    found += [Property("categories", [person.event])] if person.event else []
    found += [Property("note", person.note)] if person.note else []
    found += [Property("photo", f"data:image/jpeg;base64,{_base64(photo)}", {}, "uri")] if photo else []
    return found


def _lines_3(person: Person, photo: bytes | None) -> list[str]:
    lines = [
        f"PRODID:{PRODID}",
        f"UID:{escaped(person.uid)}",
        f"FN:{escaped(person.display)}",
        "N:" + structured((person.family, person.given, person.additional, person.prefix, person.suffix)),
    ]
    lines += ["NICKNAME:" + ",".join(map(escaped, person.also))] if person.also else []
    lines += ["ORG:" + structured((name, unit) if unit else (name,)) for name, unit in person.organizations]
    lines += [f"TITLE:{escaped(title)}" for title in person.titles]
    for phone in person.phones:
        types = _TYPES_3[phone.type] + (",pref" if phone.preferred else "")
        lines.append(f"TEL;TYPE={types}:{escaped(phone.spoken)}")
    lines += [f"EMAIL;TYPE=internet:{escaped(email)}" for email in person.emails]
    lines += [f"URL:{_uri(url)}" for url in person.urls]
    for place in person.places:
        components = ("", "", place.street, place.locality, place.region, place.postal_code, place.country)
        lines.append("ADR;TYPE=work:" + structured(components))
    for profile in person.profiles:
        network = re.sub(r"[^A-Za-z0-9-]", "", profile.network) or "other"
        lines.append(f"X-SOCIALPROFILE;TYPE={network}:{_uri(profile.url) or escaped(profile.handle)}")
    lines += [f"CATEGORIES:{escaped(person.event)}"] if person.event else []
    lines += [f"NOTE:{escaped(person.note)}"] if person.note else []
    lines += [f"PHOTO;ENCODING=b;TYPE=JPEG:{_base64(photo)}"] if photo else []
    return lines


def _line_4(item: Property) -> str:
    head = item.name.upper()
    for key, values in item.parameters.items():
        head += f";{key.upper()}=" + ",".join(map(parameter, values))
    if item.kind != "text":
        return f"{head}{';VALUE=uri' if item.name == 'tel' else ''}:{item.value}"
    head += ";VALUE=text" if item.name == "socialprofile" else ""
    if isinstance(item.value, tuple):
        return f"{head}:{structured(item.value)}"
    return f"{head}:" + (",".join(map(escaped, item.value)) if isinstance(item.value, list) else escaped(item.value))


def _uri(address: str) -> str:
    """A web address without comma and semicolon: readers differ in whether they split or unescape a URI there."""
    return address.replace(",", "%2C").replace(";", "%3B")


def _tel_uri(phone: Number) -> str:
    """A telephone URI with its extension (RFC 3966)."""
    extension = re.sub(r"[^0-9]", "", phone.extension)
    return "tel:" + phone.value + (f";ext={extension}" if extension else "")


def _base64(content: bytes) -> str:
    from base64 import b64encode

    return b64encode(content).decode("ascii")
