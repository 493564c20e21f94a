"""Training and evaluation share nothing that could be learned by heart."""

from __future__ import annotations

import re
import shutil
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from samples.generator import content, jottings, words
from samples.generator.countries import countries
from samples.generator.desks import TEXTURES
from samples.generator.fonts import faces as typefaces
from samples.generator.fonts.faces import FILES, faces, families
from samples.generator.layouts import layouts
from samples.generator.seeds import SPLITS, Split, belongs, half, rng

ROOT = Path(__file__).parents[2]
USES = ("text", "display", "script", "pen", "cjk")


def _contents(split: Split) -> list[content.Content]:
    """Two cards of every country."""
    return [
        content.invent(rng("test", split, country.code, number), split, ("person", "shop")[number % 2], country)
        for country in countries().values()
        for number in range(2)
    ]


def test_people_firms_titles_slogans_and_streets_are_disjoint() -> None:
    """No given name, family name, firm, title or slogan drawn for one split is drawn for the other."""
    seen: dict[Split, set[str]] = {}
    for split in SPLITS:
        cards = _contents(split)
        people = [p for c in cards for p in c.persons]
        cores = {c.firm.core for c in cards}
        titles = {t for p in people for t in (*p.titles, *p.titles_also)}
        given = {re.sub(r" [A-Z]\.$", "", p.given) for p in people if p.given.isascii() and not p.also}
        seen[split] = cores | titles | given | {c.firm.slogan for c in cards}
    assert len(seen["train"]) > 150
    assert not seen["train"] & seen["eval"]


def test_family_names_belong_to_their_split_word_by_word() -> None:
    """Every word of a family name from Faker belongs to the split it was drawn for."""
    for split in SPLITS:
        people = [p for c in _contents(split) for p in c.persons if not p.also]
        assert people
        for person in people:
            assert all(belongs(word) == split for word in re.split(r"[\s-]+", person.family))


@pytest.mark.parametrize("subject", ["titles", "slogans", "streets"])
def test_every_list_can_be_divided(subject: str) -> None:
    """Each language's list has words for both splits, and none for both."""
    for language, listed in words.load(subject).items():
        train, evaluation = half(listed, "train"), half(listed, "eval")
        assert train and evaluation, language
        assert not set(train) & set(evaluation)
        assert len(train) + len(evaluation) == len(listed)


def test_note_phrases_are_disjoint() -> None:
    """A phrase that a training hand writes is never written in evaluation, whatever its slots are filled with."""
    for language, lists in words.load("notes").items():
        assert not set(half(lists["phrases"], "train")) & set(half(lists["phrases"], "eval")), language
    notes = {split: {jottings.jotting(rng("t", split, n), split, "en") for n in range(150)} for split in SPLITS}
    assert not notes["train"] & notes["eval"]


def test_layouts_and_desks_are_disjoint_and_many() -> None:
    """At least 14 layouts for training and 8 others for evaluation; no desk surface in both."""
    names = {split: {layout.name for layout in layouts(split)} for split in SPLITS}
    functions = {split: {layout.draw for layout in layouts(split)} for split in SPLITS}
    assert len(names["train"]) >= 14
    assert len(names["eval"]) >= 8
    assert not names["train"] & names["eval"]
    assert not functions["train"] & functions["eval"]
    assert not set(TEXTURES["train"]) & set(TEXTURES["eval"])
    assert not set(TEXTURES["train"].values()) & set(TEXTURES["eval"].values())


def test_typefaces_are_disjoint_and_many() -> None:
    """Families are split, with at least 25 and 12 for print, 12 and 6 for pens."""
    used = {split: {f for use in USES for f in families(split, use)} for split in SPLITS}
    assert not used["train"] & used["eval"]
    assert len(families("train", "text")) >= 25
    assert len(families("eval", "text")) >= 12
    assert len(families("train", "pen")) >= 12
    assert len(families("eval", "pen")) >= 6


def test_every_typeface_is_here_with_its_licence() -> None:
    """Each face's files are in the repository, each family's licence beside them, so a clone needs no network."""
    for split, use in ((s, u) for s in SPLITS for u in USES):
        for family in families(split, use):
            for face in faces(split, use, family):
                assert face.files, face
            licence = FILES / ("noto-cjk.LICENSE" if use == "cjk" else f"{family}.LICENSE")
            text = licence.read_text("utf-8")
            assert "Open Font License" in text or "Apache License" in text, family


def test_a_word_belongs_to_one_split_however_it_is_written() -> None:
    """Case, accents and spaces do not move a word to the other split."""
    for one, other in combinations(("Müller", "MÜLLER", "Muller", "mu ller"), 2):
        assert belongs(one) == belongs(other)


def test_more_typefaces_can_be_drawn_from_for_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An added folder's families stand beside those of the split; the other split and the files here are as before."""
    own = families("train", "pen")
    (tmp_path / "files").mkdir()
    shutil.copy(FILES / "caveat-latin-400-normal.woff2", tmp_path / "files" / "mine-latin-400-normal.woff2")
    (tmp_path / "faces.toml").write_text('[train.pen]\nmine = ["400-normal"]\n')
    (tmp_path / "coverage.json").write_text('{"mine-latin-400-normal.woff2": "é"}')
    with monkeypatch.context() as patch:
        patch.setattr(typefaces, "_folders", [])
        typefaces.add(tmp_path)
        assert families("train", "pen") == (*own, "mine")
        (mine,) = faces("train", "pen", "mine")
        assert typefaces.covers(mine, "née") and not typefaces.covers(mine, "niño")
        assert typefaces.loaded(mine.files[0], 20).getlength("a") > 0
        assert "mine" not in families("eval", "pen")
    typefaces.forget()
    assert families("train", "pen") == own


def test_added_faces_are_of_no_split_here() -> None:
    """What the pen classifier learns from besides is no face of evaluation, and none twice."""
    listed = tomllib.loads((ROOT / "models" / "pen_classifier" / "faces.toml").read_text("utf-8"))
    assert list(listed) == ["train"]
    added = {family for uses in listed["train"].values() for family in uses}
    assert not added & {family for use in USES for split in SPLITS for family in families(split, use)}
    assert not set(listed["train"]["pen"]) & set(listed["train"]["script"])
