"""From the paths a user names to the files to read: folders are walked, and files known by content, not by name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from cardscan import image

# In a folder, a file with such a name is taken even when its content is not a photo's, so that a broken photo is told
# and not passed over. Any other file is taken only when its content is a photo's.
PHOTO_SUFFIXES = frozenset(
    [".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif", ".avif", ".pdf"]
)


def photo_paths(paths: Iterable[str]) -> Iterator[str]:
    """Give each photo file under the paths once, folders recursively in the order of their names.

    A path that names a file is given whatever it is, so that what cannot be read is told. Hidden files and folders
    inside a folder are left out, and a folder reached a second time (a link that leads back) is not entered.
    """
    seen_files: set[str] = set()
    seen_folders: set[tuple[int, int]] = set()
    for path in paths:
        found = _walk(path, seen_folders) if Path(path).is_dir() else iter([path])
        for file in found:
            key = os.path.realpath(file)
            if key not in seen_files:
                seen_files.add(key)
                yield file


def arriving(
    paths: Sequence[str], every: float = 2.0, sleep: Callable[[float], None] = time.sleep
) -> Iterator[list[str]]:
    """Give the photos that are there, then, for ever, those that arrive or change, in groups.

    A file is given when its size and time stayed the same between two looks, so that a photo still being copied is not
    read half. `every` is the pause between looks in seconds.
    """
    given: dict[str, tuple[int, int]] = {}
    seen: dict[str, tuple[int, int]] = {}
    first = True
    while True:
        now = {path: _state(path) for path in photo_paths(paths)}
        ready = [path for path, state in now.items() if given.get(path) != state and (first or seen.get(path) == state)]
        given |= {path: now[path] for path in ready}
        seen, first = now, False
        if ready:
            yield ready
        sleep(every)


def _state(path: str) -> tuple[int, int]:
    try:
        place = Path(path).stat()
    except OSError:
        return (0, 0)
    return (place.st_size, place.st_mtime_ns)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    try:
        place = Path(folder).stat()
        if (place.st_dev, place.st_ino) in seen:
            return
        seen.add((place.st_dev, place.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it fails with the reason in words, and the batch goes on
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, seen)
        elif entry.is_file() and (_has_photo_suffix(entry.name) or image.sniff(Path(entry.path))):
            yield entry.path
        elif not entry.is_file() and _has_photo_suffix(entry.name):
            yield entry.path  # a broken link or a device: told, not passed over


def _has_photo_suffix(name: str) -> bool:
    return Path(name).suffix.lower() in PHOTO_SUFFIXES
