"""`cardscan plan` as a person or a script calls it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cardscan import wire
from cardscan.record import Promise
from tests.plan.invented import CommandLine, one, only, person, tasks_in


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_lines_are_those_of_the_published_schema(cardscan: CommandLine) -> None:
    """Every printed task fits the JSON Schema that `cardscan schema task` prints."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(wire.json_schema("task"))
    out = cardscan("plan", "-", "--now", "2026-03-15T08:00", stdin=wire.dumps(person()))
    for line in out.splitlines():
        validator.validate(json.loads(line))


def test_cards_from_a_pipe_are_kept_and_a_dry_run_keeps_nothing(cardscan: CommandLine) -> None:
    """After `plan -` the tasks are in the store; with --dry-run nothing is."""
    cardscan.plan([person()], "--dry-run")
    assert cardscan.agenda(now="2026-03-15T09:00") == []
    planned = cardscan.plan([person()])
    assert {task.id for task in cardscan.agenda(now="2026-03-15T08:00")} == {task.id for task in planned}


def test_planning_again_brings_open_tasks_up_to_date(cardscan: CommandLine) -> None:
    """A changed note changes the task under its id, adds what is new, and brings nothing twice."""
    card = person(note="send deck", promises=(Promise("send deck", "2026-03-20"),))
    first = cardscan.plan([card])
    note = replace(card.notes[0], facts=replace(card.notes[0].facts, promises=(Promise("send deck", "2026-03-25"),)))
    second = cardscan.plan([replace(card, notes=(note,))])
    assert [task.id for task in first].sort() == [task.id for task in second].sort()
    old, new = (next(task for task in tasks if task.promise) for tasks in (first, second))
    assert old.id == new.id and (old.due or "") < (new.due or "")


def test_the_date_of_meeting_comes_from_the_best_source(cardscan: CommandLine) -> None:
    """Note before --met-on before EXIF before the file's date; the plan says which."""
    from cardscan.record import Met

    noted = person("Ana Lima", met_from="option", note="met 12 Mar", met=Met(date="2026-03-12"))
    by_option = person("Eva Novak", met_from="option", met_on="2026-03-13")
    by_photo = person("Tom Berg", met_from=None, met_on=None)
    by_photo = replace(by_photo, source=replace(by_photo.source, taken_at="2026-03-14T18:22:00"))
    by_file = person("Ida Holm", met_from="file", taken=None)
    unknown = person("Max Muster", met_from=None, met_on=None, taken=None)
    tasks = cardscan.plan([noted, by_option, by_photo, by_file, unknown])
    said = {task.contact_name: (task.why.met_on_from, task.why.date or "") for task in only(tasks, "handwritten-note")}
    assert {name: source for name, (source, _) in said.items()} == {
        "Ana Lima": "note", "Eva Novak": "option", "Tom Berg": "exif", "Ida Holm": "file", "Max Muster": None,
    }  # fmt: skip
    assert "Thu 12 Mar 2026, after the note" in said["Ana Lima"][1]
    assert "No date of meeting for Max Muster" in cardscan.err
    again = one(cardscan.plan(now="2026-03-19T08:00"), "handwritten-note", "Max Muster")
    assert again.due == one(tasks, "handwritten-note", "Max Muster").due


def test_explain_says_rules_note_and_date(cardscan: CommandLine) -> None:
    """The table with --explain names the rules, the words of the note and how the date was found, in 80 columns."""
    card = person(note="Met @ SXSW", topics=("rail",))
    out = cardscan("plan", "-", "--explain", "--format", "table", "--now", "2026-03-15T08:00", stdin=wire.dumps(card))
    assert "system/5" in out and "Met @ SXSW" in out and "24 hours after you met (Sat 14 Mar 2026, 18:22" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_hostile_text_does_not_reach_the_terminal(cardscan: CommandLine) -> None:
    """Escape sequences in a name or a note are not printed."""
    card = person("Jane\x1b]0;owned\x07 Doe", note="x\x9b31m\u202e", event="E\x1b[2J")
    out = cardscan("plan", "-", "--explain", "--format", "table", "--now", "2026-03-15T08:00", stdin=wire.dumps(card))
    assert cardscan.code == 0 and not set(out + cardscan.err) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_event_from_and_block(cardscan: CommandLine) -> None:
    """--event plans for its people only, --from gives no time earlier, --block sets the time of day."""
    cards = [person(), person("Tom Berg", event="Expo 2026")]
    tasks = cardscan.plan(cards, "--event", "expo", "--from", "2026-03-23", "--block", "17:00-18:00")
    assert {task.contact_name for task in tasks if task.contact_id} == {"Tom Berg"}
    starts = [task.start for task in tasks if task.start and task.kind != "call"]
    assert starts and min(starts) >= "2026-03-23" and all("T17:" in start for start in starts if "T08" not in start)
    cardscan("plan", "--event", "nowhere", "--now", "2026-03-15T08:00")
    assert cardscan.code == 2 and "Expo 2026, SXSW" in cardscan.err


