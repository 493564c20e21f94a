"""Typefaces: which there are for a split and use, and runs of text with a fallback for letters a file lacks.

The files are WOFF2, as their makers publish them: one for basic Latin, one for its extension (see README.md here);
CJK faces are single files. FreeType reads all of them as they are.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from PIL import ImageFont

from ..seeds import Split

FOLDER: Final = Path(__file__).parent
FILES: Final = FOLDER / "files"
Use = Literal["text", "display", "script", "pen", "cjk"]
PARTS: Final = ("latin", "latin-ext", "vietnamese")


_folders: list[Path] = []  # that `add` was given


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family: its files in order of preference, by file name, or by path where `add` brought them."""

    family: str
    weight: str
    files: tuple[str, ...]

    @property
    def heaviness(self) -> int:
        """100 to 900, as in CSS."""
        return int(self.weight.split("-")[0])


def add(folder: Path) -> None:
    """Draw from the families of `folder`, too: its `faces.toml`, and the files that `fetch --into` put beside it.

    For training on more faces than are kept here; to be called before anything is drawn.
    """
    _folders.append(folder.resolve())
    forget()


def forget() -> None:
    """Read the lists of families anew when they are next asked for."""
    for held in (_index, _coverage, families, faces):
        held.cache_clear()


@cache
def _index() -> dict[str, dict[str, dict[str, list[str]]]]:
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for folder in (FOLDER, *_folders):
        for split, uses in tomllib.loads((folder / "faces.toml").read_text("utf-8")).items():
            for use, listed in uses.items():
                found.setdefault(split, {}).setdefault(use, {}).update(listed)
    return found


@cache
def _coverage() -> dict[str, frozenset[str]]:
    found = {}
    for folder in (FOLDER, *_folders):
        raw: dict[str, str] = json.loads((folder / "coverage.json").read_text("utf-8"))
        where = "" if folder == FOLDER else f"{folder / 'files'}/"
        found.update({where + name: frozenset(chars) for name, chars in raw.items()})
    return found


@cache
def families(split: Split, use: Use) -> tuple[str, ...]:
    """Names of the families of a split for a use."""
    return tuple(_index()[split][use])


@cache
def faces(split: Split, use: Use, family: str) -> tuple[Face, ...]:
    """The weights there are of a family, lightest first, uprights before italics."""
    found = []
    for weight in _index()[split][use][family]:
        names = [f"{family}-{part}-{weight}.woff2" for part in PARTS] if use != "cjk" else [f"{family}-{weight}.otf"]
        added = [str(folder / "files" / name) for folder in _folders for name in names]
        found.append(Face(family, weight, tuple(n for n in [*names, *added] if (FILES / n).exists())))
    return tuple(sorted(found, key=lambda f: (f.weight.endswith("italic"), f.heaviness)))


@cache
def loaded(file: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font of one file at an em of so many pixels, with basic layout (Raqm's ligatures would change the text)."""
    return ImageFont.truetype(str(FILES / file), pixels, layout_engine=ImageFont.Layout.BASIC)


def has(file: str, char: str) -> bool:
    """Whether a file draws a character. Files hold all of ASCII or, as extensions, none of it."""
    if char.isascii():
        return "-latin-ext-" not in file and "-vietnamese-" not in file
    return char in _coverage()[file]


def covers(face: Face, text: str) -> bool:
    """Whether the face can print every character of a text."""
    return all(any(has(f, c) for f in face.files) for c in text if not c.isspace())


def runs(face: Face, text: str, fallback: tuple[Face, ...] = ()) -> list[tuple[str, str]]:
    """Split a text into (file, piece): each piece in the first file that has its letters.

    Raises:
        LookupError: A character is in none of the files.
    """
    files = [f for one in (face, *fallback) for f in one.files]
    out: list[tuple[str, str]] = []
    for char in text:
        if char in " \u00a0\u3000" and out:
            out[-1] = (out[-1][0], out[-1][1] + char)
            continue
        file = next((f for f in files if has(f, char)), None)
        if file is None:
            raise LookupError(f"{face.family} cannot print {char!r}")
        if out and out[-1][0] == file:
            out[-1] = (file, out[-1][1] + char)
        else:
            out.append((file, char))
    return out
