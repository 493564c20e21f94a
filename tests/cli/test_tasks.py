"""`cardscan tasks` as a person uses it from day to day."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardscan.record import Promise
from tests.plan.invented import CommandLine, at, one, only, person, tasks_in

NOW = "2026-03-16T08:00"


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_ids_may_be_short_but_not_ambiguous(cardscan: CommandLine) -> None:
    """`done` takes the start of an id; one that fits several tasks is refused."""
    task = one(cardscan.plan([person()]), "handwritten-note")
    cardscan("tasks", "done", task.id[:7], "--now", NOW)
    assert cardscan.code == 0
    cardscan("tasks", "done", "t-", "--now", NOW)
    assert cardscan.code == 2 and "several" in cardscan.err
    cardscan("tasks", "done", task.id, "--now", NOW)
    assert cardscan.code == 2 and "done already" in cardscan.err


def test_ids_may_come_through_a_pipe(cardscan: CommandLine) -> None:
    """`-` stands for the task lines on stdin; without any, or with a line that is none, nothing is done."""
    cardscan.plan([person()])
    agenda = cardscan("tasks", "--all", "--now", NOW, "--format", "jsonl").splitlines(keepends=True)
    chosen = [line for line in agenda if "supplies" in line or "debrief" in line]
    assert len(chosen) > 1
    for wrong in ("", "".join(chosen) + "no line\n"):
        cardscan("tasks", "done", "-", "--now", NOW, stdin=wrong)
        assert cardscan.code == 2 and "task lines on stdin" in cardscan.err
    cardscan("tasks", "drop", "-", "--why", "no", "--now", NOW, stdin="".join(chosen))
    assert cardscan.code == 0
    left = cardscan("tasks", "--all", "--now", NOW, "--format", "jsonl").splitlines(keepends=True)
    assert {task.id for task in tasks_in("".join(chosen))}.isdisjoint(task.id for task in tasks_in("".join(left)))


def test_done_tells_what_is_next(cardscan: CommandLine) -> None:
    """What was unlocked is printed with its new date and a short id that can be typed back."""
    tasks = cardscan.plan([person()], "--playbook", "system")
    cardscan.done(*only(tasks, "supplies"), *only(tasks, "debrief"), now=NOW)
    out = cardscan("tasks", "done", one(tasks, "handwritten-note").id, "--now", NOW, "--format", "table")
    said = out.splitlines()
    assert said[0] == "Done: Write and mail a thank-you card to Jane Doe"
    assert said[1].startswith("Next: Mail Jane Doe about them") and "Wed 18 Mar" in said[1]
    assert one(tasks, "email").id.startswith(said[1].split()[-1])


def test_undo_takes_back_the_last_change_then_the_one_before(cardscan: CommandLine) -> None:
    """Undo twice brings back two changes; a third time there is nothing to take back."""
    tasks = cardscan.plan([person()], "--playbook", "lemonade", now="2026-03-15T08:00")
    card = one(tasks, "handwritten-note")
    cardscan("tasks", "snooze", card.id, "--until", "2026-03-18", "--now", "2026-03-16T08:00")
    cardscan("tasks", "drop", card.id, "--why", "no", "--now", "2026-03-16T09:00")
    cardscan("tasks", "undo", "--now", "2026-03-16T09:01")
    assert one(cardscan.agenda(now="2026-03-16T09:01"), "handwritten-note").reason is None
    cardscan("tasks", "undo", "--now", "2026-03-16T09:02")
    cardscan("tasks", "undo", "--now", "2026-03-16T09:03")
    assert cardscan.code == 2 and "nothing to take back" in cardscan.err
    assert one(cardscan.agenda(now="2026-03-16T09:03"), "handwritten-note").snoozed_until is None


def test_snoozed_tasks_wait_and_come_back(cardscan: CommandLine) -> None:
    """A snoozed task has no time before its day, waits until then, and is open on it."""
    task = one(cardscan.plan([person()], "--playbook", "lemonade"), "handwritten-note")
    cardscan("tasks", "snooze", task.id, "--until", "2026-03-20", "--now", NOW)
    asleep = one(cardscan.agenda(now=NOW), "handwritten-note")
    assert asleep.status == "waiting" and (asleep.start or "") >= "2026-03-20" and "snoozed" in (asleep.why.date or "")
    assert one(cardscan.plan((), "--playbook", "lemonade", now="2026-03-20T08:00"), "handwritten-note").status == "open"
    cardscan("tasks", "snooze", task.id, "--until", "2026-03-01", "--now", NOW)
    assert cardscan.code == 2 and "after today" in cardscan.err


def test_what_was_missed_gets_a_new_time(cardscan: CommandLine) -> None:
    """The agenda of the next morning has no slot in the past, and what is done in between is not there."""
    tasks = cardscan.plan([person(), person("Tom Berg")], now="2026-03-15T08:00")
    cardscan.done(one(tasks, "handwritten-note", "Tom Berg"), now="2026-03-15T10:00")
    later = cardscan.agenda(now="2026-03-18T12:00")
    starts = [at(task.start) for task in later if task.start]
    assert starts and min(starts) >= at("2026-03-18T12:00:00-05:00")
    assert not only(later, "handwritten-note", "Tom Berg") and only(later, "handwritten-note", "Jane Doe")


def test_actions_keep_to_the_playbook_of_the_plan(cardscan: CommandLine) -> None:
    """After `plan --playbook lemonade --focus 1`, doing a step plans on with these, not with the default."""
    tasks = cardscan.plan([person(), person("Tom Berg")], "--playbook", "lemonade", "--focus", "1")
    kinds = {(task.contact_name, task.kind) for task in tasks}
    cardscan.done(one(tasks, "handwritten-note", "Jane Doe"), now="2026-03-15T10:00")
    assert {(task.contact_name, task.kind) for task in cardscan.agenda("--closed", now="2026-03-15T10:00")} == kinds


def test_no_answer_is_a_try_and_no_contact(cardscan: CommandLine) -> None:
    """A call that nobody picked up does not move staying in touch, nor end the retries."""
    tasks = cardscan.plan([person()], "--playbook", "combined")
    before = only(tasks, "keep-in-touch")[0].due
    cardscan.log("Jane Doe", "called, no answer", now=NOW)
    assert "a try without an answer" in cardscan.err
    assert only(cardscan.agenda(now=NOW), "keep-in-touch")[0].due == before
    cardscan.done(one(tasks, "email"), now="2026-03-17T09:00")
    cardscan.done(one(tasks, "call"), now="2026-03-19T09:00", options=["--no-answer"])
    assert len(only(cardscan.agenda(now="2026-03-19T09:00"), "retry")) == 2


def test_log_makes_tasks_of_what_was_promised(cardscan: CommandLine) -> None:
    """What the logged words promise becomes a task; whom they mean may be part of a name."""
    cardscan.plan([person(), person("Tom Berg")])
    cardscan.log("jane", "talked, I will send the deck by Friday", now=NOW)
    promise = next(task for task in cardscan.agenda(now=NOW) if task.promise)
    assert promise.contact_name == "Jane Doe" and "deck" in (promise.promise or "")
    cardscan("tasks", "log", "o", "hello", "--now", NOW)
    assert cardscan.code == 2 and "several people" in cardscan.err


def test_dismissing_someone_with_an_open_promise_needs_a_reason(cardscan: CommandLine) -> None:
    """Without --why a promise is not thrown away; keep brings person and tasks back."""
    cardscan.plan([person(note="send deck", promises=(Promise("send deck"),))])
    cardscan("tasks", "dismiss", "Jane Doe", "--now", NOW)
    assert cardscan.code == 2 and "as promised to Jane Doe" in cardscan.err
    cardscan("tasks", "dismiss", "Jane Doe", "--why", "left the trade", "--now", NOW)
    assert not only(cardscan.agenda(now=NOW), name="Jane Doe")
    cardscan("tasks", "keep", "Jane Doe", "--now", NOW)
    assert one(cardscan.agenda(now=NOW), "handwritten-note")


def test_the_table_fits_eighty_columns_and_says_what_to_do(cardscan: CommandLine) -> None:
    """Long titles are wrapped, not cut; today has its heading and its minutes."""
    name = "Maximiliane-Alexandra von Hohenstein-Wittgenburg"
    cardscan.plan([person(name, note="x", topics=("refrigerated containers for the island trade",))], now=NOW)
    table = cardscan("tasks", "--all", "--explain", "--now", NOW, "--format", "table")
    assert max(len(line) for line in table.splitlines()) <= 80
    assert table.startswith("Today, Mon 16 Mar (") and "Wittgenburg" in table and "Later, without a time yet" in table


def test_actions_print_lines_in_a_pipe(cardscan: CommandLine) -> None:
    """With jsonl an action prints the tasks it changed."""
    task = one(cardscan.plan([person()], "--playbook", "system"), "handwritten-note")
    changed = tasks_in(cardscan("tasks", "done", task.id, "--now", NOW, "--format", "jsonl"))
    assert next(each for each in changed if each.id == task.id).completed == "2026-03-16T08:00:00-05:00"
