"""How many of the lines that a pen wrote are found on cards with writing, with and without the looks after the first.

usage: python -m tests.bench.found_score SEED [SEED …] [--count N]

Photos of the evaluation split (made once, as by `tests.bench.evaluate`); cards are cut by their true corners, moved a
little, so that only the looks for text are compared. A line counts as found when what was read covers half of it, a
line as made up when what was read lies on no true one and was not read without the further looks.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

import cv2
import numpy as np
from platformdirs import user_cache_path

from cardscan import ocr
from cardscan.ocr import closer, onnx
from cardscan.options import OcrOptions
from models.pen_classifier.pages import MOST, TOUCHES, rectified, shared
from tests.bench.evaluate import photos

HALF = 0.5
SMALLEST = 480  # pixels of a card's longer side, to which smaller ones are enlarged, as when photos are scanned


def card_pixels(photo: Any, card: dict[str, Any], noise: np.random.Generator) -> tuple[Any, Any]:
    """The card, RGB, and the map from photo to card pixels."""
    pixels, to_card = rectified(photo, card, noise)
    scale = max(1.0, SMALLEST / max(pixels.shape[:2]))
    pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) if scale > 1 else pixels
    return np.ascontiguousarray(pixels), np.diag([scale, scale, 1]) @ to_card


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", nargs="+")
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    engine = ocr.open_engine(OcrOptions())
    assert isinstance(engine, onnx.OnnxEngine)
    noise = np.random.default_rng(1)
    counts: Counter[str] = Counter()
    spent: Counter[bool] = Counter()
    without = dict.fromkeys(("at_melted", "at_faint_ink"), _as_found)
    for seed in arguments.seeds:
        folder = photos(user_cache_path("cardscan") / "eval", arguments.count, seed, "")
        for row in map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()):
            written = [c for c in row["cards"][:MOST] if any(line["source"] == "handwriting" for line in c["lines"])]
            photo = cv2.imread(str(folder / row["file"]))[:, :, ::-1] if written else None
            for card in written:
                pixels, to_card = card_pixels(photo, card, noise)
                read = {}
                for further in (False, True):
                    start = time.process_time()
                    with nullcontext() if further else patch.multiple(closer.CloserLook, **without):
                        read[further] = [reading.line for reading in engine.read_closely(pixels).lines]
                    spent[further] += time.process_time() - start
                true = [
                    (cv2.perspectiveTransform(np.array([line["quad"]], np.float32), to_card)[0], line["source"])
                    for line in card["lines"]
                ]
                _count(counts, true, read)
    print(f"{counts['lines']} pen lines: {counts[False]} found at the first look, {counts[True]} after all")
    print(
        f"{counts['made up']} made up; reading takes {spent[True] / max(spent[False], 1e-9):.2f} of the CPU of one look"
    )


def _as_found(*given: Any) -> Any:
    return given[-1]


def _count(counts: Counter[Any], true: list[tuple[Any, str]], read: dict[bool, list[Any]]) -> None:
    for quad, source in true:
        if source == "handwriting":
            counts["lines"] += 1
            for further, lines in read.items():
                counts[further] += sum(shared(line.quad, quad) for line in lines) >= HALF * shared(quad, quad)
    before = {line.text for line in read[False]}
    for line in read[True]:
        on = sum(shared(line.quad, quad) for quad, _ in true)
        counts["made up"] += line.text not in before and on < TOUCHES * shared(line.quad, line.quad)


if __name__ == "__main__":
    main()
