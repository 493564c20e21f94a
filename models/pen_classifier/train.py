"""Train the pen classifier and write it as ONNX.

    python -m models.pen_classifier.train crops.npz --seed 1 --out models/pen_classifier/pen_classifier.onnx

One thread, a few minutes. A tenth of the lines, by number, is kept for choosing the epoch; the figures that count come
from cards whose handwriting faces, designs and phrases the training set does not hold.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn


class PenClassifier(nn.Module):
    """Windows (n, 3, 32, 160) of 0 to 1 and slants (n, 1) to logits (n,) that a pen wrote the line."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 24, 3, 2, 1), nn.BatchNorm2d(24), nn.ReLU(),
            *separable(24, 48, 1), *separable(48, 64, 2), *separable(64, 96, 2), *separable(96, 128, 2),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Linear(257, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 1))

    def forward(self, pictures: Tensor, slants: Tensor) -> Tensor:
        """One logit a window."""
        found = self.features(pictures * 2 - 1)
        pooled = torch.cat([found.mean((2, 3)), found.amax((2, 3)), slants], 1)
        return self.head(pooled)[:, 0]


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


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("crops", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(arguments.seed)
    held = np.load(arguments.crops)
    pictures, slants, pens, lines = (held[name] for name in ("pictures", "slants", "pens", "lines"))
    kept = lines % 10 == 0
    train, check = np.flatnonzero(~kept), np.flatnonzero(kept)
    share = float(pens[train].mean())
    model = PenClassifier()
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=1e-2)
    batch = 64
    steps = arguments.epochs * (len(train) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    # Pens are rare; half of their rarity is made up for, so that print is still rarely called a pen's.
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(((1 - share) / share) ** 0.5))
    order = np.random.default_rng(arguments.seed)
    for epoch in range(arguments.epochs):
        model.train()
        for chosen in np.array_split(order.permutation(train), len(train) // batch)[: len(train) // batch]:
            given = varied(as_input(pictures[chosen]), generator)
            # The slant is dropped now and then: a pen can write straight, and print can be set aslant.
            slanted = torch.from_numpy(slants[chosen, None]) * (torch.rand(len(chosen), 1, generator=generator) > 0.3)
            loss = loss_of(model(given, slanted), torch.from_numpy(pens[chosen]).float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(
            f"epoch {epoch + 1} loss {loss.item():.4f} {measured(model, pictures, slants, pens, lines, check)}",
            flush=True,
        )
    model.eval()
    torch.onnx.export(
        model, (torch.zeros(2, 3, 32, 160), torch.zeros(2, 1)), str(arguments.out),
        input_names=["pictures", "slants"], output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"pictures": {0: "n"}, "slants": {0: "n"}, "logits": {0: "n"}},
    )  # fmt: skip


def measured(
    model: PenClassifier,
    pictures: np.ndarray,
    slants: np.ndarray,
    pens: np.ndarray,
    lines: np.ndarray,
    check: np.ndarray,
) -> str:
    """Precision and recall over whole lines, their windows averaged."""
    model.eval()
    with torch.no_grad():
        logits = torch.cat([
            model(as_input(pictures[part]), torch.from_numpy(slants[part, None]))
            for part in np.array_split(check, max(1, len(check) // 256))
        ]).numpy()  # fmt: skip
    found: dict[int, list[float]] = {}
    truth: dict[int, bool] = {}
    for index, logit in zip(check, logits, strict=True):
        found.setdefault(int(lines[index]), []).append(float(logit))
        truth[int(lines[index])] = bool(pens[index])
    said = {line: np.mean(values) > 0 for line, values in found.items()}
    hits = sum(said[line] and truth[line] for line in said)
    precision, recall = hits / max(1, sum(said.values())), hits / max(1, sum(truth.values()))
    return f"precision {precision:.4f} recall {recall:.4f} n {len(said)}"


if __name__ == "__main__":
    main()
