"""What follows from a task done late, and from a change taken back."""

from __future__ import annotations

from tests.plan.invented import CommandLine, at, one, person


def test_a_mail_counts_from_the_card_that_was_done_late(cardscan: CommandLine) -> None:
    """Of the rules that still can be kept the earliest date wins, and the plan says which it was."""
    tasks = cardscan.plan([person()])
    cardscan.done(one(tasks, "handwritten-note"), now="2026-03-20T10:00")
    mail = one(cardscan.agenda(now="2026-03-20T10:00"), "email")
    assert at(mail.due).date().isoformat() == "2026-03-24"
    assert mail.why.date == "2 business days after thank-you (done Fri 20 Mar 2026)"


def test_a_snooze_taken_back_gives_an_early_time_again(cardscan: CommandLine) -> None:
    """The task does not stay on the day it had been put off to."""
    card = one(cardscan.plan([person()]), "handwritten-note")
    cardscan("tasks", "snooze", card.id, "--until", "2026-03-27", "--now", "2026-03-15T08:00")
    assert (one(cardscan.agenda(now="2026-03-15T08:00"), "handwritten-note").start or "") >= "2026-03-27"
    cardscan("tasks", "undo", "--now", "2026-03-15T08:01")
    assert one(cardscan.agenda(now="2026-03-15T08:01"), "handwritten-note").start == card.start
