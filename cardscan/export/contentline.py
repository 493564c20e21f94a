"""Content lines of vCard (RFC 2426, RFC 6350): escaping, quoting, folding."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FOLD = 75  # octets, without the line break (RFC 6350, section 3.2)


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line feed escaped (RFC 6350, section 3.4)."""
    return re.sub(r"[\\,;]", r"\\\g<0>", text).replace("\n", "\\n")


def structured(components: Sequence[str]) -> str:
    """A compound value such as N or ADR; trailing empty components stay, since their number is fixed."""
    return ";".join(map(escaped, components))


def parameter(value: str) -> str:
    """A parameter value: quoted where needed, with quote, caret and line feed as RFC 6868 has them."""
    value = value.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{value}"' if re.search(r"[^A-Za-z0-9-]", value) else value


def folded(line: str) -> str:
    """The line with its CRLF, broken so that no part has more than 75 octets and no character is split."""
    parts: list[str] = []
    current, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > _FOLD:
            parts.append(current)
            current, size = " ", 1
        current += char
        size += octets
    return "\r\n".join([*parts, current]) + "\r\n"
