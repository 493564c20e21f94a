"""What has become of one person's tasks so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cardscan.plan.contacts import Touches
from cardscan.plan.playbook import Step
from cardscan.plan.wanted import CLOSED, task_id
from cardscan.record import Task


class Past:
    """One person's tasks as they stand, and when there was contact.

    Args:
        series: What the ids of the person's tasks are made of.
        prior: Tasks as they stand, by id; those of others may be among them.
        touches: When there was contact.
        steps: The steps of the playbook, by id.
    """

    def __init__(self, series: str, prior: Mapping[str, Task], touches: Touches, steps: Mapping[str, Step]) -> None:
        self._series = series
        self._prior = prior
        self._touches = touches
        self._steps = steps

    def task(self, step_id: str, key: str = "") -> Task | None:
        """The task of a step (and of a promise, an offer, a number) if it was planned before."""
        return self._prior.get(task_id(self._series, step_id, key)) if self._prior else None

    def is_closed(self, step_id: str, key: str = "") -> bool:
        """Whether it was done or dropped."""
        known = self.task(step_id, key)
        return known is not None and known.status in CLOSED

    def is_answered(self, step: Step) -> bool:
        """Whether a step that is only for silence is not needed: they answered after the mail that it repeats."""
        if not step.unless_answered or not self._touches.answers:
            return False
        first = step
        while first.unless_answered and first.variants[0].when.anchor in self._steps:
            first = self._steps[first.variants[0].when.anchor]
        known = self.task(first.id)
        if known is None or known.status != "done" or known.completed is None:
            return False
        return self._touches.answers[-1] > datetime.fromisoformat(known.completed)

    def is_resting(self, steps: Iterable[Step]) -> bool:
        """Whether every try has been made without an answer: then the person is left in peace."""
        tries = [step for step in steps if step.unless_answered]
        return bool(tries) and all(self.is_closed(step.id) and not self.is_answered(step) for step in tries)
