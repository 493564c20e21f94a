"""Other programs read what we write: Taskwarrior, and every contact format of the sample cards' truth."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
import vobject

from cardscan.export import dump, jcard, jscontact, taskwarrior, vcard
from cardscan.export.person import Person, people
from cardscan.record import Address, Card, Contact, Email, Name, Note, Organization, Phone, Source, Title, Url
from tests.export.samples import TASKS

TRUTH = Path(__file__).parents[2] / "samples" / "truth.jsonl"


def sample_cards() -> list[Card]:
    """Every card of the samples as it is in truth."""
    found = []
    for line in TRUTH.read_text("utf-8").splitlines():
        photo = json.loads(line)
        for index, held in enumerate(photo["cards"]):
            fields = held["fields"]
            names = [
                Name(
                    text,
                    given=text.rpartition(" ")[0],
                    family=text.rpartition(" ")[2],
                    also=tuple(fields["names_also"]),
                )
                for text in fields["names"]
            ]
            contact = Contact(
                name=names[0] if names else None,
                titles=tuple(map(Title, fields["titles"])),
                organizations=tuple(map(Organization, fields["organizations"])),
                phones=tuple(Phone(p["e164"], p["raw"], None, p["type"], True) for p in fields["phones"]),
                emails=tuple(map(Email, fields["emails"])),
                urls=tuple(Url(url if "://" in url else f"https://{url}") for url in fields["urls"]),
                addresses=tuple(map(Address, fields["addresses"])),
            )
            notes = tuple(Note(note["text"]) for note in held["notes"] if note["text"])
            found.append(
                Card(f"c-{photo['file'].split('/')[-1][:2]}-{index}", Source(photo["file"]), contact, notes=notes)
            )
    return found


CARDS = sample_cards()
PEOPLE = people(CARDS)


def facts(person: Person) -> dict[str, list[str]]:
    """What a contact says, as lists of texts by field."""
    return {
        "name": [person.display, person.given, person.family],
        "titles": list(person.titles),
        "organizations": [name for name, _ in person.organizations],
        "phones": [number.spoken for number in person.phones],
        "emails": list(person.emails),
        "urls": list(person.urls),
        "addresses": [place.full for place in person.places],
        "note": person.note.splitlines(),
    }


def of_vcard(held: vobject.base.Component) -> dict[str, list[str]]:
    """The same of a vCard that vobject has read."""

    def values(name: str) -> list:
        return [item.value for item in held.contents.get(name, [])]

    return {
        "name": [held.fn.value, held.n.value.given, held.n.value.family],
        "titles": values("title"),
        "organizations": [value[0] for value in values("org")],
        "phones": [value.removeprefix("tel:") for value in values("tel")],
        "emails": values("email"),
        "urls": values("url"),
        "addresses": [value.street for value in values("adr")],
        "note": [line for value in values("note") for line in value.splitlines()],
    }


def test_the_samples_are_enough() -> None:
    """At least 24 photos with at least as many people, with values of every kind among them."""
    assert len({card.source.path for card in CARDS}) >= 24
    assert len(PEOPLE) >= 24
    assert all(any(facts(person)[field] for person in PEOPLE) for field in facts(PEOPLE[0]))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_vcards_give_every_field_back(version: str) -> None:
    """vobject reads each value of each sample equal."""
    read = list(vobject.readComponents(vcard.dump(CARDS, version)))  # type: ignore[arg-type]
    assert [of_vcard(each) for each in read] == [facts(person) for person in PEOPLE]


def test_jcard_gives_every_field_back() -> None:
    """Each value of each sample stands equal in the arrays of RFC 7095."""
    for person, (_, properties) in zip(PEOPLE, json.loads(jcard.dump(CARDS)), strict=True):
        held: dict[str, list] = {}
        for name, _, _, value in properties:
            held.setdefault(name, []).append(value)
        family, given, *_ = held["n"][0] if "n" in held else ("", "")
        assert {
            "name": [held["fn"][0], given, family],
            "titles": held.get("title", []),
            "organizations": [value if isinstance(value, str) else value[0] for value in held.get("org", [])],
            "phones": [value.removeprefix("tel:") for value in held.get("tel", [])],
            "emails": held.get("email", []),
            "urls": held.get("url", []),
            "addresses": [value[2] for value in held.get("adr", [])],
            "note": [line for value in held.get("note", []) for line in value.splitlines()],
        } == facts(person)


def test_jscontact_gives_every_field_back() -> None:
    """Each value of each sample stands equal in the properties of RFC 9553."""
    for person, held in zip(PEOPLE, json.loads(jscontact.dump(CARDS)), strict=True):
        parts = {part["kind"]: part["value"] for part in held["name"].get("components", [])}
        assert {
            "name": [held["name"]["full"], parts.get("given", ""), parts.get("surname", "")],
            "titles": [each["name"] for each in held.get("titles", {}).values()],
            "organizations": [each["name"] for each in held.get("organizations", {}).values()],
            "phones": [each["number"] for each in held.get("phones", {}).values()],
            "emails": [each["address"] for each in held.get("emails", {}).values()],
            "urls": [each["uri"] for each in held.get("links", {}).values()],
            "addresses": [each["full"] for each in held.get("addresses", {}).values()],
            "note": [line for each in held.get("notes", {}).values() for line in each["note"].splitlines()],
        } == facts(person)


def test_csv_gives_every_field_back() -> None:
    """A CSV reader gets each value of each sample equal, none lost and none twice."""
    rows = list(csv.DictReader(io.StringIO(dump("csv", CARDS, []).removeprefix("\ufeff"), newline="")))
    for person, row in zip(PEOPLE, rows, strict=True):
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


def listed(cell: str) -> list[str]:
    """The values of a cell; a mark against formulas before a value is no part of it."""
    return [value.lstrip("'") for value in cell.split(" | ") if value]


@pytest.mark.needs("task")
def test_taskwarrior_imports_twice_without_doubles(tmp_path: Path) -> None:
    """`task import` takes every task with its state, deadline and dependency; a second import changes nothing."""
    (tmp_path / "rc").write_text("")
    environment = {**os.environ, "TASKRC": str(tmp_path / "rc"), "TASKDATA": str(tmp_path), "TZ": "UTC"}

    def task(*arguments: str, stdin: str = "") -> str:
        run = subprocess.run(
            ["task", "rc.confirmation=off", "rc.recurrence=off", "rc.gc=off", "rc.json.array=on", *arguments],
            input=stdin, capture_output=True, text=True, env=environment, timeout=120, check=True,
        )  # fmt: skip
        return run.stdout

    task("import", "-", stdin=taskwarrior.dump(TASKS))
    once = json.loads(task("export"))
    by_title = {each["description"]: each for each in once}
    assert len(once) == len(TASKS)
    card, mail = by_title["Write and mail a thank-you card to Jane Doe"], by_title["Mail Jane Doe; ask, listen"]
    assert (card["due"], card["scheduled"], card["priority"]) == ("20260315T232200Z", "20260315T140000Z", "H")
    assert mail["depends"] in (card["uuid"], [card["uuid"]])
    assert {each["description"]: each["status"] for each in once} == {
        "Write and mail a thank-you card to Jane Doe": "pending",
        "Mail Jane Doe; ask, listen": "pending",
        "Call": "completed",
        "Send": "deleted",
        "Buy stamps": "pending",
    }
    task("import", "-", stdin=taskwarrior.dump(TASKS))
    volatile = {"modified", "urgency", "entry", "id"}
    again = [{key: value for key, value in each.items() if key not in volatile} for each in json.loads(task("export"))]
    assert again == [{key: value for key, value in each.items() if key not in volatile} for each in once]
