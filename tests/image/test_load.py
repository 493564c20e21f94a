"""The decode gate: every format, every turn, and nothing half-read."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from datetime import datetime
from pathlib import Path

import numpy as np
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageCms

from cardscan.errors import InputError
from cardscan.image import load, sniff
from cardscan.options import ImageOptions

pillow_heif.register_heif_opener()

FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF", "AVIF", "PDF"]


def picture(width: int = 96, height: int = 64) -> Image.Image:
    """Red top-left, green top-right, blue bottom-left, white bottom-right, with grain so that it fills some bytes."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (220, 20, 20)
    pixels[: height // 2, width // 2 :] = (20, 220, 20)
    pixels[height // 2 :, : width // 2] = (20, 20, 220)
    pixels[height // 2 :, width // 2 :] = (235, 235, 235)
    grain = np.random.default_rng(0).integers(0, 20, pixels.shape, np.uint8)
    return Image.fromarray(pixels + grain)


def encoded(format_name: str, image: Image.Image | None = None, **arguments) -> bytes:
    buffer = io.BytesIO()
    (image or picture()).save(buffer, format_name, **arguments)
    return buffer.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refusal(path: Path, options: ImageOptions | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        list(load(path, options or ImageOptions()))
    return caught.value


def corner_colours(pixels: np.ndarray) -> list[str]:
    """The dominant colour of the four quarters, clockwise from the top-left."""
    height, width = pixels.shape[:2]
    places = [(height // 4, width // 4), (height // 4, 3 * width // 4), (3 * height // 4, 3 * width // 4),
              (3 * height // 4, width // 4)]  # fmt: skip
    return ["white" if pixels[p].min() > 150 else "rgb"[int(np.argmax(pixels[p]))] for p in places]


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_is_read_by_content(format_name, tmp_path, options):
    """A file of each format under a misleading name gives one RGB photo with its colours in place and its digest."""
    data = encoded(format_name)
    path = write(tmp_path / "card.txt", data)
    photos = list(load(path, options))
    assert len(photos) == 1
    photo = photos[0]
    assert photo.pixels.dtype == np.uint8 and photo.pixels.shape[2] == 3
    assert corner_colours(photo.pixels) == ["r", "g", "white", "b"]
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert photo.path == str(path) and photo.page == 0
    assert sniff(path) == format_name.lower()


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_exactly_once(format_name, orientation, tmp_path, options):
    """Whatever way a camera stored it, the photo comes out as it was seen."""
    stored = {
        1: lambda im: im,
        2: lambda im: im.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda im: im.transpose(Image.Transpose.ROTATE_180),
        4: lambda im: im.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda im: im.transpose(Image.Transpose.TRANSPOSE),
        6: lambda im: im.transpose(Image.Transpose.ROTATE_90),
        7: lambda im: im.transpose(Image.Transpose.TRANSVERSE),
        8: lambda im: im.transpose(Image.Transpose.ROTATE_270),
    }[orientation](picture())
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(format_name, stored, exif=exif.tobytes())
    photo = next(load(write(tmp_path / "turned", data), options))
    assert photo.pixels.shape == (64, 96, 3)
    assert corner_colours(photo.pixels) == ["r", "g", "white", "b"]


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_exif_date_is_kept(format_name, tmp_path, options):
    """DateTimeOriginal comes out as a date without a zone."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:14 18:22:05"
    data = encoded(format_name, exif=exif.tobytes())
    photo = next(load(write(tmp_path / "dated", data), options))
    assert photo.taken_at == datetime.fromisoformat("2026-03-14T18:22:05")


@pytest.mark.parametrize("text", ["", "0000:00:00 00:00:00", "yesterday", "2026:13:45 99:00:00", "\x1b]52;c;x\x07"])
def test_a_date_that_is_none_is_none(text, tmp_path, options):
    """A camera without a clock writes zeros; that is no date, and no error."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = text
    photo = next(load(write(tmp_path / "a.jpg", encoded("JPEG", exif=exif.tobytes())), options))
    assert photo.taken_at is None


def test_hostile_exif_does_not_cost_the_photo(tmp_path, options):
    """Random bytes in the EXIF block leave the pixels readable."""
    rand = np.random.default_rng(5)
    for number in range(40):
        body = rand.integers(0, 256, 200, np.uint8).tobytes()
        start = b"II*\x00\x08\x00\x00\x00" if number % 2 else b""
        data = encoded("JPEG", exif=b"Exif\x00\x00" + start + body)
        photo = next(load(write(tmp_path / "h.jpg", data), options))
        assert sorted(photo.pixels.shape) == [3, 64, 96]


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_truncation_is_half_read(format_name, tmp_path, options):
    """Cut anywhere, also right before the end, a file is refused: never an error of another kind, never pixels."""
    data = encoded(format_name, picture(160, 120))
    tail = 8 if format_name == "PDF" else 1  # a PDF may lose the newline after its end mark
    lengths = {round(len(data) * share) for share in np.linspace(0.02, 0.98, 25)}
    lengths |= {len(data) - tail, len(data) - 9, len(data) - 40, 3, 12, 30}
    for length in sorted(lengths):
        error = refusal(write(tmp_path / "cut", data[:length]))
        assert error.kind in ("truncated", "corrupt", "not-an-image"), length
        assert "cut" in str(error) and error.exit_code == 4
        if length > 200:
            assert error.kind in ("truncated", "corrupt"), length


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("trailer", [b"", b"\x00" * 500, b"\xff\xd8\xff\xe0 another preview"])
def test_a_jpeg_with_something_after_it_is_whole(progressive, trailer, tmp_path, options):
    """Phones append previews and padding after the picture; that is no damage."""
    data = encoded("JPEG", progressive=progressive) + trailer
    assert len(list(load(write(tmp_path / "a.jpg", data), options))) == 1


def test_a_cut_jpeg_padded_to_its_length_is_refused(tmp_path):
    """A file system fills a broken download with zeros; its length looks right, its end is not there."""
    data = encoded("JPEG", picture(200, 160), quality=95)
    assert refusal(write(tmp_path / "p.jpg", data[: len(data) // 2] + bytes(len(data) // 2))).kind == "truncated"


@pytest.mark.parametrize("format_name", FORMATS)
def test_flipped_bytes_never_escape_as_another_error(format_name, tmp_path, options):
    """Damage in the middle gives a photo or an InputError, nothing else."""
    data = encoded(format_name)
    rand = np.random.default_rng(3)
    for _ in range(60):
        broken = bytearray(data)
        for at in rand.integers(4, len(data), 6):
            broken[at] = rand.integers(256)
        try:
            for photo in load(write(tmp_path / "b", bytes(broken)), options):
                assert photo.pixels.ndim == 3
        except InputError as error:
            assert error.kind in ("truncated", "corrupt", "not-an-image", "too-large", "encrypted", "unsupported")


def _png_bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rest = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + rest


@pytest.mark.parametrize("size", [(12_000, 12_000), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_by_its_header(size, tmp_path):
    """What the header claims is believed before a pixel is decoded, also between Pillow's own two limits."""
    error = refusal(write(tmp_path / "bomb.png", _png_bomb(*size)))
    assert error.kind == "too-large" and "megapixels" in str(error)


def test_the_size_cap_is_an_option(tmp_path):
    """`max_megapixels` decides, to the pixel."""
    path = write(tmp_path / "a.png", encoded("PNG", picture(200, 100)))
    assert refusal(path, ImageOptions(max_megapixels=0.0199)).kind == "too-large"
    assert len(list(load(path, ImageOptions(max_megapixels=0.02)))) == 1


def test_each_page_of_a_tiff_is_a_photo(tmp_path, options):
    """Pages come in order, numbered from 0; a reduced copy inside the file is no page."""
    pages = [picture(), picture(64, 96), picture(50, 50)]
    data = encoded("TIFF", pages[0], save_all=True, append_images=pages[1:])
    photos = list(load(write(tmp_path / "p.tif", data), options))
    assert [p.page for p in photos] == [0, 1, 2]
    assert [p.pixels.shape[:2] for p in photos] == [(64, 96), (96, 64), (50, 50)]


def test_too_many_pages_are_refused_not_dropped(tmp_path):
    """No page is lost in silence."""
    data = encoded("TIFF", picture(), save_all=True, append_images=[picture()] * 4)
    error = refusal(write(tmp_path / "p.tif", data), ImageOptions(max_pages=3))
    assert error.kind == "too-large" and "pages" in str(error)
    pdf = encoded("PDF", picture(), save_all=True, append_images=[picture()] * 4)
    assert refusal(write(tmp_path / "p.pdf", pdf), ImageOptions(max_pages=3)).kind == "too-large"


def test_a_tiff_whose_directories_run_in_a_ring_ends(tmp_path):
    """A directory that leads back to itself is damage, not an endless book."""
    data = bytearray(encoded("TIFF"))
    at = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, at)[0]
    struct.pack_into("<I", data, at + 2 + 12 * count, at)
    assert refusal(write(tmp_path / "ring.tif", bytes(data))).kind in ("truncated", "corrupt")


def test_a_pdf_gives_its_pages_at_the_resolution_asked_for(tmp_path):
    """Pages are rendered at `pdf_dpi`, one photo each."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(252, 144)  # 3.5 x 2 inches
    path = tmp_path / "cards.pdf"
    document.save(str(path))
    photos = list(load(path, ImageOptions(pdf_dpi=200)))
    assert [(p.page, p.pixels.shape) for p in photos] == [(0, (400, 700, 3)), (1, (400, 700, 3))]
    assert photos[0].pixels.min() == 255


def test_a_poster_sized_pdf_is_rendered_coarser(tmp_path, options):
    """A page five metres wide is read, with bounded memory."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_400, 14_400)
    path = tmp_path / "poster.pdf"
    document.save(str(path))
    height, width = next(load(path, options)).pixels.shape[:2]
    assert width * height <= 41e6 and width > 3000


def test_gif_gives_its_first_frame(tmp_path, options):
    """An animation is its first picture."""
    data = encoded("GIF", picture(), save_all=True, append_images=[Image.new("RGB", (96, 64), "black")] * 3)
    photos = list(load(write(tmp_path / "a.gif", data), options))
    assert len(photos) == 1 and photos[0].pixels.max() > 200


def test_transparency_is_white_paper(tmp_path, options):
    """Alpha in RGBA, grey and palette pictures is shown on white."""
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    palette = Image.new("P", (8, 8), 0)
    palette.putpalette([0, 0, 0] * 256)
    for number, data in enumerate(
        [encoded("PNG", clear), encoded("PNG", clear.convert("LA")), encoded("PNG", palette, transparency=0)]
    ):
        photo = next(load(write(tmp_path / f"{number}.png", data), options))
        assert photo.pixels.min() == 255


@pytest.mark.parametrize(
    ("pixels", "mode"),
    [(np.array([[0, 65535]], np.uint16), "I;16"), (np.array([[0.0, 1.0]], np.float32), "F"),
     (np.array([[0, 255]], np.int32), "I"), (np.array([[False, True]]), "1")],
)  # fmt: skip
def test_deep_and_flat_greys_span_black_to_white(pixels, mode, tmp_path, options):
    """16-bit, 32-bit, float and 1-bit pictures come out as 8-bit from black to white."""
    image = Image.fromarray(pixels)
    assert image.mode == mode
    photo = next(load(write(tmp_path / "deep.tif", encoded("TIFF", image)), options))
    assert photo.pixels[0, 0].tolist() == [0, 0, 0] and photo.pixels[0, 1].tolist() == [255, 255, 255]


def test_cmyk_and_profiles_give_natural_colours(tmp_path, options):
    """CMYK red is red; a broken or a swapping ICC profile does not turn the photo off."""
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    photo = next(load(write(tmp_path / "c.jpg", encoded("JPEG", red)), options))
    assert photo.pixels[8, 8, 0] > 180 and photo.pixels[8, 8, 1:].max() < 80
    for profile in (b"not a profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()):
        photo = next(load(write(tmp_path / "p.jpg", encoded("JPEG", icc_profile=profile)), options))
        assert corner_colours(photo.pixels) == ["r", "g", "white", "b"]


def test_what_is_no_picture_is_said_to_be_none(tmp_path):
    """Text, HTML, an archive and a script each are no picture; known but unread formats are named."""
    for data in (b"/etc/passwd\n", b"<html>", b"PK\x03\x04zip", b"#!/bin/sh\n", b"BM is how my diary begins today."):
        assert refusal(write(tmp_path / "card.jpg", data)).kind == "not-an-image"
    for data in (b"\xff\x0a rest", b"8BPS....", b"<svg xmlns='x'/>", b"\x00\x00\x00\x18ftypmp42" + bytes(40)):
        error = refusal(write(tmp_path / "card.jpg", data))
        assert error.kind == "unsupported" and "convert" in str(error)


def test_a_polyglot_is_only_what_its_first_bytes_say(tmp_path, options):
    """A GIF that goes on as a PDF, and a JPEG with a script in it, are the picture and nothing else."""
    gif = encoded("GIF") + b"\n%PDF-1.4\n%%EOF\n"
    assert [p.pixels.shape for p in load(write(tmp_path / "a.pdf", gif), options)] == [(64, 96, 3)]
    jpeg = encoded("JPEG", comment=b"<script>alert(1)</script>%PDF-1.7")
    assert sniff(write(tmp_path / "a.pdf", jpeg)) == "jpeg"


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    """A missing file, an empty one, a folder, a FIFO and a device each get an answer at once."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert refusal(tmp_path / "nowhere.jpg").kind == "not-found"
    assert refusal(write(tmp_path / "empty.jpg", b"")).kind == "empty"
    for path in (tmp_path, fifo, Path("/dev/zero")):
        assert refusal(path).kind == "not-an-image"
        assert sniff(path) is None
    assert sniff(tmp_path / "nowhere.jpg") is None
    assert refusal(Path("a\0b")).kind in ("corrupt", "not-found")
    assert refusal(tmp_path / ("x" * 5000)).kind == "not-found"


def test_an_encrypted_pdf_is_said_to_be_encrypted(tmp_path):
    """The remedy for a locked PDF is another than for a broken one."""
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -44/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]/Size 5>>\n%%EOF\n"
    )
    error = refusal(write(tmp_path / "locked.pdf", locked))
    assert error.kind == "encrypted" and "password" in str(error)


def test_a_name_that_is_no_utf8_is_read_and_kept(tmp_path, options):
    """Bytes of a file name that are no UTF-8 stand as surrogate escapes."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    photo = next(load(write(path, encoded("PNG")), options))
    assert photo.path.endswith("caf\udce9.png")
    assert "\udce9" not in str(refusal(write(Path(str(path) + "x"), b"no")))
