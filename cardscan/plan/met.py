"""When and where a person was met, and what says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from cardscan.plan.calendar import read_day
from cardscan.record import Card, MetOnFrom

WORDS: Final[dict[MetOnFrom | None, str]] = {
    "review": "as you said in review",
    "note": "after the note",
    "option": "as you said when scanning",
    "exif": "after the photo's date",
    "file": "after the file's date",
    None: "no date of meeting is known, so counted from today",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The moment of meeting.

    Attributes:
        day: In the user's zone.
        moment: The same, with the hour; midnight when that is not known.
        timed: Whether the hour is known.
        source: What told the date; None when nothing did and today stands in.
        event: Name of the event, if any.
        place: Town or venue, if known.
    """

    day: date
    moment: datetime
    timed: bool
    source: MetOnFrom | None
    event: str | None
    place: str | None


def meeting_of(card: Card, zone: ZoneInfo, today: date) -> Meeting:
    """Find when a card's person was met: review, then the note, then `--met-on`, then EXIF, then the file's date.

    The photo's hour counts only when the photo was taken on the day of meeting. A day that does not exist (a note
    that says 30 February) is passed over.
    """
    noted = [note.facts.met for note in card.notes]
    place = next((met.place for met in noted if met.place), None) or card.event.place
    taken = _moment(card.source.taken_at)
    stated = read_day(card.event.met_on)
    from_note = next((day for met in noted if (day := read_day(met.date))), None)
    source: MetOnFrom | None
    if stated and card.event.met_on_from == "review":
        day, source = stated, "review"
    elif from_note:
        day, source = from_note, "note"
    elif stated:
        day, source = stated, card.event.met_on_from or "option"
    elif taken:
        day, source = taken.date(), "exif"
    else:
        day, source = today, None
    timed = taken is not None and taken.date() == day
    clock = taken.time() if taken is not None and timed else time()
    return Meeting(day, datetime.combine(day, clock, tzinfo=zone), timed, source, event_of(card), place)


def event_of(card: Card) -> str | None:
    """The event at which a card's person was met: as said in review, then as noted, then as said when scanning."""
    if card.event.name and card.event.met_on_from == "review":
        return card.event.name
    return next((note.facts.met.event for note in card.notes if note.facts.met.event), None) or card.event.name


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0) if text else None
    except ValueError:
        return None
    return moment if moment is None or read_day(moment.date().isoformat()) else None
