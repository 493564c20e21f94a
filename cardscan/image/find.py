"""Every card of a photo: proposed, set on its edges, weighed against the others, cut out and turned upright."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np

from cardscan.image import contours, edges, orient, quality, rectify
from cardscan.image.quads import Corners, area, as_quad, clockwise, intersection, true_ratio
from cardscan.options import ImageOptions
from cardscan.record import CardImage, Photo, Quad

if TYPE_CHECKING:
    from cardscan.record import Pixels

FindText: TypeAlias = "Callable[[Pixels], Sequence[Quad]]"

WORKING_SIZE: Final = 800
"""Long side in pixels of the copy on which cards are looked for."""

_SURE: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A quad that may be a card, in working pixels, and how much speaks for it (0 to 1)."""

    quad: Corners
    score: float


def find_cards(photo: Photo, options: ImageOptions, find_text: FindText | None = None) -> list[CardImage]:
    """Find, rectify and turn upright every card of a photo, in reading order of their places; [] when there is none.

    Args:
        photo: The decoded photo.
        options: `max_cards` bounds the result.
        find_text: Finds text boxes (quads in the pixels it is given); the second witness, asked only where edges
            leave a doubt, as it costs more than all the rest.
    """
    work, scale = shrink(photo.pixels)
    cards = select([c for c in _weighed(work) if c.score >= _SURE])
    if not cards and find_text is not None:
        cards = _by_text(work, [clockwise(np.array(q)) for q in find_text(work)])
    chosen = sorted(cards, key=lambda c: -c.score)[: options.max_cards]
    return [_cut(photo.pixels, c, scale) for c in sorted(chosen, key=_reading_place)]


def shrink(pixels: Pixels) -> tuple[Pixels, float]:
    """The working copy of a photo, and how many photo pixels one of its pixels is."""
    scale = max(1.0, max(pixels.shape[:2]) / WORKING_SIZE)
    if scale == 1.0:
        return pixels, 1.0
    size = (round(pixels.shape[1] / scale), round(pixels.shape[0] / scale))
    if scale > 3:  # every other pixel is dropped first: area averaging of twelve megapixels costs 20 ms
        pixels = pixels[::2, ::2]
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), scale


def _weighed(work: Pixels) -> list[Candidate]:
    height, width = work.shape[:2]
    weighed = []
    for quad in contours.propose(work):
        outline = edges.refine(work, quad, 4.0)
        ratio = true_ratio(outline.quad, width, height)
        shape = _shape_weight(max(ratio, 1 / ratio))
        share = area(outline.quad) / (width * height)
        if share < contours.SMALLEST_SHARE or share > 0.99:
            continue
        weighed.append(Candidate(outline.quad, shape * (0.5 * outline.weakest + 0.5 * float(outline.support.mean()))))
    return weighed


def _shape_weight(ratio: float) -> float:
    """1 for the proportions cards have, falling off towards squares and strips."""
    if ratio < 1.3:
        return max(0.3, 1 - 1.5 * (1.3 - ratio))
    return 1.0 if ratio < 2.1 else max(0.2, 1 - 0.8 * (ratio - 2.1))


def select(candidates: list[Candidate]) -> list[Candidate]:
    """Keep one candidate per card: the outermost of nested ones, unless it holds several that stand apart."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -c.score * area(c.quad) ** 0.25):
        own = area(candidate.quad)
        if all(intersection(candidate.quad, k.quad) < 0.25 * min(own, area(k.quad)) for k in kept):
            kept.append(candidate)
    return kept


def _by_text(work: Pixels, boxes: list[Corners]) -> list[Candidate]:
    """The card that the text tells of, where no edge does: the whole photo, or a rectangle around the text."""
    height, width = work.shape[:2]
    if not boxes:
        return []
    points = np.concatenate(boxes).astype(np.float32)
    span = np.ptp(points, axis=0) / (width, height)
    if span.min() > 0.35 and span.max() > 0.5 and 1.2 < max(width, height) / min(width, height) < 2.2:
        whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
        return [Candidate(whole, 0.5)]
    (x, y), (w, h), angle = cv2.minAreaRect(points)
    margin = 0.12 * max(w, h)
    rectangle = cv2.boxPoints(((x, y), (w + 2 * margin, h + 2 * margin), angle))
    return [Candidate(clockwise(np.clip(rectangle, 0, (width, height))), 0.4)]


def _reading_place(candidate: Candidate) -> tuple[float, float]:
    """Rows from top to bottom, then left to right; a row is as high as the card."""
    centre = candidate.quad.mean(axis=0)
    height = max(1.0, float(np.ptp(candidate.quad[:, 1])))
    return (round(centre[1] / height), centre[0])


def _cut(pixels: Pixels, candidate: Candidate, scale: float) -> CardImage:
    quad = candidate.quad * scale
    if scale > 1:
        quad = edges.refine(pixels, quad, 1.5 * scale).quad
    size = rectify.card_size(quad, (pixels.shape[1], pixels.shape[0]))
    card = rectify.rectify(pixels, quad, size)
    turn, _ = orient.turn_to_upright(card)
    steps = turn // 90
    card = np.ascontiguousarray(np.rot90(card, -steps))
    quad = np.roll(quad, steps, axis=0)
    long_side = float(np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1).max())
    return CardImage(
        pixels=card,
        quad=as_quad(quad),
        rotation=rotation_in_photo(quad),
        confidence=candidate.score,
        quality=quality.measure(card, long_side),
    )


def rotation_in_photo(quad: Corners) -> int:
    """The clockwise quarter turn (0, 90, 180, 270) that brings the card's own upper side nearest to the top."""
    across = quad[1] - quad[0] + quad[2] - quad[3]
    angle = np.degrees(np.arctan2(across[1], across[0]))  # 0: lies upright; 90: turned clockwise by 90
    return round(-angle / 90) % 4 * 90
