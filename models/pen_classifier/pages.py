"""Read generated photos and keep what the pen classifier and the judge of pen and print learn from.

    python -m models.pen_classifier.pages PHOTOS --out PAGES

PHOTOS is what `python -m samples.generator --split train …` made. Cards are rectified by their true corners, moved a
little, and read as `cardscan scan` reads them, so that lines are cut where the text detector sees them. PAGES becomes a
folder: `pages.json` has every line of every card, `windows.npz` the pictures of the lines in the same order.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from cardscan import ocr
from cardscan.ocr.crop import LineCutter
from cardscan.ocr.handwriting import HEIGHT, slant, windows
from cardscan.options import OcrOptions
from cardscan.record import CardImage

TOUCHES = 0.2  # share of a line that must lie on true ones
MOSTLY = 0.6  # share of what it covers that must be of one kind
MOST = 3  # cards of one photo
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
    parser.add_argument("photos", type=Path)
    parser.add_argument("--first", type=int, default=0, help="number of the first photo, to read a part of them")
    parser.add_argument("--count", type=int, help="photos to read; else all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    options = OcrOptions()
    engine = ocr.open_engine(options)
    noise = np.random.default_rng(arguments.seed)
    rows: list[dict] = []
    pictures: list[np.ndarray] = []
    slants: list[float] = []
    counts: list[int] = []
    photos = (arguments.photos / "truth.jsonl").read_text(encoding="utf-8").splitlines()[arguments.first :]
    for photo in map(json.loads, photos[: arguments.count]):
        pixels = cv2.imread(str(arguments.photos / photo["file"]), cv2.IMREAD_COLOR)
        for card in photo["cards"][:MOST]:
            image, to_card = rectified(pixels[:, :, ::-1], card, noise)
            known = {
                kind: [
                    {**one, "quad": cv2.perspectiveTransform(np.array([one["quad"]], np.float32), to_card)[0]}
                    for one in card[kind]
                ]
                for kind in ("lines", "marks")
            }
            height, width = image.shape[:2]
            image = np.ascontiguousarray(image)
            quad = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
            page = ocr.recognize(CardImage(image, quad), engine, options)
            lines = [
                {
                    "text": line.text, "confidence": line.confidence, "quad": line.quad, "pen": look.pen,
                    "tint": look.tint, "breadth": look.breadth,
                    "true": truth(line.quad, known["lines"], known["marks"]),
                }
                for line, look in zip(page.lines, page.looks, strict=True)
            ]  # fmt: skip
            rows.append({"width": width, "height": height, "lines": lines})
            cutter = LineCutter(image)
            for line in page.lines:
                corners = np.array(line.quad, np.float32)
                seen = windows(cutter.cut(corners, HEIGHT))
                pictures += seen
                slants.append(slant(corners))
                counts.append(len(seen))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "pages.json").write_text(json.dumps(rows), encoding="utf-8")
    np.savez_compressed(
        arguments.out / "windows.npz", pictures=np.array(pictures), slants=np.array(slants, np.float32),
        counts=np.array(counts),
    )  # fmt: skip
    print(f"{len(rows)} cards, {len(counts)} lines, {len(pictures)} windows")


if __name__ == "__main__":
    main()
