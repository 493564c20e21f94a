"""Dates as people of seven languages write them: ISO, holidays, weekdays beside a day, short forms of texting."""

from __future__ import annotations

from datetime import date

import pytest

from cardscan.notes import read_note
from cardscan.notes.dates.holidays import HOLIDAYS, REGIONAL, holiday
from cardscan.notes.lexicon import lexicon

THURSDAY = date(2026, 11, 12)


def due(text: str, region: str | None = None) -> list[str | None]:
    """When the promises of a note are due."""
    return [promise.due for promise in read_note(text, THURSDAY, region).promises]


@pytest.mark.parametrize("region", ["US", "GB", "DE", "FR", "BR", "JP", None])
@pytest.mark.parametrize("written", ["2026-12-05", "2026/12/05", "2026.12.05", "2026-12-5"])
def test_a_year_in_front_has_one_order(written: str, region: str | None) -> None:
    """ISO dates are read alike everywhere, with a time too."""
    assert due(f"send specs by {written}", region) == ["2026-12-05"]
    assert due(f"send specs by {written} 09:00", region) == ["2026-12-05"]


def test_an_iso_date_that_no_calendar_has_is_none() -> None:
    """An order is never turned round to make a day of it."""
    facts = read_note("send specs 2027-02-30", THURSDAY, "DE")
    assert facts.promises[0].due is None
    assert facts.unsure == ("2027-02-30: no such day",)


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("send gift by Thanksgiving", "US", "2026-11-26"),
        ("send gift before Thanksgiving", "US", "2026-11-25"),
        ("send cards pre-Xmas", "GB", "2026-12-24"),
        ("ship it no later than Halloween", "US", "2027-10-31"),
        ("mail it on or before NYE", "US", "2026-12-31"),
        ("Muster bis Dreikönig schicken", "DE", "2027-01-06"),
        ("Muster noch vor Dreikönig schicken", "DE", "2027-01-05"),
        ("Angebot bis Silvester schicken", "DE", "2026-12-31"),
        ("envoyer le devis d'ici Noël", "FR", "2026-12-25"),
        ("envoyer le devis avant Noël", "FR", "2026-12-24"),
        ("enviar muestras para Reyes", "ES", "2027-01-06"),
        ("enviar muestras antes de Reyes", "ES", "2027-01-05"),
        ("mandare campioni entro la Befana", "IT", "2027-01-06"),
        ("mandare campioni prima di Natale", "IT", "2026-12-24"),
        ("enviar amostras até ao Natal", "PT", "2026-12-25"),
        ("offerte sturen uiterlijk Koningsdag", "NL", "2027-04-27"),
        ("offerte sturen nog voor kerst", "NL", "2026-12-24"),
        ("send list by Easter Monday", "GB", "2027-03-29"),
        ("order mince pies before the August bank holiday", "GB", "2027-08-29"),
        ("email her the day after Black Friday", "US", "2026-11-28"),
        ("send flyers by Mother's Day", "US", "2027-05-09"),
        ("send flyers by Mother's Day", "GB", "2027-03-07"),
        ("Karten bis Muttertag schicken", "DE", "2027-05-09"),
        ("envoyer les cartes pour la fête des mères", "FR", "2027-05-30"),
        ("send pies by Thanksgiving", "CA", "2027-10-11"),
    ],
)
def test_by_a_holiday_is_that_day_and_before_it_its_eve(text: str, region: str, day: str) -> None:
    """`by`, `until` and their like include the day, `before` doesn't; some holidays move from country to country."""
    assert due(text, region) == [day]


