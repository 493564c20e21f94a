"""Dates and times: every form of docs/notes.md, seen from one reference day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardscan.notes.dates import find_dates
from cardscan.notes.dates.reckoning import easter, month_day, weekday
from cardscan.notes.facts import prepare

SATURDAY = date(2026, 3, 14)


def first(text: str, region: str | None = None, reference: date = SATURDAY) -> tuple[str | None, str | None]:
    """The first date of a text: its first and last day, the last None when it is the same."""
    spans, _ = find_dates(prepare(text, reference, region))
    coming = next((span.moment.coming for span in spans if span.moment.coming), None)
    if coming is None:
        return None, None
    return coming[0].isoformat(), coming[1].isoformat() if coming[1] != coming[0] else None


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("call 4/3", "US", "2026-04-03"),
        ("call 4/3", "GB", "2027-03-04"),
        ("call 3/4", "DE", "2026-04-03"),
        ("call 4/21", None, "2026-04-21"),
        ("call 20/4", "US", "2026-04-20"),
        ("call Tue 4/21", None, "2026-04-21"),
        ("call 4-20", "US", "2026-04-20"),
        ("anrufen 12.11.", "DE", "2026-11-12"),
        ("anrufen 12.11.26", "DE", "2026-11-12"),
        ("call 2026-04-20", None, "2026-04-20"),
        ("call Apr 20", None, "2026-04-20"),
        ("call 20th of April 2027", None, "2027-04-20"),
        ("rappeler le 1er mai", "FR", "2026-05-01"),
        ("llamar el 12 de junio", "ES", "2026-06-12"),
        ("call by Friday", None, "2026-03-20"),
        ("call Sat", None, "2026-03-21"),
        ("call next Tue", None, "2026-03-17"),
        ("call this Thu", None, "2026-03-19"),
        ("call tmrw", None, "2026-03-15"),
        ("call day after tomorrow", None, "2026-03-16"),
        ("call today", None, "2026-03-14"),
        ("call in 2 wks", None, "2026-03-28"),
        ("call in 10 days", None, "2026-03-24"),
        ("call EOM", None, "2026-03-31"),
        ("call EOW", None, "2026-03-20"),
        ("call EOD", None, "2026-03-14"),
        ("call by the 20th", None, "2026-03-20"),
        ("call mid May", None, "2026-05-15"),
        ("call after Easter", None, "2026-04-07"),
        ("call Xmas eve", None, "2026-12-24"),
        ("send by w/e 27 March", None, "2026-03-27"),
        ("call in a few days", None, "2026-03-17"),
        ("send it within the week", None, "2026-03-20"),
        ("call mid-month", None, "2026-03-15"),
        ("llamar a mediados de mes", "ES", "2026-03-15"),
        ("Mo in 8 Tagen anrufen", "DE", "2026-03-23"),
        ("Freitagnachmittag anrufen", "DE", "2026-03-20"),
        ("am 3. anrufen", "DE", "2026-04-03"),
        ("envoyer sous huitaine", "FR", "2026-03-22"),
        ("maandag over een week bellen", "NL", "2026-03-23"),
        ("call Apr 2O", "US", "2026-04-20"),
        ("anrufen am Donnerstag", "DE", "2026-03-19"),
        ("chiamare giovedì", "IT", "2026-03-19"),
        ("ligar na quinta", "BR", "2026-03-19"),
        ("bellen donderdag", "NL", "2026-03-19"),
        ("call in a fortnight", "GB", "2026-03-28"),
        ("call a week from Fri", "US", "2026-03-27"),
        ("pint Weds wk", "GB", "2026-03-25"),
        ("call after Labor Day", "US", "2026-09-08"),
        ("call by end of wk", "US", "2026-03-20"),
        ("llamar el 20", "ES", "2026-03-20"),
        ("anrufen am 20.", "DE", "2026-03-20"),
        ("llamar antes de Navidad", "ES", "2026-12-24"),
        ("anrufen nach Pfingsten", "DE", "2026-05-26"),
        ("call wensday", "US", "2026-03-18"),
    ],
)
def test_a_single_day(text: str, region: str | None, day: str) -> None:
    """Each written form of one day means that day."""
    assert first(text, region) == (day, None)


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("call 30 days before 6/15", "US", "2026-05-16"),
        ("ship 3 days prior to 4/20", "US", "2026-04-17"),
        ("call the day before Xmas", "US", "2026-12-24"),
        ("lunch the Tues after Thanksgiving", "US", "2026-12-01"),
        ("zwei Wochen vor 15.12. schicken", "DE", "2026-12-01"),
        ("send in 5 business days", "US", "2026-03-20"),
        ("call in half a year", "US", "2026-09-14"),
        ("call 1st Monday in Nov", "US", "2026-11-02"),
        ("visit last Fri of the month", "US", "2026-03-27"),
        ("appeler 1er lundi de déc.", "FR", "2026-12-07"),
        ("call the 1st of next month", "US", "2026-04-01"),
        ("call by the fifteenth", "US", "2026-03-15"),
        ("call b4 mtg 4/5", "US", "2026-04-05"),
        ("send deck before he leaves Fri", "US", "2026-03-20"),
        ("call Tuesday fortnight", "GB", "2026-03-31"),
        ("call a week tomorrow", "GB", "2026-03-22"),
        ("call pre-Xmas", "US", "2026-12-24"),
        ("call aft Thxgiving", "US", "2026-11-27"),
        ("ligar sex. p/ fechar preço", "BR", "2026-03-20"),
        ("café el mar. 17", "ES", "2026-03-17"),
        ("devis av. le 10/6", "FR", "2026-06-10"),
        ("price list in 10 d", "US", "2026-03-24"),
    ],
)
def test_a_day_counted_from_another(text: str, region: str, day: str) -> None:
    """Days inside a month, before or after another day, and shortened forms."""
    assert first(text, region) == (day, None)


def test_a_day_that_was_mentioned() -> None:
    """`that day` and `the day before` are reckoned from the note's last day; without one they are no date."""
    spans, _ = find_dates(prepare("demo 4/9, deck the day before, drinks that day", SATURDAY, "US"))
    assert [span.moment.coming[0].isoformat() for span in spans if span.moment.coming] == [
        "2026-04-09", "2026-04-08", "2026-04-08",
    ]  # fmt: skip
    assert find_dates(prepare("send deck the day before", SATURDAY, "US"))[0] == []


