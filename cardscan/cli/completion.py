"""`cardscan completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

EXAMPLES = """\b
Examples:
  eval "$(cardscan completion bash)"                      in ~/.bashrc
  eval "$(cardscan completion zsh)"                       in ~/.zshrc
  cardscan completion fish | source                       in ~/.config/fish/config.fish
"""


@click.command("completion", epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    from cardscan.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None, "the choice holds the shells that click knows"
    click.echo(kind(cli, {}, "cardscan", "_CARDSCAN_COMPLETE").source())
