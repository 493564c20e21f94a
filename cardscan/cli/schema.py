"""`cardscan schema`: the JSON Schema of each kind of line."""

from __future__ import annotations

import json

import click


@click.command("schema", epilog="\b\nExample:\n  cardscan schema card > card.schema.json")
@click.argument("kind", type=click.Choice(["card", "task", "note", "kinship", "error"]))
def command(kind: str) -> None:
    """Print the JSON Schema (2020-12) that every printed line of this kind fits."""
    from cardscan import wire

    click.echo(json.dumps(wire.json_schema(kind), indent=2, ensure_ascii=False))
