"""Which picture format some bytes are, by their content and never by a file's name; and whether they are all there.

Decoders forgive a missing end: they paint what is gone grey or black and say nothing. A half-read card gives wrong
contacts, so each format's own framing (markers, chunks, boxes) is walked first, which costs well under a millisecond
for a phone photo.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from typing import Final

HEAD_BYTES: Final = 1024
"""A PDF's header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H, note 13)."""

_PREFIXES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_UNSUPPORTED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"8BPS", "Photoshop"),
    (b"FUJIFILMCCD-RAW", "camera raw"),
    (b"IIRO", "camera raw"),
    (b"IIU\x00", "camera raw"),
    (b"\x00\x00\x01\x00", "Windows icon"),
    (b"%!PS", "PostScript"),
)
_HEIF_BRANDS: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def sniff_bytes(head: bytes) -> str | None:
    """Name the format of a file that starts with `head`: jpeg, png, webp, tiff, bmp, gif, heif, avif, pdf or None."""
    for prefix, name in _PREFIXES:
        if head.startswith(prefix):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _sniff_ftyp(head)
    # "BM" alone is too weak a mark: the header's size must be one that exists (Windows and OS/2 bitmap headers).
    if (
        head[:2] == b"BM"
        and len(head) >= 18
        and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    return "pdf" if b"%PDF-" in head[:HEAD_BYTES] else None


def unsupported_name(head: bytes) -> str | None:
    """Name a picture format that is known by its mark but not read here, so that the message can say so."""
    for prefix, name in _UNSUPPORTED:
        if head.startswith(prefix):
            return name
    if head[4:8] == b"ftyp":
        return "video or camera raw"
    return "SVG" if b"<svg" in head[:HEAD_BYTES].lower() else None


def is_complete(name: str, data: bytes) -> bool:
    """Tell whether a file of format `name` reaches its own end; True where the decoder is strict by itself."""
    check = _END_CHECKS.get(name)
    return check(data) if check else True


def _sniff_ftyp(head: bytes) -> str | None:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = {major} | {head[i : i + 4] for i in range(16, size - 3, 4)}
    if brands & _AVIF_BRANDS and major not in (b"heic", b"heix"):
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else None


def _jpeg_ends(data: bytes) -> bool:
    """Walk the segments (ITU-T T.81, annex B) to the end-of-image marker of the first picture."""
    at = 2
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return False
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker == 0xD9:
            return True
        elif marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            if at + 4 > len(data):
                return False
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
            if marker == 0xDA:  # start of scan: entropy-coded data runs to the next real marker
                found = _JPEG_SCAN_END.search(data, at)
                if found is None:
                    return False
                at = found.start()


def _png_ends(data: bytes) -> bool:
    """Walk the chunks (PNG, third edition, section 5.3), each with its CRC, to IEND."""
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + size
        if end > len(data):
            return False
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False


def _webp_ends(data: bytes) -> bool:
    return len(data) >= 8 + int.from_bytes(data[4:8], "little")


def _boxes_end(data: bytes) -> bool:
    """Walk the top-level boxes (ISO/IEC 14496-12, 4.2): the last one ends where the file does, or before junk."""
    at = 0
    seen = set()
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1 and at + 16 <= len(data):
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            return False
        seen.add(data[at + 4 : at + 8])
        at += size
    return b"meta" in seen and (b"mdat" in seen or b"idat" in data)


def _pdf_ends(data: bytes) -> bool:
    """The last line is `%%EOF` (ISO 32000-1, 7.5.5), give or take a kilobyte of what others append."""
    return b"%%EOF" in data[-2048:]


def _gif_ends(data: bytes) -> bool:
    """Walk the blocks (GIF89a, sections 17 to 27) to the trailer."""
    if len(data) < 13:
        return False
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            return True
        if kind == 0x21:
            at += 2
        elif kind == 0x2C and at + 10 <= len(data):
            flags = data[at + 9]
            at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
        else:
            return False
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return False


def _tiff_ends(data: bytes) -> bool:
    """Every strip or tile of every directory lies inside the file (TIFF 6.0, section 2; BigTIFF is left to libtiff)."""
    order = "<" if data[:2] == b"II" else ">"
    if data[2:4] not in (b"*\x00", b"\x00*") or len(data) < 8:
        return len(data) >= 16
    seen: set[int] = set()
    at = struct.unpack_from(order + "I", data, 4)[0]
    while at:
        if at in seen:  # a directory that leads back to itself
            return False
        seen.add(at)
        if at + 2 > len(data):
            return False
        count = struct.unpack_from(order + "H", data, at)[0]
        end = at + 2 + 12 * count
        if end + 4 > len(data):
            return False
        entries = {tag: rest for tag, *rest in struct.iter_unpack(order + "HHI4s", data[at + 2 : end])}
        for offsets, counts in ((273, 279), (324, 325)):
            starts, sizes = (_tiff_numbers(data, order, entries.get(tag)) for tag in (offsets, counts))
            if starts is None or sizes is None:
                return False
            if any(start + size > len(data) for start, size in zip(starts, sizes, strict=False)):
                return False
        at = struct.unpack_from(order + "I", data, end)[0]
    return True


def _tiff_numbers(data: bytes, order: str, entry: list[int | bytes] | None) -> tuple[int, ...] | None:
    """The numbers of one directory entry (SHORT or LONG); None when they lie outside the file."""
    if entry is None:
        return ()
    kind, count, inline = entry
    code, width = ("H", 2) if kind == 3 else ("I", 4)
    assert isinstance(count, int) and isinstance(inline, bytes)
    size = count * width
    if size <= 4:
        return struct.unpack(f"{order}{count}{code}", inline[:size])
    start = struct.unpack(order + "I", inline)[0]
    if start + size > len(data):
        return None
    return struct.unpack_from(f"{order}{count}{code}", data, start)


_END_CHECKS: Final[dict[str, Callable[[bytes], bool]]] = {
    "jpeg": _jpeg_ends,
    "png": _png_ends,
    "webp": _webp_ends,
    "heif": _boxes_end,
    "avif": _boxes_end,
    "pdf": _pdf_ends,
    "gif": _gif_ends,
    "tiff": _tiff_ends,
}
