"""`cardscan draft`: the words of a task as text, mail file or thank-you card; and a linter for any letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardscan.cli.common import clock, common_options, config_folder, opened_store
from cardscan.errors import InputError, UsageError
from cardscan.record import Card, Task
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.draft import Draft, Language
    from cardscan.draft.lettering import Face
    from cardscan.draft.paper import CardSize, PrintPage
    from cardscan.kinship import Folded
    from cardscan.settings import Settings

EXAMPLES = """\b
Examples:
  cardscan draft t-1f0c                                  the mail or outline, to read
  cardscan draft t-1f0c --fill topic="the new harbour"   with a blank filled in
  cardscan draft t-1f0c --to eml --output mail.eml       opens in a mail program
  cardscan draft t-1f0c --to pdf --card a6 > card.pdf    the thank-you card
  cardscan draft --all --to pdf --output cards.pdf       all of them, to be cut
  cardscan draft --all --to pdf --envelope > envelopes.pdf
  cardscan draft --lint letter.txt                       words that sell or press
  cardscan draft --lint letter.txt --check               the same, exit code 3 if there are any

\b
Own templates: put LANGUAGE/KIND.txt (for example en/email.txt) into the
folder `templates` of your configuration folder.
"""

PICTURES = ("svg", "pdf", "png")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked on the command line, for each of the drafts."""

    settings: Settings
    now: datetime
    language: Language | None
    fills: dict[str, str]
    quiet: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies ready to draft from: tasks to do, all tasks, cards by id with the notes of their backs; `failed` when
    lines on stdin could not be read.
    """

    wanted: list[Task]
    tasks: list[Task]
    cards: dict[str, Card] = field(default_factory=dict)
    failed: bool = False


@click.command("draft", epilog=EXAMPLES)
@click.argument("task_id", metavar="[TASK]", required=False)
@click.option("--to", "target", type=click.Choice(["txt", "eml", *PICTURES]), default="txt", show_default=True)
@click.option("--card", "size", type=click.Choice(["5x7", "a6"]), default="5x7", show_default=True, help="Card size.")
@click.option("--face", default="caveat", show_default=True, help="Handwriting face: caveat or kalam.")
@click.option("--ink", type=click.Choice(["blue-black", "blue", "black"]), default="blue-black", show_default=True)
@click.option("--lang", "language", type=click.Choice(["en", "de", "fr", "es", "it", "pt"]), help="Not the contact's.")
@click.option("--fill", "fills", metavar="BLANK=TEXT", multiple=True, help="Fill a blank of the draft; repeatable.")
@click.option("--attach", "attach", type=click.Path(path_type=Path), multiple=True, help="A file to go with --to eml.")
@click.option("--all", "every", is_flag=True, help="All open thank-you cards; pdf puts them on sheets to be cut.")
@click.option("--envelope", is_flag=True, help="The envelope in place of the card.")
@click.option("--output", type=click.Path(path_type=Path), help="A file, or a folder for --all.")
@click.option("--lint", "lint_path", metavar="FILE|-", help="Name the words of selling in a letter of your own.")
@click.option("--check", is_flag=True, help="Leave with exit code 3 when it is not fit to send yet.")
@common_options()
def command(
    task_id: str | None,
    target: str,
    size: CardSize,
    face: str,
    ink: str,
    language: Language | None,
    fills: tuple[str, ...],
    attach: tuple[Path, ...],
    every: bool,
    envelope: bool,
    output: Path | None,
    lint_path: str | None,
    check: bool,
    store_path: str | None,
    now: datetime | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Write the mail, the call outline or the thank-you card of a task.

    TASK is a task's id or its beginning; `-` takes task and card lines from stdin. What is not known stands in the
    draft as a [blank].
    """
    if lint_path is not None:
        found = _lint(lint_path, language)
        return 3 if check and found else 0
    if every == (task_id is not None):
        raise UsageError("name one TASK, or say --all for every open thank-you card")
    if attach and target != "eml":
        raise UsageError("--attach goes with --to eml")
    if envelope and target not in PICTURES:
        raise UsageError("--envelope goes with --to svg, pdf or png")
    from cardscan.draft.lettering import face_named
    from cardscan.settings import FILE_NAME, load, system_defaults

    hand = face_named(face)
    settings = load(config_folder() / FILE_NAME, system_defaults())
    request = Request(settings, clock(now, settings.zone), language, _fills(fills), quiet)
    desk = _desk(task_id, store_path)
    if target in PICTURES:
        pages, unready = _pages(desk, request, size, hand, ink, envelope, every)
        _write_pages(pages, target, size, output, sheet=every and not envelope)
        return 3 if check and unready else 0
    missing = unready = False
    for task in desk.wanted:
        try:
            draft = _draft(task, desk, request)
        except InputError as error:
            if task_id != "-":
                raise
            click.echo(safe(str(error)), err=True)
            missing = True
            continue
        _write(_content(draft, target, request, attach), output, task, many=len(desk.wanted) > 1)
        unready |= _tell(draft, quiet, shown=target == "txt" and output is None)
        unready |= target == "eml" and len(draft.attachments) > len(attach)
    return 4 if missing or desk.failed else 3 if check and unready else 0


