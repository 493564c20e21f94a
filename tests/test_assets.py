"""Model files are found, proven, and never replaced in silence."""

import hashlib
import importlib.metadata
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from cardscan import assets
from cardscan.errors import ModelError


def test_every_model_of_the_manifest_is_there_and_untouched():
    """The checkout (or wheel) holds each file of the manifest, byte for byte."""
    states = assets.inventory()
    assert [state.name for state in states] == list(assets.manifest())
    assert [state for state in states if not state.ok] == []


def test_package_versions_of_the_manifest_are_the_installed_ones():
    """A model inside a package names the version its digest was taken from."""
    for model in assets.manifest().values():
        if model.package:
            assert importlib.metadata.version(model.package) == model.version


def test_path_gives_the_file_with_the_digest_of_the_manifest():
    """`path` answers with a file whose sha256 is the manifest's."""
    place = assets.path("text-detection")
    assert hashlib.sha256(place.read_bytes()).hexdigest() == assets.manifest()["text-detection"].sha256


def test_locating_a_model_does_not_import_its_package():
    """A start that only needs a path must not pay for importing rapidocr."""
    code = "import sys; from cardscan import assets; assets.path('text-recognition'); print('rapidocr' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_unknown_name_lists_the_known_ones():
    """A wrong name is a ModelError that says which names there are."""
    with pytest.raises(ModelError, match="text-detection"):
        assets.path("no-such-model")


@pytest.fixture
def own_model(tmp_path, monkeypatch):
    """A model of our own folder, in a folder of the test's own."""
    monkeypatch.setattr(assets, "models_folder", lambda: tmp_path)
    (tmp_path / "small.onnx").write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    return assets.Model("small", "small.onnx", digest, 7, "Apache-2.0", "ours", "by this test")


def test_own_file_is_verified(own_model, tmp_path):
    """A file of our own folder is found there."""
    assert assets.verified(own_model) == tmp_path / "small.onnx"


@pytest.mark.parametrize("content", [b"weightz", b"weights and more", b""])
def test_altered_file_is_refused_even_after_it_was_accepted(own_model, tmp_path, content):
    """A file that changes while the process runs is checked again and refused, with a remedy."""
    assets.verified(own_model)
    (tmp_path / "small.onnx").write_bytes(content)
    os.utime(tmp_path / "small.onnx", ns=(1, 1))
    with pytest.raises(ModelError, match=r"cannot be used.*install cardscan anew"):
        assets.verified(own_model)


def test_missing_file_names_the_place_and_the_remedy(own_model, tmp_path):
    """A missing file is a ModelError (exit code 5) that says where it was looked for."""
    (tmp_path / "small.onnx").unlink()
    with pytest.raises(ModelError, match=r"small\.onnx is not there") as caught:
        assets.verified(own_model)
    assert caught.value.exit_code == 5


def test_missing_package_tells_the_pip_command(own_model):
    """A model in a package that isn't installed says which pip command brings it."""
    absent = replace(own_model, package="cardscan_no_such_package", version="1.2")
    with pytest.raises(ModelError, match=r"pip install .*cardscan_no_such_package==1\.2"):
        assets.verified(absent)


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all",
        '[m]\nfile = "a"',
        '[m]\nfile = "../a"\nsha256 = "{digest}"\nbytes = 1\nlicence = "x"\norigin = "x"\ntrained = "x"',
        '[m]\nfile = "a"\nsha256 = "abc"\nbytes = 1\nlicence = "x"\norigin = "x"\ntrained = "x"',
        "m = 3",
    ],
)
def test_damaged_manifest_is_a_model_error(tmp_path, text):
    """A manifest that is no TOML, incomplete, or points outside its folder is refused with the remedy."""
    place = tmp_path / "manifest.toml"
    place.write_text(text.replace("{digest}", "0" * 64))
    with pytest.raises(ModelError, match="install cardscan anew"):
        assets.read_manifest(place)
