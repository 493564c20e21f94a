"""The deadlines of one person's tasks: each counts from the meeting, a note, the last contact, or another task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cardscan.plan import dating, wording
from cardscan.plan.contacts import Touches
from cardscan.plan.dating import Anchor, Clock, Dated
from cardscan.plan.outline import Part
from cardscan.plan.person import Person
from cardscan.plan.playbook import Step, When
from cardscan.plan.wanted import Entry, Made, Wanted
from cardscan.record import Offer, Promise, Task

Item = Promise | Offer | int | None  # what a step is for: one promise or offer, or which time of those it comes again
_LEAD: Final = timedelta(days=7)  # a word that comes again may be sent a week before its day


class Deadlines:
    """The deadlines of one person's tasks.

    Args:
        person: Whom the tasks are for.
        clock: My days and hours, and now.
        touches: When there was contact.
        made: The tasks so far; it grows while this is asked for more.
    """

    def __init__(self, person: Person, clock: Clock, touches: Touches, made: Made) -> None:
        self._person = person
        self._clock = clock
        self._touches = touches
        self._made = made
        self._met = dating.met_anchor(person, clock)
        self._expected: Mapping[str, datetime] = {}
        self._contact: Anchor | None = None
        self._completed: dict[tuple[str, str], tuple[Anchor, bool]] = {}
        self._touch_base: datetime | None = None

    def expect(self, expected: Mapping[str, datetime]) -> None:
        """Count from now on from when open tasks, by id, are expected to be done, where that is past their deadline."""
        self._expected = expected
        self._completed = {}
        self._touch_base = None

    def find(
        self, part: Part, step: Step, key: str, item: Item, before: Sequence[Entry], known: Task | None
    ) -> tuple[Dated, datetime | None]:
        """When a task is due, and its slot where the note tells it.

        Args:
            part: The step as it stands for this person.
            step: The step itself, as it is for this item.
            key: What makes the item's task its own.
            item: What the task is for.
            before: The tasks that come first.
            known: The task as it was planned before.
        """
        person, clock = self._person, self._clock
        fixed: datetime | None = None
        if item is None and part.whens[0][0].anchor == "item":
            dated, fixed = dating.agreed(person, clock, step.minutes)
        else:
            waits = [entry.due for entry in before if isinstance(entry, Wanted)] if before else ()
            if isinstance(item, int):
                dated = self._touch(part, step, item, waits)
            elif len(part.whens) == 1:
                dated = _in_time(self._dated(step, *part.whens[0], key, item))
            else:
                dated = _first([self._dated(step, when, anchor, key, item) for when, anchor in part.whens])
            if waits and (latest := max(waits)) > dated.due:
                dated = self._not_before(latest, dated, step)
        if known is None:
            return dated, fixed
        if person.met.source is None and known.due and not before and item is None:
            # Nothing told the date of meeting: the day it was first planned on stays, or it would slide for ever.
            first = datetime.fromisoformat(known.due).astimezone(clock.settings.zone)
            dated = Dated(first, dated.floor, dated.words)
        if known.snoozed_until:
            dated = self._snoozed(dated, datetime.fromisoformat(known.snoozed_until))
        return dated, fixed

    def _dated(self, step: Step, when: When, anchor_step: str | None, key: str, item: Item) -> Dated:
        person, clock = self._person, self._clock
        if when.anchor == "item" and isinstance(item, Promise | Offer):
            return dating.promised(item.due, when, step, person, clock)
        if anchor_step is None:
            anchor = self._last_contact() if when.anchor == "last-contact" else self._met
            dated = dating.counted(when, anchor, step, person, clock)
            return dating.before_meeting(dated, person, clock) if when.before_item else dated
        anchor, done = self._completion(anchor_step, key)
        dated = dating.counted(when, anchor, step, person, clock)
        # Until the step before is done only its slot tells when this one can begin: the scheduler sees to that.
        return dated if done else Dated(dated.due, person.met.moment, dated.words)

    def _completion(self, step_id: str, key: str) -> tuple[Anchor, bool]:
        """When a step is completed, or expected to be, and whether it is; once for all that counts from it."""
        known = self._completed.get((step_id, key))
        if known is None:
            entries = self._made.of(step_id, key)
            done = all(isinstance(entry, Task) for entry in entries)
            moment = max([self._end(entry) for entry in entries])
            words = f"{step_id} ({'done' if done else 'expected'} {wording.dated_words(moment)})"
            known = self._completed[step_id, key] = (self._clock.anchor(moment, words), done)
        return known

    def _end(self, entry: Entry) -> datetime:
        if isinstance(entry, Task):
            return datetime.fromisoformat(entry.completed or entry.due or "").astimezone(self._clock.settings.zone)
        moment = max(entry.due, self._clock.now)
        return max(moment, self._expected[entry.id]) if entry.id in self._expected else moment

    def _not_before(self, latest: datetime, dated: Dated, step: Step) -> Dated:
        """A deadline no earlier than the latest of the tasks that come first."""
        calendar = self._clock.calendar_for(step, self._person)
        day = latest.toordinal() if step.days == "any" else calendar.next(latest.toordinal())
        while self._clock.close_of(day) < latest and step.days != "any":
            day = calendar.add(day, 1)
        due = max(latest, self._clock.close_of(day))
        return Dated(due, dated.floor, f"{dated.words}, and after what comes before it")

    def _touch(self, part: Part, step: Step, index: int, waits: Sequence[datetime]) -> Dated:
        """The deadline of a word that comes again; where one is late, those after it count from today."""
        anchor, now = self._last_contact(), self._clock.now
        if self._touch_base is None:
            is_late = min(waits, default=now) < now
            self._touch_base = max(anchor.moment, now) if is_late else anchor.moment
        if self._touch_base > anchor.moment:
            anchor = self._clock.anchor(self._touch_base, "today, as what comes before it is late")
        when = part.repeats[min(index, len(part.repeats) - 1)]
        dated = dating.counted(when, anchor, step, self._person, self._clock)
        if dated.due < now:
            self._touch_base = now
        return Dated(dated.due, dated.due - _LEAD, dated.words)

    def _last_contact(self) -> Anchor:
        if self._contact is None:
            self._contact = self._find_contact()
        return self._contact

    def _find_contact(self) -> Anchor:
        """The last real contact: logged or done, else the meeting; an agreed meeting to come counts as one."""
        anchor = self._met
        last = self._touches.last
        if last is not None and last > anchor.moment:
            last = last.astimezone(self._clock.settings.zone)
            anchor = self._clock.anchor(last, f"the last contact ({wording.dated_words(last)})")
        if "meeting-date" in self._person.traits:
            end = dating.agreed(self._person, self._clock, 0)[0].due
            if end > anchor.moment:
                anchor = self._clock.anchor(end, f"the agreed meeting ({wording.dated_words(end)})")
        return anchor

    def _snoozed(self, dated: Dated, until: datetime) -> Dated:
        until = until.astimezone(self._clock.settings.zone)
        floor, due = max(dated.floor, until), dated.due
        words = f"{dated.words}; snoozed until {wording.dated_words(until)}"
        return Dated(due if due > floor else max(floor, self._clock.close_of(floor.toordinal())), floor, words)


def _first(dates: Sequence[Dated]) -> Dated:
    """The earliest deadline of all that lies after the most patient beginning, else the last one."""
    floor = max([each.floor for each in dates])
    dated = min([each for each in dates if each.due > floor] or [max(dates, key=_due)], key=_due)
    return _in_time(Dated(dated.due, floor, dated.words))


def _in_time(dated: Dated) -> Dated:
    """A deadline is no earlier than the first sensible moment."""
    return dated if dated.due >= dated.floor else Dated(dated.floor, dated.floor, dated.words)


def _due(dated: Dated) -> datetime:
    return dated.due
