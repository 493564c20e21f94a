"""Text that is safe to hand on: what no format may carry is taken out here, before each format quotes the rest."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls, bidirectional and other invisible formatting, lone surrogates, private and unassigned characters, line and
# paragraph separators. ZWNJ and ZWJ stay: Persian, Indic scripts and emoji need them.
_REFUSED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"


def plain(text: str | None) -> str:
    """One line: unsafe characters become spaces, white space is squeezed, None is empty."""
    if not text:
        return ""
    return re.sub(r"\s+", " ", "".join(map(_safe, text))).strip()


def paragraphs(text: str | None) -> str:
    """Several lines parted by a line feed, each as `plain` makes it, empty lines left out."""
    lines = (plain(line) for line in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text or ""))
    return "\n".join(line for line in lines if line)


def web_address(text: str | None) -> str:
    """An http or https address, percent-encoded where needed; empty for anything else, such as `javascript:`."""
    address = plain(text).replace(" ", "%20")
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return ""
    return re.sub(r"[\"'<>\[\\\]^`{|}]", lambda match: f"%{ord(match[0]):02X}", address)


def _safe(char: str) -> str:
    return " " if unicodedata.category(char) in _REFUSED and char not in _JOINERS else char
