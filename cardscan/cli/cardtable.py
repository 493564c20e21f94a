"""Contacts as rows of a table that fits the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

import click

from cardscan.record import Card, ErrorLine
from cardscan.terminal import color_wanted, columns_of, table_row

HEADINGS = ("Name", "Organisation", "Phone", "E-mail", "Id")
SHARES = (0.24, 0.22, 0.20, 0.34)
ID_WIDTH = 7  # `c-` and enough of the digest to name a card of a few hundred


def printer(stream: TextIO, no_color: bool) -> Callable[[Card | ErrorLine], None]:
    """Make a function that prints one card as a row, the heading before the first; an error is no row.

    A row that needs review begins with `?`, one without a card with `-`; a terminal shows the first in yellow.
    """
    room = columns_of(stream) - 2 - ID_WIDTH - len(HEADINGS) + 1
    widths = [int(room * share) for share in SHARES]
    widths = [1, *widths[:-1], room - sum(widths[:-1]), ID_WIDTH]
    color = color_wanted(stream, no_color)
    started = False

    def show(card: Card | ErrorLine) -> None:
        nonlocal started
        if isinstance(card, ErrorLine):
            return  # stderr has said it
        if not started:
            started = True
            click.echo(click.style(table_row(("", *HEADINGS), widths), bold=True) if color else _plain(widths))
        row = table_row((mark(card), *cells(card), card.id[:ID_WIDTH]), widths)
        doubtful = color and card.review.status == "needs-review"
        click.echo(click.style(row, fg="yellow") if doubtful else row)

    return show


def mark(card: Card) -> str:
    """One character for the state of a card: `-` no card in the photo, `?` to review, blank fine."""
    return "-" if card.contact is None else "?" if card.review.status == "needs-review" else ""


def cells(card: Card) -> tuple[str, str, str, str]:
    """Name, organisation, first phone and first mail; where there is no card, or nothing of these, the photo's path."""
    contact = card.contact
    if contact is None:
        return ("(no card)", card.source.path, "", "")
    phone = contact.phones[0] if contact.phones else None
    found = (
        contact.name.full if contact.name else "",
        contact.organizations[0].value if contact.organizations else "",
        (phone.value or phone.raw) if phone else "",
        contact.emails[0].value if contact.emails else "",
    )
    return found if any(found) else ("(no contact)", card.source.path, "", "")


def _plain(widths: list[int]) -> str:
    return table_row(("", *HEADINGS), widths)
