"""`cardscan tasks`: the agenda, and what became of each task."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any, TypeVar

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.cli.contacts import CONTACTED, TRIED
from cardscan.cli.desk import desk_of, reached_nobody
from cardscan.cli.pipe import with_piped_tasks
from cardscan.cli.planning import brought_up_to_date, open_tasks, user_settings
from cardscan.errors import UsageError
from cardscan.terminal import safe

Function = TypeVar("Function", bound=Callable[..., Any])

EXAMPLES = """\b
Examples:
  cardscan tasks                              today and the coming days
  cardscan tasks --all --explain              everything open, and why
  cardscan tasks done t-7c2f                  done: the next step gets its date
  cardscan tasks done t-eb2d --no-answer      tried, nobody answered
  cardscan tasks snooze t-1220 --until 2026-04-02
  cardscan tasks drop t-371a --why "no profile there"
  cardscan tasks undo                         take the last change back
  cardscan tasks log "Jane Doe" "called, will meet in May"
  cardscan tasks dismiss c-5f0c               nothing to follow up there

\b
The start of an id will do, - takes the task lines on stdin, and for people
part of the name will do. In the table * is top priority, … waits for another
task, ! is late.
"""


def examples(*lines: str) -> str:
    """What stands below the help of an action: how it is called."""
    return "\b\nExamples:\n" + "\n".join(f"  cardscan tasks {line}" for line in lines)


shared_options = common_options("table", "jsonl")
"""What the agenda and each of its actions take; an action falls back to what stands before its name."""


@click.group("tasks", invoke_without_command=True, epilog=EXAMPLES)
@click.option("--days", type=click.IntRange(1), default=7, show_default=True, help="How many days ahead to show.")
@click.option("--all", "everything", is_flag=True, help="All days, and what has no time yet.")
@click.option("--closed", is_flag=True, help="With what is done or dropped (jsonl).")
@click.option("--explain", is_flag=True, help="Say for each task the rules, the note and how its date was found.")
@shared_options
@click.pass_context
def command(
    context: click.Context, /, days: int, everything: bool, closed: bool, explain: bool, output_format: str | None,
    store_path: str | None, now: datetime | None, quiet: bool, no_color: bool, no_input: bool,
) -> None:  # fmt: skip
    """Today's agenda, overdue promises first; and what became of each task."""
    if context.invoked_subcommand is not None:
        return
    from cardscan.cli import tasktable
    from cardscan.plan import sort_key

    settings = user_settings()
    moment = clock(now, settings.zone)
    with opened_store(store_path) as store:
        every = brought_up_to_date(store, settings, moment)
    waiting = open_tasks(every)
    if chosen_format(output_format) == "jsonl":
        listed = tasktable.agenda_order(waiting, moment, settings.zone)
        if closed:
            listed += sorted(set(every) - set(waiting), key=lambda task: sort_key(task, moment))
        for task in listed:
            click.echo(wire.dumps(task))
        return
    found = tasktable.sections(waiting, moment, settings.zone, None if everything else days)
    tasktable.print_agenda(found, every, moment, settings.zone, sys.stdout, no_color=no_color, explain=explain)
    hidden = len(waiting) - sum(len(section.tasks) for section in found)
    if hidden and not quiet:
        click.echo(f"{hidden} more later: cardscan tasks --all", err=True)
    if not every and not quiet:
        click.echo("no tasks yet: cardscan plan makes them", err=True)


