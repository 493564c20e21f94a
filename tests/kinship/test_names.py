"""Two names: one person's, perhaps one's, two people's."""

from __future__ import annotations

import pytest

from cardscan.kinship.names import compare_names, forms_of, is_slip
from cardscan.record import Name

PAIRS = [
    ("Jane Doerksen", "Jane Doerksen", "same"),
    ("JANE DOERKSEN", "Dr. Jane Doerksen", "same"),
    ("Zoë Ångström", "Zoe Angstrom", "same"),
    ("Jean-Pierre Roy", "Jean Pierre Roy", "same"),
    ("NAGY Eszter", "Eszter Nagy", "same"),
    ("María García López", "Maria Garcia", "same"),
    ("Jane Q. Doerksen", "Jane Quinn Doerksen", "same"),
    ("Jane Doerksen", "Jane Quinn Doerksen", "same"),
    ("Kwabena Boatenq", "Kwabena Boateng", "slip"),
    ("J. Doerksen", "Jane Doerksen", "partial"),
    ("J. Doerksen", "J. Doerksen", "partial"),
    ("Bob Killingworth", "Robert Killingworth", "partial"),
    ("Doerksen", "Jane Doerksen", "partial"),
    ("John Ashby Jr.", "John Ashby", "partial"),
    ("高瀬 美咲", "Misaki Takase", "unknown"),
    ("Jack Ma", "Jack Li", "conflict"),
    ("John Ashby Jr.", "John Ashby Sr.", "conflict"),
    ("Mario Rossetti", "Maria Rossetti", "conflict"),
    ("Stefan Meier", "Stefan Meyer", "conflict"),
    ("James A. Thornbury", "James R. Thornbury", "conflict"),
    ("中野 美咲", "中野 美沙", "conflict"),
    ("Jane Doerksen", "Paul Doerksen", "conflict"),
    ("Jane Doerksen", "Acorn Freight", "conflict"),
]


@pytest.mark.parametrize(("first", "second", "level"), PAIRS)
def test_names_compare(first: str, second: str, level: str) -> None:
    """Order, case, accents, titles and more names are one person; a letter between two known names is two."""
    one, two = forms_of(Name(first)), forms_of(Name(second))
    assert compare_names(one, two) == level
    assert compare_names(two, one) == level, "whichever stands first"


def test_a_form_in_the_other_script_is_compared_with_its_like() -> None:
    """A bilingual card agrees with a card in either script."""
    both = forms_of(Name("佐野 由美子", also=("Yumiko Sano",)))
    assert compare_names(both, forms_of(Name("Yumiko Sano"))) == "same"
    assert compare_names(both, forms_of(Name("佐野由美子"))) == "same"
    assert compare_names(both, forms_of(Name("Yuriko Sano"))) == "conflict"


@pytest.mark.parametrize("text", ["", "  ", "...", "Dr.", "\x00", "😀", "a" * 100_000, "x " * 50_000, "'" * 5_000])
def test_no_text_is_too_odd_for_a_name(text: str) -> None:
    """Empty, overlong and meaningless names compare with all others and with themselves."""
    forms = forms_of(Name(text))
    assert all(len("".join(form.words)) <= 400 for form in forms)
    compare_names(forms, forms_of(Name("Jane Doerksen")))
    compare_names(forms, forms)


def test_a_slip_is_a_letter_not_a_short_name() -> None:
    """One letter in four to eight, two from nine on, none in three."""
    assert is_slip("boateng", "boatenq") and is_slip("oberndorfer", "obemdorfer")
    assert not is_slip("lin", "liu") and not is_slip("meier", "maior")
