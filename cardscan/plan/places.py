"""Where one task goes: into a day's block, or to a time of its own.

A deadline that could be kept by moving a task with time to spare is kept that way; starred tasks never give way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cardscan.plan.calendar import Offset, WorkCalendar
from cardscan.plan.dating import Clock
from cardscan.plan.hours import Span, epoch, moment_of
from cardscan.plan.slots import Days, Member
from cardscan.plan.wanted import Wanted
from cardscan.plan.windows import windows
from cardscan.record import Task
from cardscan.settings import minutes_of

HORIZON: Final = timedelta(days=28)  # what cannot begin before has no slot yet
_LONGEST: Final = 20_000  # days looked at for a slot; no plan is longer
_FOREVER: Final = 1 << 40
_WINDOW: Final = 45  # days within which each is looked at by itself


@dataclass(slots=True)
class _Placed:
    """Where a task went: a day's block, or a span of its own."""

    day: int
    span: Span | None


class Places:
    """The places of all tasks, given one by one; who comes first has the choice.

    Args:
        wanted: The tasks.
        clock: My days and hours, and now.
        previous: The slot each task had before, by id.
        standing: Tasks of other contacts; their slots are taken.
        begin: No slot before this.

    Attributes:
        wanted: The tasks by id.
        near: Those that may get a place, by id.
        dues: Their deadlines, in minutes since the epoch as `now` and all that follows.
        moved: Room was made somewhere by moving a task that had its place.
    """

    def __init__(
        self, wanted: Sequence[Wanted], clock: Clock, previous: Mapping[str, datetime],
        standing: Sequence[Task], begin: datetime,
    ) -> None:  # fmt: skip
        self.wanted = {each.id: each for each in wanted}
        self.previous = previous
        self.now = epoch(max(begin, clock.now))
        self.moved = False
        self._clock = clock
        self._zone = clock.settings.zone
        self._horizon = epoch(max(begin, clock.now) + HORIZON)
        self.near = self._near()
        self.dues = {identity: epoch(each.due) for identity, each in self.near.items()}
        block = minutes_of(clock.settings.block)
        self._block_length = block[1] - block[0]
        self._days = Days(self.now, block, clock.hours, standing)
        self._placed: dict[str, _Placed] = {}
        self._standing = bool(standing)
        self._needed: set[str] = set()  # what something placed comes after; it stays where it is

    def _near(self) -> dict[str, Wanted]:
        """All but those that begin beyond the horizon, or come after such a one: of a plan, these are most."""
        found = {}
        beyond = set()
        for identity, each in self.wanted.items():
            is_beyond = not each.step.own_slot and epoch(each.floor) > self._horizon
            if each.fixed is None and (is_beyond or any(other in beyond for other, _ in each.after)):
                beyond.add(identity)
            else:
                found[identity] = each
        return found

    def starts(self) -> dict[str, datetime]:
        """The minute of each task that has a place, with the days laid out."""
        starts = {identity: placed.span[0] for identity, placed in self._placed.items() if placed.span}
        for day in self._days.made():
            if any(identity in self.wanted for identity in day.members):
                starts.update((identity, span[0]) for identity, span in day.layout().items())
        return {identity: moment_of(start, self._zone) for identity, start in starts.items() if identity in self.wanted}

    def fix(self, each: Wanted) -> None:
        """Keep the time that a note tells free for its meeting, unless another has it."""
        assert each.fixed is not None
        start = epoch(each.fixed)
        span = (start, start + each.minutes)
        ordinal = each.fixed.toordinal()
        if all(span[1] <= begin or end <= span[0] for begin, end in self._days[ordinal].taken):
            self._days.take(ordinal, span, counted=False)
            self._placed[each.id] = _Placed(ordinal, span)

    def place(self, each: Wanted) -> None:
        """Find a place for a task; one that cannot begin before the horizon gets none."""
        step, minutes = each.step, each.minutes
        own = step.office_hours or step.own_slot or minutes > self._block_length
        earliest = self._earliest(each, own=own)
        if earliest is None or (earliest > self._horizon and not step.own_slot):
            return
        if self._keep(each, earliest):
            return
        if step.office_hours:
            self._place_call(each, earliest)
        elif not own or (not self._place_own(each, earliest) and step.kind != "meeting"):
            self._place_in_block(each, earliest)

    def _earliest(self, each: Wanted, *, own: bool) -> int | None:
        """The first minute a task may begin; None when something it comes after has no slot."""
        earliest = max(self.now, epoch(each.floor))
        for other, gap in each.after:
            if other not in self.wanted:
                continue
            placed = self._placed.get(other)
            if placed is None:
                return None
            earliest = max(earliest, self._after(placed, own=own) if gap is None else self._spaced(each, placed, gap))
        return earliest

    def _after(self, placed: _Placed, *, own: bool) -> int:
        """When what comes next may begin."""
        if placed.span is not None:
            return placed.span[1]
        # A block task's minute is not known yet; within one block the layout keeps the order.
        block = self._days[placed.day].block
        return block[1] if own else max(block[0], self.now)

    def _spaced(self, each: Wanted, placed: _Placed, gap: Offset) -> int:
        end = placed.span[1] if placed.span else self._days[placed.day].block[1]
        return epoch(self._clock.spaced(moment_of(end, self._zone), gap, self._calendar(each)))

    def _keep(self, each: Wanted, earliest: int, *, late: bool = False) -> bool:
        """Leave a task where it was, if that is still right: in time, or `late` where it cannot be in time."""
        before = self.previous.get(each.id)
        if before is None:
            return False
        start, minutes = epoch(before), each.minutes
        ordinal = moment_of(start, self._zone).toordinal()
        day = self._days[ordinal]
        if (start + minutes > self.dues[each.id]) != late:
            return False
        in_block = day.block[0] <= start and start + minutes <= day.block[1]
        if in_block and (not each.step.own_slot) and self._may(each, ordinal, earliest) and day.has_room(minutes):
            self._join(each, ordinal)
            return True
        span = (start, start + minutes)
        inside = any(begin <= start and span[1] <= end for begin, end in windows(each, ordinal, self._clock))
        if not in_block and start >= max(earliest, self.now) and inside and self._days.is_free(ordinal, span):
            self._own(each, ordinal, span)
            return True
        return False

    def _place_in_block(self, each: Wanted, earliest: int) -> None:
        minutes = each.minutes
        if minutes > self._block_length:
            return
        first, last = self._first_day(earliest), self._last_day(each)
        candidates = []
        for ordinal in range(first, min(last, first + _WINDOW) + 1):
            if self._may(each, ordinal, earliest):
                if self._days[ordinal].has_room(minutes):
                    self._join(each, ordinal)
                    return
                candidates.append(ordinal)
        if last > first + _WINDOW:
            ordinal = self._days.first_with_room(minutes, first)
        elif candidates and (made := self._make_room(each, candidates)) is not None:
            ordinal = made
        elif not candidates and earliest < self.dues[each.id] and self._place_own(each, earliest):
            return
        elif self._standing and self._keep(each, earliest, late=True):
            # Among tasks of others that stay, a late one stays too; a plan for all closes up the queue.
            return
        else:
            ordinal = self._days.first_with_room(minutes, first)
        self._join(each, ordinal)

    def _make_room(self, each: Wanted, candidates: Sequence[int]) -> int | None:
        """Move one task with time to spare to a later day on which it is still in time."""
        needed = each.minutes
        for ordinal in reversed(candidates):
            day = self._days[ordinal]
            movable = [
                member
                for member in day.members.values()
                if member.rank[0] > 1
                and member.last > ordinal
                and member.id not in self._needed
                and day.used - member.minutes + needed <= day.capacity
            ]
            for member in sorted(movable, key=lambda member: (-member.rank[0], -member.last, member.id)):
                target = self._days.first_with_room(member.minutes, ordinal + 1)
                if target <= member.last:
                    day.remove(member.id)
                    self._days.forget_jumps()
                    if not day.has_room(needed):
                        day.add(member)
                        continue
                    self._days[target].add(member)
                    self._placed[member.id] = _Placed(target, None)
                    self.moved = True
                    return ordinal
        return None

    def _place_call(self, each: Wanted, earliest: int) -> None:
        """In the block where it lies in both our office hours, else at a time of its own in them."""
        minutes = each.minutes
        first = moment_of(earliest, self._zone).toordinal()
        last = moment_of(self.dues[each.id], self._zone).toordinal()
        for ordinal in range(first, last + 1):
            if self._may(each, ordinal, earliest) and self._days[ordinal].has_room(minutes):
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
                ordinal = self._days.first_with_room(minutes, ordinal) if minutes <= self._block_length else ordinal
                if self._may(each, ordinal, earliest) and self._days[ordinal].has_room(minutes):
                    self._join(each, ordinal)
                    return
            else:
                ordinal = self._days.first_with_time_outside(minutes, ordinal)
                if self._call_outside(each, ordinal, earliest):
                    return
            ordinal += 1

    def _call_outside(self, each: Wanted, ordinal: int, earliest: int) -> bool:
        if not self._days.has_time_outside(ordinal, each.minutes):
            return False
        span = self._days.gap(ordinal, windows(each, ordinal, self._clock), each.minutes, earliest, _FOREVER)
        if span is not None:
            self._own(each, ordinal, span)
        return span is not None

    def _place_own(self, each: Wanted, earliest: int) -> bool:
        """A time of its own by the deadline; what is longer than the whole block gets one even when that is late."""
        minutes, due = each.minutes, self.dues[each.id]
        first, last = moment_of(earliest, self._zone).toordinal(), moment_of(due, self._zone).toordinal()
        days = list(range(first, min(last, first + _WINDOW) + 1))
        # A working day suits better; a weekend will do where the deadline asks for it.
        days.sort(key=lambda day: (each.step.kind == "meeting" and not self._calendar(each).is_business(day), day))
        late = range(max(first, last + 1), max(first, last + 1) + _LONGEST) if minutes > self._block_length else ()
        for ordinal in (*days, *late):
            latest = due if ordinal <= last else _FOREVER
            if each.step.days != "any" and not self._days[ordinal].business:
                continue
            if not each.step.own_slot and not self._days.has_time_outside(ordinal, minutes):
                continue
            span = self._days.gap(ordinal, windows(each, ordinal, self._clock), minutes, earliest, latest)
            if span is not None:
                self._own(each, ordinal, span)
                return True
        return False

    def _may(self, each: Wanted, ordinal: int, earliest: int) -> bool:
        """Whether a task may go into a day's block, if there is room."""
        day = self._days[ordinal]
        if each.minutes > self._block_length or earliest > max(day.block[0], self.now) or day.block[1] <= self.now:
            return False
        if each.step.office_hours:
            return self._covers(each, ordinal)
        return day.business or (each.step.days == "any" and ordinal <= self._last_day(each))

    def _first_day(self, earliest: int) -> int:
        ordinal = moment_of(earliest, self._zone).toordinal()
        return ordinal if earliest <= max(self._days[ordinal].block[0], self.now) else ordinal + 1

    def _last_day(self, each: Wanted) -> int:
        """The last day on which the block begins early enough for the deadline."""
        due = self.dues[each.id]
        ordinal = moment_of(due, self._zone).toordinal()
        return ordinal if max(self._days[ordinal].block[0], self.now) + each.minutes <= due else ordinal - 1

    def _calendar(self, each: Wanted) -> WorkCalendar:
        return self._clock.calendar_for(each.step, each.person) if each.person else self._clock.mine

    def _covers(self, each: Wanted, ordinal: int) -> bool:
        """Whether the whole block of a day lies in the hours of a call."""
        block = self._days[ordinal].block
        return any(begin <= block[0] and block[1] <= end for begin, end in windows(each, ordinal, self._clock))

    def _join(self, each: Wanted, ordinal: int) -> None:
        due = self.dues[each.id]
        last = self._last_day(each) if not each.step.office_hours else ordinal
        after = frozenset(other for other, _ in each.after)
        rank = (each.priority, due, each.id)
        self._days[ordinal].add(Member(each.id, each.minutes, rank, last, after))
        self._placed[each.id] = _Placed(ordinal, None)
        self._needed.update(after)

    def _own(self, each: Wanted, ordinal: int, span: Span) -> None:
        self._days.take(ordinal, span, counted=not each.step.own_slot)
        self._days.forget_jumps()
        self._placed[each.id] = _Placed(ordinal, span)
        self._needed.update(other for other, _ in each.after)
