"""What holds for every plan: in any zone, across clock changes, whatever was noted, done, dropped or snoozed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardscan.plan import Contacted, Playbook, load_playbook, make_plan
from cardscan.plan.calendar import read_day
from cardscan.plan.dating import Clock, my_calendar
from cardscan.plan.person import people, shared_calendar
from cardscan.record import Card, Meeting, Offer, Promise, Referral, Task
from cardscan.settings import Settings
from tests.plan.invented import BERLIN, SPRINGFIELD, person

# A plan of many people is long when printed; that is no fault of the planner's.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

ZONES = (
    "America/Chicago", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe",
    "America/St_Johns", "Pacific/Kiritimati", "Africa/Casablanca", "UTC", "Asia/Riyadh",
)  # fmt: skip
COUNTRIES = ("US", "DE", "SA", "NZ", None)
PHONES = ("+12175550132", "+493012345678", "+61291234567", "+81312345678", "+966112345678", None)
NAMES = ("Ana Lima", "Eva Novak", "Tom Berg", "Ida Holm", "Zoe Young", "Max Muster", "Lee Wong")
# Around both changes of the clocks, 29 February, the turn of the year, and an ordinary week.
DAYS = st.one_of(
    st.dates(date(2026, 3, 5), date(2026, 4, 8)),
    st.dates(date(2026, 10, 20), date(2026, 11, 4)),
    st.dates(date(2028, 2, 25), date(2028, 3, 2)),
    st.dates(date(2026, 12, 18), date(2027, 1, 6)),
)
CLOSED = ("done", "dropped")


@st.composite
def cards(draw: st.DrawFn) -> list[Card]:
    """Up to seven people met around one day, with all kinds of notes."""
    around = draw(DAYS)
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=7, unique=True)):
        met = around - timedelta(days=draw(st.integers(0, 3)))

        def soon(most: int = 30, met: date = met) -> str:
            return (met + timedelta(days=draw(st.integers(0, most)))).isoformat()

        facts: dict[str, object] = {}
        if draw(st.booleans()):
            facts["promises"] = tuple(
                Promise(what, draw(st.sampled_from((None, soon()))))
                for what in draw(
                    st.lists(st.sampled_from(("send deck", "call", "intro to Bo")), max_size=2, unique=True)
                )
            )
        if draw(st.booleans()):
            facts["offers"] = (Offer("show me the lab", draw(st.sampled_from((None, soon())))),)
        if draw(st.booleans()):
            when = soon(60)
            until = (date.fromisoformat(when) + timedelta(days=draw(st.integers(0, 6)))).isoformat()
            hour = draw(st.sampled_from((None, "02:30", "12:30", "23:45")))
            kind = draw(st.sampled_from(("coffee", "lunch", "dinner", "call", "meeting")))
            facts["meeting"] = Meeting(
                kind, draw(st.sampled_from((None, when))), draw(st.sampled_from((None, until))), hour
            )
        facts["priority"] = draw(st.booleans())
        facts["hit_it_off"] = draw(st.booleans())
        facts["referral"] = draw(st.sampled_from((None, Referral("Karen Wu", True), Referral("her CFO", False))))
        facts["gatekeeper"] = draw(st.sampled_from((None, "Dana")))
        found.append(
            person(
                name, note="note", event=draw(st.sampled_from((None, "Expo"))), met_on=met.isoformat(),
                taken=draw(st.sampled_from((None, "00:40:00", "02:30:00", "18:22:00", "23:55:00"))),
                email=draw(st.booleans()), phone=draw(st.sampled_from(PHONES)),
                address=draw(st.sampled_from((None, BERLIN, SPRINGFIELD))), **facts,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, repr=False)
class Situation:
    """People, a user somewhere, a moment to plan, and a playbook."""

    cards: list[Card]
    user: Settings
    now: datetime
    playbook: Playbook

    def __repr__(self) -> str:
        """Short: hypothesis prints it."""
        facts = [(card.event.met_on, card.source.taken_at, card.notes[0].facts) for card in self.cards]
        return f"{facts} {self.user} {self.now} {self.playbook.name}"

    def __iter__(self) -> Iterator[Any]:
        return iter((self.cards, self.user, self.now, self.playbook))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """People, a user somewhere, and a moment to plan."""
    people_met = draw(cards())
    block = draw(
        st.sampled_from(("09:00-10:00", "08:30-09:30", "17:30-18:30", "01:30-03:30", "12:00-12:20", "00:00-01:00"))
    )
    user = Settings(
        country=draw(st.sampled_from(COUNTRIES)), time_zone=draw(st.sampled_from(ZONES)), block=block,
        working_days=draw(st.sampled_from(((), ("mon", "wed", "sun")))), focus=draw(st.sampled_from((0, 2))),
    )  # fmt: skip
    latest = max(card.event.met_on or "" for card in people_met)
    begin = datetime.fromisoformat(latest).replace(tzinfo=user.zone)
    now = (begin.astimezone(UTC) + timedelta(minutes=draw(st.integers(0, 20 * 24 * 60)))).astimezone(user.zone)
    names = ("combined", "combined", "frishman", "six-tips", "lemonade", "six-rules", "system")
    return Situation(people_met, user, now, load_playbook(draw(st.sampled_from(names))))


# The same examples for everyone who runs the suite; take `derandomize` out to search for more.
relaxed = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def moment(text: str | None) -> datetime:
    assert text is not None
    return datetime.fromisoformat(text).astimezone(UTC)


@relaxed
@given(situations())
def test_nothing_overlaps_and_nothing_is_in_the_past(
    situation: Situation,
) -> None:
    """No two tasks have one time, and none a time before now, but an agreed meeting may be going on."""
    found, user, now, playbook = situation
    slots = []
    for task in make_plan(found, [], [], now, user, playbook).tasks:
        if task.start:
            begin = moment(task.start)
            slots.append((begin, begin + timedelta(minutes=task.minutes), task))
            agreed = task.kind == "meeting" and task.draft is None
            assert begin >= now or agreed, task
    slots.sort(key=lambda slot: slot[:2])
    for (_, end, first), (begin, _, second) in pairwise(slots):
        assert end <= begin, (first.title, first.start, second.title, second.start)


def test_a_lunch_on_a_saturday_keeps_off_the_cards_written_then() -> None:
    """A thank-you card may lie in the block of a day off; what has a time of its own then keeps off the block."""
    user = Settings(country="US", time_zone="America/Chicago", block="12:00-12:20")
    day = "2026-04-04"
    found = [
        person("Eva Novak", met_on=day, taken=None, priority=True),
        person("Tom Berg", met_on=day, taken=None, meeting=Meeting("lunch", day, None, None)),
    ]
    now = datetime(2026, 4, 4, tzinfo=user.zone)
    tasks = make_plan(found, [], [], now, user, load_playbook("combined")).tasks
    times = {task.kind: task.start for task in tasks if task.start and task.start < "2026-04-05"}
    assert times == {
        "supplies": "2026-04-04T12:00:00-05:00",
        "handwritten-note": "2026-04-04T12:10:00-05:00",
        "meeting": "2026-04-04T12:20:00-05:00",
    }


@relaxed
@given(situations())
def test_deadlines_are_on_working_days(situation: Situation) -> None:
    """A deadline is on a business day, of theirs too where the step says so, unless step or note name another day."""
    found, user, now, playbook = situation
    plan = make_plan(found, [], [], now, user, playbook)
    mine = my_calendar(user)
    everyone = {each.id: each for each in people(found, user.zone, now.date())}
    any_day = {step.kind for step in playbook.steps if step.days == "any"}
    for task in plan.tasks:
        assert task.due is not None
        day = moment(task.due).astimezone(user.zone).date()
        if task.promise is not None:
            said = next(
                promise.due for promise in everyone[task.contact_id or ""].promises if promise.what == task.promise
            )
            assert mine.is_business(day.toordinal()) or day == read_day(said), task
            continue
        if task.kind in ("debrief", "supplies", "handwritten-note") or (task.kind == "meeting" and task.draft is None):
            assert task.kind in any_day
            continue
        assert mine.is_business(day.toordinal()), task
        if task.kind in ("email", "call", "retry", "keep-in-touch", "appreciation") and task.draft != "meeting":
            place = everyone[task.contact_id or ""].place
            assert shared_calendar(mine, place).is_business(day.toordinal()) or task.kind == "call", task


@relaxed
@given(situations())
def test_what_comes_first_is_first(situation: Situation) -> None:
    """A task has no time before those it depends on are over, and waits while they are not done."""
    found, user, now, playbook = situation
    tasks = {task.id: task for task in make_plan(found, [], [], now, user, playbook).tasks}
    for task in tasks.values():
        before = [tasks[other] for other in task.depends_on]
        assert task.status == ("waiting" if before else "open")
        for other in before:
            if task.start is not None:
                assert other.start is not None
                assert moment(other.start) + timedelta(minutes=other.minutes) <= moment(task.start)
            assert moment(other.due) <= moment(task.due), (other, task)


@relaxed
@given(situations())
def test_calls_reach_an_open_office(situation: Situation) -> None:
    """A call is on a working day of both of us, at an hour when both are awake."""
    found, user, now, playbook = situation
    everyone = {each.id: each for each in people(found, user.zone, now.date())}
    clock = Clock.of(user, now)
    for task in make_plan(found, [], [], now, user, playbook).tasks:
        if task.kind == "call" and task.start:
            there = everyone[task.contact_id or ""].place
            begin = moment(task.start)
            local = begin.astimezone(user.zone)
            assert clock.mine.is_business(local.toordinal())
            if there.zone and "phone" in everyone[task.contact_id or ""].traits:
                theirs = begin.astimezone(ZoneInfo(there.zone))
                assert 7 <= theirs.hour < 21 and there.calendar.is_business(theirs.toordinal())


@relaxed
@given(situations())
def test_planning_again_changes_nothing(situation: Situation) -> None:
    """The same cards at the same moment give the same plan again, whatever order they come in."""
    found, user, now, playbook = situation
    plan = make_plan(found, [], [], now, user, playbook)
    again = make_plan(found, plan.tasks, [], now, user, playbook)
    assert again.tasks == plan.tasks and again.removed == ()
    assert len({task.id for task in plan.tasks}) == len(plan.tasks)


@relaxed
@given(situations(), st.data())
def test_one_contact_planned_alone_changes_nothing_else(situation: Situation, data: st.DataObject) -> None:
    """Planning one contact again gives back what stood, and never another contact's tasks."""
    found, user, now, playbook = situation
    plan = make_plan(found, [], [], now, user, playbook)
    chosen = data.draw(st.sampled_from(found)).id
    alone = make_plan(found, plan.tasks, [], now, user, playbook, only=frozenset({chosen}))
    before = {task.id: task for task in plan.tasks}
    assert all(task.contact_id in (chosen, None) for task in alone.tasks)
    for task in alone.tasks:
        assert task == before[task.id], (task, before[task.id])


