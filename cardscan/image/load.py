"""The decode gate: a file becomes `Photo`s, or one `InputError` that says in words what is wrong with it.

By content, never by name; from a whitelist of formats; sizes from the header before a pixel is decoded; all of a file
or nothing of it. Everything after this gate may trust its pixels.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import struct
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile

from cardscan.errors import InputError
from cardscan.image.colour import to_rgb
from cardscan.image.formats import HEAD_BYTES, is_complete, sniff_bytes, unsupported_name
from cardscan.image.pdf import pdf_photos
from cardscan.options import ImageOptions
from cardscan.record import Photo

SUPPORTED: Final = "JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF and PDF"
MAX_FILE_BYTES: Final = 1 << 30
"""No photo is so large; a file is held in memory once, for its digest and for the decoder."""

_PILLOW_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "tiff": ("TIFF",),
    "bmp": ("BMP",),
    "gif": ("GIF",),
    "heif": ("HEIF",),
    "avif": ("AVIF",),
}
_EXIF_IFD, _DATE_TIME_ORIGINAL, _ORIENTATION = 0x8769, 0x9003, 0x0112  # CIPA DC-008 (Exif 2.32), 4.6.4 and 4.6.5
_NEW_SUBFILE_TYPE, _REDUCED_RESOLUTION = 254, 1  # TIFF 6.0, section 8
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow's and libheif's decoders raise on bytes that are not what they claim to be.
_DECODER_ERRORS: Final = (
    OSError, ValueError, SyntaxError, EOFError, RuntimeError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, OverflowError, ZeroDivisionError, struct.error, MemoryError,
)  # fmt: skip


def sniff(path: Path) -> str | None:
    """Name a file's format from its first bytes: jpeg, png, webp, tiff, bmp, gif, heif, avif, pdf, or None.

    Cheap (one small read) and quiet: what cannot be opened, or is no regular file, is None.
    """
    try:
        with _open_regular(path) as file:
            return sniff_bytes(file.read(HEAD_BYTES))
    except (InputError, OSError):
        return None


def load(path: Path, options: ImageOptions) -> Iterator[Photo]:
    """Decode a file, one page at a time: TIFF and PDF have pages, everything else is one photo.

    Pixels are RGB with EXIF orientation applied; `taken_at` is EXIF DateTimeOriginal. Only one page is held.

    Raises:
        InputError: kind not-found, empty, not-an-image, unsupported, truncated, corrupt, too-large or encrypted. It is
            raised before the first page is given, except where a later page of a file is itself bad.
    """
    name = repr(os.fspath(path))
    data = _read(path, name)
    format_name = sniff_bytes(data[:HEAD_BYTES])
    if format_name is None:
        other = unsupported_name(data[:HEAD_BYTES])
        if other:
            message = f"{name} is a {other} file, which cardscan does not read; convert it to JPEG or PNG first"
            raise InputError(message, kind="unsupported")
        raise InputError(f"{name} is not a picture; cardscan reads {SUPPORTED}", kind="not-an-image")
    if not is_complete(format_name, data):
        raise _truncated(name)
    sha256 = hashlib.sha256(data).hexdigest()
    if format_name == "pdf":
        yield from pdf_photos(data, os.fspath(path), sha256, options)
    else:
        yield from _pillow_photos(data, format_name, os.fspath(path), sha256, options)


def _open_regular(path: Path) -> io.BufferedReader:
    """Open a regular file for reading. O_NONBLOCK: a FIFO without a writer would hang the batch for ever."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise InputError(f"{os.fspath(path)!r} is {what}; give the photo file itself", kind="not-an-image")
    return os.fdopen(descriptor, "rb")


def _read(path: Path, name: str) -> bytes:
    try:
        with _open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_FILE_BYTES:
                raise InputError(f"{name} has {size >> 20} MB; split it or save it smaller", kind="too-large")
            data = file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"{name} does not exist; check the path", kind="not-found") from error
    except PermissionError as error:
        raise InputError(f"{name} may not be read; check its permissions", kind="not-found") from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ELOOP, errno.ENAMETOOLONG):
            raise InputError(f"{name} cannot be followed; check the path", kind="not-found") from error
        raise InputError(f"{name} cannot be read ({error}); copy it again from its source", kind="corrupt") from error
    if not data:
        raise InputError(f"{name} is empty; copy it again from the phone", kind="empty")
    return data


