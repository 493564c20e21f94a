"""Train the card finder and write `card_finder.onnx`.

    python train.py --minutes 40 --seed 1 --out card_finder.onnx

One thread to learn, one process to make scenes (`scenes.py`), no GPU. Each scene is used about three times, mirrored.
A share of the time goes to small pictures, which teach what a card is, the rest to full-sized ones, which teach where
exactly. The time given is divided by a one-cycle schedule, so a longer run is a better one; the seed decides every
scene.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import scenes
import torch
from network import STRIDE, UNIT, CardFinder
from torch import Tensor
from torch.nn import functional

SMALL_SHAPES = ((256, 192), (192, 256), (256, 256), (256, 160), (160, 256))
SHAPES = ((384, 288), (288, 384), (384, 384), (384, 224), (224, 384), (512, 384), (384, 512))
KEPT = 150
AHEAD = 4
"""Steps whose scenes are being made while one is learned from."""
CENTRE_SHARE = 0.6
CORNER_SHARE = 0.15

Sample = tuple[np.ndarray, np.ndarray, np.ndarray]


def targets(scene: scenes.Scene) -> Sample:
    """Picture; per cell inner, on-card and weight (3, h/4, w/4); per cell the corners in pixels (8, h/4, w/4)."""
    height, width = scene.owner.shape
    inner = np.zeros((height, width), np.uint8)
    for index in range(len(scene.quads)):
        mine = np.pad((scene.owner == index).astype(np.uint8), 1)
        if not mine.any():
            continue
        distance = cv2.distanceTransform(mine, cv2.DIST_L2, 3)[1:-1, 1:-1]
        # All but a narrow rim: where two cards touch, the rims are the seam that tells them apart.
        rim = max(1.25 * STRIDE, 0.05 * float(mine.sum()) ** 0.5)
        inner[distance > min(0.5 * float(distance.max()), rim)] = 1
    cells = slice(STRIDE // 2, None, STRIDE)
    owner = scene.owner[cells, cells]
    masks = np.stack([inner[cells, cells], owner >= 0, owner != -2]).astype(np.float32)
    quads = np.concatenate([scene.quads.reshape(-1, 8), np.zeros((1, 8))])
    return scene.pixels, masks, quads[np.where(owner >= 0, owner, -1)].transpose(2, 0, 1).astype(np.float32)


def mirrored(sample: Sample, rand: np.random.Generator) -> Sample:
    """The sample, by chance mirrored left to right and top to bottom."""
    pixels, masks, corners = sample
    height, width = pixels.shape[:2]
    corners = corners.reshape(4, 2, *corners.shape[1:])
    for axis, size in ((1, width), (0, height)):
        if rand.random() < 0.5:
            pixels, masks, corners = np.flip(pixels, axis), np.flip(masks, axis + 1), np.flip(corners, axis + 2)
            corners = corners[::-1].copy()  # still clockwise
            corners[:, 1 - axis] = size - corners[:, 1 - axis]
    return pixels, masks, corners.reshape(8, *corners.shape[2:])


def losses(output: Tensor, masks: Tensor, corners: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Balanced cross-entropy and Dice of both masks; how far off centre and corners are, relative to the card."""
    inner, card, known = masks[:, 0], masks[:, 1], masks[:, 2]
    total = torch.zeros(())
    for channel, truth, share in ((0, inner, 2.0), (1, card, 1.0)):
        # Cells beside an edge are few, but they are what tells one card from the next.
        beside = functional.max_pool2d(truth[:, None], 5, 1, 2) + functional.max_pool2d(-truth[:, None], 5, 1, 2)
        weight = known * (1 + (share - 1) * truth + 3.0 * beside[:, 0])
        entropy = functional.binary_cross_entropy_with_logits(output[:, channel], truth, weight, reduction="sum")
        total = total + entropy / weight.sum()
        chance = torch.sigmoid(output[:, channel]) * known
        total = total + 0.5 * (1 - (2 * (chance * truth).sum() + 1) / (chance.sum() + truth.sum() + 1))
    n, _, rows, columns = output.shape
    y, x = torch.meshgrid(torch.arange(rows) + 0.5, torch.arange(columns) + 0.5, indexing="ij")
    cell = torch.stack([x, y]).repeat(4, 1, 1) * STRIDE
    truth = ((corners - cell) / UNIT).view(n, 4, 2, rows, columns)
    guess = output[:, 4:].view(n, 4, 2, rows, columns)
    size = (truth[:, 0] - truth[:, 2]).norm(dim=1) + (truth[:, 1] - truth[:, 3]).norm(dim=1)
    # The corner to begin with is the one nearest the top-left; where two are about as near, either will do.
    nearness = truth.sum(dim=2)
    first, second = nearness.topk(2, dim=1, largest=False).values.unbind(1)
    either = (second - first) < 0.08 * size
    begin = nearness.argmin(dim=1)
    errors = torch.stack([
        functional.smooth_l1_loss(guess, truth.roll(-shift, 1), beta=0.02, reduction="none").sum(dim=(1, 2))
        for shift in range(4)
    ])  # fmt: skip
    own = errors.gather(0, begin[None])[0]
    size = size.clamp(min=0.2)
    error = torch.where(either, errors.min(dim=0).values, own) / size
    # Large cards have more cells and small ones larger relative errors: this weight lets neither drown the other. Each
    # scene counts the same.
    weight = card * (0.5 + inner) / size
    share = weight.sum(dim=(1, 2)).clamp(min=1e-3)
    corner = (error * weight).sum(dim=(1, 2)) / share
    # The middle is asked of every cell alike: those at the rim decide where one card ends and the next begins.
    off = functional.smooth_l1_loss(output[:, 2:4], truth.mean(dim=1), beta=0.02, reduction="none").sum(dim=1) / size
    middle = (off * card / size).sum(dim=(1, 2)) / (card / size).sum(dim=(1, 2)).clamp(min=1e-3)
    return total, middle.mean(), corner.mean()


