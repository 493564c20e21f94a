"""Fronts and backs found in generated photos read for real: `python -m tests.bench.sides`.

A folder of photos as a person makes it at a fair: most cards are turned over and photographed again, some are not. Each
photo is read by the whole pipeline; then pairing is scored with the photos' times, and again without any time, when
only file numbers tell what came after what. The same cards in another order, no card next to its own other side, must
give no pair at all. Readings are kept in FOLDER/cards.jsonl, so that a second run only scores.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import cv2

from cardscan import wire
from cardscan.kinship import features_by_id, find_persons, find_sides
from cardscan.options import ScanOptions
from cardscan.record import Card
from samples.generator import files, shot
from samples.generator.seeds import Split

SILENT = ("nothing of a contact in its print", "no print on it")
START = datetime.fromisoformat("2026-03-14T09:00:00")


def make(folder: Path, split: Split, seed: str, count: int) -> None:
    """Photograph `count` cards; of seven in ten the back as well. What is true stands in sides.json."""
    rand = random.Random(f"{split}/{seed}")
    moment, number, pairs = START, 100, []
    for index in range(count):
        front, back = shot.turned_over(split, seed, index)
        moment += timedelta(seconds=rand.randint(20, 150))
        names = []
        for one in (front, back) if rand.random() < 0.7 else (front,):
            name = f"IMG_{number:04}.jpg"
            files.save(folder / name, one.pixels, 88, moment.isoformat())
            names.append({"file": name, "layout": one.truth["conditions"]["layout"]})
            number, moment = number + 1, moment + timedelta(seconds=rand.randint(4, 18))
        pairs.append(names)
    (folder / "sides.json").write_text(json.dumps(pairs))


def read(folder: Path) -> list[Card]:
    """Read every photo of the folder, or take what was read before."""
    kept = folder / "cards.jsonl"
    if not kept.exists():
        from cardscan import ocr, pipeline
        from cardscan.options import OcrOptions

        cv2.setNumThreads(1)
        engine = ocr.open_engine(OcrOptions())
        reading = folder / "reading.jsonl"
        with reading.open("w", encoding="utf-8") as lines:
            for path in sorted(folder.glob("*.jpg")):
                for card in pipeline.scan_photo(str(path), engine, ScanOptions()):
                    print(wire.dumps(card), file=lines, flush=True)
        reading.rename(kept)
    found = [wire.loads(line) for line in kept.read_text(encoding="utf-8").split("\n") if line]
    return [card for card in found if isinstance(card, Card)]


def score(cards: list[Card], truth: list[list[dict[str, str]]], label: str) -> None:
    """Print how many sides were found, and which were not, by the layout of the back."""
    features = features_by_id(cards)
    path_of = {card.id: Path(card.source.path).name for card in cards}
    proposed = {(path_of[each.card], path_of[each.other]): each for each in find_sides(cards, features)}
    found = {pair: each for pair, each in proposed.items() if each.sure}
    wanted = {(one[0]["file"], one[1]["file"]): one[1]["layout"] for one in truth if len(one) == 2}
    right = found.keys() & wanted.keys()
    print(
        f"{label}: {len(wanted)} turned over, {len(found)} pairs found, {len(found.keys() - wanted.keys())} wrong,"
        f" precision {len(right) / max(1, len(found)):.3f}, recall {len(right) / max(1, len(wanted)):.3f};"
        f" asked {len((proposed.keys() - found.keys()) & wanted.keys())} of the others,"
        f" needlessly {len(proposed.keys() - found.keys() - wanted.keys())}"
    )
    tally = Counter(wanted.values())
    hits = Counter(wanted[pair] for pair in right)
    print("   " + ", ".join(f"{layout} {hits[layout]}/{count}" for layout, count in sorted(tally.items())))
    for pair in found.keys() - wanted.keys():
        print(f"   wrong {pair}: {'; '.join(reason.text for reason in found[pair].reasons)}")
    for pair in sorted(wanted.keys() - found.keys()):
        print(f"   missed {pair} ({wanted[pair]})")


def in_a_row(cards: list[Card], files: list[str]) -> list[Card]:
    """The cards of these files as if photographed in this order, ten seconds apart."""
    place = {name: number for number, name in enumerate(files)}
    moved = [card for card in cards if Path(card.source.path).name in place]
    moved.sort(key=lambda card: place[Path(card.source.path).name])
    return [_at(card, place[Path(card.source.path).name]) for card in moved]


def _at(card: Card, place: int) -> Card:
    taken = (START + timedelta(seconds=10 * place)).isoformat()
    return replace(card, source=replace(card.source, path=f"moved/IMG_{place:04}.jpg", taken_at=taken))


def strangers(cards: list[Card], truth: list[list[dict[str, str]]]) -> None:
    """Score cards next to cards that are not theirs: every pair found is a false one."""
    fronts, backs = [one[0]["file"] for one in truth], [one[1]["file"] for one in truth if len(one) == 2]
    # The backs are moved on by seven, so that nobody stands next to their own other side.
    mixed = [name for pair in zip(fronts, backs[7:] + backs[:7], strict=False) for name in pair]
    for label, files_ in (("fronts", fronts), ("fronts and backs", mixed)):
        row = in_a_row(cards, files_)
        features = features_by_id(row)
        pairs = [each for each in find_sides(row, features) if each.sure]
        silent = [each for each in pairs if any(reason.text in SILENT for reason in each.reasons)]
        print(
            f"{len(row)} {label} next to strangers, 10 s apart: {len(pairs) - len(silent)} false pairs by what they"
            f" say, {len(silent)} of sides that say nothing and look alike"
        )
        for each in (*pairs, *find_persons(row, features)):
            if each.sure and each not in silent:
                print(f"   {each.kind} {each.card} {each.other}: {'; '.join(reason.text for reason in each.reasons)}")


def main(argv: list[str] | None = None) -> int:
    """Make, read, score."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sides", description=__doc__)
    parser.add_argument("--split", choices=("train", "eval"), default="eval")
    parser.add_argument("--seed", default="turned")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=None, help="kept if named, else a temporary one")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "sides.json").exists():
            make(folder, args.split, args.seed, args.count)
        cards = read(folder)
        truth = json.loads((folder / "sides.json").read_text())
        score(cards, truth, "with times")
        score([replace(card, source=replace(card.source, taken_at=None)) for card in cards], truth, "by number only")
        strangers(cards, truth)
    return 0


if __name__ == "__main__":
    sys.exit(main())