def _draft(task: Task, desk: Desk, request: Request) -> Draft:
    from cardscan.draft import Sender, compose
    from cardscan.draft.language import language_of_country
    from cardscan.draft.slots import propose
    from cardscan.plan.whereabouts import known_zone, whereabouts_of
    from cardscan.record import Contact

    card = _card_of(task, desk)
    place = whereabouts_of(card.contact or Contact())
    meeting = next((note.facts.meeting for note in card.notes if note.facts.meeting), None)
    settings = request.settings
    retries = [other.id for other in desk.tasks if other.kind == "retry" and other.contact_id == task.contact_id]
    promised = [other for other in desk.tasks if other.contact_id == task.contact_id and other.promise]
    elsewhere = [other for other in promised if other.id not in (task.id, *task.closes)]
    met_since = sum(other.contact_id == task.contact_id and _was_meeting(other) for other in desk.tasks)
    templates = config_folder() / "templates"
    return compose(
        task,
        card,
        Sender.of(settings, language_of_country(settings.country)),
        request.now,
        slots=propose(place, meeting, settings, request.now),
        their_zone=known_zone(place.zone),
        my_zone=settings.zone,
        attempt=2 + (retries.index(task.id) if task.id in retries else 0),
        times_met=1 + met_since,
        again=any(
            (other.contact_id, other.kind, other.status) == (task.contact_id, task.kind, "done")
            for other in desk.tasks
            if other.id != task.id
        ),
        kept=[other.promise or "" for other in elsewhere if other.status not in ("open", "waiting")],
        later=[
            other.promise or "" for other in elsewhere if task.kind == "email" and other.status in ("open", "waiting")
        ],
        language=request.language,
        fills=request.fills,
        templates=templates if templates.is_dir() else None,
    )


def _was_meeting(task: Task) -> bool:
    """Whether two people met by this task: done, answered, and more than a proposal."""
    return task.kind == "meeting" and task.status == "done" and task.draft is None and task.answered is not False


def _card_of(task: Task, desk: Desk) -> Card:
    if task.contact_id is None:
        raise UsageError(f"{task.title!r} is about no single contact and needs no words")
    card = desk.cards.get(task.contact_id)
    if card is None:
        raise InputError(
            f"task {task.id}: the card {task.contact_id} is not in this store; pipe its card line in too",
            kind="not-found",
        )
    return card


def _desk(task_id: str | None, store_path: str | None) -> Desk:
    """Gather tasks and cards from the store, and from stdin for `-`."""
    from cardscan.cli.contacts import folded
    from cardscan.cli.pipe import Piped, piped

    given = piped() if task_id == "-" else Piped()
    if task_id == "-" and not given.tasks:
        raise InputError("no task lines on stdin; `cardscan plan --format jsonl` prints them", kind="empty")
    with opened_store(store_path) as store:
        contacts, tasks = folded(store, [*store.cards(), *given.cards]), store.tasks()
        if task_id == "-":
            wanted = [task for task in given.tasks if _has_words(task)]
        elif task_id is not None:
            wanted = [store.task(task_id)]
        else:
            wanted = [task for task in tasks if task.kind == "handwritten-note" and task.status in ("open", "waiting")]
    known = {task.id for task in tasks}
    return Desk(
        wanted, [*tasks, *(task for task in given.tasks if task.id not in known)], _by_id(contacts), given.failed
    )


def _has_words(task: Task) -> bool:
    from cardscan.draft import TEMPLATE_OF_KIND

    return task.contact_id is not None and task.status in ("open", "waiting") and task.kind in TEMPLATE_OF_KIND


def _by_id(contacts: Folded) -> dict[str, Card]:
    """The card of each contact, by its own id and those of the cards that went into it."""
    found = {card.id: card for card in contacts.cards}
    return found | {card_id: found[contact] for card_id, contact in contacts.contact_of.items() if contact in found}


def _fills(pairs: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not text.strip():
            raise UsageError(f"--fill takes BLANK=TEXT such as topic='the new harbour', not {pair!r}")
        found[key.strip()] = text
    return found


def _content(draft: Draft, target: str, request: Request, attach: Sequence[Path]) -> bytes:
    from cardscan.draft import Sender
    from cardscan.draft.mail import Attachment, as_mail, as_text

    if target == "txt":
        return as_text(draft).encode("utf-8")
    from mimetypes import guess_type

    parcels = []
    for path in attach:
        try:
            parcels.append(
                Attachment(path.name, path.read_bytes(), guess_type(path.name)[0] or "application/octet-stream")
            )
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}", kind="not-found") from error
    return as_mail(draft, Sender.of(request.settings), request.now, parcels)


