"""vdir folders: one file an item, as khard, khal, todoman and vdirsyncer share them.

Each file is written whole or not at all. What was written last is remembered by digest in `.cardscan.json` beside the
items: a file that another program has changed since, or has removed, is left as it is and told.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cardscan.errors import InputError

STATE: Final = ".cardscan.json"
Outcome = Literal["created", "updated", "unchanged", "kept", "removed"]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one item: `kept` was changed by another program, `removed` was deleted by one."""

    uid: str
    path: Path
    outcome: Outcome


def write(folder: Path, items: Mapping[str, str], ending: str, *, overwrite: bool = False) -> list[Written]:
    """Bring a folder up to date.

    Args:
        folder: Made if it is not there. Files that are not ours are never touched.
        items: Whole vCards or calendars by UID.
        ending: `vcf` or `ics`.
        overwrite: Write over what other programs changed or removed.

    Raises:
        InputError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _state(folder)
        done = [_put(folder, uid, body, ending, known, overwrite) for uid, body in items.items()]
        _write_whole(folder / STATE, json.dumps(known, indent=1, sort_keys=True) + "\n")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}", kind="not-found") from error
    return done


def file_name(uid: str, ending: str) -> str:
    """A file name for a UID that stays in its folder: the UID where it is plain, else a digest of it."""
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,120}", uid)
    return f"{uid if plain else hashlib.sha256(uid.encode('utf-8', 'replace')).hexdigest()[:32]}.{ending}"


def _put(folder: Path, uid: str, body: str, ending: str, known: dict[str, str], overwrite: bool) -> Written:
    path = folder / file_name(uid, ending)
    wanted = _digest(body.encode("utf-8"))
    try:
        present: str | None = _digest(path.read_bytes())
    except FileNotFoundError:
        present = None
    before = known.get(path.name)
    outcome: Outcome
    if present == wanted:
        outcome = "unchanged"
    elif present is None and before is not None and not overwrite:
        return Written(uid, path, "removed")
    elif present is not None and present != before and not overwrite:
        return Written(uid, path, "kept")
    else:
        _write_whole(path, body)
        outcome = "created" if present is None else "updated"
    known[path.name] = wanted
    return Written(uid, path, outcome)


def _write_whole(path: Path, text: str) -> None:
    """Write beside the target, then take its place in one step (the name begins with a dot, so readers pass it by)."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cardscan-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(text.encode("utf-8"))
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _state(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
