from __future__ import annotations

from pathlib import Path

import pytest
import torch

from models.errors import DataError
from models.sentence_vae import han
from models.sentence_vae.decoding import fluency_nats, means_of
from models.sentence_vae.evaluation import ends_refined, ends_returned, evaluate
from models.sentence_vae.model import SentenceModel
from models.shelf import ModelFolder
from tests.making import HAN_LINES, LINES, write_lines


def test_the_measures_are_what_they_are_called(tiny_model: SentenceModel, tmp_path: Path) -> None:
    figures = evaluate(tiny_model, write_lines(tmp_path))
    means, rates = means_of(tiny_model.network, tiny_model.tokens, list(LINES), torch.device("cpu"))
    fluency = fluency_nats(tiny_model.decoder, tiny_model.tokens, list(LINES)).mean().item()
    assert figures["lines"] == len(LINES)
    assert figures["kl"] == pytest.approx(rates.mean().item(), rel=1e-4)
    assert figures["nats_per_character"] == pytest.approx(fluency, rel=1e-4)
    assert figures["active_units"] == sum(unit.var(correction=0).item() > 0.01 for unit in means.unbind(1))
    assert figures["ends_returned"] == ends_returned(tiny_model, LINES)


def test_paths_between_the_lines_are_measured_too(tiny_model: SentenceModel, tmp_path: Path) -> None:
    figures = evaluate(tiny_model, write_lines(tmp_path))
    names = {"fluency", "fluency_95", "smoothness", "progress", "evenness", "distinct", "empty", "copied"}
    assert names | {"midpoint_lean", "midpoint_like"} <= figures.keys()
    assert figures["empty"] == 0
    assert 0 < figures["smoothness"] <= 1


def test_lines_of_five_and_seven_characters_are_told_apart(chinese_folder: ModelFolder, tmp_path: Path) -> None:
    model = SentenceModel.load(chinese_folder, "cpu")
    figures = evaluate(model, write_lines(tmp_path, (*HAN_LINES, "小舟远山过桥去", "小舟")))
    assert figures["ends_returned_5"] == ends_returned(model, HAN_LINES)
    assert figures["ends_returned_7"] == ends_returned(model, ["小舟远山过桥去"])


def test_a_model_returns_more_lines_once_their_codes_are_refined(tiny_model: SentenceModel) -> None:
    lines = [*LINES, "the old sea is mine", "my day is far"]
    assert ends_returned(tiny_model, LINES) > 0.5
    assert ends_refined(tiny_model, lines) > ends_returned(tiny_model, lines)


def test_a_line_of_which_only_the_beginning_is_read_is_not_returned(tiny_model: SentenceModel) -> None:
    assert ends_refined(tiny_model, ["the sea is old " * 50]) == 0


def test_measuring_is_repeatable(tiny_model: SentenceModel, tmp_path: Path) -> None:
    data = write_lines(tmp_path)
    assert evaluate(tiny_model, data) == evaluate(tiny_model, data)


def test_one_line_can_be_measured(tiny_model: SentenceModel, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("the sea is old", encoding="utf-8")
    figures = evaluate(tiny_model, file)
    assert figures["active_units"] == 0
    assert "fluency" not in figures  # there is no other line to walk to


def test_without_data_nothing_is_measured(tiny_model: SentenceModel, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Cannot read"):
        evaluate(tiny_model, tmp_path / "nowhere.txt")


def test_traditional_characters_are_measured_as_they_are_read(chinese_folder: ModelFolder, tmp_path: Path) -> None:
    model = SentenceModel.load(chinese_folder, "cpu")
    typed = [han.traditional(line) for line in HAN_LINES]
    assert typed != list(HAN_LINES)
    plain = evaluate(model, write_lines(tmp_path / "simplified", HAN_LINES))
    assert evaluate(model, write_lines(tmp_path / "traditional", tuple(typed))) == plain
