"""Options that several commands share, and the two edges where a command meets the world: the clock and the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cardscan.errors import UsageError

if TYPE_CHECKING:
    from cardscan.store import Store

Function = TypeVar("Function", bound=Callable[..., Any])


def store_option(function: Function) -> Function:
    """Add `--store PATH` as `store_path`."""
    return click.option(
        "--store",
        "store_path",
        metavar="PATH",
        envvar="CARDSCAN_STORE",
        show_envvar=True,
        help="Where contacts and tasks are kept (default: your user data folder; :memory: keeps nothing).",
    )(function)


def common_options(*formats: str, now: bool = True) -> Callable[[Function], Function]:
    """Add what nearly every command takes: `--format` (where there is a choice), `--store`, `--now`, output options."""

    def added(function: Function) -> Function:
        function = output_options(function)
        function = now_option(function) if now else function
        function = store_option(function)
        return format_option(*formats)(function) if formats else function

    return added


def format_option(*formats: str) -> Callable[[Function], Function]:
    """Add `--format`; left out, `chosen_format` takes the first for a terminal and `jsonl` for a pipe or file."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=None,
        help=f"{formats[0]} on a terminal, jsonl in a pipe, unless said.",
    )


def chosen_format(output_format: str | None, on_terminal: str = "table") -> str:
    """The format asked for, or what suits the stdout of this process."""
    return output_format or (on_terminal if sys.stdout.isatty() else "jsonl")


def now_option(function: Function) -> Function:
    """Add `--now ISO-DATETIME` as `now`, a datetime (aware if it was said so) or None; `clock` fills it in."""
    return click.option(
        "--now",
        metavar="ISO-DATETIME",
        callback=_parse_now,
        help="The time to reckon from, e.g. 2026-04-20T09:00 (default: the clock).",
    )(function)


def output_options(function: Function) -> Function:
    """Add `--quiet`, `--no-color` and `--no-input`."""
    function = click.option("--no-input", is_flag=True, help="Never ask; take the default.")(function)
    function = click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR).")(function)
    return click.option("-q", "--quiet", is_flag=True, help="Nothing but data and errors.")(function)


def clock(now: datetime | None, zone: tzinfo | None = None) -> datetime:
    """The time asked for with `--now`, else the clock, in `zone` (default: this machine's). Only this reads the clock.

    A time said without its offset is one of that zone.
    """
    if now is None:
        now = datetime.now().astimezone()
    elif now.tzinfo is None:
        now = now.replace(tzinfo=zone) if zone else now
    return now.astimezone(zone)


def store_location(store_path: str | None) -> str:
    """Where the store lies: as asked, else in the platform's user data folder."""
    if store_path:
        return store_path
    from platformdirs import user_data_path

    return str(user_data_path("cardscan", appauthor=False) / "cardscan.sqlite3")


@contextmanager
def opened_store(store_path: str | None) -> Iterator[Store]:
    """Open the store for one command, and close it."""
    from cardscan.store import Store

    with Store.open(store_location(store_path)) as store:
        yield store


def config_folder() -> Path:
    """The user's configuration folder (settings, own playbooks, own templates)."""
    from platformdirs import user_config_path

    return user_config_path("cardscan", appauthor=False)


def _parse_now(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--now takes an ISO date-time such as 2026-04-20T09:00, not {value!r}") from error
