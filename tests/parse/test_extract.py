"""Claims about whole cards: the joint reading, its roles, its reasons, and its bounds."""

from __future__ import annotations

import pytest

from cardscan.options import ParseOptions
from cardscan.parse import extract
from cardscan.record import Code, Page, TextLine
from tests.parse.card_corpus import FIELDS, corpus, score

CARDS = {card.id: card for card in corpus()}
BOX = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def page_of(*rows, codes=()):
    """A page of (text, left, top, height) rows."""
    lines = []
    for text, left, top, height in rows:
        right = left + 0.5 * height * len(text)
        lines.append(TextLine(text, 0.98, ((left, top), (right, top), (right, top + height), (left, top + height))))
    return Page(1000, 600, tuple(lines), tuple(codes))


@pytest.mark.parametrize("held_back", [False, True])
def test_the_corpus_is_read(held_back):
    """Field F1 over the invented cards is at least 0.95, on those rules were tuned with and on those held back."""
    right = missed = made_up = 0
    for card in CARDS.values():
        if card.held_back == held_back:
            for hits, misses, extra in score(card, extract(card.page).contacts).values():
                right, missed, made_up = right + hits, missed + len(misses), made_up + len(extra)
    assert 2 * right / (2 * right + missed + made_up) >= 0.95


def test_the_corpus_is_broad():
    """It holds at least sixty cards, with every field, a third held back."""
    assert len(CARDS) >= 60
    assert all(any(card.truth[field] for card in CARDS.values()) for field in FIELDS)
    assert 0.2 < sum(card.held_back for card in CARDS.values()) / len(CARDS) < 0.45


def test_two_persons_are_two_contacts():
    """Each person has his own phone and mail; firm and address are shared."""
    contacts = extract(CARDS["us-two-persons"].page).contacts
    assert [c.name.full for c in contacts if c.name] == ["Dale Overstreet", "Janine Overstreet"]
    assert [[e.value for e in c.emails] for c in contacts] == [
        ["dale@hollowcreekfarm.com"],
        ["janine@hollowcreekfarm.com"],
    ]
    assert [len(c.phones) for c in contacts] == [1, 1]
    assert contacts[0].organizations == contacts[1].organizations
    assert contacts[0].addresses == contacts[1].addresses


def test_a_shop_has_no_person():
    """A card that names no person gives one contact without a name."""
    contacts = extract(CARDS["br-shop"].page).contacts
    assert len(contacts) == 1
    assert contacts[0].name is None
    assert contacts[0].organizations[0].value == "PONTO DO PARAFUSO"


def test_two_scripts_are_one_person():
    """A name in characters and romanised is one contact with both forms, and so is the firm's."""
    (contact,) = extract(CARDS["jp-bilingual"].page).contacts
    assert contact.name is not None
    assert {contact.name.full, *contact.name.also} == {"高田 美咲", "Misaki Takada"}
    (firm,) = contact.organizations
    assert {firm.value, *firm.also} >= {"Minatogawa Trading Co., Ltd.", "湊川貿易株式会社"}


def test_nothing_is_invented():
    """Every word of a value is printed on the card, and every value says on which lines."""
    for card in CARDS.values():
        printed = " ".join(line.text for line in card.page.lines)
        for contact in extract(card.page).contacts:
            values = [(t.value, t.lines) for t in contact.titles] + [(o.value, o.lines) for o in contact.organizations]
            values += [(a.full, a.lines) for a in contact.addresses]
            if contact.name is not None:
                values.append((contact.name.full.replace(" ", ""), contact.name.lines))
                printed_closed = printed.replace(" ", "")
                assert contact.name.full.replace(" ", "") in printed_closed
            for value, lines in values[: len(values) - (contact.name is not None)]:
                assert all(word.strip(",") in printed for word in value.split()), (card.id, value)
                assert lines
                assert all(0 <= index < len(card.page.lines) for index in lines)


def test_every_confidence_is_a_share():
    """Confidences lie between 0 and 1 and differ with the evidence."""
    found = set()
    for card in CARDS.values():
        for contact in extract(card.page).contacts:
            for value in (
                *contact.titles,
                *contact.organizations,
                *contact.addresses,
                *([contact.name] if contact.name else []),
            ):
                assert 0 < value.confidence < 1
                found.add(value.confidence)
    assert len(found) > 20


