"""A playbook unfolded for one person: the tasks they are owed, dated, with what has been done taken into account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

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

_Owed = tuple[str, Item]  # what a step asks for once: what tells its task from others of the step, what it is for
_ONCE: Final[tuple[_Owed]] = (("", None),)  # a step that is taken once, for nothing in particular
_WITH_LINKS: Final = ("research", "connect")
_SAME_MAIL: Final = timedelta(days=14)  # a promise due later than this after the mail is not part of it


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
        self._playbook = outlines.playbook
        self._variables = wording.variables_of(person)
        self._known = frozenset(self._variables)
        self._made = Made()
        self._deadlines = Deadlines(person, clock, touches, self._made)
        past = Past(person.series, prior, touches, outlines.steps)
        owed = self._all_owed(outlines.steps_for(person.traits), past)
        self._owed = tuple(zip(outlines.parts(person.traits, tuple(owed)), owed.values(), strict=True))
        for part, items in self._owed:
            step_id = part.step.id
            for key, item in items:
                identity = task_id(person.series, step_id, key)
                entry: Entry | None = prior.get(identity)
                if entry is None or entry.status not in CLOSED:
                    entry = self._wanted(part, identity, key, item)
                self._made.put(step_id, key, entry)

    @property
    def entries(self) -> list[Entry]:
        """In the order of the playbook: a `Task` where one is closed, a `Wanted` where one is to be done."""
        return list(self._made.by_id.values())

    def redated(self, expected: Mapping[str, datetime]) -> list[Wanted]:
        """Those tasks that get another date when some, by id, are expected to be done later than their deadline."""
        self._deadlines.expect(expected)
        moved = set(expected)
        moved_steps = {entry.step.id for other in expected if isinstance(entry := self._made.by_id[other], Wanted)}
        found = []
        for part, items in self._owed:
            if moved_steps.isdisjoint(part.sources):
                continue
            step_id = part.step.id
            for key, item in items:
                old = self._made.by_step[step_id][key]
                if isinstance(old, Wanted) and self._counts_from(moved, part, key, old):
                    new = self._redated(part, key, item, old)
                    self._made.put(step_id, key, new)
                    found.append(new)
                    if new.due != old.due:
                        moved.add(old.id)
                        moved_steps.add(step_id)
        return found

    def _counts_from(self, moved: set[str], part: Part, key: str, old: Wanted) -> bool:
        return not moved.isdisjoint(old.depends_on) or any(
            entry.id in moved for _, anchor in part.whens if anchor for entry in self._made.of(anchor, key)
        )

    # --- what is owed ---------------------------------------------------------------------------------------------

    def _all_owed(self, steps: Sequence[Step], past: Past) -> dict[str, Sequence[_Owed]]:
        """What each step asks for, by step id; steps that ask for nothing are left out."""
        resting = past.is_resting(steps)
        found = {}
        for step in steps:
            items = self._items(step, past) if step.each or step.repeat else _ONCE
            if (resting and not (step.each or step.own_slot)) or past.is_answered(step):
                items = [(key, item) for key, item in items if past.is_closed(step.id, key)]
            if items:
                found[step.id] = items
        return found

    def _items(self, step: Step, past: Past) -> Sequence[_Owed]:
        if step.each == "promise":
            return [(item_key(promise.what), promise) for promise in self._person.promises]
        if step.each == "offer":
            return [(item_key(offer.what), offer) for offer in self._person.offers]
        done = 0
        while past.is_closed(step.id, str(done + 1)):
            done += 1
        return [(str(index + 1), index) for index in range(max(len(step.repeat), done + 1))]

    # --- tasks ----------------------------------------------------------------------------------------------------

    def _wanted(self, part: Part, identity: str, key: str, item: Item) -> Wanted:
        person, step, variables, promise = self._person, part.step, self._variables, None
        named, known = self._known, self._prior.get(identity)
        if isinstance(item, Promise):
            promise = item.what
            what, kind = wording.promise_words(item, person.name)
            variables, named = {**variables, "item": what}, named | {"item"}
            if kind == "call":
                step = replace(step, kind=kind, draft="call", office_hours=True)
        elif isinstance(item, Offer):
            variables, named = {**variables, "item": item.what}, named | {"item"}
        before = self._before(part, key, item) if part.depends_on or step.repeat else ()
        depends = tuple([entry.id for entry in before])
        dated, fixed = self._deadlines.find(part, step, key, item, before, known)
        closes = self._closes(step, dated.due) if step.closes else ()
        listed = step.checklist or closes or step.kind in _WITH_LINKS
        # In the order of the fields: to name twenty of them takes as long as half of what is done here.
        return Wanted(
            identity,
            step,
            self._playbook,
            wording.fill(part.titles, variables, named) or f"{step.id}: {person.name}",
            dated.due,
            dated.floor,
            step.minutes,
            1 if person.priority == 1 else min(9, person.priority + step.later),
            Why(part.rules, person.note, person.met.source, dated.words),
            person.id,
            person.name,
            person,
            "waiting" if (before or known) and self._is_waiting(before, known) else "open",
            depends,
            self._after(part, key, depends) if depends or part.spaced else (),
            fixed,
            self._checklist(step, variables, closes) if listed else (),
            promise,
            closes,
            known.snoozed_until if known else None,
        )

    def _redated(self, part: Part, key: str, item: Item, old: Wanted) -> Wanted:
        """The task with the dates it has now; all else stays but for the promises that go out with it by its date."""
        if old.step.closes:
            return self._wanted(part, old.id, key, item)
        before = self._before(part, key, item) if part.depends_on or old.step.repeat else ()
        dated, fixed = self._deadlines.find(part, old.step, key, item, before, self._prior.get(old.id))
        why = Why(old.why.rules, old.why.note, old.why.met_on_from, dated.words)
        return old._replace(due=dated.due, floor=dated.floor, fixed=fixed, why=why)

    def _is_waiting(self, before: Sequence[Entry], known: Task | None) -> bool:
        """Whether something comes first that is not done, or the user put it off."""
        for entry in before:
            if isinstance(entry, Wanted):
                return True
        until = known.snoozed_until if known else None
        return until is not None and datetime.fromisoformat(until) > self._clock.now

    def _before(self, part: Part, key: str, item: Item) -> Sequence[Entry]:
        """The tasks that come first; of those that come again, the one before."""
        if isinstance(item, int) and item:
            earlier = self._made.by_step[part.step.id][str(item)]
            if isinstance(earlier, Wanted):
                return (earlier,)
        return [entry for step_id in part.depends_on for entry in self._made.of(step_id, key)]

    def _after(self, part: Part, key: str, depends: Sequence[str]) -> tuple[tuple[str, Offset | None], ...]:
        """What it comes after, with the least time between."""
        found: list[tuple[str, Offset | None]] = [(identity, None) for identity in depends]
        for step_id, least in part.spaced:
            found += [(entry.id, least) for entry in self._made.of(step_id, key) if isinstance(entry, Wanted)]
        return tuple(found)

    def _closes(self, step: Step, due: datetime) -> tuple[str, ...]:
        """The promises that go out with a mail."""
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
