"""Man pages from the commands' own help: `python docs/man_pages.py FOLDER`, or `make man`, which renews docs/man.

click-man writes the page of a command; what it leaves out (our commands are loaded lazily, and their examples stand
below the options) is added here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click_man.core import generate_man_page

from cardscan import __version__
from cardscan.cli import cli


def pages(
    command: click.Command = cli, name: str = "cardscan", parent: click.Context | None = None
) -> Iterator[tuple[str, str]]:
    """File name and roff text of a command and all below it."""
    context = click.Context(command, info_name=name, parent=parent)
    text = generate_man_page(context, version=__version__, date="2026-11-22")
    text = re.sub(r"\\(?!-|f[BP]|e|&)", r"\\e", text)  # click-man leaves a backslash of the help to roff
    short = _escaped(command.get_short_help_str(200))
    text = re.sub(r"(\.SH NAME\n.*? \\- ).*", lambda found: found[1] + short, text, count=1)
    below = []
    if isinstance(command, click.Group):
        below = [(each, command.get_command(context, each)) for each in command.list_commands(context)]
    if below and ".SH COMMANDS" not in text:
        rows = (f".TP\n\\fB{each}\\fP\n{_escaped(found.get_short_help_str(90))}" for each, found in below if found)
        text += ".SH COMMANDS\n" + "\n".join(rows) + "\n"
    if command.epilog:
        lines = command.epilog.replace("\b", "").strip().splitlines()
        text += ".SH EXAMPLES AND REMARKS\n.nf\n" + "\n".join(map(_escaped, lines)) + "\n.fi\n"
    yield f"{context.command_path.replace(' ', '-')}.1", text
    for each, found in below:
        if found is not None and not found.hidden:
            yield from pages(found, each, context)


def _escaped(line: str) -> str:
    """A line of text that roff prints as it stands."""
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line


def main(folder: Path) -> None:
    """Write every page into a folder, and take pages of commands that are gone out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("cardscan*.1"):
        old.unlink()
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/man"))
