"""Reads photos in a pool of worker processes that outlives a photo which crashes or hangs its worker.

Pebble replaces a worker that died or overran its time and loses only that photo; the executors of the standard library
lose the whole queue. Outcomes come in the order of the paths, a few photos ahead at most, so memory stays flat.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from cardscan import image, ocr, pipeline
from cardscan.errors import EngineError, InputError
from cardscan.options import OcrOptions, ScanOptions
from cardscan.record import Card, ErrorDetail, ErrorLine, Source

AHEAD = 3  # photos queued per worker: enough to keep all busy, few enough to start printing early

MOST_RESTARTS = 3

Known = Callable[[str], "list[Card] | None"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one path: its cards, or the error.

    Attributes:
        fresh: The photo was read now; otherwise its cards were known already.
    """

    path: str
    sha256: str | None
    cards: tuple[Card, ...] = ()
    error: ErrorLine | None = None
    fresh: bool = True


@dataclass(slots=True)
class _Pending:
    """A path on its way: with a future when it is being read, without when its bytes are known already."""

    path: str
    sha256: str | None
    future: Future[list[Card]] | None = None
    pool: ProcessPool | None = None


def read_photos(
    paths: Iterable[str], options: ScanOptions, known: Known, *, jobs: int, timeout: float
) -> Iterator[Outcome]:
    """Read photos in `jobs` processes and give one outcome per path, in order.

    Args:
        paths: Files to read.
        options: What to read, for every photo.
        known: Cards already read from bytes with this sha256, or None. It is asked again when an earlier photo of the
            same run had the same bytes, so what this generator gives must be kept before the next is taken.
        jobs: Number of worker processes.
        timeout: Seconds one photo may take.

    Raises:
        EngineError: The engine cannot be opened, or workers die before they read anything.
    """
    reader = _Reader(options, known, jobs, timeout)
    waiting: deque[_Pending] = deque()
    source = iter(paths)
    finished = False
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (path := next(source, None)) is not None:
                waiting.append(reader.queue(path))
            if not waiting:
                break
            yield reader.settle(waiting.popleft())
        finished = True
    finally:
        reader.close(finished)


class _Reader:
    """The pool, made anew when it breaks, and what this run has queued."""

    def __init__(self, options: ScanOptions, known: Known, jobs: int, timeout: float) -> None:
        self._options = options
        self._known = known
        self._jobs = jobs
        self._timeout = timeout
        self._queued: set[str] = set()
        self._restarts = 0
        self._pool = self._new_pool()

    def queue(self, path: str) -> _Pending:
        """Begin to read a path, unless its bytes are known or being read."""
        try:
            digest = _sha256(path)
        except OSError:
            digest = None  # let the image stage say what is wrong with the file
        if digest is not None and (digest in self._queued or self._known(digest) is not None):
            return _Pending(path, digest)
        if digest is not None:
            self._queued.add(digest)
        return self._schedule(_Pending(path, digest))

    def settle(self, item: _Pending) -> Outcome:
        """Wait for what becomes of a path."""
        if item.future is None:
            cards = self._known(item.sha256) if item.sha256 else None
            if cards is not None:
                here = tuple(replace(card, source=replace(card.source, path=item.path)) for card in cards)
                return Outcome(item.path, item.sha256, here, fresh=False)
            # The first photo with these bytes failed; this one is owed its own answer.
            self._schedule(item)
        try:
            return Outcome(item.path, item.sha256, tuple(self._result(item)))
        except FutureTimeoutError:
            remedy = "raise --timeout or crop the photo"
            return _failed(item, "timeout", f"{item.path}: gave up after {self._timeout:g} s; {remedy}")
        except ProcessExpired as death:
            remedy = "save it anew as JPEG or PNG"
            return _failed(item, "crashed", f"{item.path}: the reader crashed on it (exit {death.exitcode}); {remedy}")
        except InputError as error:
            return _failed(item, error.kind, str(error))

    def close(self, finished: bool) -> None:
        """Let workers leave by themselves when all is read; else, as after Ctrl-C, end them at once."""
        self._pool.close() if finished else self._pool.stop()
        self._pool.join()

    def _schedule(self, item: _Pending) -> _Pending:
        item.pool = self._pool
        item.future = self._pool.schedule(_read, args=(item.path, self._options), timeout=self._timeout)
        return item

    def _result(self, item: _Pending) -> list[Card]:
        while True:
            assert item.future is not None
            try:
                cards: list[Card] = item.future.result()
                return cards
            except (BrokenProcessPool, CancelledError):
                # Workers died between photos, before they took one: no photo is to blame, so all are queued again.
                if item.pool is self._pool:
                    self._restart()
                self._schedule(item)

    def _restart(self) -> None:
        self._restarts += 1
        if self._restarts > MOST_RESTARTS:
            raise EngineError("reading processes die as they start; is memory short? Try --jobs 1")
        self._pool.stop()
        self._pool.join()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=self._jobs, initializer=_start_worker, context=spawn)


def _failed(item: _Pending, kind: str, message: str) -> Outcome:
    source = Source(path=item.path, sha256=item.sha256, cards_in_photo=0)
    return Outcome(item.path, item.sha256, error=ErrorLine(source, ErrorDetail(kind, message)))


def _sha256(path: str) -> str | None:
    """Digest of a regular file, None for anything else (reading a pipe or a device might never end)."""
    if not Path(path).is_file():
        return None
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and keep every library to one thread: processes are what runs in parallel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    image.use_one_thread()


@cache
def _engine(options: OcrOptions) -> ocr.Engine:
    return ocr.open_engine(options)


def _read(path: str, options: ScanOptions) -> list[Card]:
    return pipeline.scan_photo(path, _engine(options.ocr), options)
