"""Codes on a card are read wherever they stand, and their corners are theirs."""

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from cardscan.ocr import recognize
from cardscan.ocr.codes import read_codes
from cardscan.options import OcrOptions

from .conftest import as_card, centre, printed

VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nORG:Acme Freight GmbH\r\nEMAIL:jane.doe@acme.example\r\nEND:VCARD"


def with_code(text, module, place=(600, 150), kind="QRCode", size=(1000, 600), turn=0):
    """A white image with a code of `module` pixels per module, its top-left at `place`."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.__members__[kind])
    code = Image.fromarray(np.array(barcode.to_image(scale=module, add_quiet_zones=True))).rotate(turn, expand=True)
    image = Image.new("RGB", size, "white")
    image.paste(code.convert("RGB"), place)
    return np.array(image), code.size


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_vcard_is_read_in_any_direction_with_its_corners(turn):
    """Text, format and middle are right, and the first corner is the code's own top-left."""
    pixels, (width, height) = with_code(VCARD, 5, turn=turn)
    (code,) = read_codes(pixels)
    assert (code.format, code.text) == ("QRCode", VCARD)
    assert np.allclose(centre(code.quad), (600 + width / 2, 150 + height / 2), atol=6)
    corner = {0: (0, 0), 90: (0, 1), 180: (1, 1), 270: (1, 0)}[turn]
    assert (code.quad[0][0] > 600 + width / 2, code.quad[0][1] > 150 + height / 2) == (corner[0] == 1, corner[1] == 1)


@pytest.mark.parametrize("kind", ["QRCode", "Aztec", "DataMatrix", "PDF417"])
def test_every_kind_that_carries_contacts_is_read(kind):
    """QR, Aztec, Data Matrix and PDF417 hold a web address."""
    pixels, _ = with_code("https://acme.example/jane", 4, place=(50, 50), kind=kind)
    assert [(code.format, code.text) for code in read_codes(pixels)] == [(kind, "https://acme.example/jane")]


def test_small_codes_are_read_enlarged():
    """A code of two pixels a module on a blurred photo is read, with its place in the photo's own pixels."""
    pixels, (width, height) = with_code("https://acme.example/jane", 4)
    half = np.array(Image.fromarray(pixels).resize((450, 270), Image.Resampling.BILINEAR))
    (code,) = read_codes(half)
    assert code.text == "https://acme.example/jane"
    assert np.allclose(centre(code.quad), (0.45 * (600 + width / 2), 0.45 * (150 + height / 2)), atol=4)


def test_huge_images_are_read_small():
    """24 megapixels are scaled down before reading; the quad is in the image's own pixels."""
    pixels, (width, height) = with_code("hello", 30, place=(3000, 1000), size=(6000, 4000))
    (code,) = read_codes(pixels)
    assert np.allclose(centre(code.quad), (3000 + width / 2, 1000 + height / 2), atol=20)


@pytest.mark.parametrize("text", ["\x1b]0;owned\x07", "a" * 2000, "名刺 ☎ ü"])
def test_hostile_texts_come_out_as_they_are(text):
    """Escape sequences, very long and non-Latin texts are handed on unchanged; what they mean is not decided here."""
    pixels, _ = with_code(text, 3, place=(10, 10))
    assert [code.text for code in read_codes(pixels)] == [text]


@pytest.mark.parametrize("shape", [(0, 0), (0, 9), (1, 1), (3, 2000), (600, 1000)])
def test_images_without_a_code_have_none(shape):
    """No shape of image is an error."""
    assert read_codes(np.full((*shape, 3), 200, np.uint8)) == ()


def test_a_page_holds_lines_and_codes(engine):
    """`recognize` gives text and codes of one card in card pixels, and its size."""
    pixels, _ = with_code(VCARD, 4, place=(650, 250))
    pixels = np.minimum(pixels, printed([((60, 80), "Jane Doe"), ((60, 160), "Acme Freight GmbH")]))
    page = recognize(as_card(pixels), engine, OcrOptions())
    assert (page.width, page.height) == (1000, 600)
    assert [line.text for line in page.lines][:2] == ["Jane Doe", "Acme Freight GmbH"]
    assert [code.text for code in page.codes] == [VCARD]
    assert all(doubt.line < len(page.lines) for doubt in page.doubts)
