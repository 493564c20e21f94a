"""Card layouts: one function each, divided between training (`train_*`) and evaluation (`eval_*`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..seeds import Split

if TYPE_CHECKING:
    from .layout import Layout


@cache
def layouts(split: Split) -> tuple[Layout, ...]:
    """The layouts of a split."""
    from . import eval_cards, train_back, train_corporate, train_shop

    found = {"train": (*train_corporate.LAYOUTS, *train_shop.LAYOUTS, *train_back.LAYOUTS), "eval": eval_cards.LAYOUTS}
    return found[split]
