"""Correction of pen lines: only among what strokes allow."""

from __future__ import annotations

import pytest

from cardscan.notes import correct


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("serd pricing by Fr1day", "send pricing by Friday"),
        ("rneet Tuesclay", "meet Tuesday"),
        ("ca1l Mon 1Oam", "call Mon 10am"),
        ("dcck Apr 2O", "deck Apr 20"),
    ],
)
def test_confused_shapes_become_words_of_the_grammar(read: str, meant: str) -> None:
    """rn is m, 1 is l, cl is d, O is 0 inside a number: where that makes a word, it is chosen."""
    text, confidence = correct(read)
    assert text == meant
    assert 0.5 < confidence < 1


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("BUDGET SOK", "BUDGET 50K"),
        ("budget lok", "budget 10k"),
        ("budget 2so k€", "budget 250 k€"),
        ("call Monday 8.1s", "call Monday 8.15"),
        ("relancer mardi 1sh", "relancer mardi 15h"),
        ("anrufen morgen IO Uhr", "anrufen morgen 10 Uhr"),
        ("wl Priya at open day", "w/ Priya at open day"),
        ("ask so her office", "ask so her office"),
        ("so hot", "so hot"),
        ("budget is ok", "budget is ok"),
    ],
)
def test_letters_in_amounts_and_hours_are_digits(read: str, meant: str) -> None:
    """Where nothing but a number can stand; words stay words."""
    assert correct(read)[0] == meant


@pytest.mark.parametrize("read", ["haine", "voir aver"])
def test_a_short_word_keeps_its_number_of_letters(read: str) -> None:
    """A foreign word is not turned into an English one because two of its letters might be one."""
    assert correct(read)[0] == read


def test_words_of_the_card_are_chosen_too() -> None:
    """A name printed on the card is what a misread name most likely is."""
    assert correct("ask Hoffrnann", ["Ina Hoffmann"])[0] == "ask Hoffmann"


def test_other_letters_are_left_alone() -> None:
    """A word that no stroke could have made is kept as read, and lowers the confidence."""
    text, confidence = correct("send Zqxtra")
    assert text == "send Zqxtra"
    assert confidence < correct("send deck")[1] == 1.0


def test_the_readers_own_alternatives_are_weighed() -> None:
    """Where the reader offers other letters, a word they spell is chosen."""
    alternatives = [{}, {}, {}, {"k": 0.4}]
    assert correct("decb", alternatives=alternatives)[0] == "deck"


def test_an_empty_line_is_sure_of_nothing() -> None:
    """Nothing read, nothing known."""
    assert correct("") == ("", 0.0)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("callbackJan15", "callback Jan 15"),
        ("SENDTHANK-YOUCARD", "SEND THANK-YOU CARD"),
        ("callmobile notoffice", "call mobile not office"),
        ("Envoyerdevis lundi", "Envoyer devis lundi"),
        ("ask Winterbourne", "ask Winterbourne"),
        ("Call Mansfield", "Call Mansfield"),
        ("Angebotschicken", "Angebotschicken"),
    ],
)
def test_words_that_a_narrow_hand_ran_together_are_parted(read: str, meant: str) -> None:
    """Names stay whole, and what German writes together."""
    assert correct(read)[0] == meant
