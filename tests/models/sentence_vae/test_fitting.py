from __future__ import annotations

import copy
import json
import random
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from models import atomic, shelf, trainer
from models.atomic import SaveError
from models.errors import DataError, InputError
from models.fitting import Origin, begun_with
from models.sentence_vae.decoding import Decoder
from models.sentence_vae.evaluation import ends_returned
from models.sentence_vae.fitting import Learned, train_model, write_model
from models.sentence_vae.model import SentenceModel
from models.sentence_vae.network import SentenceVAE
from models.shelf import ModelFolder
from tests.making import LINES, tiny_options, train_tiny, write_lines

CPU = torch.device("cpu")


def train_on(data: Path, out: Path) -> ModelFolder:
    return train_model(data, out, tiny_options(1), CPU, "mine", resume=False)


def test_a_trained_model_stands_on_its_own(tiny_folder: ModelFolder, tiny_model: SentenceModel) -> None:
    names = sorted(path.name for path in tiny_folder.path.iterdir())
    assert names == [
        "card.json",
        "lines.bin",
        "pairs.bin",
        "plane.safetensors",
        "tokens.model",
        "weights.safetensors",
        "words.bin",
    ]
    assert ends_returned(tiny_model, LINES) > 0.8


def test_the_card_tells_how_the_model_was_made(tiny_folder: ModelFolder) -> None:
    card = tiny_folder.card
    assert (card.family, card.name) == ("sentence_vae", "tiny")
    assert card.configuration["code"] == 16
    assert card.recipe["options"] == json.loads(json.dumps(asdict(tiny_options(100))))
    assert card.recipe["recipe"]["batch"] == 32
    assert (card.recipe["lines"], card.data) == (20, "20 lines of text")
    assert (card.title, card.licence, card.notes) == ("tiny", "not stated", "")
    assert {"ends_returned", "kl", "nats_per_character"} <= card.figures.keys()
    assert "selection" not in card.figures


def test_figures_are_those_of_the_weights_that_are_stored(
    tiny_folder: ModelFolder, tiny_model: SentenceModel, tmp_path: Path
) -> None:
    """One token drowns all others; in float16 its advantage is less than the step between two numbers."""
    network = SentenceVAE(tiny_model.network.configuration)
    network.load_state_dict(tiny_model.network.state_dict())
    with torch.no_grad():
        network.bias.fill_(60_000)
        network.bias[-1] += 15.9
    exact = copy.deepcopy(network)
    told = {"ends_returned": 0.99, "selection": 3.0, "minutes": 7.0}
    origin = Origin("Moon", "my own lines", "CC0", "short")
    learned = Learned(tiny_model.tokens, tiny_model.lexicon, tiny_model.copies, tiny_model.pairs)
    folder = write_model(tmp_path, network, learned, list(LINES), "m", {}, told, origin=origin)
    figures = folder.card.figures
    assert figures["ends_returned"] == ends_returned(SentenceModel.load(folder), LINES)
    assert figures["ends_returned"] > ends_returned(replace(tiny_model, decoder=Decoder(exact)), LINES)
    assert (figures["minutes"], "selection" in figures) == (7.0, False)
    assert (folder.card.title, folder.card.data) == ("Moon", "my own lines")
    assert (folder.card.licence, folder.card.notes) == ("CC0", "short")


def test_weights_are_stored_in_half_the_room(tiny_folder: ModelFolder) -> None:
    weights = shelf.read_file(tiny_folder, shelf.WEIGHTS)
    numbers = sum(value.size for value in shelf.read_weights(tiny_folder).values())
    assert len(weights) < 2.5 * numbers


def test_a_folder_that_holds_a_model_is_left_alone(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="already holds a model: choose another folder"):
        train_tiny(tiny_folder.path)
    assert shelf.open_folder(tiny_folder.path) == tiny_folder


