"""What the truth says is what the picture shows."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import phonenumbers
import pytest
import zxingcpp

from samples.generator import card, scene, scribble, shot
from samples.generator.camera import framed
from samples.generator.countries import countries
from samples.generator.layouts import layouts
from samples.generator.scene import Placed
from samples.generator.seeds import SPLITS, Split, rng


def _faces(split: Split, count: int) -> list[card.Face]:
    return [card.any_face(rng("faces", split, number), split, 7.0) for number in range(count)]


@pytest.mark.parametrize("split", SPLITS)
def test_every_field_is_printed(split: Split) -> None:
    """Each name, title, firm, mail, web address and number of the truth stands on the card, or in its code."""
    for face in _faces(split, 40):
        fields = shot.card_truth(face, lambda points: points)["fields"]
        print_ = "\n".join(line.text for line in face.lines)
        codes = "\n".join(code.text for code in face.codes)
        for key in ("names", "names_also", "titles", "organizations", "emails", "social"):
            for value in fields[key]:
                assert value in print_, (face.layout, key, value)
        for value in fields["organizations_also"]:
            assert value in print_ or value in codes
        for value in fields["urls"]:
            assert value in print_ or value.removeprefix("www.") in codes
        for value in fields["addresses"]:
            assert all(piece in print_ for piece in value.split(", ")), value
        for phone in fields["phones"]:
            # The second number of a list such as "2345 6789 / 90" is printed by its end alone.
            assert phone["raw"] in print_ or phone["raw"][-2:] in print_


@pytest.mark.parametrize("split", SPLITS)
def test_numbers_are_valid_for_their_country(split: Split) -> None:
    """Every number with E.164 has the country code of the card's country, and nearly all are valid."""
    judged = []
    for face in _faces(split, 40):
        for part in (p for line in face.lines for p in line.parts if p.field == "phone" and p.e164):
            number = phonenumbers.parse(part.e164)
            assert number.country_code == phonenumbers.country_code_for_region(face.country)
            judged.append(phonenumbers.is_valid_number(number))
    assert len(judged) > 30
    assert np.mean(judged) > 0.97


def test_lines_do_not_cover_each_other() -> None:
    """Printed lines lie on the card and overlap no other line by more than a sliver."""
    for face in _faces("train", 30):
        height, width = face.pixels.shape[:2]
        boxes = [cv2.boundingRect(np.array(line.quad, np.float32)) for line in face.lines]
        for i, (x, y, w, h) in enumerate(boxes):
            assert x >= -2 and y >= -2 and x + w <= width + 3 and y + h <= height + 3, face.layout
            for a, b, c, d in boxes[i + 1 :]:
                tall, wide = min(y + h, b + d) - max(y, b), min(x + w, a + c) - max(x, a)
                assert wide <= 3 or tall <= 0.35 * min(h, d) + 2, face.layout


