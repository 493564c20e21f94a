"""`cardscan plan`: contacts become dated tasks."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.cli.pipe import piped
from cardscan.errors import InputError, UsageError
from cardscan.terminal import columns_of, safe

if TYPE_CHECKING:
    from cardscan.record import Card

EXAMPLES = """\b
Examples:
  cardscan plan                                  all contacts of the store
  cardscan plan --explain                        with rules, note, and how dates were found
  cardscan plan --event "Expo 2026" --focus 2    the two best in full, a card for the others
  cardscan plan --playbook lemonade --dry-run    another way, only to look at
  cardscan scan photos/ --format jsonl | cardscan plan - | cardscan export --to ics -

\b
Planning again brings open tasks up to date; what is done stays done, and a
promise stays until you keep it or drop it. --dry-run keeps nothing.
Playbooks: combined, frishman, six-tips, lemonade, six-rules, system, or your
own file (docs/planning.md).
"""


@click.command("plan", epilog=EXAMPLES)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--playbook", metavar="NAME|FILE", help="Which rules to follow (default: combined, or your setting).")
@click.option("--focus", metavar="N", type=click.IntRange(0), help="Full plans per event; the others get a card only.")
@click.option("--event", metavar="NAME", help="Only people met there (part of the name will do).")
@click.option("--from", "begin", metavar="DATE", help="Give no time before this day, e.g. when you are back.")
@click.option("--block", metavar="HH:MM-HH:MM", help="The part of each working day for following up.")
@click.option("--country", metavar="CC", help="Whose holidays are yours, e.g. DE.")
@click.option("--explain", is_flag=True, help="Say for each task the rules, the note and how its date was found.")
@click.option("--dry-run", is_flag=True, help="Show the plan, keep nothing.")
@click.option("--rules", is_flag=True, help="Print the table of rules, steps and tests, and stop.")
@common_options("table", "jsonl")
def command(
    source: str | None,
    playbook: str | None,
    focus: int | None,
    event: str | None,
    begin: str | None,
    block: str | None,
    country: str | None,
    explain: bool,
    dry_run: bool,
    rules: bool,
    output_format: str | None,
    store_path: str | None,
    now: datetime | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Make dated follow-up tasks from contacts.

    Contacts come from the store, or as card lines on stdin with -.
    """
    if rules:
        _print_rules(chosen_format(output_format))
        return 0
    from cardscan.cli import tasktable
    from cardscan.cli.planning import open_tasks, planned_with, replanned, say, user_settings

    settings = user_settings(
        playbook=playbook, focus=focus, block=block, country=country.upper() if country is not None else None
    )
    moment = clock(now, settings.zone)
    first = datetime.combine(_day(begin), time(), tzinfo=settings.zone) if begin else None
    failed = False
    with opened_store(store_path) as store:
        cards = {card.id: card for card in store.cards()}
        only: frozenset[str] | None = None
        if source:
            given = piped()
            if given.tasks and not given.cards:
                raise InputError("plan reads card lines, and only task lines came on stdin", kind="empty")
            failed = given.failed
            piped_cards = {card.id: card for card in given.cards}
            if not dry_run:
                for card in piped_cards.values():
                    if cards.get(card.id) != card:
                        store.put_card(card)
            cards |= piped_cards
            only = frozenset(piped_cards)
        if event is not None:
            only = _met_at(list(cards.values()), event, only)
        how = [] if dry_run else planned_with(store, settings, moment)
        everyone = list(cards.values())
        plan = replanned(store, everyone, moment, settings, only=only, begin=first, keep=not dry_run, log=how)
        every = store.tasks()
    if chosen_format(output_format) == "jsonl":
        for task in plan.tasks:
            click.echo(wire.dumps(task))
    else:
        found = tasktable.sections(open_tasks(plan.tasks), moment, settings.zone)
        tasktable.print_agenda(
            found, [*every, *plan.tasks], moment, settings.zone, sys.stdout, no_color=no_color, explain=explain
        )
    say(plan.warnings, quiet)
    if not quiet:
        click.echo(_summary(len(open_tasks(plan.tasks)), len(cards if only is None else only), dry_run), err=True)
    return 4 if failed else 0


def _met_at(cards: list[Card], event: str, among: frozenset[str] | None) -> frozenset[str]:
    """Ids of the cards of an event, by part of its name.

    Raises:
        UsageError: Nobody was met there; the message names the events that are known.
    """
    wanted = " ".join(event.casefold().split())
    names: dict[str, str] = {}
    for card in cards:
        noted = next((note.facts.met.event for note in card.notes if note.facts.met.event), None)
        name = noted or card.event.name
        if name and (among is None or card.id in among):
            names[card.id] = name
    found = frozenset(card_id for card_id, name in names.items() if wanted in " ".join(name.casefold().split()))
    if not found:
        known = ", ".join(sorted(set(names.values()))[:10]) or "none has a name yet; see `cardscan scan --event`"
        raise UsageError(f"nobody was met at {event!r} (known events: {safe(known)})")
    return found


def _print_rules(output_format: str) -> None:
    from cardscan.plan import load_rules

    if output_format == "jsonl":
        for rule in load_rules():
            click.echo(wire.dumps(rule))
        return
    from textwrap import wrap

    columns = columns_of(sys.stdout)
    source = None
    for rule in load_rules():
        if rule.source != source:
            click.echo(f"{'' if source is None else chr(10)}{rule.source}")
            source = rule.source
        rows = [
            ("asks", rule.asks),
            ("does", rule.does),
            ("steps", ", ".join(rule.steps)),
            ("see", f"cardscan {rule.where}"),
            ("test", rule.test),
        ]
        for label, text in rows:
            for index, line in enumerate(wrap(text, columns - 23, break_on_hyphens=False, break_long_words=False)):
                name = rule.id if label == "asks" and index == 0 else ""
                click.echo(f"  {name:13} {label if index == 0 else '':6} {line}")


def _summary(tasks: int, contacts: int, dry_run: bool) -> str:
    if not contacts:
        return "no contacts yet: cardscan scan PHOTOS finds some"
    kept = "nothing kept (--dry-run)" if dry_run else "cardscan tasks shows what is next"
    return f"{tasks} tasks for {contacts} contacts (* top priority, … waits for another, ! late); {kept}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--from takes a date such as 2026-04-20, not {text!r}") from error
