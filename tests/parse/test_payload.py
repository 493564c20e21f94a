"""Codes: vCard, MECARD, BIZCARD and single values; and print set against what a code says."""

from __future__ import annotations

from dataclasses import replace

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.payload import merge_payload, parse_payload
from cardscan.record import Contact, Email, Name, Organization, Phone, Title, Url

VCARD_3 = "\r\n".join(
    [
        "BEGIN:VCARD", "VERSION:3.0", "N:Doe;Jane;Q.;Dr.;MBA", "FN:Dr. Jane Q. Doe MBA", "ORG:Acme Freight GmbH;Sales",
        "TITLE:VP Operations", "TEL;TYPE=WORK,VOICE:+44 20 7946 0958", "item1.TEL;TYPE=CELL:+44 7700 900123",
        "TEL;TYPE=WORK,FAX:+44 20 7946 0959", "EMAIL;TYPE=INTERNET:jane.doe@acme.example", "URL:https://acme.example",
        "URL:https://www.linkedin.com/in/jane-doe", "ADR;TYPE=WORK:;Suite 5;1 Main St;London;;W1A 1AA;United Kingdom",
        "NOTE:Met at\\nthe fair", "END:VCARD",
    ]
)  # fmt: skip


def read(text: str) -> Contact:
    contact = parse_payload(text)
    assert contact is not None
    return contact


def test_vcard_3() -> None:
    """Every property of a vCard 3.0 finds its field, at confidence 1 with the rule "code:vcard"."""
    contact = read(VCARD_3)
    assert contact.name is not None
    assert (contact.name.full, contact.name.prefix, contact.name.given, contact.name.family) == (
        "Dr. Jane Q. Doe MBA", "Dr.", "Jane", "Doe",
    )  # fmt: skip
    assert [t.value for t in contact.titles] == ["VP Operations"]
    assert [(o.value, o.department) for o in contact.organizations] == [("Acme Freight GmbH", "Sales")]
    assert [(p.value, p.type) for p in contact.phones] == [
        ("+442079460958", "work"), ("+447700900123", "mobile"), ("+442079460959", "fax"),
    ]  # fmt: skip
    assert [e.value for e in contact.emails] == ["jane.doe@acme.example"]
    assert [u.value for u in contact.urls] == ["https://acme.example"]
    assert [(s.network, s.handle) for s in contact.social] == [("linkedin", "jane-doe")]
    assert contact.addresses[0].full == "1 Main St, Suite 5, W1A 1AA London, United Kingdom"
    assert contact.other[0].value == "Met at the fair"
    assert {contact.name.rule, contact.emails[0].rule} == {"code:vcard"}
    assert contact.emails[0].confidence == 1.0


def test_vcard_2_1() -> None:
    """Bare types, quoted-printable with soft line breaks and a charset are read."""
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=\n=BCrgen\n"
        "TEL;CELL;VOICE:+4915200012345\nTEL;HOME:+493023125123\nEMAIL;INTERNET:jm@firma.example\nEND:VCARD"
    )
    contact = read(text)
    assert contact.name is not None
    assert contact.name.full == "Jürgen Müller"
    assert [(p.value, p.type) for p in contact.phones] == [("+4915200012345", "mobile"), ("+493023125123", "home")]


def test_vcard_4() -> None:
    """TEL and EMAIL as URIs, quoted parameters and folded lines are read."""
    text = (
        'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jane Doe\r\nTEL;VALUE=uri;TYPE="voice,work":tel:+44-20-7946-0958;ext=12\r\n'
        "EMAIL:jane@\r\n acme.example\r\nSOCIALPROFILE:https://github.com/janedoe\r\nEND:VCARD"
    )
    contact = read(text)
    assert [(p.value, p.extension) for p in contact.phones] == [("+442079460958", "12")]
    assert [e.value for e in contact.emails] == ["jane@acme.example"]
    assert [(s.network, s.handle) for s in contact.social] == [("github", "janedoe")]


def test_agrees_with_vobject() -> None:
    """Another reader of vCards finds the same name, mail and number."""
    card = vobject.readOne(VCARD_3)
    contact = read(VCARD_3)
    assert contact.name is not None
    assert contact.name.full == card.fn.value
    assert contact.emails[0].value == card.email.value
    assert contact.phones[0].raw == card.tel.value


