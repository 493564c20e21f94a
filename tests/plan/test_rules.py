"""One test for each published rule, through the command line, that shows what the rule makes the program do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cardscan import wire
from cardscan.plan import load_rules
from cardscan.record import Meeting, Note, Offer, Promise, Referral
from tests.plan.invented import BERLIN, CommandLine, at, one, only, person, scribbled


def test_every_rule_has_its_test_and_its_place(cardscan: CommandLine) -> None:
    """`plan --rules` lists 33 rules; each names a test that exists, and each step that serves it."""
    out = cardscan("plan", "--rules", "--format", "table")
    rules = load_rules()
    assert len(rules) == 33
    tests = Path(__file__).parent.parent
    for rule in rules:
        file, _, name = rule.test.partition("::")
        assert f"def {name}(" in (tests / file).read_text(encoding="utf-8")
        assert rule.id in out and name in out
        assert rule.steps or rule.where != "plan" or rule.id == "system/1"
    assert max(len(line) for line in out.splitlines()) <= 80


def test_frishman_1(cardscan: CommandLine) -> None:
    """Everyone has a task or is dismissed; stats lists those who have neither."""
    forgotten = person("Eva Novak")
    cardscan.plan([person(), person("Tom Berg", event=None, email=False, phone=None, address=None)])
    cardscan("plan", "-", "--dry-run", stdin=wire.dumps(forgotten))
    assert cardscan.stats()["unplanned"] == []
    cardscan.plan([forgotten, person()])
    for task in only(cardscan.agenda(now="2026-03-15T09:00"), name="Eva Novak"):
        cardscan("tasks", "drop", task.id, "--why", "not now", "--now", "2026-03-15T09:00")
    assert [entry["contact_name"] for entry in cardscan.stats()["unplanned"]] == ["Eva Novak"]
    cardscan("tasks", "dismiss", "Eva Novak", "--now", "2026-03-15T09:00")
    assert cardscan.stats()["unplanned"] == []


@pytest.mark.parametrize("playbook", ["frishman", "combined"])
def test_frishman_2(cardscan: CommandLine, playbook: str) -> None:
    """The first task is due within one business day: met on a Friday, by Monday."""
    card = person(met_on="2026-03-13")
    tasks = only(cardscan.plan([card], "--playbook", playbook, now="2026-03-13T19:00"), name="Jane Doe")
    first = min(tasks, key=lambda task: task.due or "")
    assert "frishman/2" in first.why.rules
    assert at(first.due).date().isoformat() <= "2026-03-16"


def test_frishman_3(cardscan: CommandLine) -> None:
    """A meeting in the note becomes a dated meeting; 'let's get together' a task to propose times."""
    lunch = person(note="lunch Thursday 12:30", meeting=Meeting("lunch", "2026-03-19", None, "12:30"))
    range_ = person("John Roe", note="coffee wk of Apr 20", meeting=Meeting("coffee", "2026-04-20", "2026-04-24"))
    wish = person("Ida Holm", note="let's get together", meeting=Meeting("lunch"))
    tasks = cardscan.plan([lunch, range_, wish], "--playbook", "frishman")
    meal = one(tasks, "meeting", "Jane Doe")
    assert meal.start == "2026-03-19T12:30:00-05:00" and meal.title == "Have lunch with Jane Doe on Thu 19 Mar at 12:30"
    coffee = one(tasks, "meeting", "John Roe")
    assert "2026-04-20" <= (coffee.start or "") < "2026-04-25" and at(coffee.due).date().isoformat() == "2026-04-24"
    settle = next(task for task in only(tasks, "email", "John Roe") if task.draft == "meeting")
    assert at(settle.due) < at(coffee.start)
    propose = one(tasks, "meeting", "Ida Holm")
    assert propose.draft == "meeting" and at(propose.due).date().isoformat() <= "2026-03-17"
    assert all("frishman/3" in task.why.rules for task in (meal, coffee, settle, propose))


