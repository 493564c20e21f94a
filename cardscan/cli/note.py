"""`cardscan note`: text of notes to facts, one set of facts per note, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.errors import InputError, UsageError
from cardscan.record import Card, ErrorDetail, ErrorLine, Event, Note, NoteFacts, Source
from cardscan.terminal import color_wanted, safe

if TYPE_CHECKING:
    from cardscan.store import Store

EXAMPLES = """\b
Examples:
  cardscan note "Met @ SXSW - send pricing by Fri"
  cardscan note --date 2026-03-14 --region US < notes.txt
  cardscan note --for c-5f0c "hit it off, coffee wk of Apr 20"
  echo '{"text": "call 3/4", "reference_date": "2026-02-01", "region": "US"}' | cardscan note
"""
UNREADABLE: Final = 4
LONGEST_NOTE: Final = 100_000
"""Characters; a longer line is no note, and is answered with an error line."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note to read: its text, and the day and country it was said to be written on and in (None: not said)."""

    text: str
    reference: date | None = None
    region: str | None = None


@click.command("note", epilog=EXAMPLES)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--for", "card_id", metavar="ID", help="Keep the notes with this contact of the store (its id's start).")
@click.option("--date", "day", metavar="ISO-DATE", help="The day the notes were written (default: today).")
@click.option("--region", metavar="CC", help="Your country: decides whether 3/4 is in March or April.")
@common_options("text", "jsonl")
def command(
    texts: tuple[str, ...], card_id: str | None, day: str | None, region: str | None, now: datetime | None,
    store_path: str | None, output_format: str | None, quiet: bool, no_color: bool, no_input: bool,
) -> int:  # fmt: skip
    """Turn what was scribbled into facts: promises, offers, meetings, where you met.

    Each TEXT is one note; without one, or with -, notes come from stdin, one a line, as text or as a JSON object with
    `text`, `reference_date` and `region`.
    """
    from cardscan.cli.planning import user_settings

    settings = user_settings()
    said = _date(day, "--date") if day else None
    today = clock(now, settings.zone).date()
    place = _region(region, "--region") if region else settings.country
    as_lines = chosen_format(output_format, on_terminal="text") == "jsonl"
    color = color_wanted(sys.stdout, no_color)
    written = map(Written, texts) if texts not in ((), ("-",)) else _asked(no_input, card_id)
    if card_id is not None:
        with opened_store(store_path) as store:
            kept, failed = _keep(store, card_id, written, said, today, place)
        _show(kept, as_lines, color)
        if kept and not quiet:
            click.echo("kept; `cardscan plan` makes tasks of it", err=True)
        return UNREADABLE if failed else 0
    return _print(written, said or today, place, as_lines, color)


def _print(
    written: Iterator[Written | ErrorLine], reference: date, region: str | None, as_lines: bool, color: bool
) -> int:
    """Print the facts of each note as soon as they are read."""
    code = 0
    for one in written:
        if isinstance(one, ErrorLine):
            code = UNREADABLE
            _complain(one, as_lines)
        else:
            _show([_facts(one, one.reference or reference, region)], as_lines, color)
    return code


def _keep(
    store: Store,
    card_id: str,
    written: Iterator[Written | ErrorLine],
    said: date | None,
    today: date,
    region: str | None,
) -> tuple[list[NoteFacts], bool]:
    """Add notes to a card.

    Dates are reckoned from the day the note was said to be written, else from the day of meeting that the note names
    itself, else from the card's.
    """
    card = store.card(card_id)
    kept: list[NoteFacts] = []
    failed = False
    for one in written:
        if isinstance(one, ErrorLine):
            failed = True
            _complain(one, as_lines=False)
            continue
        met_on = date.fromisoformat(card.event.met_on) if card.event.met_on else today
        written_on = one.reference or said
        facts = _facts(one, written_on or met_on, region)
        if written_on is None and facts.met.date and facts.met.date != met_on.isoformat():
            # "met 3/2, call by Tue" was written that day; where we met stays as it was first read.
            met = facts.met
            facts = replace(_facts(one, date.fromisoformat(facts.met.date), region), met=met)
        card = _with_note(card, facts)
        kept.append(facts)
    if kept:
        store.put_card(card)
    return kept, failed


def _with_note(card: Card, facts: NoteFacts) -> Card:
    """The card with one more note; where the note says where and when we met, it goes before what was known."""
    met = facts.met
    event = Event(
        met.event or card.event.name,
        met.place or card.event.place,
        met.date or card.event.met_on,
        "note" if met.date else card.event.met_on_from,
    )
    return replace(card, event=event, notes=(*card.notes, Note(facts.text, "typed", 1.0, (), facts)))


def _facts(one: Written, reference: date, region: str | None) -> NoteFacts:
    from cardscan.notes import read_note

    return read_note(one.text, reference, one.region or region)


def _asked(no_input: bool, card_id: str | None) -> Iterator[Written | ErrorLine]:
    """Notes from stdin; on a terminal the person is asked for them, one a line."""
    if sys.stdin.isatty():
        if no_input:
            raise UsageError('nothing to read: cardscan note "TEXT", or notes on stdin')
        whom = f" for {card_id}" if card_id else ""
        click.echo(f"Notes{whom}, one a line; end with Ctrl-D:", err=True)
    for number, raw in enumerate(sys.stdin.buffer):
        line = raw.decode("utf-8", errors="replace").strip("\r\n").removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            yield _parsed(line)
        except InputError as error:
            yield ErrorLine(Source("-", index=number), ErrorDetail(error.kind, f"line {number + 1}: {error}"))


def _parsed(line: str) -> Written:
    """A line of stdin: a JSON object, or plain text."""
    if len(line) > LONGEST_NOTE:
        raise InputError(f"longer than {LONGEST_NOTE:,} characters", kind="too-large")
    if not line.lstrip().startswith("{"):
        return Written(line)
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not a JSON object: {error}", kind="invalid-record") from error
    text = data.get("text")
    if not isinstance(text, str):
        raise InputError('its "text" is missing or no string', kind="invalid-record")
    try:
        day = data.get("reference_date")
        region = data.get("region")
        return Written(
            text,
            _date(str(day), "reference_date") if day is not None else None,
            _region(str(region), "region") if region is not None else None,
        )
    except UsageError as error:
        raise InputError(str(error), kind="invalid-record") from error


def _date(value: str, name: str) -> date:
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value).date()
    except ValueError as error:
        raise UsageError(f"{name} takes an ISO date such as 2026-04-20, not {value!r}") from error


