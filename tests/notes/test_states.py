"""States beside tasks, what others say that they'll do, and pronouns before a verb."""

from __future__ import annotations

from datetime import date

import pytest

from cardscan.notes import read_note

THURSDAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "region", "what", "day"),
    [
        ("order the roses by 20 Nov, christening is 6 Dec", "GB", "order the roses", "2026-11-20"),
        ("Recital is 3 Dec, email parking map wk of 16 Nov", "GB", "email parking map", "2026-11-20"),
        ("lease expires 12/31, send renewal by 12/1", "US", "send renewal", "2026-12-01"),
        ("she's in Spain until 1 Dec, mail her the form 2 Dec", "GB", "mail her the form", "2026-12-02"),
        ("ist bis 20.11. krank, am 23.11. Proben vorbeibringen", "DE", "Proben vorbeibringen", "2026-11-23"),
        ("Taufe ist am 5.12., Torte bis 1.12. liefern", "DE", "Torte liefern", "2026-12-01"),
        ("Pacht endet 31.12. Exposé bis 30.11. mailen", "DE", "Exposé mailen", "2026-11-30"),
        ("fermé du 21/12 au 4/1, rappeler le 5/1", "FR", "rappeler", "2027-01-05"),
        ("retour de congés le 23, l'appeler le 24", "FR", "appeler", "2026-11-24"),
        ("la boda es el 5 de diciembre, mandar flores el 4", "ES", "mandar flores", "2026-12-04"),
        ("il contratto scade il 31 dicembre, mandare offerta entro il 1/12", "IT", "mandare offerta", "2026-12-01"),
        ("viaja até 20/11, enviar contrato dia 23/11", "BR", "enviar contrato", "2026-11-23"),
        ("de winkel opent 5 dec, kratten brengen voor 2 dec", "NL", "kratten brengen", "2026-12-02"),
        ("is t/m 20 nov op vakantie, op 23 nov bellen", "NL", "bellen", "2026-11-23"),
        ("Gig was Sat, raised 4k. Drop off cash box Weds", "US", "Drop off cash box", "2026-11-18"),
    ],
)
def test_a_state_neither_swallows_nor_dates_the_task_beside_it(text: str, region: str, what: str, day: str) -> None:
    """The task stands alone, with its own date; the state gives neither a promise nor a meeting."""
    facts = read_note(text, THURSDAY, region)
    assert [(promise.what, promise.due) for promise in facts.promises] == [(what, day)]
    assert facts.meeting is None


def test_a_list_up_to_a_deadline_is_no_state() -> None:
    """`bis Mo` behind things is their deadline, not how long they last."""
    assert [p.what for p in read_note("Katalog + Preise bis Mo", THURSDAY, "DE").promises] == ["Katalog + Preise"]


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("he reckons he'll send pics by Fri", "GB", "2026-11-13"),
        ("Dana figures she'll get back to us by Fri", "US", "2026-11-13"),
        ("she thinks she can get me the numbers by Fri", "US", "2026-11-13"),
        ("sie glaubt, dass sie die Pläne bis Freitag schickt", "DE", "2026-11-13"),
        ("meint, dass er die Muster am Montag mitbringt", "DE", "2026-11-16"),
        ("er kann die Zahlen bis Montag schicken", "DE", "2026-11-16"),
        ("il dit qu'il enverra les plans vendredi", "FR", "2026-11-13"),
        ("crede che manderà i campioni lunedì", "IT", "2026-11-16"),
        ("dice q me manda las fotos el lun", "ES", "2026-11-16"),
        ("acha que manda as fotos na sexta", "BR", "2026-11-13"),
        ("denkt dat ze de tekening maandag kan sturen", "NL", "2026-11-16"),
    ],
)
def test_what_others_reckon_they_will_do_is_an_offer(text: str, region: str, day: str) -> None:
    """A verb of saying or thinking before a third person's promise leaves it theirs."""
    facts = read_note(text, THURSDAY, region)
    assert not facts.promises
    assert [offer.due for offer in facts.offers] == [day]


@pytest.mark.parametrize("text", ["he thinks he might send it Fri", "she doubts she'll send it by Fri"])
def test_what_others_doubt_is_no_offer(text: str) -> None:
    """Thinking that one might is no promise."""
    facts = read_note(text, THURSDAY, "US")
    assert not facts.promises and not facts.offers


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("La relancer le 20", "FR", "2026-11-20"),
        ("le lui envoyer lundi", "FR", "2026-11-16"),
        ("L'inviter avant vendredi", "FR", "2026-11-13"),
        ("lhe mandar o catálogo segunda", "BR", "2026-11-16"),
        ("enviá-lo na segunda", "PT", "2026-11-16"),
        ("ligo-lhe na segunda", "PT", "2026-11-16"),
        ("li richiamo martedì", "IT", "2026-11-17"),
        ("inviarglielo lunedì", "IT", "2026-11-16"),
        ("enviárselo el lunes", "ES", "2026-11-16"),
        ("les mando el catálogo el lunes", "ES", "2026-11-16"),
    ],
)
def test_a_pronoun_before_or_tied_to_the_verb(text: str, region: str, day: str) -> None:
    """Whom it is done to hides no verb."""
    assert [promise.due for promise in read_note(text, THURSDAY, region).promises] == [day]


@pytest.mark.parametrize("text", ["la commande arrive lundi", "la relance est prévue lundi"])
def test_an_article_before_a_noun_is_no_pronoun(text: str) -> None:
    """`la` before what is no infinitive commands nothing."""
    assert not read_note(text, THURSDAY, "FR").promises


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("el pago vence el lunes", "ES"),
        ("a entrega é sexta", "PT"),
        ("la compra cierra el lunes", "ES"),
        ("wash day is Monday", "US"),
        ("fetch.ai, raising in Q1", "US"),
    ],
)
def test_a_noun_that_looks_like_a_verb_does_nothing(text: str, region: str) -> None:
    """Before a word of being or ending stands a noun."""
    facts = read_note(text, THURSDAY, region)
    assert not facts.promises and not facts.offers
