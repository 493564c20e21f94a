"""Draws cards and writes how an engine might have read them, one page a line, with what is truly printed.

    python -m models.line_roles.pages --seed 1 --free 1100 --templates 500 --out /tmp/line_roles.jsonl

Each card is written `--copies` times with other slips. `--free` cards have no template (`designs`), `--templates`
those of the generator's training split. About a tenth of a second a card.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import msgspec

from cardscan.record import Page
from models.line_roles import designs, noise
from samples.generator import card
from samples.generator.card import Face
from samples.generator.truth import Line

SCALE: Final = 6.0  # pixels a millimetre: enough to place print, too little to read it
BACKS: Final = 0.06

Example = tuple[Page, list[tuple[int, ...]], list[Line]]


def faces(seed: str, free: int, templates: int) -> Iterator[Face]:
    """Faces of cards, those without a template first."""
    rand = random.Random(seed)
    for _ in range(free):
        yield designs.any_face(rand, SCALE)
    for _ in range(templates):
        yield _of_template(rand)


def _of_template(rand: random.Random) -> Face:
    while True:
        one = card.design(f"{rand.getrandbits(48):x}", "train")
        try:
            return card.printed(one, SCALE, card.back(rand, one, True) if rand.random() < BACKS else None)
        except LookupError:
            continue


def written(face: Face, rand: random.Random) -> dict[str, Any]:
    """One page as JSON has it: the lines read, the printed lines each came from, and the printed lines."""
    page, sources = noise.misread(face, rand)
    return {
        "page": msgspec.to_builtins(page),
        "sources": sources,
        "printed": [{"text": line.text, "role": line.role, "quad": line.quad, "parts": [asdict(p) for p in line.parts]}
                    for line in face.lines],
    }  # fmt: skip


def examples(file: Path) -> Iterator[Example]:
    """The pages of a file that `main` wrote."""
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            printed = [msgspec.convert(line, Line) for line in row["printed"]]
            yield msgspec.convert(row["page"], Page), [tuple(one) for one in row["sources"]], printed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--free", type=int, default=1100)
    parser.add_argument("--templates", type=int, default=500)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rand = random.Random(f"noise {arguments.seed}")
    with arguments.out.open("w", encoding="utf-8") as out:
        for face in faces(arguments.seed, arguments.free, arguments.templates):
            for _ in range(arguments.copies):
                out.write(json.dumps(written(face, rand), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