def test_frishman_4(cardscan: CommandLine) -> None:
    """Each step done unlocks the deeper one, down to staying in touch; a gatekeeper gives a task to get past."""
    tasks = cardscan.plan([person(note="gatekeeper Dana", gatekeeper="Dana")], "--playbook", "frishman")
    assert one(tasks, "call", title="Ask Dana when you can reach Jane Doe in person").why.note == "gatekeeper Dana"
    now = at("2026-03-15T10:00:00-05:00")
    for kind, deeper in [("handwritten-note", "email"), ("email", "call"), ("call", "meeting")]:
        tasks = cardscan.agenda(now=now.isoformat())
        step = next(
            task
            for task in tasks
            if task.kind == kind and "gatekeeper" not in task.title.lower() and "Dana" not in task.title
        )
        following = next(task for task in tasks if task.kind == deeper and step.id in task.depends_on)
        assert following.status == "waiting"
        cardscan.done(step, now=now.isoformat())
        unlocked = next(task for task in cardscan.agenda(now=now.isoformat()) if task.id == following.id)
        assert unlocked.status == "open" and at(unlocked.due) > now
        now += timedelta(days=4)
    assert only(cardscan.agenda(now=now.isoformat()), "keep-in-touch")


def test_frishman_5(cardscan: CommandLine) -> None:
    """Each task says in the imperative what to do, how long it takes, and has a draft where words are needed."""
    tasks = cardscan.plan([person(social="janedoe", hit_it_off=True)])
    verbs = {"Write", "Have", "Look", "Mail", "Call", "Connect", "Propose", "Stay", "Try", "Surprise"}
    for task in tasks:
        assert task.title.split()[0] in verbs and 5 <= task.minutes <= 60, task.title
        needs_words = task.kind in {"handwritten-note", "email", "call", "keep-in-touch", "retry", "appreciation"}
        assert (task.draft is not None) == (needs_words or task.kind == "meeting"), task.title
    assert all("Jane Doe" in task.title for task in tasks if task.contact_id)


def test_six_tips_1(cardscan: CommandLine) -> None:
    """What was scribbled on the card makes the tasks: promise, strategy, place and date."""
    text = "Met @ SXSW 3/12 - prospect, send pricing by Fri"
    card = replace(person(event=None, taken=None), notes=(Note(text, facts=scribbled(text)),))
    tasks = cardscan.plan([card], "--playbook", "six-tips")
    promise = one(tasks, "send")
    assert promise.promise == "send pricing" and "six-tips/1" in promise.why.rules
    assert promise.why.note == text and promise.why.met_on_from == "note"
    assert one(tasks, "meeting").draft == "meeting"  # a prospect is proposed times


def test_six_tips_2(cardscan: CommandLine) -> None:
    """A star brings a person's tasks to the front of the list and of the day's block."""
    others = [person(name) for name in ("Ana Lima", "Eva Novak", "Tom Berg")]
    starred = person("Zoe Young", note="★", priority=True)
    tasks = cardscan.plan([*others, starred], "--playbook", "six-tips", now="2026-03-16T08:00")
    names = [task.contact_name for task in tasks]
    assert names[: names.count("Zoe Young")] == ["Zoe Young"] * names.count("Zoe Young")
    today = sorted(
        (task for task in tasks if (task.start or "").startswith("2026-03-16")), key=lambda task: task.start or ""
    )
    order = [task.priority for task in today]
    assert order == sorted(order) and order[0] == 1 and {task.contact_name for task in today} > {"Zoe Young"}
    assert all(task.priority == 1 for task in only(tasks, name="Zoe Young"))
    assert "six-tips/2" in one(tasks, "research", "Zoe Young").why.rules


