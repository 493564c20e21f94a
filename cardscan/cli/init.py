"""`cardscan init`: the user's settings, asked once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cardscan.cli.common import config_folder, output_options
from cardscan.errors import ConfigError, UsageError
from cardscan.settings import FILE_NAME, KEYS, WEEKDAYS, Settings, dump, load, system_defaults
from cardscan.terminal import is_interactive

EXAMPLES = """\b
Examples:
  cardscan init                                     asks; Enter keeps what is shown
  cardscan init --no-input --name "Jane Doe" --country DE --region BY
  cardscan init --show                              what is set, and where

\b
Nothing must be set to begin. The file is TOML; edit it as you like.
"""

# key: (question, what the help of its option says)
QUESTIONS: dict[str, tuple[str, str]] = {
    "name": ("Your name, as it stands under a letter", "Your name."),
    "email": ("Your mail address", "Your mail address."),
    "signature": ("Signature under mails (\\n begins a line)", "Lines under a mail; \\n begins a line."),
    "address": ("Your postal address for envelopes (\\n begins a line)", "Your postal address; \\n begins a line."),
    "country": ("Country whose holidays are yours (two letters)", "Country whose holidays are yours, e.g. DE."),
    "region": ("State or province, for its holidays", "State or province with holidays of its own, e.g. BY."),
    "time_zone": ("Time zone", "IANA time zone, e.g. Europe/Berlin."),
    "working_days": (
        "Working days, e.g. mon,tue,wed,thu,fri (empty: your country's)",
        "Working days, e.g. mon,tue,wed.",
    ),
    "office_hours": ("Hours in which you make calls", "Hours in which you make calls, e.g. 09:00-17:00."),
    "block": ("The hour of each working day for following up", "Time of each working day for following up."),
    "focus": ("People per event to follow up in full (0: all)", "Full plans per event; 0 gives everyone one."),
    "limit": ("Warn when an event has more full plans than", "Full plans per event beyond which plan warns."),
    "playbook": ("Playbook", "Playbook: combined, frishman, six-tips, lemonade, six-rules, system, or a file."),
}


def _options(function: Any) -> Any:
    for key, (_, text) in reversed(QUESTIONS.items()):
        function = click.option(f"--{key.replace('_', '-')}", key, metavar="TEXT", default=None, help=text)(function)
    return function


@click.command("init", epilog=EXAMPLES)
@_options
@click.option("--show", is_flag=True, help="Print the settings and where they are, and stop.")
@output_options
def command(show: bool, quiet: bool, no_color: bool, no_input: bool, **said: str | None) -> None:
    """Set your name, zone, working days and the daily block once."""
    path = config_folder() / FILE_NAME
    settings = load(path, system_defaults())
    if show:
        click.echo(f"# {path}{'' if path.exists() else ' (not written yet: these are the defaults)'}")
        click.echo(dump(settings), nl=False)
        return
    for key, text in said.items():
        if text is not None:
            settings = _with(settings, key, text)
    if is_interactive(no_input) and not any(text is not None for text in said.values()):
        click.echo("Enter keeps what stands in brackets, - empties it.", err=True)
        for key, (question, _) in QUESTIONS.items():
            settings = _asked(settings, key, question)
    _check_playbook(settings.playbook)
    _write(path, dump(settings))
    if not quiet:
        click.echo(f"settings are in {path}", err=True)


def _asked(settings: Settings, key: str, question: str) -> Settings:
    """Ask until the answer is one that can be."""
    shown = _text_of(getattr(settings, key))
    while True:
        answer = click.prompt(question, default=shown, show_default=bool(shown), err=True)
        if answer == shown:
            return settings
        try:
            return _with(settings, key, "" if answer.strip() == "-" else answer)
        except ConfigError as error:
            click.echo(f"  {error}", err=True)


def _with(settings: Settings, key: str, text: str) -> Settings:
    """The settings with one changed; an empty text takes the default.

    Raises:
        ConfigError: The value is not one that can be.
    """
    assert key in KEYS
    text = text.strip()
    value: Any = text.replace("\\n", "\n")
    if not text:
        value = getattr(Settings(), key)
    elif key in ("country", "region"):
        value = text.upper()
    elif key in ("focus", "limit"):
        if not text.isdigit():
            raise ConfigError(f"{key}: {text!r} is not a whole number")
        value = int(text)
    elif key == "working_days":
        value = tuple(day.strip()[:3].lower() for day in text.split(",") if day.strip())
        if not set(value) <= set(WEEKDAYS):
            raise ConfigError(f"working_days: {text!r} is not a list such as mon,tue,wed")
    return replace(settings, **{key: value})


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    return ",".join(value) if isinstance(value, tuple) else str(value).replace("\n", "\\n")


def _check_playbook(name: str) -> None:
    from cardscan.cli.planning import user_playbook

    user_playbook(name)


def _write(path: Path, text: str) -> None:
    """Write the file for the user alone, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
