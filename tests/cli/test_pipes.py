"""Commands in pipes: what one prints the next reads, a reader that leaves is no error, and a watched folder goes on."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import icalendar
import pytest

from cardscan.store import Store
from tests.flat_card import flat_card
from tests.people import JANE, SHOP, TASKS

CARDSCAN = [sys.executable, "-m", "cardscan"]
NOW = ["--now", "2026-04-20T18:00:00+00:00"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two cards and their tasks."""
    path = tmp_path / "store.sqlite3"
    with Store.open(str(path)) as opened:
        opened.put_card(JANE)
        opened.put_card(SHOP)
        opened.put_tasks(TASKS)
    return path


def test_photo_to_calendar_in_one_pipe(tmp_path: Path) -> None:
    """`scan … | plan - | export --to ics -`: nothing on stderr, and each task of the person is in the calendar."""
    photo = flat_card(tmp_path / "card.png")
    environment = {**os.environ, "CARDSCAN_STORE": str(tmp_path / "store.sqlite3")}
    cardscan = shlex.join(CARDSCAN)
    script = (
        f"set -o pipefail; {cardscan} scan {photo} --met-on 2026-04-20 --format jsonl --quiet --jobs 1"
        f" | tee cards.jsonl | {cardscan} plan - {shlex.join(NOW)} --quiet | tee tasks.jsonl"
        f" | {cardscan} export --to ics - > tasks.ics"
    )
    run = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert (run.returncode, run.stderr) == (0, "")
    tasks = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text("utf-8").splitlines()]
    todos = icalendar.Calendar.from_ical((tmp_path / "tasks.ics").read_bytes()).todos
    assert len(tasks) > 3
    assert [str(todo["UID"]) for todo in todos] == [task["id"] for task in tasks]
    assert any("Orla Fennick" in str(todo["SUMMARY"]) for todo in todos)


@pytest.mark.parametrize(
    "command",
    [
        ["export", "--to", "jsonl"], ["export", "--to", "vcard"], ["export", "--to", "taskwarrior"], ["show", "c-jane"],
        ["plan", *NOW], ["tasks", *NOW], ["stats", *NOW], ["report", "--output", "-", *NOW], ["review", "--all"],
    ],
    ids=lambda command: " ".join(command[:3]),
)  # fmt: skip
def test_a_reader_that_leaves_is_no_error(store: Path, command: Sequence[str]) -> None:
    """Whatever prints into a pipe that nobody reads any more ends with code 0 and says nothing."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        run = subprocess.run(
            [*CARDSCAN, *command, "--store", str(store), "--quiet"],
            stdin=subprocess.DEVNULL, stdout=gone, stderr=subprocess.PIPE, check=False, timeout=300,
        )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (["show", "-", "--format", "table"], ("c-jane  photos/jane.jpg", "c-shop  photos/shop.jpg", "VP Operations")),
        (["stats", "-", "--format", "table", *NOW], ("SXSW, Austin; 2026", "Messe", "All")),
        (["report", "-", "--output", "-", *NOW], ("Dr. Jane Q. Doe, PhD", "Mail Jane Doe; ask, listen")),
        (["export", "-", "--to", "markdown"], ("## Dr. Jane Q. Doe, PhD", "Mail Jane Doe")),
        (["draft", "-", *NOW], ("Dear Dr. Jane Doe",)),
        (["plan", "-", "--format", "table", *NOW], ("Jane",)),
    ],
    ids=lambda command: command[0],
)
def test_what_export_prints_is_read_by_the_others(
    store: Path, command: list[str], wanted: tuple[str, ...]
) -> None:  # fmt: skip
    """Card and task lines of one store are what another command works on that has none."""
    lines = subprocess.run(
        [*CARDSCAN, "export", "--to", "jsonl", "--only", "contacts", "--only", "tasks", "--store", str(store)],
        capture_output=True, check=True, timeout=300,
    ).stdout  # fmt: skip
    run = subprocess.run(
        [*CARDSCAN, *command, "--store", ":memory:", "--quiet"],
        input=lines,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert [text for text in wanted if text not in run.stdout.decode()] == []


@pytest.mark.parametrize(
    "command",
    [
        ["show", "-"],
        ["stats", "-"],
        ["report", "-", "--output", "-"],
        ["export", "-", "--to", "csv"],
        ["plan", "-"],
        ["draft", "-"],
    ],
)
def test_a_line_that_is_none_is_told(command: list[str]) -> None:
    """It is named by its number, the others are worked on, and the code is 4."""
    run = subprocess.run(
        [*CARDSCAN, *command, "--store", ":memory:"], input=b"no line\n", capture_output=True, check=False, timeout=300
    )
    assert run.returncode == 4
    assert run.stderr.startswith(b"cardscan: line 1: ")


def test_the_order_is_always_the_same(store: Path) -> None:
    """Two runs print the same bytes: cards in the order they came, tasks in theirs."""
    command = [*CARDSCAN, "export", "--to", "jsonl", "--only", "contacts", "--only", "tasks", "--store", str(store)]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    ids = [json.loads(line)["id"] for line in first.splitlines()]
    assert ids[:2] == ["c-jane", "c-shop"]
    assert set(ids[2:]) == {task.id for task in TASKS}


def test_a_watched_folder_goes_on(tmp_path: Path) -> None:
    """`scan --watch` reads what is there, then what arrives, each once and whole; Ctrl-C ends it with code 130."""
    folder = tmp_path / "camera"
    flat_card(folder / "1.png")
    command = [
        *CARDSCAN, "scan", "--watch", str(folder), "--quiet", "--jobs", "1", "--store", str(tmp_path / "s.sqlite3"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        assert first["contact"]["name"]["full"] == "Orla Fennick"
        whole = flat_card(tmp_path / "2.png", "Bram Oosting").read_bytes()
        with (folder / "2.png").open("wb") as slow:  # as a phone's sync writes it: in pieces
            for start in range(0, len(whole), len(whole) // 3):
                slow.write(whole[start : start + len(whole) // 3])
                slow.flush()
        second = json.loads(running.stdout.readline())
        assert (second["contact"]["name"]["full"], second["source"]["path"]) == ("Bram Oosting", str(folder / "2.png"))
        running.send_signal(signal.SIGINT)
        assert running.stdout.read() == ""
        assert running.wait(60) == 130
    with Store.open(str(tmp_path / "s.sqlite3")) as opened:
        assert len(list(opened.cards())) == 2
