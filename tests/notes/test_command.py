"""`cardscan note` as a person or a script calls it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from cardscan import wire
from cardscan.cli import run
from cardscan.record import Card, Contact, Event, Source
from cardscan.store import Store


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def say(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put bytes on stdin, as a pipe does."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_each_argument_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    """Arguments give one line of facts each, in order, reckoned from --date."""
    assert run(["note", "--date", "2026-03-14", "--region", "US", "send pricing by Fri", "coffee wk of Apr 20"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["promises"] == [{"what": "send pricing", "due": "2026-03-20"}]
    assert second["meeting"] == {"kind": "coffee", "when": "2026-04-20", "until": "2026-04-24", "time": None}


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_stdin_holds_text_and_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:  # fmt: skip
    """Lines of stdin, with and without a `-`, may be text or JSON objects with their own day and country."""
    say(
        monkeypatch,
        'call by 3/4\n{"text": "call by 3/4", "reference_date": "2026-02-01", "region": "US"}\n'
        '{"text": "call by 3/4", "reference_date": "2026-02-01", "region": "DE"}\n',
    )
    assert run(["note", *arguments, "--now", "2026-02-01T10:00:00+00:00", "--region", "GB"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["promises"][0]["due"] for line in lines] == ["2026-04-03", "2026-03-04", "2026-04-03"]


def test_a_bad_line_is_accounted_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken JSON line gives an error line in its place, exit code 4, and the next line is still read."""
    say(monkeypatch, '{"text": \n{"text": 5}\n{"text": "x", "reference_date": "soon"}\nVIP\n')
    assert run(["note", "--date", "2026-03-14"]) == 4
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["schema"] for line in lines] == ["cardscan/error/1"] * 3 + ["cardscan/note/1"]
    assert lines[3]["priority"] is True


def test_a_note_is_kept_with_its_contact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--for adds the note to the card, reckoned from the day of meeting; what it says of the event goes first."""
    path = str(tmp_path / "store.sqlite3")
    with Store.open(path) as store:
        store.put_card(Card("c-1", Source("a.jpg"), Contact(), event=Event("Expo", None, "2026-03-14", "exif")))
    assert run(["note", "--for", "c-1", "--store", path, "met @ SXSW, call by Fri"]) == 0
    with Store.open(path) as store:
        card = store.card("c-1")
    assert card.notes[0].source == "typed"
    assert card.notes[0].facts.promises[0].due == "2026-03-20"
    assert (card.event.name, card.event.met_on, card.event.met_on_from) == ("SXSW", "2026-03-14", "exif")
    assert wire.loads(capsys.readouterr().out.splitlines()[0]) == card.notes[0].facts


def test_a_kept_note_is_reckoned_from_the_day_it_names(tmp_path: Path) -> None:
    """The day of meeting that a note names goes before the card's, for its other dates too; --date before both."""
    path = str(tmp_path / "store.sqlite3")
    with Store.open(path) as store:
        store.put_card(Card("c-1", Source("a.jpg"), Contact(), event=Event("Expo", None, "2026-03-14", "exif")))
    text = "met 2/10 @ SXSW, call by Tuesday"
    assert run(["note", "--for", "c-1", "--store", path, "--region", "US", text]) == 0
    assert run(["note", "--for", "c-1", "--store", path, "--region", "US", "--date", "2026-03-14", text]) == 0
    with Store.open(path) as store:
        first, second = store.card("c-1").notes
    assert (first.facts.met.date, first.facts.reference_date) == ("2026-02-10", "2026-02-10")
    assert first.facts.promises[0].due == "2026-02-17"
    assert second.facts.promises[0].due == "2026-03-17"


def test_an_impossible_date_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be taken as it stands is said, to people and to programs."""
    assert run(["note", "--format", "text", "--date", "2026-03-14", "--region", "US", "lunch on Feb 29 2029"]) == 0
    assert "unsure          Feb 29 2029: no such day" in capsys.readouterr().out
    assert run(["note", "--format", "jsonl", "--date", "2026-03-14", "--region", "US", "lunch on Feb 29 2029"]) == 0
    assert json.loads(capsys.readouterr().out)["unsure"] == ["Feb 29 2029: no such day"]


def test_a_summary_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """--format text says the facts in words, and shows no control characters of the note."""
    assert run(["note", "--format", "text", "--date", "2026-03-14", "\x1b★ send deck by Fri"]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "I promised      send deck  by 2026-03-20" in shown and "priority" in shown


@pytest.mark.parametrize("arguments", [["--date", "soon"], ["--region", "Germany"], ["--now", "later"]])
def test_wrong_options_are_usage_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A date or a country that is none is a usage error, said in words."""
    assert run(["note", *arguments, "call"]) == 2
    assert arguments[1] in capsys.readouterr().err
