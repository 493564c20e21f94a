"""What the planning commands share: the user's settings, the playbook, and a plan made from the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from cardscan.cli.common import config_folder
from cardscan.settings import FILE_NAME, Settings, load, system_defaults
from cardscan.terminal import safe

if TYPE_CHECKING:
    from cardscan.plan import Plan, Playbook
    from cardscan.record import Card, Task
    from cardscan.store import LogEntry, Store

PLAYBOOKS = "playbooks"
PLANNED = "planned"


def user_settings(**changes: Any) -> Settings:
    """The settings file over the machine's defaults, with what the command line says over both (None: not said).

    Raises:
        ConfigError: The file or an option is not what the schema asks for.
    """
    settings = load(config_folder() / FILE_NAME, system_defaults())
    said = {key: value for key, value in changes.items() if value is not None}
    if said.get("country", settings.country) != settings.country:
        said.setdefault("region", None)  # a part of another country
    return replace(settings, **said) if said else settings


def user_playbook(name: str) -> Playbook:
    """A playbook by name or path; those in the user's own folder come first.

    Raises:
        ConfigError: There is no such playbook, or it is not a valid one.
    """
    from cardscan.plan import load_playbook

    return load_playbook(name, config_folder() / PLAYBOOKS)


def replanned(
    store: Store, cards: Sequence[Card], now: datetime, settings: Settings, *, only: frozenset[str] | None = None,
    begin: datetime | None = None, keep: bool = True, log: Sequence[LogEntry] = (),
) -> Plan:  # fmt: skip
    """Make the plan from what the store holds, and keep what has changed.

    Args:
        store: Where tasks and their history are.
        cards: All cards, as read; those of one contact are planned for as one.
        now: The moment of planning.
        settings: The user's.
        only: Plan for these contacts only.
        begin: No slot before this.
        keep: Whether the store takes the plan up.
        log: Entries to keep with it.
    """
    from cardscan.cli.contacts import contact_log, folded
    from cardscan.plan import make_plan, retold

    playbook = user_playbook(settings.playbook)
    contacts = folded(store, cards)
    past = retold(store.tasks(), contacts.cards, contacts.contact_of, playbook)
    history = contact_log([*store.log(), *log], contacts)
    only = frozenset(contacts.contact_of.get(each, each) for each in only) if only is not None else None
    plan = make_plan(contacts.cards, past.tasks, history, now, settings, playbook, only=only, begin=begin)
    if keep:
        before = {task.id: task for task in past.tasks}
        changed = [task for task in plan.tasks if before.get(task.id) != task]
        removed = (*plan.removed, *past.superseded)
        if changed or removed or log:
            store.put_tasks(changed, removed, log)
    return plan


def planned_with(store: Store, settings: Settings, at: datetime) -> list[LogEntry]:
    """A log entry that tells how the plan was made, if that is other than the last time."""
    from cardscan.store import LogEntry

    choices = {key: getattr(settings, key) for key in ("playbook", "focus", "block", "country")}
    text = json.dumps(choices | {"name": user_playbook(settings.playbook).name}, sort_keys=True)
    last = next((entry.text for entry in reversed(store.log()) if entry.kind == PLANNED), None)
    return [] if text == last else [LogEntry(None, at.isoformat(timespec="seconds"), PLANNED, text)]


def planned_settings(store: Store, settings: Settings, playbooks: set[str]) -> Settings:
    """The settings with which tasks of one of these playbooks were last planned, so that one change changes no more."""
    for entry in reversed(store.log()):
        if entry.kind == PLANNED:
            choices = json.loads(entry.text)
            if not playbooks or choices.pop("name") in playbooks:
                choices.pop("name", None)
                return replace(settings, **choices)
    return settings


def brought_up_to_date(store: Store, settings: Settings, now: datetime) -> list[Task]:
    """The store's tasks; those whose time has passed get a new one, with the choices each was planned with."""
    tasks = store.tasks()
    if any(task.start and _is_past(task, now) for task in open_tasks(tasks)):
        cards = list(store.cards())
        for playbook in sorted({task.playbook for task in tasks}):
            contacts = frozenset(task.contact_id for task in tasks if task.playbook == playbook and task.contact_id)
            chosen = planned_settings(store, settings, {playbook})
            replanned(store, cards, now, chosen, only=contacts)
        tasks = store.tasks()
    return tasks


def _is_past(task: Task, now: datetime) -> bool:
    return datetime.fromisoformat(task.start or "") + timedelta(minutes=task.minutes) <= now


def say(messages: Iterable[str], quiet: bool, most: int = 6) -> None:
    """Warnings on stderr, a few of them, unless silence was asked for."""
    if quiet:
        return
    messages = list(messages)
    for message in messages[:most]:
        click.echo(f"cardscan: {safe(message)}", err=True)
    if len(messages) > most:
        click.echo(f"cardscan: and {len(messages) - most} more warnings", err=True)


def open_tasks(tasks: Iterable[Task]) -> list[Task]:
    """Those still to do."""
    return [task for task in tasks if task.status in ("open", "waiting")]
