"""Train the judge of pen and print and write it as the tables of `cardscan.forest`.

    python -m models.pen_judge.train PAGES… --seed 1 --out models/pen_judge/pen_judge.npz

PAGES are folders of `models.pen_classifier.pages` in which `models.pen_classifier.train --part` has left what a network
that never saw a card thinks of its lines. That is shaken a little more, as it knows the typefaces and is surer of them
than of a hand it never saw. Needs scikit-learn; some minutes.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from cardscan.pen.evidence import NAMES, evidence
from cardscan.record import Look, Page, TextLine
from models.forests import Node, tables

COPIES = 4
SHAKEN = 1.2
"""Standard deviation of what is added to the logit of each line's looks."""


def pages(folders: list[Path]) -> list[tuple[Page, list[bool | None]]]:
    """The pages of all folders, with what is true of each line: pen, print, or None where it cannot be said."""
    found = []
    for folder in folders:
        logits: dict[int, float] = {}
        for part in sorted(folder.glob("logits-*.json")):
            logits |= {int(line): logit for line, logit in json.loads(part.read_text(encoding="utf-8")).items()}
        number = 0
        for row in json.loads((folder / "pages.json").read_text(encoding="utf-8")):
            looks, lines = [], []
            for line in row["lines"]:
                pen = 1 / (1 + math.exp(-logits[number])) if logits else line["pen"]
                looks.append(Look(pen, tuple(line["tint"]), line["breadth"]))
                lines.append(TextLine(line["text"], line["confidence"], tuple(map(tuple, line["quad"]))))
                number += 1
            page = Page(row["width"], row["height"], tuple(lines), looks=tuple(looks))
            found.append((page, [line["true"] for line in row["lines"]]))
    return found


def shaken(page: Page, noise: np.random.Generator, by: float) -> Page:
    """The page with the looks of its lines less sure."""
    looks = []
    for look in page.looks:
        pen = min(max(look.pen, 1e-4), 1 - 1e-4)
        logit = np.log(pen / (1 - pen)) * noise.uniform(0.6, 1.0) + noise.normal(0, by)
        looks.append(Look(float(1 / (1 + np.exp(-logit))), look.tint, look.breadth))
    return Page(page.width, page.height, page.lines, looks=tuple(looks))


def rows(
    given: list[tuple[Page, list[bool | None]]], seed: int, copies: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Evidence, truth and the page's number of every line; the first copy of a page is as it is, the others shaken."""
    noise = np.random.default_rng(seed)
    features, truths, owners = [], [], []
    for number, (page, true) in enumerate(given):
        for copy in range(copies):
            seen = shaken(page, noise, SHAKEN) if copy else page
            for row, pen in zip(evidence(seen), true, strict=True):
                if pen is not None:
                    features.append(row)
                    truths.append(pen)
                    owners.append(number)
    return np.array(features), np.array(truths), np.array(owners)


def forest(seed: int) -> GradientBoostingClassifier:
    """Small trees, slowly added."""
    return GradientBoostingClassifier(
        n_estimators=140, learning_rate=0.07, max_depth=3, subsample=0.6, max_features=0.4, min_samples_leaf=8,
        random_state=seed,
    )  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", type=Path, help="a folder to measure on")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    given = pages(arguments.pages)
    features, truths, owners = rows(given, arguments.seed, COPIES)
    print(f"{len(given)} pages, {len(truths) // COPIES} lines, {truths.mean():.1%} pen")
    kept = np.zeros(len(truths))
    for train, check in GroupKFold(4).split(features, truths, owners):
        kept[check] = forest(arguments.seed).fit(features[train], truths[train]).decision_function(features[check])
    report("four folds", truths, kept)
    model = forest(arguments.seed).fit(features, truths)
    order = np.argsort(-model.feature_importances_)
    print(", ".join(f"{NAMES[i]} {model.feature_importances_[i]:.2f}" for i in order[:16]))
    if arguments.check:
        checked, true, _ = rows(pages([arguments.check]), arguments.seed, 1)
        report("check", true, model.decision_function(checked))
    np.savez_compressed(arguments.out, **tables(trees_of(model), NAMES))


def report(name: str, truths: np.ndarray, logits: np.ndarray) -> None:
    """Print precision and recall of lines at some thresholds, and the best F1."""
    precision, recall, thresholds = precision_recall_curve(truths, logits)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1.argmax())
    print(f"{name}: best F1 {f1[best]:.3f} at {thresholds[min(best, len(thresholds) - 1)]:.2f}")
    for logit in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0):
        said = logits >= logit
        hits = (said & truths).sum()
        print(f"  {logit:4.1f} precision {hits / max(1, said.sum()):.3f} recall {hits / truths.sum():.3f}")


def trees_of(model: GradientBoostingClassifier) -> list[list[Node]]:
    """The nodes of each tree, the root first; the prior is a tree of one leaf."""
    prior = float(model.init_.class_prior_[1])
    trees: list[list[Node]] = [[(0, 0, 0, 0.0, float(np.log(prior / (1 - prior))))]]
    for (one,) in model.estimators_:
        tree = one.tree_
        values = [round(float(value[0][0]) * model.learning_rate, 6) for value in tree.value]
        children = zip(tree.feature, tree.children_left, tree.children_right, tree.threshold, values, strict=True)
        trees.append(
            [
                (int(feature), int(left), int(right), float(threshold), 0.0)
                if feature >= 0
                else (0, place, place, 0.0, value)
                for place, (feature, left, right, threshold, value) in enumerate(children)
            ]
        )
    return trees


if __name__ == "__main__":
    main()