def export(model: CardFinder, path: Path) -> None:
    """Write the model as ONNX with free height and width: chances, and centres in pixels; the corners are left out."""

    class Maps(torch.nn.Module):
        """What is used of the answer."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, image: Tensor) -> Tensor:
            """Inner and card as chances, then the centre relative to the cell in pixels: (n, 4, h/4, w/4)."""
            answer = self.model(image)
            return torch.cat([torch.sigmoid(answer[:, :2]), UNIT * answer[:, 2:4]], dim=1)

    free = {2: "height", 3: "width"}
    torch.onnx.export(
        Maps().eval(),
        (torch.zeros(1, 3, 288, 384),),
        str(path),
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=["maps"],
        dynamic_axes={"image": free, "maps": free},
    )


def made(seed: int, serials: list[int], width: int, height: int) -> list[Sample]:
    """Samples of new scenes; runs in the process beside."""
    cv2.setNumThreads(1)
    return [targets(scenes.make(np.random.default_rng((seed, serial)), width, height)) for serial in serials]


def main() -> None:
    """Train for so many minutes and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--small-until", type=float, default=0.5, help="share of the time given to small pictures")
    parser.add_argument("--resume", type=Path, help="weights (.pt) of an earlier run to go on from")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("card_finder.onnx"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    choose = random.Random(args.seed)
    model = CardFinder().to(memory_format=torch.channels_last)
    if args.resume:
        model.load_state_dict(torch.load(args.resume, weights_only=True))
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01)
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99), use_buffers=True
    )
    kept = {shape: deque[Sample](maxlen=KEPT) for shape in SMALL_SHAPES + SHAPES}
    begin, step, serial, running = time.monotonic(), 0, 0, np.zeros(3)
    maker = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    coming: deque[tuple[tuple[int, int], Future[list[Sample]]]] = deque()
    while (done := (time.monotonic() - begin) / (60 * args.minutes)) < 1:
        rate = args.rate * (done / 0.05 if done < 0.05 else 0.5 * (1 + np.cos(np.pi * (done - 0.05) / 0.95)) + 0.004)
        for group in optimizer.param_groups:
            group["lr"] = rate
        small = done < args.small_until
        while len(coming) < AHEAD:
            shape = choose.choice(SMALL_SHAPES if small else SHAPES)
            serials = list(range(serial, serial + (3 if small else 2)))
            serial += len(serials)
            coming.append((shape, maker.submit(made, args.seed, serials, *shape)))
        shape, future = coming.popleft()
        new = future.result()
        batch = 9 if max(shape) <= 256 else 6 if max(shape) <= 384 else 4
        samples = (new + [choose.choice(kept[shape]) for _ in range(batch - len(new))]) if kept[shape] else list(new)
        kept[shape].extend(new)
        turned = [mirrored(s, np.random.default_rng((args.seed, step, i, 7))) for i, s in enumerate(samples)]
        pixels, masks, corners = (
            torch.from_numpy(np.stack([np.ascontiguousarray(s[i]) for s in turned])) for i in range(3)
        )
        image = (pixels.permute(0, 3, 1, 2).float() / 255).contiguous(memory_format=torch.channels_last)
        mask, middle, corner = losses(model(image), masks, corners)
        value = mask + CENTRE_SHARE * middle + CORNER_SHARE * corner
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        averaged.update_parameters(model)
        step += 1
        now = np.array([float(part.detach()) for part in (mask, middle, corner)])
        running = now if step == 1 else 0.97 * running + 0.03 * now
        if step % 50 == 0:
            print(f"{done:.3f} step {step} scenes {serial} mask, centre, corner loss {running.round(4)}", flush=True)
        if step % 200 == 0:
            torch.save(averaged.module.state_dict(), args.out.with_suffix(".pt"))
    maker.shutdown(cancel_futures=True)
    torch.save(averaged.module.state_dict(), args.out.with_suffix(".pt"))
    export(averaged.module.cpu().eval(), args.out)
    print(f"{step} steps, {serial} scenes, losses {running.round(4)}, written to {args.out}")


if __name__ == "__main__":
    main()
