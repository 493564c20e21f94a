"""What speaks for a pen, line by line, each line seen against the rest of its card.

Script typefaces look like pens, and a neat hand like print. But print agrees with itself: one ink, one direction, a few
sizes, common margins, and a firm's name comes again in its mail address. A note differs from all of that, says what
notes say, and its lines stand together.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from cardscan.notes import fold, is_slogan, known_share, read_note
from cardscan.pen.repeats import ADDRESS, like_an_address
from cardscan.record import NoteFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardscan.record import Page

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

NAMES: Final = (
    "looks", "looks_rest", "looks_rank", "dark", "chroma", "tint_from_print", "tint_from_usual", "tint_from_pen",
    "breadth", "breadth_ratio", "off_axis", "off_common", "turned", "height_ratio", "misaligned", "aligned_with",
    "overlapped", "above", "below", "outside", "edge", "confidence", "confidence_ratio", "letters", "digits", "value",
    "says", "known", "upper", "on_card", "like_address", "labelled", "looks_near", "looks_most", "lines",
)  # fmt: skip
"""The features in the order in which `evidence` gives them."""

VALUE: Final = re.compile(r"@|www|https?:|\.[a-z]{2,3}\s{0,3}$|(?:\d[^\d]{0,3}){5}\d", re.I)
"""A number, a mail or a web address: what a contact is made of."""

_ANY_DAY: Final = date(2001, 1, 1)
_WORD: Final = re.compile(r"\w{4,40}")
_NAME: Final = 5  # letters of a word that is looked for in addresses
_LABEL: Final = re.compile(r"\W{0,3}[^\W\d_]{1,12}\W{1,4}\d")
_SUREST: Final = 8.0  # logits beyond are cut
_FAR: Final = 6.0  # line heights
_NEAR: Final = 2.5
_LONGEST: Final = 200  # characters of a line that are looked at


def evidence(page: Page) -> Array:
    """The features (lines, len(NAMES)) of every line of a page that has looks."""
    count = len(page.lines)
    if not count:
        return np.zeros((0, len(NAMES)))
    quads = np.array([line.quad for line in page.lines], np.float64)
    pens = np.clip([look.pen for look in page.looks], 1e-4, 1 - 1e-4)
    logits = np.clip(np.log(pens / (1 - pens)), -_SUREST, _SUREST)
    tints = np.log(np.clip([look.tint for look in page.looks], 0.03, 3.0))
    lengths = np.maximum(np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), 1.0)
    heights = np.maximum(np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1), 1.0)
    breadths = np.array([max(look.breadth, 0.01) for look in page.looks]) * heights
    angles = np.degrees(np.arctan2(quads[:, 1, 1] - quads[:, 0, 1], quads[:, 1, 0] - quads[:, 0, 0]))
    off = (angles + 45) % 90 - 45
    boxes = np.concatenate([quads.min(axis=1), quads.max(axis=1)], axis=1)
    confidences = np.array([line.confidence for line in page.lines])
    printed = (1 - pens) * np.maximum(lengths / heights, 0.5)
    texts = [line.text[:_LONGEST] for line in page.lines]
    squashed = [re.sub(r"\W+", "", fold(text)) for text in texts]
    rows = []
    for index in range(count):
        others = np.arange(count) != index
        weights = printed * others
        usual = [_middle(tints[:, channel], weights) for channel in range(3)]
        height = heights[index]
        print_like, pen_like = others & (pens < 0.5), others & (pens >= 0.5)
        gaps = _gaps(boxes, index) / height
        near = others & (gaps.max(axis=1) < _NEAR) & (gaps.min(axis=1) < _NEAR)
        shared = gaps[:, 0] <= 0
        centre = (boxes[:, 1] + boxes[:, 3]) / 2
        above, below = (
            min((float(gaps[j, 1]) for j in np.flatnonzero(print_like & shared & side)), default=_FAR)
            for side in (centre < centre[index], centre > centre[index])
        )
        misaligned, aligned = _alignment(boxes, index, print_like, height)
        rows.append(
            (
                logits[index],
                np.average(logits, weights=lengths * others) if count > 1 else -_SUREST,
                np.mean(logits[others] > logits[index]) if count > 1 else 0.0,
                tints[index].mean(),
                np.ptp(tints[index]),
                _nearest(tints, index, print_like),
                np.linalg.norm(tints[index] - usual),
                _nearest(tints, index, pen_like),
                breadths[index] / height,
                math.log(breadths[index] / max(_middle(breadths, weights), 0.1)),
                abs(off[index]),
                abs(off[index] - _middle(off, weights)),
                round(angles[index] / 90) % 4,
                math.log(height / max(_middle(heights, weights), 1.0)),
                misaligned,
                aligned,
                _overlapped(boxes, index, others),
                min(above, _FAR),
                min(below, _FAR),
                _outside(boxes, index, print_like, height),
                min(boxes[index, 0], boxes[index, 1], page.width - boxes[index, 2], page.height - boxes[index, 3])
                / height,
                confidences[index],
                confidences[index] - _middle(confidences, weights),
                *_words(texts, squashed, index),
                max((logits[j] for j in np.flatnonzero(near)), default=-_SUREST),
                max(logits[others], default=-_SUREST),
                count,
            )
        )
    return np.array(rows, np.float64)


def says_something(text: str) -> bool:
    """Whether the grammar of notes finds any fact in a line."""
    facts = read_note(text, _ANY_DAY)
    return facts != NoteFacts(text=facts.text, reference_date=facts.reference_date)


def tells_what_to_do(text: str) -> bool:
    """Whether a line is a promise, a meeting or a referral in words that are all those of notes or common language.

    What cards print to call to something (`Let's talk`) is none.
    """
    facts = read_note(text, _ANY_DAY)
    said = facts.promises or facts.meeting or facts.referral or facts.met.event or facts.met.date
    return bool(said) and known_share(text.replace("-", " ")) >= 1 and not is_slogan(text)


def _words(texts: Sequence[str], squashed: Sequence[str], index: int) -> tuple[float, ...]:
    text = texts[index]
    letters = [c for c in text if c.isalnum()]
    others = [place for place in range(len(squashed)) if place != index]
    rest = "\n".join(squashed[place] for place in others)
    addresses = [squashed[place] for place in others if ADDRESS.search(texts[place])]
    words = _WORD.findall(fold(text))
    names = [word for word in words if len(word) >= _NAME and word.isalpha()]
    return (
        math.log1p(len(letters)),
        sum(c.isdigit() for c in letters) / max(1, len(letters)),
        float(VALUE.search(text) is not None),
        float(says_something(text)),
        known_share(text),
        sum(c.isupper() for c in letters) / max(1, len(letters)),
        sum(word in rest for word in words) / max(1, len(words)),
        max((like_an_address(word, addresses) for word in names), default=0.0),
        float(_LABEL.match(text) is not None),
    )


def _middle(values: Array, weights: Array) -> float:
    """The weighted median, 0 without weight."""
    total = weights.sum()
    if total <= 0:
        return 0.0
    order = np.argsort(values)
    place = int(np.searchsorted(np.cumsum(weights[order]), total / 2))
    return float(values[order[min(place, len(order) - 1)]])


def _nearest(tints: Array, index: int, among: Array) -> float:
    distances = np.linalg.norm(tints[among.astype(bool)] - tints[index], axis=1)
    return float(distances.min(initial=3.0))


def _gaps(boxes: Array, index: int) -> Array:
    """How far every box lies beside and above or below one box, in pixels (n, 2); not above 0 where they overlap."""
    low = np.maximum(boxes[:, :2], boxes[index, :2])
    high = np.minimum(boxes[:, 2:], boxes[index, 2:])
    return np.asarray(low - high, np.float64)


def _alignment(boxes: Array, index: int, among: Array, height: float) -> tuple[float, float]:
    """Line heights to the nearest common margin or centre line, and how many lines share one within a third."""
    sides = np.stack([boxes[:, 0], boxes[:, 2], (boxes[:, 0] + boxes[:, 2]) / 2], axis=1)
    away = np.abs(sides[among.astype(bool)] - sides[index]).min(axis=1, initial=_FAR * height) / height
    return min(float(away.min(initial=_FAR)), _FAR), float((away < 1 / 3).sum())


def _overlapped(boxes: Array, index: int, others: Array) -> float:
    """The largest share of the box, or of another one, that both cover."""
    gaps = np.minimum(_gaps(boxes, index), 0.0)
    areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1.0)
    shares = gaps[:, 0] * gaps[:, 1] / np.minimum(areas, areas[index])
    return float((shares * others).max(initial=0.0))


def _outside(boxes: Array, index: int, among: Array, height: float) -> float:
    """How many line heights the line's middle lies beyond the block of print; below 0 inside it."""
    inside = boxes[among.astype(bool)]
    if not len(inside):
        return _FAR
    x, y = (boxes[index, :2] + boxes[index, 2:]) / 2
    left, top = inside[:, :2].min(axis=0)
    right, bottom = inside[:, 2:].max(axis=0)
    return float(np.clip(max(left - x, x - right, top - y, y - bottom) / height, -_FAR, _FAR))
