"""Letters: each rule of the playbooks that words can show, and nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.draft import LANGUAGES, TEMPLATE_OF_KIND, Language, Sender, compose
from cardscan.errors import ConfigError, UsageError
from cardscan.record import (
    Card,
    Contact,
    Event,
    Name,
    Note,
    NoteFacts,
    Offer,
    Promise,
    Referral,
    Source,
    Task,
    TaskKind,
)
from tests.draft.people import FOLDER, SENDER, draft_of, findings, people, shown

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)
MAILS = sorted(set(TEMPLATE_OF_KIND.values()) - {"call", "card", "connect"})


def task(kind: TaskKind = "email", title: str = "Write") -> Task:
    """A task of one kind."""
    return Task(id="t-1", contact_id="c-1", contact_name="Jane Doe", playbook="combined", kind=kind, title=title)


def card(facts: NoteFacts | None = None, text: str = "") -> Card:
    """Jane Doe of Acme, met at SXSW."""
    notes = (Note(text, facts=facts),) if facts else ()
    contact = Contact(name=Name("Jane Doe", given="Jane", family="Doe"))
    return Card("c-1", Source("a.jpg"), contact, event=Event("SXSW", "Austin", "2026-03-14"), notes=notes)


@pytest.mark.parametrize("person", people(), ids=lambda person: person["file"])
def test_thirty_letters_stay_as_they_were_read(person: dict) -> None:
    """Each of the thirty drafts equals the one that was read and approved (renew: python -m tests.draft.people)."""
    assert shown(draft_of(person)) == (FOLDER / f"{person['file']}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("person", people(), ids=lambda person: person["file"])
def test_our_own_letters_pass_our_own_linter(person: dict) -> None:
    """No draft sells, presses, fills or claims a friendship."""
    assert findings(draft_of(person)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEMPLATE_OF_KIND)
def test_every_kind_is_written_in_every_language(kind: TaskKind, language: Language) -> None:
    """All templates render in all languages, greet by name, and say where and when we met."""
    facts = NoteFacts(interests=("Sailing",), offers=(Offer("Help"),), referral=Referral("Tom Baker"))
    draft = compose(task(kind), card(facts), SENDER, NOW, language=language)
    whole = draft.subject + draft.body
    assert "Doe" in whole or kind == "contact-referral"
    assert "SXSW" in draft.body
    assert "14" in draft.body
    assert "Robin Ashdown" in draft.body
    assert draft.subject or TEMPLATE_OF_KIND[kind] in ("card", "connect")
    assert not findings(draft)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEMPLATE_OF_KIND)
def test_what_is_missing_is_a_blank(kind: TaskKind, language: Language) -> None:
    """With nothing known but a photo, every draft still stands, with visible blanks that can be filled by key."""
    empty = Card("c-1", Source("a.jpg"), Contact())
    draft = compose(task(kind), empty, Sender(), NOW, language=language)
    assert draft.blanks
    assert all(f"[{blank.hint}]" in f"{draft.subject}\n{draft.body}" for blank in draft.blanks)
    filled = compose(
        task(kind),
        empty,
        Sender(),
        NOW,
        language=language,
        fills={blank.key: f"FILL{number}" for number, blank in enumerate(draft.blanks)},
    )
    assert not filled.blanks
    assert "[" not in filled.body


def test_the_card_has_its_four_elements() -> None:
    """system/5: about them, thanks for the talk, one thing that was said, no selling."""
    body = compose(task("handwritten-note"), card(NoteFacts(interests=("sailing",))), SENDER, NOW).body
    assert "Thank you for our conversation" in body
    assert "about sailing" in body
    assert body.index("you") < body.index("I ")


def test_promised_things_are_listed_to_attach() -> None:
    """system/7: what was promised stands in the mail and in the list of attachments, addressed to the person."""
    promises = (Promise("send her the price list"), Promise("introduce her to Tom"))
    draft = compose(task(), card(NoteFacts(promises=promises)), SENDER, NOW)
    assert draft.attachments == ("the price list",)
    assert "- the price list" in draft.body
    assert "- introduce you to Tom" in draft.body


def test_a_send_task_is_about_its_own_promise() -> None:
    """A task made for one promise names that one, not the others."""
    facts = NoteFacts(promises=(Promise("send the map"), Promise("send the film")))
    draft = compose(task("send", "Send the map, as promised to Jane Doe"), card(facts), SENDER, NOW)
    assert draft.attachments == ("the map",)
    assert "film" not in draft.body


@pytest.mark.parametrize(
    ("scribbled", "said"),
    [
        ("intro to his CFO", "offered me an introduction to your CFO"),
        ("intro me to her boss", "offered to introduce me to your boss"),
        ("show me the plant", "offered to show me the plant"),
        ("call", "offered to call you"),
        ("a tour of their lab", "offered me a tour of your lab"),
    ],
)
def test_scribbles_are_said_to_the_person(scribbled: str, said: str) -> None:
    """six-rules/4: words written about somebody are turned to face them, and nothing else about them changes."""
    assert said in compose(task("accept-offer"), card(NoteFacts(offers=(Offer(scribbled),))), SENDER, NOW).body


def test_an_introduction_is_about_the_work() -> None:
    """Who decides is asked about a topic of the talk, not about a hobby."""
    facts = NoteFacts(interests=("jazz",), topics=("robots",), decision_maker=False)
    assert "talk to about robots" in compose(task("ask-referral"), card(facts), SENDER, NOW).body


@pytest.mark.parametrize("kind", ["ask-referral", "contact-referral"])
def test_how_often_we_met_is_said(kind: str) -> None:
    """six-rules/3: an introduction says that we have met once, and stops saying so when we have met again."""
    facts = NoteFacts(referral=Referral("Tom Baker"))
    once = compose(task(kind), card(facts), SENDER, NOW).body
    again = compose(task(kind), card(facts), SENDER, NOW, times_met=2).body
    assert "once" in once
    assert "once" not in again


def test_the_referrer_is_named() -> None:
    """six-rules/5: the letter to the person behind names who sent us, and is not addressed to the referrer."""
    draft = compose(task("contact-referral"), card(NoteFacts(referral=Referral("Tom Baker"))), SENDER, NOW)
    assert draft.body.startswith("Dear Tom Baker,\n\nJane Doe mentioned you to me.")
    assert draft.to == ()


def test_retries_grow_gentler() -> None:
    """six-rules/7: the second letter says there is no hurry, the third that it is the last."""
    second = compose(task("retry"), card(), SENDER, NOW, attempt=2).body
    third = compose(task("retry"), card(), SENDER, NOW, attempt=3).body
    assert "no hurry" in second
    assert "last note for now" in third


def test_the_ask_differs_by_strategy() -> None:
    """six-tips/5: each way a person fits has its own ending, in each language."""
    for language in LANGUAGES:
        endings = {
            compose(task(), card(NoteFacts(strategy=strategy)), SENDER, NOW, language=language).body
            for strategy in ("client", "prospect", "partner", "job", "friend", "alliance", None)
        }
        assert len(endings) == 7


def test_words_in_another_language_are_left_to_the_writer() -> None:
    """A note scribbled in English is not passed off as German: its words stand in a blank."""
    facts = NoteFacts(text="talked about the harbour", topics=("the harbour",))
    draft = compose(task(), card(facts, "talked about the harbour"), SENDER, NOW, language="de")
    assert "[the harbour]" in draft.body
    assert [blank.key for blank in draft.blanks] == ["topic"]


def test_a_topic_that_sells_is_not_the_topic() -> None:
    """lemonade/5: a note on prices does not make the letter about prices."""
    draft = compose(task(), card(NoteFacts(topics=("pricing", "tide tables"))), SENDER, NOW)
    assert "tide tables" in draft.body
    assert "pricing" not in draft.body


def test_gender_is_not_guessed() -> None:
    """Without a courtesy title on the card the greeting is the full name; with one it is that title."""
    jane = Name("Jane Doe", given="Jane", family="Doe")
    frau = Name("Frau Jane Doe", prefix="Frau", given="Jane", family="Doe")
    greetings = [
        compose(task(), Card("c", Source("a"), Contact(name=name)), SENDER, NOW, language="de").body.split("\n")[0]
        for name in (jane, frau)
    ]
    assert greetings == ["Guten Tag Jane Doe,", "Guten Tag Frau Doe,"]


def test_hitting_it_off_gives_the_first_name_in_english_only() -> None:
    """A warm talk makes Jane of Jane Doe in English; elsewhere the form stays polite."""
    warm = card(NoteFacts(hit_it_off=True))
    assert compose(task(), warm, SENDER, NOW).body.startswith("Dear Jane,")
    assert compose(task(), warm, SENDER, NOW, language="fr").body.startswith("Bonjour Jane Doe,")


def test_a_task_without_words_says_so() -> None:
    """Research needs no letter: the message names the task."""
    with pytest.raises(UsageError, match="needs no words"):
        compose(task("research"), card(), SENDER, NOW)


def test_filling_an_unknown_blank_names_the_known_ones() -> None:
    """A fill that fits nothing is an error, not ignored."""
    with pytest.raises(UsageError, match="blanks: topic"):
        compose(task(), card(), SENDER, NOW, fills={"subject": "x"})


def test_own_templates_come_first(tmp_path: Path) -> None:
    """A file in the user's folder replaces the shipped template, and can use all its values."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "email.txt").write_text("Subject: Hi\n\nHello {{ name }}, {{ met }}.", encoding="utf-8")
    draft = compose(task(), card(), SENDER, NOW, templates=tmp_path)
    assert (draft.subject, draft.body) == ("Hi", "Hello Jane Doe, at SXSW in Austin on 14 March.")


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing_such }}",
        "{% if %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 1 / 0 }}",
        "{% for x in range(99999999) %}x{% endfor %}",
        "{{ 'x' * 99999 }}",
    ],
)
def test_a_wrong_template_is_a_setting_error(tmp_path: Path, template: str) -> None:
    """Undefined names, syntax errors, escapes from the sandbox and endless output are refused with the file's name."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "email.txt").write_text(template, encoding="utf-8")
    with pytest.raises(ConfigError, match="email"):
        compose(task(), card(), SENDER, NOW, templates=tmp_path)


@settings(max_examples=60, deadline=None)
@given(
    words=st.text(alphabet=st.characters(codec=None, categories=None), max_size=80),
    kind=st.sampled_from(sorted(TEMPLATE_OF_KIND)),
    language=st.sampled_from(LANGUAGES),
)
def test_no_text_can_break_a_draft(words: str, kind: TaskKind, language: Language) -> None:
    """Whatever stands on a card: one line per value, no controls, no template code run, same input same draft."""
    hostile = replace(
        card(NoteFacts(text=words, topics=(words,), offers=(Offer(words),), promises=(Promise(words),)), words),
        contact=Contact(name=Name(words), emails=()),
        event=Event(words, words, "2026-03-14"),
    )
    draft = compose(task(kind), hostile, SENDER, NOW, language=language)
    assert draft == compose(task(kind), hostile, SENDER, NOW, language=language)
    assert "\n" not in draft.subject
    assert all(char == "\n" or char.isprintable() or char.isspace() for char in draft.body)
    assert not set(draft.body + draft.subject) & set("\x00\x1b\r\u202e\u2066\ue000\ue001\ue002")


def test_a_kept_promise_is_not_made_again() -> None:
    """What a task of its own has settled is in no letter; what one will keep later is remembered, not attached."""
    facts = NoteFacts(text="x", promises=(Promise("send her the map"), Promise("send her the tide tables")))
    both = compose(task(), card(facts, "send her the map"), SENDER, NOW)
    assert both.attachments == ("the map", "the tide tables")
    one = compose(task(), card(facts, "send her the map"), SENDER, NOW, kept=["send her the map"])
    assert one.attachments == ("the tide tables",)
    assert "the map" not in one.body
    later = compose(task(), card(facts, "send her the map"), SENDER, NOW, later=["send her the tide tables"])
    assert later.attachments == ("the map",)
    assert "not forgotten what I said I would do:\n- send you the tide tables" in later.body
    settled = compose(
        task("handwritten-note"), card(facts), SENDER, NOW, kept=["send her the map", "send her the tide tables"]
    )
    assert "promised" not in settled.body


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        ("intro me to Tom Baker", "thank you for your offer to introduce me to Tom Baker: ["),
        ("tickets for the gala", "thank you for your offer of tickets for the gala: ["),
    ],
)
def test_thanks_for_a_favour_say_what_for(offer: str, words: str) -> None:
    """A word of thanks for a favour names it, leaves a blank for what came of it, and doesn't claim to be unasked."""
    facts = NoteFacts(text="x", offers=(Offer(offer),))
    thanks = compose(task("appreciation", f"Thank Jane Doe for {offer}"), card(facts, offer), SENDER, NOW)
    assert words in thanks.body
    assert "no occasion" not in thanks.body
    assert [blank.key for blank in thanks.blanks] == ["outcome"]


