"""jCard (RFC 7095): vCard 4.0 in JSON, one array per person inside an array."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cardscan.export.person import people
from cardscan.export.vcard import Property, properties
from cardscan.record import Card


def dump(cards: Iterable[Card]) -> str:
    """All people as a JSON array of jCards."""
    found = [["vcard", [["version", {}, "text", "4.0"], *map(_item, properties(person))]] for person in people(cards)]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _item(item: Property) -> list[Any]:
    parameters = {key: values[0] if len(values) == 1 else list(values) for key, values in item.parameters.items()}
    if isinstance(item.value, list):
        return [item.name, parameters, item.kind, *item.value]
    value = list(item.value) if isinstance(item.value, tuple) else item.value
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return [item.name, parameters, item.kind, value]
