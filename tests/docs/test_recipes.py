"""The recipes are true: each command of docs/recipes.md runs, with the programs it names, as a reader would type it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cardscan.record import Task
from cardscan.store import Store
from tests.flat_card import flat_card
from tests.people import JANE, SHOP
from tests.push.conftest import Server, server

__all__ = ["server"]
ROOT = Path(__file__).resolve().parents[2]
RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
TESTED = {
    "jq", "khard", "todoman", "khal", "Taskwarrior", "mutt", "A CardDAV or CalDAV server", "sqlite-utils and Datasette",
    "Watch the folder the phone syncs to", "Shell completion",
}  # fmt: skip
NOW = datetime.now(UTC)
CALL = Task(
    "t-now", "c-jane", "Jane Doe", "combined", "call", "Call Jane Doe", due=(NOW + timedelta(days=2)).isoformat(),
    start=(NOW + timedelta(days=1)).isoformat(),
)  # fmt: skip


def section(name: str) -> str:
    """One recipe."""
    found = re.search(rf"^## {re.escape(name)}(?: \([^\n]*\))?\n(.*?)(?=^## |\Z)", RECIPES, re.M | re.S)
    assert found is not None, name
    return found[1]


def commands(name: str) -> str:
    """The shell lines of a recipe."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", section(name), re.M | re.S))


def files(name: str) -> dict[str, str]:
    """The files that a recipe tells to write: what stands in the block after each path below the home folder."""
    found = re.findall(r"`(~/[^`\n]+)`:\n\n```\w+\n(.*?)^```", section(name), re.M | re.S)
    return {path.removeprefix("~/"): text for path, text in found}


@dataclass(frozen=True)
class Home:
    """A home folder with a store, photos and `cardscan` in `~/.local/bin`."""

    path: Path
    environment: dict[str, str]

    def run(self, script: str, **more: str) -> str:
        """Run lines of bash that stop at the first failure, and give what they print."""
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.path, env={**self.environment, **more}, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
        return run.stdout

    def write(self, name: str) -> None:
        """Write the files of a recipe."""
        for path, text in files(name).items():
            (self.path / path).parent.mkdir(parents=True, exist_ok=True)
            (self.path / path).write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home folder of a person with two contacts and a task."""
    program = tmp_path / ".local" / "bin" / "cardscan"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cardscan "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {"HOME": str(tmp_path), "PATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm"}
    with Store.open(str(tmp_path / ".local" / "share" / "cardscan" / "cardscan.sqlite3")) as store:
        store.put_card(JANE, SHOP)
        store.put_tasks([CALL, replace(CALL, id="t-free", title="Write to Jane Doe", start=None)])
    return Home(tmp_path, environment)


def test_every_recipe_has_its_test() -> None:
    """A recipe that is added needs a test of its own."""
    assert set(re.findall(r"^## (.*?)(?: \(.*\))?$", RECIPES, re.M)) == TESTED


@pytest.mark.slow
@pytest.mark.needs("jq")
def test_jq(home: Home) -> None:
    """A row for the card, an id with reasons for the doubtful one, the path of the file that is no photo."""
    flat_card(home.path / "photos" / "one.png")
    (home.path / "photos" / "two.jpg").write_text("no photo")
    lines = [line for line in commands("jq").splitlines() if line]
    assert len(lines) == 3
    printed = [home.run(f"{{ {line.replace(' | jq', ' || [ $? = 4 ]; } | jq', 1)}") for line in lines]
    assert "Orla Fennick" in printed[0] and printed[0].count("\n") == 1
    assert [json.loads(line).keys() for line in printed[1].splitlines()] in ([], [{"id", "reasons"}])
    assert printed[2] == "photos/two.jpg\n"


def test_khard(home: Home) -> None:
    """khard lists both contacts."""
    home.write("khard")
    assert {"Jane Q. Doe", "Bäckerei Sonnenkorn"} <= found(
        home.run(commands("khard")), "Jane Q. Doe", "Bäckerei Sonnenkorn"
    )


def test_todoman_and_khal_keep_to_their_folders(home: Home) -> None:
    """todoman lists each task once, also after khal's folder is written; khal shows the one with a slot."""
    for name in ("todoman", "khal"):
        home.write(name)
    home.run(commands("todoman"))
    week = home.run(commands("khal"))
    todos = home.run("todo list")
    assert todos.count("Call Jane Doe") == todos.count("Write to Jane Doe") == 1
    assert "Call Jane Doe" in week and "Write to" not in week


