"""Read generated photos and keep, for every line, what the judge of pen and print looks at.

    python -m models.pen_judge.pages FOLDER --first 0 --count 200 --out pages.json

FOLDER is what `python -m samples.generator --split train --conditions notes …` made. Cards are rectified by their true
corners, moved a little, and read as `cardscan scan` reads them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from cardscan import ocr
from cardscan.options import OcrOptions
from cardscan.record import CardImage

TOUCHES = 0.2  # share of a line that must lie on true ones
MOSTLY = 0.6  # share of what it covers that must be of one kind
STANDING = ("star", "double-star", "check", "arrow")  # marks that stand for themselves


def rectified(pixels: np.ndarray, card: dict, noise: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The card as the image stage would cut it, and the map from photo to card pixels."""
    quad = np.array(card["quad"], np.float32)
    across, down = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1).reshape(2, 2).mean(axis=0)
    size = (max(32, round(float(across))), max(32, round(float(down))))
    quad = quad + noise.normal(0, 0.003 * max(size), (4, 2)).astype(np.float32)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    return cv2.warpPerspective(pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE), matrix


def shared(one: object, other: object) -> float:
    """Common area of two quads."""
    hulls = [cv2.convexHull(np.array(quad, np.float32)) for quad in (one, other)]
    return float(cv2.intersectConvexConvex(*hulls)[0])


def truth(quad: object, lines: list[dict], marks: list[dict]) -> bool | None:
    """Whether a pen wrote what stands in a quad; print where nothing is known to stand; None where both do."""
    area = max(float(cv2.contourArea(np.array(quad, np.float32))), 1.0)
    if any(shared(quad, mark["quad"]) > TOUCHES * area for mark in marks if mark["kind"] in STANDING):
        return None
    on = {True: 0.0, False: 0.0}
    for line in lines:
        on[line["source"] == "handwriting"] += shared(quad, line["quad"])
    total = sum(on.values())
    if total < TOUCHES * area:
        return False
    return on[True] > on[False] if max(on.values()) >= MOSTLY * total else None


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    options = OcrOptions()
    engine = ocr.open_engine(options)
    noise = np.random.default_rng(arguments.seed)
    rows = []
    photos = (arguments.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    for photo in map(json.loads, photos[arguments.first : arguments.first + arguments.count]):
        pixels = cv2.imread(str(arguments.folder / photo["file"]), cv2.IMREAD_COLOR)
        for card in photo["cards"]:
            image, to_card = rectified(pixels[:, :, ::-1], card, noise)
            known = {
                kind: [
                    {**one, "quad": cv2.perspectiveTransform(np.array([one["quad"]], np.float32), to_card)[0]}
                    for one in card[kind]
                ]
                for kind in ("lines", "marks")
            }
            height, width = image.shape[:2]
            quad = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
            page = ocr.recognize(CardImage(np.ascontiguousarray(image), quad), engine, options)
            lines = [
                {
                    "text": line.text, "confidence": line.confidence, "quad": line.quad, "pen": look.pen,
                    "tint": look.tint, "breadth": look.breadth,
                    "true": truth(line.quad, known["lines"], known["marks"]),
                }
                for line, look in zip(page.lines, page.looks, strict=True)
            ]  # fmt: skip
            rows.append({"width": width, "height": height, "lines": lines})
    arguments.out.write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
