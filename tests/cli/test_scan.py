"""`cardscan scan` as a person and as a pipe uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from cardscan import wire
from tests.flat_card import flat_card


def cardscan(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cardscan", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=300, env={**os.environ, **environment}
    )


def lines(output: bytes) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    """A folder with a good photo, a broken one and one without a card, scanned into a store."""
    folder = tmp_path_factory.mktemp("photos")
    flat_card(folder / "a.jpg", quality=90)
    (folder / "b.jpg").write_bytes((folder / "a.jpg").read_bytes()[:3000])
    done = cardscan(
        "scan", folder, "--store", folder.parent / "s.sqlite3", "--met-on", "2026-04-20", "--event", "Fair", "--jobs", 1
    )
    return folder, done


def test_every_input_is_accounted_for(scanned: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    """One line per card and one per unreadable file, each valid by its published schema; exit code 4 says so."""
    folder, done = scanned
    assert done.returncode == 4, done.stderr
    card, error = lines(done.stdout)
    jsonschema.validate(card, wire.json_schema("card"))
    jsonschema.validate(error, wire.json_schema("error"))
    assert card["contact"]["name"]["full"] == "Orla Fennick"
    assert card["contact"]["emails"][0]["value"] == "orla.fennick@brightwater-mills.co.uk"
    assert card["contact"]["phones"][0]["value"] == "+442079460958"
    assert card["event"] == {"name": "Fair", "place": None, "met_on": "2026-04-20", "met_on_from": "option"}
    assert error["source"]["path"] == str(folder / "b.jpg")
    assert str(folder / "b.jpg") in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_values_point_at_their_lines(scanned: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    """Each value names the lines it was read from, and each line lies inside the photo."""
    card = lines(scanned[1].stdout)[0]
    mail = card["contact"]["emails"][0]
    assert any("@" in card["lines"][index]["text"] for index in mail["lines"])
    for line in card["lines"]:
        assert all(-20 <= x <= 1070 and -20 <= y <= 620 for x, y in line["quad"])


def test_a_known_photo_comes_from_the_store(scanned: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    """The second scan prints the same card line without reading, and nothing of the folder was changed."""
    folder, first = scanned
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = cardscan("scan", folder / "a.jpg", "--store", folder.parent / "s.sqlite3", "--jobs", 1)
    assert again.returncode == 0
    assert lines(again.stdout) == lines(first.stdout)[:1]
    assert b"known already" in again.stderr
    assert before == {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_show_and_schema(scanned: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    """`show` finds the card by the start of its id and names the value; a wrong id is a usage error in words."""
    folder, done = scanned
    store = folder.parent / "s.sqlite3"
    card = lines(done.stdout)[0]
    shown = cardscan("show", card["id"][:6], "--store", store, "--format", "table")
    assert "Orla Fennick" in shown.stdout.decode()
    missing = cardscan("show", "c-none", "--store", store)
    assert missing.returncode == 2
    assert b"c-none" in missing.stderr


def test_paths_from_a_pipe_with_any_bytes(tmp_path: Path) -> None:
    """With -0 - paths are read NUL-separated; a name that is not UTF-8 comes back as the bytes it was."""
    plain = flat_card(tmp_path / "x.png")
    odd = os.fsdecode(os.fsencode(str(tmp_path)) + b"/caf\xe9 \n.png")
    Path(odd).write_bytes(plain.read_bytes())
    done = cardscan(
        "scan", "-0", "-", "--store", ":memory:", "--format", "jsonl", "--jobs", 1, stdin=os.fsencode(odd) + b"\0"
    )
    assert done.returncode == 0, done.stderr
    done.stdout.decode("utf-8")
    assert lines(done.stdout)[0]["source"]["path"] == odd


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--region", "Germany"], "two letters"),
        (["--met-on", "yesterday"], "2026-04-20"),
        (["--store", "/proc/nowhere/s.sqlite3"], "--store"),
    ],
)
def test_wrong_options_say_what_is_right(tmp_path: Path, arguments: list[str], said: str) -> None:
    """A wrong option is told in words with an example, before any photo is read."""
    done = cardscan("scan", flat_card(tmp_path / "a.png"), *arguments)
    assert done.returncode in (2, 6)
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves_ends_it_quietly(scanned: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    """`cardscan scan … | head -c 1` leaves no complaint behind."""
    folder, _ = scanned
    store = folder.parent / "s.sqlite3"
    command = f"{sys.executable} -m cardscan scan {folder}/a.jpg --store {store} --quiet --jobs 1 | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert done.stderr == b""


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed with SIGKILL half way and run again, the store ends as after an unbroken run, and no worker is left."""
    for number in range(12):
        flat_card(tmp_path / "photos" / f"{number:02}.png", f"Orla Fennick{number}")
    scan = ["scan", str(tmp_path / "photos"), "--met-on", "2026-04-20", "--jobs", "2", "--format", "jsonl"]
    broken = str(tmp_path / "broken.sqlite3")
    process = subprocess.Popen(
        [sys.executable, "-m", "cardscan", *scan, "--store", broken], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    again = cardscan(*scan, "--store", broken)
    assert b"known already" in again.stderr
    unbroken = cardscan(*scan, "--store", tmp_path / "unbroken.sqlite3")
    assert lines(again.stdout) == lines(unbroken.stdout)
    time.sleep(3)
    assert subprocess.run(["pgrep", "-f", f"{broken}"], capture_output=True, check=False).stdout == b""


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    """An interrupt ends the run at once with 130; what was printed is in the store."""
    for number in range(12):
        flat_card(tmp_path / "photos" / f"{number:02}.png", f"Orla Fennick{number}")
    store = tmp_path / "s.sqlite3"
    process = subprocess.Popen(
        [sys.executable, "-m", "cardscan", "scan", str(tmp_path / "photos"), "--store", str(store), "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert b"Traceback" not in errors
    shown = cardscan("show", first["id"], "--store", store, "--format", "jsonl")
    assert lines(shown.stdout)[0]["id"] == first["id"]
