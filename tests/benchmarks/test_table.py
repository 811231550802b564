"""The benchmark itself: a row that was not measured is never passed over, and only the torch import is excused."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from models import shelf
from models.errors import ModelFolderError
from models.image_vae.model import MapModel
from models.sentence_vae.language import CHINESE, ENGLISH
from models.sentence_vae.model import SentenceModel
from models.shelf import ModelFolder
from tests.benchmarks import __main__ as bench
from tests.benchmarks import app, drawing, latent_map, verses
from tests.benchmarks.app_probe import Silences, torch_is_there
from tests.benchmarks.data import Data, find
from tests.benchmarks.ordinary import SENTENCES
from tests.benchmarks.table import Row, at_least, at_most, show
from tests.drawing import PALETTE, write_drawing_model, write_ink_model
from tests.drawing import sprites as small_sprites
from tests.making import HAN_LINES, chinese_folder, tiny_folder, write_lines
from tests.mapping import tiny_map_model
from tests.models.sprites.files import sprites, write_idx, write_index, write_pictures

__all__ = ["chinese_folder", "tiny_folder"]


def test_a_row_holds_on_the_right_side_of_its_limit() -> None:
    assert [at_least("a", 0.5).row(value).holds for value in (0.4, 0.5, 0.6)] == [False, True, True]
    assert [at_most("a", 0.5).row(value).holds for value in (0.4, 0.5, 0.6)] == [True, True, False]
    assert str(at_most("time", 0.5).row(0.25)) == "| time | ≤ 0.50 | 0.25 | yes |"
    assert str(at_least("share", 0.5, "{:.0%}").missing("no data")) == "| share | ≥ 50% | not measured: no data | NO |"


def test_one_row_that_was_not_measured_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    good = at_least("a", 0.5).row(1)
    assert show([good, good])
    assert not show([at_least("b", 0.5).missing("no data"), good])
    assert "| b | ≥ 0.50 | not measured: no data | NO |" in capsys.readouterr().out


@pytest.fixture
def models(tiny_folder: ModelFolder, chinese_folder: ModelFolder) -> dict[str, ModelFolder]:
    return {ENGLISH: tiny_folder, CHINESE: chinese_folder}


@pytest.fixture
def _measured_little(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in {"LINES": 4, "PAIRS": 3, "LEAST_LINES": 16, "TIMED_PAIRS": 2}.items():
        monkeypatch.setattr(verses, name, few)
    monkeypatch.setattr(verses, "SENTENCES", SENTENCES[:4])


@pytest.mark.usefixtures("_measured_little")
def test_every_row_of_both_languages_is_measured_where_there_is_data(
    models: dict[str, ModelFolder], tmp_path: Path
) -> None:
    lines = (*HAN_LINES, "小舟远山过桥去", "小舟东篱一天霜")
    data = {ENGLISH: write_lines(tmp_path / "en"), CHINESE: write_lines(tmp_path / "zh", lines)}
    rows = list(verses.rows(models, data))
    assert [row.measure for row in rows] == [limit.measure for limit in verses.ALL]
    assert not any("not measured" in row.measured for row in rows)
    assert len({row.measure for row in rows}) == len(rows)
    told = {row.measure: row.measured for row in rows}
    assert float(told[verses.SIZE.measure]) == round(sum(folder.bytes for folder in models.values()) / 1e6, 2)
    assert told[verses.ON_DATA[CHINESE].figures["distinct"].measure] == "100.0%"


@pytest.mark.usefixtures("_measured_little")
def test_lines_of_five_and_seven_characters_are_told_apart(chinese_folder: ModelFolder, tmp_path: Path) -> None:
    rows = list(
        verses.rows_on_data(
            SentenceModel.load(chinese_folder), verses.ON_DATA[CHINESE], write_lines(tmp_path, HAN_LINES)
        )
    )
    assert "not measured" not in rows[0].measured
    assert rows[1].measured == "not measured: no such line in the data"


def test_without_data_each_row_that_needs_it_says_so(
    models: dict[str, ModelFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_: SentenceModel) -> Iterator[Row]:
        return iter(())

    monkeypatch.setattr(verses, "rows_alone", nothing)
    *rows, size = verses.rows(models, {})
    assert [row.measure for row in rows] == [limit.measure for asked in verses.ON_DATA.values() for limit in asked.all]
    assert {row.measured for row in rows} == {"not measured: --data FOLDER is missing"}
    assert size.holds


def test_data_that_cannot_be_used_is_told_in_each_row(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    model, asked = SentenceModel.load(tiny_folder), verses.ON_DATA[ENGLISH]
    for data, reason in ((tmp_path / "no", "Cannot read"), (write_lines(tmp_path / "few"), "holds 20 lines, and 4000")):
        rows = list(verses.rows_on_data(model, asked, data))
        assert len(rows) == len(asked.all)
        assert all(reason in row.measured and not row.holds for row in rows)


def test_a_language_without_a_model_is_told_in_each_of_its_rows(
    tiny_folder: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verses, "SENTENCES", SENTENCES[:2])
    *_, size = rows = list(verses.rows({ENGLISH: tiny_folder}, {}))
    assert [row.measure for row in rows] == [limit.measure for limit in verses.ALL]
    told = [row.measured for row in rows if "there is no model of Chinese verse on the shelf" in row.measured]
    assert len(told) == len(verses.ON_DATA[CHINESE].all) + 1
    assert not size.holds


def test_the_shelfs_first_model_of_each_language_is_measured_or_the_one_that_is_named(
    models: dict[str, ModelFolder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shipped_models() -> Path:
        return tmp_path

    for name, folder in (("a-verse", models[ENGLISH]), ("b-verse", models[ENGLISH]), ("c-verse", models[CHINESE])):
        shutil.copytree(folder.path, tmp_path / name)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)
    wanted: dict[str | None, str] = {None: "a-verse", str(tmp_path / "b-verse"): "b-verse", "tiny-chinese": "a-verse"}
    for asked, expected in wanted.items():
        found = {language: folder.path.name for language, folder in verses.folders(asked).items()}
        assert found == {ENGLISH: expected, CHINESE: "c-verse"}
    with pytest.raises(ModelFolderError, match="called nobody"):
        verses.folders("nobody")


def test_without_a_model_every_row_is_there_and_the_status_is_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_rows() -> Iterator[Row]:
        return iter(())

    monkeypatch.setattr(app, "rows", no_rows)
    monkeypatch.setattr(shelf, "shipped_models", shelf.user_models)
    assert bench.main([]) == 1
    told = capsys.readouterr().out
    asked = [limit for language in verses.ON_DATA.values() for limit in language.all]
    assert told.count("verse on the shelf") == len(verses.ALONE) + len(asked) + 1
    assert told.count("not measured: No model for this is called creatures") == len(drawing.ALONE)
    assert told.count("not measured: No model for this is called digits-map") == len(
        (*latent_map.ALONE, *latent_map.ON_SCREEN)
    )
    missing = (*drawing.ON_CREATURES, drawing.NATS, *latent_map.ON_DIGITS)
    assert told.count("not measured: --data FOLDER is missing") == len(missing)


def test_data_is_known_by_what_lies_in_a_folder(tmp_path: Path) -> None:
    nothing = Data({}, None, None)
    assert find([]) == find([tmp_path, tmp_path / "nowhere"]) == nothing
    english, chinese = write_lines(tmp_path / "all" / "verse"), write_lines(tmp_path / "all" / "zh", HAN_LINES)
    (chinese / "test.txt").rename(chinese / "tang-test.txt")
    creatures = write_pictures(tmp_path / "all" / "sprites", sprites(1))
    write_index(creatures, [("000.png", "", "test")])
    digits = write_idx(tmp_path / "all" / "digits", sprites(1), sprites(1))
    found = Data({ENGLISH: english, CHINESE: chinese}, creatures, digits)
    assert find([tmp_path / "all"]) == find([digits, creatures, chinese, english]) == found
    assert find([chinese / "tang-test.txt"]).verse == {CHINESE: chinese / "tang-test.txt"}
    (unreadable := tmp_path / "test.txt").write_bytes(b"\xff")
    assert find([unreadable]).verse == {ENGLISH: unreadable}


@pytest.fixture
def drawers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny models stand for those that are shipped; everything is measured twice only."""

    def shipped_models() -> Path:
        return tmp_path / "shipped"

    write_drawing_model(shipped_models() / drawing.CREATURES)
    write_drawing_model(shipped_models() / drawing.LECTURE, plain=True)
    write_ink_model(shipped_models() / drawing.DIGITS)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)
    monkeypatch.setattr(drawing, "TIMES", 2)


