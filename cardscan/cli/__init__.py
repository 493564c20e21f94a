"""The command line: one file per command, loaded only when it is called.

`main` is the one place where errors become words and exit codes. No command imports cv2 or onnxruntime before it needs
them, so `cardscan --help` answers at once.
"""

from __future__ import annotations

import importlib
import os
import sys

import click
from click.shell_completion import CompletionItem

from cardscan import __version__
from cardscan.errors import CardscanError

# name: (module below cardscan.cli, the line that `cardscan --help` shows)
COMMANDS: dict[str, tuple[str, str]] = {
    "scan": ("scan", "Read photos of business cards into contacts."),
    "show": ("show", "Show one card with where each value was read."),
    "review": ("review", "Check cards, a key or two each."),
    "merge": ("merge", "One person, one contact: merge cards, or take it back."),
    "note": ("note", "Turn what was scribbled into facts."),
    "plan": ("plan", "Make dated follow-up tasks from contacts."),
    "tasks": ("tasks", "Today's agenda: do, snooze, drop, log."),
    "draft": ("draft", "Write the mail, the call outline or the thank-you card of a task."),
    "export": ("export", "Write contacts and tasks for other programs."),
    "report": ("report", "One HTML page to look at: cards, agenda, rates."),
    "stats": ("stats", "How well the follow-up goes, per event."),
    "init": ("init", "Set your name, zone, working days once."),
    "schema": ("schema", "Print the JSON Schema of the lines other programs read."),
    "completion": ("completion", "Print the completion script of bash, zsh or fish."),
    "doctor": ("doctor", "Say which engines and models are here, and what is missing."),
}

EPILOG = """\b
Examples:
  cardscan scan ~/Pictures/expo                    photos to contacts
  cardscan scan photos/ | jq -r .contact.name.full
  cardscan show c-5f0c                             one card, value by value
  cardscan export --to vcard > contacts.vcf
  cardscan plan --explain                          what to do, when, and why

\b
Exit codes: 0 done, 2 usage, 3 some cards or drafts need review (with
--check), 4 some inputs could not be read, 5 no usable engine or model,
6 store not usable, 130 interrupted, 1 anything unexpected.
"""


class LazyGroup(click.Group):
    """A click group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"cardscan.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete command names without importing any command."""
        found = [CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", prog_name="cardscan", message="%(prog)s %(version)s")
def cli() -> None:
    """Photos of paper business cards become contacts, notes and follow-ups.

    Everything stays on this machine.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code; no traceback reaches the user (unless CARDSCAN_DEBUG is set)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="cardscan", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CardscanError as error:
        _say(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; what was done is kept")
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader had enough, which is no error; click itself leaves by SystemExit then, and only then.
        # Point stdout elsewhere, or the interpreter complains when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        if os.environ.get("CARDSCAN_DEBUG"):
            raise
        _say(f"unexpected error ({type(error).__name__}): {error}\nSet CARDSCAN_DEBUG=1 to see where, and report it.")
        return 1


def _say(message: str) -> None:
    from cardscan.terminal import safe

    click.echo("cardscan: " + safe(message, keep="\n"), err=True)


def main() -> None:
    """Entry point of the `cardscan` command."""
    sys.exit(run())
