"""The language of playbooks: steps that say when, for whom, what, and by which rules.

A step with the same id in two playbooks asks for the same thing. A merged playbook keeps both as *variants* of one
step; for each contact those variants count whose conditions hold: their rules are all named, the earliest date wins,
and everything any of them depends on comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from cardscan.plan.calendar import Offset
from cardscan.record import DraftKind, TaskKind

Anchor = Literal["met", "item", "last-contact"]
Days = Literal["mine", "both", "any"]
Scope = Literal["contact", "event", "all"]
Each = Literal["promise", "offer"]
At = Literal["close", "midnight"]

SCHEMA: Final = "cardscan/playbook/1"
CONDITIONS: Final = (
    "person", "noted", "priority", "hit-it-off", "focus", "note-only", "promise", "offer", "referral", "ask-referral",
    "not-decision-maker", "meeting", "meeting-date", "meeting-open", "gatekeeper", "topic", "address", "email", "phone",
    "url", "social", "strategy", "client", "prospect", "partner", "job", "friend", "alliance",
)  # fmt: skip
VARIABLES: Final = (
    "name", "first", "organization", "topic", "event", "place", "item", "who", "network", "meeting", "meet", "when",
    "gatekeeper", "cards", "stamps", "missing", "people", "date",
)  # fmt: skip
KINDS: Final[tuple[str, ...]] = get_args(TaskKind)
DRAFTS: Final[tuple[str, ...]] = get_args(DraftKind)


@dataclass(frozen=True, slots=True, eq=False)
class When:
    """A deadline, and the first moment that makes sense; itself alone is equal to it, so it is quick to look up.

    Attributes:
        anchor: `met`, `last-contact`, `item` (date of the promise, offer or meeting), or a step id (its completion).
        by: Deadline as a step in time from the anchor.
        earliest: First sensible moment from the anchor; None is the anchor itself.
        at: Time of day of the deadline when it counts in days: close of business, or midnight.
        undated: With anchor `item`, the step in time from the meeting when the item has no date.
        before_item: The deadline is no later than the business day before the agreed meeting.
    """

    anchor: str
    by: Offset
    earliest: Offset | None = None
    at: At = "close"
    before_item: bool = False
    undated: Offset | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """For whom: all of these, any of those, none of the others (names of `CONDITIONS`)."""

    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()

    def hold(self, traits: frozenset[str]) -> bool:
        """Whether a contact with these traits is meant."""
        return self.all <= traits and not self.none & traits and (not self.any or bool(self.any & traits))


@dataclass(frozen=True, slots=True)
class Variant:
    """What one playbook says of a step. Of its title templates the first whose variables are all known is taken."""

    playbook: str
    titles: tuple[str, ...]
    when: When
    conditions: Conditions
    rules: tuple[str, ...]
    rules_when: tuple[tuple[Conditions, tuple[str, ...]], ...]
    depends_on: tuple[str, ...]
    note_only: bool

    def applies(self, traits: frozenset[str]) -> bool:
        """Whether this playbook asks for the step with such a contact."""
        return self.conditions.hold(traits) and (self.note_only or "note-only" not in traits)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        id: The same in every playbook that asks for it; tasks are recognised by it.
        checklist: Templates of one line that belongs to the task, chosen like a title.
        days: On whose business days it may be due; `any` includes weekends and holidays.
        office_hours: It happens while both are in their office (a call).
        own_slot: It has a time of its own, not one in the daily block (a meeting, a debrief).
        scope: One per contact, one per event day, or one for all.
        each: One per promise or offer.
        repeat: Steps in time of a task that comes again; the last is repeated for ever.
        closes: Ids of steps that are done when this one is.
        unless_answered: It is not needed once they have answered (a retry).
        unusual: It comes at a time nobody expects: its day is spread, and keeps clear of holidays.
        later: Added to the contact's priority: 1 or 2 for what can wait.
    """

    id: str
    kind: TaskKind
    minutes: int
    variants: tuple[Variant, ...]
    draft: DraftKind | None = None
    checklist: tuple[str, ...] = ()
    days: Days = "mine"
    office_hours: bool = False
    own_slot: bool = False
    scope: Scope = "contact"
    each: Each | None = None
    repeat: tuple[Offset, ...] = ()
    closes: tuple[str, ...] = ()
    unless_answered: bool = False
    unusual: bool = False
    later: int = 0


@dataclass(frozen=True, slots=True)
class Playbook:
    """A way of following up: its steps in an order in which each comes after those it depends on."""

    name: str
    title: str
    source: str
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step | None:
        """The step of that id."""
        return next((step for step in self.steps if step.id == step_id), None)

    @property
    def rules(self) -> frozenset[str]:
        """Every rule id that some step of this playbook serves."""
        found: set[str] = set()
        for step in self.steps:
            for variant in step.variants:
                found.update(variant.rules)
                for _, rules in variant.rules_when:
                    found.update(rules)
        return frozenset(found)


def merge(name: str, title: str, source: str, playbooks: tuple[Playbook, ...]) -> Playbook:
    """Several playbooks as one; where a step stands in several, the first says title, kind and minutes."""
    steps: dict[str, Step] = {}
    for playbook in playbooks:
        for step in playbook.steps:
            known = steps.get(step.id)
            steps[step.id] = step if known is None else _joined(known, step)
    return Playbook(name, title, source, in_order(tuple(steps.values())))


def in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps so that each comes after those it depends on or counts from, otherwise as they stand.

    Raises:
        ValueError: Some steps wait for each other; its argument names them.
    """
    ids = {step.id for step in steps}
    done: set[str] = set()
    ordered: list[Step] = []
    rest = list(steps)
    while rest:
        ready = next((step for step in rest if before(step) & ids <= done), None)
        if ready is None:
            raise ValueError(", ".join(step.id for step in rest))
        ordered.append(ready)
        done.add(ready.id)
        rest.remove(ready)
    return tuple(ordered)


def before(step: Step) -> set[str]:
    """Ids of the steps that this one depends on, counts from or closes."""
    found: set[str] = set(step.closes)
    for variant in step.variants:
        found.update(variant.depends_on)
        if variant.when.anchor not in get_args(Anchor):
            found.add(variant.when.anchor)
    return found


def _joined(first: Step, second: Step) -> Step:
    return replace(
        first,
        variants=first.variants + second.variants,
        checklist=_union(first.checklist, second.checklist),
        closes=_union(first.closes, second.closes),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(text for text in second if text not in first)
