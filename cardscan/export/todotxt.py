"""todo.txt (the format's rules 1 to 3): one task a line, with `due:`, `id:` and `dep:` as key:value extensions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cardscan.export.text import plain
from cardscan.record import Task


def dump(tasks: Iterable[Task]) -> str:
    """All tasks; dropped ones are left out, since the format has no word for them."""
    return "".join(_line(task) + "\n" for task in tasks if task.status != "dropped")


def _line(task: Task) -> str:
    words = [_harmless(word) for word in plain(task.title).split(" ")]
    if task.status == "done":
        head = ["x", *([task.completed[:10]] if task.completed else [])]
    else:
        head = [f"({chr(64 + min(max(task.priority, 1), 26))})"]
    extras = [f"@{task.kind}", f"due:{task.due[:10]}" if task.due else ""]
    extras += [f"id:{_key(task.id)}", *(f"dep:{_key(other)}" for other in task.depends_on)]
    return " ".join(filter(None, [*head, *words, *extras]))


def _harmless(word: str) -> str:
    """A word of a title that is no project, context or key:value pair of its own."""
    if re.match(r"[+@].", word):
        return word[1:]
    return word if "://" in word else re.sub(r"(?<=\S):(?=\S)", "-", word)


def _key(text: str) -> str:
    return re.sub(r"\s+", "", plain(text))
