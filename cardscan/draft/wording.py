"""How each language greets, dates and places: the phrases that templates are built from.

The words are data (`templates/<language>/wording.toml`); this module fills them. Gender is never guessed: a person is
greeted by full name, with a courtesy title only where the card prints one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from cardscan.draft.model import Language
from cardscan.record import Name

# Countries that write the month before the day (CLDR: en-US, en-CA, en-PH).
MONTH_FIRST = frozenset({"US", "CA", "PH", "PR"})
# Academic titles stay with the name in a greeting where that is the custom.
_ACADEMIC = re.compile(r"\b(?:Dr|Prof|DDr)\b", re.IGNORECASE)


@cache
def wording(language: Language) -> Mapping[str, Any]:
    """The phrases of one language."""
    text = (files("cardscan.draft") / "templates" / language / "wording.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def greeting(name: Name | None, language: Language, by_first_name: bool) -> str | None:
    """The salutation line; None when nobody's name is known."""
    words = wording(language)["greeting"]
    if name is None:
        return None
    prefix = (name.prefix or "").strip()
    if by_first_name and name.given and language == "en":
        return str(words["first"]).format(name=name.given)
    courtesy = words["courtesy"].get(prefix.casefold().rstrip("."))
    if courtesy and name.family:
        return str(courtesy).format(family=name.family)
    spoken = spoken_name(name)
    if prefix and spoken.startswith(prefix) and not (_ACADEMIC.search(prefix) and language in ("de", "en")):
        spoken = spoken[len(prefix) :].strip() or spoken
    spoken = re.sub(r"(?<=\w )(?:\w\. )+", "", spoken)  # nobody is greeted with a middle initial
    return str(words["full"]).format(name=spoken)


def spoken_name(name: Name) -> str:
    """The name as one says it: degrees and Jr. are not spoken."""
    if name.suffix and name.full.endswith(name.suffix):
        return name.full[: -len(name.suffix)].rstrip(" ,") or name.full
    return name.full


def day_phrase(day: date, language: Language, country: str | None, today: date | None = None) -> str:
    """`March 14`, `14. März`; with the year unless it is that of `today` or lies within the last half year."""
    words = wording(language)["date"]
    month_first = country in MONTH_FIRST and "day_us" in words
    month = words["months"][day.month - 1]
    pattern = words["day_us"] if month_first else words["first"] if day.day == 1 and "first" in words else words["day"]
    phrase = str(pattern).format(day=day.day, month=month)
    if today is None or day.year == today.year or abs((today - day).days) < 183:
        return phrase
    return str(words["year_us" if month_first else "year"]).format(date=phrase, year=day.year)


def when_phrase(day: date, language: Language, country: str | None, today: date, *, lasting: bool) -> str:
    """`on March 14`; `today` and `yesterday` unless the words must still hold when the post comes (`lasting`)."""
    words = wording(language)["met"]
    if not lasting and day == today:
        return str(words["today"])
    if not lasting and day == today - timedelta(days=1):
        return str(words["yesterday"])
    vowel = "when_vowel" in words and day.day in (8, 11)
    return str(words["when_vowel" if vowel else "when"]).format(date=day_phrase(day, language, country, today))


def where_phrase(event: str | None, place: str | None, language: Language) -> str | None:
    """`at SXSW in Austin`; None when neither is known."""
    words = wording(language)["met"]
    if event and place and place.casefold() in event.casefold():
        place = None
    city = None
    if place:
        key = "spot" if not _is_city(place) else "city_a" if "city_a" in words and place[0] in "Aa" else "city"
        city = str(words[key]).format(place=place)
    if event is None:
        return city
    spoken = _event_phrase(event, words)
    if city is None:
        return spoken
    return str(words["both"]).format(event=spoken, city=city) if _is_city(place or "") else f"{spoken} ({place})"


def met_phrase(where: str | None, when: str | None, language: Language) -> str:
    """Place and date in the order the language has them, which may be another for `today` and `yesterday`."""
    words = wording(language)["met"]
    near = when in (words["today"], words["yesterday"])
    phrase = str(words["order_near" if near else "order"]).format(where=where or "", when=when or "")
    return re.sub(r"\s+", " ", phrase).strip().rstrip(",")


