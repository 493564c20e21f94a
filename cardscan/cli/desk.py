"""Where an action on tasks works: the open store, the settings, and now; it keeps what was decided and plans again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, opened_store
from cardscan.cli.contacts import folded
from cardscan.cli.planning import open_tasks, planned_settings, replanned, user_settings
from cardscan.errors import UsageError
from cardscan.record import Card, Note, Task
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.settings import Settings
    from cardscan.store import LogEntry, Store

NO_ANSWER_WORDS: Final = (
    "no answer", "no reply", "no response", "didn't answer", "did not answer", "voicemail", "voice mail",
    "left a message", "not reached", "couldn't reach", "nicht erreicht", "keine antwort", "pas de réponse",
    "sin respuesta", "nessuna risposta", "sem resposta", "geen antwoord",
)  # fmt: skip


_STATES: Final = {"done": "Done", "dropped": "Dropped", "open": "Open", "waiting": "Waiting"}
_CHANGES: Final = ("done", "dropped", "snoozed")


class Desk:
    """What an action works with: the open store, the user's settings, and now."""

    def __init__(self, context: click.Context, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.now = clock(_said(context, "now"), settings.zone)
        self.output_format: str | None = _said(context, "output_format")
        self.quiet: bool = bool(_said(context, "quiet"))
        self.no_color: bool = bool(_said(context, "no_color"))

    @property
    def at(self) -> str:
        """Now, as it is kept."""
        return self.now.isoformat(timespec="seconds")

    def entry(self, kind: str, task: Task | None, text: str = "", contact: str | None = None) -> LogEntry:
        """A line of the log."""
        from cardscan.store import LogEntry

        return LogEntry(task.contact_id if task else contact, self.at, kind, text, task.id if task else None)

    def keep(self, tasks: Sequence[Task], log: Sequence[LogEntry], contacts: Iterable[str | None]) -> None:
        """Keep changed tasks, plan again for these contacts, and show what has changed for them."""
        before = {task.id: task for task in self.store.tasks()}
        self.store.put_tasks(tasks, (), log)
        ids = frozenset(contact for contact in contacts if contact)
        cards = list(self.store.cards())
        playbooks = {task.playbook for task in before.values() if task.contact_id in ids}
        settings = planned_settings(self.store, self.settings, playbooks)
        replanned(self.store, cards, self.now, settings, only=ids)
        after = self.store.tasks()
        touched = {task.id for task in tasks}
        changed = [
            task for task in after
            if (task.id in touched or task.contact_id in ids) and _news(before.get(task.id), task)
        ]  # fmt: skip
        self._show(changed, touched, after)

    def _show(self, changed: Sequence[Task], touched: set[str], every: Sequence[Task]) -> None:
        from cardscan.cli.tasktable import agenda_order, due_words, id_length

        if chosen_format(self.output_format) == "jsonl":
            for task in changed:
                click.echo(wire.dumps(task))
            return
        zone = self.settings.zone
        for task in (task for task in changed if task.id in touched):
            click.echo(safe(f"{_STATES[task.status]}: {task.title}" + (f" ({task.reason})" if task.reason else "")))
        rest = agenda_order([task for task in open_tasks(changed) if task.id not in touched], self.now, zone)
        length = id_length([task.id for task in every])
        for task in [task for task in rest if task.status == "open"][:3]:
            click.echo(
                safe(
                    f"Next: {task.title}, by {due_words(task, self.now, zone).removeprefix('by ')}  {task.id[:length]}"
                )
            )

    # --- what the words on the command line name -----------------------------------------------------------------

    def open_task(self, prefix: str) -> Task:
        """A task that is still to do, by the start of its id.

        Raises:
            UsageError: There is none or several, or it is closed already.
        """
        task = self.store.task(prefix)
        if task.status not in ("open", "waiting"):
            raise UsageError(f"{task.id} is {task.status} already: {safe(task.title)} (cardscan tasks undo {task.id})")
        return task

    def card(self, words: str) -> Card:
        """A contact by the start of its id, or by part of its name or organisation; its card as read.

        Raises:
            UsageError: Nobody is called so, or several are.
        """
        contacts = folded(self.store, self.store.cards())
        if re.fullmatch("c-[0-9a-f]+", words):
            named = self.store.card(words).id
            return self.store.card(contacts.contact_of.get(named, named))
        wanted = " ".join(words.casefold().split())
        found = [card for card in contacts.cards if card.contact and wanted in _names(card)]
        exact = [card for card in found if wanted in _names(card).split("\n")]
        chosen = exact if len(exact) == 1 else found
        if len(chosen) != 1:
            who = "; ".join(f"{card.id} {_names(card).splitlines()[0]}" for card in chosen[:5])
            raise UsageError(
                f"{'several people are' if chosen else 'nobody is'} called {words!r}"
                + (f": {safe(who)}" if who else "")
            )
        return self.store.card(chosen[0].id)

    def day(self, text: str) -> date:
        """A day from today on: an ISO date, or `+3` for days.

        Raises:
            UsageError: Neither, or a day that is past.
        """
        today = self.now.date()
        try:
            day = (
                today + timedelta(days=int(text[1:4])) if re.fullmatch(r"\+\d{1,3}", text) else date.fromisoformat(text)
            )
        except ValueError as error:
            raise UsageError(f"--until takes a day such as 2026-04-20 or +3, not {text!r}") from error
        if day <= today:
            raise UsageError(f"--until takes a day after today ({today.isoformat()}), not {text!r}")
        return day

    def last_change(self) -> set[str]:
        """Ids of the tasks that the last action changed and nobody has taken back since."""
        undone: set[str] = set()
        last: tuple[str, str] | None = None
        found: set[str] = set()
        for entry in reversed(self.store.log()):
            if entry.task_id is None:
                continue
            if entry.kind == "undone":
                undone.add(entry.task_id)
            elif entry.kind in _CHANGES and entry.task_id in undone:
                undone.discard(entry.task_id)
            elif entry.kind in _CHANGES:
                last = last or (entry.at, entry.kind)
                if (entry.at, entry.kind) != last:
                    break
                found.add(entry.task_id)
        return found

    def with_note(self, card: Card, words: str) -> Card | None:
        """The card with a typed note, if the words say something that is to be done; None if they don't."""
        from cardscan.notes import read_note

        facts = read_note(words, self.now.date(), self.settings.country)
        if not (facts.promises or facts.offers or facts.meeting or facts.referral):
            return None
        # What was said today does not tell when we first met.
        facts = replace(facts, met=type(facts.met)())
        return replace(card, notes=(*card.notes, Note(words, "typed", facts=facts)))


@contextmanager
def desk_of(context: click.Context) -> Iterator[Desk]:
    """Open the store of an action, with settings and clock."""
    settings = user_settings()
    with opened_store(_said(context, "store_path")) as store:
        yield Desk(context, store, settings)


def reached_nobody(words: str) -> bool:
    """Whether a log entry says in so many words that nobody answered."""
    text = words.casefold()
    return any(phrase in text for phrase in NO_ANSWER_WORDS)


def _said(context: click.Context, name: str) -> Any:
    """An option of the action, else the one that stands before its name."""
    value = context.params.get(name)
    parent = context.parent
    return value if value or parent is None or name not in parent.params else parent.params[name]


def _news(before: Task | None, after: Task) -> bool:
    """Whether a change is worth telling: another slot alone is not."""
    return before is None or (before.status, before.due, before.title) != (after.status, after.due, after.title)


def _names(card: Card) -> str:
    contact = card.contact
    if contact is None:
        return ""
    names = [contact.name.full, *contact.name.also] if contact.name else []
    names += [organization.value for organization in contact.organizations]
    return "\n".join(" ".join(name.casefold().split()) for name in names) or card.id