def test_six_tips_3(cardscan: CommandLine) -> None:
    """Thank-yous fill an hour of each business day until all are thanked, by priority, then deadline."""
    cards = [
        person(f"Guest {letter}ist", email=False, phone=None, met_on="2026-03-12") for letter in "ABCDEFGHIJKLMNOP"
    ]
    cards.append(person("Star Guest", email=False, met_on="2026-03-12", note="★", priority=True))
    tasks = only(cardscan.plan(cards, "--block", "08:30-09:30", now="2026-03-13T07:00"), "handwritten-note")
    assert len(tasks) == 17 and all("six-tips/3" in task.why.rules for task in tasks)
    days: dict[str, int] = {}
    for task in tasks:
        start = at(task.start)
        assert (start.hour, start.minute) >= (8, 30) and start + timedelta(minutes=10) <= start.replace(
            hour=9, minute=30
        )
        days[start.date().isoformat()] = days.get(start.date().isoformat(), 0) + task.minutes
    assert sorted(days) == ["2026-03-13", "2026-03-16", "2026-03-17", "2026-03-18"] and max(days.values()) <= 60
    assert min(tasks, key=lambda task: task.start or "").contact_name == "Star Guest"


def test_six_tips_4(cardscan: CommandLine) -> None:
    """Research comes before the first mail, with the card's own links; then there is a task to connect."""
    tasks = cardscan.plan([person(url="https://doe.example", social="janedoe")], "--playbook", "six-tips")
    research, mail = one(tasks, "research"), one(tasks, "email")
    assert research.checklist == ("https://doe.example", "https://www.linkedin.com/in/janedoe")
    assert research.id in mail.depends_on and at(research.start) < at(mail.start)
    connect = one(tasks, "connect")
    assert connect.title == "Connect with Jane Doe on LinkedIn"
    assert connect.checklist == ("https://www.linkedin.com/in/janedoe",)


def test_six_tips_5(cardscan: CommandLine) -> None:
    """The mail's draft names event and topic; the meeting's proposes two or three concrete times."""
    card = person(note="prospect, talked about cold chains", topics=("cold chains",), strategy="prospect")
    tasks = cardscan.plan([card], "--playbook", "six-tips")
    mail = cardscan("draft", one(tasks, "email").id, "--now", "2026-03-16T09:00")
    assert "SXSW" in mail and "cold chains" in mail
    proposal = cardscan("draft", one(tasks, "meeting").id, "--now", "2026-03-16T09:00")
    assert (
        len(re.findall(r"\d{1,2}:\d\d|\d (?:a|p)\.?m", proposal)) >= 2
        and "six-tips/5" in one(tasks, "meeting").why.rules
    )


def test_six_tips_6(cardscan: CommandLine) -> None:
    """Staying in touch comes 1, 3, 6 and 12 months after the last real contact, on the shared topic."""
    cardscan.plan([person(note="sailing", interests=("sailing",))], "--playbook", "six-tips")
    touches = only(cardscan.agenda(now="2026-03-15T09:00"), "keep-in-touch")
    assert [task.due[:7] for task in touches if task.due] == ["2026-04", "2026-06", "2026-09", "2027-03"]
    assert all("sailing" in task.title for task in touches)
    cardscan.log("Jane Doe", "met her at the harbour", now="2026-05-04T10:00")
    moved = only(cardscan.agenda(now="2026-05-04T10:00"), "keep-in-touch")
    assert [task.due[:10] for task in moved if task.due] == ["2026-06-04", "2026-08-04", "2026-11-04", "2027-05-04"]
    cardscan.done(moved[0], now="2026-06-02T10:00")
    after = only(cardscan.agenda(now="2026-06-02T10:00"), "keep-in-touch")
    assert [task.due[:10] for task in after if task.due] == ["2026-09-02", "2026-12-02", "2027-06-02"]


def test_six_tips_7(cardscan: CommandLine) -> None:
    """Every promise is a dated task, and an overdue one heads every list, before the starred."""
    promised = person(note="send deck", promises=(Promise("send deck", "2026-03-18"), Promise("call her")))
    tasks = cardscan.plan([promised, person("Zoe Young", note="★", priority=True)], "--playbook", "six-tips")
    assert {task.promise for task in tasks if task.promise} == {"send deck", "call her"}
    assert all(task.due for task in tasks if task.promise)
    later = cardscan.agenda(now="2026-03-24T08:00")
    assert [bool(task.promise) for task in later[:3]] == [True, True, False]
    assert cardscan("tasks", "--now", "2026-03-24T08:00", "--format", "table").startswith("Overdue promises (2 tasks")
    assert [bool(task.promise) for task in cardscan.plan(now="2026-03-24T08:00")[:3]] == [True, True, False]


