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
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from cardscan import image, ocr, pipeline
from cardscan.errors import InputError
from cardscan.options import OcrOptions, ScanOptions
from cardscan.record import Card, ErrorDetail, ErrorLine, Source

AHEAD = 3  # photos queued per worker: enough to keep all busy, few enough to start printing early

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
    path: str
    sha256: str | None
    future: ProcessFuture | None = None
    error: InputError | None = None


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
        EngineError: The engine cannot be opened; no photo can be read.
    """
    waiting: deque[_Pending] = deque()
    queued: set[str] = set()
    source = iter(paths)
    pool = ProcessPool(max_workers=jobs, initializer=_start_worker, context=multiprocessing.get_context("spawn"))
    finished = False
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (path := next(source, None)) is not None:
                waiting.append(_queue(path, pool, queued, known, options, timeout))
            if not waiting:
                break
            yield _settle(waiting.popleft(), pool, known, options, timeout)
        finished = True
    finally:
        # close() lets workers leave by themselves; stop() ends them at once, as after Ctrl-C.
        pool.close() if finished else pool.stop()
        pool.join()


def _queue(
    path: str, pool: ProcessPool, queued: set[str], known: Known, options: ScanOptions, timeout: float
) -> _Pending:
    try:
        digest = _sha256(path)
    except OSError:
        digest = None  # let the image stage say what is wrong with the file
    if digest is not None and (digest in queued or known(digest) is not None):
        return _Pending(path, digest)
    if digest is not None:
        queued.add(digest)
    return _Pending(path, digest, pool.schedule(_read, args=(path, options), timeout=timeout))


def _settle(item: _Pending, pool: ProcessPool, known: Known, options: ScanOptions, timeout: float) -> Outcome:
    future = item.future
    if future is None:
        cards = known(item.sha256) if item.sha256 else None
        if cards is not None:
            here = tuple(replace(card, source=replace(card.source, path=item.path)) for card in cards)
            return Outcome(item.path, item.sha256, here, fresh=False)
        # The first photo with these bytes failed; this one is owed its own answer.
        future = pool.schedule(_read, args=(item.path, options), timeout=timeout)
    try:
        cards = future.result()
    except FutureTimeoutError:
        return _failed(item, "timeout", f"{item.path}: gave up after {timeout:g} s; raise --timeout or crop the photo")
    except ProcessExpired as death:
        message = f"{item.path}: the reader crashed on it (exit code {death.exitcode}); save it anew as JPEG or PNG"
        return _failed(item, "crashed", message)
    except InputError as error:
        return _failed(item, error.kind, str(error))
    return Outcome(item.path, item.sha256, tuple(cards))


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
