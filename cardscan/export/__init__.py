"""Contacts and tasks for other programs: one file per format, each `dump(records) -> str`.

`FORMATS` names them all with what they hold. Every value passes `text.plain` and then the quoting of its own format, so
no text from a photo becomes a line, a property, a formula, a command or a link that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal

from cardscan.record import Card, Task

Holds = Literal["contacts", "tasks", "both"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the module that writes it, what it holds, and what it says to be (media type)."""

    module: str
    holds: Holds
    media_type: str


FORMATS: Final[dict[str, Format]] = {
    "vcard": Format("vcard", "contacts", "text/vcard"),
    "jcard": Format("jcard", "contacts", "application/vcard+json"),
    "jscontact": Format("jscontact", "contacts", "application/jscontact+json"),
    "csv": Format("csv", "contacts", "text/csv"),
    "google-csv": Format("google_csv", "contacts", "text/csv"),
    "outlook-csv": Format("outlook_csv", "contacts", "text/csv"),
    "hubspot-csv": Format("hubspot_csv", "contacts", "text/csv"),
    "salesforce-csv": Format("salesforce_csv", "contacts", "text/csv"),
    "mutt": Format("mutt", "contacts", "text/plain"),
    "abook": Format("abook", "contacts", "text/plain"),
    "ics": Format("ics", "tasks", "text/calendar"),
    "todotxt": Format("todotxt", "tasks", "text/plain"),
    "taskwarrior": Format("taskwarrior", "tasks", "application/json"),
    "markdown": Format("markdown", "both", "text/markdown"),
    "jsonl": Format("jsonl", "both", "application/jsonl"),
}


def dump(name: str, cards: Sequence[Card], tasks: Sequence[Task]) -> str:
    """Write records in the named format with its defaults; what the format does not hold is left out."""
    chosen = FORMATS[name]
    module = import_module(f"cardscan.export.{chosen.module}")
    if chosen.holds == "both":
        return str(module.dump(cards, tasks))
    return str(module.dump(cards if chosen.holds == "contacts" else tasks))


__all__ = ["FORMATS", "Format", "dump"]
