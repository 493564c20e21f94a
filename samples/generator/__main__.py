"""Command line: `python -m samples.generator --split train --count 100 --seed 1 --out DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import cv2

from . import files, shot, showcase
from .fonts import faces
from .seeds import rng


def arguments() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    parser.add_argument("--split", choices=("train", "eval", "samples"), required=True)
    parser.add_argument("--count", type=int, default=100, help="photos to make (not for samples)")
    parser.add_argument("--first", type=int, default=0, help="number of the first photo, to make a part of a set")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--out", type=Path, required=True, help="folder for the photos and truth.jsonl")
    parser.add_argument("--only", default="", help="with --split samples: only photos whose name holds this")
    parser.add_argument("--conditions", default="", help=f"comma-separated, of: {', '.join(shot.CONDITIONS)}")
    parser.add_argument(
        "--faces", type=Path, help="folder of more typefaces, as `samples.generator.fonts.fetch` makes it"
    )
    parser.add_argument("--flat", action="store_true", help="the rendered card without desk and camera")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Make a set and write its truth; returns the exit code."""
    args = arguments().parse_args(argv)
    wanted = tuple(c for c in args.conditions.split(",") if c)
    unknown = [c for c in wanted if c not in shot.CONDITIONS]
    if unknown:
        print(f"unknown conditions: {', '.join(unknown)}", file=sys.stderr)
        return 2
    cv2.setNumThreads(1)
    if args.faces:
        faces.add(args.faces)
    if args.split == "samples":
        showcase.write(args.out, args.seed, args.only)
        return 0
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "truth.jsonl").open("w", encoding="utf-8") as truths:
        for index in range(args.first, args.first + args.count):
            one = (
                shot.flat(args.split, args.seed, index)
                if args.flat
                else shot.shoot(args.split, args.seed, index, wanted)
            )
            rand = rng("file", args.split, args.seed, index)
            name = f"{args.split}-{args.seed}-{index:05d}.jpg"
            orientation = rand.choices((1, 3, 6, 8), (12, 1, 2, 1))[0]
            taken_at = files.random_date(rand) if rand.random() < 0.5 else None
            files.save(args.out / name, one.pixels, rand.randint(80, 95), taken_at, orientation)
            line = {"file": name, **one.truth, "taken_at": taken_at}
            truths.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
