"""iCalendar, todo.txt, Taskwarrior, Markdown: tasks read back by other programs' readers."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.export import dump, ics, jsonl
from cardscan.export.text import plain
from tests.people import ATTACKS, JANE, SHOP, TASKS, hostile


def todos(text: str) -> dict[str, icalendar.Todo]:
    """The to-dos of a calendar by UID."""
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    return {str(todo["UID"]): todo for todo in calendar.todos}


def test_a_todo_comes_back() -> None:
    """Times in UTC, status, priority, alarm, the reason and what it depends on: all as the task has them."""
    found = todos(ics.dump(TASKS))
    card, mail = found["t-card"], found["t-mail"]
    assert card.decoded("DUE") == datetime(2026, 3, 15, 23, 22, tzinfo=UTC)
    assert card.decoded("DTSTART") == datetime(2026, 3, 15, 14, 0, tzinfo=UTC)
    assert card["SUMMARY"] == "Write and mail a thank-you card to Jane Doe"
    assert int(card["PRIORITY"]) == 1
    assert "system/5" in card["DESCRIPTION"] and "- stamp" in card["DESCRIPTION"]
    alarm = card.walk("VALARM")[0]
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-5)
    assert mail["SUMMARY"] == "Mail Jane Doe; ask, listen"
    assert str(mail["RELATED-TO"]) == "t-card"
    assert mail["RELATED-TO"].params["RELTYPE"] == "DEPENDS-ON"
    assert mail.walk("VALARM")[0]["TRIGGER"].params["RELATED"] == "END"


def test_states_are_those_of_the_standard() -> None:
    """Open and waiting need action, done is completed with its time, dropped is cancelled and has no alarm."""
    found = todos(ics.dump(TASKS))
    assert {uid: str(todo["STATUS"]) for uid, todo in found.items()} == {
        "t-card": "NEEDS-ACTION",
        "t-mail": "NEEDS-ACTION",
        "t-done": "COMPLETED",
        "t-gone": "CANCELLED",
        "t-free": "NEEDS-ACTION",
    }
    assert found["t-done"].decoded("COMPLETED") == datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert not found["t-done"].walk("VALARM")
    assert "Dropped: They closed" in found["t-gone"]["DESCRIPTION"]


def test_slots_can_be_events() -> None:
    """With events, a task that has a slot is a VEVENT of its length; the rest stay to-dos."""
    calendar = icalendar.Calendar.from_ical(ics.dump(TASKS, events=True))
    event = calendar.walk("VEVENT")[0]
    assert str(event["UID"]) == "t-card"
    assert event.decoded("DTSTART") == datetime(2026, 3, 15, 14, 0, tzinfo=UTC)
    assert event.decoded("DURATION") == timedelta(minutes=10)
    assert len(calendar.todos) == 4


def test_equal_tasks_give_equal_bytes() -> None:
    """Nothing of the clock is in a calendar, so a sync sends only what changed."""
    assert ics.dump(TASKS) == ics.dump(TASKS)
    assert "\r\n" in ics.dump(TASKS)


def test_a_second_reader_agrees() -> None:
    """vobject reads the same to-dos as icalendar."""
    calendar = vobject.readOne(ics.dump(TASKS))
    assert {item.uid.value: item.summary.value for item in calendar.vtodo_list} == {
        uid: str(todo["SUMMARY"]) for uid, todo in todos(ics.dump(TASKS)).items()
    }


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("events", [False, True])
def test_no_text_becomes_a_component(attack: str, events: bool) -> None:
    """A hostile title or note is text in one to-do: no line, property or component of its own, no controls."""
    text = ics.dump([hostile(attack)[1]], events)
    assert text.count("BEGIN:VTODO") == 1  # RFC 5545, 3.6.2, as it goes over the wire: before any reader mends it
    names = {re.split("[:;]", line)[0] for line in text.replace("\r\n ", "").split("\r\n")}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "CATEGORIES", "CONTACT", "DESCRIPTION", "DTSTAMP", "DUE", "PRIORITY",
        "RELATED-TO", "STATUS", "SUMMARY", "UID", "ACTION", "TRIGGER", "",
    }  # fmt: skip
    assert not set(text.replace("\r\n", "")) & set("\x00\x1b\r\n\x07\u202e\u2066\x85\u2028")
    assert len(todos(text)) == 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_title_is_read_back(text: str) -> None:
    """A title of any characters comes back as `plain` made it."""
    assert str(todos(ics.dump([hostile("t" + text)[1]]))["t-eve"]["SUMMARY"]) == plain("t" + text)


@pytest.mark.parametrize("due", ["nonsense", "0001-01-01T00:00:00+14:00", "2026-03-17", "9999-12-31T23:59:59-14:00"])
def test_odd_times_do_not_break_an_export(due: str) -> None:
    """A time that cannot be told is left out; the task is still there."""
    from dataclasses import replace

    odd = replace(TASKS[1], due=due)
    assert "t-mail" in todos(ics.dump([odd]))
    assert len(json.loads(dump("taskwarrior", (), [odd]))) == 1


def test_todotxt_is_one_line_a_task() -> None:
    """Priority, due date, id and dependencies as todo.txt and its extensions have them; dropped tasks are left out."""
    lines = dump("todotxt", (), TASKS).splitlines()
    assert lines[0] == "(A) Write and mail a thank-you card to Jane Doe @handwritten-note due:2026-03-15 id:t-card"
    assert lines[1].endswith("@email due:2026-03-17 id:t-mail dep:t-card")
    assert lines[2].startswith("x 2026-03-09 Call ")
    assert len(lines) == 4


@pytest.mark.parametrize("attack", ATTACKS)
def test_todotxt_titles_say_nothing_of_their_own(attack: str) -> None:
    """A title cannot set a due date, a project, a context or a second line."""
    text = dump("todotxt", (), [hostile(attack)[1]])
    assert text.count("\n") == 1
    words = text.split()
    assert [word for word in words if word.startswith("due:")] == ["due:2026-03-17"]
    assert not [word for word in words if re.match(r"\+\w", word)]
    assert [word for word in words if re.match(r"@\w", word)] == ["@email"]


def test_taskwarrior_gets_what_import_needs() -> None:
    """Stable UUIDs, its own names for states, dependencies by UUID, times as it writes them."""
    items = json.loads(dump("taskwarrior", (), TASKS))
    by_name = {item["description"]: item for item in items}
    card, mail = by_name["Write and mail a thank-you card to Jane Doe"], by_name["Mail Jane Doe; ask, listen"]
    assert mail["depends"] == [card["uuid"]]
    assert (card["status"], card["priority"], card["due"]) == ("pending", "H", "20260315T232200Z")
    assert by_name["Call"]["status"] == "completed" and by_name["Call"]["end"] == "20260309T100000Z"
    assert by_name["Send"]["status"] == "deleted"
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i["uuid"]) for i in items
    )
    stamps = [note["entry"] for note in card["annotations"]]
    assert len(set(stamps)) == len(stamps)
    assert dump("taskwarrior", (), TASKS) == dump("taskwarrior", (), TASKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_holds_no_markup_of_theirs(attack: str) -> None:
    """Hostile text has no live HTML, link, picture or heading."""
    card, task = hostile(attack)
    text = dump("markdown", (card,), (task,))
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\((?!\\)", text)
    assert not re.search(r"<(?!https://)[^>]*>", text)
    assert sum(line.startswith("#") for line in text.splitlines()) == 3
    assert not set(text) & set("\x00\x1b\r\u202e")


def test_markdown_reads_well() -> None:
    """Contacts with their values, tasks with boxes."""
    text = dump("markdown", (JANE,), TASKS)
    assert "## Dr. Jane Q. Doe, PhD" in text
    assert "- [ ] 2026-03-15: Write and mail a thank-you card to Jane Doe" in text
    assert "- [x] 2026-03-10: Call" in text


def test_jsonl_is_what_cardscan_reads() -> None:
    """Each line loads as the record it was."""
    from cardscan import wire

    text = jsonl.dump((JANE, SHOP), TASKS)
    assert [wire.loads(line) for line in text.splitlines()] == [JANE, SHOP, *TASKS]


def test_every_format_is_known_by_its_name() -> None:
    """Each name of the registry writes something, and the empty list nothing that breaks."""
    from cardscan.export import FORMATS

    for name in FORMATS:
        assert dump(name, (JANE, SHOP), TASKS)
        dump(name, (), ())