def test_every_holiday_has_a_day_everywhere() -> None:
    """A holiday comes within two years of any day, whatever the country."""
    assert set(REGIONAL) <= set(HOLIDAYS)
    for name in HOLIDAYS:
        for region in (None, *REGIONAL.get(name, {})):
            days = holiday(THURSDAY, name, region)
            assert days and days[1] >= THURSDAY and (days[0] - THURSDAY).days < 732


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("Drop brochures Tuesday week", "GB", "2026-11-24"),
        ("Order bricks Weds week", "GB", "2026-11-25"),
        ("Fetch pallets Friday week", "GB", "2026-11-20"),
        ("ring him a week on Thursday", "GB", "2026-11-26"),
        ("send it the Monday after next", "GB", "2026-11-23"),
        ("übernächsten Montag anrufen", "DE", "2026-11-23"),
        ("heute in 14 Tagen anrufen", "DE", "2026-11-26"),
        ("call her the Tues before Xmas", "US", "2026-12-22"),
        ("send it the Wednesday after the 20th", "US", "2026-11-25"),
        ("email him the 2nd Monday after New Year's", "US", "2027-01-11"),
        ("am Dienstag nach Ostern anrufen", "DE", "2027-03-30"),
        ("am ersten Montag nach Neujahr anrufen", "DE", "2027-01-04"),
        ("envoyer le devis le mardi après le 15", "FR", "2026-11-17"),
        ("llamar el lunes después de Reyes", "ES", "2027-01-11"),
        ("ligar na segunda depois do Natal", "PT", "2026-12-28"),
        ("bellen op de dinsdag na Pasen", "NL", "2027-03-30"),
        ("send it last business day of the month", "US", "2026-11-30"),
        ("pay him the first working day of January", "GB", "2027-01-01"),
        ("Rechnung am letzten Werktag des Monats schicken", "DE", "2026-11-30"),
        ("send it in two weeks' time", "GB", "2026-11-26"),
        ("im neuen Jahr anrufen", "DE", "2027-01-31"),
        ("bis zum 15. Unterlagen schicken", "DE", "2026-11-15"),
        ("Mo/Di anrufen", "DE", "2026-11-17"),
        ("Mo.-Mi. anrufen", "DE", "2026-11-18"),
        ("llamar de hoy en ocho", "ES", "2026-11-19"),
        ("mandar proposta em 48h", "BR", "2026-11-14"),
    ],
)
def test_a_day_beside_another(text: str, region: str, day: str) -> None:
    """A week on, the weekday on either side of a day, the next but one, days at work."""
    assert due(text, region) == [day]


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("llamar el lun q viene", "ES", "2026-11-16"),
        ("enviar oferta la sem q viene", "ES", "2026-11-20"),
        ("enviar oferta el mes q viene", "ES", "2026-12-31"),
        ("llamar el px lunes", "MX", "2026-11-16"),
        ("offerte sturen a.s. maandag", "NL", "2026-11-16"),
        ("offerte sturen ma a.s.", "NL", "2026-11-16"),
        ("bellen maandagochtend", "NL", "2026-11-16"),
        ("mandare offerta la sett. prox", "IT", "2026-11-20"),
        ("mandare offerta lun p.v.", "IT", "2026-11-16"),
        ("envoyer le devis la sem proch", "FR", "2026-11-20"),
        ("envoyer le devis 2main", "FR", "2026-11-13"),
        ("mandar proposta seg q vem", "BR", "2026-11-16"),
        ("enviar proposta na 2ª", "PT", "2026-11-16"),
        ("enviar proposta 6ª feira", "PT", "2026-11-13"),
        ("ligar hj", "BR", "2026-11-12"),
        ("kommenden Freitag anrufen", "DE", "2026-11-13"),
    ],
)
def test_how_people_type_a_day(text: str, region: str, day: str) -> None:
    """Spellings of a hurry."""
    assert due(text, region) == [day]


