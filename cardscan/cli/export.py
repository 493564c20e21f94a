"""`cardscan export`: contacts and tasks for other programs, to a file, a folder, a pipe or a server."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cardscan.cli.common import common_options, opened_store
from cardscan.errors import CardscanError, UsageError
from cardscan.record import Card, Task
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.cli.pipe import Piped
    from cardscan.push import Item, Outcome
    from cardscan.store import Store

EXAMPLES = """\b
Examples:
  cardscan export --to vcard > contacts.vcf
  cardscan export --to ics --output tasks.ics
  cardscan export --to google-csv --event SXSW --reviewed > sxsw.csv
  cardscan export --to vdir --output ~/contacts        for khard, todoman, vdirsyncer
  cardscan plan --format jsonl | cardscan export --to taskwarrior - | task import -
  cardscan export --to vcard --push https://dav.example.org/me/contacts/

\b
--push signs in with CARDSCAN_DAV_USER and CARDSCAN_DAV_PASSWORD, or the
password in your keyring; what was changed on the server is told and left so,
unless you say --overwrite.
"""

NAMES = (
    "vcard", "ics", "csv", "google-csv", "outlook-csv", "hubspot-csv", "salesforce-csv", "jsonl", "jcard", "jscontact",
    "todotxt", "taskwarrior", "markdown", "mutt", "abook", "vdir",
)  # fmt: skip


@click.command("export", epilog=EXAMPLES)
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@click.option("--to", "target", type=click.Choice(NAMES), metavar="FORMAT", help=", ".join(NAMES) + ".")
@click.option("--only", metavar="WHAT", multiple=True, help="contacts, tasks, or the beginning of an id; repeatable.")
@click.option("--since", metavar="DATE", help="People met, and tasks due, on this day or later.")
@click.option("--event", metavar="NAME", help="People met there, and their tasks.")
@click.option("--reviewed", is_flag=True, help="Only contacts that you have reviewed, and their tasks.")
@click.option("--unmerged", is_flag=True, help="Every card by itself, also those that are one contact.")
@click.option("--output", type=click.Path(path_type=Path), help="A file, or the folder of a vdir (default: stdout).")
@click.option("--vcard-version", type=click.Choice(["3.0", "4.0", "3", "4"]), default="3.0", show_default=True)
@click.option("--photos", is_flag=True, help="Embed the picture of each card in vCards, without its EXIF data.")
@click.option("--events", is_flag=True, help="In ics: tasks with a time slot as events, not to-dos.")
@click.option("--overwrite", is_flag=True, help="In a vdir or with --push: write over what others changed or removed.")
@click.option("--push", "url", metavar="URL", help="Send to a CardDAV collection, or with --to ics to a CalDAV one.")
@click.option("--dry-run", is_flag=True, help="With --push: say what would be sent, send nothing.")
@common_options(now=False)
def command(
    source: str | None,
    target: str | None,
    only: tuple[str, ...],
    since: str | None,
    event: str | None,
    reviewed: bool,
    unmerged: bool,
    output: Path | None,
    vcard_version: str,
    photos: bool,
    events: bool,
    overwrite: bool,
    url: str | None,
    dry_run: bool,
    store_path: str | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Write contacts and tasks for other programs.

    From the store, or with `-` the card and task lines on stdin.
    """
    if target is None:
        if not url:
            raise UsageError(f"name a format with --to: {', '.join(NAMES)}")
        target = "vcard"
    if url and target not in ("vcard", "ics"):
        raise UsageError("--push sends --to vcard (contacts) or --to ics (tasks)")
    if dry_run and not url:
        raise UsageError("--dry-run goes with --push")
    if target == "vdir" and output is None:
        raise UsageError("--to vdir needs --output FOLDER")
    version: Literal["3.0", "4.0"] = "4.0" if vcard_version.startswith("4") else "3.0"
    with opened_store(store_path) as store:
        stock = _stock(store, is_piped=source is not None, unmerged=unmerged)
        cards, tasks = _chosen(stock, only, since, event, reviewed)
        cards, tasks = _fitting(target, cards, tasks, only, piped=source is not None)
        pictures = _pictures(cards) if photos else {}
        if url:
            items = _items(target, cards, tasks, version, pictures, events)
            good = _push(store, url, items, target, overwrite=overwrite, dry_run=dry_run, quiet=quiet)
            return 0 if good and not stock.failed else 4
    if target == "vdir":
        assert output is not None
        _write_vdir(output, cards, tasks, version, pictures, events, overwrite, quiet)
    else:
        _write(_text(target, cards, tasks, version, pictures, events), output)
    return 4 if stock.failed else 0


