"""`cardscan doctor`: what is here, what is missing, and what to do about it."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

import click

from cardscan import __version__
from cardscan.cli.common import store_location, store_option
from cardscan.errors import StoreError
from cardscan.terminal import safe

LIBRARIES = ("onnxruntime", "opencv-python", "pillow", "pillow-heif", "pypdfium2", "zxing-cpp", "phonenumbers")


@click.command("doctor", epilog="\b\nExample:\n  cardscan doctor    leaves with 5 when no engine can be used")
@store_option
def command(store_path: str | None) -> int:
    """Say which engines, models and versions are in use, and what is missing."""
    from cardscan import assets, ocr
    from cardscan.store import Store

    click.echo(f"cardscan {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    models_fine = True
    for model in assets.inventory():
        models_fine = models_fine and model.ok
        _row(model.ok, f"model {model.name}", model.licence if model.ok else model.problem or "missing")
    languages = ocr.tesseract_languages()
    _row(models_fine, "engine onnx", "default" if models_fine else "reinstall cardscan: pip install --force-reinstall")
    _row(bool(languages), "engine tesseract", ", ".join(languages) if languages else ocr.TESSERACT_REMEDY)
    for name in LIBRARIES:
        _row(True, name, metadata.version(name))
    location = store_location(store_path)
    try:
        with Store.open(location) as store:
            cards = sum(1 for _ in store.cards())
        _row(True, "store", f"{location} ({cards} cards)")
        store_fine = True
    except StoreError as error:
        _row(False, "store", str(error))
        store_fine = False
    if not models_fine and not languages:
        return 5
    return 0 if store_fine else 6


def _row(fine: bool, what: str, said: str) -> None:
    mark = "ok" if fine else "--"
    if fine and sys.stdout.isatty():
        mark = click.style(mark, fg="green")
    click.echo(f"{mark}  {what:28} {safe(said)}")
