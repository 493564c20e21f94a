"""Photo files: formats, EXIF date and orientation."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

# EXIF orientation → how a camera stores the pixels it is to be applied to.
STORED: Final = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
DATE_TIME_ORIGINAL: Final = 36867
ORIENTATION: Final = 274
EXIF_IFD: Final = 0x8769
PDF_DATE: Final = time.gmtime(1_767_225_600)  # a fixed day: Pillow would write the present one


def exif(taken_at: str | None, orientation: int) -> bytes:
    """EXIF of a photo; `taken_at` is ISO without zone."""
    data = Image.Exif()
    if orientation != 1:
        data[ORIENTATION] = orientation
    if taken_at:
        data.get_ifd(EXIF_IFD)[DATE_TIME_ORIGINAL] = taken_at.replace("-", ":").replace("T", " ")
    return data.tobytes()


def save(path: Path, pixels: np.ndarray, quality: int = 86, taken_at: str | None = None, orientation: int = 1) -> None:
    """Write RGB pixels in the format the suffix names; `pixels` are as the photo is to be seen, after orientation."""
    image = Image.fromarray(pixels)
    stored = STORED[orientation]
    if stored is not None:
        image = image.transpose(stored)
    suffix = path.suffix.lower()
    meta = exif(taken_at, orientation)
    if suffix in (".jpg", ".jpeg"):
        image.save(path, "JPEG", quality=quality, exif=meta)
    elif suffix == ".webp":
        image.save(path, "WEBP", quality=quality, exif=meta)
    elif suffix == ".heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
        image.save(path, "HEIF", quality=quality, exif=meta)
    elif suffix == ".tiff":
        image.save(path, "TIFF", compression="tiff_lzw")
    elif suffix == ".pdf":
        image.save(path, "PDF", resolution=300.0, quality=quality, creationDate=PDF_DATE, modDate=PDF_DATE)
    else:
        image.save(path, "PNG", optimize=True)


def random_date(rand: random.Random) -> str:
    """A day and time of a photo, ISO without zone."""
    day = f"202{rand.randint(4, 6)}-{rand.randint(1, 12):02d}-{rand.randint(1, 28):02d}"
    return f"{day}T{rand.randint(8, 22):02d}:{rand.randint(0, 59):02d}:{rand.randint(0, 59):02d}"
