"""What all tests share: the rule for tests that need the Tesseract program."""

import os
import shutil

import pytest

MISSING = shutil.which("tesseract") is None
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_report_header() -> str | None:
    """Say it when tests are left out; in CI they stay in and fail."""
    if MISSING and not IN_CI:
        return "tesseract is not installed: tests marked `tesseract` are left out (install tesseract-ocr to run them)"
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs Tesseract where it is not installed, except in CI, which must have it."""
    if not MISSING or IN_CI:
        return
    left_out = [item for item in items if item.get_closest_marker("tesseract")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("tesseract")]