def test_what_has_no_date_gives_none() -> None:
    """Counted from an event nobody dated, there is no day."""
    assert find_dates(prepare("book hotel 2 wks before the show", SATURDAY, "US"))[0] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tasting 4/1 or 4/2", ("2026-04-01", "2026-04-02")),
        ("lunch Apr 5 or 6", ("2026-04-05", "2026-04-06")),
        ("demo 4/19, 4/20 or 4/21", ("2026-04-19", "2026-04-21")),
        ("koffie 5 of 6 nov", ("2026-11-05", "2026-11-06")),
        ("Besuch KW 17/18", ("2026-04-20", "2026-05-01")),
        ("1st full week of April: visit", ("2026-04-06", "2026-04-10")),
        ("call the wk after Easter", ("2026-04-13", "2026-04-17")),
        ("visit wkend of 4/18", ("2026-04-18", "2026-04-19")),
        ("visit mid to late April", ("2026-04-21", "2026-04-30")),
        ("visit early to mid April", ("2026-04-01", "2026-04-15")),
        ("coffee wk of Apr 20", ("2026-04-20", "2026-04-24")),
        ("coffee next wk", ("2026-03-16", "2026-03-20")),
        ("visit Apr 20-24", ("2026-04-20", "2026-04-24")),
        ("visit 20-24 Apr", ("2026-04-20", "2026-04-24")),
        ("visit between 3 and 5 May", ("2026-05-03", "2026-05-05")),
        ("Besuch 20.–24.4.", ("2026-04-20", "2026-04-24")),
        ("Besuch KW 17", ("2026-04-20", "2026-04-24")),
        ("visite du 6 au 8 juillet", ("2026-07-06", "2026-07-08")),
        ("visit early June", ("2026-06-01", "2026-06-10")),
        ("visit in May", ("2026-05-01", "2026-05-31")),
        ("visit in Q3", ("2026-07-01", "2026-09-30")),
        ("visit in spring", ("2026-03-14", "2026-05-31")),
        ("visit Mon-Wed", ("2026-03-16", "2026-03-18")),
        ("call Thu or Fri 10-12", ("2026-03-19", "2026-03-20")),
        ("visite jeudi ou vendredi", ("2026-03-19", "2026-03-20")),
        ("visit wk after next", ("2026-03-23", "2026-03-27")),
        ("visit in a week or two", ("2026-03-21", "2026-03-28")),
        ("visit late Q3", ("2026-09-01", "2026-09-30")),
        ("visit in the new year", ("2027-01-01", "2027-01-31")),
        ("Besuch 2. Quartal", ("2026-04-01", "2026-06-30")),
    ],
)
def test_a_stretch_of_days(text: str, days: tuple[str, str]) -> None:
    """A range gives its first and its last day; a week is Monday to Friday."""
    assert first(text) == days


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("lunch Thu 12:30", (12, 30)),
        ("call Thu 3pm", (15, 0)),
        ("call Thu 10-11am", (10, 0)),
        ("call Thu 2-3pm", (14, 0)),
        ("call Thu noon", (12, 0)),
        ("call Thu 9ish", (9, 0)),
        ("call Thu half 3", (3, 30)),
        ("call Thu half ten", (10, 30)),
        ("call Thu quarter to one", (12, 45)),
        ("call Thu at nine thirty", (9, 30)),
        ("call Thu 11 till noon", (11, 0)),
        ("call Thu btwn 2-4", (2, 0)),
        ("café el jueves a las nueve y media", (9, 30)),
        ("rdv ven. 17h30", (17, 30)),
        ("call Fri 10-12", (10, 0)),
        ("call Thu 10.30", (10, 30)),
        ("call Thu 1530", (15, 30)),
        ("call Thu 15h30", (15, 30)),
        ("Treffen Do um 10 Uhr", (10, 0)),
        ("réunion jeudi à 14h", (14, 0)),
        ("riunione giovedì ore 15", (15, 0)),
    ],
)
def test_a_time_of_day(text: str, clock: tuple[int, int]) -> None:
    """A time behind a date is read with it."""
    spans, _ = find_dates(prepare(text, SATURDAY))
    assert [(span.time.hour, span.time.minute) for span in spans if span.time] == [clock]


