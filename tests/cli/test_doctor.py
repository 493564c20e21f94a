"""`cardscan doctor` and `cardscan schema`: what a person asks first when something is amiss."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from cardscan import assets
from cardscan.cli import cli


def test_doctor_names_engines_models_and_the_store(tmp_path: Path) -> None:
    """Every model of the manifest, both engines and the store have a row, and all is well here."""
    done = CliRunner().invoke(cli, ["doctor", "--store", str(tmp_path / "s.sqlite3")], standalone_mode=False)
    assert done.return_value == 0, done.output
    for name in (*assets.manifest(), "engine onnx", "engine tesseract", "store"):
        assert name in done.output


def test_doctor_says_when_the_store_cannot_be_used(tmp_path: Path) -> None:
    """A store that is none leaves with 6 and its reason."""
    (tmp_path / "s").write_text("no store")
    done = CliRunner().invoke(cli, ["doctor", "--store", str(tmp_path / "s")], standalone_mode=False)
    assert done.return_value == 6
    assert "cannot use the store" in done.output


@pytest.mark.parametrize("kind", ["card", "task", "note", "error"])
def test_schema_prints_a_sound_schema(kind: str) -> None:
    """What is printed is a JSON Schema that names the line's own `schema` key."""
    printed = json.loads(CliRunner().invoke(cli, ["schema", kind]).output)
    jsonschema.Draft202012Validator.check_schema(printed)
    assert printed["$id"] == f"cardscan/{kind}/1"
