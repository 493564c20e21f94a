"""Invented people for tests of the planner, and the command line as a person uses it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from cardscan import wire
from cardscan.cli import run
from cardscan.notes import read_note
from cardscan.record import (
    Address,
    Card,
    Contact,
    Email,
    Event,
    MetOnFrom,
    Name,
    Note,
    NoteFacts,
    Organization,
    Phone,
    Review,
    ReviewStatus,
    Social,
    Source,
    Task,
    Url,
)

SATURDAY = "2026-03-14"
BERLIN = Address("Hauptstr. 1, 10115 Berlin", "Hauptstr. 1", "Berlin", None, "10115", "DE")
SPRINGFIELD = Address("1 Main St, Springfield, IL 62701, USA", "1 Main St", "Springfield", "IL", "62701", "US")


def person(
    name: str = "Jane Doe", *, note: str | None = None, event: str | None = "SXSW", met_on: str | None = SATURDAY,
    met_from: MetOnFrom | None = "exif", taken: str | None = "18:22:00", email: bool = True,
    phone: str | None = "+12175550132", address: Address | None = SPRINGFIELD, url: str | None = None,
    social: str | None = None, status: ReviewStatus = "ok", **facts: Any,
) -> Card:  # fmt: skip
    """A card of an invented person; facts are those of one note (its words are `note`)."""
    given, _, family = name.rpartition(" ")
    handle = name.lower().replace(" ", ".")
    noted = (Note(note or "…", facts=NoteFacts(text=note or "…", **facts)),) if facts or note else ()
    return Card(
        id="c-" + sha1(name.encode(), usedforsecurity=False).hexdigest()[:12],
        source=Source(f"photos/{handle}.jpg", taken_at=f"{met_on}T{taken}" if taken and met_on else None),
        contact=Contact(
            name=Name(name, given=given or name, family=family),
            organizations=(Organization(f"{family} & Co"),),
            phones=(Phone(phone, phone, type="work", valid=True),) if phone else (),
            emails=(Email(f"{handle}@{family.lower()}.example"),) if email else (),
            addresses=(address,) if address else (),
            urls=(Url(url),) if url else (),
            social=(Social("linkedin", social, f"https://www.linkedin.com/in/{social}"),) if social else (),
        ),
        event=Event(event, None, met_on, met_from),
        notes=noted,
        review=Review(status),
    )


def scribbled(text: str, reference: str = SATURDAY) -> NoteFacts:
    """What the notes stage reads in a scribble."""
    return read_note(text, date.fromisoformat(reference), "US")


class CommandLine:
    """`cardscan` with a store and settings of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = folder / "store.sqlite3"
        self.config = folder / "config" / "cardscan"
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.code = 0
        self.err = ""
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.delenv("CARDSCAN_STORE", raising=False)
        self.settings('country = "US"\nregion = "TX"\ntime_zone = "America/Chicago"\n')

    def settings(self, text: str) -> None:
        """Write the settings file."""
        self.config.mkdir(parents=True, exist_ok=True)
        (self.config / "settings.toml").write_text(text, encoding="utf-8")

    def __call__(self, *arguments: str, stdin: str = "") -> str:
        """Run a command and return what it printed; its exit code and messages are kept."""
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        self._capsys.readouterr()
        self.code = run([*arguments, "--store", str(self.store)] if arguments[0] != "init" else [*arguments])
        out, self.err = self._capsys.readouterr()
        return out

    def plan(self, cards: Sequence[Card] = (), *options: str, now: str = "2026-03-15T08:00") -> list[Task]:
        """Plan these cards, or those of the store."""
        lines = "".join(wire.dumps(card) + "\n" for card in cards)
        out = self("plan", *(["-"] if cards else []), "--now", now, "--format", "jsonl", *options, stdin=lines)
        assert self.code == 0, self.err
        return tasks_in(out)

    def agenda(self, *options: str, now: str) -> list[Task]:
        """The agenda as tasks."""
        out = self("tasks", "--now", now, "--format", "jsonl", *options)
        assert self.code == 0, self.err
        return tasks_in(out)

    def done(self, *tasks: Task, now: str, options: Sequence[str] = ()) -> None:
        """Mark tasks as done."""
        self("tasks", "done", *(task.id for task in tasks), "--now", now, *options)
        assert self.code == 0, self.err

    def log(self, name: str, text: str, *options: str, now: str) -> None:
        """Record contact outside the plan."""
        self("tasks", "log", name, text, "--now", now, *options)
        assert self.code == 0, self.err

    def stats(self, now: str = "2026-03-20T12:00") -> dict[str, Any]:
        """The rates."""
        found = json.loads(self("stats", "--now", now, "--format", "json"))
        assert isinstance(found, dict)
        return found


def tasks_in(text: str) -> list[Task]:
    """Task lines as records."""
    found = [wire.loads(line) for line in text.splitlines()]
    return [task for task in found if isinstance(task, Task)]


def only(tasks: Sequence[Task], kind: str | None = None, name: str | None = None, **values: Any) -> list[Task]:
    """The tasks of a kind, of a person, or with other values."""
    return [
        task
        for task in tasks
        if (kind is None or task.kind == kind)
        and (name is None or task.contact_name == name)
        and all(getattr(task, key) == value for key, value in values.items())
    ]


def one(tasks: Sequence[Task], kind: str, name: str | None = None, **values: Any) -> Task:
    """The one task of that kind."""
    found = only(tasks, kind, name, **values)
    assert len(found) == 1, [task.title for task in found]
    return found[0]


def at(text: str | None) -> datetime:
    """A task's date-time."""
    assert text is not None
    return datetime.fromisoformat(text)
