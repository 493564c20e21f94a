"""A terminal of its own inside tmux: keys in, screens out."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from cardscan.terminal import width

COMMAND = [sys.executable, "-m", "cardscan", "review", "--now", "2026-04-20T09:00:00+00:00"]


class Screen:
    """A terminal of its own, keys in and screens out."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._socket = f"cardscan-{uuid4().hex[:8]}"
        self.keys = 0
        self.columns = columns
        self._tmux("-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def start(self, store: Path, *options: str) -> None:
        """Review the cards of a store, in place of what ran before."""
        line = shlex.join(["env", "PS1=$ ", *COMMAND, "--store", str(store), *options])
        self.run(f"{line}; echo LEFT=$?; exec sleep 600")

    def run(self, line: str) -> None:
        """Run a line of shell in place of what ran before."""
        self._tmux("respawn-pane", "-k", line)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self.keys += len(keys)
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it stands; it is no command key, so it is not counted."""
        self._tmux("send-keys", "-l", "--", text)

    def until(self, wanted: Callable[[str], bool] | str) -> str:
        """Wait for a screen, and give it; every screen keeps within its columns."""
        seen = ""
        for _ in range(1200):
            seen = self._tmux("capture-pane", "-p")
            assert all(width(row) <= self.columns for row in seen.splitlines())
            if wanted in seen if isinstance(wanted, str) else wanted(seen):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"never seen: {wanted}; the screen is\n{seen}")

    def close(self) -> None:
        """End this terminal and what runs in it."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        run = subprocess.run(["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=True)
        return run.stdout


def last_row(screen: str) -> str:
    """The lowest row that holds anything."""
    return (screen.rstrip().splitlines() or [""])[-1]


def shown(place: str) -> Callable[[str], bool]:
    """Whether a screen is drawn to its end and shows the card at a place, as in `1 of 8`."""
    return lambda seen: f"{place}: " in seen and "? help" in last_row(seen)


def asked(question: str) -> Callable[[str], bool]:
    """Whether the lowest row asks something that begins so, as in `title: `."""
    return lambda seen: last_row(seen).startswith(question)
