"""A model folder that was damaged is told in one sentence, which names the file and what to do; nothing is run."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from models import shelf
from models.errors import ModelFolderError
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.network import SentenceVAE
from models.shelf import ModelFolder
from tests.making import tiny_folder

__all__ = ["tiny_folder"]

WEIGHTS, TOKENS, WORDS, CARD = "weights.safetensors", "tokens.model", "words.bin", "card.json"


@pytest.fixture
def folder(tiny_folder: ModelFolder, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(tiny_folder.path, tmp_path / "tiny"))


def refusal(folder: Path) -> str:
    """What a person is told on loading; checked to be one sentence with the file's name and a remedy."""
    with pytest.raises(ModelFolderError) as raised:
        SentenceModel.load(shelf.open_folder(folder), "cpu")
    sentence = str(raised.value)
    assert sentence.endswith("; delete the folder or train the model again.")
    assert sentence.count(". ") == 0
    return sentence


@pytest.mark.parametrize("name", [WEIGHTS, TOKENS, WORDS])
def test_a_missing_file(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert f"{folder / name}: No such file" in refusal(folder)


def test_a_folder_without_a_card_is_no_model(folder: Path) -> None:
    (folder / CARD).unlink()
    with pytest.raises(ModelFolderError, match=r"holds no model: it has no card\.json\.$"):
        shelf.open_folder(folder)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENS, WORDS])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file(name: str, share: float, folder: Path) -> None:
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: int(share * len(data))])
    assert f"{folder / name}: it is not the file that the card describes (SHA-256 differs)" in refusal(folder)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENS, WORDS])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.999])
def test_a_flipped_bit(name: str, share: float, folder: Path) -> None:
    data = bytearray((folder / name).read_bytes())
    data[int(share * len(data))] ^= 4
    (folder / name).write_bytes(data)
    assert "SHA-256 differs" in refusal(folder)


def replace_file(folder: Path, name: str, data: bytes) -> None:
    """With a card that fits it, as somebody might write one."""
    card = json.loads((folder / CARD).read_bytes())
    card["files"][name] = hashlib.sha256(data).hexdigest()
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    (folder / name).write_bytes(data)


Tensors = dict[str, np.ndarray[Any, Any]]


def change_weights(folder: Path, change: Callable[[Tensors], object]) -> None:
    tensors = load((folder / WEIGHTS).read_bytes())
    change(tensors)
    replace_file(folder, WEIGHTS, save(tensors))


def drop_one(tensors: Tensors) -> None:
    del tensors["posterior.bias"]


def drop_one_that_gives_a_size(tensors: Tensors) -> None:
    del tensors["no_code"]


def add_one(tensors: Tensors) -> None:
    tensors["more"] = np.zeros(3, dtype=np.float16)


def shorten(tensors: Tensors) -> None:
    tensors["posterior.bias"] = tensors["posterior.bias"][:-1]


def transpose(tensors: Tensors) -> None:
    tensors["embedding.weight"] = np.ascontiguousarray(tensors["embedding.weight"].T)


def flatten(tensors: Tensors) -> None:
    tensors["queries"] = tensors["queries"].ravel()


MISSHAPEN = "its tensors have other names or shapes than the card says"


@pytest.mark.parametrize("change", [drop_one, drop_one_that_gives_a_size, add_one, shorten, transpose, flatten])
def test_weights_of_another_shape(change: Callable[[Tensors], object], folder: Path) -> None:
    change_weights(folder, change)
    assert f"{folder / WEIGHTS}: {MISSHAPEN}" in refusal(folder)


def test_no_room_is_taken_for_a_large_network_whose_weights_are_small(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def promise_more(tensors: Tensors) -> None:
        tensors["decoder.weight_hh_l0"] = np.zeros((1, 1 << 13), dtype=np.float16)

    def take_memory(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(SentenceVAE, "__init__", take_memory)
    sizes = json.loads((folder / CARD).read_bytes())["configuration"]
    change_card(folder, configuration=sizes | {"decoder": 1 << 13})
    change_weights(folder, promise_more)
    assert f"{folder / WEIGHTS}: {MISSHAPEN}" in refusal(folder)


def test_weights_that_are_no_numbers(folder: Path) -> None:
    def spoil(tensors: Tensors) -> None:
        tensors["bias"][3] = np.nan

    change_weights(folder, spoil)
    assert "its tensor bias holds values that are not finite" in refusal(folder)


def test_weights_that_are_no_tensors(folder: Path) -> None:
    replace_file(folder, WEIGHTS, b"not tensors at all")
    assert f"{folder / WEIGHTS}: it is not a safetensors file" in refusal(folder)


def change_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / CARD).read_bytes())
    (folder / CARD).write_text(json.dumps(card | changes), encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"decoder": 65},
        {"decoder": 1 << 16, "encoder": 1 << 16, "code": 1 << 16},  # tens of gigabytes, were it built
        {"vocabulary": 10},
        {"decoder": 0},
        {"decoder": "64"},
        {"decoder": None},
        {"colours": 3},
    ],
)
def test_a_card_of_another_network(changes: dict[str, object], folder: Path) -> None:
    sizes = json.loads((folder / CARD).read_bytes())["configuration"]
    change_card(folder, configuration=sizes | changes)
    assert str(folder / WEIGHTS) in refusal(folder)


def test_a_card_without_the_figures_that_fluency_needs(folder: Path) -> None:
    change_card(folder, figures={})
    assert "the card lacks the figures" in refusal(folder)


@pytest.mark.parametrize("nats", [1e6, 100.5, -1.0])
def test_a_figure_that_no_text_reaches(nats: float, folder: Path) -> None:
    change_card(folder, figures={"nats_per_character": nats})
    assert "its nats_per_character is" in refusal(folder)


def test_a_tokenizer_that_is_none(folder: Path) -> None:
    replace_file(folder, TOKENS, b"no tokenizer")
    assert f"Cannot use {folder / TOKENS}: it is not a tokenizer; " in refusal(folder)


def test_a_word_list_that_is_none(folder: Path) -> None:
    replace_file(folder, WORDS, b"words")
    assert f"Cannot use {folder / WORDS}: it is not a list of words; " in refusal(folder)


def test_a_shipped_folder_asks_for_a_new_installation(folder: Path) -> None:
    (folder / WEIGHTS).unlink()
    with pytest.raises(ModelFolderError, match=r"weights\.safetensors: No such file .*; re-install the program\."):
        SentenceModel.load(shelf.open_folder(folder, shipped=True), "cpu")
