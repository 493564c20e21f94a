"""The installed Tesseract program: whether it is there, what it can read, and how it is run.

It is run directly, not through pytesseract, which writes temporary files, takes its environment from ours and on a
timeout ends only one process.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from cardscan.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TESSERACT_REMEDY: Final = (
    "Tesseract is not installed; Debian/Ubuntu: sudo apt install tesseract-ocr; macOS: brew install tesseract; "
    "Windows: winget install UB-Mannheim.TesseractOCR; or leave out --engine tesseract"
)
_LANGUAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,30}(?:/[A-Za-z][A-Za-z0-9_]{1,30})?")
_NOT_TEXT: Final = frozenset({"osd", "equ"})
_LIST_TIMEOUT: Final = 20.0


def find_program() -> str | None:
    """The path of the Tesseract program, or None."""
    return shutil.which("tesseract")


def available() -> bool:
    """Whether Tesseract can be run and has a language."""
    return bool(installed_languages())


@functools.cache
def installed_languages() -> tuple[str, ...]:
    """Language codes Tesseract can read, sorted; empty when it is not installed or does not run."""
    program = find_program()
    if program is None:
        return ()
    try:
        listing = run_program(program, ["--list-langs"], b"", _LIST_TIMEOUT)
    except EngineError:
        return ()
    names = (line.strip() for line in listing.splitlines()[1:])
    return tuple(sorted(name for name in names if _LANGUAGE.fullmatch(name) and name not in _NOT_TEXT))


def default_languages(installed: Iterable[str]) -> tuple[str, ...]:
    """Which of the installed languages to read with when none is asked for.

    The whole Latin script where there is a model for it, else every Latin language that is installed would only slow
    Tesseract down and blur its choice, so: English and German, French, Spanish, Italian, Portuguese at most.
    """
    names = tuple(installed)
    for wanted in (("script/Latin",), ("Latin",)):
        if wanted[0] in names:
            return wanted
    common = tuple(name for name in ("eng", "deu", "fra", "spa", "ita", "por") if name in names)
    return common or names[:1]


def run_program(program: str, arguments: Sequence[str], data: bytes, timeout: float) -> str:
    """Run Tesseract with `data` on its input, in a process group of its own that ends with the timeout.

    Raises:
        EngineError: It cannot be started, fails, or takes longer than `timeout` seconds.
    """
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads cost more than they bring
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            [program, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
        )
    except OSError as error:
        raise EngineError(f"Tesseract cannot be started ({error.strerror}); {TESSERACT_REMEDY}") from error
    try:
        output, complaint = process.communicate(data, timeout=timeout)
    except BaseException as error:
        _end_group(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise EngineError(f"Tesseract took longer than {timeout:g} s on one card", kind="timeout") from error
        raise
    if process.returncode != 0:
        said = complaint.decode("utf-8", "replace").strip().splitlines()
        raise EngineError(f"Tesseract failed: {said[-1] if said else f'exit code {process.returncode}'}")
    return output.decode("utf-8", "replace")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