def test_a_third_person_is_given_times_in_the_zone_of_the_writer() -> None:
    """Where the one behind a referral lives is not known: a letter to them claims no "your time"."""
    facts = NoteFacts(text="x", referral=Referral("Tom Baker", ask=False))
    slots = [datetime(2026, 3, 31, 16, tzinfo=UTC)]
    letter = compose(
        task("contact-referral"),
        card(facts, "knows Tom Baker"),
        SENDER,
        NOW,
        slots=slots,
        their_zone=ZoneInfo("America/Los_Angeles"),
        my_zone=ZoneInfo("Europe/Berlin"),
    )
    assert "- Tuesday 31 March at 18:00 (Berlin time)" in letter.body
    assert "your time" not in letter.body


@pytest.mark.parametrize(
    ("language", "note", "who", "words"),
    [
        ("es", "conoce a Lucía Prado, hablamos", "Lucía Prado", "Usted mencionó a Lucía Prado."),
        ("es", "conoce al director de la feria, hablamos", "el director de la feria", "mencionó al director"),
        ("es", "conoce al director de la feria, hablamos", "director de la feria", "mencionó a [director de la feria]"),
        ("de", "kennt den Leiter der Messe, Gespräch mit ihm", "den Leiter der Messe", "erwähnten den Leiter der"),
        ("it", "conosce il direttore della fiera, parlato", "il direttore della fiera", "parlato del direttore della"),
        ("fr", "connaît le directeur du salon, parlé avec lui", "le directeur du salon", "parlé du directeur du salon"),
        ("pt", "conhece o diretor da feira, conversa com ele", "o diretor da feira", "mencionou o diretor da feira"),
    ],
)
def test_whom_they_know_is_named_in_good_grammar(language, note, who, words) -> None:
    """Articles join their prepositions; a role that lost its article stands in a blank to be seen to."""
    facts = NoteFacts(text=note, referral=Referral(who, ask=True))
    asked = compose(task("ask-referral"), card(facts, note), SENDER, NOW, language=language)
    assert words in asked.body


