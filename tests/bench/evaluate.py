"""Accuracy on generated photos that no rule and no training has seen: `make eval`.

usage: python -m tests.bench.evaluate [--count N] [--seed S] [--conditions …] [--cache DIR] [--misses DIR] [--write]

Makes the photos once (split `eval` of `samples.generator`, in a cache folder outside the repository, named after the
generator's sources so that a changed generator makes new ones), reads them with `pipeline.scan_photo`, prints the score
and writes `docs/accuracy.md` with the date and commit. `--misses` writes a page with the pictures of the worst misses.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_path

from cardscan import ocr, pipeline, wire
from cardscan.errors import CardscanError
from cardscan.options import ScanOptions
from samples.generator.__main__ import main as generate
from tests.bench import calibration, score
from tests.bench.misses import page

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = ROOT / "docs" / "accuracy.md"
BROKEN_DOWN: Final = ("name", "locale", "layout", "tilt", "blur", "cards", "background")


def generator_digest() -> str:
    """Names a version of the generator: of its code and word lists."""
    found = hashlib.sha256()
    for file in sorted((ROOT / "samples" / "generator").rglob("*")):
        if file.suffix in (".py", ".toml"):
            found.update(file.read_bytes())
    return found.hexdigest()[:10]


def photos(cache: Path, count: int, seed: str, conditions: str) -> Path:
    """The folder of the set; it is made where it isn't there yet."""
    folder = cache / f"eval-{seed}-{count}-{conditions.replace(',', '+') or 'all'}-{generator_digest()}"
    if not (folder / "done").exists():
        print(f"making {count} photos in {folder}", file=sys.stderr)
        arguments = ["--split", "eval", "--count", str(count), "--seed", seed, "--out", str(folder)]
        if generate([*arguments, *(["--conditions", conditions] if conditions else [])]):
            raise SystemExit(2)
        (folder / "done").touch()
    return folder


def readings(paths: Iterable[Path], options: ScanOptions | None = None) -> Iterator[str]:
    """JSON lines of all cards of all photos; a photo that cannot be read gives none and is told on stderr."""
    options = options or ScanOptions()
    engine = ocr.open_engine(options.ocr)
    for path in paths:
        try:
            cards = pipeline.scan_photo(str(path), engine, options)
        except CardscanError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        yield from (wire.dumps(card) for card in cards)


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    return (git("rev-parse", "--short", "HEAD") or "no commit") + (
        " and changes" if git("status", "--porcelain") else ""
    )


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def report(cards: Sequence[score.CardScore], set_name: str, commit: str, cpu: float | None, photo_count: int) -> str:
    """The figures as Markdown; `cpu` is the seconds that reading took, None where the readings were kept."""
    whole = score.summary(cards)
    now = datetime.datetime.now(datetime.UTC).date().isoformat()
    notes = f"character error of pen notes {_shown(whole['note_cer'])} over {whole['cards_with_notes']} cards"
    outlines = f"Outlines: located {_shown(whole['located'])}, stray {_shown(whole['stray'])}."
    near = f"under 3 % for {_shown(whole['corners_near'])} of the cards; upright {_shown(whole['upright'])}"
    spent = "" if cpu is None else f" CPU {cpu / max(1, photo_count):.2f} s a photo."
    lines = [
        "# Accuracy",
        "",
        f"{now}, commit {commit}, set {set_name}: {photo_count} generated photos of cards of invented",
        "people. No model was trained on their names, firms, titles, phrases, typefaces, layouts and desks; but misses",
        "of this set were looked at while rules were mended: [fresh.md](fresh.md) has sets as they were first read.",
        "`make eval` renews this page; `tests/bench/score.py` tells how it is counted.",
        "",
        f"Cards {whole['cards']}, found {whole['cards_found']}, made up {whole['cards_made_up']}.",
        f"No-edit cards {_shown(whole['no_edit_cards'])}, phone types {_shown(whole['phone_type_accuracy'])}, {notes}.",
        f"Corners: mean error {_shown(whole['corner_error'])} of the diagonal, {near}. {outlines}{spent}",
        "",
        "| field | precision | recall | F1 | values |",
        "|---|---|---|---|---|",
    ]
    for name, row in (*whole["fields"].items(), ("**all**", whole["all"])):
        lines.append(f"| {name} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['n']} |")
    for condition in BROKEN_DOWN:
        title = {"name": "condition", "locale": "country"}.get(condition, condition)
        lines += ["", f"## By {title}", "", f"| {title} | cards | found | made up | all F1 | no-edit | corners < 3 % |"]
        lines.append("|---|---|---|---|---|---|---|")
        for value, group in score.by_condition(cards, condition).items():
            one = score.summary(group)
            found = f"{one['cards_found']} | {one['cards_made_up']}"
            figures = f"{one['all']['f1']:.3f} | {one['no_edit_cards']:.3f} | {_shown(one['corners_near'])}"
            lines.append(f"| {value} | {one['cards']} | {found} | {figures} |")
    return "\n".join([*lines, "", *calibration.markdown(cards), ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Make, read, score, write; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--conditions", default="", help="only these, comma-separated; docs/accuracy.md is left alone")
    parser.add_argument("--cache", type=Path, default=user_cache_path("cardscan") / "eval")
    parser.add_argument("--misses", type=Path, help="folder for a page of the worst misses")
    parser.add_argument("--readings", type=Path, help="keep the readings here, or score these if the file exists")
    parser.add_argument("--no-report", action="store_true", help="leave docs/accuracy.md as it is")
    args = parser.parse_args(argv)
    folder = photos(args.cache, args.count, args.seed, args.conditions)
    truths = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    cpu, commit = None, _commit()  # of the code that reads: a commit may be made meanwhile
    if args.readings and args.readings.exists():
        read = args.readings.read_text("utf-8").splitlines()
    else:
        started = time.process_time()
        read = list(readings(sorted(folder.glob("*.jpg"))))
        cpu = time.process_time() - started
    if args.readings:
        args.readings.write_text("\n".join(read) + "\n", encoding="utf-8")
    cards = score.scores(truths, read)
    print(score.table(score.summary(cards)))
    for value, group in score.by_condition(cards, "name").items():
        one: dict[str, Any] = score.summary(group)
        row = f"{value:10} cards {one['cards']:4} found {one['cards_found']:4} made up {one['cards_made_up']:3}"
        print(f"{row}  all F1 {one['all']['f1']:.3f}  no-edit {one['no_edit_cards']:.3f}")
    if not args.no_report and not args.conditions:
        REPORT.write_text(report(cards, folder.name, commit, cpu, len(truths)), encoding="utf-8")
        print(f"wrote {REPORT}", file=sys.stderr)
    if args.misses:
        print(f"wrote {page(cards, folder, args.misses)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
