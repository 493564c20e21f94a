"""`cardscan show`: what it says of a card beside its values."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cardscan.cli import cli
from cardscan.record import Card, Contact, Note, NoteFacts, Review, Source
from cardscan.store import Store


def test_impossible_dates_are_among_the_reasons(tmp_path: Path) -> None:
    """A note typed after the scan gives one as well, below those that the scan gave."""
    path = str(tmp_path / "s.sqlite3")
    note = Note("call 31/4", facts=NoteFacts(text="call 31/4", unsure=("31/4: no such day",)))
    with Store.open(path) as store:
        source, review = Source("a.jpg", sha256="s1"), Review("needs-review", ("two persons",))
        store.put_photo("s1", [Card("c-1", source, Contact(), notes=(note,), review=review)])
    run = CliRunner().invoke(cli, ["show", "c-1", "--store", path, "--format", "table"])
    rows = [row.split(maxsplit=1) for row in run.stdout.splitlines() if row.startswith("review")]
    assert (run.exit_code, rows) == (0, [["review", "two persons"], ["review", "the note says 31/4: no such day"]])
