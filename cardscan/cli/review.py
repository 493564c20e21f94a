"""`cardscan review`: check cards with a key or two each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardscan.cli import keyboard
from cardscan.cli.common import clock, common_options, opened_store
from cardscan.errors import InputError, UsageError
from cardscan.record import Card
from cardscan.terminal import color_wanted, safe

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding.key_processor import KeyPress

    from cardscan.record import Pixels
    from cardscan.review.entries import Entry
    from cardscan.review.picture import Protocol
    from cardscan.review.screen import Terminal, View
    from cardscan.review.session import Session

EXAMPLES = """\b
Examples:
  cardscan review                cards that need a person
  cardscan review --all          every card
  cardscan review c-5f0c c-77aa  these
  cardscan review --auto         accept what is sure, ask about the rest
  cardscan review --auto=0.99 --no-input   accept only the surest, ask nothing
  cardscan review --plain        sentences only, for a screen reader
  cardscan review --graphics sixel         pictures over ssh to a sixel terminal

\b
Keys: a accepts, s skips, 1-9 fixes a value, u undoes, q quits, ? helps.
Every decision is kept at once; the next review goes on where this one ended.
"""

AUTO = 0.95
"""What `--auto` accepts unless told another: the top of the scale, where confidence is best calibrated
(docs/accuracy.md, "Calibration", measured on photos that nothing was tuned on)."""


@click.command("review", epilog=EXAMPLES)
@click.argument("card_ids", nargs=-1, metavar="[ID…]")
@click.option("--all", "everything", is_flag=True, help="Every card, not only those that need a person.")
@click.option(
    "--auto",
    type=click.FloatRange(0, 1),
    is_flag=False,
    flag_value=AUTO,
    metavar="[CONFIDENCE]",
    help=f"Accept unseen what is so sure in all its values ({AUTO} unless said).",
)
@click.option("--plain", is_flag=True, help="No pictures, colours or cursor movement.")
@click.option("--picture/--no-picture", default=True, help="Show the card where the terminal can.")
@click.option(
    "--graphics",
    type=click.Choice(["kitty", "iterm", "sixel", "blocks"]),
    envvar="CARDSCAN_GRAPHICS",
    show_envvar=True,
    help="Pictures that the terminal shows, where cardscan cannot tell: over ssh, or in a tmux that has sixel.",
)
@click.option(
    "--doubtful-below", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Mark values below this."
)
@click.option("--region", metavar="CC", help="Country that reads phone numbers typed without a prefix.")
@common_options()
def command(
    card_ids: tuple[str, ...],
    everything: bool,
    auto: float | None,
    plain: bool,
    picture: bool,
    graphics: Protocol | None,
    doubtful_below: float,
    region: str | None,
    now: datetime | None,
    store_path: str | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Check cards: the doubtful values first, one key to accept, a few to put right."""
    from cardscan import review

    told = ""
    with opened_store(store_path) as store:
        cards = [store.card(each) for each in card_ids] or list(store.cards())
        if auto is not None:
            sure = [card for card in cards if review.accepts(card, auto)]
            store.put_card(*(replace(card, review=replace(card.review, status="reviewed")) for card in sure))
            told = f"accepted {len(sure)} of {len(cards)} cards unseen (all values at least {auto:.0%} sure)"
            cards = [card for card in cards if card not in sure]
        queue = cards if card_ids else review.to_review(cards, everything)
        if told and (no_input or not queue):
            click.echo(told, err=True)
        if not queue:
            click.echo("nothing to review", err=True)
            return 0
        if no_input:
            if auto is not None:
                return 0
            raise UsageError(f"{len(queue)} cards need a person; run without --no-input, or with --auto")
        front = _front(plain, picture, no_color, graphics)
        session = review.Session(
            store,
            [card.id for card in queue],
            front.ask,
            lambda: clock(now),
            doubtful_below=doubtful_below,
            region=region,
        )
        session.message = told
        front.run(session)
    return 0


def _front(plain: bool, picture: bool, no_color: bool, graphics: Protocol | None) -> _Plain | _Full:
    if plain or not sys.stdin.isatty() or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return _Plain()
    return _Full(picture, color_wanted(sys.stdout, no_color), graphics)


class _Plain:
    """One letter and Enter a decision; sentences only. Also what a script or a pipe talks to."""

    def run(self, session: Session) -> None:
        from cardscan.review import screen

        while not session.finished:
            click.echo("\n".join(screen.plain(session.view())))
            click.echo("a, s, 1-9, x, l, +, -, n, u, q or ?: ", nl=False)
            line = sys.stdin.readline()
            if not line:
                break
            key = line.strip()[:1]
            if key == "?":
                click.echo(screen.HELP)
            else:
                session.press(key)
        if session.message:
            click.echo(safe(session.message))

    def ask(self, question: str, filled: str, completions: Sequence[str], about: Entry | None = None) -> str | None:
        """Ask for a line; an empty answer keeps what was there, a single - empties it."""
        hint = f" (Enter keeps {filled}, - drops it)" if filled else ""
        click.echo(safe(f"{question.rstrip()}{hint} ", keep="\n"), nl=False)
        answer = sys.stdin.readline().rstrip("\n")
        return "" if answer == "-" else answer or None