@pytest.mark.parametrize(
    ("text", "region", "promises"),
    [
        ("Muster Leiste bis 3. Dez. abholen", "DE", [("Muster Leiste abholen", "2026-12-03")]),
        ("offerte dakraam voor 4 dec. opsturen", "NL", [("offerte dakraam opsturen", "2026-12-04")]),
        ("envoyer le plan le 3 déc. au client", "FR", [("envoyer le plan au client", "2026-12-03")]),
        ("ring her 4 Dec. Send quote 7 Dec.", "GB", [("ring her", "2026-12-04"), ("Send quote", "2026-12-07")]),
        ("lease runs out Jan 31. Email new terms by Dec 1", "US", [("Email new terms", "2026-12-01")]),
        ("livraison à 14h. Envoyer la facture lundi", "FR", [("Envoyer la facture", "2026-11-16")]),
    ],
)
def test_a_short_months_dot_ends_no_sentence(text: str, region: str, promises: list[tuple[str, str]]) -> None:
    """The dot of `Dez.` goes on before a small letter; the one behind `Jan 31` ends a sentence."""
    assert [(promise.what, promise.due) for promise in read_note(text, THURSDAY, region).promises] == promises


def test_an_ordinal_is_no_day_of_the_week() -> None:
    """`3ª` is a Tuesday only where nothing is counted."""
    assert due("enviar a 3ª edição", "PT") == [None]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl"])
def test_every_holiday_of_a_lexicon_has_its_day(language: str) -> None:
    """A name without a day in `HOLIDAYS` could not be reckoned."""
    named = set(lexicon(language).classes["dates.holiday"].values())
    assert named
    assert named <= set(HOLIDAYS)


@pytest.mark.parametrize(
    ("text", "region", "days"),
    [
        ("hearing 9 Dec, ring her 3 days before", "GB", ["2026-12-06"]),
        ("lease runs out 31 March - call two weeks beforehand", "GB", ["2027-03-17"]),
        ("boat show 5/6. Drop posters the week before", "US", ["2027-04-30"]),
        ("wedding is 12 Dec, take the linen round the Thursday before", "GB", ["2026-12-10"]),
        ("demo 1 Dec, email him a week later", "GB", ["2026-12-08"]),
        ("kiln is out till Nov 30, call then", "US", ["2026-11-30"]),
        ("in town Dec 1-4, call then", "US", ["2026-12-04"]),
        ("board meets Dec 9, send minutes beforehand", "US", ["2026-12-08"]),
        ("Messe 8.12., zwei Tage davor anrufen", "DE", ["2026-12-06"]),
        ("salon le 8/12, appeler trois jours avant", "FR", ["2026-12-05"]),
        ("feria 8/12, llamar una semana antes", "ES", ["2026-12-01"]),
        ("fiera 8/12, chiamare due giorni prima", "IT", ["2026-12-06"]),
        ("feira 8/12, ligar dois dias antes", "BR", ["2026-12-06"]),
        ("beurs 8/12, bellen drie dagen ervoor", "NL", ["2026-12-05"]),
        ("call two Fridays from now", "US", ["2026-11-20"]),
        ("Hr. Brandl am Di anrufen wg. Schlüssel", "DE", ["2026-11-17"]),
        ("stick invoice in post Mon", "GB", ["2026-11-16"]),
    ],
)
def test_days_counted_from_one_the_note_spoke_of(text: str, region: str, days: list[str]) -> None:
    """Before, after and `then` are reckoned from the last day named, not from the day of the note."""
    assert due(text, region) == days


@pytest.mark.parametrize("text", ["call 2 weeks before", "send it beforehand", "then call", "ring them then"])
def test_nothing_is_counted_from_a_day_that_was_not_named(text: str) -> None:
    """Where no day was spoken of, a task has none."""
    assert due(text, "US") == [None]


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("call her after Republic Day", "IN", "2027-01-27"),
        ("chiamarla prima della Festa della Repubblica", "IT", "2027-06-01"),
        ("call her after Diwali", "IN", "2027-11-01"),
        ("send the quote before Chinese New Year", "SG", "2027-02-05"),
        ("nach dem chinesischen Neujahr anrufen", "DE", "2027-02-09"),
    ],
)
def test_feasts_of_other_countries_and_calendars(text: str, region: str, day: str) -> None:
    """The Government of India's list has Diwali on 29 October 2027; the Year of the Goat begins on 6 February 2027."""
    assert due(text, region) == [day]
