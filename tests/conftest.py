"""What all tests share: the rule for tests that need a program which pip does not install."""

import os
import shutil
from pathlib import Path

import pytest

PROGRAMS = (
    "tesseract", "chromium", "tmux", "task", "zsh", "fish", "java", "man", "groff", "jq", "mutt", "systemd-analyze",
    "sixel2png",
)  # fmt: skip
MISSING = {program for program in PROGRAMS if shutil.which(program) is None}
JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("ez-vcard", "vinnie", "jackson-core")]
MISSING |= set() if all(jar.exists() for jar in JARS) else {"ez-vcard"}
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_report_header() -> str | None:
    """Say it when tests are left out; in CI they stay in and fail."""
    if MISSING and not IN_CI:
        return f"not installed: {', '.join(sorted(MISSING))}; tests that need them are left out (.ci/run installs them)"
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a program that is not installed, except in CI, which must have it."""
    if not MISSING or IN_CI:
        return
    left_out = [item for item in items if needed_by(item) & MISSING]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def needed_by(item: pytest.Item) -> set[str]:
    """The programs named in `needs` markers; `tesseract` is a marker of its own."""
    named = {str(program) for marker in item.iter_markers("needs") for program in marker.args}
    return named | {"tesseract"} if item.get_closest_marker("tesseract") else named