def test_lemonade_1(cardscan: CommandLine) -> None:
    """The card is due by the end of the day after, on a Sunday too."""
    task = one(cardscan.plan([person()], "--playbook", "lemonade"), "handwritten-note")
    assert task.due == "2026-03-15T23:59:00-05:00" and task.draft == "card"
    assert task.start is not None and task.start < task.due


def test_lemonade_2(cardscan: CommandLine) -> None:
    """Having hit it off gives a call, then a coffee."""
    tasks = cardscan.plan([person(note="hit it off!", hit_it_off=True)], "--playbook", "lemonade")
    call, coffee = one(tasks, "call"), one(tasks, "meeting")
    assert call.title == "Call Jane Doe and set up a coffee" and "lemonade/2" in call.why.rules
    assert call.id in coffee.depends_on and "coffee" in coffee.title and coffee.status == "waiting"


def test_lemonade_3(cardscan: CommandLine) -> None:
    """Without it the plan is the note alone."""
    tasks = cardscan.plan([person()], "--playbook", "lemonade")
    assert [task.kind for task in tasks] == ["handwritten-note"] and "lemonade/3" in tasks[0].why.rules


def test_lemonade_4(cardscan: CommandLine) -> None:
    """With --focus 1 the best of the event gets the full plan, the others the note."""
    best = person("Zoe Young", note="hit it off", hit_it_off=True)
    cards = [person("Ana Lima"), best, person("Tom Berg")]
    tasks = cardscan.plan(cards, "--focus", "1", "--playbook", "lemonade")
    kinds = {name: {task.kind for task in only(tasks, name=name)} for name in ("Ana Lima", "Zoe Young", "Tom Berg")}
    assert kinds == {
        "Ana Lima": {"handwritten-note"},
        "Tom Berg": {"handwritten-note"},
        "Zoe Young": {"handwritten-note", "call", "meeting"},
    }
    assert "lemonade/4" in one(tasks, "handwritten-note", "Ana Lima").why.rules


def test_lemonade_5(cardscan: CommandLine, tmp_path: Path) -> None:
    """Drafts do not sell, and the linter names the words of a letter that does."""
    tasks = cardscan.plan([person()])
    letter = tmp_path / "letter.txt"
    letter.write_text(cardscan("draft", one(tasks, "email").id, "--now", "2026-03-16T09:00"), encoding="utf-8")
    cardscan("draft", "--lint", str(letter))
    assert cardscan.code == 0
    letter.write_text("Hi Jane, our product is the best price in town, buy now!", encoding="utf-8")
    said = cardscan("draft", "--lint", str(letter)) + cardscan.err
    assert "lemonade/5" in said


def test_six_rules_1(cardscan: CommandLine) -> None:
    """A promise outlives replanning, another playbook, and even its note, until it is dropped with a reason."""
    card = person(note="send deck", promises=(Promise("send deck", "2026-03-18"),))
    first = next(task for task in cardscan.plan([card]) if task.promise)
    for options in (["--playbook", "lemonade"], ["--focus", "1"], ["--playbook", "frishman"]):
        again = next(task for task in cardscan.plan([person()], *options) if task.promise)
        assert (again.id, again.due, again.status) == (first.id, first.due, "open")
    cardscan("tasks", "drop", first.id, "--now", "2026-03-16T09:00")
    assert cardscan.code == 2  # not without a reason
    cardscan("tasks", "drop", first.id, "--why", "she has it already", "--now", "2026-03-16T09:00")
    dropped = next(task for task in cardscan.plan([card], now="2026-03-17T08:00") if task.promise)
    assert (dropped.status, dropped.reason) == ("dropped", "she has it already")


