"""Randomness that can be repeated, and the division of every word list between training and evaluation."""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, Literal, TypeVar

import numpy as np

Split = Literal["train", "eval"]
SPLITS: Final[tuple[Split, ...]] = ("train", "eval")
TRAIN_SHARE: Final = 0.65

T = TypeVar("T")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def rng(*parts: object) -> random.Random:
    """A generator of its own for these parts: the same parts always give the same stream."""
    return random.Random(int.from_bytes(_digest("/".join(map(str, parts))), "big"))


def array_rng(rand: random.Random) -> np.random.Generator:
    """A numpy generator that continues `rand`'s stream."""
    return np.random.default_rng(rand.getrandbits(64))


@cache
def belongs(word: str) -> Split:
    """The split a word belongs to: by its letters alone, so the same in every list, version and run."""
    key = unicodedata.normalize("NFKD", word).casefold()
    key = "".join(c for c in key if not unicodedata.combining(c) and not c.isspace())
    return "train" if _digest("split:" + key)[0] < 256 * TRAIN_SHARE else "eval"


def half(words: Iterable[str], split: Split) -> list[str]:
    """The words of `split`, in their order.

    Raises:
        LookupError: The list has no word for this split, so it is too short to be divided.
    """
    listed = list(words)
    kept = [w for w in listed if belongs(w.split("|")[0]) == split]
    if not kept:
        raise LookupError(f"no word for {split} in a list of {len(listed)}")
    return kept


def draw(make: Callable[[], T], split: Split, key: Callable[[T], str] = str, tries: int = 600) -> T:
    """Call `make` until its value belongs to `split`.

    Raises:
        LookupError: None did in `tries` calls.
    """
    for _ in range(tries):
        value = make()
        if belongs(key(value)) == split:
            return value
    raise LookupError(f"nothing for {split} in {tries} tries")
