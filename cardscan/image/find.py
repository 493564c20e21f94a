"""Every card of a photo: seen by the network, set on its edges, doubts put to the text, cut out and turned upright.

The network (`finder`) says where to look, edges say where a card ends, and both together how likely it is one. Print
is the last witness. It tells a card from other flat things, a card from its panels, and where no edge is to be
seen at all (white on white) it says where the card is. It costs more than all the rest, so it is only asked in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np

from cardscan.geometry import as_quad, quarters_off
from cardscan.image import edges, finder, orient, quality, rectify
from cardscan.image.candidates import (
    SURE,
    Candidate,
    Print,
    alike,
    by_contours,
    by_network,
    is_squarish,
    judged_by_print,
    shapes,
    together,
)
from cardscan.image.panels import joined
from cardscan.image.quads import Corners, clockwise
from cardscan.image.siblings import completed, usual_size, vouched
from cardscan.options import ImageOptions
from cardscan.record import CardImage, Photo, Quad

if TYPE_CHECKING:
    from cardscan.record import Pixels

FindText: TypeAlias = "Callable[[Pixels], Sequence[Quad]]"

WORKING_SIZE: Final = 800
"""Long side in pixels of the copy on which cards are looked for."""

_PER_LOOK: Final = 1.7
"""How much larger the working copy is than what the network sees, where several small cards are looked at closely."""

DOUBTFUL: Final = 0.25
ACCEPTED: Final = 0.5
WEAK: Final = 0.4
_HINT: Final = 0.2
_LARGE_AND_LIKELY: Final = 0.7
"""Where a card as likely as this is large enough to be seen easily, nothing much smaller beside it is a card."""

_ROUNDS: Final = 4
_MANY: Final = 6
"""So many cards of about one size vouch for each other; their print is too small to bear witness."""

_ALL_CARD: Final = 0.6


def find_cards(photo: Photo, options: ImageOptions, find_text: FindText | None = None) -> list[CardImage]:
    """Find, rectify and turn upright every card of a photo, in reading order of their places; [] when there is none.

    Args:
        photo: The decoded photo.
        options: `max_cards` bounds the result.
        find_text: Finds text boxes (quads in the pixels it is given); asked only where a doubt is left. Without it
            edges alone decide, and a card without edges is not found.

    Raises:
        ModelError: A model file is missing or altered.
    """
    work, scale = shrink(photo.pixels)
    sight = finder.look(work)
    candidates = _peeled(work, sight)
    pixels, origin = photo.pixels, np.zeros(2)
    closer = sight.closer()
    if closer is not None and not any(
        c.score >= _LARGE_AND_LIKELY and sight.is_easily_seen(c.quad) for c in candidates
    ):
        left, top, right, bottom = np.rint(closer.window * scale).astype(int)
        pixels, origin = photo.pixels[top:bottom, left:right], np.array([left, top], float)
        work, scale = shrink(pixels, max(WORKING_SIZE, round(_PER_LOOK * closer.size)))
        sight = finder.look(work, closer.size)
        candidates = _peeled(work, sight)
    cards = alike(together(candidates, ACCEPTED))
    if not _is_clear(cards, sight, work):
        found = shapes(work)
        outlines = by_contours(work, sight, found)
        candidates += [c for c in outlines if c.score >= DOUBTFUL]
        size = usual_size(cards)
        if size is not None:
            parts = [*sight.without([c.quad for c in cards]).quads(), *(c.quad for c in outlines), *found]
            candidates += [c for c in completed(work, sight, parts, cards, size) if c.score >= DOUBTFUL]
            candidates = vouched(candidates, size, sight)
        cards = alike(together(candidates, ACCEPTED))
    if find_text is not None and len(cards) < _MANY and not _is_clear(cards, sight, work):
        boxes = [clockwise(np.array(box)) / scale for box in find_text(np.ascontiguousarray(pixels))]
        cards = _by_print(work, candidates, Print(np.array(boxes).reshape(-1, 4, 2)), sight)
    elif _is_all_card(cards, sight, work):
        cards = [_whole(work, float(sight.card.mean()))]
    cards = joined(cards, work.shape[1], work.shape[0])
    chosen = sorted(cards, key=lambda c: -c.score)[: options.max_cards]
    return [_cut(photo.pixels, c, scale, origin) for c in _in_reading_order(chosen)]


def shrink(pixels: Pixels, size: int = WORKING_SIZE) -> tuple[Pixels, float]:
    """The working copy of a photo, its long side at most `size`, and how many photo pixels one of its pixels is."""
    scale = max(1.0, max(pixels.shape[:2]) / size)
    if scale == 1.0:
        return pixels, 1.0
    shape = (max(1, round(pixels.shape[1] / scale)), max(1, round(pixels.shape[0] / scale)))
    work: Pixels = rectify.reduced(pixels, shape)
    return work, scale


def _peeled(work: Pixels, sight: finder.Sight) -> list[Candidate]:
    """What the network proposes; then, with the cards so found put away, what it proposes of the rest, and so on.

    Cards that touch run together in its maps. Each that is taken off the table sets its neighbours apart.
    """
    candidates: list[Candidate] = []
    sure: list[Candidate] = []
    for _ in range(_ROUNDS):
        beside = sight.without([c.quad for c in sure])
        new = [c for c in by_network(work, sight, beside) if c.score >= DOUBTFUL]
        candidates += new
        before, sure = len(sure), together(candidates, ACCEPTED)
        if len(sure) <= before or sight.share_off([c.quad for c in sure]) < 0.05:
            break
    return candidates


def _is_clear(cards: list[Candidate], sight: finder.Sight, work: Pixels) -> bool:
    """Whether all cards are sure ones, and little that the network takes for card lies beside them.

    What is nearly a square may be a block of cards laid edge to edge.
    """
    sure = all(c.score >= SURE and not is_squarish(c.quad, work.shape[1], work.shape[0]) for c in cards)
    return bool(cards) and sure and sight.share_off([c.quad for c in cards]) < 0.15


def _is_all_card(cards: list[Candidate], sight: finder.Sight, work: Pixels) -> bool:
    """Whether the picture is a scan without margin: the network sees card everywhere, and nothing in it is one."""
    picture = work.shape[0] * work.shape[1]
    return float(sight.card.mean()) > _ALL_CARD and all(c.size < 0.08 * picture for c in cards)


def _whole(work: Pixels, score: float) -> Candidate:
    height, width = work.shape[:2]
    return Candidate(np.array([[0, 0], [width, 0], [width, height], [0, height]], float), score)


def _by_print(work: Pixels, candidates: list[Candidate], text: Print, sight: finder.Sight) -> list[Candidate]:
    """The cards that print confirms; where it contradicts or outnumbers them, what it says itself."""
    cards = alike(together(judged_by_print(candidates, text), ACCEPTED))
    if len(text.boxes) >= 2 and _is_all_card(cards, sight, work):
        return [_whole(work, float(sight.card.mean()))]
    left = _off(text, cards)
    if cards and len(left) <= 0.5 * len(text.boxes):
        return cards
    weaker = alike(together(judged_by_print(candidates, text), WEAK))
    if len(_off(text, weaker)) < 0.7 * len(left):
        return weaker
    return cards or _around_print(work, text, sight)


def _off(text: Print, cards: list[Candidate]) -> list[Corners]:
    """The text boxes that lie on none of the cards."""
    return [box for box in text.boxes if all(Print(box[None]).shares_on(c.quad)[0] < 0.5 for c in cards)]


def _around_print(work: Pixels, text: Print, sight: finder.Sight) -> list[Candidate]:
    """The card that the text tells of, where no edge does: the whole photo, or a rectangle around the text.

    Keyboards, screens and pages have text, too: the network must see at least a hint of a card there.
    """
    height, width = work.shape[:2]
    points = text.boxes.reshape(-1, 2).astype(np.float32)
    if len(text.boxes) < 2 or sight.card_around(points) < _HINT:
        return []
    span = np.ptp(points, axis=0) / (width, height)
    if span.max() > 0.6 and 1.2 < max(width, height) / min(width, height) < 2.2:
        return [_whole(work, 0.5)]
    (x, y), (w, h), angle = cv2.minAreaRect(points)
    margin = 0.12 * max(w, h)
    rectangle = cv2.boxPoints(((x, y), (w + 2 * margin, h + 2 * margin), angle))
    return [Candidate(clockwise(rectangle), 0.4)]


def _in_reading_order(candidates: list[Candidate]) -> list[Candidate]:
    """Rows from top to bottom, each from left to right; a row is half a card high."""
    if not candidates:
        return []
    tall = float(np.median([np.ptp(c.quad[:, 1]) for c in candidates]))
    rows: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: float(c.quad[:, 1].mean())):
        y = candidate.quad[:, 1].mean()
        if rows and y - np.mean([c.quad[:, 1].mean() for c in rows[-1]]) < 0.5 * tall:
            rows[-1].append(candidate)
        else:
            rows.append([candidate])
    return [c for row in rows for c in sorted(row, key=lambda c: float(c.quad[:, 0].mean()))]


def _cut(pixels: Pixels, candidate: Candidate, scale: float, origin: Corners) -> CardImage:
    quad = candidate.quad * scale + origin
    if scale > 1:
        quad = edges.refine(pixels, quad, 1.5 * scale).quad
    size = rectify.card_size(quad, (pixels.shape[1], pixels.shape[0]))
    card = rectify.rectify(pixels, quad, size)
    turn, _ = orient.turn_to_upright(card)
    card, quad = _turned(card, quad, turn // 90)
    long_side = float(np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1).max())
    return CardImage(
        pixels=card,
        quad=as_quad(quad),
        rotation=rotation_in_photo(quad),
        confidence=round(candidate.score, 3),
        quality=quality.measure(card, long_side),
    )


def turned(card: CardImage, quarters: int) -> CardImage:
    """A card turned clockwise by so many quarters, where its text shows that it does not stand upright."""
    pixels, quad = _turned(card.pixels, np.array(card.quad), quarters)
    return replace(card, pixels=pixels, quad=as_quad(quad), rotation=rotation_in_photo(quad))


def _turned(pixels: Pixels, quad: Corners, quarters: int) -> tuple[Pixels, Corners]:
    # The corner that is top-left after some quarter turns clockwise came so many corners earlier.
    return np.ascontiguousarray(np.rot90(pixels, -quarters)), np.roll(quad, quarters, axis=0)


def rotation_in_photo(quad: Corners) -> int:
    """The clockwise quarter turn (0, 90, 180, 270) that brings the card's own upper side nearest to the top."""
    return quarters_off(as_quad(quad)) * 90
