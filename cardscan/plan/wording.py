"""Titles that say exactly what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter

from cardscan.plan.calendar import read_day
from cardscan.plan.person import Person
from cardscan.record import Meeting, MeetingKind, Promise, TaskKind

_MEET: dict[MeetingKind, tuple[str, str]] = {
    "coffee": ("coffee", "have coffee with {name}"),
    "lunch": ("lunch", "have lunch with {name}"),
    "dinner": ("dinner", "have dinner with {name}"),
    "breakfast": ("breakfast", "have breakfast with {name}"),
    "drinks": ("a drink", "have a drink with {name}"),
    "call": ("a call", "talk with {name} on the telephone"),
    "visit": ("a visit", "visit {name}"),
    "meeting": ("a meeting", "meet {name}"),
}
# As the networks write themselves, where that is more than a capital.
_NETWORKS = {
    "linkedin": "LinkedIn", "xing": "XING", "github": "GitHub", "youtube": "YouTube", "tiktok": "TikTok",
    "whatsapp": "WhatsApp", "wechat": "WeChat", "line": "LINE", "vk": "VK", "qq": "QQ", "gitlab": "GitLab",
    "kakaotalk": "KakaoTalk", "soundcloud": "SoundCloud", "researchgate": "ResearchGate",
}  # fmt: skip
_LONGEST = 200


def day_words(day: date, *, month: bool = True) -> str:
    """`Mon 20 Apr`; English whatever the locale, as titles are."""
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{name} {day.day} {months[day.month - 1]}" if month else f"{name} {day.day}"


def dated_words(day: date) -> str:
    """`Mon 20 Apr 2026`."""
    return _dated_words(day.toordinal())


@cache
def _dated_words(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day_words(day)} {day.year}"


def meeting_words(meeting: Meeting) -> str:
    """When a meeting is: `on Mon 20 Apr at 15:00`, or `between Mon 20 and Fri 24 Apr`."""
    first = read_day(meeting.when)
    if first is None:
        return ""
    last = read_day(meeting.until) or first
    if last > first:
        words = f"between {day_words(first, month=first.month != last.month)} and {day_words(last)}"
    else:
        words = f"on {day_words(first)}"
    return f"{words} at {meeting.time}" if meeting.time else words


def variables_of(person: Person) -> dict[str, str]:
    """What the templates of a contact's steps may name; what is not known is left out."""
    facts, met = person.facts, person.met
    topics = facts.topics or facts.interests
    # A handle alone does not say on which network to look.
    networks = [social.network for social in person.contact.social if social.network.lower() != "other"]
    found = {
        "name": person.name,
        "first": person.first,
        "organization": person.organization,
        "topic": topics[0] if topics else None,
        "event": met.event,
        "place": met.place,
        "who": facts.referral.who if facts.referral else None,
        "network": _network(networks[0]) if networks else None,
        "gatekeeper": facts.gatekeeper,
        "date": day_words(met.day),
    }
    if facts.meeting:
        noun, phrase = _MEET[facts.meeting.kind]
        found |= {"meeting": noun, "meet": phrase.format(name=person.name), "when": meeting_words(facts.meeting)}
    return {key: value for key, value in found.items() if value}


def fill(templates: tuple[str, ...], variables: Mapping[str, str], known: frozenset[str] | None = None) -> str | None:
    """The first template whose variables are all known, filled and with a capital; None if there is none.

    Args:
        templates: The templates, the best in front.
        variables: What they may name.
        known: The names of the variables, where they are at hand already.
    """
    if not templates:
        return None
    template = _fitting(templates, frozenset(variables) if known is None else known)
    if template is None:
        return None
    text = " ".join(template.format_map(variables).split())
    return text[:1].upper() + (text[1:] if len(text) <= _LONGEST else text[1 : _LONGEST - 1] + "…")


@cache
def _fitting(templates: tuple[str, ...], known: frozenset[str]) -> str | None:
    return next((template for template in templates if fields_of(template) <= known), None)


@cache
def fields_of(template: str) -> frozenset[str]:
    """The variables that a template names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def promise_words(promise: Promise, name: str) -> tuple[str, TaskKind]:
    """A title for a promise in the words of the note, and the kind of task it is."""
    words = promise.what.split()
    lowered = [word.casefold().strip(".,;:!") for word in words]
    verbs = _verbs()
    rest = [word for word in lowered if word not in verbs["call"] and word not in verbs["empty"]]
    first = next((word for word in lowered if word not in verbs["empty"]), "")
    if first in verbs["call"]:
        return (f"Call {name} as promised: {promise.what}" if rest else f"Call {name} as promised"), "call"
    if first in verbs["do"] and lowered[0] == first:
        return f"{promise.what}, as promised to {name}", "send"
    return f"Keep your promise to {name}: {promise.what}", "send"


@cache
def _verbs() -> dict[str, frozenset[str]]:
    text = (resources.files("cardscan.plan") / "verbs.toml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text).items()}


def _network(name: str) -> str:
    return _NETWORKS.get(name.lower(), name.capitalize())
