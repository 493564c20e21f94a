"""Claims about postal addresses: marks, grouping, parts, countries."""

from __future__ import annotations

import pytest

from cardscan.parse.address_marks import address_marks
from cardscan.parse.addresses import address_numbers, country_hints, find_addresses
from cardscan.parse.finding import Span
from cardscan.parse.layout import pieces_of
from cardscan.record import Page, TextLine


def laid_out(*texts, left=50.0, pitch=40.0):
    """Pieces of lines printed one under the other."""
    lines = []
    for row, text in enumerate(texts):
        top = 100 + row * pitch
        width = 14.0 * len(text)
        lines.append(
            TextLine(text, 0.99, ((left, top), (left + width, top), (left + width, top + 28), (left, top + 28)))
        )
    return pieces_of(Page(1000, 600, tuple(lines)), ())


def fulls(*texts, **kwargs):
    return [block.address.full for block in find_addresses(laid_out(*texts), **kwargs)]


STREETS = [
    "Hauptstraße 12", "12 rue de la Paix", "Via Roma 15", "Calle Mayor, 3", "Rua do Carmo, 55", "ul. Fabryczna 18",
    "4410 N Camelback Road", "Keizersgracht 401-B", "Storgatan 14", "Kárász utca 11.", "Jl. Sudirman Kav. 52",
    "No. 18-2, Jalan Ampang", "Carrera 43A # 1-50", "C/ Balmes, 214", "Nádražní ulice 112/4", "15 Moo 7, Bangna Road",
]  # fmt: skip


@pytest.mark.parametrize("text", STREETS)
def test_streets_of_many_countries(text):
    """A street with its number is known in each of these forms."""
    assert address_marks(text).score > 0.5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bristol BS8 4QT", "BS8 4QT"), ("D-70565 Stuttgart", "D-70565"), ("1016 EK Amsterdam", "1016 EK"),
        ("Cambridge, MA 02139", "02139"), ("Montréal (Québec) H3B 2K4", "H3B 2K4"), ("CEP 30140-120", "30140-120"),
        ("4050-164 Porto", "4050-164"), ("62-800 Kalisz", "62-800"), ("Nashik - 422 007, India", "422 007"),
        ("〒140-0014 東京都品川区大井1-23-4", "140-0014"), ("Sydney NSW 2000", "2000"), ("852 30 Sundsvall", "852 30"),
    ],
)  # fmt: skip
def test_postal_codes(text, code):
    """Postal codes of many countries are found beside their town."""
    marks = address_marks(text)
    assert marks.code is not None
    assert marks.code.text == code


@pytest.mark.parametrize(
    "text", ["Jane Doe", "Sales Manager", "Acme Freight GmbH", "Building tomorrow together", "MORICA", "Bank of China"]
)
def test_what_is_no_address(text):
    """Names, titles, firms, slogans and logos make no address."""
    assert fulls(text) == []


def test_lines_of_one_office_are_joined():
    """Street, town and country under each other are one address, in printed order."""
    assert fulls("Jane Doe", "Hauptstraße 12", "70565 Stuttgart", "Germany") == [
        "Hauptstraße 12, 70565 Stuttgart, Germany"
    ]


def test_offices_are_kept_apart():
    """A second street after a town begins a second address."""
    found = fulls("Hauptstraße 12", "70565 Stuttgart", "Lindenallee 8", "04105 Leipzig")
    assert found == ["Hauptstraße 12, 70565 Stuttgart", "Lindenallee 8, 04105 Leipzig"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Pod Skalou 146/48, 779 90 Olomouc", "Souběžná 8/45, 702 43 Ostrava"),
        ("46 Mill Ln, Clasg0w G8 2]8, United Kingdom", "Bridge House, 53 Park Avenue, Edinburgh EH7 2CP"),
    ],
)
def test_offices_are_kept_apart_where_the_first_has_no_street_word(lines):
    """A code ends the first address, or its country, though neither street word nor code could be read."""
    printed = [part for line in lines for part in line.split(", ")]
    assert fulls(*printed) == list(lines)


def test_shops_with_a_phone_each_are_kept_apart():
    """Streets that each share their line with a phone are shops of their own."""
    found = fulls("Av. Central, 1553", "Av. Norte, 2449", phone_lines=frozenset({0, 1}))
    assert found == ["Av. Central, 1553", "Av. Norte, 2449"]


def test_labels_and_landmarks_are_left_out():
    """ "Address:" and "(near …)" are no part of the address."""
    assert fulls("Address: 12 High Street, London W1A 1AA (near the station)") == ["12 High Street, London W1A 1AA"]


