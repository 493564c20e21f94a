"""The page of invented and hostile people, made once, and a real browser to open it in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import which
from zoneinfo import ZoneInfo

import pytest

from cardscan.plan import rates
from cardscan.report import page
from tests.report.people import bram, eve, orla, photo, tasks

NOW = datetime.fromisoformat("2026-04-20T09:00:00+00:00")
ZONE = ZoneInfo("UTC")


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of all three cards."""
    taken = photo(tmp_path_factory.mktemp("photos"))
    cards = [orla(taken), bram(taken), eve(taken)]
    return page(cards, tasks(), rates(cards, tasks(), [], NOW, ZONE), NOW, ZONE)


@pytest.fixture(scope="session")
def address(html: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page can be opened from."""
    path: Path = tmp_path_factory.mktemp("report") / "page.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The installed Chromium, headless."""
    from playwright.sync_api import sync_playwright

    program = which("chromium") or "chromium"
    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = driver.chromium.launch(executable_path=program, args=arguments, timeout=300_000)
        yield browser
        browser.close()
