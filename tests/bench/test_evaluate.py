"""`make eval`: sets are made once, read, scored, and told in a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import evaluate, score

TRUTH = {"file": "a.jpg", "conditions": {"name": "tilt", "tilt": 41.0}, "cards": [{"fields": {"names": ["Anna Berg"]}}]}


def test_a_set_is_made_once_and_named_after_the_generator(tmp_path: Path) -> None:
    """The second call gives the same folder without making a photo again; the folder's name tells what is in it."""
    folder = evaluate.photos(tmp_path, 1, "t", "scan")
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert evaluate.photos(tmp_path, 1, "t", "scan") == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    assert folder.name == f"eval-t-1-scan-{evaluate.generator_digest()}"


def test_the_report_has_every_field_and_condition() -> None:
    """The page gives date, commit, each field's figures, the breakdown and the calibration."""
    read = {"source": {"path": "a.jpg", "index": 0}, "contact": {"name": {"full": "Anna Berg", "confidence": 0.9}}}
    cards = score.scores([json.dumps(TRUTH)], [json.dumps(read)])
    text = evaluate.report(cards, "eval-x", "abc1234", 1.5, 1)
    assert "| name | 1.000 | 1.000 | 1.000 | 1 |" in text
    assert "| ≤ 45 | 1 | 1 | 0 | 1.000 | 1.000 | - |" in text
    assert "## Calibration" in text
    assert "CPU 1.50 s a photo" in text


@pytest.mark.slow
def test_photos_are_read_and_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two flat scans go through the whole pipeline; most of what they say is right, and the misses get a page."""
    arguments = ["--count", "2", "--seed", "t", "--conditions", "scan", "--cache", str(tmp_path)]
    assert evaluate.main([*arguments, "--no-report", "--misses", str(tmp_path / "m")]) == 0
    shown = capsys.readouterr().out
    assert float(next(row for row in shown.splitlines() if row.startswith("all")).split()[3]) > 0.5
    assert (tmp_path / "m" / "index.html").exists()
