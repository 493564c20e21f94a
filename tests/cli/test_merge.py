"""`cardscan merge`, and what the other commands make of merged cards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cardscan import wire
from cardscan.record import Card, Kinship, Note, NoteFacts, Promise
from cardscan.store import Store
from tests.flat_card import LINES
from tests.kinship.situations import card
from tests.plan.invented import CommandLine

FIRST = {
    "photo": "fair25/IMG_1.jpg", "taken": "2025-05-06T15:00:00", "event": "Harbour Fair", "name": "Ilse Brandtner",
    "titles": ["Buyer"], "organization": "Brandtner Boats GmbH", "phones": ["mobile +4915550001234"],
    "emails": ["ilse.brandtner@brandtner-boats.example"],
}  # fmt: skip
AGAIN = FIRST | {
    "photo": "fair26/IMG_9.jpg", "taken": "2026-05-05T11:00:00", "event": "Sail Days", "titles": ["Head of Purchasing"],
}  # fmt: skip
MOVED = AGAIN | {"organization": "Kielwater Yachts AG", "emails": ["i.brandtner@kielwater.example"]}
FRONT = {
    "photo": "p/IMG_20.jpg", "taken": "2026-05-05T12:00:00", "name": "Jonas Rehwald", "organization": "Rehwald Optik",
    "emails": ["jonas.rehwald@rehwald-optik.example"],
}  # fmt: skip
BACK = {
    "photo": "p/IMG_21.jpg", "taken": "2026-05-05T12:00:09", "organization": "Rehwald Optik",
    "urls": ["https://rehwald-optik.example/team"], "note": "send catalogue",
}  # fmt: skip
NOW = "2026-05-06T09:00"


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)


def keep(cardscan: CommandLine, *given: dict[str, Any]) -> list[Card]:
    """Put cards into the store as a scan does, under ids c-1, c-2 …"""
    cards = [card(f"c-{place}", one) for place, one in enumerate(given, start=1)]
    with Store.open(str(cardscan.store)) as store:
        for each in cards:
            assert each.source.sha256
            store.put_photo(each.source.sha256, [each])
    return cards


def merged(cardscan: CommandLine, *arguments: str) -> list[Kinship]:
    """What `merge` prints."""
    out = cardscan("merge", *arguments, "--format", "jsonl", "--now", NOW)
    assert cardscan.code == 0, cardscan.err
    return [wire.convert(json.loads(line), Kinship) for line in out.splitlines()]


def exported(cardscan: CommandLine, *arguments: str) -> list[Card]:
    """The contacts as JSON lines."""
    out = cardscan("export", "--to", "jsonl", *arguments)
    assert cardscan.code == 0, cardscan.err
    return [wire.convert(json.loads(line), Card) for line in out.splitlines()]


def test_met_twice_is_one_contact_with_both_meetings(cardscan: CommandLine) -> None:
    """The proposal has reasons in words; carried out, every export has one contact that knows both events."""
    keep(cardscan, FIRST, AGAIN)
    (proposal,) = merged(cardscan)
    assert proposal.sure and proposal.decision is None
    assert {"name", "email", "mobile"} <= {reason.field for reason in proposal.reasons}
    table = cardscan("merge", "--format", "table")
    assert "one person" in table and "the same e-mail address, ilse.brandtner@brandtner-boats.example" in table
    assert len(exported(cardscan)) == 2

    assert [each.decision for each in merged(cardscan, "--auto")] == ["merged"]
    (one,) = exported(cardscan)
    assert one.id == "c-1" and one.event.name == "Sail Days"
    assert [event.name for event in one.met_before] == ["Harbour Fair"]
    assert one.contact is not None and [title.value for title in one.contact.titles] == ["Head of Purchasing", "Buyer"]
    text = cardscan("export", "--to", "vcard")
    assert text.count("BEGIN:VCARD") == 1
    assert "Met: Sail Days" in text and "Met: Harbour Fair" in text
    assert cardscan.stats(now=NOW)["overall"]["contacts"] == 1
    assert len(exported(cardscan, "--unmerged")) == 2, "every card is still there by itself"
    assert merged(cardscan) == []


def test_undo_brings_both_back_and_no_rule_joins_them_again(cardscan: CommandLine) -> None:
    """Taken back, the two are two; `--auto` leaves what a person took back; by hand they can be merged again."""
    keep(cardscan, FIRST, AGAIN)
    merged(cardscan, "--auto")
    assert [each.decision for each in merged(cardscan, "--undo")] == ["unmerged"]
    assert len(exported(cardscan)) == 2
    assert merged(cardscan, "--auto") == []
    assert len(merged(cardscan)) == 1, "it is still proposed"
    merged(cardscan, "c-2", "c-1")
    (one,) = exported(cardscan)
    assert one.id == "c-2", "the first named stands for the contact"
    history = merged(cardscan, "--all")
    assert [(each.decision, each.by) for each in history] == [
        ("merged", "rule"), ("unmerged", "person"), ("merged", "person"),
    ]  # fmt: skip
    cardscan("merge", "--undo", "c-9")
    assert cardscan.code == 2 and "c-9" in cardscan.err


def test_a_pair_of_the_review_is_listed_and_taken_back(cardscan: CommandLine) -> None:
    """What `b` of the review put together is in the history as a person's word, and `--undo` parts it again."""
    keep(cardscan, BACK | {"taken": "2026-05-05T14:00:00"}, FRONT)
    cardscan("review", "c-1", "--plain", "--now", NOW, stdin="b\nc-2\nq\n")
    (one,) = exported(cardscan)
    assert (one.id, [kin.id for kin in one.kin]) == ("c-2", ["c-1"])
    ((kind, decision, by, at),) = [(e.kind, e.decision, e.by, e.at) for e in merged(cardscan, "--all")]
    assert (kind, decision, by) == ("side", "merged", "person") and at is not None and at.startswith(NOW)
    assert [each.decision for each in merged(cardscan, "--undo")] == ["unmerged"]
    assert [(each.id, each.source.side, each.source.other_side) for each in exported(cardscan)] == [
        ("c-2", "front", None), ("c-1", "front", None),
    ]  # fmt: skip


