"""Score readings against truth, field by field and condition by condition.

usage: python -m tests.bench.score TRUTH.jsonl READINGS.jsonl [--by CONDITION,…] [--only TEXT] [--misses N] [--json]

TRUTH has one photo a line (keys: `samples/generator/truth.py`), READINGS one card a line, as `cardscan scan --format
jsonl` prints them. A reading belongs to the photo with its base name; the lines of one photo and index (a card with two
persons) are one card. Within a photo, cards are paired by the words they share, best pair first.

Every field value counts once: right, made up, or missed (`agree` says when it is right). `no-edit cards` have name,
organisation, phones and mails all right and none made up. Corner error is the mean distance of the four corners, as a
share of the card's diagonal, whichever corner was called the first; `upright` says the first one was right. `located`
and `stray` judge the finder alone: cards whose outline was read (intersection over union of a half), and outlines
without a card.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path, PurePath
from typing import Any, Final

from rapidfuzz.distance import Levenshtein

from tests.bench.agree import FIELDS, paired, tokens
from tests.bench.outlines import COVERS, corners, overlap

TOUCHED: Final = ("name", "organization", "phone", "email")  # what must be right for a card to need no edit
MOST_NOTES: Final = 4  # of one card whose order is tried
NEAR: Final = 0.03  # corners found: mean error under 3 % of the diagonal
CONDITIONS: Final = ("name", "layout", "locale", "background", "light", "tilt", "blur", "cards")
Values = dict[str, list[Any]]


@dataclass(slots=True)
class Tally:
    """Values that were right, made up and missed."""

    right: int = 0
    made_up: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        """Count another tally's values too."""
        self.right += other.right
        self.made_up += other.made_up
        self.missed += other.missed

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, and the number of true values."""
        precision = self.right / max(1, self.right + self.made_up)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return {"precision": precision, "recall": recall, "f1": f1, "n": self.right + self.missed}


@dataclass(slots=True)
class CardScore:
    """One card of truth with what was read of it, or one that was made up (`truth` empty) or missed (`read` empty)."""

    file: str
    conditions: Mapping[str, Any]
    truth: Mapping[str, Any]
    read: Mapping[str, Any]
    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: dict[str, tuple[list[Any], list[Any]]] = field(default_factory=dict)
    typed: int = 0
    typed_right: int = 0
    note_error: float | None = None
    corner_error: float | None = None
    upright: bool | None = None
    located: bool | None = None
    stray: bool | None = None

    @property
    def clean(self) -> bool:
        """A card of truth that a person would not have to touch."""
        return bool(self.truth) and not any(name in self.misses for name in TOUCHED)


def true_values(card: Mapping[str, Any]) -> Values:
    """The field values of a truth card; names and organisations as tuples of their forms."""
    fields = card.get("fields", {})

    def forms(values: list[str], also: list[str]) -> list[tuple[str, ...]]:
        return [(value, *(also if place == 0 else ())) for place, value in enumerate(values)]

    return {
        "name": forms(fields.get("names", []), fields.get("names_also", [])),
        "title": fields.get("titles", []),
        "organization": forms(fields.get("organizations", []), fields.get("organizations_also", [])),
        "phone": fields.get("phones", []),
        "email": fields.get("emails", []),
        "url": fields.get("urls", []),
        "address": fields.get("addresses", []),
    }


def read_values(card: Mapping[str, Any]) -> Values:
    """The field values of all contacts that were read on one card, each value once."""
    values: Values = {name: [] for name in FIELDS}

    def take(name: str, found: Iterable[Any]) -> None:
        # Values of one contact all count, however alike; a second person's contact repeats what is shared.
        values[name] += [value for value in list(found) if value not in known[name]]

    for contact in card.get("contacts", []):
        known = {name: list(listed) for name, listed in values.items()}
        name = contact.get("name") or {}
        take("name", [(name["full"], *name.get("also", ()))] if name.get("full") else [])
        take("title", (title["value"] for title in contact.get("titles", ())))
        take("organization", ((firm["value"], *firm.get("also", ())) for firm in contact.get("organizations", ())))
        take(
            "phone",
            ({"e164": p.get("value"), "raw": p.get("raw"), "type": p.get("type")} for p in contact.get("phones", ())),
        )
        take("email", (email["value"] for email in contact.get("emails", ())))
        take("url", (url["value"] for url in contact.get("urls", ())))
        take("address", (address["full"] for address in contact.get("addresses", ())))
    return values


def _vocabulary(values: Values) -> set[str]:
    found: set[str] = set()
    for value in (value for listed in values.values() for value in listed):
        texts = (value.get("raw"), value.get("e164")) if isinstance(value, dict) else value
        found.update(tokens(texts) if isinstance(texts, str) else (w for text in texts for w in tokens(text)))
    return found


def together(lines: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Readings grouped into cards, by base name of the photo; photos without a card and errors give none."""
    cards: dict[tuple[str, Any], dict[str, Any]] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        reading = json.loads(line)
        source = reading.get("source") or {}
        if not source.get("path") or not reading.get("contact"):
            continue
        key = (source["path"], source.get("index", f"line {number}"))
        card = cards.setdefault(key, {"source": source, "contacts": [], "notes": [], "lines": []})
        card["contacts"].append(reading["contact"])
        card["notes"] += [note for note in reading.get("notes", ()) if note not in card["notes"]]
        card["lines"] = reading.get("lines", [])
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (path, _), card in cards.items():
        found[PurePath(path).name].append(card)
    return found


