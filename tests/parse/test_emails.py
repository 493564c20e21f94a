"""Mail addresses: found, mended, joined, and never made of something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.email_repair import refine_emails
from cardscan.parse.emails import find_emails, is_mail_address
from cardscan.parse.finding import Context, Span
from cardscan.parse.lost_sign import lost_signs
from cardscan.parse.urls import find_urls
from cardscan.record import Email

from .printed import cases, placed, printed

CASES = cases("emails")


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(case["card"])[:60] for case in CASES])
def test_corpus(case: dict[str, Any]) -> None:
    """Each line gives the addresses the corpus names, and no other."""
    found = find_emails(printed(*case["card"]), Context(domains=tuple(case.get("domains", ()))))
    assert [f.value.value for f in found] == case["want"]


def only(*texts: str, **known: list[str]) -> Email:
    """The one address of these lines, refined with what is known."""
    lines = printed(*texts)
    (found,) = refine_emails(find_emails(lines), lines=lines, **known)
    return found.value


GLUED_LABELS = [
    ("メール.rumi.ogawa@ogawa.jp", "Rumi Ogawa", "rumi.ogawa@ogawa.jp"),
    ("メ-ルrumi@ogawa.jp", "Rumi Ogawa", "rumi@ogawa.jp"),
    ("Mail.brandt@nordlicht.de", "Ute Brandt", "brandt@nordlicht.de"),
    ("Mél.ute.brandt@nordlicht.fr", "Ute Brandt", "ute.brandt@nordlicht.fr"),
    ("eutebrandt@nordlicht.de", "Ute Brandt", "utebrandt@nordlicht.de"),
    ("EIutebrandt@nordlicht.de", "Ute Brandt", "utebrandt@nordlicht.de"),
    ("EMAILlute.brandt7@nordlicht.de", "Ute Brandt", "ute.brandt7@nordlicht.de"),
    ("ebrandt@nordlicht.de", "Emil Brandt", "ebrandt@nordlicht.de"),
    ("mel.brandt@nordlicht.de", "Mel Brandt", "mel.brandt@nordlicht.de"),
    ("mailroom@nordlicht.de", "Ute Brandt", "mailroom@nordlicht.de"),
    ("tutebrandt@nordlicht.de", "Ute Brandt", "tutebrandt@nordlicht.de"),
    ("lute@nordlicht.de", "Ute Brandt", "lute@nordlicht.de"),
    ("lbrandt@nordlicht.de", "Ute Brandt", "brandt@nordlicht.de"),
    ("lbrandt@nordlicht.de", "Lea Brandt", "lbrandt@nordlicht.de"),
    ("eengel19@nordlicht.de", "Emil Engel", "eengel19@nordlicht.de"),
    ("e.brandt72@nordlicht.de", "Emil Brandt", "e.brandt72@nordlicht.de"),
    ("E.ute.brandt@nordlicht.de", "Ute Brandt", "ute.brandt@nordlicht.de"),
    ("lhuang96@nordlicht.de", "Huang Lei", "lhuang96@nordlicht.de"),
    ("Ib@nordlicht.de", "Lea Brandt", "lb@nordlicht.de"),
    ("ib@nordlicht.de", "Ida Brandt", "ib@nordlicht.de"),
    ("EIute.brandt@nordlicht.de", "med Ute Brandt", "ute.brandt@nordlicht.de"),
    ("E.verkauf@nordlicht.de", "Ute Brandt", "verkauf@nordlicht.de"),
    ("E.verkaufer@nordlicht.de", "Ute Brandt", "E.verkaufer@nordlicht.de"),
    ("Everkauf@nordlicht.de", "Ute Brandt", "verkauf@nordlicht.de"),
    ("everkauf@nordlicht.de", "Ute Brandt", "everkauf@nordlicht.de"),
]


@pytest.mark.parametrize(("line", "name", "want"), GLUED_LABELS)
def test_a_label_read_into_the_address_is_left_out(line: str, name: str, want: str) -> None:
    """By its own mark, or where what is left is made from the person's name; letters that are no label stay."""
    assert only(line, names=[name]).value == want


def test_a_country_domain_whose_dot_was_not_seen() -> None:
    """Behind an "@" there must be one; it is less sure than a dot that was read."""
    mended = only("t.brandt@nordlichtde")
    assert mended.value == "t.brandt@nordlicht.de" and mended.confidence < 0.8
    assert find_emails(printed("t.brandt@nordlicht")) == []


LOST_SIGNS = [
    ("u.brandt76epostfach-nord.de", "u.brandt76@postfach-nord.de"),
    ("utebrandt4anordlicht.de", "utebrandt4@nordlicht.de"),
    ("ute-brandtQnordlicht.de", "ute-brandt@nordlicht.de"),
    ("utebrandt.de", None),
    ("brandt.com.br", None),  # no "brandt.c" at "m.br"
    ("brandt-uectric.com", None),  # no "brandt-u" at "ctric.com"
    ("brandtenordlicht.de", None),  # may well be a site's name
    ("nordlicht.de/u.brandt7anord.de", None),
]


