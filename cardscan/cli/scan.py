"""`cardscan scan`: photos become contacts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.errors import UsageError
from cardscan.options import OcrOptions, ParseOptions, ScanOptions
from cardscan.terminal import columns_of, safe

if TYPE_CHECKING:
    from cardscan.batch import Outcome
    from cardscan.record import Card, ErrorLine

EXAMPLES = """\b
Examples:
  cardscan scan ~/Pictures/expo --event "Expo 2026" --place Lyon
  cardscan scan IMG_0012.jpg scans.pdf --region DE
  cardscan scan photos/ --format jsonl | jq -r '.contact.emails[].value'
  find . -name '*.heic' -print0 | cardscan scan -0 -
  cardscan scan --watch ~/Phone/Camera --quiet >> cards.jsonl

\b
A photo already read is shown from the store; --rescan reads it again (what
you reviewed stays). Ctrl-C keeps what is done; the next run goes on.
"""


@click.command("scan", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=str))
@click.option("-0", "nul", is_flag=True, help="With PATH -, paths on stdin are separated by NUL, not newline.")
@click.option("--event", metavar="NAME", help="Where you met these people, e.g. the fair.")
@click.option("--place", metavar="NAME", help="The town or venue.")
@click.option("--met-on", metavar="DATE", help="The day you met, e.g. 2026-04-20 (default: the photo's date).")
@click.option("--region", metavar="CC", help="Country that reads numbers printed without a prefix, e.g. DE.")
@click.option("--engine", type=click.Choice(["onnx", "tesseract"]), default="onnx", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Photos read at once (default: one a core).")
@click.option("--timeout", type=click.FloatRange(1), default=120.0, show_default=True, help="Seconds a photo may take.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=ParseOptions().min_confidence,
    show_default=True,
    help="A card with a value below this needs review.",
)
@click.option("--resume/--rescan", default=True, help="Skip photos already read (default), or read them again.")
@click.option("--merge/--no-merge", default=True, help="Make one contact of cards that surely are (default), or wait.")
@click.option("--watch", is_flag=True, help="Go on: read photos that arrive in the folders, until Ctrl-C.")
@click.option("--check", is_flag=True, help="Leave with exit code 3 when cards need review.")
@common_options("table", "jsonl", now=False)
def command(
    paths: tuple[str, ...],
    nul: bool,
    event: str | None,
    place: str | None,
    met_on: str | None,
    region: str | None,
    engine: str,
    jobs: int | None,
    timeout: float,
    min_confidence: float,
    resume: bool,
    merge: bool,
    watch: bool,
    check: bool,
    output_format: str | None,
    store_path: str | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Read photos of business cards into contacts.

    PATH is a photo (JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, PDF), a folder, which is searched with all its
    folders, or - for paths on stdin.
    """
    options = ScanOptions(
        ocr=OcrOptions(engine="tesseract" if engine == "tesseract" else "onnx"),
        parse=ParseOptions(region=_region(region), min_confidence=min_confidence),
        event=event,
        place=place,
        met_on=_day(met_on),
    )
    # The readers are heavy to import; a wrong option should not have to wait for them.
    from cardscan import batch
    from cardscan.cli import cardtable
    from cardscan.cli.pairing import SideFinder, merge_known

    named = list(_named(paths, nul))
    show = cardtable.printer(sys.stdout, no_color) if chosen_format(output_format) == "table" else _print_line
    counts = dict.fromkeys(("photos", "cards", "backs", "review", "errors", "empty", "known", "merged", "to_ask"), 0)
    with opened_store(store_path) as store:
        fresh: set[str] = set()

        def known(sha256: str) -> list[Card] | None:
            return store.cards_of(sha256) if (resume or sha256 in fresh) and store.has_photo(sha256) else None

        def kept(outcomes: Iterable[Outcome], advance: Callable[[], None]) -> Iterator[Outcome]:
            for outcome in outcomes:
                if outcome.error is None and outcome.fresh and outcome.sha256:
                    store.put_photo(outcome.sha256, outcome.cards)
                    fresh.add(outcome.sha256)
                seen.update(card.id for card in outcome.cards)
                advance()
                yield outcome

        seen: set[str] = set()  # known cards, too: a run that was killed may have left them unmerged
        sides = SideFinder(store, lambda: clock(None))
        rounds = batch.arriving(named) if watch else iter([list(batch.photo_paths(named))])
        for files in rounds:
            with _progress(len(files), quiet) as advance:
                outcomes = batch.read_photos(files, options, known, jobs=jobs or os.cpu_count() or 1, timeout=timeout)
                stored = kept(outcomes, advance)
                for outcome in sides.pass_through(stored) if merge else stored:
                    _count(outcome, counts)
                    _tell(outcome, show)
            if merge:
                merged = merge_known(store, seen, clock(None))
                counts["merged"] += merged.merged
                counts["to_ask"] = merged.to_ask
                seen.clear()
    if not quiet:
        click.echo(_summary(counts), err=True)
    if counts["errors"]:
        return 4
    return 3 if check and counts["review"] else 0


