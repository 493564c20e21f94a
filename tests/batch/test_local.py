"""A batch outlives every photo in it: real workers, really killed and really stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cardscan.batch import Outcome, read_photos
from cardscan.options import ScanOptions
from cardscan.record import Card
from tests.flat_card import flat_card

OPTIONS = ScanOptions(met_on="2026-04-20")


def read(paths: list[Path], *, jobs: int = 1, timeout: float = 120) -> list[Outcome]:
    kept: dict[str, list[Card]] = {}
    outcomes = []
    for outcome in read_photos(map(str, paths), OPTIONS, kept.get, jobs=jobs, timeout=timeout):
        if outcome.sha256 and not outcome.error:
            kept[outcome.sha256] = list(outcome.cards)
        outcomes.append(outcome)
    return outcomes


def workers() -> list[int]:
    """Process ids of the children that read photos, as Pebble names them."""
    children = multiprocessing.active_children()
    return [child.pid for child in children if child.pid is not None and child.name == "pebble_pool_worker"]


def once_there_is_a_worker(act: Callable[[int], None]) -> threading.Thread:
    """Do something to the first worker as soon as it lives."""

    def wait() -> None:
        for _ in range(600):
            if found := workers():
                act(found[0])
                return
            time.sleep(0.02)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_outcomes_come_in_the_order_of_paths(tmp_path: Path) -> None:
    """Two workers give one outcome per path, in order, each card with its path as given."""
    paths = [flat_card(tmp_path / f"{number}.png", f"Orla Fennick{number}") for number in range(5)]
    outcomes = read(paths, jobs=2)
    assert [outcome.path for outcome in outcomes] == [str(path) for path in paths]
    assert [card.source.path for outcome in outcomes for card in outcome.cards] == [str(path) for path in paths]


def test_a_bad_photo_costs_only_itself(tmp_path: Path) -> None:
    """A truncated photo, a missing one and a text named as a photo are told; the good ones between are read."""
    good = flat_card(tmp_path / "good.png")
    cut = tmp_path / "cut.png"
    cut.write_bytes(good.read_bytes()[:2000])
    text = tmp_path / "text.jpg"
    text.write_text("not a photo")
    outcomes = read([cut, good, tmp_path / "missing.png", text])
    kinds = [outcome.error.error.kind if outcome.error else None for outcome in outcomes]
    assert kinds == ["truncated", None, "not-found", "not-an-image"]
    for outcome in outcomes:
        assert outcome.error is None or outcome.path in outcome.error.error.message


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    """A copy of a photo gives the same cards under its own path without being read again."""
    first = flat_card(tmp_path / "a.png")
    copy = tmp_path / "b.png"
    copy.write_bytes(first.read_bytes())
    one, two = read([first, copy])
    assert (one.fresh, two.fresh) == (True, False)
    assert [card.id for card in one.cards] == [card.id for card in two.cards]
    assert two.cards[0].source.path == str(copy)


def test_a_crashed_worker_loses_one_photo(tmp_path: Path) -> None:
    """A worker killed in the middle of a photo costs that photo; the next ones are read by its successor."""
    paths = [flat_card(tmp_path / f"{number}.png", f"Fennick{number}") for number in range(3)]
    killer = once_there_is_a_worker(lambda pid: (time.sleep(2.5), os.kill(pid, signal.SIGKILL))[0])
    outcomes = read(paths)
    killer.join()
    kinds = [outcome.error.error.kind if outcome.error else None for outcome in outcomes]
    assert kinds.count("crashed") <= 1
    assert kinds.count(None) >= 2


def test_a_hanging_photo_is_given_up(tmp_path: Path) -> None:
    """A worker that stands still past the time limit costs its photo, with the remedy in words; the batch goes on."""
    paths = [str(flat_card(tmp_path / f"{number}.png", f"Fennick{number}")) for number in range(4)]
    outcomes = []
    for outcome in read_photos(paths, OPTIONS, lambda _: None, jobs=1, timeout=30):
        if not outcomes:
            time.sleep(0.2)  # the worker is in the middle of the second: its time runs from when it took it
            os.kill(workers()[0], signal.SIGSTOP)
        outcomes.append(outcome)
    told = [outcome.error.error if outcome.error else None for outcome in outcomes]
    assert len(told) == 4
    assert told[0] is None and told[-1] is None
    errors = [error for error in told if error]
    assert [error.kind for error in errors] == ["timeout"]
    assert "--timeout" in errors[0].message