def test_six_rules_2(cardscan: CommandLine) -> None:
    """A promise two or more days away is planned a business day early, with a small extra; a nearer one is not."""
    far = person(note="send deck by Mon", promises=(Promise("send deck", "2026-03-23"),))
    near = person("Tom Berg", note="send list Mon", met_on="2026-03-15", promises=(Promise("send list", "2026-03-16"),))
    tasks = cardscan.plan([far, near], now="2026-03-15T20:00")
    early = next(task for task in tasks if task.promise == "send deck")
    assert at(early.due).date().isoformat() == "2026-03-20" and "one business day earlier" in (early.why.date or "")
    assert any("extra" in line for line in early.checklist)
    assert at(next(task for task in tasks if task.promise == "send list").due).date().isoformat() == "2026-03-16"


def test_six_rules_3(cardscan: CommandLine, tmp_path: Path) -> None:
    """A draft says how often you met; calling a new acquaintance an old friend is found by the linter."""
    task = one(cardscan.plan([person()]), "email")
    assert "six-rules/3" in task.why.rules
    mail = cardscan("draft", task.id, "--now", "2026-03-16T09:00")
    assert "old friend" not in mail and "SXSW" in mail
    letter = tmp_path / "letter.txt"
    letter.write_text("Jane is an old friend of mine.", encoding="utf-8")
    assert "six-rules/3" in cardscan("draft", "--lint", str(letter)) + cardscan.err


def test_six_rules_4(cardscan: CommandLine) -> None:
    """An offer becomes a task to take it up: by call or by proposing a date."""
    card = person(note="will show me the lab", offers=(Offer("show me the lab"),))
    task = one(cardscan.plan([card], "--playbook", "six-rules"), "accept-offer")
    assert task.title == "Take up Jane Doe's offer (show me the lab): call, or propose a date"
    assert at(task.due).date().isoformat() <= "2026-03-19" and "six-rules/4" in task.why.rules


def test_six_rules_5(cardscan: CommandLine) -> None:
    """Not the one who decides: ask for the introduction, then contact that person and name who sent you."""
    card = person(note="not DM, boss is Karen Wu", decision_maker=False, referral=Referral("Karen Wu", True))
    tasks = cardscan.plan([card], "--playbook", "six-rules")
    ask, contact = one(tasks, "ask-referral"), one(tasks, "contact-referral")
    assert ask.title == "Ask Jane Doe to introduce you to Karen Wu" and ask.draft == "introduction"
    assert contact.title == "Contact Karen Wu and say that Jane Doe sent you" and ask.id in contact.depends_on
    assert at(ask.due) < at(contact.due)


def test_six_rules_6(cardscan: CommandLine) -> None:
    """A favour received is thanked for once it is done, and one surprise comes later, on no holiday."""
    card = person(note="will show me the lab", offers=(Offer("show me the lab"),))
    tasks = cardscan.plan([card], "--playbook", "six-rules")
    thanks, surprise = sorted(only(tasks, "appreciation"), key=lambda task: task.due or "")
    assert thanks.status == "waiting" and "show me the lab" in thanks.title
    assert (at(surprise.due) - at("2026-03-14T18:22:00-05:00")).days >= 70
    assert at(surprise.due).weekday() < 5
    cardscan.done(one(tasks, "accept-offer"), now="2026-03-18T10:00")
    after = next(task for task in cardscan.agenda(now="2026-03-18T10:00") if task.id == thanks.id)
    assert after.status == "open" and at(after.due).date().isoformat() == "2026-03-20"


