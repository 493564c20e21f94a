"""The default engine finds and reads text that lies in any direction, on any image."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cardscan.ocr import TextFinder, text_finder
from cardscan.ocr.boxes import TextBox
from cardscan.ocr.ctc import Letter
from cardscan.ocr.engine import CloseReader, Engine
from cardscan.ocr.recognition import LineReader, Strip

from .conftest import FONTS, centre, printed, typeface

LINES = (
    "Acme Freight GmbH",
    "Dr. Jane Q. Doe",
    "VP Operations",
    "Tel: +49 30 901820-17",
    "jane.doe@acme-freight.example",
    "Hauptstraße 12, 10115 Köln",
)
CARD = printed([((80, 60 + 80 * row), text) for row, text in enumerate(LINES)])


def test_engine_keeps_its_protocols(engine):
    """The engine reads, reads closely and finds text, and says its name."""
    assert isinstance(engine, Engine)
    assert isinstance(engine, CloseReader)
    assert isinstance(engine, TextFinder)
    assert text_finder(engine) is engine
    assert engine.name == "onnx"


def test_clean_print_is_read_without_a_slip(engine):
    """Names with accents, numbers and a mail address come out as printed, surely, in order."""
    lines = engine.read(CARD)
    assert tuple(line.text for line in lines) == LINES
    assert min(line.confidence for line in lines) > 0.9
    assert {line.source for line in lines} == {"print"}


def test_quads_frame_the_print(engine):
    """Each quad holds its line's middle and starts at the line's own top-left."""
    for row, line in enumerate(engine.read(CARD)):
        (left, top), (right, _), (_, bottom), _ = line.quad
        assert left < 100 < right
        assert abs(centre(line.quad)[1] - (60 + 80 * row + 20)) < 12
        assert 25 < bottom - top < 70


def test_found_boxes_are_those_that_are_read(engine):
    """`find_text` gives one box per printed line."""
    assert len(engine.find_text(CARD)) == len(LINES)


def test_dark_cards_are_read_like_light_ones(engine):
    """White on dark blue makes no difference."""
    dark = np.stack([255 - CARD[..., 0], 255 - CARD[..., 1], 255 - CARD[..., 2] // 2], axis=-1)
    assert tuple(line.text for line in engine.read(dark)) == LINES


@pytest.mark.parametrize("scale", [0.5, 2.0, 4.0])
def test_size_of_the_image_does_not_matter(engine, scale):
    """The same card at half to four times the resolution reads the same, with quads in its own pixels."""
    size = (round(1000 * scale), round(600 * scale))
    image = np.array(Image.fromarray(CARD).resize(size, Image.Resampling.LANCZOS))
    lines = engine.read(image)
    assert tuple(line.text for line in lines) == LINES
    assert abs(centre(lines[0].quad)[1] - 80 * scale) < 12 * scale


def strip(text, angle):
    """Black text on transparent ground, turned counter-clockwise."""
    mask = Image.new("L", (430, 50), 0)
    ImageDraw.Draw(mask).text((5, 2), text, font=typeface(34), fill=255)
    return mask.rotate(angle, expand=True)


@pytest.mark.parametrize(("angle", "start"), [(0, (0, 0)), (90, (0, 1)), (180, (1, 1)), (270, (1, 0))])
def test_a_line_is_read_whichever_way_it_runs(engine, angle, start):
    """A line up or down the margin or on its head is read, and its quad begins at its own top-left."""
    image = Image.new("RGB", (1000, 600), "white")
    mask = strip("www.example-freight.com", angle)
    image.paste((0, 0, 0), (200, 60), mask)
    image.paste((0, 0, 0), (750, 300), strip("Jane Doe", 0))
    line = next(line for line in engine.read(np.array(image)) if "example" in line.text)
    assert line.text == "www.example-freight.com"
    x, y = line.quad[0]
    assert abs(x - (200 + start[0] * mask.width)) < 60
    assert abs(y - (60 + start[1] * mask.height)) < 60


def test_vertical_japanese_is_read_column_by_column_from_the_right(engine):
    """Upright characters one below the other are one line; columns go from right to left."""
    font = ImageFont.truetype(FONTS / "noto-sans-cjk-jp-400-normal.otf", 40)
    columns = ((450, "東京商事株式会社"), (350, "営業部長"), (250, "山田太"))
    texts = [((x, 80 + 46 * row), char) for x, text in columns for row, char in enumerate(text)]
    lines = engine.read(printed(texts, size=(600, 900), font=font))
    assert [line.text for line in lines] == [text for _, text in columns]


def test_doubts_point_at_the_characters_of_their_line(engine):
    """Every doubt names a character that stands at its place, and a rarer one instead of it."""
    blurred = Image.fromarray(CARD).resize((170, 102)).resize((1000, 600))
    readings = engine.read_closely(np.array(blurred)).lines
    doubts = [(reading.line.text, doubt) for reading in readings for doubt in reading.doubts]
    assert doubts
    for text, doubt in doubts:
        assert doubt.char == "" or text[doubt.position] == doubt.char
        assert doubt.instead not in ("", doubt.char)
        assert 0 < doubt.instead_probability <= 1


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (1, 900), (900, 1), (2, 2), (31, 33), (20, 4000)])
def test_images_of_any_shape_are_taken(engine, shape):
    """Nothing can be read on a speck or a hair, and that is no error."""
    image = np.full((*shape, 3), 255, np.uint8)
    assert engine.read(image) == ()
    assert engine.find_text(image) == ()


@pytest.mark.parametrize("value", [0, 127, 255])
def test_an_empty_surface_has_no_text(engine, value):
    """One colour holds no line."""
    assert engine.read(np.full((600, 1000, 3), value, np.uint8)) == ()


def test_noise_is_no_text(engine):
    """Noise gives hardly a line, and what it gives is not called sure."""
    noise = np.random.default_rng(7).integers(0, 256, (600, 1000, 3), np.uint8)
    lines = engine.read(noise)
    assert len(lines) <= 3
    assert all(len(line.text) <= 3 for line in lines)


def test_an_image_that_is_a_view_is_taken(engine):
    """Turned and mirrored views, which are not contiguous in memory, are read like copies."""
    turned = np.rot90(np.rot90(CARD)[::1], 2)
    assert not turned.flags["C_CONTIGUOUS"] or turned.base is not None
    assert [line.text for line in engine.read(turned)] == list(LINES)


class TwoWays(LineReader):
    """A reader that is as sure of a box as told: by its number, on its feet and on its head."""

    def __init__(self, sure):
        self.sure = sure

    def read_corners(self, cutter, corners):
        """The box's letter, small on its head; a box lies 40 pixels below the one before."""
        number = int(corners[:, 1].min() // 40)
        is_turned = corners[1, 0] < corners[0, 0]
        char = "abcdef"[number] if is_turned else "ABCDEF"[number]
        return Strip((Letter(char, self.sure[number][int(is_turned)], 0.5),), corners)


@pytest.mark.parametrize(
    ("sure", "read"),
    [
        (((0.5, 0.95), (0.9, 0.94)), "ab"),  # a note on its head, its second line misread with some confidence
        (((0.5, 0.95), (0.9, 0.6)), "aB"),  # it reads much worse that way
        (((0.5, 0.95), (0.97, 0.99)), "aB"),  # it is surer than the line above
        (((0.95, 0.2), (0.9, 0.94)), "AB"),  # nothing near it stands on its head
        (((0.5, 0.96), (0.9, 0.92), (0.99, 0.1)), "abC"),  # print below it
        (((0.5, 0.96), (0.93, 0.9), (0.99, 0.1)), "aBC"),  # … and the other way reads worse
    ],
)
def test_an_unsure_line_is_read_the_way_up_of_its_neighbours(sure, read):
    """What stands on its head is seldom one line."""
    boxes = [
        TextBox(np.array([[0, y], [200, y], [200, y + 30], [0, y + 30]], np.float32), 0.9)
        for y in range(0, 40 * len(sure), 40)
    ]
    assert "".join(strip.letters[0].char for strip in TwoWays(sure).read_boxes(None, boxes)) == read


def test_tight_lines_up_a_margin_are_read_one_by_one(engine):
    """Side by side they melt into one box; a look at the image turned parts them."""
    lines = ("call her back", "budget 5k", "photos of the fair", "by Monday")
    pen = ImageFont.truetype(FONTS / "annie-use-your-telescope-latin-400-normal.woff2", 26)
    level = Image.new("RGB", (398, 650), (150, 100, 60))
    for row, text in enumerate(lines):
        ImageDraw.Draw(level).text((190, 480 + 27 * row), text, font=pen, fill=(20, 20, 24))
    read = engine.read(np.ascontiguousarray(np.rot90(np.array(level))))
    assert sorted(line.text for line in read) == sorted(lines)
