"""Whether the slots that tasks had still are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cardscan.plan.dating import Clock
from cardscan.plan.hours import Span, epoch
from cardscan.plan.slots import Day, Days
from cardscan.plan.wanted import Wanted
from cardscan.plan.windows import windows
from cardscan.record import Task
from cardscan.settings import minutes_of


def still_right(
    wanted: Sequence[Wanted], slots: Mapping[str, datetime], clock: Clock, standing: Sequence[Task], begin: datetime
) -> bool:
    """Whether each slot is yet to come, at an hour for its task, after what that comes after, and free of all others.

    It may be too late for the deadline.

    Args:
        wanted: The tasks.
        slots: The slots they had, by id; some may have had none.
        clock: My days and hours.
        standing: Tasks of others, whose slots are taken.
        begin: No slot before this.
    """
    begin = max(begin, clock.now)
    days = Days(epoch(begin), minutes_of(clock.settings.block), clock.hours, standing)
    known = {each.id: each for each in wanted}
    for identity, slot in slots.items():
        each = known[identity]
        if any(other in known and other not in slots for other, _ in each.after):
            return False
        span = (epoch(slot), epoch(slot) + each.minutes)
        ordinal = slot.astimezone(clock.settings.zone).toordinal()
        if any(span[0] < end and start < span[1] for start, end in days[ordinal].taken):
            return False
        if slot != each.fixed and (each.fixed or slot < max(begin, each.floor, *_ends(each, known, slots, clock))):
            return False
        if slot != each.fixed and not _is_hour_for(each, span, days[ordinal], clock):
            return False
        days.take(ordinal, span, counted=False)
    return True


def _ends(each: Wanted, known: Mapping[str, Wanted], slots: Mapping[str, datetime], clock: Clock) -> list[datetime]:
    """When what a task comes after is over, with the time that is to lie between."""
    found = [each.floor]
    calendar = clock.calendar_for(each.step, each.person) if each.person else clock.mine
    for other, gap in each.after:
        if other not in slots:
            continue
        end = slots[other].astimezone(clock.settings.zone) + timedelta(minutes=known[other].minutes)
        found.append(end if gap is None else clock.spaced(end, gap, calendar))
    return found


def _is_hour_for(each: Wanted, span: Span, day: Day, clock: Clock) -> bool:
    """Whether a slot lies in the daily block, or beside it in the hours of what has a time of its own."""
    hours = any(start <= span[0] and span[1] <= end for start, end in windows(each, day.ordinal, clock))
    suits = day.business or each.step.days == "any"
    if day.block[0] <= span[0] and span[1] <= day.block[1]:
        return hours if each.step.office_hours else suits
    beside = span[1] <= day.block[0] or day.block[1] <= span[0] or not day.business
    return hours and beside and (suits or each.step.own_slot)
