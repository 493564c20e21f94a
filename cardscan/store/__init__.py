"""Cards, tasks and what became of them, in one SQLite file of the user's.

One process writes at a time; readers never wait (WAL). Every write is its own immediate transaction, so a process
killed at any moment leaves whole photos and whole decisions behind. Records are kept as their JSON lines, with the few
columns that are searched beside them.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from cardscan import wire
from cardscan.errors import StoreError, UsageError
from cardscan.record import Card, Kinship, Task
from cardscan.store.migrations import MIGRATIONS

__all__ = ["LogEntry", "Store"]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Something that happened to a contact: a task done, dropped or snoozed, a call made outside the plan.

    `at` is an ISO date-time with offset; `kind` is done, undone, dropped, snoozed, contacted, triaged or reviewed.
    """

    contact_id: str | None
    at: str
    kind: str
    text: str = ""
    task_id: str | None = None


class Store:
    """An open store. Make one with `Store.open`; use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, location: str) -> Self:
        """Open the store at a path, making it and its folder on first use; `:memory:` keeps nothing.

        Raises:
            StoreError: Not a store, made by a newer cardscan, or its folder cannot be written.
        """
        try:
            if location != ":memory:":
                path = Path(location).expanduser()
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if not path.exists():
                    # Contacts are private: the file is the user's alone from its first byte.
                    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
                location = str(path)
            connection = sqlite3.connect(location, timeout=30, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            store = cls(connection)
            store._migrate(location)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"cannot use the store {location}: {error}. Name another with --store PATH.") from error
        return store

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- photos and cards ---------------------------------------------------------------------------------------

    def has_photo(self, sha256: str) -> bool:
        """Whether a photo with these bytes has been read to its end."""
        return bool(self._rows("SELECT 1 FROM photo WHERE sha256 = ?", sha256))

    def put_photo(self, sha256: str, cards: Sequence[Card]) -> None:
        """Keep all cards of one photo, at once; a rescan replaces them, but never what a person has reviewed."""
        with self._writing() as connection:
            decided = {
                row[0]
                for row in connection.execute(
                    "SELECT id FROM card WHERE photo = ? AND status IN ('reviewed', 'dismissed')", (sha256,)
                )
            }
            connection.execute("INSERT OR IGNORE INTO photo (sha256) VALUES (?)", (sha256,))
            connection.execute(
                "DELETE FROM card WHERE photo = ? AND status NOT IN ('reviewed', 'dismissed')", (sha256,)
            )
            connection.executemany(_PUT_CARD, [_card_row(card, sha256) for card in cards if card.id not in decided])

    def cards_of(self, sha256: str) -> list[Card]:
        """The cards of one photo, in their order."""
        return [_card(row[0]) for row in self._rows("SELECT line FROM card WHERE photo = ? ORDER BY position", sha256)]

    def cards(self) -> Iterator[Card]:
        """Every card with a contact or not, ordered by photo path and place in the photo."""
        for row in self._rows("SELECT line FROM card ORDER BY path, position, id"):
            yield _card(row[0])

    def card(self, prefix: str) -> Card:
        """The one card whose id starts so.

        Raises:
            UsageError: No card does, or several do.
        """
        return _card(self._one("card", prefix))

    def put_card(self, *cards: Card, remove: Sequence[str] = ()) -> None:
        """Keep cards, new ones (from a pipe) or changed ones under their ids, and drop others, in one transaction."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM card WHERE id = ?", [(card_id,) for card_id in remove])
            for card in cards:
                if card.source.sha256:
                    connection.execute("INSERT OR IGNORE INTO photo (sha256) VALUES (?)", (card.source.sha256,))
                connection.execute(_PUT_CARD, _card_row(card, card.source.sha256))

    def dismiss(self, card_id: str) -> None:
        """Mark a card as dismissed; it stays, and makes no tasks."""
        card = self.card(card_id)
        self.put_card(replace(card, review=replace(card.review, status="dismissed")))

    # --- tasks and history ----------------------------------------------------------------------------------------

    def tasks(self) -> list[Task]:
        """Every task, whatever its status, by due time."""
        return [_task(row[0]) for row in self._rows("SELECT line FROM task ORDER BY due IS NULL, due, id")]

    def task(self, prefix: str) -> Task:
        """The one task whose id starts so.

        Raises:
            UsageError: No task does, or several do.
        """
        return _task(self._one("task", prefix))

    def put_tasks(self, tasks: Iterable[Task], remove: Iterable[str] = (), log: Iterable[LogEntry] = ()) -> None:
        """Add or change tasks, remove others, and log why, in one transaction."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM task WHERE id = ?", [(task_id,) for task_id in remove])
            connection.executemany(
                "INSERT OR REPLACE INTO task (id, contact_id, status, due, line) VALUES (?, ?, ?, ?, ?)",
                [(task.id, task.contact_id, task.status, task.due, wire.dumps(task)) for task in tasks],
            )
            connection.executemany(
                "INSERT INTO log (contact_id, task_id, at, kind, text) VALUES (?, ?, ?, ?, ?)",
                [(entry.contact_id, entry.task_id, entry.at, entry.kind, entry.text) for entry in log],
            )

    def log(self) -> list[LogEntry]:
        """What happened, oldest first."""
        rows = self._rows("SELECT contact_id, at, kind, text, task_id FROM log ORDER BY id")
        return [LogEntry(*row) for row in rows]

    # --- cards of one contact ---------------------------------------------------------------------------------------

    def put_kinships(self, decisions: Iterable[Kinship], cards: Iterable[Card] = ()) -> None:
        """Add decisions about cards that are one contact, and keep cards that change with them, in one transaction.

        Nothing is written over: the last decision about two cards holds, the earlier ones tell how it came.
        """
        with self._writing() as connection:
            connection.executemany(
                "INSERT INTO kinship (card, other, line) VALUES (?, ?, ?)",
                [(each.card, each.other, wire.dumps(each)) for each in decisions],
            )
            connection.executemany(_PUT_CARD, [_card_row(card, card.source.sha256) for card in cards])

    def kinships(self) -> list[Kinship]:
        """Every decision, oldest first."""
        rows = self._rows("SELECT line FROM kinship ORDER BY id")
        return [wire.convert(json.loads(row[0]), Kinship) for row in rows]

    # --- corrections ------------------------------------------------------------------------------------------------

    def put_correction(self, kind: str, read: str, truth: str) -> None:
        """Keep what was read wrongly in a field of this kind, and what a person said is true."""
        with self._writing() as connection:
            connection.execute("INSERT INTO correction (kind, read, truth) VALUES (?, ?, ?)", (kind, read, truth))

    def corrections(self) -> list[tuple[str, str, str]]:
        """Kind, text read and truth of every correction, oldest first."""
        return [tuple(row) for row in self._rows("SELECT kind, read, truth FROM correction ORDER BY id")]

    # --- what servers hold ------------------------------------------------------------------------------------------

    def put_pushed(self, collection: str, uid: str, etag: str, digest: str) -> None:
        """Remember what a server held of an item after it was sent there."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO pushed VALUES (?, ?, ?, ?)", (collection, uid, etag, digest))

    def pushed(self, collection: str) -> dict[str, tuple[str, str]]:
        """ETag and digest by UID of all that was sent to a collection."""
        rows = self._rows("SELECT uid, etag, digest FROM pushed WHERE collection = ?", collection)
        return {uid: (etag, digest) for uid, etag, digest in rows}

    # --- inside ---------------------------------------------------------------------------------------------------

    def _migrate(self, location: str) -> None:
        version = self._rows("PRAGMA user_version")[0][0]
        if version > len(MIGRATIONS):
            raise StoreError(f"the store {location} was made by a newer cardscan; update cardscan, or use --store PATH")
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            with self._writing() as connection:
                # Another process may have migrated while this one waited for the lock.
                if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                    continue
                for statement in script:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """An immediate transaction: a deferred one loses to SQLITE_BUSY when it is upgraded."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(f"cannot write the store: {error}") from error

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"cannot read the store: {error}") from error

    def _one(self, table: Literal["card", "task"], prefix: str) -> str:
        escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._rows(_BY_PREFIX[table], escaped)
        exact = [row for row in rows if row[0] == prefix]
        if len(rows) != 1 and not exact:
            raise UsageError(f"{'several' if rows else 'no'} {table}s have an id that starts with {prefix!r}")
        return str((exact or rows)[0][1])


_BY_PREFIX: Final = {
    "card": "SELECT id, line FROM card WHERE id LIKE ? || '%' ESCAPE '\\' LIMIT 3",
    "task": "SELECT id, line FROM task WHERE id LIKE ? || '%' ESCAPE '\\' LIMIT 3",
}
_PUT_CARD = (
    "INSERT OR REPLACE INTO card (id, photo, path, position, event, met_on, status, line)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def _card_row(card: Card, sha256: str | None) -> tuple[object, ...]:
    path = os.fsencode(card.source.path)  # bytes: file names need not be UTF-8
    event = card.event
    return (card.id, sha256, path, card.source.index, event.name, event.met_on, card.review.status, wire.dumps(card))


def _card(line: object) -> Card:
    return wire.convert(json.loads(str(line)), Card)


def _task(line: object) -> Task:
    return wire.convert(json.loads(str(line)), Task)
