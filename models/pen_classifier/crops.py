"""Cut the text lines of written-on cards into windows for the pen classifier.

    python -m models.pen_classifier.crops --faces FOLDER --count 1500 --seed 1 --out crops.npz

FOLDER holds what `python -m models.pen_classifier.faces` fetched. Lines are cut by their true corners, grown and turned a
little, as a detector's are never exact.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import cv2
import numpy as np

from cardscan.ocr.crop import LineCutter
from cardscan.ocr.handwriting import HEIGHT, slant, windows
from models.pen_classifier import sheets


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1500, help="cards")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    known = sheets.faces(arguments.faces)
    pictures, slants, pens, owners = [], [], [], []
    number = 0
    for index in range(arguments.count):
        rand = random.Random(f"{arguments.seed}/{index}")
        sheet = sheets.seen(rand, sheets.sheet(rand, known))
        noise = np.random.default_rng(rand.getrandbits(32))
        cutter = LineCutter(sheet.pixels)
        for true, by_pen in sheet.lines:
            corners = moved(true, noise)
            for window in windows(cutter.cut(corners, HEIGHT)):
                pictures.append(window)
                slants.append(slant(corners))
                pens.append(by_pen)
                owners.append(number)
            number += 1
    np.savez_compressed(
        arguments.out, pictures=np.array(pictures), slants=np.array(slants, np.float32), pens=np.array(pens),
        lines=np.array(owners),
    )  # fmt: skip
    print(f"{len(pens)} windows of {number} lines, {np.mean(pens):.1%} pen")


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
