"""Any picture Pillow can open, as the plain 8-bit RGB the rest of cardscan works on."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from cardscan.record import Pixels

_NEAR_SRGB = ("srgb", "display p3", "adobe rgb")
"""Profiles whose colours read as sRGB differ by less than a camera's white balance does."""


def to_rgb(image: Image.Image) -> Pixels:
    """Convert a loaded image to RGB, uint8, (height, width, 3).

    Transparent parts become white, the paper they would be printed on. 16-bit, 32-bit and float grey are scaled to
    8 bits. An embedded ICC profile is applied where it changes what is seen (CMYK, Lab, unusual RGB); a broken profile
    is passed over.
    """
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        return np.repeat(_grey8(image)[..., None], 3, axis=2)
    if image.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in image.info:
        return _on_white(image)
    if image.mode in ("CMYK", "LAB", "RGB"):
        image = _managed(image)
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _grey8(image: Image.Image) -> Pixels:
    grey = np.asarray(image).astype(np.float32)
    grey = np.nan_to_num(grey, nan=0.0, posinf=0.0, neginf=0.0)
    top = float(grey.max(initial=0.0))
    if image.mode.startswith("I;16"):
        full = 65535.0
    elif image.mode == "F" and top <= 1.0:
        full = 1.0
    else:
        full = next((limit for limit in (255.0, 65535.0) if top <= limit), max(top, 1.0))
    scaled: Pixels = np.clip(grey * (255.0 / full) + 0.5, 0, 255).astype(np.uint8)
    return scaled


def _on_white(image: Image.Image) -> Pixels:
    rgba = image.convert("RGBA")
    if rgba.getchannel("A").getextrema() == (255, 255):  # nothing is transparent
        return np.asarray(rgba.convert("RGB"))
    white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(white, rgba).convert("RGB"))


def _managed(image: Image.Image) -> Image.Image:
    data: Any = image.info.get("icc_profile")
    try:
        if image.mode == "LAB":
            profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif isinstance(data, bytes) and data:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
            if image.mode == "RGB" and any(n in ImageCms.getProfileDescription(profile).lower() for n in _NEAR_SRGB):
                return image
        else:
            return image
        converted = ImageCms.profileToProfile(image, profile, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted or image


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