def test_parts():
    """Street, town, region, code and country are told."""
    address = find_addresses(laid_out("4410 N Camelback Road, Suite 210", "Scottsdale, AZ 85251"))[0].address
    assert address.street == "4410 N Camelback Road, Suite 210"
    assert (address.locality, address.region, address.postal_code) == ("Scottsdale", "AZ", "85251")
    assert address.country_code == "US"


def test_japanese_parts():
    """A Japanese address is split from the largest part to the smallest."""
    address = find_addresses(laid_out("〒140-0014 東京都品川区大井1-23-4"))[0].address
    assert (address.region, address.locality) == ("東京都", "品川区")
    assert (address.postal_code, address.country_code) == ("140-0014", "JP")


def test_hints_decide_where_the_form_does_not():
    """A five-digit code alone does not tell the country; what the card says elsewhere does."""
    lines = ("12 Hauptstrasse", "70565 Kleinstadt")
    assert find_addresses(laid_out(*lines), ("DE",))[0].address.country_code == "DE"


def test_country_hints_rank_what_is_printed():
    """A printed country comes first; nothing printed gives no hint."""
    assert country_hints(["12 High Street", "Nairobi, Kenya"])[0] == "KE"
    assert country_hints(["Jane Doe", "Sales Manager"]) == ()


def test_house_numbers_are_spared_from_phones():
    """A street's numbers and a postal code are no phone numbers; a line with a long number is left to the phones."""
    assert address_numbers(["Dělnická ulice 79/52, 301 74 Plzeň"]) == (Span(0, 0, 34),)
    assert address_numbers(["Tel. +44 117 496 0123"]) == ()


def test_a_floor_is_no_legal_form():
    """ "2. OG" tells a floor, though OG is a legal form in Austria; the line over the street belongs to the address."""
    assert fulls("Gartenhaus, 2. OG", "Lindenallee 14", "10115 Berlin") == [
        "Gartenhaus, 2. OG, Lindenallee 14, 10115 Berlin"
    ]


def test_the_sign_of_a_japanese_code_may_be_misread():
    """It is read as the code it is; whether a blank follows is told where it is printed (ocr.spacing)."""
    assert fulls("〒140-0014東京都品川区大井1-23-4") == ["〒140-0014東京都品川区大井1-23-4"]
    assert fulls("T140-0014 東京都品川区大井1-23-4") == ["〒140-0014 東京都品川区大井1-23-4"]
    spans = address_numbers(["T140-0014", "東京都品川区大井1-23-4"])
    assert any(span.line == 0 and span.end == len("T140-0014") for span in spans)


def test_a_japanese_code_above_its_address_is_part_of_it_whatever_its_sign_was_read_as():
    """The sign for post is often taken for a T."""
    (block,) = find_addresses(laid_out("T100-0057", "東京都千代田区住吉2-6-5"))
    assert block.address.full == "〒100-0057 東京都千代田区住吉2-6-5"
    assert (block.address.postal_code, block.address.locality) == ("100-0057", "千代田区")


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("18 Mill Lane", "Leeds LS14AB"), "18 Mill Lane, Leeds LS1 4AB"),
        (("18 Mill Lane", "London EC2V7HN"), "18 Mill Lane, London EC2V 7HN"),
        (("210 Front Street W", "Toronto ON M5V2T6"), "210 Front Street W, Toronto ON M5V 2T6"),
        (("Keizersgracht 40", "1015CR Amsterdam"), "Keizersgracht 40, 1015 CR Amsterdam"),
        (("18 Mill Lane", "CardiffCF81NB"), "18 Mill Lane, Cardiff CF8 1NB"),
    ],
)
def test_the_halves_of_a_code_are_kept_apart(read, printed):
    """British, Canadian and Dutch codes whose blank was lost."""
    (block,) = find_addresses(laid_out(*read))
    assert block.address.full == printed
    assert block.address.postal_code in printed
    assert " " in block.address.postal_code


@pytest.mark.parametrize(
    ("read", "full"),
    [
        (("Plavecká 143 - o10 11 Žilina - Slovensko",), "Plavecká 143 - 010 11 Žilina - Slovensko"),
        (("Rantakatu 3", "O218o Espoo"), "Rantakatu 3, 02180 Espoo"),
        (("Rantakatu 3", "o2o18 Espoo"), "Rantakatu 3, 02018 Espoo"),
        (("Drumul Viilor nr. 7", "708257 lași"), "Drumul Viilor nr. 7, 708257 lași"),
        (("Drumul Viilor nr. 7", "708257 Iași"), "Drumul Viilor nr. 7, 708257 Iași"),
    ],
)
def test_slips_in_codes_and_towns_do_not_hide_an_address(read, full):
    """A letter o for a nought, and a capital I that was read as an l."""
    assert fulls(*read) == [full]
