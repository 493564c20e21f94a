"""Printed lines as an OCR engine might have read them, without reading: thousands of cards in minutes.

Letters are taken for others, blanks and lines lost, logos garbled, neighbours run together or fall apart, junk appears.
Every line of the page keeps the printed line that it came from, so that its role is known.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cardscan.record import Page, Point, Quad, TextLine
from samples.generator.card import Face
from samples.generator.truth import Line

LIKE: Final = {
    "l": "I1i", "I": "l1", "1": "lI", "O": "0", "0": "O", "o": "0c", "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2",
    "e": "c", "c": "e", "rn": "m", "m": "rn", "u": "v", "v": "u", "n": "r", "t": "f", "f": "t", "i": "l", "a": "o",
    "é": "e", "è": "e", "á": "a", "ó": "o", "í": "i", "ö": "o", "ü": "u", "ä": "a", "ç": "c", "ñ": "n", "ř": "r",
    "š": "s", "ž": "z", "ě": "e", "ő": "ö", "ł": "l", "ą": "a", "ę": "e", ".": ",", ",": ".", "&": "8", "G": "C",
    "D": "O", "E": "F", "Q": "O", "U": "V", "W": "VV", "h": "b", "d": "cl", "y": "v", "K": "X", "T": "I",
}  # fmt: skip
JUNK: Final = (
    "O",
    "o",
    "TM",
    "8",
    "=",
    "II",
    "V",
    "A",
    "QF",
    "S",
    "~",
    "口",
    "一",
    "®",
    "JL",
    "M",
    "WW",
    "e",
    "◎",
    "Z.",
)
BARS: Final = (" | ", " · ", " • ", " - ")


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    confidence: float
    box: tuple[float, float, float, float]
    quad: Quad | None
    source: tuple[int, ...]


def misread(face: Face, rand: random.Random) -> tuple[Page, list[tuple[int, ...]]]:
    """A page of the face's print, and for each of its lines the numbers of the printed lines it holds."""
    poor = rand.choice((0.0, 0.0, 0.3, 1.0, 2.0))  # how badly this card is read
    read: list[_Read] = []
    for number, line in enumerate(face.lines):
        if line.source == "print" and rand.random() > 0.004 * (1 + 4 * poor):
            read += _line(line, number, poor, rand)
    read = _run_together(read, rand)
    height, width = face.pixels.shape[:2]
    for _ in range(rand.choice((0, 0, 0, 0, 1, 1, 2))):
        tall = height * rand.uniform(0.03, 0.16)
        x, y = rand.uniform(0, width - tall), rand.uniform(0, height - tall)
        text = rand.choice(JUNK)
        read.append(_Read(text, rand.uniform(0.3, 0.95), (x, y, x + tall * len(text) * 0.6, y + tall), None, ()))
    read.sort(key=lambda one: (round(one.box[1] / max(1.0, height * 0.02)), one.box[0]))
    turn = math.radians(rand.gauss(0, 0.7))
    lines = tuple(TextLine(one.text, round(one.confidence, 4), _turned(one, turn)) for one in read)
    return Page(width, height, lines), [one.source for one in read]


