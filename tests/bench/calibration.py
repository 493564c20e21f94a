"""Whether confidence means what it says: of values given as 0.9 sure, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.bench.agree import AGREE, FIELDS
from tests.bench.score import CardScore, true_values

BINS: Final = 10
KEYS: Final = {
    "title": "titles",
    "organization": "organizations",
    "phone": "phones",
    "email": "emails",
    "url": "urls",
    "address": "addresses",
}


def _values(contact: dict[str, Any]) -> Iterator[tuple[str, Any, float]]:
    """(field, value as the scorer compares it, confidence) of a contact that was read."""
    name = contact.get("name") or {}
    if name.get("full"):
        yield "name", (name["full"], *name.get("also", ())), name.get("confidence", 1.0)
    for field, key in KEYS.items():
        for item in contact.get(key, ()):
            value: Any = item.get("value")
            if field == "organization":
                value = (item["value"], *item.get("also", ()))
            elif field == "phone":
                value = {"e164": item.get("value"), "raw": item.get("raw")}
            elif field == "address":
                value = item["full"]
            yield field, value, item.get("confidence", 1.0)


def judged(cards: Sequence[CardScore]) -> Iterator[tuple[str, float, bool]]:
    """(field, confidence, whether it was right) of every value that was read."""
    for card in cards:
        want = true_values(card.truth)
        for contact in card.read.get("contacts", ()):
            for field, value, confidence in _values(contact):
                yield field, confidence, any(AGREE[field](true, value) for true in want[field])


def bins(judgements: Sequence[tuple[float, bool]]) -> list[tuple[int, float, float]]:
    """(number of values, mean confidence, share right) of each tenth of the confidence scale, empty ones left out."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judgements:
        groups[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [(len(g), sum(c for c, _ in g) / len(g), sum(r for _, r in g) / len(g)) for g in groups if g]


def expected_error(judgements: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: the mean gap between confidence and share right, weighted by bin size."""
    total = max(1, len(judgements))
    return sum(count * abs(mean - right) for count, mean, right in bins(judgements)) / total


def markdown(cards: Sequence[CardScore]) -> list[str]:
    """The calibration table and reliability diagram as lines of Markdown."""
    found = list(judged(cards))
    lines = [
        "## Calibration",
        "",
        "| field | values | mean confidence | right | expected calibration error |",
        "|---|---|---|---|---|",
    ]
    for field in (*FIELDS, "all"):
        own = [(c, r) for f, c, r in found if field in (f, "all")]
        if own:
            mean, right = sum(c for c, _ in own) / len(own), sum(r for _, r in own) / len(own)
            lines.append(f"| {field} | {len(own)} | {mean:.3f} | {right:.3f} | {expected_error(own):.3f} |")
    lines += ["", "Reliability, all fields:", "", "| confidence | values | right | |", "|---|---|---|---|"]
    for count, mean, right in bins([(c, r) for _, c, r in found]):
        lines.append(f"| {mean:.2f} | {count} | {right:.3f} | {'█' * round(right * 20)} |")
    return lines
