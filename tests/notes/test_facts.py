"""Facts of notes: what must be found, what must not, and what hostile text does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan import wire
from cardscan.notes import read_note
from cardscan.notes.clauses import LONGEST_CLAUSE, split
from cardscan.notes.dates import find_dates
from cardscan.notes.facts import prepare
from cardscan.record import Meeting, Met, NoteFacts, Offer, Promise, Referral

SATURDAY = date(2026, 3, 14)


def facts(text: str, region: str | None = "US") -> NoteFacts:
    """The facts of a note written on a Saturday."""
    return read_note(text, SATURDAY, region)


def test_the_note_of_the_contract() -> None:
    """`Met @ SXSW - send pricing by Fri`: an event, a promise, a date, and nothing else."""
    found = facts("Met @ SXSW - send pricing by Fri")
    assert found == NoteFacts(
        text="Met @ SXSW - send pricing by Fri",
        reference_date="2026-03-14",
        met=Met(event="SXSW"),
        promises=(Promise("send pricing", "2026-03-20"),),
    )


def test_every_kind_of_fact_in_one_note() -> None:
    """One long note can say everything at once."""
    found = facts(
        "★ Met at CES, hit it off. potential client. I'll send pricing by Fri. She'll intro me to her CFO. "
        "Not the decision maker - boss is Karen Wu. loves sailing. talked about freight. coffee wk of Apr 20. "
        "assistant: Dana"
    )
    assert found.priority and found.hit_it_off and found.decision_maker is False
    assert found.met.event == "CES"
    assert found.promises == (Promise("send pricing", "2026-03-20"),)
    assert found.offers == (Offer("intro me to her CFO"),)
    assert found.referral == Referral("Karen Wu", True)
    assert found.interests == ("sailing",) and found.topics == ("freight",)
    assert found.strategy == "prospect" and found.gatekeeper == "Dana"
    assert found.meeting == Meeting("coffee", "2026-04-20", "2026-04-24")


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ("send specs by Mon", True),
        ("will send specs by Mon", True),
        ("I'll send specs by Mon", True),
        ("he will send specs by Mon", False),
        ("Tom to send specs by Mon", False),
        ("she'll send me specs by Mon", False),
        ("sends me specs Mon", False),
        ("schicke ihm Unterlagen bis Mo", True),
        ("schickt mir Unterlagen bis Mo", False),
        ("envoyer les plans avant lundi", True),
        ("il m'envoie les plans lundi", False),
    ],
)
def test_who_acts_decides_between_promise_and_offer(text: str, mine: bool) -> None:
    """No subject and I are mine, a third person is theirs."""
    found = facts(text)
    assert (len(found.promises), len(found.offers)) == ((1, 0) if mine else (0, 1))
    assert [each.due for each in (*found.promises, *found.offers)] == ["2026-03-16"]


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("todo tonight: connect on linkedin, share the stats", ["2026-03-14", "2026-03-14"]),
        ("nxt wk: call, then send SOW", ["2026-03-20", None]),
        ("by mid-Feb: blanket PO terms", ["2027-02-15"]),
        ("email the portfolio. Do it Sun night", ["2026-03-15"]),
        ("bolt quote, 20k pcs → Fri", ["2026-03-20"]),
        ("revised bid → Mon", ["2026-03-16"]),
        ("he wants me to send over the specs before their board meets on the 19th", ["2026-03-19"]),
        ("add to xmas list", [None]),
        ("inspection Apr 6-8, keep the binders ready by Apr 2", ["2026-04-02"]),
        ("street party 4/18, email flyer Monday", ["2026-03-16"]),
        ("repair's ready Tue, pick it up Wed", ["2026-03-18"]),
        ("send tiles Monday, dinner w/ him and Lou Apr 9", ["2026-03-16"]),
        ("don't forget: card for his daughter", [None]),
        ("callback Apr 15", ["2026-04-15"]),
        ("[ ] poster by Fri", ["2026-03-20"]),
        ("tidy up her hedge Weds", ["2026-03-18"]),
    ],
)
def test_when_tasks_are_due(text: str, promises: list[str | None]) -> None:
    """A heading's date governs its list, `do it` dates the task before, a holiday before a noun dates nothing."""
    assert [promise.due for promise in facts(text).promises] == promises