def test_mecard() -> None:
    """A MECARD's family and given name change places, and its escapes are undone."""
    contact = read("MECARD:N:Doe,Jane;TEL:+442079460958;EMAIL:jane@acme.example;URL:acme.example;ORG:Acme\\; Sons;;")
    assert contact.name is not None
    assert (contact.name.full, contact.name.family) == ("Jane Doe", "Doe")
    assert contact.organizations[0].value == "Acme; Sons"
    assert contact.urls[0].value == "https://acme.example"
    assert contact.phones[0].value == "+442079460958"


def test_bizcard() -> None:
    """A BIZCARD's short keys are read."""
    contact = read(
        "BIZCARD:N:Jane;X:Doe;T:Engineer;C:Acme;A:1 Main St;B:+12125550123;M:+12125550124;E:jane@acme.example;;"
    )
    assert contact.name is not None
    assert contact.name.full == "Jane Doe"
    assert [(p.value, p.type) for p in contact.phones] == [("+12125550123", "work"), ("+12125550124", "mobile")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tel:+442079460958", "+442079460958"),
        ("TEL:+44 20 7946 0958", "+442079460958"),
        ("sms:+447700900123?body=hi", "+447700900123"),
        ("mailto:jane@acme.example?subject=Hello", "jane@acme.example"),
        ("MATMSG:TO:jane@acme.example;SUB:x;BODY:y;;", "jane@acme.example"),
        ("jane@acme.example", "jane@acme.example"),
        ("https://acme.example/x?y=1", "https://acme.example/x?y=1"),
        ("HTTP://ACME.EXAMPLE/X", "http://acme.example/X"),
        ("www.acme.example", "https://www.acme.example"),
        ("URLTO:Acme:http://acme.example", "http://acme.example"),
        ("MEBKM:TITLE:Acme;URL:http\\://acme.example;;", "http://acme.example"),
    ],
)
def test_single_values(text: str, value: str) -> None:
    """A code with one number, address or link gives a contact with that one value."""
    contact = read(text)
    values = [*(p.value for p in contact.phones), *(e.value for e in contact.emails), *(u.value for u in contact.urls)]
    assert values == [value]


@pytest.mark.parametrize(
    "text",
    [
        "", "hello world", "WIFI:T:WPA;S:net;P:secret;;", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "geo:52.5,13.4", "4006381333931", "BEGIN:VCARD\r\nEND:VCARD", "http://", "MECARD:;;", "tel:", "otpauth://totp/x",
    ],
)  # fmt: skip
def test_no_contact(text: str) -> None:
    """Keys, tickets, article numbers, scripts and empty cards hold no contact."""
    assert parse_payload(text) is None


def test_control_characters_are_dropped() -> None:
    """Escape sequences and bidi overrides in a code do not reach a value."""
    contact = read("BEGIN:VCARD\nFN:Ja\x1b[31mne\u202e Doe\nTITLE:CEO\x00\nEND:VCARD")
    assert contact.name is not None
    assert contact.name.full == "Ja[31mne Doe"
    assert contact.titles[0].value == "CEO"


PAYLOAD = st.text(
    alphabet=st.sampled_from('BEGIN:VCARDN;,\\\r\n\t =TEL+44MECBIZ@.com0123\x00\u202e\ud7ff"ENCODING=B'), max_size=200
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), PAYLOAD, PAYLOAD.map(lambda t: "BEGIN:VCARD\n" + t), PAYLOAD.map(lambda t: "MECARD:" + t)
    )
)
def test_any_text_is_survived(text: str) -> None:
    """No text raises, and a contact given is not empty."""
    assert parse_payload(text) != Contact()


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\n" + "TEL:1234567\n" * 20_000,
        "MECARD:" + "N:a;" * 50_000,
        "BEGIN:VCARD\n" + ";" * 100_000,
        "https://" + "a." * 50_000,
    ],
)
def test_hostile_length(text: str) -> None:
    """Overlong codes are cut, not followed to the end."""
    contact = parse_payload(text)
    assert contact is None or len(contact.phones) <= 200


