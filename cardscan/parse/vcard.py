"""vCards as codes carry them: 2.1 (versit 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350), read leniently.

Only what a contact holds is kept. Any text is accepted: what cannot be read is left out, nothing raises, and the work
is linear in the text, of which at most `_LONGEST` characters are looked at.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass

_LONGEST = 20_000
_MOST_PROPERTIES = 200
_PROPERTY = re.compile(
    r"(?:[A-Za-z0-9-]{1,40}\.)?(?P<name>[A-Za-z0-9-]{1,60})(?P<parameters>(?:;[^:\"]{0,200}|\"[^\"]{0,200}\"){0,20}):"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a vCard: name in capitals, types in lower case, decoded value with its escapes still in it."""

    name: str
    types: frozenset[str]
    value: str

    def parts(self) -> list[str]:
        """Components separated by bare semicolons, unescaped and trimmed."""
        return [unescaped(part).strip() for part in re.split(r"(?<!\\);", self.value)]

    def text(self) -> str:
        """The whole value, unescaped, on one line."""
        return " ".join(unescaped(self.value).split())


def unescaped(text: str) -> str:
    r"""Undo "\n", "\,", "\;" and "\\" (RFC 6350, 3.4), and drop characters that are not to be printed."""
    text = re.sub(r"\\([nN,;:\\])", lambda match: "\n" if match[1] in "nN" else match[1], text)
    return _UNPRINTABLE.sub("", text)


def properties(text: str) -> list[Property]:
    """The properties of the first vCard in a text, in order; empty when there is none."""
    lines = _unfolded(text[:_LONGEST])
    found: list[Property] = []
    inside = False
    for line in lines:
        match = _PROPERTY.match(line)
        if match is None:
            continue
        name, value = match["name"].upper(), line[match.end() :]
        if name == "BEGIN":
            inside = value.strip().upper() == "VCARD"
        elif name == "END":
            break
        elif inside and len(found) < _MOST_PROPERTIES:
            found.append(_decoded(name, match["parameters"], value))
    return found


def _unfolded(text: str) -> list[str]:
    lines: list[str] = []
    for line in re.split(r"\r\n|\n|\r", text):
        quoted = bool(lines) and "QUOTED-PRINTABLE" in lines[-1].upper().split(":", 1)[0]
        if lines and quoted and lines[-1].endswith("="):
            lines[-1] = lines[-1][:-1] + line
        elif lines and line[:1] in (" ", "\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def _decoded(name: str, parameters: str, value: str) -> Property:
    types: set[str] = set()
    encoding, charset = "", "utf-8"
    for parameter in parameters.split(";"):
        key, _, setting = parameter.partition("=")
        key, setting = key.strip().upper(), setting.strip().strip('"')
        if key == "TYPE":
            types.update(part.strip().lower() for part in setting.split(","))
        elif key == "ENCODING":
            encoding = setting.upper()
        elif key == "CHARSET":
            charset = setting
        elif key and not setting:  # vCard 2.1 leaves "TYPE=" out
            types.add(key.lower())
            encoding = key if key in ("QUOTED-PRINTABLE", "BASE64") else encoding
    if encoding == "QUOTED-PRINTABLE":
        value = _text_of(quopri.decodestring(value.encode("utf-8", "replace")), charset)
    elif encoding in ("B", "BASE64"):
        try:
            value = _text_of(base64.b64decode(value, validate=True), charset)
        except (binascii.Error, ValueError):
            value = ""
    return Property(name, frozenset(types), value)


def _text_of(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