@pytest.mark.parametrize(
    "text",
    [
        "booth 1422",
        "room 3/4 full",
        "24/7 support",
        "ratio 3.5",
        "50% off",
        "12.50 EUR",
        "v2.1",
        "9-5 job",
        "1/2 price",
    ],
)
def test_numbers_that_are_no_dates(text: str) -> None:
    """A number without a date's company is none, or at least no day within reach of a plan."""
    spans, _ = find_dates(prepare(text, SATURDAY, "GB"))
    assert all(span.moment.exact is False or "/" in text for span in spans)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 6))
def test_a_days_name_is_the_next_such_day(reference: date, number: int) -> None:
    """A weekday lies one to seven days ahead, and one to seven behind for what is told."""
    moment = weekday(reference, number)
    assert moment.coming is not None and moment.past is not None
    assert moment.coming[0].weekday() == number == moment.past[0].weekday()
    assert 1 <= (moment.coming[0] - reference).days <= 7
    assert 1 <= (reference - moment.past[0]).days <= 7


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(1, 12), st.integers(1, 31))
def test_a_month_and_day_lie_on_both_sides(reference: date, month: int, number: int) -> None:
    """A date without its year is the next one, or the last one for what is told; today counts for both."""
    moment = month_day(reference, month, number)
    if moment is None:
        assert number > (29 if month == 2 else 30)
        return
    assert moment.coming is None or moment.coming[0] >= reference
    assert moment.past is None or moment.past[0] <= reference


def test_easter_is_easter() -> None:
    """Easter Sundays of years that are on record."""
    assert [easter(year).isoformat()[5:] for year in (2000, 2008, 2024, 2025, 2026, 2038)] == [
        "04-23", "03-23", "03-31", "04-20", "04-05", "04-25",
    ]  # fmt: skip


def test_the_ends_of_the_calendar_hold() -> None:
    """No form of date breaks at the first or the last day there is."""
    text = "call Fri, in 9 wks, next year, EOM, Q1, wk of 29 Feb, after Easter, last week, 31/12, yesterday, KW 53"
    text += ", 1st Mon of next month, 3 days before 31/12, last week of Dec, Fri after Easter, 5 business days"
    text += (
        ", 1st full week of January, 2nd of this month, 31/12 or 1/1, that day, tomorrow week, midweek, in half a year"
        ", wk 53, mid-month, w/e 31/12, Xmas eve"
    )
    for reference in (date.min, date.max):
        find_dates(prepare(text, reference, "DE"))
