"""Claims about confidence: it rises with the rules' own score, and low confidence asks for a person."""

from dataclasses import replace

import pytest

from cardscan.options import ParseOptions
from cardscan.parse import extract
from cardscan.parse.confidence import calibrated, right_share
from cardscan.record import Doubt
from models.confidence.fit import fitted
from tests.bench.agree import FIELDS
from tests.bench.calibration import expected_error
from tests.parse.test_extract import page_of

CARD = page_of(
    ("Orla Fennick", 50, 50, 40),
    ("Head of Purchasing", 50, 100, 25),
    ("Brightwater Mills Ltd", 50, 200, 30),
    ("+44 20 7946 0958", 50, 300, 25),
    ("orders@brightwater.example", 50, 350, 25),
)


@pytest.mark.parametrize("field", FIELDS)
def test_the_map_never_falls(field):
    """A surer reading is never called less sure, and the ends stay within 0 and 1."""
    shares = [right_share(field, step / 200) for step in range(201)]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.5 < shares[-1] <= 1


def test_a_reading_is_calibrated_unless_asked_not_to():
    """`raw_confidence` gives what the map was fitted on; the map of it is what a reading has."""
    (raw,) = extract(CARD, ParseOptions(raw_confidence=True)).contacts
    assert (calibrated(raw),) == extract(CARD).contacts


def test_fitting_finds_the_true_shares():
    """Overconfident scores, right in half and in nine tenths of the cases, are mapped to those shares."""
    judged = [(0.8, index % 2 == 0) for index in range(200)] + [(0.95, index % 10 > 0) for index in range(200)]
    _, (low, half), (high, most) = fitted(judged)
    assert (low, half) == (pytest.approx(0.8), pytest.approx(0.5, abs=0.01))
    assert (high, most) == (pytest.approx(0.95), pytest.approx(0.9, abs=0.01))
    mapped = [(half if raw < 0.9 else most, right) for raw, right in judged]
    assert expected_error(mapped) < 0.02 < expected_error(judged)


def test_fitting_never_gives_a_map_that_falls():
    """Where a higher score was right less often by chance, both get one share."""
    judged = [(0.6, index % 10 > 1) for index in range(50)] + [(0.7, index % 10 > 3) for index in range(50)]
    shares = [share for _, share in fitted(judged)]
    assert shares == sorted(shares)


def test_a_letter_the_engine_hesitated_at_lowers_confidence():
    """The mail stays as it was read, is less sure, and the card is shown to a person."""
    at = CARD.lines[4].text.index("w")
    page = replace(CARD, doubts=(Doubt(4, at, "w", 0.55, "v", 0.45),))
    sure, unsure = extract(CARD), extract(page)
    assert unsure.contacts[0].emails[0].value == sure.contacts[0].emails[0].value
    assert unsure.contacts[0].emails[0].confidence < sure.contacts[0].emails[0].confidence
    assert any("mail address is unsure" in reason for reason in unsure.reasons)


def test_a_faint_mark_elsewhere_in_a_mail_changes_nothing():
    """A hyphen hardly thought of, behind the sign, is none, though the name agrees with what stands before it."""
    page = page_of(("Orla Fennick", 50, 50, 40), ("orla.fennick@brightwater.example", 50, 350, 25))
    (contact,) = extract(replace(page, doubts=(Doubt(1, 13, "", 0.99, "-", 0.01),))).contacts
    assert contact.emails[0].value == "orla.fennick@brightwater.example"


def test_a_doubtful_letter_is_read_as_the_name_has_it():
    """An o that may be an i, as it is in the person's name, is taken for one."""
    page = page_of(("Orla Fennick", 50, 50, 40), ("orla.fennock@brightwater.example", 50, 350, 25))
    (contact,) = extract(replace(page, doubts=(Doubt(1, 9, "o", 0.9, "i", 0.1),))).contacts
    assert contact.emails[0].value == "orla.fennick@brightwater.example"


@pytest.mark.parametrize(("chance", "printed"), [(0.001, "o.fennick"), (0.0001, "ofennick")])
def test_a_dot_that_was_nearly_passed_over_is_read_between_parts_of_a_name(chance, printed):
    """Both forms are usual, so the engine's faintest thought of a dot tells; none at all leaves the mail as it is."""
    page = page_of(("Orla Fennick", 50, 50, 40), ("ofennick@brightwater.example", 50, 350, 25))
    (contact,) = extract(replace(page, doubts=(Doubt(1, 1, "", 0.99, ".", chance),))).contacts
    assert contact.emails[0].value == f"{printed}@brightwater.example"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("orlal3@inbox.example", "orla13@inbox.example"),
        ("orla.fennick@obrightwater.example", "orla.fennick@brightwater.example"),
        ("orlao@inbox.example", "orlao@inbox.example"),
        ("orla.fennick@oakwater.example", "orla.fennick@oakwater.example"),
    ],
)
def test_a_mail_is_mended_only_where_name_or_firm_show_the_slip(read, printed):
    """A figure behind the name read as a letter, and the sign read twice; anything else stays as it was read."""
    page = page_of(("Orla Fennick", 50, 50, 40), ("Brightwater Mills Ltd", 50, 200, 30), (read, 50, 350, 25))
    (contact,) = extract(page).contacts
    assert contact.emails[0].value == printed
    assert (contact.emails[0].rule or "").count("repaired") == (read != printed)


def test_min_confidence_decides_what_is_asked():
    """At 0 nothing is unsure; at 1 every value is."""
    assert not extract(CARD, ParseOptions(min_confidence=0.0)).reasons
    assert len(extract(CARD, ParseOptions(min_confidence=1.0)).reasons) >= 4


def test_what_is_more_likely_wrong_than_right_is_no_value():
    """A mail full of letters the engine hesitated at is told in words, and its line, but is not in the contact."""
    places = [place for place, char in enumerate(CARD.lines[4].text) if char in "rdsbight"]
    page = replace(CARD, doubts=tuple(Doubt(4, at, CARD.lines[4].text[at], 0.6, "x", 0.4) for at in places))
    reading = extract(page)
    assert reading.contacts[0].emails == ()
    assert any("too badly to be kept: orders@brightwater.example" in reason for reason in reading.reasons)
    assert reading.contacts[0].phones == extract(CARD).contacts[0].phones