@pytest.mark.usefixtures("drawers")
def test_every_row_of_what_draws_is_measured(tmp_path: Path) -> None:
    creatures = write_pictures(tmp_path / "creatures", small_sprites(4), np.array(PALETTE, np.uint8))
    digits = write_idx(tmp_path / "digits", np.zeros((1, 4, 5), np.uint8), np.full((3, 4, 5), 128, np.uint8))
    rows = list(drawing.rows(creatures, digits))
    limits = (*drawing.ALONE, *drawing.ON_CREATURES, drawing.NATS)
    assert [row.measure for row in rows] == [limit.measure for limit in limits]
    assert not any("not measured" in row.measured for row in rows)


@pytest.mark.usefixtures("drawers")
def test_images_that_cannot_be_used_are_told_in_each_row(tmp_path: Path) -> None:
    rows = list(drawing.rows(tmp_path / "no", write_idx(tmp_path, sprites(1), sprites(1))))[len(drawing.ALONE) :]
    assert all(not row.holds for row in rows)
    assert ["Cannot read" in row.measured for row in rows] == [True, True, False]
    assert "holds images of 4×4 pixels" in rows[-1].measured


def test_an_app_that_does_not_start_is_told_in_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    rows = list(app.rows())
    assert [row.measure for row in rows] == [limit.measure for limit in app.ALL]
    assert not any(row.holds for row in rows)


