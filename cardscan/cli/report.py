"""`cardscan report`: one HTML file to look at."""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

import click

from cardscan.cli.common import clock, common_options, opened_store
from cardscan.errors import UsageError

EXAMPLES = """\b
Examples:
  cardscan report                        writes cardscan-report.html here
  cardscan report --output expo.html --event "Expo 2026"
  cardscan report --output - | lynx -stdin
  cardscan scan photos/ --store :memory: | cardscan report - -o expo.html
"""


@click.command("report", epilog=EXAMPLES)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option(
    "-o", "--output", default="cardscan-report.html", show_default=True, metavar="FILE", help="Where to; - is stdout."
)
@click.option("--event", metavar="NAME", help="Only people met there (part of the name will do).")
@common_options()
def command(
    source: str | None,
    output: str,
    event: str | None,
    now: datetime | None,
    store_path: str | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Write one self-contained HTML page: cards with where each value was read, the agenda, the follow-up rates.

    From the store, or with `-` of the card and task lines on stdin. It works offline, on a phone and in print; nothing
    in it is loaded from anywhere.
    """
    from cardscan import report
    from cardscan.cli.contacts import Contacts, contacts_of
    from cardscan.cli.pipe import piped_contacts
    from cardscan.cli.planning import user_settings
    from cardscan.plan import rates

    settings = user_settings()
    moment = clock(now, settings.zone)
    failed = False
    with opened_store(store_path) as store:
        if source is None:
            contacts = contacts_of(store)
        else:
            given = piped_contacts(store)
            contacts, failed = Contacts(given.cards, given.tasks, []), given.failed
    cards, tasks, log = contacts.cards, contacts.tasks, contacts.log
    if event is not None:
        cards = [card for card in cards if event.casefold() in (card.event.name or "").casefold()]
        chosen = {card.id for card in cards}
        tasks = [task for task in tasks if task.contact_id in chosen]
    found = rates(cards, tasks, log, moment, settings.zone)
    html = report.page(cards, tasks, found, moment, settings.zone)
    if output == "-":
        sys.stdout.write(html)
        return 4 if failed else 0
    _write(Path(output), html)
    if not quiet:
        click.echo(f"wrote {output}: {len(cards)} cards", err=True)
    return 4 if failed else 0


def _write(path: Path, html: str) -> None:
    """Put the file there whole or not at all, readable by the user alone: it holds other people's addresses."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(html)
        Path(file.name).replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; name another place with --output") from error
