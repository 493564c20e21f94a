"""Renew the CJK faces: `python -m samples.generator.fonts.subset_cjk FOLDER` with the Noto CJK collections in FOLDER.

The collections (Debian's fonts-noto-cjk) hold 65,000 glyphs; cards need the characters of the word lists. Noto CJK is
under the SIL Open Font License 1.1, whose Reserved Font Name for it is 'Source': a subset may keep the name Noto.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER: Final = Path(__file__).parent
WORDS: Final = FOLDER.parent / "words"
ASCII: Final = "".join(map(chr, range(32, 127)))
# Place in the collections: JP 0, KR 1, SC 2, TC 3.
PLACES: Final = {"jp": 0, "sc": 2, "tc": 3}


def characters() -> str:
    """Every character of the word lists that a CJK face should draw, with ASCII and full-width forms."""
    text = "".join(f.read_text("utf-8") for f in sorted(WORDS.glob("*.toml")))
    wide = {c for c in text if ord(c) >= 0x2E80 or c in "〒・「」、。·–—•"}
    return "".join(sorted(wide | set(ASCII) | set("０１２３４５６７８９年月日号號樓层室階〒")))


def main(folder: Path) -> None:
    """Write one OTF a family, script and weight into files/."""
    text = characters()
    for family in ("Sans", "Serif"):
        for weight, number in (("Regular", 400), ("Bold", 700)):
            for tag, place in PLACES.items():
                font = TTFont(folder / f"Noto{family}CJK-{weight}.ttc", fontNumber=place)
                options = subset.Options()
                options.layout_features = []
                options.hinting = False
                options.name_IDs = ["*"]
                options.drop_tables += ["GPOS", "GSUB", "BASE", "VORG", "vhea", "vmtx"]
                maker = subset.Subsetter(options)
                maker.populate(text=text)
                maker.subset(font)
                font.save(FOLDER / "files" / f"noto-{family.lower()}-cjk-{tag}-{number}-normal.otf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