def test_only_the_gap_of_the_torch_import_is_excused() -> None:
    silences = Silences()
    for now, there in ((0.0, False), (0.5, False), (1.5, True), (1.8, True)):
        silences.beat(now, there)
    assert silences.figures == pytest.approx({"waking": 990, "silence": 290})


def test_torch_is_there_once_its_import_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert torch.__spec__ is not None
    assert torch_is_there()
    half, spec = ModuleType("torch"), spec_from_loader("torch", None)
    assert spec is not None
    spec._initializing = True  # type: ignore[attr-defined]  # what importlib says of a module that is being run
    half.__spec__ = spec
    monkeypatch.setitem(sys.modules, "torch", half)
    assert not torch_is_there()
    monkeypatch.delitem(sys.modules, "torch")
    assert not torch_is_there()


@pytest.fixture
def maps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny maps stand for those that are shipped; everything is measured twice only."""

    def shipped_models() -> Path:
        return tmp_path / "shipped"

    tiny_map_model(shipped_models() / latent_map.DIGITS, ink=True)
    tiny_map_model(shipped_models() / latent_map.PLAIN_DIGITS, ink=True, variational=False)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)
    monkeypatch.setattr(latent_map, "TIMES", 2)


def told_by_the_tab(points: int) -> dict[str, float]:
    return {"drag": 20, "first": 10, "whole": 30, "pan": 100, "opening": 99, "points": points}


@pytest.mark.usefixtures("maps")
def test_every_row_of_the_map_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measures(model: MapModel, data: Path) -> dict[str, float]:
        assert data == tmp_path
        return {"neg_elbo": 128.0, "searched_neg_elbo": 126.0, "random_frechet": 2.0 if model.is_variational else 8.0}

    def probed(module: str) -> dict[str, float]:
        assert module == "map_probe"
        return told_by_the_tab(10_000)

    monkeypatch.setattr(latent_map, "evaluate", measures)
    monkeypatch.setattr(latent_map, "probed", probed)
    rows = list(latent_map.rows(tmp_path))
    limits = (*latent_map.ALONE, *latent_map.ON_DIGITS, *latent_map.ON_SCREEN)
    assert [row.measure for row in rows] == [limit.measure for limit in limits]
    assert not any("not measured" in row.measured for row in rows)
    told = {row.measure: row.measured for row in rows}
    assert [told[row.measure] for row in latent_map.ON_DIGITS] == ["128.00", "126.00", "0.25"]
    assert float(told[latent_map.SIZE.measure]) < 0.1


@pytest.mark.usefixtures("maps")
def test_a_tab_that_fails_or_a_map_with_few_points_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def probed(_module: str) -> dict[str, float]:
        return told_by_the_tab(9_999)

    with monkeypatch.context() as patch:
        patch.setattr(latent_map, "probed", probed)
        told = {row.measure: row for row in latent_map.rows(None)}
    assert not told[latent_map.PAN.measure].holds
    assert told[latent_map.DRAG.measure].holds
    assert all("--data FOLDER is missing" in told[limit.measure].measured for limit in latent_map.ON_DIGITS)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    told = {row.measure: row for row in latent_map.rows(None)}
    assert all("did not answer" in told[limit.measure].measured for limit in latent_map.ON_SCREEN)
