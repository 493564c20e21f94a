"""Cut the text lines of generated photos into windows for the pen classifier.

    python -m models.pen_classifier.crops FOLDER… --out crops.npz

FOLDER is what `python -m samples.generator --split train --conditions notes …` made. Cards are rectified by their true
corners, moved a little, and lines by their true quads, grown and turned a little, as a detector's are never exact.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from cardscan.ocr.crop import LineCutter
from cardscan.ocr.handwriting import HEIGHT, slant, windows

LONG_SIDE = 1100


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rand = np.random.default_rng(arguments.seed)
    pictures, slants, pens, owners = [], [], [], []
    number = 0
    for folder in arguments.folders:
        for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            photo = json.loads(row)
            pixels = cv2.imread(str(folder / photo["file"]), cv2.IMREAD_COLOR)
            if pixels is None:
                continue
            for card in photo["cards"]:
                image, to_card = rectified(pixels[:, :, ::-1], card, rand)
                cutter = LineCutter(image)
                for line in card["lines"]:
                    corners = cv2.perspectiveTransform(np.array([line["quad"]], np.float32), to_card)[0]
                    corners = moved(corners, rand)
                    for window in windows(cutter.cut(corners, HEIGHT)):
                        pictures.append(window)
                        slants.append(slant(corners))
                        pens.append(line["source"] == "handwriting")
                        owners.append(number)
                    number += 1
    np.savez_compressed(
        arguments.out, pictures=np.array(pictures), slants=np.array(slants, np.float32), pens=np.array(pens),
        lines=np.array(owners),
    )  # fmt: skip
    print(f"{len(pens)} windows of {number} lines, {np.mean(pens):.1%} pen")


def rectified(pixels: np.ndarray, card: dict, rand: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The card as the image stage would cut it, and the map from photo to card pixels."""
    width, height = card["flat_size"]
    scale = LONG_SIDE / max(width, height)
    size = (round(width * scale), round(height * scale))
    quad = np.array(card["quad"], np.float32) + rand.normal(0, 0.003 * max(size), (4, 2)).astype(np.float32)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    return cv2.warpPerspective(pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE), matrix


def moved(corners: np.ndarray, rand: np.random.Generator) -> np.ndarray:
    """The line's corners, grown and turned as a detector's might be."""
    middle = corners.mean(axis=0)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    grow = rand.uniform(-0.05, 0.3)
    length, height = np.linalg.norm(along), np.linalg.norm(across)
    scale_along = 1 + grow * height / max(length, 1)
    half_along = along / 2 * scale_along
    half_across = across / 2 * (1 + grow)
    angle = np.deg2rad(rand.normal(0, 0.5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    offset = rand.normal(0, 0.05, 2) * height
    box = np.array(
        [-half_along - half_across, half_along - half_across, half_along + half_across, half_across - half_along]
    )
    return (box @ turn.T + middle + offset).astype(np.float32)


if __name__ == "__main__":
    main()
