"""Memory over a long batch: `make endurance`.

usage: python -m tests.bench.endurance [--count N] [--photos GLOB]

Copies sample photos under new bytes (a JPEG comment with a number) into a temporary folder, scans it with the real
command, and prints the memory of all its processes, quarter by quarter. Flat means: the last quarter's peak is no more
than a tenth above the second's. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "photos"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--photos", default="0*.jpg", help="which samples, JPEG only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(sorted(SAMPLES.glob(arguments.photos)), folder / "photos", arguments.count)
        output = folder / "cards.jsonl"
        command = [
            sys.executable,
            "-m",
            "cardscan",
            "scan",
            str(folder / "photos"),
            "--store",
            str(folder / "s.sqlite3"),
        ]
        started = time.time()
        with output.open("wb") as file:
            process = subprocess.Popen([*command, "--quiet"], stdout=file)
            seen: list[tuple[int, int]] = []
            while process.poll() is None:
                done = output.read_bytes().count(b"\n")
                seen.append((done, tree_memory(process.pid)))
                time.sleep(1)
        total = output.read_bytes().count(b"\n")
        print(f"{arguments.count} photos, {total} cards, {time.time() - started:.0f} s, exit code {process.returncode}")
        for quarter in range(4):
            low, high = total * quarter / 4, total * (quarter + 1) / 4
            peaks = [memory for done, memory in seen if low <= done < high]
            print(f"quarter {quarter + 1}: peak {max(peaks, default=0) / 1e6:.0f} MB")


def copies(photos: list[Path], folder: Path, count: int) -> None:
    """Write `count` photos, the given ones in turn, each with a comment of its own (ITU T.81, marker COM)."""
    folder.mkdir()
    for number in range(count):
        data = photos[number % len(photos)].read_bytes()
        comment = f"copy {number}".encode()
        marker = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        (folder / f"{number:05}.jpg").write_bytes(data[:2] + marker + data[2:])


def tree_memory(root: int) -> int:
    """Resident bytes of a process and all below it."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                resident[int(entry.name)] = int((entry / "statm").read_text().split()[1]) * 4096
            except (OSError, IndexError):
                continue
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        total += resident.get(one, 0)
        waiting += [child for child, parent in parents.items() if parent == one]
    return total


if __name__ == "__main__":
    main()
