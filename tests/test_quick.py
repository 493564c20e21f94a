"""Records made quickly are the records themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from cardscan import wire
from cardscan.record import Task, Why
from cardscan.record.quick import quick


def test_what_is_made_quickly_is_the_record() -> None:
    """Class, values, defaults, hash, copies and JSON are those of a record made in the usual way."""
    usual = Task("t-1", "c-1", "Ada Example", "combined", "email", "Write", minutes=5, why=Why(("a",), date="words"))
    why = quick(Why)(("a",), date="words")
    quickly = quick(Task)("t-1", "c-1", "Ada Example", "combined", "email", "Write", minutes=5, why=why)
    assert type(quickly) is Task
    assert type(quickly.why) is Why
    assert quickly == usual
    assert (hash(quickly), repr(quickly)) == (hash(usual), repr(usual))
    assert replace(quickly, status="done") == replace(usual, status="done")
    assert wire.dumps(quickly) == wire.dumps(usual)


def test_it_is_frozen_and_takes_only_its_fields() -> None:
    """Nothing can be set afterwards, and a field that is missing or unknown is refused as the class refuses it."""
    made = quick(Why)(("a",))
    with pytest.raises(FrozenInstanceError):
        made.note = "changed"  # type: ignore[misc]
    with pytest.raises(TypeError):
        quick(Task)("t-1")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        quick(Why)(unknown=1)  # type: ignore[call-arg]
