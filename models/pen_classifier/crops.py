"""Cut the text lines of generated photos and of written-on cards into windows for the pen classifier.

    python -m models.pen_classifier.crops FOLDER… --faces FACES --sheets 150 --seed 1 --out crops.npz

FOLDER is what `python -m samples.generator --split train --conditions notes …` made, FACES what
`python -m models.pen_classifier.faces` fetched. Cards are rectified by their true corners, moved a little, and lines
cut by their true quads, grown and turned as a detector's are.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from cardscan.ocr.crop import LineCutter
from cardscan.ocr.handwriting import HEIGHT, slant, windows
from models.pen_classifier import sheets

Card = tuple[np.ndarray, list[tuple[np.ndarray, bool]]]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--skip", type=int, default=0, help="leave out so many photos at the head of each folder")
    parser.add_argument("--faces", type=Path)
    parser.add_argument("--sheets", type=int, default=0, help="written-on cards to make")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    noise = np.random.default_rng(arguments.seed)
    pictures, slants, pens, owners = [], [], [], []
    number = 0

    def take(card: Card) -> None:
        nonlocal number
        cutter = LineCutter(card[0])
        for true, by_pen in card[1]:
            corners = as_detected(true, by_pen, noise)
            for window in windows(cutter.cut(corners, HEIGHT)):
                pictures.append(window)
                slants.append(slant(corners))
                pens.append(by_pen)
                owners.append(number)
            number += 1

    for folder in arguments.folders:
        for card in photographed(folder, arguments.skip, noise):
            take(card)
    known = sheets.faces(arguments.faces) if arguments.sheets else None
    for index in range(arguments.sheets):
        assert known is not None, "sheets need faces"
        rand = random.Random(f"{arguments.seed}/{index}")
        sheet = sheets.seen(rand, sheets.sheet(rand, known))
        take((sheet.pixels, sheet.lines))
    np.savez(
        arguments.out, pictures=np.array(pictures), slants=np.array(slants, np.float32), pens=np.array(pens),
        lines=np.array(owners),
    )  # fmt: skip
    print(f"{len(pens)} windows of {number} lines, {np.mean(pens):.1%} pen")


def photographed(folder: Path, skip: int, noise: np.random.Generator) -> Iterator[Card]:
    """The rectified cards of a folder of generated photos, and their lines."""
    for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()[skip:]:
        photo = json.loads(row)
        pixels = cv2.imread(str(folder / photo["file"]), cv2.IMREAD_COLOR)
        if pixels is None:
            continue
        for card in (one for one in photo["cards"][:3] if one["lines"]):
            image, to_card = rectified(pixels[:, :, ::-1], card, noise)
            quads = cv2.perspectiveTransform(np.array([line["quad"] for line in card["lines"]], np.float32), to_card)
            pens = [line["source"] == "handwriting" for line in card["lines"]]
            yield image, list(zip(quads, pens, strict=True))


def rectified(pixels: np.ndarray, card: dict, noise: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The card as the image stage would cut it, and the map from photo to card pixels."""
    quad = np.array(card["quad"], np.float32)
    across, down = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1).reshape(2, 2).mean(axis=0)
    size = (max(32, round(float(across))), max(32, round(float(down))))
    quad = quad + noise.normal(0, 0.003 * max(size), (4, 2)).astype(np.float32)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    return cv2.warpPerspective(pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE), matrix


def as_detected(corners: np.ndarray, by_pen: bool, noise: np.random.Generator) -> np.ndarray:
    """The line's corners, grown and turned as the text detector's are (5th to 95th percentile, measured).

    True quads of pen lines enclose the ink more closely than those of print, so they grow by less: the height of the
    crop must not give the answer away.
    """
    middle = corners.mean(axis=0)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    length, height = max(float(np.linalg.norm(along)), 1.0), max(float(np.linalg.norm(across)), 1.0)
    grow = noise.uniform(1.18, 1.75) - (0.12 if by_pen else 0.0)
    half_along = along / 2 * (1 + noise.uniform(0.2, 0.7) * height / length)
    half_across = across / 2 * grow
    angle = np.deg2rad(noise.normal(0, 0.4))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    offset = noise.normal(0, 0.05, 2) * height
    box = np.array(
        [-half_along - half_across, half_along - half_across, half_along + half_across, half_across - half_along]
    )
    return (box @ turn.T + middle + offset).astype(np.float32)


if __name__ == "__main__":
    main()
