"""A task and a card become words: the right template, filled with what is known, with blanks for what is not.

Rules of the playbooks that show here: about the other person, where and when we met, one thing from the talk
(system/5, system/6, six-tips/5); what was promised is listed (system/7); nothing is sold (lemonade/5); how often we met
is said as it is (six-rules/3); every call has an outline (frishman/5, system/8).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Final

from cardscan.draft import phrasing
from cardscan.draft.facts import Facts, clean, facts_of
from cardscan.draft.language import country_of, language_of, note_language
from cardscan.draft.lint import lint
from cardscan.draft.model import Draft, Language, Sender
from cardscan.draft.templating import BlankMarker, is_blank, render
from cardscan.draft.wording import (
    MONTH_FIRST,
    day_phrase,
    greeting,
    is_english_event,
    joined,
    met_phrase,
    slot_phrase,
    spoken_name,
    time_phrase,
    when_phrase,
    where_phrase,
    wording,
)
from cardscan.errors import UsageError
from cardscan.record import Card, Contact, Name, Task

TEMPLATE_OF_KIND: Final[Mapping[str, str]] = {
    "handwritten-note": "card",
    "email": "email",
    "send": "send",
    "call": "call",
    "meeting": "meeting",
    "accept-offer": "accept-offer",
    "ask-referral": "introduction",
    "contact-referral": "referral",
    "appreciation": "appreciation",
    "keep-in-touch": "keep-in-touch",
    "retry": "retry",
    "connect": "connect",
}
_SLOTS_SHOWN: Final = 3
# Words that are read on another day than they are written, or passed on: no "today" in them.
_LASTING: Final = frozenset({"card", "call", "referral", "introduction"})
_ADDRESS: Final = re.compile(r"[^\s@,;:<>()\"]{1,64}@[^\s@,;:<>()\"]{1,255}")


def compose(
    task: Task,
    card: Card,
    sender: Sender,
    now: datetime,
    *,
    slots: Sequence[datetime] = (),
    their_zone: tzinfo | None = None,
    my_zone: tzinfo | None = None,
    attempt: int = 2,
    times_met: int = 1,
    favours: Sequence[str] = (),
    kept: Collection[str] = (),
    later: Collection[str] = (),
    again: bool = False,
    language: Language | None = None,
    fills: Mapping[str, str] | None = None,
    templates: Path | None = None,
) -> Draft:
    """Write the draft of one task.

    Args:
        task: What is to be done; its kind picks the template.
        card: The contact's card with its notes.
        sender: Who writes.
        now: The clock; says whether a meeting was today or yesterday.
        slots: Proposed times, aware; the first three are used.
        their_zone: The other person's time zone; slots are said in it. None says them as they are.
        my_zone: The sender's; a slot has it beside where the clocks differ.
        attempt: Of retries, which letter this is: 2 for the second, 3 or more for the last.
        times_met: How often the two have met.
        favours: What the other person has done for the sender since, in the sender's words.
        kept: Promises of the notes that are settled; no letter speaks of them again.
        later: Promises that a task of their own keeps; a mail speaks of them but does not attach them.
        again: Whether a letter of the same kind went out before, so that this one is not the same.
        language: Overrides the contact's language.
        fills: Words for blanks, by key.
        templates: Folder of the user's own templates.

    Raises:
        UsageError: This kind of task needs no words, or a fill names no blank.
        ConfigError: A template is wrong.
    """
    kind = "meeting" if task.draft == "meeting" else TEMPLATE_OF_KIND.get(task.kind)
    if kind is None:
        raise UsageError(f"a {task.kind} task needs no words: {clean(task.title)}")
    facts = facts_of(card, task)
    contact = card.contact or Contact()
    tongue = language or language_of(contact)
    written_in = note_language(facts.notes, tongue) or sender.language
    country = (country_of(contact) or sender.country) if tongue == "en" else None
    blank = BlankMarker(tongue)
    event = facts.event
    if event and tongue != "en" and is_english_event(event):
        event = blank("where", event)
    where, when = where_phrase(event, facts.place, tongue), None
    if facts.met_on:
        when = when_phrase(facts.met_on, tongue, country, now.date(), lasting=kind in _LASTING)
    things, actions = _promises(facts, task, tongue, written_in, blank, kept, later)
    topic = _topic((*facts.interests, *facts.topics), facts, tongue, written_in) or blank("topic")
    offer = phrasing.offered(facts.offers[0], tongue, written_in) if facts.offers else None
    who = phrasing.named(facts.referral.who, tongue, written_in) if facts.referral and facts.referral.who else None
    # Where the person behind a referral lives is not known: the times are mine, and say so.
    theirs = None if kind == "referral" else their_zone
    say_slot = partial(slot_phrase, language=tongue, country=country, theirs=theirs, mine=my_zone)
    spoken = spoken_name(facts.name) if facts.name else facts.organization or blank("name")
    meeting = wording(tongue)["meeting"][facts.meeting.kind if facts.meeting else _usual_meeting(facts)]
    context: dict[str, Any] = {
        "blank": blank,
        "of": partial(joined, language=tongue),
        "to": partial(joined, language=tongue, word="to"),
        "hello": greeting(facts.name, tongue, facts.hit_it_off) or _nobody(contact, tongue, blank),
        "name": spoken,
        "organization": facts.organization if facts.name else None,
        "phone": facts.phone or blank("phone"),
        "local_time": time_phrase(now.astimezone(their_zone).time(), tongue, country) if their_zone else None,
        "gatekeeper": facts.gatekeeper,
        "me": clean(sender.name or "") or blank("me"),
        "signature": _signature(sender) or blank("me"),
        "closing": wording(tongue)["closing"]["card" if kind in ("card", "appreciation") else "email"],
        "met": met_phrase(where or _somewhere(tongue, blank), when, tongue),
        "met_short": where_phrase(None if event != facts.event else event, None, tongue) or when or "",
        "times": times_met,
        "topic": topic,
        "work_topic": _topic(facts.topics, facts, tongue, written_in) or blank("topic"),
        "topic_subject": _capital(wording(tongue)["greeting"]["nobody"].rstrip(",:") if is_blank(topic) else topic),
        "promised": bool(things or actions),
        "attachments": things,
        "actions": actions,
        "offer": _said(offer, "offer", blank) if kind != "call" or offer else None,
        "offer_is_action": offer is not None and offer.usable and phrasing.is_action(offer.text),
        "favour": clean(favours[0]) if favours else _favour(facts, task, tongue, written_in, blank),
        "who": _said(who, "who", blank) if who else None,
        "who_hello": _greet_referral(facts, tongue, blank),
        "referrer": spoken,
        "referrer_first": (facts.name.given if facts.name else None) or spoken,
        "meeting": meeting,
        "agreed": _agreed(facts, tongue, country, now.date()),
        "slots": [say_slot(slot, named=kind == "referral" and their_zone is not None) for slot in slots[:_SLOTS_SHOWN]]
        or ([] if kind == "accept-offer" else [blank("slot"), blank("slot-2")]),
        "attempt": min(attempt, 3),
        "again": again,
        "ask": wording(tongue)["ask"][facts.strategy or "none"],
    }
    text = render(kind, tongue, context, {key: clean(value) for key, value in (fills or {}).items()}, templates)
    whole = f"{text.subject}\n{text.body}"
    return Draft(
        kind=kind,
        language=tongue,
        subject=text.subject,
        body=text.body,
        to=() if kind == "referral" else tuple(filter(_ADDRESS.fullmatch, facts.emails))[:1],
        attachments=tuple(_plain(thing) for thing in things) if kind in ("email", "send") else (),
        blanks=text.blanks,
        sources=tuple(source for source in facts.sources if source.fact == "met_on" or source.value in whole),
        exempt=_exempt(facts, sender),
    )


def _promises(
    facts: Facts,
    task: Task,
    language: Language,
    written_in: Language,
    blank: BlankMarker,
    kept: Collection[str],
    later: Collection[str],
) -> tuple[list[str], list[str]]:
    """Promised things and promised deeds; a task that was made for one promise is about that one alone."""
    settled, put_off = {clean(what) for what in kept}, {clean(what) for what in later}
    own = clean(task.promise) if task.promise else None
    title = task.title.casefold() if task.kind == "send" else ""
    named = [own] if own else [what for what in facts.promises if what.casefold() in title]
    things: list[str] = []
    actions: list[str] = []
    for count, what in enumerate(named or [what for what in facts.promises if what not in settled], start=1):
        promised = phrasing.promised(what, language, written_in)
        key = "promise" if count == 1 else f"promise-{count}"
        if what in put_off and not named:
            actions.append(_said(phrasing.phrase(what, language, written_in), key, blank))
        else:
            (things if promised.is_thing else actions).append(_said(promised.phrase, key, blank))
    return things, actions


def _topic(values: Sequence[str], facts: Facts, language: Language, written_in: Language) -> str | None:
    """One thing from the talk, theirs before ours: an interest, else a topic that neither is promised nor sells."""
    promised = " ".join(facts.promises).casefold()
    for value in values:
        if value.casefold() in promised or lint(value, written_in):
            continue
        said = phrasing.phrase(value, language, written_in)
        return said.text if said.usable else BlankMarker(language)("topic", value)
    return None


def _favour(facts: Facts, task: Task, language: Language, written_in: Language, blank: BlankMarker) -> str | None:
    """What a task of thanks is for: the offer or the introduction that its title names."""
    title, words = task.title.casefold(), wording(language)["favour"]
    for offer in facts.offers:
        if offer.casefold() in title:
            said = phrasing.offered(offer, language, written_in)
            if not said.usable:
                return _said(said, "favour", blank)
            is_action = language == "en" and phrasing.is_action(said.text)
            return str(words["offer_to" if is_action else "offer"]).format(offer=said.text)
    who = facts.referral.who if facts.referral else None
    if who and who.casefold() in title:
        named = _said(phrasing.named(who, language, written_in), "who", blank)
        return str(words["introduction"]).format(who=joined(named, language, "to") if language == "es" else named)
    return None


def _said(said: phrasing.Phrase | None, key: str, blank: BlankMarker) -> str:
    """The phrase, or a blank: with the note's own words in it where they are in another language."""
    if said is None:
        return blank(key)
    return said.text if said.usable else blank(key, said.text)


