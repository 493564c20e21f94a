"""Pages of a PDF as photos, rendered by pdfium."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardscan.errors import InputError
from cardscan.options import ImageOptions
from cardscan.record import Photo

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGE_MEGAPIXELS = 40.0
"""A poster is rendered coarser rather than refused: print sizes carry no pixels of their own."""

_POINTS_PER_INCH = 72.0


def pdf_photos(data: bytes, path: str, sha256: str, options: ImageOptions) -> Iterator[Photo]:
    """Render each page at `options.pdf_dpi`, on white, one at a time.

    Raises:
        InputError: encrypted, too-large (too many pages) or corrupt.
    """
    # Imported here: only PDFs pay for loading pdfium.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            message = f"{path!r} is encrypted; save a copy without a password"
            raise InputError(message, kind="encrypted") from error
        raise _corrupt(path) from error
    try:
        count = len(document)
        if count < 1:
            raise _corrupt(path)
        if count > options.max_pages:
            message = f"{path!r} has {count} pages, more than {options.max_pages}; split it, or raise max_pages"
            raise InputError(message, kind="too-large")
        for page in range(count):
            yield _render(document, page, path, sha256, options)
    finally:
        document.close()


def _render(document: pypdfium2.PdfDocument, page: int, path: str, sha256: str, options: ImageOptions) -> Photo:
    import pypdfium2

    try:
        sheet = document[page]
        width, height = sheet.get_size()
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            raise _corrupt(path)
        scale = options.pdf_dpi / _POINTS_PER_INCH
        limit = min(options.max_megapixels, MAX_PAGE_MEGAPIXELS) * 1e6
        scale = min(scale, math.sqrt(limit / (width * height)), 20_000 / max(width, height))
        bitmap = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        pixels = bitmap.to_numpy()[..., :3].copy()
        bitmap.close()
        sheet.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise _corrupt(path) from error
    return Photo(path=path, sha256=sha256, pixels=pixels, page=page)


def _corrupt(path: str) -> InputError:
    message = f"{path!r} is a damaged PDF that cannot be rendered; save it again from its source"
    return InputError(message, kind="corrupt")
