"""A card cut out of the photo: one warp from full resolution to its true proportions, turned upright."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from cardscan.image.quads import Corners, true_ratio

if TYPE_CHECKING:
    from cardscan.record import Pixels

LONGEST: Final = 1600
"""Pixels of a card image's long side at most: 450 dpi on a card of 89 mm, beyond what any reader uses."""

SHORTEST: Final = 480
"""Pixels of the long side at least: small cards are enlarged, up to `ENLARGE` times."""

ENLARGE: Final = 2.0


def card_size(quad: Corners, photo_size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels for the card under `quad`; `photo_size` is (width, height) of the photo.

    As many pixels as the photo has along the longest side, so that the near end of a tilted card loses nothing.
    """
    ratio = true_ratio(quad, *photo_size)
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    width = max(sides[0], sides[2], ratio * max(sides[1], sides[3]))
    long_side = width * max(1.0, 1 / ratio)
    target = min(LONGEST, max(long_side, min(SHORTEST, ENLARGE * long_side)))
    width *= target / long_side
    return max(8, round(width)), max(8, round(width / ratio))


def rectify(pixels: Pixels, quad: Corners, size: tuple[int, int]) -> Pixels:
    """Warp the quad of `pixels` to an image of `size` (width, height); the quad's first corner becomes the top-left.

    Where the warp shrinks more than twice, the part under the quad is first reduced by area, which a single bilinear
    warp would alias.
    """
    width, height = size
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    left, top = np.floor(quad.min(axis=0) - 2).astype(int)
    right, bottom = np.ceil(quad.max(axis=0) + 3).astype(int)
    rows, columns = pixels.shape[:2]
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, columns), min(bottom, rows)
    part = pixels[top:bottom, left:right]
    source = quad - (left, top)
    shrink = float(np.linalg.norm(source[1] - source[0])) / width
    if shrink > 2 and min(part.shape[:2]) > 16:
        before = part.shape
        factor = 1.5 / shrink
        part = reduced(part, (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor))))
        source = source * (part.shape[1] / before[1], part.shape[0] / before[0])
    # Pixel centres lie at +0.5 in the frame of quads, at whole numbers in cv2's.
    matrix = cv2.getPerspectiveTransform((source - 0.5).astype(np.float32), (target - 0.5).astype(np.float32))
    border = cv2.BORDER_REPLICATE
    card: Pixels = cv2.warpPerspective(part, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)
    return card


def reduced(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """A smaller copy of a picture, (width, height); each pixel is the mean of those it stands for.

    Halved as often as it goes and averaged exactly only in the end: a third of the time for a photo of twelve
    megapixels.
    """
    while pixels.shape[1] >= 4 * size[0] and pixels.shape[0] >= 4 * size[1]:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        pixels = cv2.resize(pixels, half, interpolation=cv2.INTER_LINEAR)  # at one half that is the mean of 2 x 2
    copy: Pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return copy
