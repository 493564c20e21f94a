"""Holds the shape of the house: which room may import which, and what starting up may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "cardscan"

# A room may import rooms that stand in an earlier row. Rooms of one row do not know each other.
ROWS: list[set[str]] = [
    {"errors", "record"},
    {"wire", "options", "geometry", "terminal"},
    {"assets", "settings"},
    {"inference", "forest"},
    {"image", "ocr", "parse", "notes", "plan"},
    {"pen", "draft", "kinship"},
    {"pipeline"},
    {"batch", "store", "export", "push"},
    {"review", "report"},
    {"cli"},
    {"__main__"},
]
ROW_OF = {room: row for row, rooms in enumerate(ROWS) for room in rooms}
ONLY_IN = {
    "cv2": {"image", "ocr"},
    "sqlite3": {"store"},
    "onnxruntime": {"inference", "ocr"},
    "click": {"cli"},
    "caldav": {"push"},
    "keyring": {"push"},
}


def modules() -> list[tuple[str, Path]]:
    """Every module with the room it stands in."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        found.append((inside.parts[0].removesuffix(".py"), path))
    return [(room, path) for room, path in found if room != "__init__"]


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_imports_point_one_way(room: str, path: Path) -> None:
    """Each room imports only rooms below it, and heavy libraries stay in the rooms that own them."""
    assert room in ROW_OF, f"{room} is no room that ARCHITECTURE.md knows"
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "cardscan" and rest:
            other = rest.split(".")[0]
            if other in ROW_OF and other != room:
                assert ROW_OF[other] < ROW_OF[room], f"{path}: {room} must not import {other}"
        assert room in ONLY_IN.get(top, {room}), f"{path}: only {ONLY_IN[top]} may import {top}"


def test_the_rule_can_fail() -> None:
    """A stage that imported another, or the command line, would be caught."""
    assert ROW_OF["parse"] == ROW_OF["notes"]
    assert ROW_OF["cli"] > ROW_OF["parse"]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["plan", "--help"], ["scan", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help and version answer without importing the image or OCR libraries."""
    code = (
        "import sys; from cardscan.cli import run; run(sys.argv[1:]);"
        "heavy = {'cv2', 'onnxruntime', 'numpy', 'PIL', 'phonenumbers'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_room_outgrows_its_size() -> None:
    """No module is longer than 400 lines, and the median stays readable."""
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py"))
    assert sizes[-1] <= 400
    assert sizes[len(sizes) // 2] <= 160