def _region(value: str, name: str) -> str:
    if len(value) != 2 or not value.isascii() or not value.isalpha():
        raise UsageError(f"{name} takes an ISO country code such as US or DE, not {value!r}")
    return value.upper()


def _complain(error: ErrorLine, as_lines: bool) -> None:
    """An error line where data goes, and a word on stderr."""
    if as_lines:
        click.echo(wire.dumps(error))
    click.echo("cardscan: " + safe(error.error.message), err=True)


def _show(every: list[NoteFacts], as_lines: bool, color: bool) -> None:
    for facts in every:
        if as_lines:
            click.echo(wire.dumps(facts))
            continue
        title = safe(" / ".join(facts.text.splitlines()))
        click.echo(click.style(title, bold=True) if color else title)
        rows = list(_rows(facts))
        for label, value in rows or [("", "no facts")]:
            click.echo(f"  {label:<15} {safe(value)}")


def _rows(facts: NoteFacts) -> Iterator[tuple[str, str]]:
    """A person's view of the facts, the most pressing first."""
    marks = [word for word, said in (("priority", facts.priority), ("hit it off", facts.hit_it_off)) if said]
    if marks:
        yield "marked", ", ".join(marks)
    met = ", ".join(filter(None, (facts.met.event, facts.met.place, facts.met.date)))
    if met:
        yield "met", met
    for promise in facts.promises:
        yield "I promised", promise.what + (f"  by {promise.due}" if promise.due else "")
    for offer in facts.offers:
        yield "they offered", offer.what + (f"  by {offer.due}" if offer.due else "")
    if facts.meeting:
        days = " to ".join(filter(None, (facts.meeting.when, facts.meeting.until)))
        yield "meeting", " ".join(filter(None, (facts.meeting.kind, days, facts.meeting.time)))
    if facts.referral:
        yield ("ask to meet" if facts.referral.ask else "introduction"), facts.referral.who
    if facts.decision_maker is not None:
        yield "decides", "yes" if facts.decision_maker else "no"
    for label, value in (
        ("gatekeeper", facts.gatekeeper or ""),
        ("strategy", facts.strategy or ""),
        ("interests", ", ".join(facts.interests)),
        ("talked about", ", ".join(facts.topics)),
        ("unsure", "; ".join(facts.unsure)),
    ):
        if value:
            yield label, value