def time_phrase(moment: time, language: Language, country: str | None = None) -> str:
    """`10:00`, `10:00 am` in the USA, `10 h`, `10h30`."""
    words = wording(language)["time"]
    if language == "en" and country in MONTH_FIRST:
        return f"{moment.hour % 12 or 12}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"
    pattern = words.get("full_hour", words["clock"]) if moment.minute == 0 else words["clock"]
    return str(pattern).format(hour=moment.hour, minute=moment.minute)


def slot_phrase(
    slot: datetime,
    language: Language,
    country: str | None,
    theirs: tzinfo | None,
    mine: tzinfo | None,
    *,
    named: bool = False,
) -> str:
    """A proposed time in the other person's zone, with mine beside it where the clocks differ.

    Where theirs is not known (None) and `named` is asked for, the time is mine and names the town of my zone.
    """
    there = slot.astimezone(theirs) if theirs else slot.astimezone(mine) if named and mine else slot
    here = slot.astimezone(mine) if mine else slot
    dates, times = wording(language)["date"], wording(language)["time"]
    weekday = str(dates["weekday_us" if country in MONTH_FIRST and "weekday_us" in dates else "weekday"]).format(
        weekday=dates["weekdays"][there.weekday()], date=day_phrase(there.date(), language, country)
    )
    pattern = times.get("slot_one", times["slot"]) if there.hour == 1 else times["slot"]
    phrase = str(pattern).format(weekday=weekday, time=time_phrase(there.time(), language, country))
    town = str(getattr(mine, "key", "")).rpartition("/")[2].replace("_", " ")
    if named and theirs is None and town:
        return str(times["zone_of"]).format(slot=phrase, town=town)
    if there.utcoffset() == here.utcoffset():
        return phrase
    return str(times["zoned"]).format(slot=phrase, mine=time_phrase(here.time(), language, country))


def joined(text: str, language: Language, word: str = "of") -> str:
    """The words with `de` or `di` before them as French and Italian join it; unchanged elsewhere.

    `word` is `of`, or `to` for the `a` that Spanish sets before a person and joins to `el`.
    """
    words = wording(language).get(word)
    if not words:
        return text
    for article, contraction in words["contract"]:
        if text.casefold().startswith(article):
            return str(contraction) + text[len(article) :]
    vowel = text[:1].casefold() in set("aeiouhâàäéèêëîïôöûüœæ")
    return str(words["vowel" if vowel else "base"]).format(text=text)


def _event_phrase(event: str, words: Mapping[str, Any]) -> str:
    spoken = re.sub(r"^(?:the|der|die|das|le|la|el|il|o|a)\s+(?=\w)", "", event, flags=re.IGNORECASE)
    for heads, pattern in words["heads"]:
        if re.search(rf"(?:^|[\W_]|(?<=[a-zäöüß]))(?:{heads})(?:$|[\W_\d])", spoken, re.IGNORECASE):
            declined = re.sub(words["adjective"], r"\1n", spoken) if "adjective" in words else spoken
            return str(pattern).format(event=declined)
    if "lower" in words and (spoken != event or spoken.islower()):
        return str(words["lower"]).format(event=spoken)
    if "lower" not in words:  # no English article in another language's sentence
        event = re.sub(r"^the\s+(?=\w)", "", event, flags=re.IGNORECASE)
    return str(words["event_a" if "event_a" in words and event[:1] in "Aa" else "event"]).format(event=event)


def is_english_event(event: str) -> bool:
    """Whether an event is put in English words and not by a name: "the alumni dinner", "trade fair breakfast"."""
    heads = "|".join(heads for heads, _ in wording("en")["met"]["heads"])
    lower = event.islower() and re.search(rf"\b(?:{heads})$", event) is not None
    return lower or re.match(r"the [a-z]", event) is not None


def _is_city(place: str) -> bool:
    """Whether a place reads as a town: capitalised words only, and none that names a spot in a building."""
    words = place.split()
    spots = r"(?i)\b(?:bar|booth|stand|hall|halle|hotel|caf[eé]|lobby|room|lounge|airport|gate|stage|restaurant|pier)\b"
    return bool(words) and words[0][0].isupper() and not re.search(spots + r"|\d", place)
