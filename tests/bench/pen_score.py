"""Score what was made of pens: lines told as pen or print, notes read, marks found.

usage: python -m tests.bench.pen_score TRUTH.jsonl READINGS.jsonl [--misses N] [--json]

Lines are compared by where they lie, in photo pixels: a line that was read is a pen's if most of what it covers of the
true lines was written by pen; a true pen line is found if lines called handwriting cover half of it. `stray` counts
lines called handwriting that cover no true line at all (a logo, the desk). Numbers that a pen wrote in place of others
are pen lines too. Character error is as in `score`. A mark is right when its kind is, and it lies where the true one
does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from tests.bench import score

HALF: Final = 0.5
TOUCHES: Final = 0.2
"""Share of a read line that has to lie on true lines, else it is stray."""
STANDING: Final = ("star", "double-star", "check", "arrow")
THINNEST: Final = 0.1
SAME_PLACE: Final = 0.25
"""Intersection over union of a mark's upright box with the true one's."""


@dataclass(slots=True)
class PenScore:
    """One card: counts of lines and marks, and what was said wrongly."""

    file: str
    true_pen: int = 0
    found: int = 0
    called: int = 0
    called_right: int = 0
    print_called: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    undetected: list[str] = field(default_factory=list)
    note_error: float | None = None
    marks: Counter[str] = field(default_factory=Counter)


def _area(quad: Sequence[Sequence[float]]) -> float:
    return float(cv2.contourArea(np.array(quad, np.float32)))


def _shared(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> float:
    a, b = (cv2.convexHull(np.array(quad, np.float32)) for quad in (one, other))
    return float(cv2.intersectConvexConvex(a, b)[0])


def _room(quad: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """The upright box around a quad, no thinner than a share of its length: a line under text has hardly any height."""
    (left, top), (right, bottom) = np.min(quad, axis=0), np.max(quad, axis=0)
    across, down = (
        max(0.0, (THINNEST * max(right - left, bottom - top) - side) / 2) for side in (right - left, bottom - top)
    )
    return left - across, top - down, right + across, bottom + down


def _overlap(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> float:
    boxes = [_room(quad) for quad in (one, other)]
    left, top = (max(box[side] for box in boxes) for side in (0, 1))
    right, bottom = (min(box[side] for box in boxes) for side in (2, 3))
    shared = max(0.0, right - left) * max(0.0, bottom - top)
    return float(shared / max(1e-6, sum((b[2] - b[0]) * (b[3] - b[1]) for b in boxes) - shared))


def lines(result: PenScore, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Count the lines of one card; a sign that a pen drew may be read as a line of handwriting or not at all."""
    true_lines = truth.get("lines", [])
    signs = [mark["quad"] for mark in truth.get("marks", []) if mark["kind"] in STANDING]
    read_lines = read.get("lines", [])
    shared = [[_shared(r["quad"], t["quad"]) for t in true_lines] for r in read_lines]
    for row, line in zip(shared, read_lines, strict=True):
        if line["source"] != "handwriting" or any(_overlap(line["quad"], sign) > SAME_PLACE for sign in signs):
            continue
        result.called += 1
        on = {True: 0.0, False: 0.0}
        for part, true in zip(row, true_lines, strict=True):
            on[true["source"] == "handwriting"] += part
        if sum(on.values()) < TOUCHES * _area(line["quad"]):
            result.stray.append(line["text"])
        elif on[True] >= on[False]:
            result.called_right += 1
        else:
            result.print_called.append(line["text"])
    for number, true in enumerate(true_lines):
        if true["source"] != "handwriting":
            continue
        result.true_pen += 1
        size = _area(true["quad"])
        as_pen, at_all = (
            sum(row[number] for row, line in zip(shared, read_lines, strict=True) if line["source"] in sources)
            for sources in (("handwriting",), ("handwriting", "print"))
        )
        if as_pen >= HALF * size:
            result.found += 1
        elif at_all >= HALF * size:
            result.missed.append(true["text"])
        else:
            result.undetected.append(true["text"])


def marks(result: PenScore, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Count the drawn marks of one card, as `right`, `missed` or `made up` of each kind; strikes are no marks."""
    left = list(read.get("marks", []))
    for true in (mark for mark in truth.get("marks", []) if mark["kind"] != "strike"):
        same = [mark for mark in left if mark["kind"] == true["kind"]]
        best = max(same, key=lambda mark: _overlap(mark["quad"], true["quad"]), default=None)
        if best is not None and _overlap(best["quad"], true["quad"]) >= SAME_PLACE:
            left.remove(best)
            result.marks[f"{true['kind']} right"] += 1
        else:
            result.marks[f"{true['kind']} missed"] += 1
    result.marks.update(f"{mark['kind']} made up" for mark in left)


def scores(truths: Iterable[str], readings: Iterable[str]) -> list[PenScore]:
    """One score a card of truth that was found; a missed card's pen lines all count as undetected."""
    reads = defaultdict(list, _with_marks(readings))
    found = []
    for photo in (json.loads(line) for line in truths if line.strip()):
        for truth, read in score.assigned(photo["cards"], reads[Path(photo["file"]).name]):
            if not truth:
                continue
            result = PenScore(photo["file"])
            lines(result, truth, read)
            marks(result, truth, read)
            result.note_error = score.compare(photo["file"], {}, truth, read).note_error
            found.append(result)
    return found


def _with_marks(readings: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """As `score.together`, with the marks of each card."""
    listed = list(readings)
    cards = score.together(listed)
    drawn = {}
    for reading in (json.loads(line) for line in listed if line.strip()):
        source = reading.get("source") or {}
        drawn[source.get("path"), source.get("index")] = reading.get("marks", [])
    for group in cards.values():
        for card in group:
            card["marks"] = drawn.get((card["source"]["path"], card["source"].get("index")), [])
    return cards


def summary(cards: Sequence[PenScore]) -> dict[str, Any]:
    """The figures over some cards."""
    called, right = sum(c.called for c in cards), sum(c.called_right for c in cards)
    true, found = sum(c.true_pen for c in cards), sum(c.found for c in cards)
    precision, recall = right / max(1, called), found / max(1, true)
    errors = [c.note_error for c in cards if c.note_error is not None]
    drawn: Counter[str] = Counter()
    for card in cards:
        drawn.update(card.marks)
    return {
        "cards": len(cards),
        "pen_lines": true,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "undetected": sum(len(c.undetected) for c in cards),
        "told_as_print": sum(len(c.missed) for c in cards),
        "stray": sum(len(c.stray) for c in cards),
        "cards_with_print_called_pen": sum(bool(c.print_called) for c in cards) / max(1, len(cards)),
        "note_cer": sum(errors) / len(errors) if errors else None,
        "cards_with_notes": len(errors),
        "marks": dict(sorted(drawn.items())),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="name this many of each kind of mistake")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    cards = scores(args.truth.read_text("utf-8").splitlines(), args.readings.read_text("utf-8").splitlines())
    figures = summary(cards)
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:30} {value:.3f}" if isinstance(value, float) else f"{name:30} {value}")
    for kind in ("print_called", "stray", "missed", "undetected"):
        for card in [c for c in cards if getattr(c, kind)][: args.misses]:
            print(f"  {kind}: {card.file}: {getattr(card, kind)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