@pytest.mark.needs("task")
def test_taskwarrior(home: Home) -> None:
    """The plan goes in, a second time as well."""
    rc = home.path / "taskrc"
    rc.write_text("confirmation=off\n")
    script = commands("Taskwarrior")
    once, again = (
        home.run(f"{script}\ntask count", TASKRC=str(rc), TASKDATA=str(home.path / "task")).split()[-1] for _ in "12"
    )
    assert int(once) > 5 and once == again


@pytest.mark.needs("mutt")
def test_mutt(home: Home) -> None:
    """mutt knows the alias."""
    assert "jane.doe@acme.example" in home.run(
        commands("mutt") + "\nmutt -A dr.-jane-q.-doe-phd || mutt -A dr-jane-q-doe-phd"
    )


DRAWER = '''
import json
import pathlib
from keyring.backend import KeyringBackend

PATH = pathlib.Path(__file__).with_name("drawer.json")


class Drawer(KeyringBackend):
    """A keyring in a file, as the desktop's would be behind its own door."""

    priority = 1

    def get_password(self, service, username):
        return json.loads(PATH.read_text()).get(f"{service} {username}") if PATH.exists() else None

    def set_password(self, service, username, password):
        PATH.write_text(json.dumps({f"{service} {username}": password}))

    def delete_password(self, service, username):
        PATH.unlink()
'''


def test_a_server_with_the_password_in_the_keyring(home: Home, server: Server) -> None:
    """As the recipe has it, but for the address: `keyring set`, a dry run, then contacts and tasks."""
    (home.path / "drawer.py").write_text(DRAWER)
    more = {"PYTHON_KEYRING_BACKEND": "drawer.Drawer", "PYTHONPATH": str(home.path)}
    script = commands("A CardDAV or CalDAV server")
    tasks = re.search(r"`(cardscan export --to ics --push \S+)`", section("A CardDAV or CalDAV server"))
    assert tasks is not None
    script = f"{script}\n{tasks[1]}\n".replace("https://dav.example.org/", server.root).replace(
        "dav.example.org", "127.0.0.1"
    )
    script = re.sub(r"^(keyring set .*)$", rf"\1 <<< '{server.password}'", script, flags=re.M)
    printed = home.run(script, **more)
    assert "created c-jane" in printed
    assert "FN:Dr. Jane" in server.request("GET", f"{server.contacts}c-jane.vcf")[2]
    assert "SUMMARY:Call Jane Doe" in server.request("GET", f"{server.tasks}t-now.ics")[2]


def test_sqlite_utils_and_datasette(home: Home) -> None:
    """Both contacts are rows, also after a second run; the query shows name and firm; Datasette serves the table."""
    upsert, query, serve = [line for line in commands("sqlite-utils and Datasette").splitlines() if line]
    home.run(f"{upsert}\n{upsert}")
    assert {"Jane", "Acme"} <= found(home.run(query), "Jane", "Acme")
    with sqlite3.connect(home.path / "cards.db") as held:
        assert held.execute("select count(*) from cards").fetchone() == (2,)
    rows = json.loads(home.run(f"{serve} --get '/cards/cards.json?_shape=array'"))
    assert [row["id"] for row in rows] == ["c-jane", "c-shop"]


WATCH = "Watch the folder the phone syncs to"


