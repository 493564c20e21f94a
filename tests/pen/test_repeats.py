"""Claims about what print repeats of a line."""

import pytest

from cardscan.notes import fold
from cardscan.pen.repeats import like_an_address, repeated
from cardscan.record import Look, Page, TextLine


def card(*texts):
    """Lines one below the other, the last of which looks like a pen's."""
    lines = tuple(
        TextLine(text, 0.9, ((50.0, y), (400.0, y), (400.0, y + 30), (50.0, y + 30)))
        for y, text in zip(range(50, 550, 50), texts, strict=False)
    )
    return Page(900, 540, lines, looks=(*(Look(0.01) for _ in lines[:-1]), Look(0.9)))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Henrik Vastorp", 1.0),  # whole in the mail
        ("Henrik Vaslorp", 1.0),  # one letter misread
        ("Vastorp Marine", 0.5),
        ("Vaslorp Marine", 0.5),
        ("meet Henrika on Monday", 1 / 3),
        ("phone", 0.0),  # stands on every other card
        ("send the offer tomorrow", 0.0),
    ],
)
def test_names_are_known_by_the_mail_that_is_made_of_them(text, share):
    """A misread name counts, words of notes don't."""
    page = card("Phone 0117 496 0123", "henrik.vastorp@northlight.example", text)
    assert repeated(page)[-1] == pytest.approx(share)


def test_a_line_is_no_repeat_of_itself():
    """One line alone repeats nothing, be it an address."""
    assert repeated(card("henrik.vastorp@northlight.example")) == [0.0]


def test_how_much_of_a_word_stands_in_an_address():
    """All of it, all but some letters, nothing."""
    assert like_an_address("vastorp", ["henrikvastorpnorthlightexample"]) == 1
    assert 0.75 < like_an_address("vaslorp", ["henrikvastorpnorthlightexample"]) < 1
    assert like_an_address("vastorp", ["va"]) == 0
    assert like_an_address("vastorp", []) == 0


def test_accents_and_capitals_do_not_count():
    """As names stand in mail addresses."""
    assert fold("Józsi ÁCS") == "jozsi acs"
