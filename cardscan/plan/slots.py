"""The user's days as the scheduler fills them: the daily block, and slots of their own beside it.

All times are minutes since the epoch (`hours.epoch`). A block task has a day first and its minute only when the day is
laid out, so that within a block the starred come first whatever order they arrived in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from cardscan.plan.hours import Hours, Span, at, epoch, moment_of, span_of
from cardscan.record import Task

GRID: Final = 5  # slots of their own, and a block that has begun, start on five minutes


@dataclass(slots=True)
class Member:
    """A task in a day's block. `rank` sorts within the day; `last` is the last day it would still be in time."""

    id: str
    minutes: int
    rank: tuple[int, int, str]
    last: int
    after: frozenset[str]


@dataclass(slots=True)
class Day:
    """One day: its block, what is in it, and the spans taken outside."""

    ordinal: int
    block: Span
    business: bool
    members: dict[str, Member] = field(default_factory=dict)
    taken: list[Span] = field(default_factory=list)
    used: int = 0
    outside: int = 0
    pieces: tuple[Span, ...] = ()

    @property
    def keeps_block(self) -> bool:
        """Whether the block is kept free of everything else: on working days, and where something is in it."""
        return self.business or bool(self.members)

    @property
    def capacity(self) -> int:
        """Free and used minutes of the block."""
        return sum(end - begin for begin, end in self.pieces)

    def has_room(self, minutes: int) -> bool:
        """Whether the block can take so many more minutes in one piece."""
        if len(self.pieces) <= 1:
            return self.used + minutes <= self.capacity
        sizes = sorted([*(member.minutes for member in self.members.values()), minutes], reverse=True)
        return _packed(sizes, self.pieces) is not None

    def add(self, member: Member) -> None:
        """Put a task into the block."""
        self.members[member.id] = member
        self.used += member.minutes

    def remove(self, identity: str) -> Member:
        """Take a task out of the block."""
        member = self.members.pop(identity)
        self.used -= member.minutes
        return member

    def layout(self) -> dict[str, Span]:
        """The minute of each task in the block: by rank, what comes first first."""
        waiting = sorted(self.members.values(), key=lambda member: member.rank)
        order: list[Member] = []
        while waiting:
            rest = {member.id for member in waiting}
            ready = next((member for member in waiting if not member.after & rest), waiting[0])
            order.append(ready)
            waiting.remove(ready)
        starts = _packed([member.minutes for member in order], self.pieces)
        if starts is None:
            # By rank they do not fit between the day's meetings: the long ones first do.
            order.sort(key=lambda member: (-member.minutes, member.rank))
            starts = _packed([member.minutes for member in order], self.pieces) or [self.block[0]] * len(order)
        return {member.id: (begin, begin + member.minutes) for member, begin in zip(order, starts, strict=True)}