def test_six_rules_7(cardscan: CommandLine) -> None:
    """Silence gives a second and a third try, further apart, then rest; an answer ends it."""
    tasks = cardscan.plan([person(), person("Tom Berg")], "--playbook", "six-rules")
    cardscan.done(*only(tasks, "email"), now="2026-03-17T10:00")
    second, third = only(cardscan.agenda(now="2026-03-17T10:00"), "retry", "Jane Doe")
    assert at(second.due).date().isoformat() == "2026-03-24" and third.status == "waiting"
    cardscan.log("Tom Berg", "he wrote back", now="2026-03-19T10:00")
    assert not only(cardscan.agenda(now="2026-03-19T10:00"), "retry", "Tom Berg")
    cardscan.done(second, now="2026-03-24T10:00")
    third = one(cardscan.agenda(now="2026-03-24T10:00"), "retry", "Jane Doe")
    assert at(third.due) - at("2026-03-24T10:00:00-05:00") > at(second.due) - at("2026-03-17T10:00:00-05:00")
    cardscan.done(third, now="2026-04-14T10:00")
    assert only(cardscan.agenda(now="2026-04-14T10:00"), name="Jane Doe") == []
    assert [entry["contact_name"] for entry in cardscan.stats("2026-04-20T10:00")["unanswered"]] == ["Jane Doe"]


def test_system_1(cardscan: CommandLine) -> None:
    """More than three full follow-ups of an event are warned of, with whom to keep and why."""
    cards = [person(name) for name in ("Ana Lima", "Eva Novak", "Tom Berg")]
    cardscan.plan(cards)
    assert "SXSW" not in cardscan.err
    cardscan.plan([*cards, person("Zoe Young", note="★", priority=True)])
    assert re.search(r"SXSW: 4 people .* more than 3. Keep Zoe Young \(starred", cardscan.err)


def test_system_2(cardscan: CommandLine) -> None:
    """Triage: who is kept has the full plan, note-only a card, and the dismissed no tasks at all."""
    cards = [person(), person("Tom Berg"), person("Eva Novak", status="dismissed")]
    assert not only(cardscan.plan(cards), name="Eva Novak")
    cardscan("tasks", "note-only", "Tom Berg", "--now", "2026-03-15T09:00")
    assert [task.kind for task in only(cardscan.agenda(now="2026-03-15T09:00"), name="Tom Berg")] == [
        "handwritten-note"
    ]
    cardscan("tasks", "dismiss", "Tom Berg", "--now", "2026-03-15T09:00")
    assert not only(cardscan.plan(now="2026-03-15T09:00"), name="Tom Berg")
    cardscan("tasks", "keep", "Tom Berg", "--now", "2026-03-15T09:00")
    assert one(cardscan.plan((), "--focus", "1", now="2026-03-15T09:00"), "call", "Tom Berg")


def test_system_3(cardscan: CommandLine) -> None:
    """A debrief on the day of the event, or the next morning when it was late, asks what is open about each."""
    late = [person("Eva Novak", event="Gala", met_on="2026-03-13", taken="23:40:00")]
    cards = [person(), person("Tom Berg", note="talked pricing", topics=("pricing",)), *late]
    tasks = only(cardscan.plan(cards, "--playbook", "system", now="2026-03-13T12:00"), "debrief")
    same_day = next(task for task in tasks if "SXSW" in task.title)
    assert same_day.start == "2026-03-14T18:40:00-05:00" and "Jane Doe and Tom Berg" in same_day.title
    jane, tom = sorted(same_day.checklist)
    assert "what did you talk about?" in jane and "what did you talk about?" not in tom
    assert next(task for task in tasks if "Gala" in task.title).start == "2026-03-14T08:00:00-05:00"


def test_system_4(cardscan: CommandLine) -> None:
    """One task before the first mailing counts cards and stamps, and names missing addresses."""
    cards = [person(), person("Tom Berg", address=None), person("Eva Novak", address=BERLIN)]
    tasks = cardscan.plan(cards, "--playbook", "system")
    supplies = one(tasks, "supplies")
    assert supplies.title == "Have 3 note cards and 3 stamps ready; find 1 missing postal address"
    assert supplies.checklist == ("Postal address of Tom Berg",)
    assert all(at(supplies.start) < at(task.start) for task in only(tasks, "handwritten-note"))


