"""Cards on which nothing was read."""

from __future__ import annotations

from dataclasses import replace

from cardscan.record import Contact, Note, NoteFacts, Promise
from tests.plan.invented import CommandLine, only, person


def test_a_card_on_which_nothing_was_read_makes_no_tasks(cardscan: CommandLine) -> None:
    """There is nobody to write to, so plan says so and leaves it to review; the others are planned as ever."""
    blank = replace(person("Tom Berg"), contact=Contact())
    none = replace(person("Eva Novak"), contact=None)
    tasks = cardscan.plan([person(), blank, none])
    assert {task.contact_name for task in tasks} == {"Jane Doe", None}
    assert all("Jane Doe" in task.title for task in only(tasks, "debrief"))
    assert f"Nothing was read on 1 card, so no follow-up: {blank.id}. See `cardscan review`." in cardscan.err
    assert cardscan.plan(now="2026-03-15T08:00") == tasks


def test_a_note_on_an_unread_card_is_followed_up(cardscan: CommandLine) -> None:
    """What was scribbled on it was promised all the same."""
    note = Note("send deck", facts=NoteFacts(text="send deck", promises=(Promise("send deck", None),)))
    tasks = cardscan.plan([replace(person("Tom Berg"), contact=Contact(), notes=(note,))])
    assert [task.promise for task in only(tasks, "send")] == ["send deck"]
    assert "Nothing was read" not in cardscan.err


def test_tasks_of_a_card_that_turns_out_blank_go(cardscan: CommandLine) -> None:
    """Planning again removes what was planned for a reading that has gone."""
    card = person("Tom Berg")
    assert only(cardscan.plan([person(), card]), name="Tom Berg")
    assert not only(cardscan.plan([replace(card, contact=Contact())]), name="Tom Berg")
    assert not only(cardscan.agenda(now="2026-03-15T08:00"), name="Tom Berg")
