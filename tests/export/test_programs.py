"""Other programs read what we write: Taskwarrior, and every contact format of the sample cards' truth."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
import vobject
from khard.contacts import Contact as KhardContact

from cardscan.export import jcard, jscontact, taskwarrior, vcard, vdir
from tests.export.truth import CARDS, PEOPLE, facts, of_vcard
from tests.people import CIRCLED, TASKS


def test_the_samples_are_enough() -> None:
    """At least 24 photos with at least as many people, with values of every kind among them."""
    assert len({card.source.path for card in CARDS}) >= 24
    assert len(PEOPLE) >= 24
    assert all(any(facts(person)[field] for person in PEOPLE) for field in facts(PEOPLE[0]))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_vcards_give_every_field_back(version: vcard.Version) -> None:
    """vobject reads each value of each sample equal."""
    read = list(vobject.readComponents(vcard.dump(CARDS, version)))
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
            "also": held.get("nickname", []),
            "profiles": held.get("socialprofile", []),
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
            "also": [each["name"] for each in held.get("nicknames", {}).values()],
            "profiles": [each.get("uri") or each["user"] for each in held.get("onlineServices", {}).values()],
        } == facts(person)


def test_khard_gives_every_field_back(tmp_path: Path) -> None:
    """khard's own reader, on the vdir that we write, gives each value of each sample equal."""
    vdir.write(tmp_path, {person.uid: vcard.one(person) for person in PEOPLE}, "vcf")
    for person in PEOPLE:
        file = tmp_path / vdir.file_name(person.uid, "vcf")
        held = KhardContact.from_file(None, str(file), supported_private_objects=["Socialprofile"])
        assert held is not None and held.uid == person.uid
        wanted = facts(person)
        names = (held._get_first_names(), held._get_last_names())
        assert [held.formatted_name, *map(" ".join, names)] == wanted["name"]
        assert sorted(flat(held.titles)) == sorted(wanted["titles"])
        assert sorted(flat(held.organisations)) == sorted(wanted["organizations"])
        assert sorted(each for group in held.phone_numbers.values() for each in group) == sorted(wanted["phones"])
        assert sorted(each for group in held.emails.values() for each in group) == sorted(wanted["emails"])
        assert sorted(flat(held.webpages)) == sorted(wanted["urls"])
        streets = [each["street"] for group in held.post_addresses.values() for each in group]
        assert sorted(flat(streets)) == sorted(wanted["addresses"])
        assert [line for note in flat(held.notes) for line in note.splitlines()] == wanted["note"]
        assert sorted(flat(held.nicknames)) == sorted(wanted["also"])
        assert sorted(flat(held._get_private_objects().get("Socialprofile", []))) == sorted(wanted["profiles"])


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_khard_calls_the_circled_number_first(tmp_path: Path, version: vcard.Version) -> None:
    """khard knows which number is preferred, in both versions: it is the one that `khard phone` takes."""
    (tmp_path / "one.vcf").write_text(vcard.dump([CIRCLED], version), newline="")
    held = KhardContact.from_file(None, str(tmp_path / "one.vcf"))
    assert held is not None
    (preferred,) = [numbers for kind, numbers in held.phone_numbers.items() if "pref" in kind]
    assert preferred == ["+4915112345678"]


def flat(values: object) -> list[str]:
    """The texts in khard's lists, which nest where a value has parts or a label."""
    if isinstance(values, str):
        return [values]
    assert isinstance(values, Iterable)
    return [text for each in (values.values() if isinstance(values, dict) else values) for text in flat(each)]


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