def test_a_contact_joined_in_the_review_is_taken_back_whole(cardscan: CommandLine) -> None:
    """What `m` of the review made one is in the history as a person's word; parted again, both are as they were."""
    keep(cardscan, FIRST, FRONT)
    before = exported(cardscan)
    cardscan("review", "c-1", "--plain", "--now", NOW, stdin="m\nc-2\nq\n")
    (one,) = exported(cardscan)
    assert (one.id, [kin.id for kin in one.kin]) == ("c-1", ["c-2"])
    ((decision, by, at),) = [(e.decision, e.by, e.at) for e in merged(cardscan, "--all")]
    assert (decision, by) == ("merged", "person") and at is not None and at.startswith(NOW)
    assert [each.decision for each in merged(cardscan, "--undo")] == ["unmerged"]
    assert exported(cardscan) == before


def test_two_people_stay_two(cardscan: CommandLine) -> None:
    """What a person calls two people is not proposed again, and a rescan does not forget it."""
    cards = keep(cardscan, FIRST, AGAIN)
    merged(cardscan, "--different", "c-1", "c-2")
    with Store.open(str(cardscan.store)) as store:
        for each in cards:
            assert each.source.sha256
            store.put_photo(each.source.sha256, [each])
    assert merged(cardscan) == [] and merged(cardscan, "--auto") == []
    assert len(exported(cardscan)) == 2


def test_a_change_of_job_is_asked_and_then_remembered(cardscan: CommandLine) -> None:
    """It is not sure; merged by hand, the new job is current, the old one former, the number the person's."""
    keep(cardscan, FIRST, MOVED)
    (proposal,) = merged(cardscan)
    assert not proposal.sure
    assert any(not reason.agrees and "Kielwater" in reason.text for reason in proposal.reasons)
    assert merged(cardscan, "--auto") == []
    merged(cardscan, "c-1", "c-2")
    (one,) = exported(cardscan)
    assert one.contact is not None
    assert [each.value for each in one.contact.organizations] == ["Kielwater Yachts AG"]
    assert [each.value for each in one.contact.emails] == ["i.brandtner@kielwater.example"]
    assert len(one.contact.phones) == 1
    assert {each.role: each.value for each in one.contact.other} == {
        "former-organization": "Brandtner Boats GmbH",
        "former-title": "Buyer",
        "former-email": "ilse.brandtner@brandtner-boats.example",
    }
    assert "Former title: Buyer" in cardscan("export", "--to", "vcard")


