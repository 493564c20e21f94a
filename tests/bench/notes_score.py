"""How well notes become facts: `python -m tests.bench.notes_score` (or `make eval-notes`).

Every value of every fact counts once. Text is right when at least 80 % of it is (edit similarity, or words shared), a
date, a time and a word of a fixed set only when exact. A third of the corpus is held back by a hash of its text: the
bench prints its score, never its failures. Batches named `blind*` were written before they were run; the score each
had at its first run stands in docs/notes.md.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio, token_sort_ratio

from cardscan.notes import read_note
from cardscan.record import NoteFacts

CORPUS = Path(__file__).parents[1] / "notes" / "corpus"
ALIKE = 80.0
TEXT_KINDS = {"promise.what", "offer.what", "referral.who", "interest", "topic", "met.event", "met.place", "gatekeeper"}
DATE_KINDS = {"promise.due", "offer.due", "met.date", "meeting.when", "meeting.until"}

Value = tuple[str, str, str]
"""Kind, the value, and the text it belongs to (the `what` of a due date)."""


@dataclass(frozen=True)
class Example:
    """One note of the corpus and the facts it should give."""

    file: str
    text: str
    reference: date
    region: str | None
    expected: tuple[Value, ...]

    @property
    def held_back(self) -> bool:
        """Whether it belongs to the third that nobody looks at."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return not self.file.startswith("blind") and int(digest, 16) % 3 == 0


@dataclass
class Score:
    """Right, missed and invented values by kind."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)

    def f1(self, kinds: Iterable[str] | None = None) -> float:
        """F1 over some kinds of facts, or all."""
        wanted = set(kinds) if kinds else {*self.right, *self.missed, *self.invented}
        right = sum(self.right[k] for k in wanted)
        wrong = sum(self.missed[k] + self.invented[k] for k in wanted)
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0

    @property
    def dates_exact(self) -> float:
        """The share of dates given, where the corpus has one too or has none, that are exactly right."""
        right = sum(self.right[k] for k in DATE_KINDS)
        given = right + sum(self.invented[k] for k in DATE_KINDS)
        return right / given if given else 1.0

    @property
    def dates_found(self) -> float:
        """The share of the corpus' dates that were given exactly."""
        right = sum(self.right[k] for k in DATE_KINDS)
        wanted = right + sum(self.missed[k] for k in DATE_KINDS)
        return right / wanted if wanted else 1.0


def corpus(pattern: str = "*.toml") -> list[Example]:
    """Every positive example of the files that fit a pattern."""
    examples = []
    for path in sorted(CORPUS.glob(pattern)):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for note in data.get("note", ()):
            reference = date.fromisoformat(note.get("reference_date", data.get("reference_date")))
            region = note.get("region", data.get("region"))
            examples.append(Example(path.stem, note["text"], reference, region, expected_values(note)))
    return examples


def negatives() -> list[tuple[str, date]]:
    """Notes that hold no promise of mine."""
    data = tomllib.loads((CORPUS / "negatives.toml").read_text(encoding="utf-8"))
    return [(text, date.fromisoformat(data["reference_date"])) for text in data["text"]]


def expected_values(note: dict[str, Any]) -> tuple[Value, ...]:
    """The values the corpus asks for; `what | date` stands for a promise or an offer with its day."""
    values: list[Value] = []
    for kind, key in (("promise", "promises"), ("offer", "offers")):
        for entry in note.get(key, ()):
            what, _, due = entry.partition(" | ")
            values.append((f"{kind}.what", what, what))
            if due:
                values.append((f"{kind}.due", due, what))
    for kind in ("met", "meeting"):
        values += [(f"{kind}.{key}", str(value), "") for key, value in note.get(kind, {}).items()]
    values += [(f"referral.{key}", str(value), "") for key, value in note.get("referral", {}).items()]
    values += [("interest", value, "") for value in note.get("interests", ())]
    values += [("topic", value, "") for value in note.get("topics", ())]
    for key in ("priority", "hit_it_off", "decision_maker", "strategy", "gatekeeper"):
        if key in note:
            values.append((key, str(note[key]), ""))
    return tuple(values)


