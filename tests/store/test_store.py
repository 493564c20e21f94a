"""The store keeps whole photos and whole decisions."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from cardscan.errors import StoreError, UsageError
from cardscan.record import Card, Contact, KinReason, Kinship, KinshipDecision, Name, Review, Source, Task
from cardscan.store import LogEntry, Store


def card(number: int, name: str = "Jane Doe", sha256: str = "aa") -> Card:
    source = Source(path=f"photos/{number:03}.jpg", sha256=sha256, index=number)
    return Card(id=f"c-{number:04}", source=source, contact=Contact(name=Name(full=name)))


def test_a_photo_is_kept_with_its_cards(tmp_path: Path) -> None:
    """Cards come back equal, in order, after the store was closed and opened again."""
    with Store.open(str(tmp_path / "new" / "store.sqlite3")) as store:
        assert not store.has_photo("aa")
        store.put_photo("aa", [card(2), card(1)])
    with Store.open(str(tmp_path / "new" / "store.sqlite3")) as store:
        assert store.has_photo("aa")
        assert store.cards_of("aa") == [card(1), card(2)]
        assert list(store.cards()) == [card(1), card(2)]


def test_the_file_is_private(tmp_path: Path) -> None:
    """Other users of the machine cannot read the contacts."""
    Store.open(str(tmp_path / "store.sqlite3")).close()
    assert stat.S_IMODE((tmp_path / "store.sqlite3").stat().st_mode) == 0o600


def test_a_rescan_never_takes_a_decision_back() -> None:
    """Reading a photo again replaces what nobody reviewed, and keeps what somebody did."""
    with Store.open(":memory:") as store:
        store.put_photo("aa", [card(1), card(2), card(3)])
        store.put_card(replace(card(1, "Right Name"), review=Review("reviewed")))
        store.dismiss("c-0002")
        store.put_photo("aa", [card(1, "Wrong"), card(2, "Wrong"), card(3, "Better")])
        names = [each.contact.name.full for each in store.cards() if each.contact and each.contact.name]
        assert names == ["Right Name", "Jane Doe", "Better"]
        assert store.card("c-0002").review.status == "dismissed"


def test_an_id_may_be_shortened_while_it_is_unambiguous() -> None:
    """A prefix that fits one record finds it; none or several are told in words; wildcards are no wildcards."""
    with Store.open(":memory:") as store:
        store.put_photo("aa", [card(1), card(12)])
        assert store.card("c-0001") == card(1)
        assert store.card("c-001") == card(12)
        for wrong in ("c-00", "x", "c-%", "c_0001"):
            with pytest.raises(UsageError):
                store.card(wrong)


def test_tasks_and_their_history_are_one_write() -> None:
    """Tasks change together with the log that says why, or not at all."""
    task = Task(id="t-1", contact_id="c-1", contact_name="Jane", playbook="combined", kind="call", title="Call Jane")
    with Store.open(":memory:") as store:
        store.put_tasks(
            [task, replace(task, id="t-2")], log=[LogEntry("c-1", "2026-04-20T10:00:00+02:00", "done", "", "t-1")]
        )
        store.put_tasks([replace(task, status="done")], remove=["t-2"])
        assert store.tasks() == [replace(task, status="done")]
        with pytest.raises(StoreError):
            store.put_tasks([replace(task, title="changed")], log=[LogEntry("c-1", cast("str", None), "done")])
        assert store.task("t-1").title == "Call Jane"
        assert [entry.task_id for entry in store.log()] == ["t-1"]


@pytest.mark.parametrize(
    "content", [b"not a database at all, only text " * 50, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """Opening something else as a store says so in words and changes none of its bytes."""
    path = tmp_path / "mine"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="--store"):
        Store.open(str(path))
    assert path.read_bytes() == content


def test_a_newer_store_is_not_touched(tmp_path: Path) -> None:
    """A store of a later version is refused, not migrated downwards."""
    path = tmp_path / "store.sqlite3"
    Store.open(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer"):
        Store.open(str(path))


def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    """Four processes writing at once keep every photo."""
    location = str(tmp_path / "store.sqlite3")
    Store.open(location).close()
    code = (
        "import sys; from cardscan.store import Store; from cardscan.record import Card, Source\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    for n in range(100):\n"
        "        key = f'{sys.argv[2]}-{n}'\n"
        "        store.put_photo(key, [Card(id=key, source=Source(path=key, sha256=key), contact=None)])\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, location, str(number)]) for number in range(4)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]
    with Store.open(location) as store:
        assert sum(1 for _ in store.cards()) == 400


def link(card: str, other: str, decision: KinshipDecision) -> Kinship:
    return Kinship("person", card, other, (KinReason("name", "the same name"),), True, decision, "person", "2026-04-20")


def test_decisions_about_cards_are_never_written_over(tmp_path: Path) -> None:
    """Each decision is added behind the others, with its reasons, and outlives a rescan of the photo."""
    place = str(tmp_path / "store.sqlite3")
    log = [link("c-0001", "c-0002", "merged"), link("c-0001", "c-0002", "unmerged")]
    with Store.open(place) as store:
        store.put_photo("aa", [card(1), card(2)])
        store.put_kinships(log[:1], [replace(card(2), source=replace(card(2).source, side="back"))])
        store.put_kinships(log[1:])
        store.put_photo("aa", [card(1), card(2)])
    with Store.open(place) as store:
        assert store.kinships() == log
        assert [each.source.side for each in store.cards()] == ["front", "front"]


def test_a_store_of_an_older_cardscan_gains_the_table(tmp_path: Path) -> None:
    """A store that was made before there were such decisions opens with its cards and takes them."""
    place = tmp_path / "store.sqlite3"
    with Store.open(str(place)) as store:
        store.put_photo("aa", [card(1)])
    with sqlite3.connect(place) as raw:
        raw.execute("DROP TABLE kinship")
        raw.execute("PRAGMA user_version = 3")
    raw.close()
    with Store.open(str(place)) as store:
        assert store.kinships() == [] and len(list(store.cards())) == 1
        store.put_kinships([link("c-0001", "c-0002", "different")])
        assert len(store.kinships()) == 1