def test_a_back_goes_with_its_front(cardscan: CommandLine) -> None:
    """One contact with the front's and the back's values, each of which knows where it was read; undone, two cards."""
    keep(cardscan, FRONT, BACK)
    (pair,) = merged(cardscan, "--auto")
    assert (pair.kind, pair.card, pair.other) == ("side", "c-1", "c-2")
    front, back = exported(cardscan, "--unmerged")
    assert (front.source.side, front.source.other_side) == ("front", "c-2")
    assert (back.source.side, back.source.other_side) == ("back", "c-1")
    (one,) = exported(cardscan)
    assert one.contact is not None
    (url,) = one.contact.urls
    assert [note.text for note in one.notes] == ["send catalogue"]
    assert one.lines[one.notes[0].lines[0]] == replace(back.lines[-1], card="c-2")
    assert url.value == "https://rehwald-optik.example/team"
    assert {line.card for line in one.lines} == {None, "c-2"}
    assert one.kin[0].source.path == "p/IMG_21.jpg"
    merged(cardscan, "--undo", "c-2")
    front, back = exported(cardscan)
    assert front.source.other_side is None and back.source.side == "front"


def test_what_was_done_before_the_merge_stays_done(cardscan: CommandLine) -> None:
    """Two photos of one card were planned for apart; merged, the card that was written counts, and nothing is twice."""
    copy = FIRST | {"photo": "fair25/IMG_7.jpg"}
    first, second = keep(cardscan, FIRST, copy)
    promised = Note("send list", facts=NoteFacts(text="send list", promises=(Promise("send list", "2025-05-20"),)))
    with Store.open(str(cardscan.store)) as store:
        store.put_card(replace(first, notes=(promised,)), replace(second, notes=(promised,)))
    at = "2025-05-07T08:00"
    tasks = cardscan.plan(now=at)
    written = next(task for task in tasks if task.contact_id == "c-2" and task.kind == "handwritten-note")
    kept = next(task for task in tasks if task.contact_id == "c-2" and task.promise)
    cardscan.done(written, kept, now="2025-05-07T12:00")
    out = cardscan("merge", "c-1", "c-2", "--now", "2025-05-07T13:00", "--format", "jsonl")
    assert cardscan.code == 0, cardscan.err + out
    left = [task for task in cardscan.agenda("--all", now="2025-05-07T14:00") if task.contact_id]
    assert {task.contact_id for task in left} == {"c-1"}
    assert not [task for task in left if task.kind == "handwritten-note" or task.promise]
    assert len({(task.kind, task.title, task.due) for task in left}) == len(left)
    cardscan("merge", "--undo", "--now", "2025-05-07T15:00")
    apart = cardscan.agenda("--all", now="2025-05-07T15:00")
    assert {task.contact_id for task in apart if task.contact_id} == {"c-1", "c-2"}
    assert [task.contact_id for task in apart if task.kind == "handwritten-note"] == ["c-1"]


def test_who_is_met_again_is_followed_up_again(cardscan: CommandLine) -> None:
    """The thank-you card of the first meeting is history; the second meeting gets its own, for the same contact."""
    keep(cardscan, FIRST)
    first = next(task for task in cardscan.plan(now="2025-05-07T08:00") if task.kind == "handwritten-note")
    cardscan.done(first, now="2025-05-07T12:00")
    with Store.open(str(cardscan.store)) as store:
        store.put_photo("bb", [replace(card("c-2", AGAIN), id="c-2")])
    merged(cardscan, "--auto")
    tasks = cardscan.plan(now=NOW)
    notes = [task for task in tasks if task.kind == "handwritten-note"]
    assert sorted(task.status for task in notes) == ["done", "open"]
    assert {task.contact_id for task in notes} == {"c-1"}


