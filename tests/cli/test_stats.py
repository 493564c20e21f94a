"""`cardscan stats` as a person or a script calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardscan.record import Promise
from tests.plan.invented import CommandLine, one, person


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_an_empty_store_has_no_rates(cardscan: CommandLine) -> None:
    """Nobody met: no division by nothing, and a hint."""
    assert cardscan.stats()["overall"] == {
        "event": None, "contacts": 0, "followed_up": 0, "within_a_day": 0, "median_hours": None, "share": 0.0,
    }  # fmt: skip
    assert "cardscan scan" in cardscan("stats", "--format", "table")


def test_unkept_promises_and_events(cardscan: CommandLine) -> None:
    """Promises still open are listed, the most overdue first; --event narrows; dismissed people do not count."""
    cards = [
        person(note="send deck", promises=(Promise("send deck", "2026-03-18"),)),
        person("Tom Berg", event="Expo", note="send list", promises=(Promise("send list", "2026-03-30"),)),
        person("Eva Novak", event="Expo", status="dismissed"),
    ]
    cardscan.plan(cards)
    found = cardscan.stats()
    assert [entry["what"] for entry in found["promises"]] == ["send deck", "send list"]
    assert found["overall"]["contacts"] == 2 and {rate["event"] for rate in found["events"]} == {"SXSW", "Expo"}
    table = cardscan("stats", "--event", "expo", "--now", "2026-03-20T12:00", "--format", "table")
    assert "send list, by 2026-03-27" in table and "SXSW" not in table


def test_a_try_without_an_answer_is_no_follow_up(cardscan: CommandLine) -> None:
    """Only what reached them counts, logged or done."""
    tasks = cardscan.plan([person(), person("Tom Berg")])
    cardscan.log("Jane Doe", "rang, voicemail", now="2026-03-15T10:00")
    assert cardscan.stats()["overall"]["followed_up"] == 0
    cardscan.done(one(tasks, "handwritten-note", "Tom Berg"), now="2026-03-15T10:00")
    assert cardscan.stats()["overall"]["followed_up"] == 1