class Interruption:
    """Stops training after some measures, as Ctrl-C would."""

    def __init__(self, measures: int) -> None:
        self.left = measures

    def __call__(self, *_: object) -> dict[str, float]:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return {"selection": 0.5}


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an unfinished training."""
    with monkeypatch.context() as patch:
        patch.setattr("models.sentence_vae.training.VerseTask.measure", Interruption(1))
        with pytest.raises(KeyboardInterrupt):
            train_tiny(tmp_path / "tiny", epochs=4)
    return tmp_path / "tiny"


def test_an_unfinished_training_is_not_begun_anew_by_mistake(begun: Path) -> None:
    with pytest.raises(DataError, match="holds an unfinished training: resume it or choose another folder"):
        train_tiny(begun, epochs=4)
    assert begun_with(begun) == tiny_options(4)


def test_an_unfinished_training_is_resumed(begun: Path) -> None:
    folder = train_tiny(begun, epochs=4, resume=True)
    assert sorted(path.name for path in begun.iterdir()) == [
        "card.json",
        "lines.bin",
        "pairs.bin",
        "plane.safetensors",
        "tokens.model",
        "weights.safetensors",
        "words.bin",
    ]
    assert SentenceModel.load(folder, "cpu").tokens.decode([]) == ""
    assert begun_with(begun) is None


def test_where_nothing_was_begun_resuming_begins(tmp_path: Path) -> None:
    resumed = train_tiny(tmp_path / "resumed", epochs=2, resume=True)
    assert resumed.hash == train_tiny(tmp_path / "new", epochs=2).hash


def test_a_training_that_was_cut_off_before_its_first_checkpoint_begins_anew(tmp_path: Path) -> None:
    work = tmp_path / "cut" / "training"
    work.mkdir(parents=True)
    (work / "tokens.model").write_bytes(b"half a tokeni")
    assert train_tiny(tmp_path / "cut", epochs=2, resume=True).hash == train_tiny(tmp_path / "new", epochs=2).hash


def test_a_training_that_was_cut_off_while_tidying_up_is_finished(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder.path, tmp_path / "tiny")
    (tmp_path / "tiny" / "training").mkdir()
    (tmp_path / "tiny" / "training" / trainer.BEST).write_bytes(b"")
    folder = train_tiny(tmp_path / "tiny", resume=True)
    assert folder.hash == tiny_folder.hash
    assert not (tmp_path / "tiny" / "training").exists()


def test_a_begun_training_without_its_tokenizer_is_told(begun: Path) -> None:
    (begun / "training" / "tokens.model").unlink()
    with pytest.raises(DataError, match=r"The tokenizer in .* is missing"):
        train_tiny(begun, epochs=4, resume=True)


def test_a_begun_training_with_a_damaged_tokenizer_is_told(begun: Path) -> None:
    (begun / "training" / "tokens.model").write_bytes(b"half a tokeni")
    with pytest.raises(DataError, match=r"The tokenizer in .* is damaged"):
        train_tiny(begun, epochs=4, resume=True)


def test_a_training_goes_on_with_its_own_data_only(begun: Path) -> None:
    with pytest.raises(DataError, match="holds a training on other data"):
        train_tiny(begun, epochs=4, resume=True, lines=LINES[1:])


def test_two_trainings_do_not_write_into_one_folder(begun: Path) -> None:
    with atomic.alone_in(begun / "training"), pytest.raises(SaveError, match="Another process is at work"):
        train_tiny(begun, epochs=4, resume=True)


def test_nothing_is_written_where_torchrun_starts_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(InputError, match="without torchrun"):
        train_tiny(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_where_every_line_is_too_long(tmp_path: Path) -> None:
    letters = random.Random(0)
    write_lines(tmp_path / "data", tuple(" ".join(letters.choices("abcdefghij", k=80)) for _ in range(30)))
    with pytest.raises(DataError, match="Every line is longer than 48 tokens"):
        train_on(tmp_path / "data", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_told_before_the_data_is_read(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(SaveError, match="it is a file"):
        train_on(tmp_path / "no data", tmp_path / "out" / "model")
