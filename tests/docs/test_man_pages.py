"""Man pages made from the commands' help, read back by groff."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from cardscan.cli import COMMANDS, cli

pytestmark = pytest.mark.filterwarnings("ignore:.*make_default_short_help:DeprecationWarning")  # click-man calls it
SOURCE = Path(__file__).parents[2] / "docs" / "man_pages.py"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every page by file name."""
    spec = importlib.util.spec_from_file_location("man_pages", SOURCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.pages())


def test_every_command_has_its_page(pages: dict[str, str]) -> None:
    """A page a command, and one for each below `tasks`; each tells its options and its examples."""
    assert {f"cardscan-{name}.1" for name in COMMANDS} | {"cardscan.1", "cardscan-tasks-done.1"} <= set(pages)
    for name in COMMANDS:
        text = pages[f"cardscan-{name}.1"].replace("\\-", "-")
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for option in command.params:
            assert not isinstance(option, click.Option) or option.hidden or option.opts[-1] in text
        assert "EXAMPLES" in text
    assert "Read photos" in pages["cardscan.1"] or "scan" in pages["cardscan.1"]


def test_the_pages_that_are_shipped_are_current(pages: dict[str, str]) -> None:
    """docs/man, which goes with the wheel as share/man/man1, holds just these pages; `make man` renews them."""
    shipped = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.with_name("man").iterdir()}
    assert shipped.keys() == pages.keys()
    assert [name for name, text in pages.items() if shipped[name] != text] == []
    build = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["shared-data"] == {"docs/man": "share/man/man1"}


@pytest.mark.needs("man")
def test_man_finds_them(tmp_path: Path) -> None:
    """`man cardscan-review` shows the page when the program is on the path and the pages lie beside it."""
    (tmp_path / "bin").mkdir()
    shutil.copytree(SOURCE.with_name("man"), tmp_path / "share" / "man" / "man1")
    environment = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    run = subprocess.run(
        ["man", "-P", "cat", "cardscan-review"], capture_output=True, text=True, check=True, env=environment
    )
    assert "cardscan review --plain" in run.stdout


def test_no_line_is_taken_for_a_request(pages: dict[str, str]) -> None:
    """Lines that begin with a dot or an apostrophe are ours."""
    for text in pages.values():
        requests = {line.split()[0] for line in text.splitlines() if line.startswith((".", "'"))}
        assert requests <= {".TH", ".SH", ".B", ".TP", ".PP", ".nf", ".fi"}


@pytest.mark.needs("groff")
def test_groff_reads_them_without_complaint(pages: dict[str, str]) -> None:
    """groff formats each page with no warning."""
    for text in pages.values():
        run = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-Kutf8"], input=text, capture_output=True, text=True, check=True
        )
        assert run.stderr == ""
        assert "OPTIONS" in run.stdout
