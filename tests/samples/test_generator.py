"""The command line, the files it writes, and that all of it can be repeated."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from samples.generator import files, shot, showcase
from samples.generator.__main__ import main

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs write equal files, and photo 1 is the same whether or not photo 0 was made before it."""
    arguments = ["--split", "train", "--seed", "t", "--conditions", "notes,small"]
    for folder, more in (("a", ["--count", "2"]), ("b", ["--count", "2"]), ("c", ["--first", "1", "--count", "1"])):
        assert main([*arguments, *more, "--out", str(tmp_path / folder)]) == 0
    written = {f: {p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in "abc"}
    assert written["a"] == written["b"]
    assert len(written["a"]) == 3
    alone = next(name for name in written["c"] if name.endswith(".jpg"))
    assert written["c"][alone] == written["a"][alone]
    assert written["c"]["truth.jsonl"].decode().strip() == written["a"]["truth.jsonl"].decode().strip().split("\n")[1]


def test_another_seed_gives_other_photos() -> None:
    """Seeds matter."""
    one, other = (shot.flat("train", seed, 0).pixels for seed in (1, 2))
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_flat_cards_have_truth_in_their_own_pixels(tmp_path: Path) -> None:
    """`--flat` writes the card alone: its quad is the picture's frame."""
    assert main(["--split", "eval", "--count", "2", "--flat", "--out", str(tmp_path)]) == 0
    for line in (tmp_path / "truth.jsonl").read_text("utf-8").splitlines():
        photo = json.loads(line)
        with Image.open(tmp_path / photo["file"]) as stored:
            size = ImageOps.exif_transpose(stored).size
        assert photo["cards"][0]["quad"][2] == [*map(float, size)]
        assert photo["cards"][0]["flat_size"] == [*size]


def test_unknown_conditions_are_refused(tmp_path: Path) -> None:
    """A misspelt condition is a usage error, not an empty set."""
    assert main(["--split", "train", "--conditions", "tilt,tlit", "--out", str(tmp_path)]) == 2


@pytest.mark.parametrize("orientation", sorted(files.STORED))
def test_orientation_and_date_are_stored_as_cameras_do(tmp_path: Path, orientation: int) -> None:
    """After EXIF orientation the photo is as it was made, and the date is DateTimeOriginal."""
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:10, :20] = 255
    files.save(tmp_path / "p.jpg", pixels, 95, "2026-03-14T18:22:00", orientation)
    with Image.open(tmp_path / "p.jpg") as stored:
        assert stored.getexif().get_ifd(files.EXIF_IFD)[files.DATE_TIME_ORIGINAL] == "2026:03:14 18:22:00"
        seen = np.asarray(ImageOps.exif_transpose(stored))
    assert seen.shape == pixels.shape
    assert seen[5, 10].mean() > 200 and seen[35, 50].mean() < 50


def test_samples_are_all_there_with_truth() -> None:
    """Each sample of the showcase is in samples/photos with one truth line, at least 24 of them, at most 8 MB."""
    lines = [json.loads(line) for line in (SAMPLES / "truth.jsonl").read_text("utf-8").splitlines()]
    assert [line["file"] for line in lines] == [f"photos/{sample.file}" for sample in showcase.SAMPLES]
    on_disk = {p.name: p.stat().st_size for p in (SAMPLES / "photos").iterdir()}
    assert set(on_disk) == {sample.file for sample in showcase.SAMPLES}
    assert len(on_disk) >= 24
    assert sum(on_disk.values()) <= 8_000_000
    assert any(not line["cards"] for line in lines)
    assert any(len(line["cards"]) > 4 for line in lines)
    assert any(card["notes"] for line in lines for card in line["cards"])
    assert any(card["codes"] for line in lines for card in line["cards"])


@pytest.mark.parametrize("name", ["08-", "22-"])
def test_a_sample_can_be_made_again(name: str) -> None:
    """The generator gives the committed sample's truth, and its picture but for the JPEG."""
    truths = {json.loads(x)["file"]: json.loads(x) for x in (SAMPLES / "truth.jsonl").read_text("utf-8").splitlines()}
    (sample, pixels, line), *rest = showcase.made(1, name)
    assert not rest
    assert json.loads(json.dumps(line)) == truths[line["file"]]
    with Image.open(SAMPLES / "photos" / sample.file) as stored:
        committed = np.asarray(ImageOps.exif_transpose(stored).convert("RGB"), np.float32)
    assert np.abs(committed - pixels).mean() < 8


@pytest.mark.slow
def test_all_samples_can_be_made_again_byte_for_byte(tmp_path: Path) -> None:
    """`--split samples --seed 1` writes exactly the files that are committed."""
    assert main(["--split", "samples", "--seed", "1", "--out", str(tmp_path)]) == 0
    for made in sorted((tmp_path / "photos").iterdir()):
        assert made.read_bytes() == (SAMPLES / "photos" / made.name).read_bytes(), made.name
    assert (tmp_path / "truth.jsonl").read_bytes() == (SAMPLES / "truth.jsonl").read_bytes()


@pytest.mark.slow
def test_a_photo_costs_little(tmp_path: Path) -> None:
    """Photos of one card at about 1600 x 1200 take well under a second of CPU each."""
    shot.shoot("train", "speed", 0, ("easy",))
    started = time.process_time()
    for index in range(1, 11):
        shot.shoot("train", "speed", index, ("easy", "light", "turn", "tilt"))
    assert (time.process_time() - started) / 10 < 1.0