def assigned(
    truths: Sequence[Mapping[str, Any]], reads: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Pairs of the cards of one photo; a missed card is paired with {}, and so is one made up."""
    said = [_vocabulary(true_values(truth)) for truth in truths]
    heard = [
        _vocabulary(read_values(read)) | {word for line in read.get("lines", ()) for word in tokens(line.get("text"))}
        for read in reads
    ]
    shared = sorted(((len(s & h), i, j) for i, s in enumerate(said) for j, h in enumerate(heard)), reverse=True)
    partner: dict[int, int] = {}
    for count, i, j in shared:
        alone = len(truths) == len(reads) == 1
        if i not in partner and j not in partner.values() and (count or alone):
            partner[i] = j
    pairs = [(truths[i], reads[j]) for i, j in partner.items()]
    pairs += [(truth, {}) for i, truth in enumerate(truths) if i not in partner]
    return pairs + [({}, read) for j, read in enumerate(reads) if j not in partner.values()]


def _outline(card: Mapping[str, Any]) -> Any:
    return card.get("quad") or (card.get("source") or {}).get("quad")


def locate(cards: Sequence[CardScore]) -> None:
    """Set `located` and `stray` on the cards of one photo, by their outlines alone."""
    true = [quad for card in cards if (quad := _outline(card.truth))]
    read = [quad for card in cards if (quad := _outline(card.read))]
    for card in cards:
        if card.truth.get("quad"):
            card.located = any(overlap(card.truth["quad"], quad) >= COVERS for quad in read)
        quad = _outline(card.read)
        if quad and (true or not card.truth):
            card.stray = not any(overlap(quad, other) >= COVERS for other in true)


def compare(file: str, conditions: Mapping[str, Any], truth: Mapping[str, Any], read: Mapping[str, Any]) -> CardScore:
    """Score one pair of cards, either of which may be empty."""
    score = CardScore(file, conditions, truth, read)
    want, got = true_values(truth), read_values(read)
    for name in FIELDS:
        pairs, missed, made_up = paired(name, want[name], got[name])
        score.tallies[name] = Tally(len(pairs), len(made_up), len(missed))
        if missed or made_up:
            score.misses[name] = (missed, made_up)
        if name == "phone":
            said = [(t, r) for t, r in pairs if t.get("type") not in (None, "other")]
            score.typed, score.typed_right = len(said), sum(t["type"] == r.get("type") for t, r in said)
    if truth.get("notes"):
        score.note_error = note_error(*([n.get("text", "") for n in card.get("notes", ())] for card in (truth, read)))
    quad = (read.get("source") or {}).get("quad")
    if truth.get("quad") and quad:
        score.corner_error, score.upright = corners(truth["quad"], quad)
    return score


def note_error(true: Sequence[str], read: Sequence[str]) -> float:
    """Character error of the notes of one card, 0 to 1.

    Notes in several places of a card have no order: those of the truth are taken in the one that fits best.
    """
    got = " ".join(tokens(" ".join(read)))
    orders = permutations(true) if len(true) <= MOST_NOTES else [true]
    wanted = (" ".join(tokens(" ".join(order))) for order in orders)
    return min(min(1.0, Levenshtein.distance(want, got) / max(1, len(want))) for want in wanted)


def scores(truths: Iterable[str], readings: Iterable[str], only: str = "") -> list[CardScore]:
    """The scores of all cards of the truth lines whose file name holds `only`, and of the cards made up there."""
    reads = together(readings)
    found: list[CardScore] = []
    for photo in (json.loads(line) for line in truths if line.strip()):
        if only in photo["file"]:
            pairs = assigned(photo["cards"], reads.get(PurePath(photo["file"]).name, []))
            cards = [compare(photo["file"], photo.get("conditions", {}), truth, read) for truth, read in pairs]
            locate(cards)
            found += cards
    return found


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def summary(cards: Sequence[CardScore]) -> dict[str, Any]:
    """All figures over some cards."""
    fields = {name: Tally() for name in FIELDS}
    whole = Tally()
    for card in cards:
        for name, tally in card.tallies.items():
            fields[name].add(tally)
            whole.add(tally)
    true = [card for card in cards if card.truth]
    notes = [card.note_error for card in true if card.note_error is not None]
    errors = [card.corner_error for card in true if card.corner_error is not None]
    typed = sum(card.typed for card in cards)
    return {
        "cards": len(true),
        "cards_found": sum(1 for card in true if card.read),
        "cards_made_up": len(cards) - len(true),
        "fields": {name: tally.figures() for name, tally in fields.items()},
        "all": whole.figures(),
        "no_edit_cards": sum(card.clean for card in true) / max(1, len(true)),
        "phone_type_accuracy": sum(card.typed_right for card in cards) / max(1, typed),
        "note_cer": _mean(notes),
        "cards_with_notes": len(notes),
        "corner_error": _mean(errors),
        "corners_near": _mean([float(error < NEAR) for error in errors]),
        "located": _mean([float(card.located) for card in true if card.located is not None]),
        "stray": _mean([float(card.stray) for card in cards if card.stray is not None]),
        "upright": _mean([float(bool(card.upright)) for card in true if card.upright is not None]),
    }


def bucket(name: str, value: Any) -> str:
    """The class of a condition's value: numbers in steps, words as they are."""
    steps = {"tilt": (10, 20, 30, 45), "blur": (0.01, 0.05), "cards": (1, 2, 4, 9, 20)}.get(name)
    if steps is None or not isinstance(value, int | float):
        return str(value)
    return next((f"≤ {step}" for step in steps if value <= step), f"> {steps[-1]}")


def by_condition(cards: Sequence[CardScore], name: str) -> dict[str, list[CardScore]]:
    """The cards grouped by a condition of their photo; `layout` and `locale` are the card's own where it has them."""
    groups: dict[str, list[CardScore]] = defaultdict(list)
    for card in cards:
        own = {"layout": card.truth.get("layout"), "locale": card.truth.get("country")}.get(name)
        groups[bucket(name, own or card.conditions.get(name))].append(card)
    return dict(sorted(groups.items()))


def table(figures: Mapping[str, Any]) -> str:
    """The figures as text."""

    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    rows = [f"cards {figures['cards']}  found {figures['cards_found']}  made up {figures['cards_made_up']}"]
    rows.append(f"{'field':14}{'precision':>10}{'recall':>10}{'F1':>10}{'n':>7}")
    for name, row in (*figures["fields"].items(), ("all", figures["all"])):
        rows.append(f"{name:14}{row['precision']:>10.3f}{row['recall']:>10.3f}{row['f1']:>10.3f}{row['n']:>7}")
    rows.append(
        f"no-edit cards {shown(figures['no_edit_cards'])}   phone type {shown(figures['phone_type_accuracy'])}   "
        f"note CER {shown(figures['note_cer'])} over {figures['cards_with_notes']} cards"
    )
    rows.append(
        f"corner error {shown(figures['corner_error'])}   under 3 % {shown(figures['corners_near'])}   "
        f"upright {shown(figures['upright'])}   located {shown(figures['located'])}   stray {shown(figures['stray'])}"
    )
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the score; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("readings", type=Path, help="a file, or - for stdin")
    parser.add_argument("--by", default="", help=f"break down by conditions, of: {', '.join(CONDITIONS)}")
    parser.add_argument("--only", default="", help="only photos whose file name holds this")
    parser.add_argument("--misses", type=int, default=0, help="print this many misses a field")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    readings = sys.stdin if str(args.readings) == "-" else args.readings.open(encoding="utf-8")
    with args.truth.open(encoding="utf-8") as truths, readings:
        cards = scores(truths, readings, args.only)
    names = [name for name in args.by.split(",") if name]
    if args.json:
        parts = {name: {k: summary(c) for k, c in by_condition(cards, name).items()} for name in names}
        print(json.dumps({**summary(cards), "by": parts}))
    else:
        print(table(summary(cards)))
        for name in names:
            for value, group in by_condition(cards, name).items():
                one = summary(group)
                row = f"{name} {value:16} cards {one['cards']:4}  all F1 {one['all']['f1']:.3f}"
                print(f"{row}  no-edit {one['no_edit_cards']:.3f}")
    for name in FIELDS:
        missing = [(card.file, *card.misses[name]) for card in cards if name in card.misses]
        for file, missed, made_up in missing[: args.misses]:
            print(f"  {name}: {file}: missed {missed} made up {made_up}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
