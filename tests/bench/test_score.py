"""The scorer counts as its rules say, shown on cards small enough to count by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PIL import Image

from tests.bench import calibration, misses, score
from tests.bench.agree import AGREE, paired
from tests.bench.outlines import corners, overlap

SQUARE = [[0, 0], [100, 0], [100, 100], [0, 100]]


def _truth(file: str = "a.jpg", **fields: Any) -> dict[str, Any]:
    quad = fields.pop("quad", SQUARE)
    notes = fields.pop("notes", [])
    return {"file": file, "conditions": {"name": "easy"}, "cards": [{"fields": fields, "notes": notes, "quad": quad}]}


def _reading(path: str = "x/a.jpg", index: int = 0, quad: Any = None, notes: Any = (), **contact: Any) -> str:
    source = {"path": path, "index": index, "quad": quad}
    return json.dumps({"source": source, "contact": contact, "notes": list(notes), "lines": []})


def _scored(truth: dict[str, Any], *readings: str) -> dict[str, Any]:
    return score.summary(score.scores([json.dumps(truth)], readings))


@pytest.mark.parametrize(
    ("field", "true", "read", "right"),
    [
        ("name", ("Dr. Zoë O'Neill",), ("ONEILL, ZOE",), True),
        ("name", ("Jan Berg",), ("Jan Berger",), False),
        ("name", ("J.R. Moss",), ("JR Moss PhD",), True),
        ("name", ("田中 誠", "Makoto Tanaka"), ("TANAKA Makoto",), True),
        ("title", "Vertriebsleiter", "Vertriebs-Leiter", True),
        ("title", "Sales", "Sale", False),
        ("organization", ("Kelmira GmbH", "KELMIRA"), ("Kelmira",), True),
        ("organization", ("Kelmira Logistik GmbH",), ("Kelmira",), False),
        ("phone", {"e164": "+493023125123", "raw": "030 23125-123"}, {"e164": None, "raw": "030/23125123"}, True),
        ("phone", {"e164": "", "raw": "2345-678"}, {"e164": None, "raw": "2345678"}, True),
        ("phone", {"e164": "", "raw": "112"}, {"e164": None, "raw": "112"}, False),
        ("email", "Anna@berg.example", "anna@berg.example", True),
        ("email", "anna@berg.example", "ama@berg.example", False),
        ("url", "www.berg.example/", "https://berg.example", True),
        ("url", "berg.example/en", "berg.example", False),
        ("address", "Gartenweg 3, 80331 München", "80331 Munchen Gartenweg 3", True),
        ("address", "Gartenweg 3, 80331 München", "Gartenweg 5", False),
    ],
)
def test_values_agree_as_a_person_would_say(field: str, true: Any, read: Any, right: bool) -> None:
    """The rule of each field accepts what needs no edit and nothing else."""
    assert AGREE[field](true, read) is right


def test_each_value_is_used_once() -> None:
    """Reading one mail twice is one right and one made up."""
    pairs, missed, made_up = paired("email", ["a@x.example", "b@x.example"], ["a@x.example", "A@x.example"])
    assert (len(pairs), missed, made_up) == (1, ["b@x.example"], ["A@x.example"])


def test_precision_recall_and_f1_are_counted_over_values() -> None:
    """Two right, one made up, one missed give two thirds each."""
    truth = _truth(names=["Anna Berg"], emails=["anna@berg.example", "info@berg.example"])
    found = _scored(
        truth,
        _reading(name={"full": "Anna Berg"}, emails=[{"value": "anna@berg.example"}, {"value": "x@berg.example"}]),
    )
    assert found["all"]["precision"] == found["all"]["recall"] == pytest.approx(2 / 3)
    assert found["all"]["f1"] == pytest.approx(2 / 3)
    assert found["no_edit_cards"] == 0.0


def test_two_persons_on_a_card_are_one_card() -> None:
    """Lines of one index are taken together, and what both persons share counts once."""
    truth = _truth(names=["Anna Berg", "Tom Lind"], organizations=["Berg & Lind"])
    shared = {"organizations": [{"value": "Berg & Lind"}]}
    found = _scored(
        truth, _reading(name={"full": "Anna Berg"}, **shared), _reading(name={"full": "Tom Lind"}, **shared)
    )
    assert (found["cards_found"], found["cards_made_up"]) == (1, 0)
    assert found["all"]["f1"] == pytest.approx(1.0)
    assert found["no_edit_cards"] == 1.0


def test_cards_of_a_photo_are_paired_by_what_they_say() -> None:
    """Order does not matter; a card that shares no word with any is made up."""
    truth = _truth(names=["Anna Berg"])
    truth["cards"].append({"fields": {"names": ["Tom Lind"]}, "quad": SQUARE})
    found = _scored(
        truth,
        _reading(index=0, name={"full": "Tom Lind"}),
        _reading(index=1, name={"full": "Anna Berg"}),
        _reading(index=2, name={"full": "Nobody Here"}),
    )
    assert (found["cards_found"], found["cards_made_up"]) == (2, 1)
    assert found["fields"]["name"]["recall"] == 1.0
    assert found["fields"]["name"]["precision"] == pytest.approx(2 / 3)


def test_a_missed_card_misses_all_its_values_and_its_note() -> None:
    """No reading: nothing found, every value missed, the note wholly wrong."""
    found = _scored(_truth(names=["Anna Berg"], emails=["a@b.example"], notes=[{"text": "call Friday"}]))
    assert found["cards_found"] == 0
    assert found["all"]["recall"] == 0.0
    assert found["note_cer"] == 1.0


def test_notes_in_two_places_have_no_order() -> None:
    """Which of two is read first does not matter; what is missing of them does."""
    truth = _truth(names=["Anna Berg"], notes=[{"text": "call Friday"}, {"text": "knows Tom"}])
    name = {"full": "Anna Berg"}
    swapped = _scored(truth, _reading(name=name, notes=[{"text": "knows Tom\ncall Friday"}]))
    half = _scored(truth, _reading(name=name, notes=[{"text": "knows Tom"}]))
    assert swapped["note_cer"] == 0
    assert half["note_cer"] == pytest.approx(12 / 21)


def test_note_error_is_edits_over_length() -> None:
    """One letter wrong in ten is a tenth; case and signs do not count."""
    truth = _truth(names=["Anna Berg"], notes=[{"text": "call Frida"}])
    found = _scored(truth, _reading(name={"full": "Anna Berg"}, notes=[{"text": "CALL FRIDO!"}]))
    assert found["note_cer"] == pytest.approx(0.1)


def test_phone_types_count_where_the_card_says_one() -> None:
    """`other` in truth is not asked for."""
    truth = _truth(
        names=["A B"],
        phones=[
            {"e164": "+493023125123", "raw": "", "type": "mobile"},
            {"e164": "+493023125124", "raw": "", "type": "other"},
        ],
    )
    phones = [{"value": "+493023125123", "type": "work"}, {"value": "+493023125124", "type": "fax"}]
    assert _scored(truth, _reading(name={"full": "A B"}, phones=phones))["phone_type_accuracy"] == 0.0


def test_corners_are_measured_whichever_is_first() -> None:
    """A quad read a quarter turn off has no corner error but is not upright."""
    assert corners(SQUARE, SQUARE) == (0.0, True)
    assert corners(SQUARE, [*SQUARE[1:], SQUARE[0]]) == (0.0, False)
    moved = [[x + 10, y] for x, y in SQUARE]
    assert corners(SQUARE, moved)[0] == pytest.approx(10 / 20000**0.5)


def test_outlines_are_judged_by_overlap() -> None:
    """A half-covered card is no longer located, and the outline beside it is stray."""
    assert overlap(SQUARE, SQUARE) == pytest.approx(1.0)
    assert overlap(SQUARE, [[x + 50, y] for x, y in SQUARE]) == pytest.approx(1 / 3)
    good = _reading(quad=SQUARE, name={"full": "A B"})
    bad = _reading(index=1, quad=[[x + 300, y] for x, y in SQUARE], name={"full": "C D"})
    found = _scored(_truth(names=["A B"]), good, bad)
    assert (found["located"], found["stray"]) == (1.0, 0.5)


def test_conditions_are_grouped_in_steps() -> None:
    """Numbers fall into steps, words stay as they are."""
    assert score.bucket("tilt", 12.0) == "≤ 20"
    assert score.bucket("tilt", 59) == "> 45"
    assert score.bucket("cards", 1) == "≤ 1"
    assert score.bucket("light", "glare") == "glare"


def test_the_command_line_prints_the_table_and_the_breakdown(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Truth and readings from files; `--by` adds rows, `--json` gives the same figures to programs."""
    (tmp_path / "t").write_text(json.dumps(_truth(names=["Anna Berg"])), "utf-8")
    (tmp_path / "r").write_text(_reading(name={"full": "Anna Berg"}), "utf-8")
    assert score.main([str(tmp_path / "t"), str(tmp_path / "r"), "--by", "name"]) == 0
    assert "name easy" in capsys.readouterr().out
    assert score.main([str(tmp_path / "t"), str(tmp_path / "r"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["all"]["f1"] == pytest.approx(1.0)


def test_calibration_compares_confidence_with_what_was_right() -> None:
    """Ten values at 0.9 of which five are right are 0.4 off."""
    assert calibration.expected_error([(0.9, n < 5) for n in range(10)]) == pytest.approx(0.4)
    truth = _truth(names=["Anna Berg"], emails=["a@b.example"])
    read = _reading(name={"full": "Anna Berg", "confidence": 0.8}, emails=[{"value": "x@b.example", "confidence": 0.6}])
    cards = score.scores([json.dumps(truth)], [read])
    assert list(calibration.judged(cards)) == [("name", 0.8, True), ("email", 0.6, False)]


def test_the_page_of_misses_escapes_what_was_read(tmp_path: Any) -> None:
    """Text from a card cannot become markup."""
    Image.new("RGB", (120, 120), "white").save(tmp_path / "a.jpg")
    cards = score.scores([json.dumps(_truth(names=["Anna Berg"]))], [_reading(name={"full": "<script>Berg"})])
    text = misses.page(cards, tmp_path, tmp_path / "out").read_text("utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;Berg" in text
