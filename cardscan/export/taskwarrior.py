"""JSON for `task import` of Taskwarrior 2.6 and 3."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from cardscan.export.text import plain
from cardscan.record import Task

# Task ids become UUIDs in a namespace of our own, so importing again updates and does not double.
_NAMESPACE: Final = uuid.UUID("6f1f6d2e-7f0c-5e0b-9c3a-2b8f0c1d4e5a")
_STATUS: Final = {"open": "pending", "waiting": "pending", "done": "completed", "dropped": "deleted"}


def dump(tasks: Iterable[Task]) -> str:
    """All tasks as one JSON array, one object a line."""
    rows = ",\n".join(json.dumps(_item(task), ensure_ascii=False) for task in tasks)
    return f"[\n{rows}\n]\n"


def _item(task: Task) -> dict[str, Any]:
    status = _STATUS[task.status]
    own = _stamp(task.completed) or _stamp(task.start) or _stamp(task.due)
    stamp = own or "20000101T000000Z"  # only told apart from others by it; `entry` is left to Taskwarrior then
    found: dict[str, Any] = {
        "uuid": _uuid(task.id),
        "description": plain(task.title) or plain(task.kind),
        "status": status,
        "entry": min(own, _stamp(task.due) or own) if own else None,
        "due": _stamp(task.due),
        "scheduled": _stamp(task.start),
        "end": stamp if status in ("completed", "deleted") else None,
        "priority": "H" if task.priority <= 3 else "M" if task.priority <= 6 else "L",
        "project": "cardscan",
        "tags": [task.kind.replace("-", "_")],
        "depends": [_uuid(other) for other in task.depends_on],
        "annotations": _annotations(task, stamp),
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _annotations(task: Task, stamp: str) -> list[dict[str, str]]:
    texts = [plain(task.contact_name), plain(task.why.note), *map(plain, task.checklist)]
    day = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    # Taskwarrior keys annotations by their second: each needs its own.
    return [
        {"entry": f"{datetime.fromtimestamp(day.timestamp() + second, UTC):%Y%m%dT%H%M%SZ}", "description": text}
        for second, text in enumerate(dict.fromkeys(filter(None, texts)))
    ]


def _uuid(task_id: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, task_id.encode("utf-8", "replace").decode("utf-8")))


def _stamp(text: str | None) -> str | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
        moment = moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if moment else None
    except (ValueError, OverflowError):
        return None
