"""CSV: the exact headers of each importer, every value in its column, no formula anywhere."""

from __future__ import annotations

import csv
import io
import re

import pytest

from cardscan.export import dump
from tests.people import ATTACKS, JANE, SHOP, hostile

CSVS = ["csv", "google-csv", "outlook-csv", "hubspot-csv", "salesforce-csv"]


def rows(name: str, *cards) -> list[dict[str, str]]:
    """The rows of one format by column."""
    return list(csv.DictReader(io.StringIO(dump(name, cards, ()), newline="")))


@pytest.mark.parametrize("name", CSVS)
def test_headers_are_unique_and_rows_full(name: str) -> None:
    """Each row has as many cells as the header, each column its own name."""
    table = list(csv.reader(io.StringIO(dump(name, (JANE, SHOP), ()), newline="")))
    assert len(set(table[0])) == len(table[0])
    assert {len(row) for row in table} == {len(table[0])}
    assert len(table) == 3


def test_google_has_googles_columns() -> None:
    """The columns of Google Contacts' own export, numbered groups as many as needed."""
    header = dump("google-csv", (JANE, SHOP), ()).split("\r\n")[0]
    assert header.startswith(
        "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
        "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,"
        "Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,"
        "Phone 1 - Label,Phone 1 - Value"
    )
    assert "Address 2 - Label,Address 2 - Formatted,Address 2 - Street,Address 2 - City,Address 2 - PO Box" in header
    jane = rows("google-csv", JANE, SHOP)[0]
    assert jane["Labels"] == "SXSW, Austin; 2026 ::: * myContacts"
    assert [jane[f"Phone {n} - Label"] for n in range(1, 5)] == ["Work", "Mobile", "Work Fax", "Other"]
    assert jane["Phone 1 - Value"] == "+14155550132 ext. 204"
    assert jane["Address 1 - Postal Code"] == "62701"


def test_outlook_has_outlooks_columns() -> None:
    """61 columns, values where Outlook looks for them, what has no column in the notes."""
    jane, shop = rows("outlook-csv", JANE, SHOP)
    assert len(jane) == 61
    assert jane["Business Phone"] == "+14155550132 ext. 204"
    assert jane["Mobile Phone"] == "+4915112345678"
    assert jane["Business Fax"] == "+14155550133"
    assert jane["Other Phone"] == "555-0199"
    assert jane["E-mail 2 Address"] == "jane@doe.example"
    assert jane["Business Country/Region"] == "United States"
    assert "linkedin: https://www.linkedin.com/in/janedoe" in jane["Notes"]
    assert shop["Company"] == "Bäckerei Sonnenkorn"


def test_hubspot_and_salesforce_have_their_names() -> None:
    """Every header is a label of HubSpot's group `contactinformation`, or a field of Salesforce's Lead."""
    labels = {
        "firstname": "First Name", "lastname": "Last Name", "email": "Email", "phone": "Phone Number",
        "mobilephone": "Mobile Phone Number", "fax": "Fax Number", "jobtitle": "Job Title", "company": "Company Name",
        "website": "Website URL", "address": "Street Address", "city": "City", "state": "State/Region",
        "zip": "Postal Code", "country": "Country/Region", "salutation": "Salutation", "message": "Message",
    }  # fmt: skip
    assert set(rows("hubspot-csv", JANE)[0]) == set(labels.values())
    lead = (
        "Salutation FirstName MiddleName LastName Suffix Title Company Email Phone MobilePhone Fax Website Street City"
        " State PostalCode Country LeadSource Description"
    )
    assert set(rows("salesforce-csv", JANE)[0]) == set(lead.split())


def test_outlook_has_the_columns_of_its_own_export() -> None:
    """The header line is that of outlook.live.com, to the letter."""
    assert dump("outlook-csv", (JANE,), ()).split("\r\n")[0] == (
        "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,"
        "E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,"
        "Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,"
        "Radio Phone,Telex,"
        "TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,"
        "Assistant's Phone,Company Yomi,Business Street,Business City,Business State,Business Postal Code,"
        "Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,"
        "Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,"
        "Web Page,Birthday,Anniversary,Notes"
    )


def test_hubspot_and_salesforce_get_what_they_require() -> None:
    """HubSpot gets an e-mail to tell people apart; a Salesforce lead always has a last name and a company."""
    assert rows("hubspot-csv", JANE)[0]["Email"] == "jane.doe@acme.example"
    jane, shop = rows("salesforce-csv", JANE, SHOP)
    assert (jane["LastName"], jane["Company"], jane["LeadSource"]) == (
        "Doe",
        "Acme Freight GmbH, Köln",
        "SXSW, Austin; 2026",
    )
    assert (shop["LastName"], shop["Company"]) == ("[not provided]", "Bäckerei Sonnenkorn")


def test_plain_csv_has_all_values() -> None:
    """Every value of a full card is in its row."""
    text = " ".join(rows("csv", JANE)[0].values())
    for value in (
        "Dr.", "Jane", "Q.", "Doe", "PhD", "ジェーン・ドウ", "VP Operations", "Board Member; Treasurer", "Cold Chain",
        "+14155550132 ext. 204", "+4915112345678", "+14155550133", "555-0199", "jane@doe.example", "Springfield",
        "https://acme.example/team?x=1,2;3", "Hinterm Deich, Husum", "linkedin", "x: jdoe", "2026-03-14", "sailing",
    ):  # fmt: skip
        assert value in text, value


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("name", CSVS)
def test_no_cell_is_a_formula(name: str, attack: str) -> None:
    """No cell begins with a sign that a spreadsheet would compute, and no text adds a row."""
    card = hostile(attack)[0]
    table = list(csv.reader(io.StringIO(dump(name, (card,), ()), newline="")))
    assert len(table) == 2
    for cell in table[1]:
        assert not re.match(r"\s*[=+\-@]", cell), cell
        assert not set(cell) & set("\x00\x1b\r\u202e")


def test_a_telephone_number_stays_a_number() -> None:
    """+14155550132 is kept as it is: importers need the plus, and as a formula it would be itself."""
    assert rows("csv", SHOP)[0]["other_phones"] == "+43112345678"