def given_values(facts: NoteFacts) -> list[Value]:
    """The values of a note's facts, in the shape of `expected_values`."""
    note: dict[str, Any] = {
        "promises": [f"{p.what} | {p.due}" if p.due else p.what for p in facts.promises],
        "offers": [f"{o.what} | {o.due}" if o.due else o.what for o in facts.offers],
        "met": {k: v for k in ("event", "place", "date") if (v := getattr(facts.met, k))},
        "interests": facts.interests,
        "topics": facts.topics,
    }
    if facts.meeting:
        note["meeting"] = {k: v for k in ("kind", "when", "until", "time") if (v := getattr(facts.meeting, k))}
    if facts.referral:
        note["referral"] = {"who": facts.referral.who, "ask": facts.referral.ask}
    for key in ("priority", "hit_it_off"):
        if getattr(facts, key):
            note[key] = True
    for key in ("decision_maker", "strategy", "gatekeeper"):
        if getattr(facts, key) is not None:
            note[key] = getattr(facts, key)
    return list(expected_values(note))


def compare(expected: Iterable[Value], given: Iterable[Value], score: Score) -> list[str]:
    """Count one note into a score; returns what was wrong, in words."""
    left = list(given)
    wrong = []
    for value in sorted(expected, key=lambda v: v[0].endswith(".due")):
        found = next((other for other in left if _same(value, other)), None)
        if found is not None:
            left.remove(found)
            score.right[value[0]] += 1
        else:
            score.missed[value[0]] += 1
            wrong.append(f"missed {value[0]} {value[1]!r}")
    for other in left:
        score.invented[other[0]] += 1
        wrong.append(f"invented {other[0]} {other[1]!r}")
    return wrong


def _same(value: Value, other: Value) -> bool:
    if value[0] != other[0]:
        return False
    if value[0] in TEXT_KINDS:
        return alike(value[1], other[1])
    return value[1] == other[1] and alike(value[2], other[2])


def alike(first: str, second: str) -> bool:
    """Whether two texts are the same to 80 %, by letters or by words."""
    a, b = first.casefold(), second.casefold()
    return max(ratio(a, b), token_sort_ratio(a, b)) >= ALIKE


def read(example: Example) -> NoteFacts:
    """What the room makes of an example."""
    return read_note(example.text, example.reference, example.region)


def evaluate(examples: Iterable[Example], show: bool = False) -> Score:
    """Score examples; `show` prints what was wrong."""
    score = Score()
    for example in examples:
        wrong = compare(example.expected, given_values(read(example)), score)
        if wrong and show:
            print(f"[{example.file}] {example.text!r}\n    " + "\n    ".join(wrong))
    return score


def main() -> None:
    """Print the scores of the tuned two thirds, the held-back third, the blind batches and the negatives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="GLOB", help="print failures of these files' tuned part, e.g. 'sales*'")
    parser.add_argument("--kinds", action="store_true", help="print the held-back score by kind")
    arguments = parser.parse_args()
    examples = corpus()
    if arguments.show:
        files = {path.stem for path in CORPUS.glob(arguments.show)}
        evaluate([e for e in examples if not e.held_back and e.file in files], show=True)
    groups = {
        "tuned": [e for e in examples if not e.held_back and not e.file.startswith("blind")],
        "held back": [e for e in examples if e.held_back],
    }
    for name in sorted({e.file for e in examples if e.file.startswith("blind")}):
        groups[name] = [e for e in examples if e.file == name]
    for name, group in groups.items():
        score = evaluate(group)
        print(
            f"{name:10} {len(group):4} notes  F1 {score.f1():.3f}  dates exact {score.dates_exact:.3f}"
            f"  dates found {score.dates_found:.3f}"
        )
        if arguments.kinds and name == "held back":
            for kind in sorted({*score.right, *score.missed, *score.invented}):
                print(f"    {kind:15} {score.f1([kind]):.3f}  of {score.right[kind] + score.missed[kind]}")
    invented = [(text, facts) for text, day in negatives() if (facts := read_note(text, day).promises)]
    print(f"negatives  {len(negatives()):4} notes  {len(invented)} with an invented promise")
    for text, promises in invented:
        print(f"    {text!r} -> {[p.what for p in promises]}")


if __name__ == "__main__":
    main()
