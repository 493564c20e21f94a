"""Single keys from a terminal, one at a time however fast they are typed; and how large its cells are."""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

END: Final = "\x04"
"""What is given when nothing more can come: Ctrl-D, or a terminal that is gone."""
_ESCAPE: Final = b"\x1b"
# A terminal's answer to "where is the cursor?", which the line editor asks: it may come when the line is typed already.
_CURSOR_REPORT: Final = re.compile(rb"\x1b\[[0-9]{1,4};[0-9]{1,4}R")


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """A function that waits for the next key on stdin; inside, the terminal neither echoes nor waits for Enter.

    What is typed ahead stays in the terminal until it is asked for, so a line editor gets its part of it. Keys that
    send several bytes (arrows, function keys) are given as one escape character. Ctrl-C raises KeyboardInterrupt.
    """
    if sys.platform == "win32":
        import click

        yield click.getchar
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def read() -> str:
        tty.setcbreak(descriptor, termios.TCSADRAIN)  # again, as a shell may have changed it while we were stopped
        return _key(descriptor)

    try:
        yield read
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def cell_size(size: os.terminal_size) -> tuple[int, int] | None:
    """Pixels across and down of a character on stdout's terminal of this size; None where it does not say."""
    if sys.platform == "win32":
        return None
    import fcntl
    import struct
    import termios

    try:
        answer = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    _, _, width, height = struct.unpack("HHHH", answer)
    cell = width // max(size.columns, 1), height // max(size.lines, 1)
    return cell if min(cell) > 1 else None


def _key(descriptor: int) -> str:
    while True:
        data = os.read(descriptor, 1)
        if not data:
            return END
        if data == _ESCAPE:
            data += _waiting(descriptor)
            if _CURSOR_REPORT.fullmatch(data):
                continue
            return "\x1b"
        for _ in range(_following(data[0])):
            data += os.read(descriptor, 1)
        return data.decode("utf-8", "replace")


def _waiting(descriptor: int) -> bytes:
    """The rest of an escape sequence: what is there within a moment, up to its final letter."""
    data = b""
    while len(data) < 32 and select.select([descriptor], [], [], 0.05)[0]:
        data += os.read(descriptor, 1)
        if len(data) > 1 and re.fullmatch(rb"[@-~]", data[-1:]):
            break
        if len(data) == 1 and data not in (b"[", b"O"):
            break
    return data


def _following(first: int) -> int:
    """How many bytes follow the first of a character in UTF-8."""
    return 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0
