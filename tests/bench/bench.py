"""CPU time of a whole scan against plain RapidOCR on the same photos, in one run.

usage: python -m tests.bench.bench [FOLDER] [--limit N] [--at-most RATIO]

Every photo goes to each reader in turn, so whatever else the machine does touches all alike. Counted is CPU time of the
process with all its threads and children, from the file's path to the result, decoding included. Opening the models is
not: each reader reads the first photo once before the clock starts.

- cardscan: `pipeline.scan_photo`: decode, find cards, rectify, read text and codes, map to fields, notes.
- rapidocr: the class `RapidOCR` as it comes: every thread it wants, line classifier on.
- rapidocr, 1 thread, no classifier: the same without what a card photo seldom needs.

The ratio is that of cardscan to RapidOCR as it comes. With `--at-most`, a higher ratio gives exit code 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidocr import RapidOCR

from cardscan import ocr, pipeline
from cardscan.options import ScanOptions

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}  # what both readers decode
SAMPLES = Path(__file__).parents[2] / "samples"
Reader = Callable[[str], object]


def cpu_seconds() -> float:
    """CPU time this process and its finished children have used so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def readers() -> dict[str, Reader]:
    """The contestants by name, models opened."""
    options = ScanOptions()
    engine = ocr.open_engine(options.ocr)
    quiet = {"Global.log_level": "critical"}
    plain = RapidOCR(params=quiet)
    lean = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.use_cls": False}
    thin = RapidOCR(params={**quiet, **lean})
    return {
        "cardscan": lambda path: pipeline.scan_photo(path, engine, options),
        "rapidocr": plain,
        "rapidocr, 1 thread, no classifier": thin,
    }


def measure(photos: list[Path], contestants: dict[str, Reader]) -> dict[str, list[tuple[float, float]]]:
    """CPU and wall-clock seconds of each reader for each photo."""
    for read in contestants.values():
        read(str(photos[0]))
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for number, photo in enumerate(photos, 1):
        for name, read in contestants.items():
            cpu, wall = cpu_seconds(), time.perf_counter()
            read(str(photo))
            spent[name].append((cpu_seconds() - cpu, time.perf_counter() - wall))
        print(f"\r{number} of {len(photos)} photos", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return spent


def table(spent: dict[str, list[tuple[float, float]]]) -> str:
    """The result as a table; ratios are to RapidOCR as it comes."""
    base = sum(cpu for cpu, _ in spent["rapidocr"])
    rows = [f"{'reader':36}{'CPU s/photo':>12}{'median':>9}{'wall s/photo':>14}{'ratio':>8}"]
    for name, times in spent.items():
        cpu = sorted(seconds for seconds, _ in times)
        mean, wall = sum(cpu) / len(cpu), sum(seconds for _, seconds in times) / len(times)
        rows.append(f"{name:36}{mean:12.3f}{cpu[len(cpu) // 2]:9.3f}{wall:14.3f}{sum(cpu) / base:8.2f}")
    return "\n".join(rows)


def main() -> int:
    """Run the bench and print its table; 1 when the ratio is above `--at-most`, 2 without photos."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES, help="photos to read (default: samples/)")
    parser.add_argument("--limit", type=int, default=None, help="read so many photos only, spread over the folder")
    parser.add_argument("--at-most", type=float, default=None, help="exit code 1 when the ratio is higher")
    arguments = parser.parse_args()
    photos = sorted(path for path in arguments.folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if arguments.limit and len(photos) > arguments.limit:
        photos = photos[:: -(-len(photos) // arguments.limit)]
    if not photos:
        print(f"no photos in {arguments.folder}", file=sys.stderr)
        return 2
    spent = measure(photos, readers())
    print(f"{len(photos)} photos of {arguments.folder}, {os.cpu_count()} processors")
    print(table(spent))
    ratio = sum(cpu for cpu, _ in spent["cardscan"]) / sum(cpu for cpu, _ in spent["rapidocr"])
    return 1 if arguments.at_most is not None and ratio > arguments.at_most else 0


if __name__ == "__main__":
    sys.exit(main())
