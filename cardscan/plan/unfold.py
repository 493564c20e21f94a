"""A playbook unfolded for one person: the tasks they are owed, dated, with what has been done taken into account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from cardscan.plan import wording
from cardscan.plan.calendar import Offset
from cardscan.plan.contacts import Touches
from cardscan.plan.dating import Clock
from cardscan.plan.deadlines import Deadlines, Item
from cardscan.plan.outline import Outlines, Part
from cardscan.plan.past import Past
from cardscan.plan.person import Person, item_key
from cardscan.plan.playbook import Step
from cardscan.plan.wanted import CLOSED, Entry, Made, Wanted, task_id
from cardscan.record import Offer, Promise, Task, Why

_SAME_MAIL: Final = timedelta(days=14)  # a promise due later than this after the mail is not part of it


class _Owed(NamedTuple):
    """What a step asks for once: the task's id, what tells it from others of the step, and how it stands."""

    id: str
    key: str
    item: Item
    known: Task | None

    @property
    def closed(self) -> Task | None:
        """The task, if it is done or dropped."""
        return self.known if self.known is not None and self.known.status in CLOSED else None


class Unfolding:
    """The tasks of one person, step by step.

    Args:
        outlines: The playbook.
        clock: My days and hours, and now.
        person: Whom the tasks are for.
        prior: Tasks as they stand, by id; what is done or dropped comes back as it is.
        touches: When there was contact.
    """

    def __init__(
        self, outlines: Outlines, clock: Clock, person: Person, prior: Mapping[str, Task], touches: Touches
    ) -> None:
        self._clock = clock
        self._person = person
        self._prior = prior
        self._touches = touches
        self._playbook = outlines.playbook
        self._variables = wording.variables_of(person)
        self._made = Made()
        past = Past(person.series, prior, touches, outlines.steps)
        owed = self._all_owed(outlines.steps_for(person.traits), past)
        parts = outlines.parts(person.traits, tuple(owed))
        self._owed = tuple(zip(parts, owed.values(), strict=True))
        deadlines = self._deadlines({})
        for part, each in ((part, each) for part, group in self._owed for each in group):
            self._made.put(part.step.id, each.key, each.closed or self._wanted(part, each, deadlines))

    @property
    def entries(self) -> list[Entry]:
        """In the order of the playbook: a `Task` where one is closed, a `Wanted` where one is to be done."""
        return list(self._made.by_id.values())

    def redated(self, expected: Mapping[str, datetime]) -> list[Wanted]:
        """Those tasks that get another date when some, by id, are expected to be done later than their deadline."""
        deadlines = self._deadlines(expected)
        moved = set(expected)
        moved_steps = {self._made.step_of(identity) for identity in expected}
        found = []
        for part, group in self._owed:
            if moved_steps.isdisjoint(part.sources):
                continue
            for each in group:
                old = self._made.by_id[each.id]
                if isinstance(old, Wanted) and self._counts_from(moved, part, each.key, old):
                    new = self._wanted(part, each, deadlines)
                    self._made.put(part.step.id, each.key, new)
                    found.append(new)
                    if new.due != old.due:
                        moved.add(each.id)
                        moved_steps.add(part.step.id)
        return found

    def _deadlines(self, expected: Mapping[str, datetime]) -> Deadlines:
        return Deadlines(self._person, self._clock, self._touches, self._made, expected)

    def _counts_from(self, moved: set[str], part: Part, key: str, old: Wanted) -> bool:
        return not moved.isdisjoint(old.depends_on) or any(
            entry.id in moved for _, anchor in part.whens if anchor for entry in self._made.of(anchor, key)
        )

    # --- what is owed ---------------------------------------------------------------------------------------------

    def _all_owed(self, steps: Sequence[Step], past: Past) -> dict[str, list[_Owed]]:
        """What each step asks for, by step id; steps that ask for nothing are left out."""
        resting = past.is_resting(steps)
        found = {}
        for step in steps:
            asked = not (resting and not (step.each or step.own_slot)) and not past.is_answered(step)
            each_owed = [self._owe(step, key, item) for key, item in self._items(step, past)]
            group = [owed for owed in each_owed if asked or owed.closed]
            if group:
                found[step.id] = group
        return found

    def _owe(self, step: Step, key: str, item: Item) -> _Owed:
        identity = task_id(self._person.series, step.id, key)
        return _Owed(identity, key, item, self._prior.get(identity))

    def _items(self, step: Step, past: Past) -> Iterator[tuple[str, Item]]:
        if step.each:
            items: tuple[Promise | Offer, ...] = self._person.offers
            if step.each == "promise":
                items = self._person.promises
            yield from ((item_key(item.what), item) for item in items)
        elif step.repeat:
            done = 0
            while past.is_closed(step.id, str(done + 1)):
                done += 1
            yield from ((str(index + 1), index) for index in range(max(len(step.repeat), done + 1)))
        else:
            yield "", None

    # --- tasks ----------------------------------------------------------------------------------------------------

    def _wanted(self, part: Part, owed: _Owed, deadlines: Deadlines) -> Wanted:
        person, step, item, known, variables = self._person, part.step, owed.item, owed.known, self._variables
        if isinstance(item, Promise):
            title, kind = wording.promise_words(item, person.name)
            variables = {**variables, "item": title}
            if kind == "call":
                step = replace(step, kind=kind, draft="call", office_hours=True)
        elif isinstance(item, Offer):
            variables = {**variables, "item": item.what}
        depends = self._depends(part, owed)
        dated, fixed = deadlines.find(part, step, owed.key, item, depends, known)
        closes = self._closes(step, dated.due)
        return Wanted(
            id=owed.id,
            step=step,
            playbook=self._playbook,
            title=wording.fill(part.titles, variables) or f"{step.id}: {person.name}",
            due=dated.due,
            floor=dated.floor,
            minutes=step.minutes,
            priority=1 if person.priority == 1 else min(9, person.priority + step.later),
            why=Why(part.rules, person.note, person.met.source, dated.words),
            contact_id=person.id,
            contact_name=person.name,
            person=person,
            status="waiting" if self._is_waiting(depends, known) else "open",
            depends_on=depends,
            after=self._after(part, owed.key, depends),
            fixed=fixed,
            checklist=self._checklist(step, variables, closes),
            promise=item.what if isinstance(item, Promise) else None,
            closes=closes,
            snoozed_until=known.snoozed_until if known else None,
        )

    def _is_waiting(self, depends: Sequence[str], known: Task | None) -> bool:
        """Whether something comes first that is not done, or the user put it off."""
        for other in depends:
            if isinstance(self._made.by_id[other], Wanted):
                return True
        until = known.snoozed_until if known else None
        return until is not None and datetime.fromisoformat(until) > self._clock.now

    def _depends(self, part: Part, owed: _Owed) -> tuple[str, ...]:
        """Ids of the tasks that come first; of those that come again, the one before."""
        if isinstance(owed.item, int) and owed.item:
            before = self._made.by_step[part.step.id][str(owed.item)]
            if isinstance(before, Wanted):
                return (before.id,)
        if not part.depends_on:
            return ()
        return tuple([entry.id for step_id in part.depends_on for entry in self._made.of(step_id, owed.key)])

    def _after(self, part: Part, key: str, depends: Sequence[str]) -> tuple[tuple[str, Offset | None], ...]:
        found: list[tuple[str, Offset | None]] = [(identity, None) for identity in depends]
        for step_id, least in part.spaced:
            found += [(entry.id, least) for entry in self._made.of(step_id, key) if isinstance(entry, Wanted)]
        return tuple(found)

    def _closes(self, step: Step, due: datetime) -> tuple[str, ...]:
        """The promises that go out with a mail."""
        if not step.closes:
            return ()
        found = (entry for other in step.closes for entry in self._made.by_step.get(other, {}).values())
        return tuple(
            entry.id
            for entry in found
            if isinstance(entry, Wanted) and entry.step.kind == "send" and entry.due <= due + _SAME_MAIL
        )

    def _checklist(self, step: Step, variables: Mapping[str, str], closes: Sequence[str]) -> tuple[str, ...]:
        line = wording.fill(step.checklist, variables)
        lines = [line] if line else []
        if step.kind == "research":
            lines += self._person.links
        elif step.kind == "connect":
            lines += self._person.profiles
        for other in closes:
            entry = self._made.by_id[other]
            if isinstance(entry, Wanted) and entry.promise:
                lines.append(f"Goes with it, as promised: {entry.promise}")
        return tuple(lines)
