"""Train the pen classifier and write it as ONNX.

    python -m models.pen_classifier.train PAGES… --seed 1 --out models/pen_classifier/pen_classifier.onnx
    python -m models.pen_classifier.train PAGES… --seed 1 --part 0 --of 2 --out /tmp/half0.onnx

PAGES are folders of `models.pen_classifier.pages`. With `--part` the network learns from all cards but every `--of`-th,
and writes into each folder, as `logits-PART.json`, what it thinks of the lines of those: what the judge learns from, as
of cards that the network knows it would be too sure. One thread, some ten minutes. The figures that count come from
cards whose handwriting faces, designs and phrases the training set does not hold.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn


class PenClassifier(nn.Module):
    """Windows (n, 3, 32, 160) of 0 to 1 and slants (n, 1) to logits (n,) that a pen wrote the line."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.ReLU(),
            *separable(32, 64, 1), *separable(64, 96, 2), Added(96), *separable(96, 128, 2), Added(128),
            *separable(128, 160, 2),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Linear(321, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 1))

    def forward(self, pictures: Tensor, slants: Tensor) -> Tensor:
        """One logit a window."""
        found = self.features(pictures * 2 - 1)
        pooled = torch.cat([found.mean((2, 3)), found.amax((2, 3)), slants], 1)
        return self.head(pooled)[:, 0]


class Added(nn.Module):
    """A separable convolution whose result is added to what it was given."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(*separable(channels, channels, 1))

    def forward(self, given: Tensor) -> Tensor:
        """Maps of the same size."""
        return given + self.inner(given)


def separable(given: int, wanted: int, stride: int) -> list[nn.Module]:
    """A depthwise and a pointwise convolution, normalised."""
    return [
        nn.Conv2d(given, given, 3, stride, 1, groups=given, bias=False), nn.BatchNorm2d(given), nn.ReLU(),
        nn.Conv2d(given, wanted, 1, bias=False), nn.BatchNorm2d(wanted), nn.ReLU(),
    ]  # fmt: skip


def varied(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Other light, other inks, a little noise and blur, so that no camera or pen is learned by heart."""
    count = len(pictures)

    def draw(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(shape, generator=generator) * (high - low) + low

    pictures = pictures * draw(0.7, 1.25, count, 1, 1, 1) * draw(0.88, 1.12, count, 3, 1, 1)
    pictures = pictures + draw(-0.1, 0.1, count, 1, 1, 1) + torch.randn(pictures.shape, generator=generator) * 0.015
    coarse = draw(0, 1, count) < 0.25  # a card far away
    pictures[coarse] = nn.functional.interpolate(
        nn.functional.interpolate(pictures[coarse], scale_factor=float(draw(0.5, 0.9, 1)), mode="area"),
        size=pictures.shape[2:], mode="bilinear",
    )  # fmt: skip
    dark = draw(0, 1, count) < 0.12  # light print on dark grounds
    pictures[dark] = 1 - pictures[dark]
    grey = draw(0, 1, count) < 0.15
    pictures[grey] = pictures[grey].mean(1, keepdim=True).expand(-1, 3, -1, -1)
    blurred = draw(0, 1, count) < 0.3
    pictures[blurred] = nn.functional.avg_pool2d(pictures[blurred], 3, 1, 1)
    return pictures.clamp(0, 1)


def as_input(pictures: np.ndarray) -> Tensor:
    """Windows (n, 32, 160, 3) uint8 as the network takes them."""
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255


@dataclass
class Lines:
    """Lines of some cards, each by one or more windows.

    Attributes:
        pictures: (windows, 32, 160, 3) uint8.
        owners: (windows,) the line of each.
        slants: (lines,) as `cardscan.ocr.handwriting.slant` gives them.
        cards: (lines,) the number of each line's card.
        pens: (lines,) 1 for a pen, 0 for print, -1 where it cannot be said.
    """

    pictures: np.ndarray
    owners: np.ndarray
    slants: np.ndarray
    cards: np.ndarray
    pens: np.ndarray

    @classmethod
    def load(cls, folders: list[Path]) -> Lines:
        """All lines of some folders, one folder after the other."""
        pictures, owners, slants, cards, pens = [], [], [], [], []
        lines = pages = 0
        for folder in folders:
            held = np.load(folder / "windows.npz")
            pictures.append(held["pictures"])
            owners.append(lines + np.repeat(np.arange(len(held["counts"])), held["counts"]))
            slants.append(held["slants"])
            for page in json.loads((folder / "pages.json").read_text(encoding="utf-8")):
                cards += [pages] * len(page["lines"])
                pens += [-1 if line["true"] is None else int(line["true"]) for line in page["lines"]]
                pages += 1
            lines += len(held["counts"])
        return cls(*map(np.concatenate, (pictures, owners, slants)), np.array(cards), np.array(pens))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--part", type=int, help="number of the part of the cards not to learn from")
    parser.add_argument("--of", type=int, default=20, help="parts")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    lines = Lines.load(arguments.pages)
    kept = lines.cards % arguments.of == (arguments.part or 0)
    model = learned(lines, kept, arguments.epochs, arguments.seed)
    if arguments.part is not None:
        logits = judged(model, lines, np.flatnonzero(kept))
        start = 0
        for folder in arguments.pages:
            count = len(np.load(folder / "windows.npz")["counts"])
            own = {str(line - start): round(logits[line], 4) for line in logits if start <= line < start + count}
            (folder / f"logits-{arguments.part}.json").write_text(json.dumps(own), encoding="utf-8")
            start += count
    torch.onnx.export(
        model, (torch.zeros(2, 3, 32, 160), torch.zeros(2, 1)), str(arguments.out),
        input_names=["pictures", "slants"], output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"pictures": {0: "n"}, "slants": {0: "n"}, "logits": {0: "n"}},
    )  # fmt: skip


