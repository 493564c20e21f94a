"""QR codes and their kin on a card, read by zxing-cpp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import zxingcpp

from cardscan.record import Code

if TYPE_CHECKING:
    from cardscan.record import Pixels, Quad

_MAX_PIXELS: Final = 4_000_000  # zxing-cpp takes 4 bytes and more a pixel; a code on a card needs no more
_ENLARGED_PIXELS: Final = 4_000_000  # images that stay below this when doubled get a second look
# Linear codes carry no contact, and some (ITF, Codabar) are found in any row of strokes.
_FORMATS: Final = zxingcpp.barcode_formats_from_str("QRCode,MicroQRCode,Aztec,DataMatrix,PDF417")
_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")


def read_codes(pixels: Pixels) -> tuple[Code, ...]:
    """Read every QR, Micro QR, Aztec, Data Matrix and PDF417 code.

    Args:
        pixels: RGB, uint8, (height, width, 3), of any size.

    Returns:
        The codes from top to bottom. A quad is in pixels of the given image, clockwise from the code's own top-left.
        The text is as the code has it, whatever that is: nobody has vouched for it.
    """
    height, width = pixels.shape[:2]
    if not height or not width:
        return ()
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min((_MAX_PIXELS / (height * width)) ** 0.5, 1.0)
    if scale < 1.0:
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    codes = _read(grey, scale, _FORMATS)
    if not codes and scale == 1.0 and 4 * height * width <= _ENLARGED_PIXELS:
        # Modules of two pixels are too small for the finder; QR alone, as the others cost five times as much.
        grey = cv2.resize(grey, (2 * width, 2 * height), interpolation=cv2.INTER_CUBIC)
        codes = _read(grey, 2.0, _QR)
    return codes


def _read(grey: Pixels, scale: float, formats: zxingcpp.BarcodeFormats) -> tuple[Code, ...]:
    found = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    codes = [Code(code.format.name, code.text, _quad(code.position, scale)) for code in found if code.text]
    return tuple(sorted(codes, key=lambda code: min((y, x) for x, y in code.quad)))


def _quad(position: zxingcpp.Position, scale: float) -> Quad:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    a, b, c, d = ((corner.x / scale, corner.y / scale) for corner in corners)
    return a, b, c, d
