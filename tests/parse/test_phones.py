"""Telephone numbers: forty countries' print, labels, lists, and digits that are no phone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.finding import PhoneContext, Span, consumed_by
from cardscan.parse.phones import find_phones
from cardscan.parse.registration import find_registrations

from .printed import cases, placed, printed

CASES = cases("phones")


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(case["card"])[:60] for case in CASES])
def test_corpus(case: dict[str, Any]) -> None:
    """Each printed number is dialled, typed and parted from its extension as the corpus says; nothing else is found."""
    lines = printed(*case["card"])
    taken = consumed_by(find_registrations(lines))
    found = find_phones(lines, PhoneContext(taken, tuple(case["regions"])))
    read = [[f.value.value or "", f.value.type, f.value.extension or ""] for f in found]
    assert read == case["want"]


def test_corpus_is_broad() -> None:
    """The corpus has well over a hundred positive and fifty negative examples of forty countries."""
    assert sum(bool(case["want"]) for case in CASES) >= 110
    assert sum(not case["want"] for case in CASES) >= 50
    assert len({region for case in CASES for region in case["regions"]}) >= 40


def test_labels_in_a_column_of_their_own() -> None:
    """A label left of a number types it, though engines read the columns apart."""
    lines = placed(
        ("Tel", 0, 0), ("Fax", 0, 30), ("Mobile", 0, 60),
        ("+44 20 7946 0958", 120, 0), ("+44 20 7946 0959", 120, 30), ("+44 7700 900123", 120, 60),
    )  # fmt: skip
    found = find_phones(lines)
    assert [(f.value.value, f.value.type) for f in found] == [
        ("+442079460958", "work"), ("+442079460959", "fax"), ("+447700900123", "mobile"),
    ]  # fmt: skip
    assert found[1].labels == (Span(1, 0, 3),)


def test_area_code_in_a_box_of_its_own() -> None:
    """An area code in brackets right beside a local number completes it; one far away does not."""
    context = PhoneContext(regions=("BR",))
    (found,) = find_phones(placed(("(11)", 0, 0), ("3456-7890", 60, 0)), context)
    assert (found.value.value, found.value.raw) == ("+551134567890", "(11) 3456-7890")
    assert found.spans == (Span(0, 0, 4), Span(1, 0, 9))
    (apart,) = find_phones(placed(("(11)", 0, 0), ("3456-7890", 400, 0)), context)
    assert apart.value.value is None


def test_label_line_above() -> None:
    """A label right above a number types it."""
    found = find_phones(printed("Fax:", "+44 20 7946 0959"))
    assert [f.value.type for f in found] == ["fax"]


def test_no_country_no_guess() -> None:
    """Without any country a number of unknown form keeps its digits but gets no E.164."""
    (found,) = find_phones(printed("Tel. 234 56 78"))
    assert found.value.value is None
    assert found.value.raw == "234 56 78"
    assert not found.value.valid


def test_region_order_decides() -> None:
    """The first country in which the number is valid wins."""
    lines = printed("Tel. 020 7946 0958")
    assert find_phones(lines, PhoneContext(regions=("GB", "FR")))[0].value.value == "+442079460958"


def test_prefix_of_one_number_tells_the_country_of_another() -> None:
    """A number with "+44" lets one without be read as British."""
    found = find_phones(printed("+44 7700 900123", "Tel. 020 7946 0958"))
    assert [f.value.value for f in found] == ["+447700900123", "+442079460958"]


def test_taken_characters_are_left_alone() -> None:
    """What another finder took is not read as a number."""
    lines = printed("4155550132@sms.example")
    assert find_phones(lines, PhoneContext(taken=(Span(0, 0, 22),), regions=("US",))) == []


def test_span_covers_the_print() -> None:
    """A span holds exactly the printed number, with brackets, plus and extension, and `raw` repeats it."""
    line = "Office: (415) 555-0132 x204 - call us"
    (found,) = find_phones(printed(line), PhoneContext(regions=("US",)))
    (span,) = found.spans
    assert line[span.start : span.end] == "(415) 555-0132 x204" == found.value.raw
    assert line[found.labels[0].start : found.labels[0].end] == "Office"


def test_mended_digits_lower_the_confidence() -> None:
    """A letter taken for a digit is said in the rule and costs confidence."""
    clean = find_phones(printed("Tel. 020 7946 0958"), PhoneContext(regions=("GB",)))[0].value
    mended = find_phones(printed("Tel. O20 7946 O958"), PhoneContext(regions=("GB",)))[0].value
    assert mended.value == clean.value
    assert mended.confidence < clean.confidence
    assert "repaired:digits" in (mended.rule or "")


def test_confidence_follows_the_engine() -> None:
    """A line read with doubt gives a number with doubt."""
    sure = find_phones(printed("+44 20 7946 0958"))[0].value.confidence
    unsure = find_phones(printed("+44 20 7946 0958", confidence=0.5))[0].value.confidence
    assert unsure < 0.6 < sure


TEXTS = st.text(alphabet=st.sampled_from("0123456789 +()/-.,·|xXTelFaxMobO;:&~*#©電話内線ext\u0660\uff11"), max_size=80)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TEXTS, st.text(max_size=60)), max_size=6))
def test_any_text_is_survived_and_values_are_printed(texts: list[str]) -> None:
    """No text raises, and every number's own digits stand in the characters its spans name."""
    lines = printed(*texts)
    for found in find_phones(lines, PhoneContext(regions=("DE", "US"))):
        assert found.spans
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(lines[span.line].text)
        assert 0 <= found.value.confidence <= 1
        if found.value.valid:
            assert found.value.value is not None


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "+1" * 50_000, "(" * 100_000, "Tel " * 25_000, "12/" * 33_000, "1-800-A" * 14_000]
)
def test_hostile_length(text: str) -> None:
    """100 kB of digits, brackets or labels give a bounded number of phones in bounded work."""
    assert len(find_phones(printed(text), PhoneContext(regions=("US", "DE", "BR")))) <= 500


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("Fax 132.47.77.21", "+4532477721"),
        ("Mobil134.49.51.35", "+4534495135"),
        ("Tlf. 32 55 04 30", "+4532550430"),
    ],
)
def test_a_bar_behind_a_label_is_no_one(line: str, want: str) -> None:
    """Where all other figures stand in pairs, the first of three is the bar between label and number."""
    (found,) = find_phones(printed(line), PhoneContext((), ("DK",)))
    assert found.value.value == want


def test_numbers_that_begin_with_three_figures_keep_them() -> None:
    """In Spain the first group has three."""
    (found,) = find_phones(printed("Tel. 932 55 04 30"), PhoneContext((), ("ES",)))
    assert found.value.value == "+34932550430"