@pytest.mark.needs("systemd-analyze")
def test_systemd_takes_the_units(home: Home) -> None:
    """`systemd-analyze verify` finds nothing to say about any unit, and says it when a word in one is misspelt."""
    home.write(WATCH)
    folder = home.path / ".config" / "systemd" / "user"
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["cardscan-once.path", "cardscan-once.service", "cardscan-once.timer", "cardscan.service"]

    def verdict() -> str:
        run = subprocess.run(
            ["systemd-analyze", "--user", "verify", *names],
            cwd=folder, env={**home.environment, "XDG_RUNTIME_DIR": str(home.path), "SYSTEMD_UNIT_PATH": f"{folder}:"},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return "\n".join(line for line in (run.stdout + run.stderr).splitlines() if "cardscan" in line)

    assert verdict() == ""
    unit = folder / "cardscan.service"
    unit.write_text(unit.read_text().replace("Restart=", "Restrat="))
    assert "Restrat" in verdict()


class Unit(configparser.RawConfigParser):
    """A unit file: unlike an ini file's, its keys keep their case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.mark.slow
def test_the_service_reads_what_arrives(home: Home) -> None:
    """The service's own command, started as systemd would, reads a photo that arrives, and ends when it is told to."""
    unit = Unit(strict=False)
    unit.read_string(files(WATCH)[".config/systemd/user/cardscan.service"])
    line = unit["Service"]["ExecStart"].replace("%h", str(home.path))
    flat_card(home.path / "Sync" / "Camera" / "one.png")
    environment = {"HOME": str(home.path), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(shlex.split(line), env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["contact"]["name"]["full"] == "Orla Fennick"
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) in (-signal.SIGTERM, 130, 143)


@pytest.mark.slow
def test_cron_runs_its_line(home: Home) -> None:
    """The line runs as cron runs it: /bin/sh, cron's short path, no other variable; twice is once."""
    found_line = re.search(r"^```crontab\n(.*)\n```", section(WATCH), re.M)
    assert found_line is not None
    *when, line = found_line[1].split(None, 5)
    assert [bool(re.fullmatch(r"[*/0-9]+", part)) for part in when] == [True] * 5
    assert "%" not in line, "cron makes line ends of them"
    flat_card(home.path / "Sync" / "Camera" / "one.png")
    environment = {"HOME": str(home.path), "LOGNAME": "ada", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    for _ in "12":
        run = subprocess.run(
            ["/bin/sh", "-c", line], env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    with Store.open(str(home.path / ".local" / "share" / "cardscan" / "cardscan.sqlite3")) as store:
        names = [card.contact.name.full for card in store.cards() if card.contact and card.contact.name]
    assert names.count("Orla Fennick") == 1


@pytest.mark.slow
def test_watching_into_a_file(home: Home) -> None:
    """The first line of the recipe appends each card to a file."""
    flat_card(home.path / "Sync" / "Camera" / "one.png")
    held = home.path / "cards.jsonl"
    script = f"timeout -s INT 120 {commands(WATCH).strip()}"
    with subprocess.Popen(["bash", "-c", f"exec {script}"], env=home.environment, cwd=home.path) as running:
        wait(lambda: held.exists() and held.read_text().endswith("\n"))
        running.send_signal(signal.SIGTERM)
        running.wait(60)
    assert json.loads(held.read_text())["contact"]["name"]["full"] == "Orla Fennick"


@pytest.mark.needs("zsh", "fish")
def test_shell_completion(home: Home) -> None:
    """Each shell takes its line without complaint."""
    bash, zsh, fish = (line.partition("  ")[0] for line in commands("Shell completion").splitlines() if line)
    home.run(f"{bash}\ncomplete -p cardscan")
    home.run(f"zsh -fc {shlex.quote(f'autoload -U compinit; compinit -u; {zsh}; [[ -n $_comps[cardscan] ]]')}")
    asked = f"{fish}; complete -C 'cardscan rev'"
    assert "review" in home.run(f"fish -c {shlex.quote(asked)}")


def found(text: str, *wanted: str) -> set[str]:
    """Which of the words stand in a text."""
    return {word for word in wanted if word in text}


def wait(until: Callable[[], bool]) -> None:
    """Wait for something, for two minutes at most."""
    for _ in range(1200):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")
