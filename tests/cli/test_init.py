"""`cardscan init`: settings asked once, or given as options."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cardscan.settings import Settings, country_of_zone, dump, load
from tests.plan.invented import CommandLine


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_options_write_a_private_file(cardscan: CommandLine) -> None:
    """The file is TOML, the user's alone, keeps what was set before, and is what the planner reads."""
    cardscan(
        "init",
        "--no-input",
        "--name",
        'Robin "Rob" Ash',
        "--signature",
        "Robin\\nAsh Ltd",
        "--working-days",
        "Mon,tuesday",
    )
    assert cardscan.code == 0
    path = cardscan.config / "settings.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = load(path)
    assert (found.name, found.signature, found.working_days) == ('Robin "Rob" Ash', "Robin\nAsh Ltd", ("mon", "tue"))
    assert found.country == "US" and found.time_zone == "America/Chicago"
    cardscan("init", "--no-input", "--country", "de")
    assert load(path).country == "DE" and load(path).name == 'Robin "Rob" Ash'


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--country", "Germany"], "not two capital letters"),
        (["--time-zone", "Mars/Olympus"], "not a zone"),
        (["--block", "9-10"], "not a time span such as 08:30-09:30"),
        (["--block", "10:00-09:00"], "not a time span"),
        (["--working-days", "someday"], "working_days"),
        (["--focus", "many"], "not a whole number"),
        (["--playbook", "nosuch"], "not known"),
    ],
)
def test_wrong_values_are_told_and_not_written(cardscan: CommandLine, options: list[str], said: str) -> None:
    """A wrong value is refused with what is right; the file stays as it was."""
    before = (cardscan.config / "settings.toml").read_text(encoding="utf-8")
    cardscan("init", "--no-input", *options)
    assert cardscan.code == 2 and said in cardscan.err
    assert (cardscan.config / "settings.toml").read_text(encoding="utf-8") == before


def test_a_wrong_settings_file_is_explained(cardscan: CommandLine) -> None:
    """An unknown key names the nearest one; broken TOML and wrong types say where."""
    for text, said in [
        ('time_zon = "UTC"', "did you mean 'time_zone'?"),
        ("focus = true", "focus: takes a number"),
        ("name = ", "not TOML"),
    ]:
        cardscan.settings(text)
        cardscan("plan", "--now", "2026-03-15T08:00")
        assert cardscan.code == 2 and said in cardscan.err and "settings.toml" in cardscan.err


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    """What `dump` writes, `load` reads, quotes, line breaks and control characters included."""
    settings = Settings(name='A "B" \\ \x01', signature="x\ny\tz", working_days=("sun",), region="BY", focus=2)
    path = tmp_path / "settings.toml"
    path.write_text(dump(settings), encoding="utf-8")
    assert load(path) == settings


def test_a_zone_tells_its_country() -> None:
    """The machine's zone gives the country; UTC gives none."""
    assert country_of_zone("Europe/Berlin") == "DE" and country_of_zone("UTC") is None
