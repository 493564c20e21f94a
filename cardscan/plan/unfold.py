"""A playbook unfolded for one person: the tasks they are owed, dated, with what has been done taken into account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from cardscan.plan import dating, wording
from cardscan.plan.calendar import Offset
from cardscan.plan.contacts import Touches
from cardscan.plan.dating import Anchor, Clock, Dated
from cardscan.plan.person import Person, item_key
from cardscan.plan.playbook import Playbook, Step, Variant, When
from cardscan.plan.wanted import CLOSED, Wanted, entry_id, task_id
from cardscan.record import Offer, Promise, Task, Why

_LEAD: Final = timedelta(days=7)  # a word that comes again may be sent a week before its day
_SAME_MAIL: Final = timedelta(days=14)  # a promise due later than this after the mail is not part of it


Item = Promise | Offer | int | None
Variants = Mapping[str, tuple[Variant, ...]]


class Unfolder:
    """Unfolds one playbook for many people; what depends only on a contact's traits is worked out once."""

    def __init__(self, playbook: Playbook, clock: Clock) -> None:
        self._playbook = playbook
        self._clock = clock
        self._steps = {step.id: step for step in playbook.steps}
        self._variants: dict[frozenset[str], tuple[Variants, Mapping[str, tuple[str, ...]]]] = {}

    def unfold(
        self, person: Person, prior: Mapping[str, Task], touches: Touches,
        expected: Mapping[str, datetime] | None = None, before: Sequence[Wanted | Task] = (),
    ) -> list[Wanted | Task]:  # fmt: skip
        """The person's tasks in the order of the playbook.

        Args:
            person: Whom they are for.
            prior: Tasks as they stand, by id; what is done or dropped comes back as it is.
            touches: When there was contact.
            expected: When open tasks are expected to be done, where that is later than their deadline.
            before: What unfolding without `expected` gave; what does not depend on it is taken from there.

        Returns:
            A `Task` where one is closed, a `Wanted` where one is to be done.
        """
        if person.traits not in self._variants:
            applying = {step.id: _applying(step, person.traits) for step in self._playbook.steps}
            applying = {step_id: found for step_id, found in applying.items() if found}
            rules = {step_id: _rules(found, person.traits) for step_id, found in applying.items()}
            self._variants[person.traits] = (applying, rules)
        variants, rules_of = self._variants[person.traits]
        unfolding = _Unfolding(
            self._clock, self._playbook.name, self._steps, variants, rules_of, person, prior, touches, expected or {},
            {entry_id(entry): entry for entry in before},
        )  # fmt: skip
        return unfolding.entries()


def _applying(step: Step, traits: frozenset[str]) -> tuple[Variant, ...]:
    return tuple(variant for variant in step.variants if step.scope == "contact" and variant.applies(traits))