def test_system_5(cardscan: CommandLine, tmp_path: Path) -> None:
    """The card is due 24 hours after the meeting, weekend or not, and its draft can be printed."""
    task = one(cardscan.plan([person()], "--playbook", "system"), "handwritten-note")
    assert task.due == "2026-03-15T18:22:00-05:00" and task.start == "2026-03-15T09:10:00-05:00"
    page = tmp_path / "card.pdf"
    cardscan("draft", task.id, "--to", "pdf", "--output", str(page), "--now", "2026-03-15T09:00")
    assert cardscan.code == 0 and page.read_bytes().startswith(b"%PDF")


def test_system_6(cardscan: CommandLine) -> None:
    """The mail waits for the card and is dated from when that was done, not from the plan."""
    tasks = cardscan.plan([person()], "--playbook", "system")
    card, mail = one(tasks, "handwritten-note"), one(tasks, "email")
    assert mail.status == "waiting" and mail.depends_on == (card.id,)
    cardscan.done(card, now="2026-03-18T10:00")
    unlocked = one(cardscan.agenda(now="2026-03-18T10:00"), "email")
    assert unlocked.status == "open" and at(unlocked.due).date().isoformat() == "2026-03-20"
    assert "done Wed 18 Mar 2026" in (unlocked.why.date or "")


def test_system_7(cardscan: CommandLine) -> None:
    """The mail lists what was promised, and sending it keeps the promise; undo takes both back."""
    card = person(note="send deck", promises=(Promise("send deck", "2026-03-20"),))
    tasks = cardscan.plan([card], "--playbook", "system")
    mail, promise = one(tasks, "email"), one(tasks, "send")
    assert mail.closes == (promise.id,) and mail.checklist == ("Goes with it, as promised: send deck",)
    cardscan.done(mail, now="2026-03-17T10:00")
    assert not [task for task in cardscan.agenda(now="2026-03-17T10:00") if task.promise]
    cardscan("tasks", "undo", "--now", "2026-03-17T10:01")
    assert {"send", "email"} <= {task.kind for task in cardscan.agenda(now="2026-03-17T10:01")}
    cardscan.done(mail, now="2026-03-17T10:02", options=["--except", promise.id])
    assert one(cardscan.agenda(now="2026-03-17T10:02"), "send").status == "open"


def test_system_8(cardscan: CommandLine) -> None:
    """The call comes after the mail, while both offices are open: Berlin is called in the Texan morning."""
    cardscan.settings(
        'country = "US"\ntime_zone = "America/Chicago"\noffice_hours = "08:00-17:00"\nblock = "12:00-13:00"\n'
    )
    card = person(phone="+493012345678", address=BERLIN)
    tasks = cardscan.plan([card], "--playbook", "system", now="2026-04-06T08:00")
    call = one(tasks, "call")
    assert one(tasks, "email").id in call.depends_on and at(call.start) > at(one(tasks, "email").start)
    assert 8 <= at(call.start).hour < 10  # 15:00 to 17:00 in Berlin; the block at noon is evening there
    outline = cardscan("draft", call.id, "--now", "2026-04-06T09:00")
    assert call.draft == "call" and len(outline.splitlines()) > 5


def test_system_9(cardscan: CommandLine) -> None:
    """stats shows the share of those followed up and how promptly, per event and overall."""
    tasks = cardscan.plan([person(), person("Tom Berg"), person("Eva Novak", event="Expo")])
    cardscan.done(one(tasks, "handwritten-note", "Jane Doe"), now="2026-03-15T10:22")
    rates = cardscan.stats()
    assert rates["overall"]["contacts"] == 3 and rates["overall"]["share"] == pytest.approx(1 / 3, abs=1e-3)
    by_event = {rate["event"]: rate for rate in rates["events"]}
    assert by_event["SXSW"]["share"] == 0.5 and by_event["Expo"]["share"] == 0
    assert by_event["SXSW"]["median_hours"] == 16.0 and by_event["SXSW"]["within_a_day"] == 1
    table = cardscan("stats", "--now", "2026-03-20T12:00", "--format", "table")
    assert "█" in table and max(len(line) for line in table.splitlines()) <= 80