def _pages(
    desk: Desk, request: Request, size: CardSize, hand: Face, ink: str, envelope: bool, every: bool
) -> tuple[dict[str, PrintPage], bool]:
    """A page per task, by task id, and whether one is not fit to send as it is.

    With --all, what cannot be written is told and left out.
    """
    from cardscan.draft import Sender
    from cardscan.draft.envelope import address_lines
    from cardscan.draft.layout import card_page, envelope_page

    sender = Sender.of(request.settings)
    pages: dict[str, PrintPage] = {}
    unready = False
    for task in desk.wanted:
        try:
            if envelope:
                address = address_lines(_card_of(task, desk), sender)
                page = envelope_page(address, sender.address, size, hand, seed=task.id, ink=ink)
            else:
                draft = _draft(task, desk, request)
                title = f"Thank-you card to {task.contact_name or draft.kind}"
                page = card_page(draft.body, size, hand, seed=task.id, ink=ink, title=title)
                about = f"{safe(task.contact_name or task.id)}: " if every else ""
                unready |= _tell(draft, request.quiet, shown=False, about=about)
        except UsageError as error:
            if not every:
                raise
            click.echo(f"left out {task.id}: {safe(str(error))}", err=True)
            continue
        for warning in page.warnings:
            click.echo(f"{task.id}: {safe(warning)}", err=True)
        pages[task.id] = page
    if not pages:
        raise UsageError("there is no open thank-you card to write; `cardscan plan` makes the tasks")
    return pages, unready


def _write_pages(pages: dict[str, PrintPage], target: str, size: CardSize, output: Path | None, sheet: bool) -> None:
    from cardscan.draft.ink import as_pdf, as_png, as_svg
    from cardscan.draft.paper import sheets

    if target == "pdf":
        printed = list(pages.values())
        _write(as_pdf(sheets(printed, size) if sheet else printed), output, None, many=False)
        return
    for task_id, page in pages.items():
        content = as_png(page) if target == "png" else as_svg(page).encode("utf-8")
        if len(pages) > 1:
            if output is None:
                raise UsageError(f"several {target} files need --output FOLDER")
            _save(content, output / _file_name(task_id, target))
        else:
            _write(content, output, None, many=False)


def _write(content: bytes, output: Path | None, task: Task | None, many: bool) -> None:
    """To the file, or stdout; a terminal is not fed binary data."""
    if output is not None and many and task is not None:
        _save(content, output / _file_name(task.id, "eml" if content.startswith(b"From:") else "txt"))
    elif output is not None and str(output) != "-":
        _save(content, output)
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if sys.stdout.isatty():
            if text is None:
                raise UsageError("a terminal cannot show this; say --output FILE")
            click.echo(safe(text, keep="\n"), nl=False)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()


def _file_name(task_id: str, ending: str) -> str:
    """A name that stays in its folder, whatever an id from a pipe holds."""
    return f"{re.sub(r'[^A-Za-z0-9-]', '_', task_id)[:80]}.{ending}"


def _save(content: bytes, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _tell(draft: Draft, quiet: bool, shown: bool, about: str = "") -> bool:
    """Say on stderr what is left to do by hand; return whether there are blanks, or words to think over."""
    from cardscan.draft import lint

    findings = lint(f"{draft.subject}\n{draft.body}", draft.language, draft.exempt)
    if quiet:
        return bool(draft.blanks or findings)
    for blank in draft.blanks:
        click.echo(f"{about}blank: {blank.key} [{safe(blank.hint)}] (--fill {blank.key}=…)", err=True)
    if not shown:
        for item in draft.attachments:
            click.echo(f"{about}attach: {safe(item)}", err=True)
    for finding in findings:
        click.echo(f"{about}think over: {safe(finding.word)!r} ({finding.rule}): {finding.why}", err=True)
    return bool(draft.blanks or findings)


def _lint(path: str, language: Language | None) -> int:
    """Print what the linter finds in a letter; return how many findings there are."""
    from cardscan.draft import lint

    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", kind="not-found") from error
    text = raw.decode("utf-8", "replace")
    findings = lint(text, language)
    for finding in findings:
        before = text[: finding.span[0]]
        line, column = before.count("\n") + 1, finding.span[0] - (before.rfind("\n") + 1) + 1
        click.echo(safe(f"{line}:{column} {finding.word}: {finding.why} ({finding.rule})"))
    return len(findings)
