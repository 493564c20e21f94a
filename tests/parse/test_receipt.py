"""Receipts between the cards are told from cards, and cards with prices are none."""

from __future__ import annotations

import pytest

from cardscan.parse import is_receipt

from .printed import printed

RECEIPTS = [
    ("Gasthof Linde", "2 x Kaffee 5.60", "Summe 12.40", "MwSt 19% 1.98", "Bar 20.00", "Rückgeld 7.60"),
    ("SUBTOTAL", "TOTAL", "22.37", "91.16", "55.64", "Thank you"),
    ("2 x Water", "Subtotal", "33.33", "28.96", "89.21", "27.89", "57.62"),
    ("Le Zinc", "TVA 10% 2,10", "Total TTC 23,10 EUR", "Espèces 25,00", "Monnaie 1,90"),
]
CARDS = [
    ("Ute Brandt", "Nordlicht GmbH", "Tel +49 30 5550 1234", "Summe aller Teile"),
    ("Salon Ute", "Cut 25.00", "Colour 60.00", "Total look 90.00", "Tel 030 5550123"),  # prices, one word
    ("Ute Brandt", "ute@nordlicht.de", "Total 1.00", "VAT 2.00", "Change 3.00"),
]


@pytest.mark.parametrize("lines", RECEIPTS, ids=lambda lines: lines[0])
def test_receipts(lines: tuple[str, ...]) -> None:
    assert is_receipt(printed(*lines))


@pytest.mark.parametrize("lines", CARDS, ids=lambda lines: lines[1])
def test_cards(lines: tuple[str, ...]) -> None:
    assert not is_receipt(printed(*lines))
