"""The linter: it finds what sells, presses or pretends, and leaves the rest alone."""

from __future__ import annotations

import pytest

from cardscan.draft import Language, lint

BAD = [
    ("en", "Let me pitch our solution.", ["pitch", "solution"], "lemonade/5"),
    ("en", "Dear old friend, how are you?", ["old friend"], "six-rules/3"),
    ("en", "Act now, this is your last chance!", ["Act now", "last chance"], "six-rules/7"),
    ("en", "Just checking in to touch base.", ["Just checking in", "touch base"], "system/5"),
    ("de", "Unser Produkt gibt es jetzt mit Rabatt.", ["Produkt", "Rabatt"], "lemonade/5"),
    ("de", "Bitte antworten Sie umgehend.", ["umgehend"], "six-rules/7"),
    ("fr", "Nos produits sont en promotion.", ["produits", "promotion"], "lemonade/5"),
    ("fr", "Cher ami, c'est urgent.", ["Cher ami"], "six-rules/3"),
    ("es", "Tenemos una oferta especial con descuento.", ["oferta especial", "descuento"], "lemonade/5"),
    ("it", "Le mando il preventivo dei nostri prodotti.", ["preventivo", "prodotti"], "lemonade/5"),
    ("pt", "Aproveite o desconto, é urgente.", ["desconto"], "lemonade/5"),
]
GOOD = [
    ("en", "There is no hurry. I enjoyed the demolition talk and the resale of boats, and the heroic dealers."),
    ("de", "Es hat mich gefreut, Sie kennenzulernen. Die Auflösung war gut."),
    ("fr", "J'ai eu plaisir à parler de la reproduction des oiseaux."),
    ("es", "Para ahorrarle trabajo, aquí van dos líneas."),
]


@pytest.mark.parametrize(("language", "text", "words", "rule"), BAD)
def test_offending_words_are_named(language: Language, text: str, words: list[str], rule: str) -> None:
    """Each word is found at its place with the rule it breaks."""
    found = [finding for finding in lint(text, language) if finding.rule == rule]
    assert [finding.word for finding in found] == words
    assert all(text[slice(*finding.span)] == finding.word and finding.why for finding in found)


@pytest.mark.parametrize(("language", "text"), GOOD)
def test_innocent_words_pass(language: Language, text: str) -> None:
    """Words inside other words, and kind uses of pressing words, are no findings."""
    assert lint(text, language) == []


def test_what_was_promised_is_exempt() -> None:
    """A promised price list may be named; a price that was not promised may not, and no part of a word exempts."""
    text = "Attached: the price list. Ask about our discount."
    assert [finding.word for finding in lint(text, "en", ["send the price list"])] == ["discount"]
    assert [finding.word for finding in lint("Mind the ROI.", "en", ["a heroic deed"])] == ["ROI"]


def test_the_language_is_told_from_the_text() -> None:
    """A letter whose language isn't said is read in its own."""
    assert [finding.word for finding in lint("Wir haben ein Angebot mit Rabatt für Sie, und die Preise", None)] == [
        "Rabatt",
        "Preise",
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Act now!", "Act now"),
        ("Profitez de notre offre spéciale !", "notre offre"),
        ("No se pierda nuestra oferta.", "nuestra oferta"),
        ("Approfitti subito della nostra offerta esclusiva.", "nostra offerta"),
        ("Aproveite já a nossa promoção exclusiva.", "promoção"),
        ("Nur heute mit Rabatt!", "Rabatt"),
    ],
)
def test_a_line_too_short_to_tell_its_language_is_read_all_the_same(text: str, word: str) -> None:
    """Where small words don't tell the language, the one in which most is found is taken."""
    assert word in [finding.word for finding in lint(text, None)]


def test_a_long_text_is_read_whole() -> None:
    """Size does not matter: one finding in a text of 300 kB is found, and only that."""
    text = "the quiet sea and the slow boat, " * 10_000 + "a discount"
    assert [finding.word for finding in lint(text, "en")] == ["discount"]
    assert lint("v" + "a" * 200_000, "en") == []
