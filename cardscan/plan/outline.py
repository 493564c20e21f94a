"""A playbook as it stands for people of one kind: the steps they are owed, what each counts from, what comes before it.

Of thousands of people there are few kinds, so this is worked out once for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cardscan.plan.calendar import Offset
from cardscan.plan.playbook import Playbook, Step, Variant, When

Traits = frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One step as it stands for such people; of its variants only those that apply to them.

    Attributes:
        step: The step.
        titles: Templates, those of the first variant in front.
        rules: Every rule it serves.
        whens: The ways to find its date, each once, with the step it counts from; None where that is no step of theirs.
        repeats: The first of these ways, with each of the steps in time after which it comes again.
        depends_on: Steps that come first.
        spaced: Steps it keeps a distance to, with the least time between.
        sources: Every step that its date is found by.
    """

    step: Step
    titles: tuple[str, ...]
    rules: tuple[str, ...]
    whens: tuple[tuple[When, str | None], ...]
    repeats: tuple[When, ...]
    depends_on: tuple[str, ...]
    spaced: tuple[tuple[str, Offset], ...]
    sources: frozenset[str]


class Outlines:
    """The outlines of one playbook, made as they are asked for."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook.name
        self.steps = {step.id: step for step in playbook.steps}
        self._applying: dict[Traits, tuple[Step, ...]] = {}
        self._parts: dict[tuple[Traits, tuple[str, ...]], tuple[Part, ...]] = {}

    def steps_for(self, traits: Traits) -> tuple[Step, ...]:
        """The steps that apply to people with these traits, in the order of the playbook."""
        found = self._applying.get(traits)
        if found is None:
            found = self._applying[traits] = tuple(step for step in self.steps.values() if _applying(step, traits))
        return found

    def parts(self, traits: Traits, standing: tuple[str, ...]) -> tuple[Part, ...]:
        """How the steps with these ids stand for people with these traits who have no others to do."""
        found = self._parts.get((traits, standing))
        if found is None:
            among = frozenset(standing)
            found = tuple(self._part(self.steps[step_id], traits, among) for step_id in standing)
            self._parts[traits, standing] = found
        return found

    def _part(self, step: Step, traits: Traits, standing: frozenset[str]) -> Part:
        variants = _applying(step, traits)
        whens = _unlike((variant.when, self._standing(variant.when.anchor, standing)) for variant in variants)
        depends_on = self._depends_on(variants, standing)
        return Part(
            step=step,
            titles=tuple(title for variant in variants for title in variant.titles),
            rules=_rules(variants, traits),
            whens=whens,
            repeats=tuple(replace(whens[0][0], by=offset) for offset in step.repeat),
            depends_on=depends_on,
            spaced=tuple((anchor, when.earliest) for when, anchor in whens if anchor and when.earliest is not None),
            sources=frozenset(depends_on).union(
                (anchor for _, anchor in whens if anchor), (step.id,) if step.repeat else ()
            ),
        )

    def _standing(self, step_id: str, standing: frozenset[str]) -> str | None:
        """The step to count from: that of the id, or where they have none, the one it counts from itself."""
        for _ in self.steps:
            if step_id in standing:
                return step_id
            step = self.steps.get(step_id)
            if step is None:
                return None
            step_id = step.variants[0].when.anchor
        return None

    def _depends_on(self, variants: Iterable[Variant], standing: frozenset[str]) -> tuple[str, ...]:
        """The steps that come first; in place of one they have not, those that come before it."""
        found: list[str] = []
        pending = [step_id for variant in variants for step_id in variant.depends_on]
        seen: set[str] = set()
        while pending:
            step_id = pending.pop(0)
            if step_id in seen:
                continue
            seen.add(step_id)
            if step_id in standing:
                found.append(step_id)
            elif step_id in self.steps:
                pending += [other for variant in self.steps[step_id].variants for other in variant.depends_on]
        return tuple(found)


def _applying(step: Step, traits: Traits) -> tuple[Variant, ...]:
    return tuple(variant for variant in step.variants if step.scope == "contact" and variant.applies(traits))


def _unlike(whens: Iterable[tuple[When, str | None]]) -> tuple[tuple[When, str | None], ...]:
    """Each way to find a date once: playbooks that ask for the same thing often ask for the same day."""
    found: dict[tuple[object, ...], tuple[When, str | None]] = {}
    for when, anchor in whens:
        way = (when.by, when.earliest, when.at, when.before_item, when.undated, anchor or when.anchor)
        found.setdefault(way, (when, anchor))
    return tuple(found.values())


def _rules(variants: Iterable[Variant], traits: Traits) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for variant in variants:
        found |= dict.fromkeys(variant.rules)
        for conditions, rules in variant.rules_when:
            if conditions.hold(traits):
                found |= dict.fromkeys(rules)
    return tuple(found)