def test_country_changes_the_holidays(cardscan: CommandLine) -> None:
    """Good Friday is no working day in Germany, and one in the United States."""
    cardscan.settings('country = "US"\ntime_zone = "America/Chicago"\n')
    promises = (Promise("send deck", "2026-04-03"),)
    card = person(met_on="2026-04-01", phone=None, address=None, note="x", promises=promises)
    german = next(task for task in cardscan.plan([card], "--country", "DE", now="2026-04-01T20:00") if task.promise)
    assert german.due is not None and german.due.startswith("2026-04-02")
    research = [
        one(cardscan.plan([card], "--country", country, now="2026-04-01T20:00"), "research").due or ""
        for country in ("US", "de")
    ]
    assert [due[:10] for due in research] == ["2026-04-03", "2026-04-07"]


def test_broken_lines_are_told_and_the_rest_is_done(cardscan: CommandLine) -> None:
    """A line that is no card is named with its number; the exit code is 4."""
    out = cardscan("plan", "-", "--now", "2026-03-15T08:00", stdin="nonsense\n" + wire.dumps(person()) + "\n")
    assert cardscan.code == 4 and "line 1" in cardscan.err and tasks_in(out)


def test_own_playbooks_and_what_is_wrong_with_them(cardscan: CommandLine) -> None:
    """A playbook in the user's folder is found by name; mistakes are told with file, key and what is allowed."""
    folder = cardscan.config / "playbooks"
    folder.mkdir(parents=True)
    own = folder / "mine.toml"
    own.write_text(
        'schema = "cardscan/playbook/1"\nname = "mine"\nmerge = ["lemonade"]\nwithout = ["call", "propose-meeting"]\n'
        '[[step]]\nid = "gift"\nkind = "send"\ntitle = "Send {name} a jar of honey"\nrules = ["mine/1"]\n'
        'when = { from = "thank-you", by = "1 week" }\ndepends_on = ["thank-you"]\nfor = { all = ["address"] }\n',
        encoding="utf-8",
    )
    tasks = cardscan.plan([person(note="hit it off", hit_it_off=True)], "--playbook", "mine")
    assert [task.kind for task in tasks] == ["handwritten-note", "send"]
    gift = one(tasks, "send")
    assert gift.title == "Send Jane Doe a jar of honey" and gift.why.rules == ("mine/1",)
    good = own.read_text(encoding="utf-8")
    for wrong, said in [
        (good.replace('"send"', '"sned"'), "kind: 'sned' is not one of"),
        (good.replace("{name}", "{nmae}"), "did you mean 'name'?"),
        (good.replace("{name}", "{name.__class__}"), "is not a variable"),
        (good.replace("1 week", "a week"), "'a week' is not a time step"),
        (good.replace('["address"]', '["adress"]'), "did you mean 'address'?"),
        (good.replace("depends_on", "dependson"), "unknown key 'dependson' (did you mean 'depends_on'?)"),
        (
            good.replace('from = "thank-you"', 'from = "thankyou"'),
            "no step 'thankyou' (did you mean 'thank-you'?)",
        ),
        (good.replace("merge", "schema2"), "unknown key 'schema2'"),
        (good + "[[step]]\n", "id: is missing"),
        ("][", "not TOML"),
    ]:
        own.write_text(wrong, encoding="utf-8")
        cardscan("plan", "--playbook", "mine", "--now", "2026-03-15T08:00")
        assert cardscan.code == 2 and said in cardscan.err and "mine.toml" in cardscan.err, cardscan.err
    cardscan("plan", "--playbook", "nosuch")
    assert cardscan.code == 2 and "known: combined, frishman" in cardscan.err


def test_playbooks_can_wait_for_each_other_only_one_way(cardscan: CommandLine) -> None:
    """Steps that wait in a circle, and playbooks that merge each other, are refused."""
    folder = cardscan.config / "playbooks"
    folder.mkdir(parents=True)
    step = '[[step]]\nid = "{0}"\nkind = "send"\ntitle = "x"\nwhen = {{ from = "{1}", by = "1 day" }}\n'
    head = 'schema = "cardscan/playbook/1"\nname = "ring"\n'
    (folder / "ring.toml").write_text(head + step.format("a", "b") + step.format("b", "a"), encoding="utf-8")
    cardscan("plan", "--playbook", "ring")
    assert cardscan.code == 2 and "wait for each other: a, b" in cardscan.err
    (folder / "ring.toml").write_text(head + 'merge = ["ring"]\n' + step.format("a", "met"), encoding="utf-8")
    cardscan("plan", "--playbook", "ring")
    assert cardscan.code == 2 and "no end" in cardscan.err


def test_deadlines_that_cannot_be_kept_are_said(cardscan: CommandLine) -> None:
    """Twenty cards to write in an hour: the warning counts what is late, and the table marks it."""
    cards = [person(f"Guest Number{number}") for number in range(20)]
    cardscan.plan(cards, "--playbook", "lemonade", now="2026-03-15T08:00")
    assert "14 deadlines cannot be kept in 09:00-10:00 a day" in cardscan.err
    table = cardscan("plan", "--playbook", "lemonade", "--now", "2026-03-15T08:00", "--format", "table")
    assert sum("!" in line for line in table.splitlines()) == 14


def test_a_promise_that_the_playbook_ignores_is_said(cardscan: CommandLine) -> None:
    """lemonade has nothing on promises: the user is told that one was made."""
    cardscan.plan([person(note="send deck", promises=(Promise("send deck"),))], "--playbook", "lemonade")
    assert "The playbook lemonade plans no promises, and you promised something to Jane Doe" in cardscan.err
