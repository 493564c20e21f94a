"""The photos of `samples/photos`: one of each kind a user meets, chosen by hand, made again by one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from . import files
from .seeds import Split
from .shot import Wish, shoot

USUAL: Final = {"width": 1440, "height": 1080}


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo: its file name, what it shows, and the number that makes it look so."""

    file: str
    split: Split
    condition: str
    country: str = ""
    layout: str = ""
    number: int = 0
    taken_at: str | None = None
    orientation: int = 1
    quality: int = 76
    tone: str = "any"
    changes: dict[str, Any] = field(default_factory=dict)


SAMPLES: Final = (
    Sample("01-easy-us.jpg", "train", "easy", "US", "logo-left", 1, "2026-03-14T18:22:00", changes=USUAL),
    Sample("02-easy-de.jpg", "train", "easy", "DE", "side-bar", 1, "2026-03-14T18:24:31", 6, changes=USUAL),
    Sample("03-tilt-fr.jpg", "eval", "tilt", "FR", "diagonal", 1, "2026-03-14T18:30:12", changes=USUAL),
    Sample("04-upside-down-it.jpg", "train", "turn", "IT", "split-columns", 1, changes=USUAL | {"roll": 172.0}),
    Sample("05-glare-gb.jpg", "eval", "light", "GB", "framed", 1, tone="dark", changes=USUAL | {"light": "glare"}),
    Sample("06-blur-es.jpg", "train", "blur", "ES", "band", 1, changes=USUAL),
    Sample("07-white-on-white-jp.jpg", "train", "white", "JP", "bilingual", 1, "2026-03-15T09:05:40", changes=USUAL),
    Sample(
        "08-small-steep-nl.jpg",
        "train",
        "small",
        "NL",
        "logo-right",
        1,
        quality=88,
        changes={"width": 640, "height": 480, "tilt": 48.0},
    ),
    Sample(
        "09-large-se.heic",
        "train",
        "large",
        "SE",
        "quiet",
        1,
        "2026-03-15T10:11:12",
        quality=55,
        changes={"width": 3264, "height": 2448, "noise": 1.0, "fill": 0.5},
    ),
    Sample("10-hand-shop-br.jpg", "train", "hand", "BR", "shop-loud", 1, changes=USUAL),
    Sample("11-sleeve-pl.jpg", "train", "sleeve", "PL", "centred", 1, changes=USUAL),
    Sample("12-pile-in.jpg", "eval", "pile", "IN", "columns-below", 1, changes=USUAL),
    Sample("13-clutter-cz.jpg", "train", "clutter", "CZ", "letterhead", 1, changes=USUAL | {"tilt": 25.0}),
    Sample("14-curl-tr.jpg", "train", "curl", "TR", "logo-left", 1, changes=USUAL),
    Sample(
        "15-table-of-four.jpg",
        "train",
        "table",
        number=1,
        taken_at="2026-03-15T17:40:00",
        changes={"width": 2016, "height": 1512, "cards": 4, "touching": False},
    ),
    Sample(
        "16-table-of-nine.jpg",
        "eval",
        "table",
        number=1,
        quality=74,
        changes={"width": 2592, "height": 1944, "cards": 9, "touching": False, "noise": 1.5},
    ),
    Sample(
        "17-touching.jpg",
        "train",
        "table",
        number=2,
        changes={"width": 1600, "height": 1200, "cards": 3, "touching": True},
    ),
    Sample("18-front-and-back-cn.jpg", "train", "pair", "CN", "bilingual", 1, changes=USUAL),
    Sample("19-note-us.jpg", "train", "notes", "US", "logo-right", 18, "2026-03-14T19:02:03", changes=USUAL),
    Sample("20-note-de.jpg", "eval", "notes", "DE", "framed", 1, "2026-03-14T19:04:44", changes=USUAL),
    Sample("21-struck-number-gb.jpg", "train", "notes", "GB", "quiet", 37, changes=USUAL),
    Sample("22-note-on-back-us.jpg", "train", "back", "US", "", 10, changes=USUAL),
    Sample("23-code-tw.jpg", "train", "easy", "TW", "with-code", 1, changes=USUAL),
    Sample("24-shop-mx.webp", "train", "easy", "MX", "shop-portrait", 1, quality=78, changes=USUAL),
    Sample("25-two-persons-dk.jpg", "train", "easy", "DK", "two-persons", 1, changes=USUAL),
    Sample("26-scan-hu.png", "train", "scan", "HU", "centred", 1, changes={"noise": 0.0}),
    Sample("27-scan-at.pdf", "train", "scan", "AT", "logo-left", 1),
    Sample("28-scan-pt.tiff", "train", "scan", "PT", "quiet", 1, changes={"noise": 0.0}),
    Sample("29-department-ca.jpg", "train", "easy", "CA", "department", 1, orientation=8, changes=USUAL),
    Sample("30-no-card.jpg", "train", "none", number=1, changes=USUAL),
)


def made(seed: object, only: str = "") -> Iterator[tuple[Sample, Any, dict[str, Any]]]:
    """(sample, RGB pixels, truth line) of each sample whose file name holds `only`."""
    for sample in SAMPLES:
        if only not in sample.file:
            continue
        wish = Wish(sample.country, sample.layout, sample.tone, tuple(sample.changes.items()))
        shot = shoot(sample.split, f"samples-{seed}-{sample.file[:2]}", sample.number, (sample.condition,), True, wish)
        line = {"file": f"photos/{sample.file}", **shot.truth, "taken_at": sample.taken_at}
        yield sample, shot.pixels, line


def write(folder: Path, seed: object, only: str = "") -> None:
    """Write `photos/` and `truth.jsonl` into `folder`; with `only`, renew just what matches."""
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    truth = folder / "truth.jsonl"
    lines: dict[str, str] = {}
    if only and truth.exists():
        lines = {json.loads(line)["file"]: line for line in truth.read_text("utf-8").splitlines()}
    for sample, pixels, line in made(seed, only):
        files.save(folder / "photos" / sample.file, pixels, sample.quality, sample.taken_at, sample.orientation)
        lines[line["file"]] = json.dumps(line, ensure_ascii=False)
    truth.write_text("".join(f"{lines[name]}\n" for name in sorted(lines)), encoding="utf-8")
