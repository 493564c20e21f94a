"""vdir folders: read by khard and todoman, written whole, other programs' edits kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cardscan.errors import InputError
from cardscan.export import ics, vcard, vdir
from cardscan.export.person import people
from tests.people import JANE, SHOP, TASKS


def contacts() -> dict[str, str]:
    """The sample people as vCards."""
    return {person.uid: vcard.one(person) for person in people([JANE, SHOP])}


def outcomes(written: list[vdir.Written]) -> dict[str, str]:
    """Outcomes by UID."""
    return {item.uid: item.outcome for item in written}


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """The first run creates, the second leaves every file as it is, a changed item is updated."""
    assert outcomes(vdir.write(tmp_path, contacts(), "vcf")) == {"c-jane": "created", "c-shop": "created"}
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.vcf")}
    assert set(outcomes(vdir.write(tmp_path, contacts(), "vcf")).values()) == {"unchanged"}
    assert before == {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.vcf")}
    changed = contacts() | {"c-shop": contacts()["c-shop"].replace("Sonnenkorn", "Mondkorn")}
    assert outcomes(vdir.write(tmp_path, changed, "vcf")) == {"c-jane": "unchanged", "c-shop": "updated"}


def test_edits_of_others_are_kept(tmp_path: Path) -> None:
    """A file that another program changed or removed stays so until the user says otherwise; foreign files too."""
    vdir.write(tmp_path, contacts(), "vcf")
    (tmp_path / "c-jane.vcf").write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Edited\r\nN:;;;;\r\nEND:VCARD\r\n")
    (tmp_path / "c-shop.vcf").unlink()
    (tmp_path / "foreign.vcf").write_text("not ours")
    assert outcomes(vdir.write(tmp_path, contacts(), "vcf")) == {"c-jane": "kept", "c-shop": "removed"}
    assert "Edited" in (tmp_path / "c-jane.vcf").read_text()
    assert not (tmp_path / "c-shop.vcf").exists()
    forced = vdir.write(tmp_path, contacts(), "vcf", overwrite=True)
    assert outcomes(forced) == {"c-jane": "updated", "c-shop": "created"}
    assert (tmp_path / "foreign.vcf").read_text() == "not ours"


def test_a_file_that_was_there_first_is_not_ours(tmp_path: Path) -> None:
    """A file of the same name from before our first run is kept."""
    (tmp_path / "c-jane.vcf").write_text("mine")
    assert outcomes(vdir.write(tmp_path, contacts(), "vcf"))["c-jane"] == "kept"
    assert (tmp_path / "c-jane.vcf").read_text() == "mine"


def test_no_half_written_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, the old file is whole and no leftover is in the folder."""
    vdir.write(tmp_path, contacts(), "vcf")
    old = (tmp_path / "c-jane.vcf").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        vdir.write(tmp_path, {"c-jane": "BEGIN:VCARD\r\nnew"}, "vcf")
    assert (tmp_path / "c-jane.vcf").read_bytes() == old
    assert not list(tmp_path.glob("*.tmp")) and not list(tmp_path.glob(".cardscan-*"))


@pytest.mark.parametrize("uid", ["../../etc/passwd", "a/b", "..", ".hidden", "x" * 400, "c:\\x", "\ud800", ""])
def test_names_stay_in_the_folder(uid: str) -> None:
    """Whatever a UID from a pipe holds, its file is a plain name in the folder."""
    name = vdir.file_name(uid, "vcf")
    assert Path(name).name == name and not name.startswith(".") and len(name) < 140


def run(*command: str, home: Path) -> str:
    """Run another program with its own home."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "COLUMNS": "200"}
    program = str(Path(sys.executable).parent / command[0])
    done = subprocess.run([program, *command[1:]], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_khard_reads_the_contacts(tmp_path: Path) -> None:
    """khard lists our people and shows every value of a full card."""
    vdir.write(tmp_path / "book", contacts(), "vcf")
    config = tmp_path / "khard.conf"
    config.write_text(
        f"[addressbooks]\n[[book]]\npath = {tmp_path / 'book'}\n[general]\ndefault_action = list\n"
        "[contact table]\ndisplay = formatted_name\n"
    )
    assert "Bäckerei Sonnenkorn" in run("khard", "-c", str(config), "list", home=tmp_path)
    shown = run("khard", "-c", str(config), "show", "uid:c-jane", home=tmp_path)
    for value in (
        "Jane", "Doe", "VP Operations", "Acme Freight GmbH, Köln", "+14155550132 ext. 204", "+4915112345678",
        "jane.doe@acme.example", "jane@doe.example", "1 Main St", "62701", "Springfield", "United States",
        "https://acme.example/team?x=1%2C2%3B3", "likes sailing", "SXSW, Austin; 2026",
    ):  # fmt: skip
        assert value in shown, value


def test_todoman_reads_the_tasks(tmp_path: Path) -> None:
    """todoman lists our open tasks with their due dates and knows which are done."""
    vdir.write(tmp_path / "todos", {task.id: ics.one(task) for task in TASKS}, "ics")
    config = tmp_path / "config.py"
    config.write_text(
        f"path = '{tmp_path / 'todos'}'\ndate_format = '%Y-%m-%d'\ntime_format = '%H:%M'\ndefault_list = 'todos'\n"
        f"cache_path = '{tmp_path / 'cache.sqlite3'}'\n"
    )
    listed = run("todo", "--config", str(config), "list", "--status", "NEEDS-ACTION", home=tmp_path)
    assert "Write and mail a thank-you card to Jane Doe" in listed
    assert "Mail Jane Doe; ask, listen" in listed
    assert "Buy stamps" in listed
    assert "Call" not in listed
    done = run("todo", "--config", str(config), "list", "--status", "COMPLETED", home=tmp_path)
    assert "Call" in done


def test_khal_reads_the_events(tmp_path: Path) -> None:
    """khal's agenda has each task with a slot at its time, length and state, and what belongs to it; others not."""
    vdir.write(tmp_path / "agenda", {task.id: ics.one(task, events=True) for task in TASKS}, "ics")
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[agenda]]\npath = {tmp_path / 'agenda'}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    form = "{start}|{end}|{uid}|{title}|{status}|{alarm-symbol}|{description}"
    shown = run(
        "khal", "-c", str(config), "list", "--day-format", "", "--format", form, "2026-01-01", "365d", home=tmp_path
    )
    lines = [line for line in shown.splitlines() if line]
    head = "2026-03-15 14:00|2026-03-15 14:10|t-card|Write and mail a thank-you card to Jane Doe|CONFIRMED"
    assert lines[0].startswith(head)
    assert [line for line in lines if line.count("|") >= 6] == lines[:1]
    assert {"- card", "- stamp"} <= set(lines)
