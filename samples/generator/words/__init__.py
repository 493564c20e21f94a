"""The word lists, one TOML file a subject, loaded when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def load(subject: str) -> dict[str, Any]:
    """The lists of one subject, for example `load("titles")["de"]`."""
    return tomllib.loads((FOLDER / f"{subject}.toml").read_text("utf-8"))


def for_language(subject: str, language: str) -> Any:
    """The lists of a language, English where a subject has none in it."""
    lists = load(subject)
    return lists.get(language, lists["en"])