@dataclass(slots=True)
class _Unfolding:
    """One pass over the steps for one person."""

    clock: Clock
    playbook: str
    steps: Mapping[str, Step]
    variants: Variants
    rules: Mapping[str, tuple[str, ...]]
    person: Person
    prior: Mapping[str, Task]
    touches: Touches
    expected: Mapping[str, datetime]
    before: Mapping[str, Wanted | Task]
    changed: set[str] = field(default_factory=set)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    by_id: dict[str, Wanted | Task] = field(default_factory=dict)
    met: Anchor = field(init=False)
    made: dict[str, dict[str, Wanted | Task]] = field(default_factory=dict)
    touch_base: datetime | None = None

    def entries(self) -> list[Wanted | Task]:
        """All tasks, step by step."""
        variables = wording.variables_of(self.person)
        self.met = dating.met_anchor(self.person)
        self.changed.update(self.expected)
        resting = self._is_resting()
        for step_id, variants in self.variants.items():
            step = self.steps[step_id]
            made: dict[str, Wanted | Task] = {}
            wanted = not (resting and not (step.each or step.own_slot)) and not self._is_answered(step)
            self.made[step_id] = made
            for key, item in self._items(step):
                identity = self._id(step_id, key)
                known = self.prior.get(identity)
                if known is not None and known.status in CLOSED:
                    made[key] = self.by_id[identity] = known
                elif wanted:
                    old = self.before.get(identity)
                    if isinstance(old, Wanted) and not self._is_touched(old, step, variants, key):
                        made[key] = self.by_id[identity] = old
                    else:
                        made[key] = self.by_id[identity] = new = self._wanted(
                            step, variants, key, item, known, variables
                        )
                        if old is not None and isinstance(old, Wanted) and old.due != new.due:
                            self.changed.add(identity)
        return [entry for made in self.made.values() for entry in made.values()]

    def _id(self, step_id: str, key: str) -> str:
        identity = self.ids.get((step_id, key))
        if identity is None:
            identity = self.ids[step_id, key] = task_id(self.person.id, step_id, key)
        return identity

    def _is_touched(self, old: Wanted, step: Step, variants: Sequence[Variant], key: str) -> bool:
        """Whether a task is dated by one whose date has changed."""
        if any(other in self.changed for other in old.task.depends_on):
            return True
        anchors = (self._standing(variant.when.anchor) for variant in variants)
        return any(
            entry_id(entry) in self.changed
            for anchor in anchors if anchor is not None for entry in self._entries_of(anchor, key)
        )  # fmt: skip

    def _items(self, step: Step) -> Iterator[tuple[str, Item]]:
        if step.each:
            items: tuple[Promise | Offer, ...] = self.person.offers
            if step.each == "promise":
                items = self.person.promises
            yield from ((item_key(item.what), item) for item in items)
        elif step.repeat:
            done = 0
            while self._closed(step.id, str(done + 1)):
                done += 1
            yield from ((str(index + 1), index) for index in range(max(len(step.repeat), done + 1)))
        else:
            yield "", None

    def _wanted(
        self, step: Step, variants: Sequence[Variant], key: str, item: Item, known: Task | None,
        variables: Mapping[str, str],
    ) -> Wanted:  # fmt: skip
        person, clock = self.person, self.clock
        if isinstance(item, Promise):
            title, kind = wording.promise_words(item, person.name)
            variables = {**variables, "item": title}
            if kind == "call":
                step = replace(step, kind=kind, draft="call", office_hours=True)
        elif isinstance(item, Offer):
            variables = {**variables, "item": item.what}
        depends = self._depends(variants, key)
        fixed: datetime | None = None
        if isinstance(item, int):
            if item and not self._closed(step.id, str(item)):
                depends = (self._id(step.id, str(item)),)
            dated = self._touch(step, item, depends)
        elif item is None and variants[0].when.anchor == "item":
            dated, fixed = dating.agreed(person, clock, step.minutes)
        else:
            dated = self._first([self._dated(step, variant, key, item) for variant in variants])
            dated = self._not_before(dated, depends, step)
        if person.met.source is None and known and known.due and not depends and item is None:
            # Nothing told the date of meeting: the day it was first planned on stays, or it would slide for ever.
            first = datetime.fromisoformat(known.due).astimezone(clock.settings.zone)
            dated = Dated(first, dated.floor, dated.words)
        snoozed = datetime.fromisoformat(known.snoozed_until) if known and known.snoozed_until else None
        if snoozed:
            dated = self._snoozed(dated, snoozed)
        blocked = bool(depends) and not all(self._is_satisfied(other) for other in depends)
        asleep = snoozed is not None and snoozed > clock.now
        closes = self._closes(step, dated.due)
        task = Task(
            id=self._id(step.id, key),
            contact_id=person.id,
            contact_name=person.name,
            playbook=self.playbook,
            kind=step.kind,
            title=wording.fill((text for each in variants for text in each.titles), variables)
            or f"{step.id}: {person.name}",
            due=dated.due.isoformat(),
            minutes=step.minutes,
            priority=1 if person.priority == 1 else min(9, person.priority + step.later),
            status="waiting" if blocked or asleep else "open",
            depends_on=depends,
            why=Why(self.rules[step.id], person.note, person.met.source, dated.words),
            draft=step.draft,
            checklist=self._checklist(step, variables, closes),
            promise=item.what if isinstance(item, Promise) else None,
            closes=closes,
            snoozed_until=known.snoozed_until if known else None,
        )
        return Wanted(task, step, dated.due, dated.floor, self._after(variants, key, depends), fixed, person)

    def _title(self, variants: Sequence[Variant], variables: Mapping[str, str]) -> str | None:
        for variant in variants:
            title = wording.fill(variant.titles, variables)
            if title is not None:
                return title
        return None

    # --- dates ----------------------------------------------------------------------------------------------------

    def _dated(self, step: Step, variant: Variant, key: str, item: Item) -> Dated:
        when, person, clock = variant.when, self.person, self.clock
        if when.anchor == "item" and isinstance(item, Promise | Offer):
            return dating.promised(item.due, when, step, person, clock)
        anchor_step = self._standing(when.anchor)
        if anchor_step is None:
            anchor = self._contact_anchor() if when.anchor == "last-contact" else self.met
            dated = dating.counted(when, anchor, step, person, clock)
            return dating.before_meeting(dated, person, clock) if when.before_item else dated
        entries = self._entries_of(anchor_step, key)
        done = all(isinstance(entry, Task) for entry in entries)
        moment = max(self._completion(entry) for entry in entries)
        words = f"{anchor_step} ({'done' if done else 'expected'} {wording.dated_words(moment)})"
        dated = dating.counted(when, Anchor(moment, words), step, person, clock)
        # Until the step before is done only its slot tells when this one can begin: the scheduler sees to that.
        return dated if done else Dated(dated.due, person.met.moment, dated.words)

    def _first(self, dates: Sequence[Dated]) -> Dated:
        """The earliest deadline of all, after the most patient beginning."""
        dated = min(dates, key=lambda each: each.due)
        floor = max(each.floor for each in dates)
        due = dated.due if dated.due > floor else max(each.due for each in dates)
        return Dated(max(due, floor), floor, dated.words)

    def _not_before(self, dated: Dated, depends: Sequence[str], step: Step) -> Dated:
        """Move a deadline that lies before that of a task which comes first."""
        if not depends:
            return dated
        waits = [entry.due for other in depends if isinstance(entry := self.by_id.get(other), Wanted)]
        if not waits or max(waits) <= dated.due:
            return dated
        latest = max(waits)
        calendar = self.clock.calendar_for(step, self.person)
        day = latest.toordinal() if step.days == "any" else calendar.next(latest.toordinal())
        while self.clock.on(datetime.fromordinal(day).date()) < latest and step.days != "any":
            day = calendar.add(day, 1)
        due = max(latest, self.clock.on(datetime.fromordinal(day).date()))
        return Dated(due, dated.floor, f"{dated.words}, and after what comes before it")

    def _touch(self, step: Step, index: int, depends: Sequence[str]) -> Dated:
        anchor = self._contact_anchor()
        if self.touch_base is None:
            self.touch_base = anchor.moment
            waits = [entry.due for other in depends if isinstance(entry := self.by_id.get(other), Wanted)]
            if waits and min(waits) < self.clock.now:
                self.touch_base = max(anchor.moment, self.clock.now)
        if self.touch_base > anchor.moment:
            anchor = Anchor(self.touch_base, "today, as what comes before it is late")
        when = _repeated(step.variants[0].when, step.repeat[min(index, len(step.repeat) - 1)])
        dated = dating.counted(when, anchor, step, self.person, self.clock)
        if dated.due < self.clock.now:
            self.touch_base = self.clock.now
        return Dated(dated.due, dated.due - _LEAD, dated.words)

    def _contact_anchor(self) -> Anchor:
        """The last real contact: logged or done, else the meeting; an agreed meeting to come counts as one."""
        anchor = self.met
        last = self.touches.last
        if last is not None and last > anchor.moment:
            last = last.astimezone(self.clock.settings.zone)
            anchor = Anchor(last, f"the last contact ({wording.dated_words(last)})")
        if "meeting-date" in self.person.traits:
            end = dating.agreed(self.person, self.clock, 0)[0].due
            if end > anchor.moment:
                anchor = Anchor(end, f"the agreed meeting ({wording.dated_words(end)})")
        return anchor

    def _snoozed(self, dated: Dated, until: datetime) -> Dated:
        until = until.astimezone(self.clock.settings.zone)
        floor, due = max(dated.floor, until), dated.due
        words = f"{dated.words}; snoozed until {wording.dated_words(until)}"
        return Dated(due if due > floor else max(floor, self.clock.on(floor.date())), floor, words)

    # --- what comes before, and what it closes -------------------------------------------------------------------

    def _standing(self, step_id: str) -> str | None:
        """The step to count from: that of the id, or where this person has none, the one it counts from itself."""
        for _ in range(len(self.steps)):
            if self.made.get(step_id):
                return step_id
            step = self.steps.get(step_id)
            if step is None:
                return None
            step_id = step.variants[0].when.anchor
        return None

    def _depends(self, variants: Sequence[Variant], key: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        pending = [step_id for variant in variants for step_id in variant.depends_on]
        seen: set[str] = set()
        while pending:
            step_id = pending.pop(0)
            if step_id in seen:
                continue
            seen.add(step_id)
            if self.made.get(step_id):
                found |= dict.fromkeys(entry_id(entry) for entry in self._entries_of(step_id, key))
            elif step_id in self.steps:
                pending += [other for variant in self.steps[step_id].variants for other in variant.depends_on]
        return tuple(found)

    def _after(
        self, variants: Sequence[Variant], key: str, depends: Sequence[str]
    ) -> tuple[tuple[str, Offset | None], ...]:
        found: list[tuple[str, Offset | None]] = [(identity, None) for identity in depends]
        for variant in variants:
            step_id = self._standing(variant.when.anchor)
            if step_id is not None and variant.when.earliest is not None:
                entries = self._entries_of(step_id, key)
                found += [(entry.task.id, variant.when.earliest) for entry in entries if isinstance(entry, Wanted)]
        return tuple(found)

    def _entries_of(self, step_id: str, key: str) -> list[Wanted | Task]:
        made = self.made[step_id]
        return [made[key]] if key in made else list(made.values())

    def _completion(self, entry: Wanted | Task) -> datetime:
        zone = self.clock.settings.zone
        if isinstance(entry, Task):
            return datetime.fromisoformat(entry.completed or entry.due or "").astimezone(zone)
        return max(entry.due, self.clock.now, self.expected.get(entry.task.id, entry.due))

    def _closes(self, step: Step, due: datetime) -> tuple[str, ...]:
        found = [entry for other in step.closes for entry in self.made.get(other, {}).values()]
        return tuple(
            entry.task.id
            for entry in found
            if isinstance(entry, Wanted) and entry.task.kind == "send" and entry.due <= due + _SAME_MAIL
        )

    def _checklist(self, step: Step, variables: Mapping[str, str], closes: Sequence[str]) -> tuple[str, ...]:
        lines = [line for line in (wording.fill(step.checklist, variables),) if line]
        if step.kind == "research":
            lines += self.person.links
        elif step.kind == "connect":
            lines += [social.url or f"{social.network}: {social.handle}" for social in self.person.contact.social]
        for other in closes:
            entry = self.by_id.get(other)
            if isinstance(entry, Wanted) and entry.task.promise:
                lines.append(f"Goes with it, as promised: {entry.task.promise}")
        return tuple(lines)

    # --- what has happened ----------------------------------------------------------------------------------------

    def _closed(self, step_id: str, key: str) -> bool:
        known = self.prior.get(self._id(step_id, key))
        return known is not None and known.status in CLOSED

    def _is_satisfied(self, identity: str) -> bool:
        known = self.prior.get(identity)
        return known is not None and known.status in CLOSED

    def _is_answered(self, step: Step) -> bool:
        """Whether a step that is only for silence is not needed: they answered after the mail that it repeats."""
        if not step.unless_answered or not self.touches.answers:
            return False
        first = step
        while first.unless_answered and first.variants[0].when.anchor in self.steps:
            first = self.steps[first.variants[0].when.anchor]
        known = self.prior.get(self._id(first.id, ""))
        if known is None or known.status != "done" or known.completed is None:
            return False
        return self.touches.answers[-1] > datetime.fromisoformat(known.completed)

    def _is_resting(self) -> bool:
        """Whether every try has been made without an answer: then the person is left in peace."""
        tries = [self.steps[step_id] for step_id in self.variants if self.steps[step_id].unless_answered]
        return bool(tries) and all(self._closed(step.id, "") and not self._is_answered(step) for step in tries)


def _rules(variants: tuple[Variant, ...], traits: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for variant in variants:
        found |= dict.fromkeys(variant.rules)
        for conditions, rules in variant.rules_when:
            if conditions.hold(traits):
                found |= dict.fromkeys(rules)
    return tuple(found)


@cache
def _repeated(when: When, offset: Offset) -> When:
    return replace(when, by=offset)
