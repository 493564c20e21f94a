"""Numbers that bodies have: told by word, form or check digits, kept as "registration", never phones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.finding import Context, PhoneContext, Span, consumed_by
from cardscan.parse.phones import find_phones
from cardscan.parse.registration import find_registrations, numbered_places

from .printed import printed


@pytest.mark.parametrize(
    "text",
    [
        "USt-IdNr.: DE123456789", "VAT No. GB 123 4567 89", "IBAN DE89 3704 0044 0532 0130 00",
        "CNPJ: 12.345.678/0001-95", "ABN 51 824 753 556", "ACN 004 085 616",
        "GSTIN: 27AAPFU0939F1ZV", "P.IVA 01234567890", "KvK 12345678", "HRB 12345",
        "SIRET 732 829 320 00074", "OAB/SP 123.456", "NIP 123-456-78-90", "ИНН 7701234567",
        "CVR 12345678", "Org.nr 556123-4567", "ISO 9001:2015", "統一編號：12345678",
        "Registered in England No. 1234567", "Lic. #01234567", "RUC: 20123456789",
        "CIF B12345678", "UEN 201012345K", "Company Reg. No. 1234567", "사업자등록번호 123-45-67890",
    ],
)  # fmt: skip
def test_whole_print_is_taken(text: str) -> None:
    """Word and number are taken together, as printed, and no phone is left in them."""
    lines = printed(text)
    (found,) = find_registrations(lines)
    assert (found.value.value, found.value.role) == (text, "registration")
    taken = consumed_by([found])
    for regions in (("DE",), ("BR",), ("US",), ("IN",)):
        assert find_phones(lines, PhoneContext(taken, regions)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tel 030 123456", "Fax: 12345678", "Account Manager", "+44 20 7946 0958", "Jane Doe", "Matthew 9", "Id est 5",
        "Cap 12", "12 High Street", "Ein Haus 12", "RUN 10 km", "Nextel 9.4123-4567", "Iso Nordin", "PIN 560 001",
    ],
)  # fmt: skip
def test_other_print_is_left(text: str) -> None:
    """Phones, names, streets and postal codes are no registration numbers."""
    assert find_registrations(printed(text)) == []


def test_check_digits_tell_without_a_word() -> None:
    """An IBAN or a CPF is told by its check digits; a wrong one is not."""
    assert len(find_registrations(printed("DE89 3704 0044 0532 0130 00"))) == 1
    assert find_registrations(printed("DE88 3704 0044 0532 0130 00")) == []
    assert len(find_registrations(printed("529.982.247-25"))) == 1
    assert find_registrations(printed("529.982.247-26")) == []


def test_phone_beside_is_left() -> None:
    """A phone behind a registration number on the same line stays a phone."""
    lines = printed("HRB 12345 | Tel. +49 30 23125 123")
    taken = consumed_by(find_registrations(lines))
    assert [f.value.value for f in find_phones(lines, PhoneContext(taken))] == ["+493023125123"]


def test_radio_numbers() -> None:
    """A radio number with asterisks is taken even where it is glued to its word."""
    (found,) = find_registrations(printed("ID12*34*56789"))
    assert found.value.value == "ID12*34*56789"


def test_post_boxes_and_rooms_are_places() -> None:
    """Post boxes and plots are numbered places, no registrations: they belong to the address."""
    assert find_registrations(printed("P.O. Box 12345")) == []
    assert numbered_places(printed("P.O. Box 12345")) == [Span(0, 0, 14)]


def test_taken_characters_are_left_alone() -> None:
    """What another finder took is no registration number."""
    assert find_registrations(printed("VAT 123456789"), Context(taken=(Span(0, 0, 13),))) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("VATIDEOBR0123456789 .-/*:#№inscr税号"), max_size=60), max_size=5))
def test_any_text_is_survived(texts: list[str]) -> None:
    """No text raises, and what is found is printed where its span says."""
    lines = printed(*texts)
    for found in find_registrations(lines):
        (span,) = found.spans
        assert lines[span.line].text[span.start : span.end].strip() == found.value.value


@pytest.mark.parametrize("text", ["VAT " * 25_000, "1" * 100_000, "VAT 1 " * 16_000, "DE12 " * 20_000, "1*" * 50_000])
def test_hostile_length(text: str) -> None:
    """100 kB of words and digits give a bounded number of findings in bounded work."""
    assert len(find_registrations(printed(text))) <= 80