def _tell(outcome: Outcome, show: Callable[[Card | ErrorLine], None]) -> None:
    if outcome.error is not None:
        click.echo(safe(f"cardscan: {outcome.error.error.message}"), err=True)
        show(outcome.error)
    for card in outcome.cards:
        show(card)


def _print_line(line: Card | ErrorLine) -> None:
    click.echo(wire.dumps(line))


def _named(paths: tuple[str, ...], nul: bool) -> Iterator[str]:
    """The paths as given; for `-` those on stdin, whose bytes that are not UTF-8 stand as surrogate escapes."""
    for path in paths:
        if path == "-":
            data = sys.stdin.buffer.read()
            yield from (os.fsdecode(name) for name in data.split(b"\0" if nul else b"\n") if name)
        else:
            yield path


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr while photos are read; nothing where stderr is no terminal or silence was asked for."""
    if quiet or not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, width=columns_of(sys.stderr))
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Rows for a terminal go above the bar; a pipe's lines must not pass through it.
    redirect = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=redirect, redirect_stderr=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _count(outcome: Outcome, counts: dict[str, int]) -> None:
    counts["photos"] += 1
    counts["errors"] += outcome.error is not None
    counts["known"] += not outcome.fresh
    for card in outcome.cards:
        counts["cards"] += card.contact is not None and card.source.side != "back"
        counts["backs"] += card.source.side == "back"
        counts["empty"] += card.contact is None
        counts["review"] += card.review.status == "needs-review"


def _summary(counts: dict[str, int]) -> str:
    parts = [f"{counts['cards']} contacts from {counts['photos']} photos"]
    if counts["known"]:
        parts.append(f"{counts['known']} photos known already")
    if counts["backs"]:
        parts.append(f"{counts['backs']} backs put to their fronts")
    if counts["merged"]:
        parts.append(f"{counts['merged']} merged into contacts known (cardscan merge --all says why)")
    if counts["to_ask"]:
        parts.append(f"{counts['to_ask']} perhaps known (cardscan merge)")
    if counts["empty"]:
        parts.append(f"{counts['empty']} without a card")
    if counts["review"]:
        parts.append(f"{counts['review']} to review")
    if counts["errors"]:
        parts.append(f"{counts['errors']} could not be read")
    return ", ".join(parts)


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise UsageError(f"--met-on takes a date such as 2026-04-20, not {text!r}") from error


def _region(text: str | None) -> str | None:
    if text is None:
        return None
    import pycountry

    if len(text) != 2 or pycountry.countries.get(alpha_2=text.upper()) is None:
        raise UsageError(f"--region takes a country's two letters such as DE or US, not {text!r}")
    return text.upper()
