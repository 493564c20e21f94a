"""Renew the font files: `python -m samples.generator.fonts.fetch` (needs npm and network; nothing else does).

`--list FACES.toml --into FOLDER` fetches other families into a folder for `python -m samples.generator --faces FOLDER`.

Takes the WOFF2 files of the `@fontsource/*` npm packages byte for byte as their authors' foundry distributes them, so
Reserved Font Names stay untouched, and writes beside them each family's licence and `coverage.json`: the characters
beyond ASCII each file can draw.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent


def fetch(family: str, weights: list[str], into: Path) -> None:
    """Unpack the wanted files of one family into `into`, with its licence."""
    with tempfile.TemporaryDirectory() as scratch:
        name = subprocess.run(
            ["npm", "pack", "--silent", f"@fontsource/{family}"],
            cwd=scratch,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        with tarfile.open(Path(scratch) / name) as pack:
            members = {Path(m.name).name: m for m in pack.getmembers() if m.isfile()}
            if "LICENSE" not in members:
                print(f"{family}: left out, as no licence comes with it", file=sys.stderr)
                return
            wanted = [f"{family}-{part}-{w}.woff2" for w in weights for part in ("latin", "latin-ext", "vietnamese")]
            missing = [w for w in wanted if "-latin-" in w and "-ext" not in w and w not in members]
            if missing:
                print(f"{family}: no {missing}; has {sorted(n for n in members if '-latin-' in n)}", file=sys.stderr)
            for file in [f for f in wanted if f in members] + ["LICENSE"]:
                data = pack.extractfile(members[file])
                if data is not None:
                    target = into / (f"{family}.LICENSE" if file == "LICENSE" else file)
                    target.write_bytes(data.read())


def coverage(folder: Path) -> dict[str, str]:
    """Characters beyond ASCII that each font file of the folder draws."""
    found = {}
    for file in sorted([*folder.glob("*.woff2"), *folder.glob("*.otf")]):
        with TTFont(io.BytesIO(file.read_bytes()), lazy=True) as font:
            codes = sorted(c for c in font.getBestCmap() if 0x7F < c < 0x10000)
        found[file.name] = "".join(map(chr, codes))
    return found


def main() -> None:
    """Fetch every family of faces.toml that isn't there yet, then write coverage.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=FOLDER / "faces.toml", help="which families")
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder for the list, files and coverage.json")
    arguments = parser.parse_args()
    listed = arguments.list.read_text(encoding="utf-8")
    folder = arguments.into / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for uses in tomllib.loads(listed).values():
        for use, families in uses.items():
            for family, weights in families.items():
                if use != "cjk" and not (folder / f"{family}.LICENSE").exists():
                    fetch(family, weights, folder)
    (arguments.into / "faces.toml").write_text(listed, encoding="utf-8")
    text = json.dumps(coverage(folder), ensure_ascii=False, indent=0)
    (arguments.into / "coverage.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
