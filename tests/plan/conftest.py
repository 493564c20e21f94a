"""What the tests of the planner share."""

from pathlib import Path

import pytest

from tests.plan.invented import CommandLine


@pytest.fixture
def cardscan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a store and settings of its own."""
    return CommandLine(tmp_path, monkeypatch, capsys)