def learned(lines: Lines, kept: np.ndarray, epochs: int, seed: int) -> PenClassifier:
    """A network that learned from all lines but the kept ones, on which it is measured after each epoch."""
    generator = torch.Generator().manual_seed(seed)
    pens = lines.pens[lines.owners]
    train = np.flatnonzero(~kept[lines.owners] & (pens >= 0))
    check = np.flatnonzero(kept & (lines.pens >= 0))
    share = float(pens[train].mean())
    model = PenClassifier().to(memory_format=torch.channels_last)  # half as fast again on a CPU
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=1e-2)
    batches = len(train) // 64
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=epochs * batches)
    # Pens are rare; half of their rarity is made up for, so that print is still rarely called a pen's.
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(((1 - share) / share) ** 0.5))
    order = np.random.default_rng(seed)
    for epoch in range(epochs):
        model.train()
        losses = []
        for chosen in np.array_split(order.permutation(train), batches):
            given = varied(as_input(lines.pictures[chosen]), generator).to(memory_format=torch.channels_last)
            # The slant is dropped now and then: a pen can write straight, and print can be set aslant.
            slants = torch.from_numpy(lines.slants[lines.owners[chosen], None])
            slants = slants * (torch.rand(len(chosen), 1, generator=generator) > 0.3)
            loss = loss_of(model(given, slants), torch.from_numpy(pens[chosen]).float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        found = judged(model, lines, check)
        said = np.array([found[line] > 0 for line in check])
        hits = int((said & (lines.pens[check] == 1)).sum())
        print(
            f"epoch {epoch + 1} loss {np.mean(losses):.4f} precision {hits / max(1, said.sum()):.4f}"
            f" recall {hits / max(1, (lines.pens[check] == 1).sum()):.4f} n {len(check)}",
            flush=True,
        )
    return model


def judged(model: PenClassifier, lines: Lines, chosen: np.ndarray) -> dict[int, float]:
    """The logit of each chosen line: the mean of its windows'."""
    model.eval()
    windows = np.flatnonzero(np.isin(lines.owners, chosen))
    owners = lines.owners[windows]
    with torch.no_grad():
        logits = torch.cat([
            model(as_input(lines.pictures[part]), torch.from_numpy(lines.slants[lines.owners[part], None]))
            for part in np.array_split(windows, max(1, len(windows) // 256))
        ]).numpy()  # fmt: skip
    sums = np.bincount(owners, logits, len(lines.pens)) / np.maximum(1, np.bincount(owners, minlength=len(lines.pens)))
    return {int(line): float(sums[line]) for line in chosen}


if __name__ == "__main__":
    main()