def _line(line: Line, number: int, poor: float, rand: random.Random) -> list[_Read]:
    left, right = min(p[0] for p in line.quad), max(p[0] for p in line.quad)
    top, bottom = min(p[1] for p in line.quad), max(p[1] for p in line.quad)
    tall = bottom - top
    grow = rand.gauss(0.06, 0.05)
    box = (left - tall * grow, top - tall * grow, right + tall * grow, bottom + tall * grow)
    upright = right - left < tall and len(line.text) > 4
    logo = line.role == "organization" and tall > 0
    if logo and rand.random() < 0.05:
        return []
    if logo and rand.random() < 0.1:
        return [_Read(_garbled(line.text, rand, 0.45), rand.uniform(0.45, 0.9), box, None, (number,))]
    bar = next((b for b in BARS if b in line.text), None)
    if bar is not None and rand.random() < 0.2 and not upright:
        cut = line.text.index(bar)
        x = left + (right - left) * cut / max(1, len(line.text))
        halves = (
            (line.text[:cut], (left, top, x, bottom)),
            (line.text[cut + len(bar) :], (x + tall, top, right, bottom)),
        )
        return [
            _Read(_slips(text, poor, rand), _sure(poor, rand), part, None, (number,)) for text, part in halves if text
        ]
    blanks = [i for i, c in enumerate(line.text) if c == " "]
    if blanks and not upright and rand.random() < (0.12 if tall > 1.6 * _usual(line) else 0.01):
        cut = rand.choice(blanks)
        x = left + (right - left) * cut / len(line.text)
        pieces = (
            (line.text[:cut], (left, top, x, bottom)),
            (line.text[cut + 1 :], (x + tall * 0.2, top, right, bottom)),
        )
        return [
            _Read(_slips(text, poor, rand), _sure(poor, rand), part, None, (number,)) for text, part in pieces if text
        ]
    return [_Read(_slips(line.text, poor, rand), _sure(poor, rand), box, line.quad if upright else None, (number,))]


def _usual(line: Line) -> float:
    """Letter heights above which print is large: logos and names are those that fall apart."""
    return 12.0 if line.role in ("organization", "name") else 1e9


def _sure(poor: float, rand: random.Random) -> float:
    """The engine's confidence: near one, now and then much less."""
    return max(
        0.4, min(1.0, 1.0 - rand.expovariate(90 / (1 + 3 * poor)) - (rand.random() < 0.04 * poor) * rand.random() / 3)
    )


def _slips(text: str, poor: float, rand: random.Random) -> str:
    if rand.random() < 0.02 + 0.02 * poor:
        text = text.replace(" ", "", 1)
    if rand.random() < 0.01 + 0.015 * poor:
        text = text.replace(" ", "")
    if rand.random() < 0.01:
        place = rand.randrange(len(text))
        text = text[:place] + " " + text[place:]
    return _garbled(text, rand, 0.012 * poor) if poor else text


def _garbled(text: str, rand: random.Random, rate: float) -> str:
    found = []
    for char in text:
        if char != " " and rand.random() < rate:
            char = rand.choice(LIKE.get(char, char + char.swapcase()))
            char = "" if rand.random() < 0.15 else char
        found.append(char)
    return "".join(found) or text


def _run_together(read: Sequence[_Read], rand: random.Random) -> list[_Read]:
    """Lines of one row that stand close are read as one, now and then."""
    found: list[_Read] = []
    for one in read:
        last = found[-1] if found else None
        if last is not None and last.quad is None and one.quad is None and rand.random() < 0.3 and _close(last, one):
            box = (last.box[0], min(last.box[1], one.box[1]), one.box[2], max(last.box[3], one.box[3]))
            found[-1] = _Read(
                f"{last.text} {one.text}", min(last.confidence, one.confidence), box, None, last.source + one.source
            )
        else:
            found.append(one)
    return found


def _close(first: _Read, second: _Read) -> bool:
    tall = min(first.box[3] - first.box[1], second.box[3] - second.box[1])
    shared = min(first.box[3], second.box[3]) - max(first.box[1], second.box[1])
    return shared > 0.6 * tall and 0 <= second.box[0] - first.box[2] < 1.5 * tall


def _turned(one: _Read, turn: float) -> Quad:
    left, top, right, bottom = one.box
    corners = one.quad or ((left, top), (right, top), (right, bottom), (left, bottom))
    first, second, third, fourth = (_point(p, turn) for p in corners)
    return first, second, third, fourth


def _point(point: Point, turn: float) -> Point:
    x, y = point
    return round(x * math.cos(turn) - y * math.sin(turn), 2), round(x * math.sin(turn) + y * math.cos(turn), 2)