@command.command(
    "done",
    epilog=examples(
        "done t-1ac7              the start of an id will do",
        "done t-1ac7 --no-answer  the call was not picked up",
        "--format jsonl | grep supplies | cardscan tasks done -",
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…|-", callback=with_piped_tasks)
@click.option("--no-answer", is_flag=True, help="It was tried, but nobody answered.")
@click.option("--except", "excepted", multiple=True, metavar="ID", help="A promise that did not go out with this mail.")
@shared_options
@click.pass_context
def done(context: click.Context, /, ids: tuple[str, ...], no_answer: bool, excepted: tuple[str, ...], **_: Any) -> None:
    """Mark tasks as done; what follows gets its date from now. A mail takes the promises it carried with it."""
    with desk_of(context) as desk:
        chosen = [desk.open_task(task_id) for task_id in ids]
        kept = {desk.store.task(task_id).id for task_id in excepted}
        carried = {other for task in chosen for other in task.closes} - kept - {task.id for task in chosen}
        also = [task for task in open_tasks(desk.store.tasks()) if task.id in carried]
        answered = False if no_answer else None
        changed = [replace(task, status="done", completed=desk.at, answered=answered) for task in [*chosen, *also]]
        log = [desk.entry("done", task, "no answer" if no_answer else "") for task in changed]
        desk.keep(changed, log, (task.contact_id for task in changed))


@command.command(
    "undo",
    epilog=examples(
        "undo                     takes the last action back",
        "undo t-1ac7",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID…|-]", callback=with_piped_tasks)
@shared_options
@click.pass_context
def undo(context: click.Context, /, ids: tuple[str, ...], **_: Any) -> None:
    """Take back done, drop or snooze: of the tasks named, or the last change of all."""
    with desk_of(context) as desk:
        wanted = {desk.store.task(task_id).id for task_id in ids} or desk.last_change()
        tasks = [task for task in desk.store.tasks() if task.id in wanted]
        changed = [
            replace(
                task,
                status="open",
                completed=None,
                answered=None,
                reason=None,
                snoozed_until=None,
                start=None if task.snoozed_until else task.start,
            )
            for task in tasks
            if task.status in ("done", "dropped") or task.snoozed_until
        ]
        if not changed:
            raise UsageError("there is nothing to take back")
        desk.keep(changed, [desk.entry("undone", task) for task in changed], (task.contact_id for task in changed))


@command.command(
    "snooze",
    epilog=examples(
        "snooze t-1ac7 --until 2026-04-27",
        "snooze t-1ac7 --until +3   three days from today",
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…|-", callback=with_piped_tasks)
@click.option("--until", required=True, metavar="DATE", help="Not before this day, e.g. 2026-04-20; or +3 for days.")
@shared_options
@click.pass_context
def snooze(context: click.Context, /, ids: tuple[str, ...], until: str, **_: Any) -> None:
    """Put tasks off until a day."""
    with desk_of(context) as desk:
        day = desk.day(until)
        begin = datetime.combine(day, time(), tzinfo=desk.settings.zone).isoformat()
        changed = [
            replace(desk.open_task(task_id), snoozed_until=begin, start=None, status="waiting") for task_id in ids
        ]
        log = [desk.entry("snoozed", task, day.isoformat()) for task in changed]
        desk.keep(changed, log, (task.contact_id for task in changed))


@command.command(
    "drop",
    epilog=examples(
        "drop t-1ac7 --why 'they closed'",
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…|-", callback=with_piped_tasks)
@click.option("--why", required=True, metavar="TEXT", help="The reason, which is kept with it.")
@shared_options
@click.pass_context
def drop(context: click.Context, /, ids: tuple[str, ...], why: str, **_: Any) -> None:
    """Give tasks up, with a reason. Planning again does not bring them back."""
    if not why.strip():
        raise UsageError("--why takes a reason in words")
    with desk_of(context) as desk:
        changed = [
            replace(desk.open_task(task_id), status="dropped", completed=desk.at, reason=why.strip(), start=None)
            for task_id in ids
        ]
        log = [desk.entry("dropped", task, why.strip()) for task in changed]
        desk.keep(changed, log, (task.contact_id for task in changed))


@command.command(
    "log",
    epilog=examples(
        "log 'Jane Doe' called about the prices",
        "log 'Jane Doe' rang twice --no-answer",
    ),
)
@click.argument("contact")
@click.argument("text", nargs=-1, required=True)
@click.option("--no-answer", is_flag=True, help="A try that reached nobody; does not count as contact.")
@shared_options
@click.pass_context
def log_contact(context: click.Context, /, contact: str, text: tuple[str, ...], no_answer: bool, **_: Any) -> None:
    """Record contact made outside the plan: CONTACT is an id or part of a name.

    Staying in touch counts from it. What the text says you promised or agreed becomes tasks.
    """
    words = " ".join(text)
    tried = no_answer or reached_nobody(words)
    with desk_of(context) as desk:
        card = desk.card(contact)
        said = desk.with_note(card, words)
        if said is not None:
            desk.store.put_card(said)
        entry = desk.entry(TRIED if tried else CONTACTED, None, words, card.id)
        desk.keep([], [entry], [card.id])
        if not desk.quiet:
            name = card.contact.name.full if card.contact and card.contact.name else card.id
            what = "a try without an answer" if tried else "contact"
            click.echo(safe(f"logged {what} with {name}"), err=True)


@command.command(
    "keep",
    epilog=examples(
        "keep 'Jane Doe'   the full plan, whatever the focus",
    ),
)
@click.argument("contacts", nargs=-1, required=True, metavar="CONTACT…")
@shared_options
@click.pass_context
def keep(context: click.Context, /, contacts: tuple[str, ...], **_: Any) -> None:
    """Follow these people up in full, whatever the focus; also brings back who was dismissed."""
    from cardscan.plan import DISMISSED

    with desk_of(context) as desk:
        cards = [desk.card(contact) for contact in contacts]
        for card in cards:
            status = "reviewed" if card.review.status == "dismissed" else card.review.status
            desk.store.put_card(replace(card, review=replace(card.review, status=status, triage="keep")))
        ids = {card.id for card in cards}
        back = [
            replace(task, status="open", completed=None, reason=None)
            for task in desk.store.tasks()
            if task.contact_id in ids and task.status == "dropped" and task.reason == DISMISSED
        ]
        desk.keep(back, [desk.entry("triaged", None, "keep", card.id) for card in cards], ids)


@command.command(
    "note-only",
    epilog=examples(
        "note-only 'Jane Doe'   a thank-you card and what was promised",
    ),
)
@click.argument("contacts", nargs=-1, required=True, metavar="CONTACT…")
@shared_options
@click.pass_context
def note_only(context: click.Context, /, contacts: tuple[str, ...], **_: Any) -> None:
    """Give these people a thank-you card, and what was promised, no more."""
    with desk_of(context) as desk:
        cards = [desk.card(contact) for contact in contacts]
        for card in cards:
            desk.store.put_card(replace(card, review=replace(card.review, triage="note-only")))
        log = [desk.entry("triaged", None, "note-only", card.id) for card in cards]
        desk.keep([], log, [card.id for card in cards])


@command.command(
    "dismiss",
    epilog=examples(
        "dismiss 'Jane Doe' --why 'met before'",
    ),
)
@click.argument("contacts", nargs=-1, required=True, metavar="CONTACT…")
@click.option("--why", metavar="TEXT", default="", help="Needed where a promise is still open.")
@shared_options
@click.pass_context
def dismiss(context: click.Context, /, contacts: tuple[str, ...], why: str, **_: Any) -> None:
    """Nothing to follow up: the cards stay in the store and make no tasks."""
    with desk_of(context) as desk:
        cards = [desk.card(contact) for contact in contacts]
        ids = {card.id for card in cards}
        promised = [
            task for task in open_tasks(desk.store.tasks()) if task.contact_id in ids and task.promise is not None
        ]
        if promised and not why.strip():
            titles = "; ".join(task.title for task in promised)
            raise UsageError(f"you promised something: {titles}. Keep it, or say --why")
        dropped = [
            replace(task, status="dropped", completed=desk.at, reason=why.strip(), start=None) for task in promised
        ]
        for card in cards:
            desk.store.dismiss(card.id)
        log = [desk.entry("triaged", None, f"dismissed {why}".strip(), card.id) for card in cards]
        log += [desk.entry("dropped", task, why.strip()) for task in dropped]
        desk.keep(dropped, log, ids)
        if not desk.quiet:
            click.echo(f"dismissed {len(cards)} card{'s' if len(cards) != 1 else ''}", err=True)