# --- what is exported -------------------------------------------------------------------------------------------------


def _stock(store: Store, is_piped: bool, unmerged: bool) -> Piped:
    """What the pipe gives, else the store; cards of one contact as one, unless every card is wanted by itself."""
    from cardscan.cli.contacts import contacts_of
    from cardscan.cli.pipe import Piped, piped, piped_contacts

    if is_piped:
        return piped() if unmerged else piped_contacts(store)
    if unmerged:
        return Piped(list(store.cards()), store.tasks())
    found = contacts_of(store)
    return Piped(found.cards, found.tasks)


def _chosen(
    stock: Piped, only: tuple[str, ...], since: str | None, event: str | None, reviewed: bool
) -> tuple[list[Card], list[Task]]:
    """Apply the filters. A task goes with its contact; without one it goes, unless people are chosen."""
    first = _day(since) if since else ""
    ids = tuple(word for word in only if word not in ("contacts", "tasks"))
    cards = [card for card in stock.cards if card.review.status != "dismissed"]
    if event:
        cards = [card for card in cards if event.casefold() in (card.event.name or "").casefold()]
    if reviewed:
        cards = [card for card in cards if card.review.status == "reviewed"]
    theirs = {card.id for card in cards}
    unknown = not (event or reviewed)  # tasks of nobody, or of a contact that did not come through the pipe
    every = {card.id for card in stock.cards}
    tasks = [task for task in stock.tasks if task.contact_id in theirs or (unknown and task.contact_id not in every)]
    if first:
        cards = [card for card in cards if (card.event.met_on or card.source.taken_at or "") >= first]
        tasks = [task for task in tasks if (task.due or "") >= first]
    if ids:
        tasks = [task for task in tasks if task.id.startswith(ids) or (task.contact_id or "").startswith(ids)]
        cards = [card for card in cards if card.id.startswith(ids)]
        if not cards and not tasks:
            raise UsageError(f"nothing has an id that starts with {' or '.join(ids)}")
    return cards, tasks


def _fitting(
    target: str, cards: list[Card], tasks: list[Task], only: tuple[str, ...], piped: bool
) -> tuple[list[Card], list[Task]]:
    """Contacts, tasks, or both: as asked with --only, else as the format is used."""
    kinds = {word for word in only if word in ("contacts", "tasks")}
    if not kinds:
        # Programs that read `export --to jsonl` count on card lines; a pipe gives back what came in.
        kinds = {"contacts"} if target == "jsonl" and not piped and not only else {"contacts", "tasks"}
    return (cards if "contacts" in kinds else []), (tasks if "tasks" in kinds else [])


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"--since takes a date such as 2026-04-20, not {text!r}") from error


# --- where it goes ----------------------------------------------------------------------------------------------------


def _text(
    target: str,
    cards: list[Card],
    tasks: list[Task],
    version: Literal["3.0", "4.0"],
    pictures: dict[str, bytes],
    events: bool,
) -> str:
    from cardscan.export import dump

    if target == "vcard":
        from cardscan.export import vcard

        return vcard.dump(cards, version, pictures)
    if target == "ics":
        from cardscan.export import ics

        return ics.dump(tasks, events)
    return dump(target, cards, tasks)


