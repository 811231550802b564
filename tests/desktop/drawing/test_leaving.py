"""How a sprite leaves the tab: copied, saved, as a film, as a recipe; and how a recipe comes in."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.drawing.page import DrawingPage
from desktop.drawing.tools import Tool
from desktop.recipe import from_text, to_text
from models.errors import InputError
from models.shelf import ModelFolder
from models.sprites.form import Format
from tests.desktop.drawing import fake
from tests.desktop.drawing.conftest import NewPage, wait_for_rest, write_model
from tests.desktop.drawing.driving import button, click, drag, paint_with, pick, press_draw, sentence, shown, take


def save_as(page: DrawingPage, qtbot: QtBot, path: Path) -> None:
    """Choose a place in the dialog that an export opened."""

    def dialogs() -> list[QFileDialog]:
        return [dialog for dialog in page.findChildren(QFileDialog) if dialog.isVisible()]

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].setDirectory(str(path.parent))
    dialogs()[0].selectFile(path.name)
    dialogs()[0].accept()
    assert path.exists()


def colours_of(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA"))


def test_the_picture_is_copied(awake: DrawingPage) -> None:
    awake.skeleton.copy_action.trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (5 * 85, 6 * 85)
    assert image.pixelColor(100, 10) == QColor(*fake.PALETTE[shown(awake)[0][1]])
    assert sentence(awake) == "Copied"


def test_the_picture_is_saved_large_by_a_whole_number(awake: DrawingPage, qtbot: QtBot, tmp_path: Path) -> None:
    awake.outputs.picture.trigger()
    save_as(awake, qtbot, tmp_path / "sprite.png")
    colours = colours_of(tmp_path / "sprite.png")[::85, ::85, :3]
    assert (colours == fake.FORM.table[shown(awake)]).all()


def test_the_picture_is_saved_at_its_own_size_and_what_is_to_come_is_left_out(
    awake: DrawingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    click(awake, qtbot, 10)
    awake.outputs.small.trigger()
    save_as(awake, qtbot, tmp_path / "small.png")
    colours = colours_of(tmp_path / "small.png")
    assert colours.shape == (6, 5, 4)
    assert (colours[..., 3] == np.repeat([255, 0], [2, 4])[:, None]).all()


def test_the_film_shows_how_it_was_drawn(awake: DrawingPage, qtbot: QtBot, tmp_path: Path) -> None:
    button(awake, "Half").click()
    assert not awake.outputs.film.isEnabled()
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    awake.outputs.film.trigger()
    save_as(awake, qtbot, tmp_path / "sprite.gif")
    with Image.open(io.BytesIO((tmp_path / "sprite.gif").read_bytes())) as film:
        assert getattr(film, "n_frames", 1) == 16
        scale = film.width // 5
        first = np.asarray(film.convert("RGB"))[scale // 2 :: scale, scale // 2 :: scale]
        film.seek(15)
        last = np.asarray(film.convert("RGB"))[scale // 2 :: scale, scale // 2 :: scale]
    expected = fake.FORM.table[shown(awake)]
    assert (first[:3] == expected[:3]).all()
    assert (first[3:] != expected[3:]).any(axis=-1).all()
    assert (last == expected).all()


def test_a_recipe_reproduces_what_is_on_screen(
    awake: DrawingPage, new_page: NewPage, folder: ModelFolder, qtbot: QtBot
) -> None:
    paint_with(awake, qtbot, 2)
    drag(awake, qtbot, 15, 19)
    take(awake, qtbot, Tool.LOOK)
    click(awake, qtbot, 4)
    wait_for_rest(awake, qtbot)
    awake.steps.decide(9)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    recipe = from_text(to_text(awake.recipe()))
    assert (recipe.tab, recipe.model, recipe.model_hash) == ("drawing", folder.name, folder.hash)

    other = new_page()
    other.apply(recipe)
    assert shown(other) == shown(awake), "before any model is awake"
    other.start()
    wait_for_rest(other, qtbot)
    assert shown(other) == shown(awake)
    assert other.session.sheet.asked == awake.session.sheet.asked
    assert other.skeleton.seed == awake.skeleton.seed


def test_a_recipe_that_comes_while_the_model_is_awake_is_one_step(awake: DrawingPage, qtbot: QtBot) -> None:
    recipe = from_text(to_text(awake.recipe()))
    picture = shown(awake)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    awake.apply(recipe)
    assert shown(awake) == picture
    awake.skeleton.undo_action.trigger()
    assert shown(awake) != picture


def test_a_recipe_of_another_model_of_the_same_name_says_so(awake: DrawingPage, qtbot: QtBot) -> None:
    awake.apply(replace(awake.recipe(), model_hash="f" * 12))
    wait_for_rest(awake, qtbot)
    assert "another model" in sentence(awake)
    press_draw(awake, qtbot)
    wait_for_rest(awake, qtbot)
    assert "another model" not in sentence(awake)


def test_a_recipe_wakes_the_model_that_it_names(awake: DrawingPage, qtbot: QtBot) -> None:
    before = shown(awake)
    write_model("other", Format(3, 3, fake.PALETTE[:4]))
    awake._read_shelf()
    pick(awake, "other")
    wait_for_rest(awake, qtbot)
    recipe = awake.recipe()
    awake.skeleton.undo_action.trigger()
    wait_for_rest(awake, qtbot)
    assert shown(awake) == before
    awake.apply(recipe)
    wait_for_rest(awake, qtbot)
    assert awake.picker.current is not None
    assert awake.picker.current.name == "other"
    assert len(shown(awake)) == 3


def test_a_recipe_whose_model_is_not_there_changes_nothing(awake: DrawingPage) -> None:
    before = awake.session.sheet
    with pytest.raises(InputError, match="not on the shelf"):
        awake.apply(replace(awake.recipe(), model="gone", model_hash="f" * 12))
    assert awake.session.sheet == before
    assert not awake.skeleton.undo_action.isEnabled()
