"""Gives every task a slot: the daily block by priority then deadline, calls and meetings at times of their own.

Order of claims: agreed meetings; starred people; slots given before (so that a plan made again is steady); the rest.
A deadline that could be kept by moving a task with time to spare is kept that way; starred tasks never give way.
Nothing is ever put at two tasks' time.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from cardscan.plan.calendar import WorkCalendar, shift
from cardscan.plan.dating import Clock
from cardscan.plan.hours import Span, common_hours, epoch, moment_of, span_of
from cardscan.plan.slots import Days, Member
from cardscan.plan.wanted import Wanted
from cardscan.plan.whereabouts import known_zone
from cardscan.record import MeetingKind, Task
from cardscan.settings import minutes_of

HORIZON: Final = timedelta(days=28)  # what cannot begin before has no slot yet
_WAKING: Final = (8 * 60, 21 * 60)
_MEALS: Final[dict[MeetingKind, Span]] = {
    "breakfast": (8 * 60, 10 * 60), "coffee": (10 * 60, 17 * 60), "lunch": (12 * 60, 14 * 60),
    "drinks": (18 * 60, 22 * 60), "dinner": (19 * 60, 22 * 60),
}  # fmt: skip
_LONGEST: Final = 20_000  # days looked at for a slot; no plan is longer
_FOREVER: Final = 1 << 40
_SETTLE: Final = 4
_WINDOW: Final = 45  # days within which each is looked at by itself


@dataclass(slots=True)
class _Placed:
    """Where a task went: a day's block, or a span of its own."""

    day: int
    span: Span | None


def schedule(
    wanted: Sequence[Wanted], clock: Clock, previous: Mapping[str, datetime],
    standing: Sequence[Task] = (), begin: datetime | None = None,
) -> dict[str, datetime]:  # fmt: skip
    """Slots for tasks.

    Args:
        wanted: The tasks, in any order; what they come after is among them or done.
        clock: My days and hours, and now.
        previous: The slot each task had before, by id.
        standing: Tasks whose slots are taken: those of other contacts.
        begin: No slot before this (default: now).

    Returns:
        The start of each task that has a slot, in my zone. Tasks beyond the horizon have none.
    """
    for _ in range(_SETTLE):
        attempt = _Schedule(wanted, clock, previous, standing, begin or clock.now)
        starts = attempt.run()
        if not attempt.moved:
            break
        # Room was made by moving something: once more from there, so that planning again changes nothing.
        previous = starts
    return starts