@pytest.mark.parametrize(
    ("tilt", "curl", "roll"), [(0.0, 0.0, 0.0), (40.0, 0.0, 20.0), (55.0, 0.0, -100.0), (20.0, 3.0, 5.0)]
)
def test_quads_lead_back_to_the_card(tilt: float, curl: float, roll: float) -> None:
    """A photo rectified by the truth's corners looks like the card that was printed, at any tilt and turn."""
    face = card.any_face(rng("reproject", tilt, curl), "train", 9.0, tone="light")
    corners = Placed(face).world(Placed(face).corners())
    camera = framed(corners, 0.8, tilt, 25.0, roll, 60.0, 1280, 960)
    placed = Placed(face, curl=curl)
    photo = scene.background(camera, np.full((900, 900, 3), 90.0, np.float32))
    scene.lay(photo, camera, placed, (0.7, 0.7), 0.3)
    height, width = face.pixels.shape[:2]
    box = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    quad = np.array(shot.card_truth(face, lambda p: scene.seen(camera, placed, p))["quad"], np.float32)
    back = cv2.getPerspectiveTransform(quad, box.astype(np.float32))
    flat = cv2.warpPerspective(np.clip(photo, 0, 255).astype(np.uint8), back, (width, height))
    inner = (slice(height // 10, -height // 10), slice(width // 10, -width // 10))
    printed = cv2.GaussianBlur(face.pixels, (0, 0), 3)[inner].astype(float).ravel()
    seen = cv2.GaussianBlur(flat, (0, 0), 3)[inner].astype(float).ravel()
    assert np.corrcoef(printed, seen)[0, 1] > (0.9 if not curl else 0.6)


def test_line_quads_hold_their_ink() -> None:
    """In a tilted photo, a line's quad frames more contrast than its neighbourhood moved by its own height does."""
    face = card.any_face(rng("ink", 3), "train", 9.0, tone="light")
    placed = Placed(face)
    camera = framed(placed.world(placed.corners()), 0.85, 35.0, -30.0, 12.0, 60.0, 1600, 1200)
    photo = scene.background(camera, np.full((900, 900, 3), 120.0, np.float32))
    scene.lay(photo, camera, placed, (0.7, 0.7), 0.3)
    truth = shot.card_truth(face, lambda p: scene.seen(camera, placed, p))
    grey = photo.mean(axis=2)
    for line in (one for one in truth["lines"] if one["role"] in ("phone", "email", "title")):
        cover = np.zeros(grey.shape, np.uint8)
        cv2.fillPoly(cover, [np.round(np.array(line["quad"])).astype(np.int32)], 1)
        assert grey[cover > 0].std() > 12, line["text"]


@pytest.mark.parametrize("split", SPLITS)
def test_pen_lines_hold_the_ink_that_was_added(split: Split) -> None:
    """What the pen changed lies within the quads of its lines and marks, and every pen line changed something."""
    written = 0
    for number in range(14):
        rand = rng("pen", split, number)
        plain = card.any_face(rand, split, 9.0, tone="light")
        face = scribble.scribbled(rand, plain, split)
        changed = np.abs(face.pixels.astype(int) - plain.pixels.astype(int)).max(axis=2) > 40
        cover = np.zeros(changed.shape, np.uint8)
        for thing in (*[line for line in face.lines if line.source == "handwriting"], *face.marks):
            quad = np.round(np.array(thing.quad)).astype(np.int32)
            own = np.zeros(changed.shape, np.uint8)
            cv2.fillPoly(own, [quad], 1)
            cv2.polylines(own, [quad], True, 1, 2)
            assert changed[own > 0].sum() > 5, thing
            cover |= own
            written += 1
        # A hand's strokes may stray a little beyond the box that was measured before the wobble of signs.
        near = cv2.dilate(cover, np.ones((13, 13), np.uint8))
        assert changed[near == 0].sum() <= 0.02 * max(1, changed.sum())
    assert written >= 10


def test_a_struck_number_is_no_phone_of_the_card() -> None:
    """A number crossed out is left out of the fields, and the one written instead is in."""
    found = 0
    for number in range(30):
        rand = rng("strike", number)
        face = scribble.scribbled(rand, card.any_face(rand, "train", 8.0, tone="light"), "train")
        if not face.struck:
            continue
        found += 1
        phones = shot.card_truth(face, lambda points: points)["fields"]["phones"]
        kept = {phone["e164"] or phone["raw"] for phone in phones}
        fresh = {p.e164 for line in face.lines if line.source == "handwriting" for p in line.parts}
        assert not face.struck & kept
        assert fresh and fresh <= kept
    assert found >= 2


def test_codes_are_read_back() -> None:
    """A printed QR code holds the text that the truth gives."""
    read = 0
    for layout in ("with-code", "code-corner"):
        split: Split = "train" if layout == "with-code" else "eval"
        for number in range(3):
            face = card.any_face(rng("code", layout, number), split, 10.0, layout=layout)
            found = zxingcpp.read_barcodes(face.pixels)
            assert [code.text for code in found] == [code.text for code in face.codes]
            read += len(found)
    assert read == 6


def test_backs_print_without_collisions() -> None:
    """Every back layout can be printed for a card of its split."""
    for split in SPLITS:
        for layout in (one for one in layouts(split) if one.side == "back"):
            country = countries()["JP" if layout.cjk else "FR"]
            faces = []
            for number in range(8):
                try:
                    faces.append(card.printed(card.design(f"back-{number}", split, country), 6.0, layout))
                except LookupError:
                    continue
            assert len(faces) >= 4, layout.name
            assert {face.side for face in faces} == {"back"}


def _rows(**wanted: Any) -> dict[str, Any]:
    return shot.shoot("eval", "rows", wanted.get("index", 0), (wanted["name"],)).truth


def test_photos_without_cards_have_none() -> None:
    """The condition `none` gives a photo whose truth has no card."""
    assert _rows(name="none")["cards"] == []


def test_front_and_back_are_one_person() -> None:
    """A pair shows a front and a back that carry the same person id."""
    cards = _rows(name="pair")["cards"]
    assert [one["side"] for one in cards] == ["front", "back"]
    assert len({one["person"] for one in cards}) == 1


def test_rotation_is_the_turn_that_sets_the_card_upright() -> None:
    """Turning a quad clockwise by its rotation brings its first corner to the upper left."""
    for index in range(2):
        for one in shot.shoot("train", "turns", index, ("turn",)).truth["cards"]:
            quad = np.array(one["quad"])
            angle = np.radians(one["rotation"])
            turned = quad @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
            edge = turned[1] - turned[0]
            assert abs(np.degrees(np.arctan2(edge[1], edge[0]))) <= 45.5
