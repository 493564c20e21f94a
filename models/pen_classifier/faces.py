"""Fetch the typefaces of `faces.toml`: `python -m models.pen_classifier.faces FOLDER` (needs npm and the network)."""

from __future__ import annotations

import argparse
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Final

LISTED: Final = Path(__file__).with_name("faces.toml")


def listed() -> dict[str, list[str]]:
    """The families by use: `pen` and `script`."""
    return tomllib.loads(LISTED.read_text(encoding="utf-8"))


def fetch(family: str, folder: Path) -> None:
    """Unpack the regular Latin file of one family and its licence into `folder`, byte for byte."""
    target = folder / f"{family}-latin-400-normal.woff2"
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", "--silent", f"@fontsource/{family}@5.3"]
        done = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True)
        with tarfile.open(Path(scratch) / done.stdout.split()[-1]) as pack:
            for member in pack.getmembers():
                name = Path(member.name).name
                if name in (target.name, "LICENSE"):
                    data = pack.extractfile(member)
                    assert data is not None, "a file has content"
                    (folder / f"{family}.LICENSE" if name == "LICENSE" else target).write_bytes(data.read())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for families in listed().values():
        for family in families:
            fetch(family, folder)


if __name__ == "__main__":
    main()