def _write(text: str, output: Path | None) -> None:
    """To a file, byte for byte; to a pipe as well; a terminal gets no control characters."""
    content = text.encode("utf-8", "replace")
    if output is not None and str(output) != "-":
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(content)
        except OSError as error:
            raise UsageError(f"{output}: cannot be written: {error.strerror}") from error
    elif sys.stdout.isatty():
        click.echo(safe(text.replace("\r\n", "\n"), keep="\n"), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _vcards(
    cards: list[Card], version: Literal["3.0", "4.0"], pictures: dict[str, bytes]
) -> dict[str, tuple[str, str]]:
    from cardscan.export import vcard
    from cardscan.export.person import people

    return {
        person.uid: (vcard.one(person, version, pictures.get(person.uid)), person.display) for person in people(cards)
    }


def _write_vdir(
    folder: Path,
    cards: list[Card],
    tasks: list[Task],
    version: Literal["3.0", "4.0"],
    pictures: dict[str, bytes],
    events: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    from cardscan.export import ics, vdir

    bodies = {uid: body for uid, (body, _) in _vcards(cards, version, pictures).items()}
    done = vdir.write(folder, bodies, "vcf", overwrite=overwrite)
    done += vdir.write(folder, {task.id: ics.one(task, events) for task in tasks}, "ics", overwrite=overwrite)
    for item in done:
        if item.outcome in ("kept", "removed"):
            what = "changed" if item.outcome == "kept" else "removed"
            click.echo(f"{safe(str(item.path))}: {what} by another program, left so (--overwrite writes it)", err=True)
    if not quiet:
        counts = {
            outcome: sum(item.outcome == outcome for item in done) for outcome in ("created", "updated", "unchanged")
        }
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()), err=True)


def _items(
    target: str,
    cards: list[Card],
    tasks: list[Task],
    version: Literal["3.0", "4.0"],
    pictures: dict[str, bytes],
    events: bool,
) -> list[Item]:
    from cardscan.export import ics
    from cardscan.push import Item

    if target == "vcard":
        return [Item(uid, body, title) for uid, (body, title) in _vcards(cards, version, pictures).items()]
    return [Item(task.id, ics.one(task, events), task.title) for task in tasks]


def _push(
    store: Store, url: str, items: list[Item], target: str, *, overwrite: bool, dry_run: bool, quiet: bool
) -> bool:  # fmt: skip
    """Send items, remember what the server took, and tell what it did not. Whether all went well."""
    from cardscan.push import Pushed, PushError, collection, credentials_for, plan, push

    credentials = credentials_for(url, os.environ)
    url = collection(url)
    known = {uid: Pushed(etag, digest) for uid, (etag, digest) in store.pushed(url).items()}
    if dry_run:
        for item, state in plan(items, known):
            click.echo(f"{state} {item.uid} {safe(item.title)}")
        if not quiet:
            click.echo("dry run: nothing was sent", err=True)
        return True
    counts: dict[str, int] = {}
    outcomes = push(url, items, known, credentials, "contacts" if target == "vcard" else "tasks", overwrite=overwrite)
    try:
        for outcome in outcomes:
            _remember(store, url, outcome, counts)
    except PushError:
        if counts and not quiet:
            click.echo(f"{_counted(counts)}, then:", err=True)
        raise
    if not quiet:
        click.echo(_counted(counts) or "nothing to send", err=True)
    return not {"conflict", "failed"} & counts.keys()


def _remember(store: Store, url: str, outcome: Outcome, counts: dict[str, int]) -> None:
    """Keep what the server holds now, count, and tell what was not sent."""
    counts[outcome.state] = counts.get(outcome.state, 0) + 1
    if outcome.pushed:
        store.put_pushed(url, outcome.item.uid, outcome.pushed.etag, outcome.pushed.digest)
    if outcome.message:
        click.echo(
            f"{outcome.state}: {safe(outcome.item.title or outcome.item.uid)}: {safe(outcome.message)}", err=True
        )


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))


def _pictures(cards: list[Card]) -> dict[str, bytes]:
    """Pictures of the cards by id; a photo that is gone is told and left out."""
    from cardscan.export.picture import jpeg

    found: dict[str, bytes] = {}
    for card in cards:
        if card.contact is None:
            continue
        try:
            found[card.id] = jpeg(card)
        except CardscanError as error:
            click.echo(f"no picture from {safe(card.source.path)}: {safe(str(error))}", err=True)
    return found