# --- print and code


PRINT = Contact(
    name=Name("Jane Doe", confidence=0.8, lines=(0,)),
    titles=(Title("VP Operations", 0.8, (1,)),),
    organizations=(Organization("Acme Freight", confidence=0.7, lines=(2,)),),
    phones=(Phone("+442079460958", "020 7946 0958", type="work", valid=True, confidence=0.9, lines=(3,)),),
    emails=(Email("jane.doe@acme.example", 0.9, (4,)),),
)


def test_agreement_raises_confidence_and_keeps_the_lines() -> None:
    """What print and code both say is nearly certain, and still shows where it was printed."""
    merged = merge_payload(PRINT, read(VCARD_3))
    assert merged.emails[0].confidence >= 0.99
    assert merged.emails[0].lines == (4,)
    assert "code:agrees" in (merged.emails[0].rule or "")
    assert merged.phones[0].confidence >= 0.99


def test_code_spelling_wins_over_a_slip() -> None:
    """A letter misread in print is put right by the code, and the rule says so."""
    slipped = replace(PRINT, emails=(Email("jane.d0e@acme.example", 0.9, (4,)),), name=Name("Jane Doc", lines=(0,)))
    merged = merge_payload(
        slipped, read("BEGIN:VCARD\nFN:Jane Doe\nN:Doe;Jane;;;\nEMAIL:jane.doe@acme.example\nEND:VCARD")
    )
    assert [e.value for e in merged.emails] == ["jane.doe@acme.example"]
    assert "code:spelling" in (merged.emails[0].rule or "")
    assert merged.emails[0].lines == (4,)
    assert merged.name is not None
    assert (merged.name.full, merged.name.given, merged.name.lines) == ("Jane Doe", "Jane", (0,))


def test_code_fills_what_print_lacks() -> None:
    """Values only the code has are added behind those of print."""
    merged = merge_payload(PRINT, read(VCARD_3))
    assert [p.value for p in merged.phones] == ["+442079460958", "+447700900123", "+442079460959"]
    assert [u.value for u in merged.urls] == ["https://acme.example"]
    assert len(merged.addresses) == 1


def test_local_number_gets_its_country_from_the_code() -> None:
    """A number printed without area code takes the code's E.164 when its digits agree."""
    local = replace(PRINT, phones=(Phone(None, "7946 0958", type="work", lines=(3,)),))
    merged = merge_payload(local, read("BEGIN:VCARD\nFN:Jane Doe\nTEL:+442079460958\nEND:VCARD"))
    assert [(p.value, p.raw) for p in merged.phones] == [("+442079460958", "7946 0958")]


def test_a_link_does_not_add_to_a_printed_address() -> None:
    """A code that is but a link fills in a missing URL, adds none to a printed one, and mediators count as none."""
    link = read("https://acme.example/qr?id=5")
    assert merge_payload(PRINT, link).urls[0].value == "https://acme.example/qr?id=5"
    with_url = replace(PRINT, urls=(Url("https://www.acme.example", 0.9, (5,)),))
    assert [u.value for u in merge_payload(with_url, link).urls] == ["https://www.acme.example"]
    assert merge_payload(PRINT, read("https://qr.page/g/abc")).urls == ()


def test_another_person_in_the_code_changes_nothing_printed() -> None:
    """A name that differs outright stays as printed."""
    merged = merge_payload(PRINT, read("BEGIN:VCARD\nFN:Robert Roe\nEND:VCARD"))
    assert merged.name is not None
    assert merged.name.full == "Jane Doe"
    assert merged.name.confidence == 0.8


def test_another_script_is_another_form() -> None:
    """The code's name in another script is kept beside the printed one."""
    merged = merge_payload(PRINT, read("BEGIN:VCARD\nFN:Джейн Доу\nEND:VCARD"))
    assert merged.name is not None
    assert merged.name.also == ("Джейн Доу",)


def test_empty_sides() -> None:
    """An empty print takes all of the code, and an empty code changes nothing."""
    assert merge_payload(Contact(), read(VCARD_3)) == read(VCARD_3)
    assert merge_payload(PRINT, Contact()) == PRINT
