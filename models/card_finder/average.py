"""Average the weights of several runs that go on from one another, and write `card_finder.onnx`.

    python average.py first.pt=0.25 second.pt=0.375 third.pt=0.375

Of runs that share a beginning the average errs less than each: Wortsman et al., "Model soups", ICML 2022. The shares
should add up to one; running means of the normalization are averaged as the weights are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from network import CardFinder
from train import export


def main() -> None:
    """Read, average, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", metavar="WEIGHTS=SHARE")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("card_finder.onnx"))
    args = parser.parse_args()
    average: dict[str, torch.Tensor] = {}
    for path, _, share in (run.rpartition("=") for run in args.runs):
        for name, value in torch.load(path, weights_only=True).items():
            average[name] = average.get(name, 0) + float(share) * value
    model = CardFinder()
    model.load_state_dict(average)
    export(model.eval(), args.out)


if __name__ == "__main__":
    main()