@pytest.mark.parametrize(("line", "want"), LOST_SIGNS)
def test_a_sign_read_as_a_letter_is_told_by_the_name(line: str, want: str | None) -> None:
    """What looks like a web address but begins like the person's mail is one; nothing else is."""
    mails, others = lost_signs(find_urls(printed(line)), ["Ute Brandt"])
    assert [item.value.value for item in mails] == ([want] if want else [])
    assert len(mails) + len(others) == 1


def test_a_sign_read_as_a_letter_is_told_by_a_host_the_card_has_elsewhere() -> None:
    """Also where the name tells nothing; a page under that host stays a page."""
    found = find_urls(printed("infognordlicht.de", "www.nordlicht.de", "shop.nordlicht.de", "lageregmail.com"))
    mails, others = lost_signs(found, [])
    assert [item.value.value for item in mails] == ["info@nordlicht.de", "lager@gmail.com"]
    assert len(others) == 2
    assert lost_signs(find_urls(printed("dreamail.com")), [])[0] == []


def test_raw_keeps_what_was_read_and_rule_says_what_was_done() -> None:
    """A repair leaves the text as read in `raw`, names itself in `rule` and lowers the confidence."""
    clean, mended = only("jane@gmail.com"), only("jane@gmai1.com")
    assert (mended.value, mended.raw) == ("jane@gmail.com", "jane@gmai1.com")
    assert "repaired:provider" in (mended.rule or "")
    assert mended.confidence < clean.confidence


def test_spans_and_labels_name_their_characters() -> None:
    """Spans index into the lines as given, even where letter-spacing was closed up."""
    line = "Mail: i n f o @ a c m e . c o m"
    (found,) = find_emails(printed(line))
    (span,) = found.spans
    assert line[span.start : span.end] == "i n f o @ a c m e . c o m"
    line = "E-mail: jane@acme.com"
    (found,) = find_emails(printed(line))
    assert line[found.labels[0].start : found.labels[0].end] == "E-mail"


def test_label_in_a_column_of_its_own() -> None:
    """A label left of an address is consumed with it."""
    (found,) = find_emails(placed(("E-mail", 0, 0), ("jane@acme.com", 120, 0)))
    assert found.labels == (Span(0, 0, 6),)


def test_taken_characters_are_left_alone() -> None:
    """What another finder took is no part of an address."""
    assert find_emails(printed("jane@acme.com"), Context(taken=(Span(0, 0, 13),))) == []


def test_host_follows_url_and_organisation() -> None:
    """A misread letter in a host gives way to the host that URL and organisation share."""
    email = only("jane@acrne-freight.com", domains=["acme-freight.com"], organizations=["Acme Freight Ltd"])
    assert email.value == "jane@acme-freight.com"
    assert "repaired:domain-from-url" in (email.rule or "")


def test_host_stays_when_the_organisation_speaks_for_it() -> None:
    """The mail's host stays when the organisation's name agrees with it and not with the URL."""
    email = only("jane@acmefreight.com", domains=["acmefreiqht.com"], organizations=["Acme Freight Ltd"])
    assert email.value == "jane@acmefreight.com"


def test_a_different_host_is_no_slip() -> None:
    """A host that merely differs from the URL's is kept."""
    assert only("jane@acme-group.com", domains=["acme.com"]).value == "jane@acme-group.com"


def test_mail_providers_are_never_replaced() -> None:
    """A public provider's host is not set against the card's URL."""
    assert only("jane@mail.com", domains=["mall.com"], organizations=["Mall"]).value == "jane@mail.com"


@pytest.mark.parametrize(
    ("read", "name", "true"),
    [
        ("jane.d0e@acme.com", "Jane Doe", "jane.doe@acme.com"),
        ("wi1son@acme.com", "Ann Wilson", "wilson@acme.com"),
        ("awiIson@acme.com", "Ann Wilson", "awilson@acme.com"),
        ("jjohnson@acme.com", "Ines Johnson", "ijohnson@acme.com"),
        ("muelier.hans@firma.de", "Hans Mueller", "mueller.hans@firma.de"),
        ("mueIler@firma.de", "Hans Müller", "mueller@firma.de"),
        ("sales@acme.com", "Jane Doe", "sales@acme.com"),
        ("jane.smyth@acme.com", "Jane Smith", "jane.smyth@acme.com"),
        ("Bjane.doe@acme.com", "Jane Doe", "jane.doe@acme.com"),
        ("jane._doe@acme.com", "Jane Doe", "jane_doe@acme.com"),
        ("jane.le@acme.com", "Jane Lee", "jane.lee@acme.com"),
        ("Ldoe@acme.com", "Lea Doe", "Ldoe@acme.com"),
        ("Info@acme.com", "Jane Doe", "Info@acme.com"),
    ],
)
def test_local_part_follows_the_name(read: str, name: str, true: str) -> None:
    """A local part is put right only where it looks like a form of the person's name."""
    assert only(read, names=[name]).value == true