class Days:
    """All days from now on, made as they are looked at, with the slots of tasks that stand already in them."""

    def __init__(self, now: int, block: Span, hours: Hours, standing: Iterable[Task] = ()) -> None:
        self.now = -(-now // GRID) * GRID
        self._block = block
        self._hours = hours
        self._days: dict[int, Day] = {}
        self._next: dict[tuple[str, int], dict[int, int]] = {}
        self._standing: dict[str, list[Task]] = {}
        offsets = set()
        for task in standing:
            if start := task.start:
                self._standing.setdefault(start[:10], []).append(task)
                offsets.add(start[19:])
        self._same_zone = offsets <= {moment_of(now + 43_200 * half, hours.zone).isoformat()[19:] for half in range(13)}

    def __getitem__(self, ordinal: int) -> Day:
        day = self._days.get(ordinal)
        if day is None:
            block = span_of(ordinal, self._block, self._hours.zone)
            day = Day(ordinal, block, self._hours.calendar.is_business(ordinal))
            day.pieces = self._pieces(block, ())
            self._days[ordinal] = day
            if self._standing:
                self._stand(day)
        return day

    def _stand(self, day: Day) -> None:
        # Written in another zone, a start can bear the date of a neighbouring day.
        nearby = (0,) if self._same_zone else (-1, 0, 1)
        dates = [date.fromordinal(day.ordinal + delta).isoformat() for delta in nearby]
        tasks = [task for text in dates for task in self._standing.get(text, ())]
        if self._same_zone:
            evening = self._standing.get(date.fromordinal(day.ordinal - 1).isoformat(), ())
            tasks += [task for task in evening if task.start and task.start[11:] > "15"]
        for task in tasks:
            moment = datetime.fromisoformat(task.start or "")
            start = epoch(moment)
            span = (start, start + task.minutes)
            ordinal = moment.astimezone(self._hours.zone).toordinal()
            if ordinal == day.ordinal - 1 and span[1] > at(day.ordinal, 0, self._hours.zone):
                day.taken.append(span)  # it lasts past midnight
                day.pieces = self._pieces(day.block, day.taken)
            if ordinal != day.ordinal:
                continue
            # Its minute stands, in the block too: the task is not given back, so it must not be moved.
            day.taken.append(span)
            if span[1] > self.now and not (day.block[0] <= span[0] and span[1] <= day.block[1]):
                day.outside += task.minutes
            day.pieces = self._pieces(day.block, day.taken)

    def made(self) -> Iterable[Day]:
        """The days looked at so far."""
        return list(self._days.values())

    def take(self, ordinal: int, span: Span, *, counted: bool) -> None:
        """Keep a span of its own free of everything else; `counted` ones use up the day's time outside the block."""
        for other in (ordinal, ordinal + 1):
            day = self[other]
            day.taken.append(span)
            day.pieces = self._pieces(day.block, day.taken)
        if counted:
            self[ordinal].outside += span[1] - span[0]

    def is_free(self, ordinal: int, span: Span) -> bool:
        """Whether a span touches nothing that has a time of its own, nor a block that is kept."""
        day = self[ordinal]
        if day.keeps_block and span[0] < day.block[1] and day.block[0] < span[1]:
            return False
        return all(span[1] <= begin or end <= span[0] for begin, end in day.taken)

    def gap(self, ordinal: int, windows: Sequence[Span], minutes: int, earliest: int, latest: int) -> Span | None:
        """The first free span of so many minutes inside some window, from `earliest`, ended by `latest`."""
        day = self[ordinal]
        edges = [end for _, end in day.taken] + ([day.block[1]] if day.keeps_block else [])
        for begin, end in windows:
            first = max(begin, earliest, self.now)
            for start in sorted({first, *(edge for edge in edges if edge > first)}):
                start = -(-start // GRID) * GRID
                span = (start, start + minutes)
                if span[1] <= min(end, latest) and self.is_free(ordinal, span):
                    return span
        return None

    def first_with_room(self, minutes: int, ordinal: int) -> int:
        """The first working day from `ordinal` whose block can take so many minutes."""
        return self._jump("block", minutes, ordinal)

    def first_with_time_outside(self, minutes: int, ordinal: int) -> int:
        """The first working day from `ordinal` with so many minutes left outside the block."""
        return self._jump("outside", minutes, ordinal)

    def has_time_outside(self, ordinal: int, minutes: int) -> bool:
        """Whether a day can bear so many more minutes outside its block: as many as the block has."""
        return self[ordinal].outside + minutes <= max(self._block[1] - self._block[0], minutes)

    def forget_jumps(self) -> None:
        """Room was made somewhere: look at every day again."""
        self._next.clear()

    def _jump(self, kind: str, minutes: int, ordinal: int) -> int:
        known = self._next.setdefault((kind, minutes), {})
        passed = []
        day = ordinal
        while True:
            if day in known:
                passed.append(day)
                day = known[day]
                continue
            entry = self[day]
            enough = entry.has_room(minutes) if kind == "block" else self.has_time_outside(day, minutes)
            if entry.business and enough:
                break
            passed.append(day)
            day += 1
        for other in passed:
            known[other] = day
        return day

    def _pieces(self, block: Span, taken: Sequence[Span]) -> tuple[Span, ...]:
        pieces = [(max(block[0], self.now), block[1])]
        for begin, end in taken:
            if begin < block[1] and block[0] < end:
                before = [(piece[0], min(piece[1], begin)) for piece in pieces]
                after = [(max(piece[0], end), piece[1]) for piece in pieces]
                pieces = sorted(piece for piece in (*before, *after) if piece[0] < piece[1])
        return tuple(piece for piece in pieces if piece[1] - piece[0] >= GRID)


def _packed(sizes: Sequence[int], pieces: Sequence[Span]) -> list[int] | None:
    """Where tasks of these sizes begin, each in the first piece with room; None when one finds none."""
    free = [list(piece) for piece in pieces]
    starts = []
    for size in sizes:
        piece = next((piece for piece in free if piece[1] - piece[0] >= size), None)
        if piece is None:
            return None
        starts.append(piece[0])
        piece[0] += size
    return starts