def _plain(value: str) -> str:
    """What a blank with a hint says, for lists outside the text."""
    return value.strip("\ue000\ue002").rpartition("\ue001")[2]


def _nobody(contact: Contact, language: Language, blank: BlankMarker) -> str:
    """A card without a person (a shop, a department) is greeted as such; a person whose name is unread gets a blank."""
    if contact.organizations and not contact.titles:
        return str(wording(language)["greeting"]["nobody"])
    return str(wording(language)["greeting"]["full"]).format(name=blank("name"))


def _greet_referral(facts: Facts, language: Language, blank: BlankMarker) -> str:
    who = facts.referral.who if facts.referral else None
    if who and phrasing.is_person(who):
        return greeting(Name(who), language, by_first_name=False) or ""
    return str(wording(language)["greeting"]["full"]).format(
        name=blank("who", f"{_plain(blank('name'))}: {who}" if who else None)
    )


def _somewhere(language: Language, blank: BlankMarker) -> str:
    return str(wording(language)["met"]["event"]).format(event=blank("where"))


def _agreed(facts: Facts, language: Language, country: str | None, today: date) -> str | None:
    """The agreed day when exactly one was agreed and it is still to come."""
    meeting = facts.meeting
    if meeting is None or not meeting.when or (meeting.until and meeting.until != meeting.when):
        return None
    try:
        day = date.fromisoformat(meeting.when)
    except ValueError:
        return None
    if day < today:
        return None
    words = wording(language)["date"]
    pattern = words["weekday_us" if country in MONTH_FIRST and "weekday_us" in words else "weekday"]
    spoken = str(pattern).format(weekday=words["weekdays"][day.weekday()], date=day_phrase(day, language, country))
    return f"{spoken} ({_clock(meeting.time, language, country)})" if meeting.time else spoken


def _clock(text: str, language: Language, country: str | None) -> str:
    try:
        return time_phrase(time.fromisoformat(text), language, country)
    except ValueError:
        return clean(text)


def _usual_meeting(facts: Facts) -> str:
    return "coffee" if facts.hit_it_off else "meeting"


def _signature(sender: Sender) -> str:
    lines = (sender.signature or sender.name or "").splitlines()
    return "\n".join(cleaned for line in lines[:12] if (cleaned := clean(line)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _exempt(facts: Facts, sender: Sender) -> tuple[str, ...]:
    names = [facts.name.full if facts.name else None, facts.organization, facts.event, facts.place, sender.name]
    names += [facts.referral.who if facts.referral else None, *(sender.signature or "").splitlines()]
    return (*facts.promises, *facts.offers, *(name for name in names if name))
