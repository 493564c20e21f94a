"""Which files a folder of photos holds."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from cardscan.batch import photo_paths


def photo(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "white").save(path, format="PNG")
    return path


def test_photos_are_known_by_content_and_come_in_order(tmp_path: Path) -> None:
    """Folders are walked in name order; a photo without a suffix is found, text and hidden files are not."""
    wanted = [photo(tmp_path / name) for name in ("a/1.png", "a/2", "b.jpg")]
    photo(tmp_path / ".hidden" / "x.png")
    photo(tmp_path / "._b.jpg")
    (tmp_path / "notes.txt").write_text("met at the fair")
    assert list(photo_paths([str(tmp_path)])) == [str(path) for path in wanted]


def test_a_broken_photo_is_not_passed_over(tmp_path: Path) -> None:
    """A file named like a photo is given even when its content is not one, and so is any file that was named."""
    (tmp_path / "IMG_1.JPG").write_bytes(b"no photo")
    (tmp_path / "list.txt").write_text("x")
    (tmp_path / "link.heic").symlink_to(tmp_path / "gone")
    found = list(photo_paths([str(tmp_path), str(tmp_path / "list.txt"), "missing.png"]))
    assert found == [
        str(tmp_path / "IMG_1.JPG"),
        str(tmp_path / "link.heic"),
        str(tmp_path / "list.txt"),
        "missing.png",
    ]


def test_no_file_twice_and_no_endless_folder(tmp_path: Path) -> None:
    """A folder that links back to itself ends, and a file named twice is read once."""
    path = photo(tmp_path / "a" / "1.png")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    assert list(photo_paths([str(tmp_path), str(path)])) == [str(path)]


def test_names_that_are_not_utf8_are_kept(tmp_path: Path) -> None:
    """A file name of any bytes is found and given in surrogate escapes."""
    name = os.fsencode(str(tmp_path)) + b"/caf\xff.png"
    Path(os.fsdecode(name)).write_bytes(photo(tmp_path / "z.png").read_bytes())
    assert os.fsencode(next(iter(photo_paths([str(tmp_path)])))) == name


def test_fifos_are_never_opened(tmp_path: Path) -> None:
    """A pipe in the folder does not hang the walk."""
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert list(photo_paths([str(tmp_path)])) == [str(tmp_path / "pipe.jpg")]
