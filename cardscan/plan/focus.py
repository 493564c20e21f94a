"""Whom of an event to follow up in full: few people, and the right ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cardscan.plan.met import Meeting
from cardscan.plan.person import Person

EventKey = tuple[str, str]
_WEIGHTS: tuple[tuple[str, int, str], ...] = (
    ("priority", 100, "starred"),
    ("hit-it-off", 40, "hit it off"),
    ("meeting", 20, "a meeting agreed"),
    ("promise", 16, "a promise to keep"),
    ("offer", 12, "an offer to take up"),
    ("referral", 8, "knows someone"),
    ("strategy", 6, "fits a strategy"),
    ("topic", 4, "something in common"),
    ("noted", 2, "a note on the card"),
    ("email", 1, "can be mailed"),
    ("phone", 1, "can be called"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one person ranks, and why."""

    person: Person
    score: int
    reasons: tuple[str, ...]


def event_key(met: Meeting) -> EventKey:
    """What makes two people of one event: its name in one stretch of days, or the day where no event is named."""
    return named(met.event) if met.event else ("day", met.day.isoformat())


@cache
def named(event: str) -> EventKey:
    """The key of a named event, whatever its case and spacing."""
    return ("event", " ".join(event.casefold().split()))


def event_words(met: Meeting) -> str:
    """The event as one speaks of it."""
    return met.event or met.day.isoformat()


def ranked(group: Sequence[Person]) -> list[Choice]:
    """The people of one event, those to keep first."""
    choices = []
    for person in group:
        held = [(weight, words) for trait, weight, words in _WEIGHTS if trait in person.traits]
        reasons = tuple(words for weight, words in held if weight > 1) or ("nothing noted",)
        choices.append(Choice(person, sum(weight for weight, _ in held), reasons))
    return sorted(choices, key=lambda choice: (-choice.score, choice.person.met.moment, choice.person.id))


def by_event(everyone: Sequence[Person]) -> dict[EventKey, list[Person]]:
    """People by event, in the order they come."""
    groups: dict[EventKey, list[Person]] = {}
    for person in everyone:
        groups.setdefault(event_key(person.met), []).append(person)
    return groups


def chosen(groups: Mapping[EventKey, Sequence[Person]], count: int, kept: frozenset[str]) -> frozenset[str]:
    """Ids of the `count` best of each event; those the user keeps count first."""
    found: set[str] = set()
    for group in groups.values():
        order = sorted(ranked(group), key=lambda choice: choice.person.id not in kept)
        wanted = max(count, sum(person.id in kept for person in group))
        found.update(choice.person.id for choice in order[:wanted])
    return frozenset(found)


def too_many(groups: Mapping[EventKey, Sequence[Person]], limit: int) -> list[str]:
    """A warning for each event with more full follow-ups than the limit, with whom to keep and why."""
    warnings = []
    for group in groups.values():
        full = [person for person in group if "note-only" not in person.traits]
        if limit and len(full) > limit:
            best = ranked(full)[:limit]
            keep = "; ".join(f"{choice.person.name} ({', '.join(choice.reasons[:3])})" for choice in best)
            warnings.append(
                f"{event_words(full[0].met)}: {len(full)} people to follow up in full, more than {limit}. "
                f"Keep {keep}, and give the others a card only: --focus {limit}, or `cardscan tasks note-only NAME`."
            )
    return warnings
