"""The installed Tesseract program, through pytesseract: whether it is there, what it can read, and how it is run."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytesseract

from cardscan.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL import Image

TESSERACT_REMEDY: Final = (
    "Tesseract is not installed; Debian/Ubuntu: sudo apt install tesseract-ocr; macOS: brew install tesseract; "
    "Windows: winget install UB-Mannheim.TesseractOCR; or leave out --engine tesseract"
)
_LANGUAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,30}(?:/[A-Za-z][A-Za-z0-9_]{1,30})?")
_NOT_TEXT: Final = frozenset({"osd", "equ"})


def find_program() -> str | None:
    """The path of the Tesseract program, or None."""
    return shutil.which("tesseract")


@functools.cache
def installed_languages() -> tuple[str, ...]:
    """Language codes Tesseract can read, sorted; empty when it is not installed or does not run."""
    if find_program() is None:
        return ()
    try:
        names = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        return ()
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


def read_table(image: Image.Image, languages: Sequence[str], page_mode: int, timeout: float) -> str:
    """Run Tesseract on pixels and give its TSV of words.

    Pixels, never a path: given a text file with an image's name, Tesseract would read the images that file lists.
    pytesseract hands them over in a temporary PNG of its own and ends the program when its time is over.

    Raises:
        EngineError: It cannot be started, fails, or takes longer than `timeout` seconds.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads cost more than they bring
    try:
        table: str = pytesseract.image_to_data(
            image, lang="+".join(languages), config=f"--psm {page_mode} --dpi 300", timeout=timeout
        )
    except pytesseract.TesseractNotFoundError as error:
        raise EngineError(TESSERACT_REMEDY) from error
    except pytesseract.TesseractError as error:
        raise EngineError(f"Tesseract failed: {error.message}") from error
    except (SystemExit, subprocess.CalledProcessError) as error:  # how it says that the version is none it knows
        raise EngineError("Tesseract does not tell its version; is it 3.05 or later, and does it start?") from error
    except RuntimeError as error:  # how pytesseract says that the time is over
        raise EngineError(f"Tesseract took longer than {timeout:g} s on one card", kind="timeout") from error
    return table
