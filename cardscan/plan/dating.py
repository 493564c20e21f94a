"""Deadlines: from a step's `when`, the moment it counts from, and the days people work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zlib import crc32

from cardscan.plan.calendar import Offset, WorkCalendar, read_day, shift, shift_day, work_calendar
from cardscan.plan.hours import Hours, common_hours, moment_of
from cardscan.plan.met import WORDS
from cardscan.plan.person import Person, shared_calendar
from cardscan.plan.playbook import Step, When
from cardscan.plan.whereabouts import Whereabouts, known_zone
from cardscan.plan.wording import dated_words
from cardscan.settings import Settings, minutes_of

_MIDNIGHT, _LAST_MINUTE = time(), time(23, 59)
_UNDATED = Offset(2, "business days")  # a promise nobody set a date for
_NEVER = 366  # days in which a common working day must turn up, else a call's own day is taken


class Dated(NamedTuple):
    """A deadline, the first sensible moment, and how the deadline was found."""

    due: datetime
    floor: datetime
    words: str


class Anchor:
    """A moment that steps count from; `Clock.anchor` gives the one of all who were met, or are as far, then.

    Attributes:
        moment: The moment.
        words: What it is.
        timed: Whether its hour is known.
        known: The deadlines that were counted from it, so that each is found once: most people of an event share them.
    """

    __slots__ = ("known", "moment", "timed", "words")

    def __init__(self, moment: datetime, words: str, timed: bool) -> None:
        self.moment = moment
        self.words = words
        self.timed = timed
        self.known: dict[tuple[When, WorkCalendar | Whereabouts], Dated] = {}


@dataclass(frozen=True)
class Clock:
    """The user's days and hours, worked out once for a plan."""

    settings: Settings
    mine: WorkCalendar
    hours: Hours
    close: time
    now: datetime
    _anchors: dict[tuple[datetime, int, str, bool], Anchor] = field(default_factory=dict, repr=False, compare=False)
    _closes: dict[int, datetime] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, settings: Settings, now: datetime) -> Clock:
        """Read the settings for a plan made at `now`."""
        mine = my_calendar(settings)
        office = minutes_of(settings.office_hours, "office_hours")
        end = max(office[1], minutes_of(settings.block)[1])
        close = time(23, 59) if end >= 24 * 60 else time(end // 60, end % 60)
        return cls(settings, mine, Hours(settings.zone, office, mine), close, now.astimezone(settings.zone))

    def calendar_for(self, step: Step, person: Person) -> WorkCalendar:
        """The business days that a step with this person keeps to."""
        if step.days == "both" or step.office_hours:
            return shared_calendar(self.mine, person.place)
        return self.mine

    def anchor(self, moment: datetime, words: str, timed: bool = True) -> Anchor:
        """The anchor of a moment."""
        # Of an hour that comes twice when the clocks go back, both moments are equal: `fold` tells them apart.
        key = (moment, moment.fold, words, timed)
        known = self._anchors.get(key)
        if known is None:
            known = self._anchors[key] = Anchor(moment, words, timed)
        return known

    def on(self, day: date, clock: time) -> datetime:
        """A time of day in the user's zone."""
        return datetime.combine(day, clock, tzinfo=self.settings.zone)

    def spaced(self, end: datetime, gap: Offset, calendar: WorkCalendar) -> datetime:
        """When what keeps a distance may begin: so many hours later, or on the day so many days later."""
        later = shift(end, gap, calendar)
        return later if gap.unit == "hours" else self.on(later.date(), time())

    def close_of(self, day: int) -> datetime:
        """Close of business on a day (an ordinal), in the user's zone: one value a day, as most deadlines are one."""
        known = self._closes.get(day)
        if known is None:
            known = self._closes[day] = self.on(date.fromordinal(day), self.close)
        return known


def my_calendar(settings: Settings) -> WorkCalendar:
    """The user's working days: as set, else the country's week; the country's holidays are free."""
    weekend = None
    if settings.working_days:
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        weekend = frozenset(index for index, name in enumerate(names) if name not in settings.working_days)
    return work_calendar(((settings.country, settings.region),), weekend)


def met_anchor(person: Person, clock: Clock) -> Anchor:
    """The meeting as a moment to count from."""
    met = person.met
    hour = f", {met.moment.isoformat()[11:16]}" if met.timed else ""
    return clock.anchor(met.moment, f"you met ({dated_words(met.day)}{hour}, {WORDS[met.source]})", met.timed)


def counted(when: When, anchor: Anchor, step: Step, person: Person, clock: Clock) -> Dated:
    """The deadline of a step that counts from a moment."""
    if step.unusual:
        return _counted(when, anchor, step, person, clock)
    # The hours of a call depend on the zone too, not only on the working days.
    key = (when, person.place if step.office_hours else clock.calendar_for(step, person))
    known = anchor.known.get(key)
    if known is None:
        known = anchor.known[key] = _counted(when, anchor, step, person, clock)
    return known


def _counted(when: When, anchor: Anchor, step: Step, person: Person, clock: Clock) -> Dated:
    calendar = clock.calendar_for(step, person)
    words = f"{when.by} after {anchor.words}" if when.by.count else f"at once after {anchor.words}"
    if when.by.unit == "hours":
        raw = shift(anchor.moment, when.by, calendar)
        due = raw if anchor.timed else clock.on(raw.date(), _LAST_MINUTE)
        if step.days != "any" and not calendar.is_business(due.toordinal()):
            due = clock.close_of(calendar.next(due.toordinal()))
    else:
        day = shift_day(anchor.moment.toordinal(), when.by, calendar)
        if step.unusual:
            day = _unusual(day, person, calendar)
        elif step.days != "any" and not calendar.is_business(day):
            holiday = calendar.holiday(day)
            words += f", moved past {holiday}" if holiday else ", moved past the weekend"
            day = calendar.next(day)
        due = _at_close(day, when, step, person, clock)
    floor = anchor.moment
    if step.unusual:
        floor = clock.on(due.date(), _MIDNIGHT)
    elif when.earliest is not None and when.earliest.unit == "hours":
        floor = shift(floor, when.earliest, calendar)
    elif when.earliest is not None:
        floor = clock.on(date.fromordinal(shift_day(floor.toordinal(), when.earliest, calendar)), _MIDNIGHT)
    if due < floor:
        due = max(_at_close(calendar.next(floor.toordinal()), when, step, person, clock), floor)
    return Dated(due, floor, words)


def promised(said: str | None, when: When, step: Step, person: Person, clock: Clock) -> Dated:
    """The deadline of a promise or offer: a promise due in two or more days is planned a business day early."""
    said_day = read_day(said)
    if said_day is None:
        return counted(_from_meeting(when.undated or _UNDATED, step.id), met_anchor(person, clock), step, person, clock)
    day, met = said_day.toordinal(), person.met.day.toordinal()
    words = f"{'promised' if step.each == 'promise' else 'offered'} for {dated_words(date.fromordinal(day))}"
    if step.each == "offer":
        calendar = clock.calendar_for(step, person)
        best = calendar.next(day)
    elif day - met >= 2:
        best = max(clock.mine.before(day, 1), met)
        best = best if clock.mine.is_business(best) else day
        words += ", planned one business day earlier" if best < day else ""
    else:
        before = clock.mine.previous(day)
        best = before if before > met else day
        words += ", moved to the last working day before" if best < day else ""
    return Dated(clock.close_of(best), person.met.moment, words)


def agreed(person: Person, clock: Clock, minutes: int) -> tuple[Dated, datetime | None]:
    """The end of an agreed meeting, and its start where the hour is known."""
    meeting = person.facts.meeting
    first = (read_day(meeting.when) if meeting else None) or clock.now.date()
    last = max(first, (read_day(meeting.until) if meeting else None) or first)
    words = "the date in your note"
    hour = _hour(meeting.time) if meeting else None
    floor = clock.on(first, time())
    if hour is not None and last == first:
        start = clock.on(first, hour)
        # Through UTC, so that an hour the clocks skip becomes one that exists.
        start = moment_of(int(start.timestamp()) // 60, clock.settings.zone)
        return Dated(start + timedelta(minutes=minutes), start, words), start
    end = time(22) if meeting and meeting.kind in ("dinner", "drinks") else clock.close
    return Dated(clock.on(last, end), floor, words), None


def before_meeting(dated: Dated, person: Person, clock: Clock) -> Dated:
    """No later than the business day before the agreed meeting, if there is one since we met."""
    day = read_day(person.facts.meeting.when) if person.facts.meeting else None
    if day is None:
        return dated
    last = max(clock.mine.before(day.toordinal(), 1), person.met.day.toordinal())
    if not clock.mine.is_business(last) or last >= dated.due.toordinal():
        return dated
    return Dated(clock.close_of(last), dated.floor, "the business day before the meeting in your note")


def _at_close(day: int, when: When, step: Step, person: Person, clock: Clock) -> datetime:
    if when.at == "midnight":
        return clock.on(date.fromordinal(day), time(23, 59))
    if step.office_hours:
        zone = known_zone(person.place.zone) or clock.settings.zone
        for later in range(day, day + _NEVER):
            spans = common_hours(later, clock.hours, zone, person.place.calendar)
            if spans:
                return moment_of(spans[-1][1], clock.settings.zone)
    return clock.close_of(day)


def _unusual(day: int, person: Person, calendar: WorkCalendar) -> int:
    """A working day nobody expects a word on: spread over four weeks by the contact's id, three days off holidays."""
    return _plain_day(day + crc32(person.id.encode("utf-8", "surrogatepass")) % 28, calendar)


@cache
def _from_meeting(by: Offset, _step: str) -> When:
    """One for each step, as an anchor knows its deadlines by it."""
    return When("met", by)


@cache
def _plain_day(day: int, calendar: WorkCalendar) -> int:
    for later in range(day, day + 90):
        month = date.fromordinal(later).month
        festive = any(calendar.holiday(near) for near in range(later - 3, later + 4)) or month == 12
        if calendar.is_business(later) and not festive:
            return later
    return calendar.next(day)


def _hour(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
