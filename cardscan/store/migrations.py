"""How the store's tables came to be. Append only: a step that has been released is never changed."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE photo (sha256 TEXT PRIMARY KEY) WITHOUT ROWID",
        """CREATE TABLE card (
            id TEXT PRIMARY KEY,
            photo TEXT REFERENCES photo (sha256),
            path BLOB NOT NULL,
            position INTEGER NOT NULL,
            event TEXT,
            met_on TEXT,
            status TEXT NOT NULL,
            line TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX card_by_photo ON card (photo)",
        "CREATE INDEX card_by_place ON card (path, position)",
        """CREATE TABLE task (
            id TEXT PRIMARY KEY,
            contact_id TEXT,
            status TEXT NOT NULL,
            due TEXT,
            line TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX task_by_contact ON task (contact_id)",
        """CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            contact_id TEXT,
            task_id TEXT,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL
        )""",
    ),
    (
        """CREATE TABLE correction (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            read TEXT NOT NULL,
            truth TEXT NOT NULL
        )""",
    ),
    (
        """CREATE TABLE pushed (
            collection TEXT NOT NULL,
            uid TEXT NOT NULL,
            etag TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (collection, uid)
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE kinship (
            id INTEGER PRIMARY KEY,
            card TEXT NOT NULL,
            other TEXT NOT NULL,
            line TEXT NOT NULL
        )""",
        "CREATE INDEX kinship_by_card ON kinship (card)",
        "CREATE INDEX kinship_by_other ON kinship (other)",
    ),
)