def test_a_pipe_is_merged_too(cardscan: CommandLine) -> None:
    """Card lines that no store knows: backs and sure copies become one contact on their way."""
    cards = [card("c-1", FIRST), card("c-2", AGAIN), card("c-3", FRONT)]
    lines = "".join(wire.dumps(each) + "\n" for each in cards)
    text = cardscan("export", "--to", "vcard", "-", stdin=lines)
    assert text.count("BEGIN:VCARD") == 2
    folded = cardscan("export", "--to", "jsonl", "-", stdin=lines)
    again = cardscan("export", "--to", "jsonl", "-", stdin=folded)
    assert again == folded, "folding what is folded changes nothing"


@pytest.mark.parametrize(
    "arguments", [["c-1"], ["c-1", "c-1"], ["--auto", "c-1", "c-2"], ["--side", "c-1"], ["--undo"], ["c-1", "c-77"]]
)
def test_what_cannot_be_meant_is_a_usage_error(cardscan: CommandLine, arguments: list[str]) -> None:
    """Exit code 2 and a sentence; nothing changes."""
    keep(cardscan, FIRST, AGAIN)
    cardscan("merge", *arguments)
    assert cardscan.code == 2 and cardscan.err
    assert len(exported(cardscan)) == 2


def test_hostile_text_is_shown_harmlessly(cardscan: CommandLine) -> None:
    """Escape sequences in names and file names reach no terminal."""
    evil = {"name": "Eve\x1b[31m Mallory", "photo": "a\x1b]0;x\x07.jpg"}
    keep(cardscan, FIRST | evil, AGAIN | evil | {"photo": "b\x1b.jpg"})
    table = cardscan("merge", "--format", "table")
    assert "Eve" in table and "\x1b" not in table


def test_scan_pairs_front_and_back(tmp_path: Path, cardscan: CommandLine) -> None:
    """Two photos, one after the other: the lines name each other, the contact holds both, a rescan keeps the pair."""
    from PIL import Image, ImageDraw, ImageFont

    photos = tmp_path / "photos"
    photos.mkdir()
    back = (("Brightwater Mills", 60, 200), ("www.brightwater-mills.co.uk/flour", 40, 320))
    for name, texts in (("IMG_0001.png", LINES), ("IMG_0002.png", back)):
        drawn = Image.new("RGB", (1050, 600), (250, 249, 245))
        for text, size, top in texts:
            ImageDraw.Draw(drawn).text((70, top), text, fill=(30, 34, 48), font=ImageFont.load_default(size))
        drawn.save(photos / name)
    for options in ([], ["--rescan"]):
        out = cardscan("scan", str(photos), "--jobs", "1", "--format", "jsonl", *options)
        front, reverse = (wire.convert(json.loads(line), Card) for line in out.splitlines())
        assert (front.source.side, front.source.other_side) == ("front", reverse.id)
        assert (reverse.source.side, reverse.source.other_side) == ("back", front.id)
        assert "1 contacts from 2 photos, 1 backs put to their fronts" in cardscan.err
    (one,) = exported(cardscan)
    assert one.contact is not None and one.contact.name is not None
    assert one.contact.name.full == "Orla Fennick"
    assert any("flour" in url.value for url in one.contact.urls)


def test_show_tells_the_whole_contact(cardscan: CommandLine) -> None:
    """The contact with its kin and where each value was read; the folded card says what it is part of."""
    keep(cardscan, FRONT, BACK, FIRST, AGAIN)
    merged(cardscan, "--auto")
    shown = cardscan("show", "c-1", "--format", "table")
    assert "with c-2, its back  p/IMG_21.jpg" in shown and "rehwald-optik.example/team" in shown
    assert "met 2025-05-06 at Harbour Fair, too" in cardscan("show", "c-3", "--format", "table")
    assert cardscan("show", "c-2", "--format", "table").startswith("part of c-1")
