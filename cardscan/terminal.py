"""What a terminal may be shown, and how a table is drawn on it.

Text from a photo, a QR code or a file name is hostile: escape sequences, controls and bidirectional overrides are
taken out before anything is printed (rich passes them through, so this comes first).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

# C0, DEL, C1, line and paragraph separators, bidi marks, embeddings, overrides and isolates, tag characters.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def safe(text: str, keep: str = "") -> str:
    """Return `text` with everything a terminal could obey replaced by a space; characters in `keep` stay."""
    text = _UNSAFE.sub(lambda match: match[0] if match[0] in keep else " ", text)
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: wide East Asian characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def fit(text: str, columns: int) -> str:
    """Cut or pad safe text to exactly so many columns; a cut shows an ellipsis."""
    text = safe(text)
    if width(text) > columns:
        kept, used = [], 0
        for char in text:
            used += width(char)
            if used > columns - 1:
                break
            kept.append(char)
        text = "".join(kept) + "…"
    return text + " " * (columns - width(text))


def columns_of(stream: TextIO) -> int:
    """Width of the terminal behind a stream; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns if stream.isatty() else 80


def table_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table, cells one blank apart."""
    return " ".join(fit(cell, columns) for cell, columns in zip(cells, widths, strict=True)).rstrip()


def color_wanted(stream: TextIO, no_color: bool) -> bool:
    """Whether to colour: only on a terminal, and never against `--no-color` or NO_COLOR (https://no-color.org)."""
    return stream.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_interactive(no_input: bool) -> bool:
    """Whether a person can be asked."""
    return not no_input and sys.stdin.isatty() and sys.stderr.isatty()