@pytest.mark.parametrize(
    "text",
    [
        "drop ceiling contractor", "push notifications vendor", "merge last year w/ Acme", "open house Sat",
        "bake sale organizer", "bid bonds, surety", "times are tough", "reviewed our deck Tue", "report on NPR Mon",
        "inventory on Mon, closed", "by 2027: 40 stores", "by Friday: they decide", "Mon: she's in Dallas",
        "poss install partner", "wants me to speak at Rotary, July 9", "lmk sizes", "audit 5/12", "order shipped Mon",
        "don't forget he is vegan", "renewal 5/1",
    ],
)  # fmt: skip
def test_verbs_that_are_nouns_promise_nothing(text: str) -> None:
    """A word that can be a verb, or a thing with a day, is no task without evidence."""
    assert facts(text).promises == ()


@pytest.mark.parametrize(
    ("text", "keeper"),
    [
        ("Glynis on switchboard, sweet talk her", "Glynis"),
        ("be nice to Jo, his PA", "Jo"),
        ("his assistant anjali keeps the calendar", "anjali"),
        ("his assistant is very nice", "assistant"),
        ("met at reception desk", None),
    ],
)
def test_who_keeps_the_gate(text: str, keeper: str | None) -> None:
    """A name at a desk, before or behind the role, in small letters too where a verb of keeping follows."""
    assert facts(text).gatekeeper == keeper


@pytest.mark.parametrize(
    "text",
    [
        "don't call", "no follow up", "sent deck already", "gave talk 18/9", "if budget comes, send deck", "send deck?",
        "might send deck", "call center manager", "✓ send deck", "[x] send deck", "called her Tue", "never email",
        "nicht anrufen", "devis envoyé", "no llamar", "già chiamato", "não ligar", "al gebeld",
    ],
)  # fmt: skip
def test_no_promise_out_of_past_denial_doubt_or_compound(text: str) -> None:
    """What is done, denied, asked, conditional or part of a noun is no promise."""
    assert facts(text).promises == ()


def test_a_denied_mark_is_none() -> None:
    """`not urgent`, `no rush` and `5* hotel` leave priority alone; a list's bullets too."""
    assert not any(facts(text).priority for text in ("not urgent", "no rush", "5* hotel", "* call Ann\n* mail Bob"))
    assert all(facts(text).priority for text in ("★ call", "call Ann!!", "VIP", "* Ann", "hot lead", "send deck asap"))


def test_a_wrapped_line_is_one_sentence() -> None:
    """A card's narrow lines don't cut a phrase: the break before `to` is only the card's edge."""
    assert facts("ask for intro\nto the VP Ops").referral == Referral("the VP Ops", True)
    assert facts("send pricing\nby Fri").promises == (Promise("send pricing", "2026-03-20"),)


def test_reading_is_deterministic_and_depends_on_no_clock() -> None:
    """The same note and day give the same facts, however often and whatever was read before."""
    first = facts("lunch Fri, send deck EOM")
    facts("Angebot bis Freitag schicken", "DE")
    assert facts("lunch Fri, send deck EOM") == first


def test_what_comes_behind_what_was() -> None:
    """`called, will meet in May`: the past ends at the comma, and the meeting stands."""
    assert facts("called, will meet in May").meeting == Meeting("meeting", "2026-05-01", "2026-05-31")


@pytest.mark.parametrize(
    ("text", "region", "what", "unsure"),
    [
        ("lunch on Feb 29 2029", "US", Meeting("lunch"), "Feb 29 2029: no such day"),
        ("lunch Feb 30", "US", Meeting("lunch"), "Feb 30: no such day"),
        ("Mittagessen am 31.6.", "DE", Meeting("lunch"), "31.6: no such day"),
        ("dinner on 2029-02-29", "GB", Meeting("dinner"), "2029-02-29: no such day"),
    ],
)
def test_an_impossible_date_takes_nothing_with_it(text: str, region: str, what: Meeting, unsure: str) -> None:
    """A day that no calendar has is told as such; the meeting stays, without a day."""
    found = facts(text, region)
    assert (found.meeting, found.unsure) == (what, (unsure,))


