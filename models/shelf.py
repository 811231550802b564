"""The shelf: model folders on disk, found, checked, read and written.

A model folder holds `weights.safetensors`, `card.json` and the files that the card names (a tokenizer, a palette).
Shipped models live in `resources/`, a person's own in the user data folder; both look the same. Reading checks the
format version, every SHA-256, and that weights are finite numbers, before any network is built. Only numpy is needed
here, so the window can list the shelf before torch is loaded.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from models import atomic
from models.errors import ModelFolderError

FORMAT_VERSION = 1
WEIGHTS, CARD = "weights.safetensors", "card.json"
MAX_CARD_BYTES, MAX_FILE_BYTES = 1 << 20, 1 << 30


@dataclass(frozen=True)
class Card:
    """What a model is, where it comes from, how good it is, and the SHA-256 of each of its files."""

    family: str
    name: str
    title: str
    configuration: dict[str, Any]
    data: str
    licence: str
    recipe: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    notes: str = ""
    files: dict[str, str] = field(default_factory=dict)
    written: str = ""
    format_version: int = FORMAT_VERSION

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class ModelFolder:
    """A model on the shelf: its card was read; its weights were not."""

    path: Path
    card: Card
    shipped: bool

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def family(self) -> str:
        return self.card.family

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())

    @property
    def hash(self) -> str:
        """The first 12 digits of the weights' SHA-256: what a recipe calls this model."""
        return self.card.files[WEIGHTS][:12]


@dataclass(frozen=True)
class Shelf:
    """All that was found: good model folders, and one error for each folder that cannot be used."""

    models: tuple[ModelFolder, ...]
    broken: tuple[ModelFolderError, ...]


def shipped_models() -> Path:
    """The folder of the models that come with the program."""
    return Path(str(importlib.resources.files("resources") / "models"))


def user_data() -> Path:
    """The folder for a person's own files; it need not exist yet."""
    return Path(platformdirs.user_data_dir("latent-atelier", appauthor=False))


def user_models() -> Path:
    """The folder of a person's own models; it need not exist yet."""
    return user_data() / "models"


def folders() -> Shelf:
    """Every model folder, shipped ones first; damaged cards are reported, never fatal."""
    models: list[ModelFolder] = []
    broken: list[ModelFolderError] = []
    for root, shipped in ((shipped_models(), True), (user_models(), False)):
        for path in _subfolders(root):
            try:
                models.append(open_folder(path, shipped))
            except ModelFolderError as error:
                broken.append(error)
    return Shelf(tuple(models), tuple(broken))


def _subfolders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:  # no such folder yet, or one that may not be read: nothing of it is on the shelf
        return []


def open_folder(path: Path, shipped: bool = False) -> ModelFolder:
    """Read a folder's card. Raises `ModelFolderError`."""
    if not shipped and _is_missing(path / CARD):
        raise ModelFolderError("{path} holds no model: it has no {card}.", path=path, card=CARD)
    return ModelFolder(
        path, _parse_card(path / CARD, _bytes_of(path / CARD, MAX_CARD_BYTES, shipped), shipped), shipped
    )


def find(name_or_folder: str, *families: str) -> ModelFolder:
    """A model by its name on the shelf, else by its folder's path; of one of the families, where some are named.

    Raises `ModelFolderError`.
    """
    shelf = folders()
    fitting = [model for model in shelf.models if not families or model.family in families]
    for model in fitting:
        if model.name == name_or_folder:
            return model
    path = Path(name_or_folder)
    if not name_or_folder or not _is_folder(path):
        raise ModelFolderError(
            "There is no model called {name}: the shelf holds {names}."
            if not families
            else "No model for this is called {name}: the shelf holds {names}.",
            name=name_or_folder,
            names=", ".join(model.name for model in fitting) or "none",
        )
    model = open_folder(path)
    if families and model.family not in families:
        raise ModelFolderError(
            "{path} holds a model of the family {found}, and {wanted} is needed here.",
            path=path,
            found=model.family,
            wanted=" or ".join(families),
        )
    return model


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for a path, say
        return False


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # it may be there: reading it tells what is wrong
        return False
    return False


def default(family: str, preferred: str = "") -> ModelFolder:
    """The model of a family on the shelf that has a preferred name, else the first one.

    Raises `ModelFolderError`, with the damage where that is the cause.
    """
    shelf = folders()
    fitting = [model for model in shelf.models if model.family == family]
    named = [model for model in fitting if model.name == preferred]
    if fitting:
        return (*named, *fitting)[0]
    if shelf.broken:
        raise shelf.broken[0]
    raise ModelFolderError("There is no {family} model on the shelf: re-install the program.", family=family)