class _Schedule:
    def __init__(
        self, wanted: Sequence[Wanted], clock: Clock, previous: Mapping[str, datetime],
        standing: Sequence[Task], begin: datetime,
    ) -> None:  # fmt: skip
        self.clock = clock
        self.zone = clock.settings.zone
        self.wanted = {each.id: each for each in wanted}
        self.previous = previous
        self.now = epoch(max(begin, clock.now))
        self.horizon = epoch(max(begin, clock.now) + HORIZON)
        self.block = minutes_of(clock.settings.block)
        self.block_length = self.block[1] - self.block[0]
        self.days = Days(self.now, self.block, clock.hours, standing)
        self.placed: dict[str, _Placed] = {}
        self.dues = {identity: epoch(each.due) for identity, each in self.wanted.items()}
        self.standing = bool(standing)
        self.needed: set[str] = set()  # what something placed comes after; it stays where it is
        self.moved = False

    def run(self) -> dict[str, datetime]:
        """Place everything, then lay out the days."""
        fixed = [each for each in self.wanted.values() if each.fixed is not None]
        for each in sorted(fixed, key=lambda each: (each.priority, each.due, each.id)):
            self._fix(each)
        self._place_all()
        starts = {identity: placed.span[0] for identity, placed in self.placed.items() if placed.span}
        for day in self.days.made():
            if any(identity in self.wanted for identity in day.members):
                starts.update((identity, span[0]) for identity, span in day.layout().items())
        return {identity: moment_of(start, self.zone) for identity, start in starts.items() if identity in self.wanted}

    def _fix(self, each: Wanted) -> None:
        assert each.fixed is not None
        start = epoch(each.fixed)
        span = (start, start + each.minutes)
        ordinal = each.fixed.toordinal()
        if all(span[1] <= begin or end <= span[0] for begin, end in self.days[ordinal].taken):
            self.days.take(ordinal, span, counted=False)
            self.placed[each.id] = _Placed(ordinal, span)

    # --- order ----------------------------------------------------------------------------------------------------

    def _place_all(self) -> None:
        waits: dict[str, set[str]] = {}
        dependents: dict[str, list[str]] = {}
        heap = []
        for identity, each in self.wanted.items():
            others = {other for other, _ in each.after if other in self.wanted and other != identity}
            for other in others:
                dependents.setdefault(other, []).append(identity)
            if others:
                waits[identity] = others
            else:
                heap.append(self._claim(identity))
        heapq.heapify(heap)
        while heap:
            identity = heapq.heappop(heap)[-1]
            each = self.wanted[identity]
            if each.fixed is None:
                self._place(each)
            for other in dependents.get(identity, ()):
                waits[other].discard(identity)
                if not waits[other]:
                    heapq.heappush(heap, self._claim(other))

    def _claim(self, identity: str) -> tuple[int, int, int, str]:
        each = self.wanted[identity]
        due = self.dues[identity]
        overdue_promise = each.step.each == "promise" and due < self.now
        if each.priority == 1 or overdue_promise:
            turn = 0
        else:
            before = self.previous.get(identity)
            stays = before is not None and self.now <= epoch(before) <= due - each.minutes
            turn = 1 if stays else 2
        return (turn, each.priority, due, identity)

    def _earliest(self, each: Wanted, *, own: bool) -> int | None:
        """The first minute a task may begin; None when something it comes after has no slot."""
        earliest = max(self.now, epoch(each.floor))
        for other, gap in each.after:
            if other not in self.wanted:
                continue
            placed = self.placed.get(other)
            if placed is None:
                return None
            block = self.days[placed.day].block
            if gap is not None:
                start = moment_of(placed.span[1] if placed.span else block[1], self.zone)
                later = shift(start, gap, self._calendar(each))
                midnight = datetime.combine(later.date(), time(), tzinfo=self.zone)
                end = epoch(later if gap.unit == "hours" else midnight)
            elif placed.span is not None:
                end = placed.span[1]
            else:
                # A block task's minute is not known yet; within one block the layout keeps the order.
                end = block[1] if own else max(block[0], self.now)
            earliest = max(earliest, end)
        return earliest

    # --- places ---------------------------------------------------------------------------------------------------

    def _place(self, each: Wanted) -> None:
        step, minutes = each.step, each.minutes
        own = step.office_hours or step.own_slot or minutes > self.block_length
        earliest = self._earliest(each, own=own)
        if earliest is None or (earliest > self.horizon and not step.own_slot):
            return
        if self._keep(each, earliest):
            return
        if step.office_hours:
            self._place_call(each, earliest)
        elif not own or (not self._place_own(each, earliest) and step.kind != "meeting"):
            self._place_in_block(each, earliest)

    def _keep(self, each: Wanted, earliest: int, *, late: bool = False) -> bool:
        """Leave a task where it was, if that is still right: in time, or `late` where it cannot be in time."""
        before = self.previous.get(each.id)
        if before is None:
            return False
        start, minutes = epoch(before), each.minutes
        ordinal = moment_of(start, self.zone).toordinal()
        day = self.days[ordinal]
        if (start + minutes > self.dues[each.id]) != late or day.block[1] <= self.now:
            return False
        in_block = day.block[0] <= start and start + minutes <= day.block[1]
        if in_block and (not each.step.own_slot) and self._may(each, ordinal, earliest) and day.has_room(minutes):
            self._join(each, ordinal, kept=True)
            return True
        span = (start, start + minutes)
        windows = self._windows(each, ordinal)
        inside = any(begin <= start and span[1] <= end for begin, end in windows)
        if not in_block and start >= max(earliest, self.now) and inside and self.days.is_free(ordinal, span):
            self._own(each, ordinal, span)
            return True
        return False

    def _place_in_block(self, each: Wanted, earliest: int) -> None:
        minutes = each.minutes
        if minutes > self.block_length:
            return
        first, last = self._first_day(earliest), self._last_day(each)
        candidates = [day for day in range(first, min(last, first + _WINDOW) + 1) if self._may(each, day, earliest)]
        for ordinal in candidates:
            if self.days[ordinal].has_room(minutes):
                self._join(each, ordinal)
                return
        if last > first + _WINDOW:
            ordinal = self.days.first_with_room(minutes, first)
        elif candidates and (made := self._make_room(each, candidates)) is not None:
            ordinal = made
        elif not candidates and earliest < self.dues[each.id] and self._place_own(each, earliest):
            return
        elif self.standing and self._keep(each, earliest, late=True):
            # Among tasks of others that stay, a late one stays too; a plan for all closes up the queue.
            return
        else:
            ordinal = self.days.first_with_room(minutes, first)
        self._join(each, ordinal)

    def _make_room(self, each: Wanted, candidates: Sequence[int]) -> int | None:
        """Move one task with time to spare to a later day on which it is still in time."""
        needed = each.minutes
        for ordinal in reversed(candidates):
            day = self.days[ordinal]
            movable = [
                member
                for member in day.members.values()
                if member.rank[0] > 1
                and member.last > ordinal
                and member.id not in self.needed
                and day.used - member.minutes + needed <= day.capacity
            ]
            for member in sorted(movable, key=lambda member: (-member.rank[0], -member.last, member.id)):
                target = self.days.first_with_room(member.minutes, ordinal + 1)
                if target <= member.last:
                    day.remove(member.id)
                    self.days.forget_jumps()
                    if not day.has_room(needed):
                        day.add(member)
                        continue
                    self.days[target].add(replace(member))
                    self.placed[member.id] = _Placed(target, None)
                    self.moved = True
                    return ordinal
        return None

    def _place_call(self, each: Wanted, earliest: int) -> None:
        """In the block where it lies in both our office hours, else at a time of its own in them."""
        minutes = each.minutes
        first = moment_of(earliest, self.zone).toordinal()
        last = moment_of(self.dues[each.id], self.zone).toordinal()
        for ordinal in range(first, last + 1):
            if self._may(each, ordinal, earliest) and self.days[ordinal].has_room(minutes):
                self._join(each, ordinal)
                return
            if not self._covers(each, ordinal) and self._call_outside(each, ordinal, earliest):
                return
        for ordinal in range(first, last + 1):
            if self._call_outside(each, ordinal, earliest):
                return
        ordinal = max(first, last + 1)
        for _ in range(_LONGEST):
            if self._covers(each, ordinal):
                ordinal = self.days.first_with_room(minutes, ordinal) if minutes <= self.block_length else ordinal
                if self._may(each, ordinal, earliest) and self.days[ordinal].has_room(minutes):
                    self._join(each, ordinal)
                    return
            else:
                ordinal = self.days.first_with_time_outside(minutes, ordinal)
                if self._call_outside(each, ordinal, earliest):
                    return
            ordinal += 1

    def _call_outside(self, each: Wanted, ordinal: int, earliest: int) -> bool:
        if not self.days.has_time_outside(ordinal, each.minutes):
            return False
        span = self.days.gap(ordinal, self._windows(each, ordinal), each.minutes, earliest, _FOREVER)
        if span is not None:
            self._own(each, ordinal, span)
        return span is not None

    def _place_own(self, each: Wanted, earliest: int) -> bool:
        """A time of its own by the deadline; what is longer than the whole block gets one even when that is late."""
        minutes, due = each.minutes, self.dues[each.id]
        first, last = moment_of(earliest, self.zone).toordinal(), moment_of(due, self.zone).toordinal()
        days = list(range(first, min(last, first + _WINDOW) + 1))
        # A working day suits better; a weekend will do where the deadline asks for it.
        days.sort(key=lambda day: (each.step.kind == "meeting" and not self._calendar(each).is_business(day), day))
        late = range(max(first, last + 1), max(first, last + 1) + _LONGEST) if minutes > self.block_length else ()
        for ordinal in (*days, *late):
            latest = due if ordinal <= last else _FOREVER
            if each.step.days != "any" and not self.days[ordinal].business:
                continue
            if not each.step.own_slot and not self.days.has_time_outside(ordinal, minutes):
                continue
            span = self.days.gap(ordinal, self._windows(each, ordinal), minutes, earliest, latest)
            if span is not None:
                self._own(each, ordinal, span)
                return True
        return False

    # --- days -----------------------------------------------------------------------------------------------------

    def _may(self, each: Wanted, ordinal: int, earliest: int) -> bool:
        """Whether a task may go into a day's block, if there is room."""
        day = self.days[ordinal]
        if each.minutes > self.block_length or earliest > max(day.block[0], self.now) or day.block[1] <= self.now:
            return False
        if each.step.office_hours:
            return self._covers(each, ordinal)
        return day.business or (each.step.days == "any" and ordinal <= self._last_day(each))

    def _first_day(self, earliest: int) -> int:
        ordinal = moment_of(earliest, self.zone).toordinal()
        return ordinal if earliest <= max(self.days[ordinal].block[0], self.now) else ordinal + 1

    def _last_day(self, each: Wanted) -> int:
        """The last day on which the block begins early enough for the deadline."""
        due = self.dues[each.id]
        ordinal = moment_of(due, self.zone).toordinal()
        return ordinal if max(self.days[ordinal].block[0], self.now) + each.minutes <= due else ordinal - 1

    def _calendar(self, each: Wanted) -> WorkCalendar:
        return self.clock.calendar_for(each.step, each.person) if each.person else self.clock.mine

    def _windows(self, each: Wanted, ordinal: int) -> tuple[Span, ...]:
        """When on a day a task outside the block may be."""
        meeting = each.person.facts.meeting if each.person and each.step.kind == "meeting" else None
        if meeting is not None and meeting.kind in _MEALS:
            return (span_of(ordinal, _MEALS[meeting.kind], self.zone),)
        if each.step.office_hours and each.person is not None:
            place = each.person.place
            zone = known_zone(place.zone) or self.zone
            return common_hours(ordinal, self.clock.hours, zone, place.calendar)
        if meeting is not None:
            return (span_of(ordinal, self.clock.hours.office, self.zone),)
        return (span_of(ordinal, _WAKING, self.zone),)

    def _covers(self, each: Wanted, ordinal: int) -> bool:
        """Whether the whole block of a day lies in the hours of a call."""
        block = self.days[ordinal].block
        return any(begin <= block[0] and block[1] <= end for begin, end in self._windows(each, ordinal))

    def _join(self, each: Wanted, ordinal: int, *, kept: bool = False) -> None:
        due = self.dues[each.id]
        last = self._last_day(each) if not each.step.office_hours else ordinal
        after = frozenset(other for other, _ in each.after)
        rank = (each.priority, due, each.id)
        self.days[ordinal].add(Member(each.id, each.minutes, rank, last, kept, after))
        self.placed[each.id] = _Placed(ordinal, None)
        self.needed.update(after)

    def _own(self, each: Wanted, ordinal: int, span: Span) -> None:
        self.days.take(ordinal, span, counted=not each.step.own_slot)
        self.days.forget_jumps()
        self.placed[each.id] = _Placed(ordinal, span)
        self.needed.update(other for other, _ in each.after)
