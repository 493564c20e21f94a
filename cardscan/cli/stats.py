"""`cardscan stats`: who was followed up, how promptly, and what is unfinished."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.cli.contacts import Contacts, contacts_of
from cardscan.cli.pipe import piped_contacts
from cardscan.cli.planning import user_settings
from cardscan.terminal import color_wanted, columns_of, fit, safe

if TYPE_CHECKING:
    from cardscan.plan import Rates
    from cardscan.plan.rates import EventRate, Unfinished

EXAMPLES = """\b
Examples:
  cardscan stats
  cardscan stats --event expo
  cardscan stats --format json | jq .overall.share
  cat cards.jsonl tasks.jsonl | cardscan stats -

\b
Followed up means: they have heard from you since you met. Most people never
follow up; this shows that you do.
"""
_BAR = 20
_LISTED = 8


@click.command("stats", epilog=EXAMPLES)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--event", metavar="NAME", help="Only this event (part of the name will do).")
@common_options("table", "json", "jsonl")
def command(
    source: str | None,
    event: str | None,
    output_format: str | None,
    store_path: str | None,
    now: datetime | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Show follow-up rates per event and overall, and what is unfinished.

    Of the store, or with `-` of the card and task lines on stdin.
    """
    from cardscan.plan import rates
    from cardscan.plan.met import meeting_of

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
        wanted = event.casefold()
        today = moment.date()
        met = {card.id: meeting_of(card, settings.zone, today).event or "" for card in cards}
        cards = [card for card in cards if wanted in met[card.id].casefold()]
        ids = {card.id for card in cards}
        tasks = [task for task in tasks if task.contact_id in ids]
    found = rates(cards, tasks, log, moment, settings.zone)
    if chosen_format(output_format, "table") != "table":
        click.echo(json.dumps(_as_json(found), ensure_ascii=True))
        return 4 if failed else 0
    color = color_wanted(sys.stdout, no_color)
    for line in _lines(found, moment, columns_of(sys.stdout), color):
        click.echo(line)
    return 4 if failed else 0


def _as_json(found: Rates) -> dict[str, object]:
    data: dict[str, object] = {"schema": "cardscan/stats/1", **wire.to_builtins(found)}
    data["overall"] = _with_share(found.overall)
    data["events"] = [_with_share(rate) for rate in found.events]
    return data


def _with_share(rate: EventRate) -> dict[str, object]:
    return {**wire.to_builtins(rate), "share": round(rate.share, 4)}


def _lines(found: Rates, now: datetime, columns: int, color: bool) -> Iterator[str]:
    if not found.overall.contacts:
        yield "No contacts yet: cardscan scan PHOTOS finds some."
        return
    name_width = max(16, columns - _BAR - 38)
    yield f"{fit('Followed up', name_width)} {'':{_BAR}}  share    of  in a day  typical"
    for rate in (*found.events, found.overall):
        yield _rate_line(rate, name_width, color)
    yield from _listed("Promises still to keep", found.promises, now, columns)
    yield from _listed("Tried again, no answer; resting", found.unanswered, now, columns)
    yield from _listed("Without any plan (cardscan plan, or cardscan tasks dismiss)", found.unplanned, now, columns)


def _rate_line(rate: EventRate, name_width: int, color: bool) -> str:
    filled = round(rate.share * _BAR)
    bar = "█" * filled + "░" * (_BAR - filled)
    if color:
        bar = click.style(bar, fg="green" if rate.share >= 0.8 else "yellow" if rate.share >= 0.3 else "red")
    name = fit(rate.event or "All", name_width)
    prompt = f"{rate.within_a_day / rate.contacts:4.0%}" if rate.contacts else "   –"
    return f"{name} {bar}   {rate.share:4.0%} {rate.contacts:5}       {prompt}  {_wait(rate.median_hours):>7}"


def _wait(hours: float | None) -> str:
    if hours is None:
        return "–"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


def _listed(heading: str, entries: Sequence[Unfinished], now: datetime, columns: int) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"{heading}: {len(entries)}"
    for entry in entries[:_LISTED]:
        words = entry.contact_name
        if entry.due:
            due = datetime.fromisoformat(entry.due)
            words += f": {entry.what}, {'overdue since' if due < now else 'by'} {due:%Y-%m-%d}"
        yield "  " + fit(safe(words), columns - 3).rstrip()
    if len(entries) > _LISTED:
        yield f"  and {len(entries) - _LISTED} more"