def test_every_line_has_its_role():
    """Roles stand line by line, in the page's order."""
    reading = extract(
        page_of(
            ("Acme Freight GmbH", 50, 40, 60),
            ("Jane Doe", 50, 160, 36),
            ("Sales Director", 50, 205, 28),
            ("Hauptstraße 12, 70565 Stuttgart", 50, 320, 28),
            ("jane.doe@acmefreight.example", 50, 355, 28),
            ("Mon - Fri 9:00 - 17:00", 50, 390, 28),
        )
    )
    assert reading.roles == ("organization", "name", "title", "address", "email", "hours")


def test_pen_is_left_to_the_notes():
    """A handwritten line has the role "note" and gives no value, whatever it says."""
    page = page_of(("Jane Doe", 50, 50, 40), ("Sales Director", 50, 100, 28))
    note = TextLine("Bob Smith, CEO", 0.9, BOX, "handwriting")
    reading = extract(Page(1000, 600, (*page.lines, note)))
    assert reading.roles[-1] == "note"
    assert [c.name.full for c in reading.contacts if c.name] == ["Jane Doe"]
    assert [t.value for c in reading.contacts for t in c.titles] == ["Sales Director"]


def test_a_code_fills_the_contact():
    """What a QR code holds fills what is not printed."""
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nN:Doe;Jane;;;\nEMAIL:jane@acme.example\nEND:VCARD"
    reading = extract(page_of(("Jane Doe", 50, 50, 40), codes=[Code("QRCode", text, BOX)]))
    (contact,) = reading.contacts
    assert [email.value for email in contact.emails] == ["jane@acme.example"]
    alone = extract(Page(1000, 600, (), (Code("QRCode", text, BOX),)))
    assert alone.contacts[0].name is not None


def test_reasons_say_what_is_wrong():
    """A mail of somebody else, and a card without any way to reach one, are told in words."""
    other = extract(
        page_of(("Jane Doe", 50, 50, 40), ("Sales Director", 50, 100, 28), ("bob.smith@acme.example", 50, 200, 28))
    )
    assert any("bob.smith@acme.example" in reason for reason in other.reasons)
    mute = extract(page_of(("Jane Doe", 50, 50, 40), ("Sales Director", 50, 100, 28)))
    assert "neither a phone number nor a mail address found" in mute.reasons
    assert extract(Page(100, 60)).reasons == ("nothing on the card could be read as a contact",)


def test_min_confidence_decides_what_is_unsure():
    """The same card has more reasons the surer one wants to be."""
    page = CARDS["gb-corporate"].page
    assert len(extract(page, ParseOptions(min_confidence=0.999)).reasons) > len(
        extract(page, ParseOptions(min_confidence=0.01)).reasons
    )


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "text", ["A" * 100_000, "a. " * 30_000, "12 " * 30_000, "Dr. " * 25_000, "@" * 100_000, "佐藤" * 40_000]
)
def test_hostile_lines_stay_cheap(text):
    """A line of a hundred thousand characters is read no further than the limit, and the page survives."""
    reading = extract(page_of(("Jane Doe", 50, 50, 40), (text, 50, 100, 28)))
    assert len(reading.roles) == 2
    assert all(len(other.value) <= 400 for contact in reading.contacts for other in contact.other)


@pytest.mark.timeout(240)
def test_many_lines_stay_bounded():
    """A page of a thousand lines gives a role for each, and no value from beyond the limit."""
    rows = [(f"Line {i} Jane Doe", 50, 20 * i, 16) for i in range(1000)]
    reading = extract(page_of(*rows))
    assert len(reading.roles) == 1000
    assert all(index < 150 for contact in reading.contacts if contact.name for index in contact.name.lines)


def test_odd_geometry_is_survived():
    """Quads without area, and texts of nothing but marks, raise nothing."""
    flat = ((5.0, 5.0),) * 4
    page = Page(0, 0, (TextLine("Jane Doe", 0.9, flat), TextLine("", 0.0, flat), TextLine("•••", 0.1, flat)))
    reading = extract(page)
    assert len(reading.roles) == 3