def test_an_impossible_deadline_leaves_the_promise() -> None:
    """`by 2/30` is no deadline, and no word of the promise; a possible day is never called impossible."""
    found = facts("send deck by 2/30")
    assert found.promises == (Promise("send deck"),)
    assert found.unsure == ("2/30: no such day",)
    assert facts("lunch on Feb 29 2028").unsure == ()


@pytest.mark.parametrize(
    ("text", "region", "who"),
    [
        ("connaît Luc Moreau", "US", "Luc Moreau"),
        ("kennt die Leiterin der Stadtwerke", "DE", "die Leiterin der Stadtwerke"),
        ("kennt Frau Ohl die uns hilft", "DE", "Frau Ohl"),
        ("conoce al alcalde", "ES", "el alcalde"),
        ("conoce a la alcaldesa de Lugo", "ES", "la alcaldesa de Lugo"),
        ("conoce a Juan", "US", "Juan"),
        ("amigo do diretor", "BR", "o diretor"),
        ("CFO is Bob Hart", "US", "Bob Hart"),
        ("not the budget holder (that's Sim Frith)", "GB", "Sim Frith"),
    ],
)
def test_who_is_known_in_any_language(text: str, region: str, who: str) -> None:
    """The person is named whole, with the article that belongs to them, whatever country one is in."""
    assert facts(text, region).referral == Referral(who, True)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you", "THANK YOU 11/20/2026", "Thank you for your visit", "Thank you! Please come again",
        "Visit us online", "Call for a free quote", "Book now", "Order online",
        "Present this card", "Return policy 30 days",
    ],
)  # fmt: skip
def test_what_is_printed_on_a_receipt_promises_nothing(text: str) -> None:
    """Thanks and slogans are nobody's task; `thank you note by Fri` is."""
    assert facts(text).promises == ()
    assert facts("thank you note by Fri").promises == (Promise("thank you note", "2026-03-20"),)


def test_a_numbered_list_is_several_tasks() -> None:
    """`1) … 2) …` cuts like a line end does."""
    found = facts("1) send deck 2) invite to webinar 4/8 3) call Ann")
    assert [each.what for each in found.promises] == ["send deck", "invite to webinar", "call Ann"]


def test_a_day_just_past_is_no_plan_for_next_year() -> None:
    """`dinner 3/10` on the fourteenth tells of the day we met; `dinner 3/20` is to come."""
    assert facts("dinner 3/10").meeting is None
    assert facts("dinner 3/10").met == Met(date="2026-03-10")
    assert facts("dinner 3/20").meeting == Meeting("dinner", "2026-03-20")


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_valid_facts(text: str) -> None:
    """No text breaks the reader; its facts survive the wire and quote only what stands in the note."""
    found = facts(text)
    assert wire.loads(wire.dumps(found)) == found
    assert found.text == text


HOSTILE = (
    "send ",
    "Fri ",
    "1/2/",
    "w/ ",
    "(((",
    "and ",
    "knows ",
    "a",
    "10-11am ",
    "\n",
    "send deck, ",
    "ä",
    "Met @ X ",
    "11/5 or ",
    "2 wks before a ",
    "Fri that day ",
    "via Ann, his PA, ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_rule_grows_faster_than_the_note(piece: str) -> None:
    """Clauses stay short whatever is repeated, rules stay bounded, no value outgrows a line."""
    text = (piece * 4_000)[:4_000]
    j = prepare(text, SATURDAY)
    clauses = split(j, *find_dates(j))
    assert all(clause.end - clause.start <= LONGEST_CLAUSE + 20 for clause in clauses)
    assert all(len(promise.what) <= 160 for promise in facts(text).promises)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_kilobytes_are_read(piece: str) -> None:
    """A hostile note of 100 kB is read like any other."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert facts(text).text == text


@pytest.mark.parametrize("text", ["Nordhafen for", "Carla for", "Sul di"])
def test_a_note_may_end_in_a_preposition(text: str) -> None:
    """A pen note of which the end was not read has no facts and breaks nothing."""
    facts = read_note(text, date(2026, 3, 14))
    assert facts.text == text
    assert not facts.promises
