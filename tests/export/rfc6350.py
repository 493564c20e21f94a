"""A strict reader of vCard 4.0, written from the grammar of RFC 6350 (section 3.3 and each property's), for tests.

It knows the properties and parameters of RFC 6350, RFC 8605 (CC) and RFC 9554 (SOCIALPROFILE) that a business card can
have, and refuses all else: a vCard that passes holds nothing that a reader could take in two ways.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_TOKEN = "[A-Za-z0-9-]+"
_PARAMETER_VALUE = r'"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^",;:"\x00-\x08\x0a-\x1f\x7f]*'
_LINE = re.compile(
    rf"(?:{_TOKEN}\.)?(?P<name>{_TOKEN})(?P<parameters>(?:;{_TOKEN}=(?:{_PARAMETER_VALUE})(?:,(?:{_PARAMETER_VALUE}))*)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_PARAMETER = re.compile(rf";({_TOKEN})=((?:{_PARAMETER_VALUE})(?:,(?:{_PARAMETER_VALUE}))*)")
# Section 3.4 and 4.1: backslash, comma and line feed are escaped in a text; in a component the semicolon is as well.
_TEXT = r"(?:[^\\,]|\\[\\,;nN])*"
_COMPONENT = r"(?:[^\\,;]|\\[\\,;nN])*"
_LIST = rf"{_COMPONENT}(?:,{_COMPONENT})*"
_URI = r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])+"
_TEL = r"tel:\+[0-9]{2,15}(?:;ext=[0-9]+)?"

VALUES: Final = {
    "VERSION": r"4\.0", "FN": _TEXT, "N": ";".join([_LIST] * 5), "NICKNAME": _LIST,
    "ORG": rf"{_COMPONENT}(?:;{_COMPONENT})*", "TITLE": _TEXT,
    "EMAIL": _TEXT, "NOTE": _TEXT, "CATEGORIES": _LIST, "UID": _TEXT, "PRODID": _TEXT,
    "KIND": "individual|group|org|location", "ADR": ";".join([_LIST] * 7), "URL": _URI, "PHOTO": _URI,
    "TEL": _TEXT, "TEL uri": _TEL, "SOCIALPROFILE": _URI, "SOCIALPROFILE text": _TEXT,
}  # fmt: skip
"""What a value must match, by property, and by the VALUE parameter where it has one."""

PARAMETERS: Final = {
    "TEL": {"TYPE", "VALUE", "PREF"}, "EMAIL": {"TYPE"}, "ADR": {"TYPE", "LABEL", "CC"},
    "SOCIALPROFILE": {"SERVICE-TYPE", "USERNAME", "VALUE"},
}  # fmt: skip
TYPES: Final = {"TEL": {"work", "home", "text", "voice", "fax", "cell", "video", "pager", "textphone"}}
ONCE: Final = {"VERSION": (1, 1), "FN": (1, 999), "N": (0, 1), "UID": (0, 1), "PRODID": (0, 1), "KIND": (0, 1)}


def faults(text: str) -> list[str]:
    """All that is wrong with a stream of vCards 4.0; empty when it is right."""
    if not text.endswith("\r\n"):
        return ["no line end at the end"]
    physical = text[:-2].split("\r\n")
    found = [f"longer than 75 octets: {line!r}" for line in physical if len(line.encode()) > 75]
    found += [f"a bare line end: {line!r}" for line in physical if re.search(r"[\r\n]", line)]
    lines = "\r\n".join(physical).replace("\r\n ", "").split("\r\n")
    card: list[str] | None = None
    for line in lines:
        if line == "BEGIN:VCARD" and card is None:
            card = []
        elif line == "END:VCARD" and card is not None:
            found += _of_card(card)
            card = None
        elif card is None:
            found.append(f"outside a vCard: {line!r}")
        else:
            card.append(line)
    return [*found, *(["no END:VCARD"] if card is not None else [])]


def _of_card(lines: list[str]) -> list[str]:
    found = [] if lines[:1] == ["VERSION:4.0"] else ["VERSION:4.0 does not come first"]
    names = Counter(re.split("[;:]", line, maxsplit=1)[0].upper() for line in lines)
    for name, (least, most) in ONCE.items():
        if not least <= names[name] <= most:
            found.append(f"{name} stands {names[name]} times")
    return [*found, *(fault for line in lines for fault in _of_line(line))]


def _of_line(line: str) -> list[str]:
    match = _LINE.fullmatch(line)
    if match is None:
        return [f"no content line: {line!r}"]
    name = match["name"].upper()
    parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match["parameters"])}
    found = [f"{name} has no parameter {key}" for key in parameters.keys() - PARAMETERS.get(name, set())]
    types = set(parameters["TYPE"].lower().split(",")) if "TYPE" in parameters else set()
    if strange := types - TYPES.get(name, {"work", "home"}):
        found.append(f"{name} has no type {strange}")
    if not re.fullmatch(r"[A-Z]{2}", parameters.get("CC", "DE")):
        found.append(f"no country code: {parameters['CC']!r}")
    if not re.fullmatch(r"[1-9][0-9]?|100", parameters.get("PREF", "1")):
        found.append(f"no rank from 1 to 100: {parameters['PREF']!r}")
    kind = " ".join(filter(None, (name, parameters.get("VALUE"))))
    pattern = VALUES.get(kind)
    if pattern is None:
        return [*found, f"unknown: {kind}"]
    return found if re.fullmatch(pattern, match["value"]) else [*found, f"no value for {kind}: {match['value']!r}"]
