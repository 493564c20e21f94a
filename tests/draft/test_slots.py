"""Proposed times: on days both work, in hours both keep."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from cardscan.draft.slots import propose
from cardscan.plan.whereabouts import Whereabouts
from cardscan.record import Meeting, MeetingKind
from cardscan.settings import Settings

BERLIN = Settings(country="DE", region="BE", time_zone="Europe/Berlin")
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
PLACES = [("US", "America/New_York"), ("JP", "Asia/Tokyo"), ("AE", "Asia/Dubai"), ("GB", "Europe/London"), (None, None)]


@effort(max_examples=60, deadline=None)
@given(st.dates(FIRST, LAST), st.times(), st.sampled_from(PLACES))
def test_times_suit_both(day: date, clock: time, place: tuple[str | None, str | None]) -> None:
    """Three later times on three days, none on a weekend of either, by day for both, in any season."""
    now = datetime.combine(day, clock, BERLIN.zone)
    found = propose(Whereabouts(place[0], None, place[1]), None, BERLIN, now)
    assert len({slot.date() for slot in found}) == 3
    for slot in found:
        there = slot.astimezone(ZoneInfo(place[1])) if place[1] else slot
        assert slot > now
        assert slot.weekday() < 5 and there.weekday() < 5
        assert 7 <= slot.hour < 22 and 7 <= there.hour < 21


def test_holidays_of_either_are_left_out() -> None:
    """3 October is free in Germany, 26 November 2026 in the USA: neither is proposed."""
    october = propose(
        Whereabouts("GB", None, "Europe/London"), None, BERLIN, datetime(2025, 9, 29, 9, tzinfo=BERLIN.zone)
    )
    november = propose(
        Whereabouts("US", None, "America/New_York"), None, BERLIN, datetime(2026, 11, 22, 9, tzinfo=BERLIN.zone)
    )
    assert "2025-10-03" not in {slot.date().isoformat() for slot in october}
    assert "2026-11-26" not in {slot.date().isoformat() for slot in november}


@pytest.mark.parametrize(("kind", "hour"), [("lunch", 12), ("breakfast", 8), ("dinner", 19)])
def test_a_spoken_range_and_a_meal_are_kept(kind: MeetingKind, hour: int) -> None:
    """Days named in the note bound the proposal, and a meal is proposed at its hour."""
    meeting = Meeting(kind, "2026-04-20", "2026-04-22")
    found = propose(
        Whereabouts("DE", None, "Europe/Berlin"), meeting, BERLIN, datetime(2026, 4, 1, 9, tzinfo=BERLIN.zone)
    )
    assert [slot.date().isoformat() for slot in found] == ["2026-04-20", "2026-04-21", "2026-04-22"]
    assert {slot.hour for slot in found} == {hour}
