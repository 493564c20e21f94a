"""The tutorial is true: each of its commands runs, in order, as a newcomer would type them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cardscan.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]


def shell_blocks(path: Path) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.slow
@pytest.mark.needs("jq")
def test_every_command_of_the_tutorial_runs(tmp_path: Path) -> None:
    """Run as one script that stops at the first failure, in a folder that has only the samples."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    script = "set -euo pipefail\n" + "\n".join(shell_blocks(ROOT / "docs" / "tutorial.md"))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert (tmp_path / "contacts.vcf").read_text().count("BEGIN:VCARD") == 3
    assert (tmp_path / "thank-you.pdf").read_bytes().startswith(b"%PDF")
    assert "<!DOCTYPE html>" in (tmp_path / "report.html").read_text()
    assert not (tmp_path / "data").exists(), "the tutorial keeps its store to itself"


def test_every_command_is_in_the_docs() -> None:
    """No command is hidden: README or docs/ name each one."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in COMMANDS if f"cardscan {name}" not in text] == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_examples(name: str) -> None:
    """`--help` of each command gives at least one example and fits 80 columns."""
    done = subprocess.run(
        [sys.executable, "-m", "cardscan", name, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert f"cardscan {name}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_every_action_has_help_with_examples() -> None:
    """So does each action below a command, with an example of its own."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        for action, below in getattr(command, "commands", {}).items():
            assert f"cardscan {name} {action}" in (below.epilog or ""), f"{name} {action}"