def test_degrees_are_not_spoken() -> None:
    """Letters after a name stay on the card: nobody says them, in the greeting or about a third person."""
    facts = NoteFacts(text="knows Tom Baker", referral=Referral("Tom Baker", ask=False))
    jane = replace(card(facts), contact=Contact(name=Name("Jane Doe, CFP", given="Jane", family="Doe", suffix="CFP")))
    letter = compose(task("contact-referral"), jane, SENDER, NOW)
    assert letter.subject == "Jane Doe mentioned you to me"
    assert "CFP" not in letter.body


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt"])
def test_an_event_in_english_words_is_not_mixed_into_another_language(language) -> None:
    """Words such as "the alumni dinner" stand in a blank, to be translated; a name with an article loses it."""
    met = replace(card(), event=Event("the alumni dinner", None, "2026-03-14"))
    letter = compose(task(), met, SENDER, NOW, language=language)
    assert "[the alumni dinner]" in letter.body
    assert "dinner" not in letter.subject and "[" not in letter.subject
    named = replace(card(), event=Event("The Harbour Expo Days", None, "2026-03-14"))
    assert "The Harbour" not in compose(task(), named, SENDER, NOW, language=language).body


def test_italian_parts_two_a() -> None:
    """One says "ad Ancona" and "a Torino"."""
    for place, words in (("Ancona", "conoscerLa ad Ancona"), ("Torino", "conoscerLa a Torino")):
        met = replace(card(), event=Event(None, place, "2026-03-14"))
        assert words in compose(task(), met, SENDER, NOW, language="it").body


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("Internationale Handwerksmesse", "auf der Internationalen Handwerksmesse"),
        ("Deutscher Logistik-Kongress", "auf dem Deutschen Logistik-Kongress"),
        ("Europäisches Forum", "beim Europäischen Forum"),
        ("Frankfurter Buchmesse", "auf der Frankfurter Buchmesse"),
        ("Digitale", "bei Digitale"),
    ],
)
def test_german_declines_the_name_of_an_event(event: str, words: str) -> None:
    """Adjectives take their ending after the preposition; towns in -er and names without a noun keep theirs."""
    met = replace(card(), event=Event(event, None, "2026-03-14"))
    assert words in compose(task(), met, SENDER, NOW, language="de").body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_word_in_a_year_is_not_the_first_once_more(language) -> None:
    """Who keeps in touch does not send the same letter four times; both name the topic and where they met."""
    facts = NoteFacts(text="knots", topics=("Knots",))
    first, second = (
        compose(task("keep-in-touch"), card(facts), SENDER, NOW, language=language, again=again)
        for again in (False, True)
    )
    assert first.body != second.body
    for letter in (first, second):
        assert "SXSW" in letter.body and "Knots" in letter.body
        assert [blank.key for blank in letter.blanks] == ["find"]
