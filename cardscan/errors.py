"""The error tree: everything cardscan says went wrong, each with its exit code and its remedy in words.

A stage raises one of these; the command line catches `CardscanError` in one place (`cli.main`), prints the message and
leaves with `exit_code`. A batch catches `InputError` per photo, accounts for it and goes on.
"""

from __future__ import annotations

from typing import ClassVar


class CardscanError(Exception):
    """Anything cardscan knows how to explain.

    Attributes:
        exit_code: What the process returns when this reaches the edge (contract: 1 unexpected, 2 usage,
            4 unreadable input, 5 no engine or model, 6 store not usable).
        kind: A stable word for programs, such as `truncated`; stands in error lines.
    """

    exit_code: ClassVar[int] = 1
    kind: str = "unexpected"

    def __init__(self, message: str, *, kind: str | None = None) -> None:
        super().__init__(message)
        if kind is not None:
            self.kind = kind


class UsageError(CardscanError):
    """The command was asked for something it cannot mean."""

    exit_code = 2
    kind = "usage"


class InputError(CardscanError):
    """One input could not be read; the rest of a batch can.

    `kind` is one of: not-found, empty, not-an-image, truncated, corrupt, too-large, encrypted, unsupported, timeout,
    crashed, invalid-record.
    """

    exit_code = 4
    kind = "corrupt"


class EngineError(CardscanError):
    """No usable OCR engine or model, or the chosen one failed to start."""

    exit_code = 5
    kind = "engine"


class ModelError(EngineError):
    """A model file is missing or its sha256 is not the one in the manifest."""

    kind = "model"


class StoreError(CardscanError):
    """The store cannot be opened, read or written."""

    exit_code = 6
    kind = "store"


class ConfigError(UsageError):
    """A settings file or a playbook is not what its schema asks for."""

    kind = "config"
