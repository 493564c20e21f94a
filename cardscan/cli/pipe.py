"""What other commands print, read from stdin: card and task lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from cardscan import wire
from cardscan.cli.contacts import folded_pipe
from cardscan.errors import InputError, UsageError
from cardscan.record import Card, Task
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.store import Store


@dataclass(slots=True)
class Piped:
    """Cards and tasks in the order they came, and whether some lines could not be read."""

    cards: list[Card] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    failed: bool = False


def piped() -> Piped:
    """The card and task lines on stdin, as they came; a line that is none is told and passed over."""
    return _read(sys.stdin)


def piped_contacts(store: Store) -> Piped:
    """The same, but cards of one contact as one card, under whose id its tasks stand."""
    found = piped()
    contacts = folded_pipe(store, found.cards)
    tasks = [replace(task, contact_id=contacts.id_of(task.contact_id)) for task in found.tasks]
    return Piped(list(contacts.cards), tasks, found.failed)


def with_piped_tasks(_: click.Context, __: click.Parameter, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Ids as given, `-` replaced by those of the task lines on stdin.

    Raises:
        UsageError: There is none, or a line is no task; nothing is to be done by halves.
    """
    if "-" not in ids:
        return ids
    found = piped()
    if found.failed or not found.tasks:
        raise UsageError("- takes task lines on stdin; `cardscan tasks --format jsonl` prints them")
    return tuple(one for each in ids for one in ([task.id for task in found.tasks] if each == "-" else [each]))


def _read(lines: Iterable[str]) -> Piped:
    found = Piped()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = wire.loads(line)
        except InputError as error:
            click.echo(f"cardscan: line {number}: {safe(str(error))}", err=True)
            found.failed = True
            continue
        if isinstance(record, Card):
            found.cards.append(record)
        elif isinstance(record, Task):
            found.tasks.append(record)
    return found
