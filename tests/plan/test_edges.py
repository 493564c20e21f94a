"""Days that are easily got wrong, and cards that say little, through the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from cardscan.record import Meeting, Promise, Social
from tests.plan.invented import BERLIN, CommandLine, at, one, only, person

IN_BERLIN = 'country = "DE"\nregion = "BE"\ntime_zone = "Europe/Berlin"\n'


def test_the_night_the_clocks_change(cardscan: CommandLine) -> None:
    """Around 28 March 2027 the clock's hours are kept; calls to America know that theirs changed before."""
    cardscan.settings(IN_BERLIN)
    here = person("Ina Berg", address=BERLIN, phone="+4930123456", met_on="2027-03-27", taken="18:30:00")
    there = person("Ted Moss", met_on="2027-03-26", taken="18:30:00", hit_it_off=True, note="hit it off")
    tasks = cardscan.plan([here, there], now="2027-03-27T20:00:00+01:00")
    card = one(tasks, "handwritten-note", "Ina Berg")
    assert at(card.start).isoformat() == "2027-03-28T09:10:00+02:00"  # after the card to Ted, who was met before
    assert at(card.due) - at("2027-03-27T18:30:00+01:00") <= timedelta(hours=24)
    call = at(one(tasks, "call", "Ted Moss").start)
    assert call.isoformat()[10:] == "T16:00:00+02:00"  # nine in Springfield, Illinois
    for task in tasks:
        for moment in filter(None, (task.start, task.due)):
            assert at(moment).astimezone(ZoneInfo("Europe/Berlin")).isoformat() == moment, task.title


def test_the_leap_day_and_the_years_after(cardscan: CommandLine) -> None:
    """29 February is a day like any other; a year later its turn comes on the 28th."""
    cardscan.settings(IN_BERLIN)
    promises = (Promise("send the plan", "2028-02-29"), Promise("send the bill", "2028-03-01"))
    lunch = Meeting("lunch", "2028-02-29", "2028-02-29", "12:30")
    ina = person("Ina Berg", address=BERLIN, met_on="2028-02-25", note="x", promises=promises, meeting=lunch)
    tom = person("Tom Lund", address=BERLIN, met_on="2028-02-29")
    tasks = cardscan.plan([ina, tom], now="2028-02-25T20:00:00+01:00")
    assert at(one(tasks, "send", promise="send the plan").due).date().isoformat() == "2028-02-28"
    assert at(one(tasks, "send", promise="send the bill").due).date().isoformat() == "2028-02-29"
    meeting = one(tasks, "meeting", "Ina Berg", draft=None)
    assert at(meeting.start).isoformat() == "2028-02-29T12:30:00+01:00"
    turns = sorted(at(task.due).date().isoformat() for task in only(tasks, "keep-in-touch", "Tom Lund"))
    assert turns == ["2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28"]


@pytest.mark.parametrize(
    ("network", "title"),
    [
        ("youtube", "Connect with Jane Doe on YouTube"),
        ("other", "Look for Jane Doe on LinkedIn and connect"),
    ],
)
def test_a_network_is_named_as_it_is(cardscan: CommandLine, network: str, title: str) -> None:
    """A handle that stands alone names no network to connect on, and is given as it is."""
    jane = person()
    assert jane.contact is not None
    profile = Social(network, "janedoe", None)
    connect = one(cardscan.plan([replace(jane, contact=replace(jane.contact, social=(profile,)))]), "connect")
    assert connect.title == title
    assert connect.checklist == (("@janedoe",) if network == "other" else ("youtube: janedoe",))
