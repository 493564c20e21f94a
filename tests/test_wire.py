"""Records and JSON lines."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan import record, wire
from cardscan.errors import InputError

TEXT = st.text(alphabet=st.characters(), max_size=20) | st.sampled_from(["\udcff", "\x1b[31m", "\u202e", "\x9b"])
CARDS = st.builds(
    record.Card,
    id=TEXT,
    source=st.builds(record.Source, path=TEXT, quad=st.none()),
    contact=st.builds(
        record.Contact,
        name=st.none() | st.builds(record.Name, full=TEXT),
        titles=st.lists(st.builds(record.Title, value=TEXT), max_size=2).map(tuple),
        phones=st.lists(st.builds(record.Phone, value=st.none() | TEXT, raw=TEXT), max_size=2).map(tuple),
    ),
    schema=st.just(record.CARD_SCHEMA),
    notes=st.just(()),
    lines=st.just(()),
    codes=st.just(()),
)


@settings(deadline=None)  # a busy machine is no fault
@given(CARDS)
def test_a_card_survives_its_line(card: record.Card) -> None:
    """What is written is read back equal, is one line of valid UTF-8, and holds nothing a terminal would obey."""
    line = wire.dumps(card)
    line.encode("utf-8")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "\u202e\u2066" for char in line)
    again = wire.loads(line)
    assert isinstance(again, record.Card)
    assert again.contact == card.contact
    assert again.source.path == card.source.path


@settings(deadline=None)  # a busy machine is no fault
@given(CARDS)
def test_a_card_fits_its_published_schema(card: record.Card) -> None:
    """Every printed card is valid by `cardscan schema card`."""
    jsonschema.Draft202012Validator(wire.json_schema("card")).validate(json.loads(wire.dumps(card)))


@pytest.mark.parametrize("kind", ["card", "task", "note", "kinship", "error"])
def test_no_key_may_be_absent(kind: str) -> None:
    """The schemas are sound and require every key: a missing value is null or [], never an absent key."""
    schema = wire.json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    for definition in schema["$defs"].values():
        if "properties" in definition:
            assert set(definition["required"]) == set(definition["properties"])


def test_unknown_keys_are_ignored() -> None:
    """A line of a newer version still loads."""
    data: dict[str, Any] = json.loads(wire.dumps(record.NoteFacts(text="hot lead")))
    data["invented_later"] = 1
    assert wire.loads(json.dumps(data)) == record.NoteFacts(text="hot lead")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"schema": 1}',
        '{"schema": "cardscan/card/9"}',
        '{"schema": "cardscan/card/1", "id": 3}',
    ],
)
def test_a_line_that_is_not_ours_is_refused_in_words(line: str) -> None:
    """Anything but one of our records raises an error that says what is wrong."""
    with pytest.raises(InputError) as caught:
        wire.loads(line)
    assert caught.value.kind == "invalid-record"
    assert str(caught.value)


def test_a_bottomless_line_is_refused() -> None:
    """Nesting that overruns the parser's stack is an error in words."""
    with pytest.raises(InputError):
        wire.loads("[" * 100_000)