def read_file(folder: ModelFolder, name: str) -> bytes:
    """One file of a model folder, its SHA-256 checked against the card. Raises `ModelFolderError`."""
    path = folder.path / name
    data = _bytes_of(path, MAX_FILE_BYTES, folder.shipped)
    if hashlib.sha256(data).hexdigest() != folder.card.files.get(name):
        raise damaged(path, folder.shipped, "it is not the file that the card describes (SHA-256 differs)")
    return data


def read_weights(folder: ModelFolder) -> dict[str, np.ndarray[Any, Any]]:
    """All tensors as float32 (integers stay integers). Raises `ModelFolderError` for anything but finite numbers."""
    path = folder.path / WEIGHTS
    try:
        tensors = load_tensors(read_file(folder, WEIGHTS))
    except (SafetensorError, ValueError, KeyError) as error:
        raise damaged(path, folder.shipped, "it is not a safetensors file") from error
    return {name: _checked(name, tensor, path, folder.shipped) for name, tensor in tensors.items()}


def write(path: Path, card: Card, weights: dict[str, np.ndarray[Any, Any]], files: dict[str, bytes]) -> ModelFolder:
    """Write a model folder; the card goes last, so that a folder with a card is whole. Raises `SaveError`."""
    contents = {WEIGHTS: save_tensors(weights), **files}
    for name, data in contents.items():
        atomic.write_bytes(path / name, data)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    return write_card(path, Card(**{**_shallow(card), "files": hashes}))


def write_card(path: Path, card: Card) -> ModelFolder:
    """Write only the card, for figures that were measured later."""
    atomic.write_text(path / CARD, card.to_json())
    return ModelFolder(path, card, shipped=path.parent == shipped_models())


def _shallow(card: Card) -> dict[str, Any]:
    return {item.name: getattr(card, item.name) for item in fields(card)}


def _bytes_of(path: Path, limit: int, shipped: bool) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise damaged(path, shipped, "it is far too large")
        return path.read_bytes()
    except OSError as error:
        raise damaged(path, shipped, error.strerror or str(error)) from error


def _parse_card(path: Path, data: bytes, shipped: bool) -> Card:
    try:
        values = json.loads(data)
        version = values["format_version"]
        card = Card(**values) if version == FORMAT_VERSION else None
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(path, shipped, "it is not a card") from error
    if card is None:  # its fields may be others: nothing more can be said of it
        raise ModelFolderError(
            "{path} is of format {found}, and this version reads {known}: update the program.",
            path=path,
            found=version,
            known=FORMAT_VERSION,
        )
    if not _well_formed(card):
        raise damaged(path, shipped, "its fields are not of the right kind")
    return card


def _well_formed(card: Card) -> bool:
    texts = (card.family, card.name, card.title, card.data, card.licence, card.notes, card.written)
    tables = (card.configuration, card.recipe, card.figures, card.files)
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(table, dict) for table in tables):
        return False
    numbers = all(_is_finite(value) for value in card.figures.values())
    hashes = all(isinstance(value, str) and Path(name).name == name for name, value in card.files.items())
    return numbers and hashes and WEIGHTS in card.files and bool(card.name) and bool(card.family)


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and -1e300 < value < 1e300  # math.isfinite fails on very long whole numbers


def _checked(name: str, tensor: np.ndarray[Any, Any], path: Path, shipped: bool) -> np.ndarray[Any, Any]:
    if tensor.dtype.kind in "iu":
        return tensor
    if tensor.dtype.kind != "f":
        raise damaged(path, shipped, f"its tensor {name} is of type {tensor.dtype}")
    with np.errstate(over="ignore"):  # what float32 cannot hold is found below
        numbers = tensor.astype(np.float32)
    if not np.isfinite(numbers).all():
        raise damaged(path, shipped, f"its tensor {name} holds values that are not finite")
    return numbers


def damaged(path: Path, shipped: bool, reason: str) -> ModelFolderError:
    """The error for a file of a model folder that cannot be used: its path, why, and what to do."""
    remedy = "re-install the program" if shipped else "delete the folder or train the model again"
    if not shipped and path.name == CARD and _is_missing(path.with_name(WEIGHTS)):
        remedy = "name a model folder"  # this one is another program's, as far as can be seen: nothing to delete
    return ModelFolderError("Cannot use {path}: {reason}; {remedy}.", path=path, reason=reason, remedy=remedy)