@relaxed
@given(situations(), st.data())
def test_nothing_done_or_promised_is_lost(situation: Situation, data: st.DataObject) -> None:
    """Through weeks of doing, snoozing and other playbooks, closed tasks stay as they are, and promises stay."""
    found, user, now, playbook = situation
    tasks: tuple[Task, ...] = make_plan(found, [], [], now, user, playbook).tasks
    log: list[Contacted] = []
    for _ in range(data.draw(st.integers(1, 4))):
        now += timedelta(hours=data.draw(st.integers(1, 200)))
        changed = []
        for task in tasks:
            what = (
                data.draw(st.sampled_from(("leave", "leave", "done", "snooze"))) if task.status == "open" else "leave"
            )
            if what == "done":
                task = replace(
                    task, status="done", completed=now.isoformat(), answered=data.draw(st.sampled_from((None, False)))
                )
            elif what == "snooze":
                task = replace(task, snoozed_until=(now + timedelta(days=3)).isoformat())
            changed.append(task)
        if data.draw(st.booleans()):
            log.append(Contacted(found[0].id, now, "called", data.draw(st.booleans())))
        if data.draw(st.booleans()):
            playbook = load_playbook(data.draw(st.sampled_from(("lemonade", "six-tips", "combined"))))
        plan = make_plan(found, changed, log, now, user, playbook)
        after = {task.id: task for task in plan.tasks}
        for task in changed:
            if task.status in CLOSED:
                assert after[task.id] == task
            elif task.promise is not None:
                assert after[task.id].status in ("open", "waiting") and after[task.id].due
        assert len(after) == len(plan.tasks) and not set(plan.removed) & set(after)
        tasks = plan.tasks


@relaxed
@given(situations(), situations())
def test_a_contact_added_later_takes_nobodys_time(situation: Situation, later: Situation) -> None:
    """A contact planned alone, among tasks of others that stand, overlaps none of them."""
    found, user, now, playbook = situation
    plan = make_plan(found, [], [], now, user, playbook)
    known = {card.id for card in found}
    new = [card for card in later.cards if card.id not in known][:1]
    alone = make_plan([*found, *new], plan.tasks, [], now, user, playbook, only=frozenset(card.id for card in new))
    tasks = {task.id: task for task in plan.tasks} | {task.id: task for task in alone.tasks}
    slots = sorted((moment(task.start), task.minutes, task.title) for task in tasks.values() if task.start)
    for (begin, minutes, first), (following, _, second) in pairwise(slots):
        assert begin + timedelta(minutes=minutes) <= following, (first, second, begin, following)
