"""Records to JSON lines and back: pipes, store and export all speak it.

A line is one JSON object with a `schema` key. Keys are those of `cardscan.record`; none is ever left out (a missing
value is `null` or `[]`), unknown keys are ignored when reading, so older and newer lines both load.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

from cardscan import record
from cardscan.errors import InputError

T = TypeVar("T")
Line = record.Card | record.ErrorLine | record.Kinship | record.NoteFacts | record.Task

RECORD_BY_SCHEMA: dict[str, type[Line]] = {
    record.CARD_SCHEMA: record.Card,
    record.ERROR_SCHEMA: record.ErrorLine,
    record.KINSHIP_SCHEMA: record.Kinship,
    record.NOTE_SCHEMA: record.NoteFacts,
    record.TASK_SCHEMA: record.Task,
}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_builtins(value: Any) -> Any:
    """Turn a record into dicts, lists and plain values, floats rounded to four places (pixels to one)."""
    return _rounded(msgspec.to_builtins(value))


def dumps(value: Any) -> str:
    """One JSON line for a record, readable UTF-8, safe to encode even when a path holds surrogate escapes.

    C0, DEL and C1 controls and lone surrogates stand as `\\u` escapes, so a terminal shows them and does not obey them.
    """
    text = json.dumps(to_builtins(value), ensure_ascii=False, separators=(", ", ": "))
    text = re.sub("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", lambda m: f"\\u{ord(m[0]):04x}", text)
    return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def convert(data: Any, kind: type[T]) -> T:
    """Build a record of `kind` from plain JSON values.

    Raises:
        InputError: A required key is missing or a value has the wrong type; the message names the key.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"not a {kind.__name__} record: {error}", kind="invalid-record") from error


def loads(line: str) -> Line:
    """Read one JSON line of any published schema.

    Raises:
        InputError: Not JSON, or its `schema` is not one of ours, or it does not fit its schema.
    """
    try:
        data = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"not a JSON line: {error}", kind="invalid-record") from error
    name = data.get("schema") if isinstance(data, dict) else None
    kind = RECORD_BY_SCHEMA.get(name) if isinstance(name, str) else None
    if kind is None:
        known = ", ".join(RECORD_BY_SCHEMA)
        raise InputError(f"unknown schema {name!r} (known: {known})", kind="invalid-record")
    return convert(data, kind)


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of `card`, `task`, `note`, `kinship` or `error` lines; every key is required."""
    kind = RECORD_BY_SCHEMA[f"cardscan/{name}/1"]
    _, definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
    root: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"cardscan/{name}/1",
        "$ref": f"#/$defs/{kind.__name__}",
        "$defs": definitions,
    }
    return root


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 1 if abs(value) >= 100 else 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
