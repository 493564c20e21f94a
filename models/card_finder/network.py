"""The card finder's network: a small depthwise-separable U-Net that looks once and answers at a quarter of the size.

For every cell of 4 x 4 pixels it says how likely the cell lies in the inner part of a card (logit 0), on a card at all
(logit 1), and, relative to the cell and in units of `UNIT` pixels, where the middle of that card is (2 numbers) and
where its four corners are (8 numbers). The corners are not used; they are learned beside the rest, as knowing a card's
extent helps to tell it from its desk.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

STRIDE = 4
UNIT = 64.0


def _conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Separable(nn.Module):
    """Depthwise then pointwise convolution, with a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.depthwise = _conv(inputs, inputs, kernel, stride, groups=inputs)
        self.pointwise = _conv(inputs, outputs, 1)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs, h, w) to (n, outputs, h / stride, w / stride)."""
        y = self.pointwise(self.depthwise(x))
        return x + y if self.shortcut else y


class CardFinder(nn.Module):
    """RGB in 0..1, (n, 3, h, w) with h and w multiples of 32, to (n, 12, h/4, w/4)."""

    def __init__(self, widths: tuple[int, int, int, int, int] = (16, 32, 64, 128, 192), decoder: int = 64) -> None:
        super().__init__()
        a, b, c, d, e = widths
        self.stem = _conv(3, a, 3, 2)
        self.stage4 = nn.Sequential(_conv(a, b, 3, 2), Separable(b, b))
        self.stage8 = nn.Sequential(Separable(b, c, 2), Separable(c, c), Separable(c, c))
        self.stage16 = nn.Sequential(Separable(c, d, 2), *(Separable(d, d, kernel=5) for _ in range(3)))
        self.stage32 = nn.Sequential(Separable(d, e, 2), *(Separable(e, e, kernel=7) for _ in range(4)))
        self.overview = nn.Sequential(nn.Conv2d(e, e, 1), nn.ReLU(inplace=True))
        self.lateral = nn.ModuleList(nn.Conv2d(w, decoder, 1) for w in (b, c, d, e))
        self.smooth = nn.ModuleList([
            Separable(decoder, decoder),
            nn.Sequential(Separable(decoder, decoder, kernel=5), Separable(decoder, decoder)),
            nn.Sequential(Separable(decoder, decoder, kernel=5), Separable(decoder, decoder)),
        ])  # fmt: skip
        seams = (Separable(decoder, decoder, kernel=5), Separable(decoder, decoder, kernel=5))
        self.head = nn.Sequential(Separable(decoder, decoder), *seams, nn.Conv2d(decoder, 12, 1))
        last = self.head[-1]
        assert isinstance(last, nn.Conv2d) and last.bias is not None
        # To begin with every cell believes in no card, and in corners as a middling card would have them.
        last.bias.data = torch.tensor([-2.0, -1.5, 0.0, 0.0, -0.8, -0.5, 0.8, -0.5, 0.8, 0.5, -0.8, 0.5])
        self.enlarge = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, image: Tensor) -> Tensor:
        """The answer for pictures, as the class says."""
        x4 = self.stage4(self.stem(image * 4 - 2))
        x8 = self.stage8(x4)
        x16 = self.stage16(x8)
        x32 = self.stage32(x16)
        x32 = x32 + self.overview(x32.mean(dim=(2, 3), keepdim=True))
        y: Tensor = self.lateral[3](x32)
        for level, x in ((2, x16), (1, x8), (0, x4)):
            y = self.smooth[level](self.enlarge(y) + self.lateral[level](x))
        out: Tensor = self.head(y)
        return out


if __name__ == "__main__":
    print(sum(p.numel() for p in CardFinder().parameters()), "parameters", torch.__version__)