def _truncated(name: str) -> InputError:
    return InputError(f"{name} is cut off before its end; copy it again from its source", kind="truncated")


def _corrupt(name: str) -> InputError:
    return InputError(f"{name} is damaged and cannot be decoded; copy it again from its source", kind="corrupt")


def _pillow_photos(data: bytes, format_name: str, path: str, sha256: str, options: ImageOptions) -> Iterator[Photo]:
    name = repr(path)
    with warnings.catch_warnings():
        # Pillow warns of hostile EXIF and of sizes that are checked below; neither is for the user.
        warnings.simplefilter("ignore")
        try:
            if format_name == "heif":
                _register_heif()
            image = Image.open(io.BytesIO(data), formats=_PILLOW_FORMATS[format_name])
            _check_size(image, name, options)
            pages = _pages(image, name, options)
        except Image.DecompressionBombError as error:
            raise _too_large(name, options) from error
        except UnidentifiedImageError as error:
            raise _corrupt(name) from error
        except _DECODER_ERRORS as error:
            raise _truncated(name) if "truncated" in str(error).lower() else _corrupt(name) from error
    for page, frame in enumerate(pages):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield _decode(image, frame, page, path, sha256, options)


def _pages(image: Image.Image, name: str, options: ImageOptions) -> list[int]:
    """The frames that are pages: the first one, or for TIFF all that are not thumbnails of another."""
    if not isinstance(image, TiffImageFile):
        return [0]
    pages: list[int] = []
    frame = 0
    while True:
        try:
            image.seek(frame)
        except EOFError:
            break
        if not image.tag_v2.get(_NEW_SUBFILE_TYPE, 0) & _REDUCED_RESOLUTION:
            pages.append(frame)
        frame += 1
        if len(pages) > options.max_pages or frame > 4 * options.max_pages:
            message = f"{name} has more than {options.max_pages} pages; split it, or raise max_pages"
            raise InputError(message, kind="too-large")
    return pages or [0]


def _decode(image: Image.Image, frame: int, page: int, path: str, sha256: str, options: ImageOptions) -> Photo:
    name = repr(path)
    try:
        if frame != image.tell():
            image.seek(frame)
        _check_size(image, name, options)
        taken_at = _taken_at(image)  # before loading, after which Pillow has closed a TIFF
        image.load()
        # Orientation is read after loading: Pillow's TIFF and HEIF readers turn the picture themselves and say so by
        # taking the tag away, the others leave both to us.
        turn = _TURNS.get(_orientation(image))
        upright = image.transpose(turn) if turn is not None else image
        return Photo(path=path, sha256=sha256, pixels=to_rgb(upright), page=page, taken_at=taken_at)
    except Image.DecompressionBombError as error:
        raise _too_large(name, options) from error
    except _DECODER_ERRORS as error:
        if isinstance(error, MemoryError):
            raise _too_large(name, options) from error
        raise _truncated(name) if "truncated" in str(error).lower() else _corrupt(name) from error


def _check_size(image: Image.Image, name: str, options: ImageOptions) -> None:
    width, height = image.size
    if width * height > options.max_megapixels * 1e6:
        raise _too_large(name, options, f" ({width} x {height} pixels)")
    if min(width, height) < 1:
        raise _corrupt(name)


def _too_large(name: str, options: ImageOptions, size: str = "") -> InputError:
    message = f"{name} is too large{size}; save it with at most {options.max_megapixels:g} megapixels"
    return InputError(message, kind="too-large")


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; a hostile or broken EXIF block counts as none, never as an error."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # no EXIF block may cost a photo
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _taken_at(image: Image.Image) -> datetime | None:
    """EXIF DateTimeOriginal; None where there is none, or none that is a date."""
    try:
        text = image.getexif().get_ifd(_EXIF_IFD).get(_DATE_TIME_ORIGINAL)
        if isinstance(text, bytes):
            text = text.decode("ascii")
        if not isinstance(text, str):
            return None
        day, _, hour = text.strip("\0 ")[:19].partition(" ")
        return datetime.fromisoformat(f"{day.replace(':', '-')}T{hour}")  # EXIF tells no zone
    except Exception:  # no EXIF block may cost a photo
        return None


def _register_heif() -> None:
    # Imported here: only HEIC pays for loading libheif. Registering twice is harmless.
    import pillow_heif

    pillow_heif.register_heif_opener()
