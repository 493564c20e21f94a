"""The thirty invented people of the goldens, as cards and tasks.

python -m tests.draft.people          writes tests/draft/goldens/*.txt anew; read the difference before you commit
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cardscan import wire
from cardscan.draft import Draft, Sender, compose, lint
from cardscan.record import Card, Task

FOLDER = Path(__file__).parent / "goldens"
SENDER = Sender(
    name="Robin Ashdown",
    email="robin@ashdown.example",
    signature="Robin Ashdown\nAshdown Studio\n+44 1632 960 987",
    country="GB",
    address=("Ashdown Studio", "12 Orchard Lane", "Bristol BS1 4QA"),
)


def people() -> list[dict[str, Any]]:
    """The entries of people.toml."""
    return tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))["person"]


def card_of(person: dict[str, Any]) -> Card:
    """The card of one entry."""
    printed = person["card"]
    contact: dict[str, Any] = {}
    if "name" in printed:
        parts = {key: printed[key] for key in ("prefix", "given", "family", "suffix", "also") if key in printed}
        contact["name"] = {"full": printed["name"], **parts}
    contact["organizations"] = [{"value": printed["org"]}] if "org" in printed else []
    contact["titles"] = [{"value": printed["title"]}] if "title" in printed else []
    contact["emails"] = [{"value": printed["email"]}] if "email" in printed else []
    if "phone" in printed:
        contact["phones"] = [{"value": printed["phone"], "raw": printed["phone"], "type": "work", "valid": True}]
    if "country" in printed:
        address = {"full": printed.get("town", printed["country"]), "country_code": printed["country"]}
        contact["addresses"] = [{**address, "postal_code": printed.get("postal"), "locality": printed.get("town")}]
    notes = [{"text": person["note"]["text"], "facts": person["note"]}] if "note" in person else []
    return wire.convert(
        {
            "id": "c-" + person["file"],
            "source": {"path": person["file"] + ".jpg"},
            "contact": contact,
            "event": person.get("event", {}),
            "notes": notes,
        },
        Card,
    )


def task_of(person: dict[str, Any]) -> Task:
    """The task of one entry."""
    return Task(
        id="t-" + person["file"],
        contact_id="c-" + person["file"],
        contact_name=person["card"].get("name"),
        playbook="combined",
        kind=person["kind"],
        title="Follow up",
    )


def draft_of(person: dict[str, Any]) -> Draft:
    """The draft of one entry."""
    ask = dict(person.get("ask", {}))
    met_on = person.get("event", {}).get("met_on", "2026-03-01")
    now = datetime.fromisoformat(ask.pop("now", f"{met_on}T20:00:00+00:00"))
    ask["slots"] = [datetime.fromisoformat(slot) for slot in ask.pop("slots", [])]
    for zone in ("their_zone", "my_zone"):
        if zone in ask:
            ask[zone] = ZoneInfo(ask[zone])
    return compose(task_of(person), card_of(person), SENDER, now, **ask)


def shown(draft: Draft) -> str:
    """A draft as a golden file has it."""
    lines = [
        f"{draft.kind} in {draft.language}",
        f"To: {', '.join(draft.to) or '-'}",
        f"Subject: {draft.subject or '-'}",
    ]
    lines += [f"Attach: {item}" for item in draft.attachments]
    lines += [f"Blank: {blank.key} = {blank.hint}" for blank in draft.blanks]
    lines += [f"Lint: {finding.word} ({finding.rule})" for finding in findings(draft)]
    return "\n".join([*lines, "", draft.body, ""])


def findings(draft: Draft) -> list[Any]:
    """What the linter says about a draft."""
    return lint(f"{draft.subject}\n{draft.body}", draft.language, draft.exempt)


if __name__ == "__main__":
    for entry in people():
        (FOLDER / f"{entry['file']}.txt").write_text(shown(draft_of(entry)), encoding="utf-8")