@pytest.mark.parametrize(
    ("read", "name", "true"),
    [
        ("Mail: jane doe@acme.com", "Jane Doe", "jane.doe@acme.com"),
        ("j doe@acme.com", "Jane Doe", "j.doe@acme.com"),
        ("Mail doe jane@acme.com", "Jane Doe", "doe.jane@acme.com"),
        ("e doe@acme.com", "Eve Doe", "doe@acme.com"),
        ("Jane doe@acme.com", "Jane Doe", "doe@acme.com"),
        ("to jane@acme.com", "Jane Doe", "jane@acme.com"),
        ("shu doe@acme.com", "Doe Shu Fen", "shu.doe@acme.com"),
        ("jane__doe@acme.com", "Jane Doe", "jane_doe@acme.com"),
        ("lubica@acme.sk", "L'ubica Doe", "lubica@acme.sk"),
        ("obrien@acme.ie", "Seán O'Brien", "obrien@acme.ie"),
    ],
)
def test_a_dot_may_go_unread(read: str, name: str, true: str) -> None:
    """A word before the address belongs to it where both make the person's; a label or a printed name does not."""
    assert only(read, names=[name]).value == true


@pytest.mark.parametrize(
    ("read", "known", "true"),
    [
        ("jane@Dacme.com", {"domains": ["acme.com"]}, "jane@acme.com"),
        ("jane@Dacme.com", {"organizations": ["Acme"]}, "jane@acme.com"),
        ("jane@Dacme.com", {"organizations": ["Dacme"]}, "jane@dacme.com"),
        ("jane@Dacme.com", {"organizations": ["Nordlicht"]}, "jane@dacme.com"),
        ("jane@dacme.com", {"organizations": ["Acme"]}, "jane@dacme.com"),
        ("jane@acmeorg.uk", {"organizations": ["Acme"]}, "jane@acme.org.uk"),
        ("jane@brightwatcr.com", {"organizations": ["Brightwater"]}, "jane@brightwater.com"),
        ("jane@acmc.com", {"organizations": ["Acme"]}, "jane@acmc.com"),  # too short to tell
        ("Ebrightwater@tmail.example", {"organizations": ["Brightwater"]}, "brightwater@tmail.example"),
        ("jane@acmeorg.uk", {"domains": ["acme.org.uk"]}, "jane@acme.org.uk"),
        ("jane@acmeorg.uk", {"organizations": ["Nordlicht"]}, "jane@acmeorg.uk"),
        ("jane@acmeorg.uk", {"organizations": ["Acmeorg"]}, "jane@acmeorg.uk"),
    ],
)
def test_a_host_is_mended_where_the_card_knows_it(read: str, known: dict[str, list[str]], true: str) -> None:
    """The sign's rim, read as a round capital, goes; a dot that was not seen before a second level comes back."""
    assert only(read, **known).value == true


@pytest.mark.parametrize(
    ("read", "name", "confidence", "true"),
    [
        ("jane.smyth@acme.com", "Jane Smith", 0.8, "jane.smith@acme.com"),
        ("jane.smyth@acme.com", "Jane Smith", 0.99, "jane.smyth@acme.com"),
        ("Ldoe@acme.com", "Lea Doe", 0.8, "l.doe@acme.com"),
    ],
)
def test_a_mail_read_badly_follows_the_name(read: str, name: str, confidence: float, true: str) -> None:
    """What is a letter off a form of the name is taken for it only where the line was read badly."""
    lines = [replace(line, confidence=confidence) for line in printed(read)]
    (found,) = refine_emails(find_emails(lines), [name], lines=lines)
    assert found.value.value == true


def test_agreement_raises_confidence() -> None:
    """An address whose host is the URL's is surer than one alone."""
    assert only("jane@acme.com", domains=["acme.com"]).confidence > only("jane@acme.com").confidence


NET = st.text(alphabet=st.sampled_from("abcrnmO0l1.@-_ ,:/©®Q()[]{}www.com·＠．é\u0000"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(NET, st.text(max_size=50)), max_size=5))
def test_any_text_is_survived_and_values_are_printed(texts: list[str]) -> None:
    """No text raises; every address is well formed and stands on characters of the lines."""
    lines = printed(*texts)
    for found in refine_emails(find_emails(lines), ["Jane Doe", "a b"], ["acme.com"], ["Acme"], lines):
        assert is_mail_address(found.value.value)
        assert found.spans
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(lines[span.line].text)


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "@" * 100_000, "a." * 50_000, "a@b." * 25_000, "i n " * 25_000, "(at)" * 25_000]
)
def test_hostile_length(text: str) -> None:
    """100 kB of signs and dots give a bounded number of addresses in bounded work."""
    assert len(find_emails(printed(text))) <= 100
