"""Learns how often a value is right that the rules call so and so sure: writes `cardscan/parse/confidence.toml`.

usage: python -m models.confidence.fit FOLDER… [--keep FIELD,…] [--out FILE]

Each FOLDER holds photos and `truth.jsonl` as `samples.generator` makes them (split train). Their cards are read with
the rules' own scores; per field, values of like score are put into groups, and neighbouring groups into one until the
share of right values rises from each to the next (pool adjacent violators: Ayer et al., Annals of Mathematical
Statistics 26, 1955).
"""

from __future__ import annotations

import argparse
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from cardscan.options import ParseOptions, ScanOptions
from tests.bench import calibration, evaluate, score
from tests.bench.agree import FIELDS

OUT: Final = Path(__file__).parents[2] / "cardscan" / "parse" / "confidence.toml"
GROUP: Final = 14  # values of like score that are judged together

Judgement = tuple[float, bool]
Knot = tuple[float, float]


def fitted(judgements: Iterable[Judgement]) -> list[Knot]:
    """A map that never falls, as (score, share right) knots, from judged values of one field."""
    pools: list[list[Judgement]] = []
    for _, alike in groupby(sorted(judgements), key=lambda judgement: judgement[0]):
        if pools and len(pools[-1]) < GROUP:
            pools[-1] += alike
        else:
            pools.append(list(alike))
    if len(pools) > 1 and len(pools[-1]) < GROUP // 2:
        pools[-2:] = [pools[-2] + pools[-1]]
    place = 1
    while place < len(pools):
        if _share(pools[place - 1]) >= _share(pools[place]):
            pools[place - 1 : place + 1] = [pools[place - 1] + pools[place]]
            place = max(1, place - 1)
        else:
            place += 1
    knots = [(0.0, 0.0)]
    for pool in pools:
        share = (sum(right for _, right in pool) + 0.5) / (len(pool) + 1)  # Krichevsky and Trofimov, 1981
        knots.append((sum(raw for raw, _ in pool) / len(pool), max(share, knots[-1][1])))
    return knots


def _share(pool: Sequence[Judgement]) -> float:
    return sum(right for _, right in pool) / len(pool)


def toml(knots: Mapping[str, Sequence[Knot]], source: str) -> str:
    """The map as `cardscan.parse.confidence` reads it."""
    lines = [
        "# How often values are right, by the rules' own score: [score, share right] for each field, linear between.",
        "# Made by models/confidence/fit.py; do not edit by hand.",
        *(f"# {line}" for line in textwrap.wrap(source, 117)),
        "",
        "[knots]",
    ]
    lines += [f"{field} = [{', '.join(f'[{x:.4f}, {y:.4f}]' for x, y in pairs)}]" for field, pairs in knots.items()]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Read, judge, fit, write; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", default="", help="fields whose map in --out stays as it is, comma-separated")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args(argv)
    options = ScanOptions(parse=ParseOptions(raw_confidence=True))
    judged: list[tuple[str, float, bool]] = []
    for folder in args.folders:
        truths = (folder / "truth.jsonl").read_text("utf-8").splitlines()
        judged += calibration.judged(
            score.scores(truths, list(evaluate.readings(sorted(folder.glob("*.jpg")), options)))
        )
    write(args.out, judged, ", ".join(folder.name for folder in args.folders), [*filter(None, args.keep.split(","))])
    print(f"wrote {args.out}", file=sys.stderr)
    return 0


def write(out: Path, judged: Sequence[tuple[str, float, bool]], folders: str, keep: Sequence[str]) -> None:
    """Fit every field of the judged values (field, score, right) but those to keep, and write the map."""
    by_field = {name: [(raw, right) for field, raw, right in judged if field == name] for name in FIELDS}
    before = tomllib.loads(out.read_text("utf-8"))["knots"] if keep else {}
    knots = {name: before[name] if name in keep else fitted(values) for name, values in by_field.items()}
    counts = ", ".join(f"{name} {len(values)}" for name, values in by_field.items() if name not in keep)
    kept = f" Kept from before: {', '.join(keep)}." if keep else ""
    out.write_text(toml(knots, f"From the folders {folders}; values: {counts}.{kept}"), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