class _Full:
    """Keys without Enter, a screen a card, and pictures."""

    def __init__(self, picture: bool, colours: bool, graphics: Protocol | None) -> None:
        from cardscan.review.picture import protocol_of

        self._pictures = _Pictures(picture)
        self._session: Session | None = None
        self._colours = colours
        self._editor: PromptSession[str] | None = None
        self._ahead: list[KeyPress] = []
        self._protocol: Protocol = (graphics or protocol_of(os.environ)) if picture else "none"

    def run(self, session: Session) -> None:
        from cardscan.review import screen

        self._session = session
        with keyboard.keys() as read:
            while not session.finished:
                self._show(session.view())
                key = self._next(read)
                if key in ("\x03", keyboard.END):
                    raise KeyboardInterrupt
                if key == "?":
                    click.echo("\x1b[2J\x1b[H" + screen.HELP + "\n\nany key goes back")
                    self._next(read)
                else:
                    session.press(key)
        click.echo("\x1b[2J\x1b[H", nl=False)

    def ask(self, question: str, filled: str, completions: Sequence[str], about: Entry | None = None) -> str | None:
        """Ask for a line, pre-filled, with completion; Ctrl-C or Ctrl-D gives it up."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import WordCompleter
        from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead

        from cardscan.review import screen

        if self._editor is None:
            self._editor = PromptSession()  # remembers what was typed: the up key brings it back
        if about is not None and self._session is not None:
            self._show(self._session.view(), about)
        before, _, last = safe(question, keep="\n").rpartition("\n")
        if before:
            click.echo("\x1b[2J\x1b[H" + "\n".join(screen.abreast(before.split("\n"), self._terminal())))
        words = WordCompleter([safe(each) for each in completions], sentence=True, ignore_case=True)
        # What was typed ahead goes to the editor, and what the editor read too much comes back as keys.
        store_typeahead(self._editor.app.input, self._ahead)
        try:
            return self._editor.prompt(last, default=safe(filled), completer=words, complete_while_typing=False)
        except (KeyboardInterrupt, EOFError):
            return None
        finally:
            self._ahead = get_typeahead(self._editor.app.input)

    def _next(self, read: Callable[[], str]) -> str:
        while self._ahead:
            data = self._ahead.pop(0).data
            if len(data) == 1:  # longer ones are the terminal's answers, and keys that are none here
                return data
        return read()

    def _show(self, view: View, about: Entry | None = None) -> None:
        from cardscan.review import screen

        rows = screen.draw(self._pictures.put_into(view, about), self._terminal())
        click.echo("\x1b[2J\x1b[H" + "\n".join(rows) + "\n", nl=False)

    def _terminal(self) -> Terminal:
        from cardscan.review.screen import Terminal

        size = os.get_terminal_size(sys.stdout.fileno())  # not COLUMNS, which is stale after a resize
        return Terminal(size.columns, size.lines, self._protocol, self._colours, keyboard.cell_size(size))


class _Pictures:
    """Cuts cards out of their photos for the screen; the photo of the last card is kept."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._last: tuple[str, Pixels | None] = ("", None)

    def put_into(self, view: View, about: Entry | None = None) -> View:
        """The view with the card's picture and the crop of a value, else of its first doubtful one.

        Args:
            view: What is to be drawn.
            about: The value in hand.
        """
        card = view.card
        if not self._wanted or card.source.quad is None:
            return view
        pixels = self._photo(card)
        if pixels is None:
            return view
        from cardscan import image
        from cardscan.review.screen import doubtful_entries

        doubtful = doubtful_entries(card, view.doubtful_below)
        in_hand = [about] if about is not None and about.value.lines else doubtful[:1]
        lines = [card.lines[i] for e in in_hand for i in e.value.lines[:1] if i < len(card.lines)]
        crop = image.cut(pixels, lines[0].quad) if lines else None
        return replace(view, pixels=image.cut(pixels, card.source.quad), crop=crop)

    def _photo(self, card: Card) -> Pixels | None:
        key = f"{card.source.path}#{card.source.page}"
        if self._last[0] != key:
            self._last = (key, _load(card))
        return self._last[1]


def _load(card: Card) -> Pixels | None:
    from cardscan import image
    from cardscan.options import ImageOptions

    try:
        pages = image.load(Path(card.source.path), ImageOptions())
        return next((page.pixels for page in pages if page.page == card.source.page), None)
    except InputError:
        return None  # the photo was moved since; the values can still be checked
