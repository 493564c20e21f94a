"""What importers of address books get: every value of the samples that their columns can hold, equal."""

from __future__ import annotations

import configparser
import csv
import io
import re

import pytest

from cardscan.export import dump
from tests.export.truth import CARDS, PEOPLE, facts


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV by column, without the mark against formulas."""
    text = dump(name, CARDS, [])
    return [
        {key: value.removeprefix("'") for key, value in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def listed(cell: str) -> list[str]:
    """The values of a cell; a mark against formulas before a value is no part of it."""
    return [value.lstrip("'") for value in cell.split(" | ") if value]


def test_csv_gives_every_field_back() -> None:
    """A CSV reader gets each value of each sample equal, none lost and none twice."""
    for person, row in zip(PEOPLE, rows("csv"), strict=True):
        wanted = facts(person)
        phones = [row[key] for key in ("work_phone", "mobile_phone", "home_phone", "fax", "other_phones")]
        assert [row["name"], row["given"], row["family"]] == wanted["name"]
        assert listed(row["title"]) == wanted["titles"]
        assert row["organization"] == (wanted["organizations"] or [""])[0]
        assert sorted(listed(" | ".join(phones))) == sorted(wanted["phones"])
        assert listed(f"{row['email']} | {row['other_emails']}") == wanted["emails"]
        assert listed(f"{row['url']} | {row['other_urls']}") == wanted["urls"]
        assert listed(row["address"]) == wanted["addresses"]
        assert row["note"].splitlines() == wanted["note"]
        assert listed(row["also"]) == wanted["also"]
        profiles = [profile.partition(": ")[2] if ": " in profile else profile for profile in listed(row["profiles"])]
        assert profiles == wanted["profiles"]


def test_google_gives_every_field_back() -> None:
    """Google's numbered columns hold all values of each kind, however many."""

    def numbered(row: dict[str, str], kind: str, part: str = "Value") -> list[str]:
        columns = [key for key in row if re.fullmatch(rf"{kind} \d+ - {part}", key)]
        return [row[key] for key in columns if row[key]]

    for person, row in zip(PEOPLE, rows("google-csv"), strict=True):
        wanted = facts(person)
        assert [row["File As"], row["First Name"], row["Last Name"]] == wanted["name"]
        assert row["Organization Title"] == ", ".join(wanted["titles"])
        assert row["Organization Name"] == (wanted["organizations"] or [""])[0]
        assert numbered(row, "Phone") == wanted["phones"]
        assert numbered(row, "E-mail") == wanted["emails"]
        assert numbered(row, "Website") == wanted["urls"] + wanted["profiles"]
        assert numbered(row, "Address", "Formatted") == wanted["addresses"]
        assert row["Notes"].splitlines() == wanted["note"]
        assert row["Nickname"] == ", ".join(wanted["also"])


def test_outlook_gives_every_field_back() -> None:
    """Each value is in its column, or in the notes where Outlook has no column left; none is lost."""
    for person, row in zip(PEOPLE, rows("outlook-csv"), strict=True):
        wanted, held = facts(person), "\n".join(row.values())
        assert [row["First Name"], row["Last Name"]] == wanted["name"][1:]
        assert row["Job Title"] == ", ".join(wanted["titles"])
        for kind in ("organizations", "phones", "emails", "urls", "addresses", "note", "profiles", "also"):
            assert [value for value in wanted[kind] if value not in held] == [], kind


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("hubspot-csv", ("First Name", "Last Name", "Job Title", "Company Name", "Email", "Website URL",
                         "Street Address", "Message", ("Phone Number", "Mobile Phone Number", "Fax Number"))),
        ("salesforce-csv", ("FirstName", "LastName", "Title", "Company", "Email", "Website", "Street", "Description",
                            ("Phone", "MobilePhone", "Fax"))),
    ],
)  # fmt: skip
def test_customer_databases_get_the_first_of_each(name: str, columns: tuple) -> None:
    """They hold one value of a kind: it is the first; numbers stand in the column of their type."""
    given, family, title, company, email, url, street, note, phones = columns
    for person, row in zip(PEOPLE, rows(name), strict=True):
        wanted = facts(person)
        missing = {"[not provided]": ""}
        assert [row[given], missing.get(row[family], row[family])] == wanted["name"][1:]
        assert row[title] == ", ".join(wanted["titles"])
        assert missing.get(row[company], row[company]) == (wanted["organizations"] or [""])[0]
        assert row[email] == (wanted["emails"] or [""])[0]
        assert row[url] == (wanted["urls"] or [""])[0]
        assert row[street] == (wanted["addresses"] or [""])[0]
        assert row[note].splitlines() == wanted["note"]
        shown = [row[column] for column in phones]
        assert shown == [person.number("work", "other", "home"), person.number("mobile"), person.number("fax")]
        assert all(number in wanted["phones"] for number in shown if number)


def test_abook_and_mutt_give_mail_addresses_back() -> None:
    """abook's file has each person's addresses, name and numbers; mutt's aliases have every address once."""
    parser = configparser.RawConfigParser(strict=True, comment_prefixes=("#",), delimiters=("=",))
    parser.read_string(dump("abook", CARDS, []))
    for number, person in enumerate(PEOPLE):
        held, wanted = parser[str(number)], facts(person)
        assert held["name"] == person.display
        assert held.get("email", "").split(",") == (wanted["emails"] or [""])
        assert held.get("address", "") == (wanted["addresses"] or [""])[0]
        assert held.get("mobile", "") == person.number("mobile")
        assert held.get("url", "") == (wanted["urls"] or [""])[0]
    aliases = re.findall(r"<(.*)>$", dump("mutt", CARDS, []), re.M)
    assert aliases == [email for person in PEOPLE for email in facts(person)["emails"]]
