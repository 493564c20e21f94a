"""`cardscan export` as a person or a script calls it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from PIL import Image

from cardscan import wire
from cardscan.cli import run
from cardscan.export import FORMATS
from cardscan.record import Card, Source, Task
from cardscan.store import Store
from tests.people import JANE, SHOP, TASKS


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the sample cards and tasks."""
    path = tmp_path / "store.sqlite3"
    with Store.open(str(path)) as opened:
        opened.put_card(JANE)
        opened.put_card(SHOP)
        opened.put_tasks(TASKS)
    return path


def export(store: Path, *arguments: str) -> int:
    """Run the command on a store."""
    return run(["export", *arguments, "--store", str(store)])


@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_goes_to_a_pipe_and_a_file(
    store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    """Each format writes the same bytes to stdout and to a file, and nothing to stderr."""
    assert export(store, "--to", name) == 0
    out, err = capfdbinary.readouterr()
    assert out and not err
    assert export(store, "--to", name, "--output", str(tmp_path / "deep" / "file")) == 0
    assert (tmp_path / "deep" / "file").read_bytes() == out


def identity(line: str) -> str:
    """The id of a card or task line."""
    record = wire.loads(line)
    assert isinstance(record, Card | Task)
    return record.id


def test_filters_choose_people_and_their_tasks(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--event, --reviewed, --since and --only narrow what is written."""

    def lines(*arguments: str) -> set[str]:
        assert export(store, "--to", "jsonl", *arguments) == 0
        return {identity(line) for line in capfd.readouterr().out.splitlines()}

    assert lines() == {"c-jane", "c-shop"}
    assert lines("--only", "tasks") == {task.id for task in TASKS}
    assert lines("--only", "contacts", "--only", "tasks", "--event", "sxsw") == {"c-jane", "t-card", "t-mail"}
    assert lines("--reviewed") == {"c-jane"}
    assert lines("--since", "2026-03-20") == {"c-shop"}
    assert lines("--only", "tasks", "--since", "2026-03-16") == {"t-mail"}
    assert lines("--only", "c-sh") == {"c-shop", "t-done", "t-gone"}


def test_a_pipe_gives_back_what_came_in(
    store: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With `-` card and task lines on stdin are exported, the store is not; a bad line is told and costs code 4."""
    lines = [wire.dumps(replace(SHOP, id="c-piped")), "{not json", wire.dumps(replace(TASKS[4], id="t-piped"))]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    assert export(store, "--to", "jsonl", "-") == 4
    out, err = capfd.readouterr()
    assert [identity(line) for line in out.splitlines()] == ["c-piped", "t-piped"]
    assert "line 2" in err


def test_dismissed_cards_stay_home(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A dismissed card is not exported."""
    with Store.open(str(store)) as opened:
        opened.dismiss("c-shop")
    assert export(store, "--to", "vcard") == 0
    assert "Sonnenkorn" not in capfd.readouterr().out


def test_a_vdir_is_kept_up_to_date(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--to vdir writes contacts and tasks as files, says what it did, and names what others changed."""
    folder = tmp_path / "vdir"
    assert export(store, "--to", "vdir", "--output", str(folder)) == 0
    assert "7 created" in capfd.readouterr().err
    assert {path.name for path in folder.glob("*.vcf")} == {"c-jane.vcf", "c-shop.vcf"}
    assert len(list(folder.glob("*.ics"))) == 5
    (folder / "c-jane.vcf").write_text("edited")
    assert export(store, "--to", "vdir", "--output", str(folder)) == 0
    assert "c-jane.vcf: changed by another program" in capfd.readouterr().err
    assert (folder / "c-jane.vcf").read_text() == "edited"


def test_photos_have_no_metadata(store: Path, tmp_path: Path) -> None:
    """--photos embeds the card's picture without EXIF; a photo that is gone is told and the contact still written."""
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (900, 600), "white").save(tmp_path / "jane.jpg", exif=exif)
    quad = ((10.0, 10.0), (890.0, 10.0), (890.0, 590.0), (10.0, 590.0))
    with Store.open(str(store)) as opened:
        opened.put_card(replace(JANE, source=Source(str(tmp_path / "jane.jpg"), quad=quad)))
    assert export(store, "--to", "vcard", "--photos", "--output", str(tmp_path / "all.vcf")) == 0
    jane, shop = vobject.readComponents((tmp_path / "all.vcf").read_text(encoding="utf-8"))
    if not hasattr(jane, "photo"):
        jane, shop = shop, jane
    picture = Image.open(io.BytesIO(jane.photo.value))
    assert picture.size == (640, 422)
    assert not picture.getexif() and b"secret" not in jane.photo.value
    assert not hasattr(shop, "photo")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "nonsense"], "nonsense"),
        ([], "--to"),
        (["--to", "vdir"], "--output FOLDER"),
        (["--to", "csv", "--push", "https://x.example"], "--push sends"),
        (["--to", "vcard", "--dry-run"], "--push"),
        (["--to", "csv", "--since", "soon"], "2026-04-20"),
        (["--to", "csv", "--only", "c-99"], "c-99"),
        (["--to", "vcard", "--push", "http://dav.example.org/"], "https"),
    ],
)
def test_mistakes_are_explained(
    store: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Each wrong use leaves with code 2 and says what is meant."""
    assert export(store, *arguments) == 2
    assert message in capfd.readouterr().err


def test_a_dry_push_sends_nothing(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--dry-run lists what would be sent, to a server that does not exist."""
    assert export(store, "--push", "https://dav.invalid/book/", "--dry-run") == 0
    assert capfd.readouterr().out.splitlines()[0].startswith("created c-")
