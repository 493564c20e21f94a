"""Markdown (CommonMark with task lists) to read, print or keep in a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cardscan.export.person import Person, people
from cardscan.export.text import plain
from cardscan.record import Card, Task

_MARKS = {"done": "x", "dropped": "x"}


def dump(cards: Iterable[Card], tasks: Iterable[Task]) -> str:
    """Contacts under one heading, tasks with boxes to tick under another; an empty part is left out."""
    parts: list[str] = []
    if blocks := [_contact(person) for person in people(cards)]:
        parts.append("# Contacts\n\n" + "\n".join(blocks))
    if lines := [_task(task) for task in tasks]:
        parts.append("# Tasks\n\n" + "".join(lines))
    return "\n".join(parts)


def _contact(person: Person) -> str:
    lines = [f"## {text(person.display)}", ""]
    role = ", ".join(filter(None, (*map(text, person.titles), *(text(name) for name, _ in person.organizations))))
    lines += [role, ""] if role and person.display != person.organization else []
    lines += [f"- {phone.type}: {text(phone.spoken)}" for phone in person.phones]
    lines += [f"- {text(email)}" for email in person.emails]
    lines += [f"- <{url}>" for url in person.urls]
    lines += [f"- {text(place.full or place.street)}" for place in person.places]
    lines += [
        f"- {text(profile.network)}: {f'<{profile.url}>' if profile.url else text(profile.handle)}"
        for profile in person.profiles
    ]
    lines += ["", *(f"> {text(line)}  " for line in person.note.split("\n"))] if person.note else []
    return "\n".join(lines) + "\n"


def _task(task: Task) -> str:
    due = f"{text(task.due[:10])}: " if task.due else ""
    title = text(plain(task.title))
    title = f"~~{title}~~" if task.status == "dropped" else title
    return f"- [{_MARKS.get(task.status, ' ')}] {due}{title}\n"


def text(value: str) -> str:
    """Plain words: nothing in them is markup, HTML or a link."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    value = re.sub(r"([\\`*_{}\[\]()#!|~])", r"\\\1", value)
    value = re.sub(r"^([-+=]|\d{1,9}[.)])", r"\\\1" if not value[:1].isdigit() else _dot, value)
    return re.sub(r"(?i)\b(https?|ftp|www)([:.])(?=/|\w)", r"\1\\\2", value)


def _dot(match: re.Match[str]) -> str:
    return match[0][:-1] + "\\" + match[0][-1]
