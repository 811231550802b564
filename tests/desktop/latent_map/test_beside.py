"""Autoencoder beside VAE: one cursor and one window in both, and random codes of each."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.latent_map.page import LatentMapPage
from models.image_vae.scene import HOME, Overlay
from models.shelf import ModelFolder
from models.sprites.form import Format
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import WAIT_MS, NewPage, wait_for_rest, write_map
from tests.desktop.latent_map.driving import LEFT, SMALL, button, choose, click, colours, draw_path, pick


@pytest.fixture
def beside(awake: LatentMapPage, qtbot: QtBot) -> LatentMapPage:
    """Both maps, side by side and awake."""
    qtbot.mouseClick(awake.controls.compare.button, LEFT)
    qtbot.waitUntil(lambda: all(chart.dreams is not None for chart in awake.charts), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: awake.charts[1].data is not None, timeout=WAIT_MS)
    wait_for_rest(awake, qtbot)
    return awake


def test_the_toggle_brings_the_other_kind_and_takes_it_away(beside: LatentMapPage, qtbot: QtBot) -> None:
    titles = [column.title.text() for column in beside.desk.columns]
    assert titles == ["VAE", "Autoencoder"]
    assert [chart.entry.folder.name for chart in beside.charts if chart.entry is not None] == ["first", "plain"]
    assert beside.charts[1].view.isVisible()
    assert not beside.desk.side.isVisible()
    qtbot.mouseClick(beside.controls.compare.button, LEFT)
    assert not beside.charts[1].view.isVisible()
    assert beside.desk.side.isVisible()
    button(beside, "Undo").click()
    assert beside.charts[1].view.isVisible()
    assert beside.controls.compare.button.isChecked()


@pytest.mark.parametrize("place", [0, 1])
def test_a_click_in_either_moves_the_cursor_in_both(beside: LatentMapPage, qtbot: QtBot, place: int) -> None:
    click(beside, qtbot, 1.2, -0.7, place)
    wait_for_rest(beside, qtbot)
    code = beside.session.scene.code
    assert code == pytest.approx((1.2, -0.7), abs=SMALL)
    shown = [colours(column.image.image) for column in beside.desk.columns]
    for chart, image in zip(beside.charts, shown, strict=True):
        assert chart.entry is not None
        model = fake.FakeModel.load(chart.entry.folder)
        assert (image == fake.images_of(model, np.array([code], np.float32))[0]).all()
    assert (shown[0] != shown[1]).any(), "two decoders"


@pytest.mark.parametrize("place", [0, 1])
def test_the_maps_show_the_same_part(beside: LatentMapPage, qtbot: QtBot, place: int) -> None:
    views = [chart.view for chart in beside.charts]
    views[place].setFocus()
    for _ in range(4):
        qtbot.keyClick(views[place].stage, Qt.Key.Key_Plus)
    windows = [view.window() for view in views]
    assert windows[0].left == pytest.approx(windows[1].left, abs=SMALL)
    assert windows[0].top == pytest.approx(windows[1].top, abs=SMALL)
    assert windows[0].right - windows[0].left < 4
    qtbot.mouseClick(beside.controls.layers.whole, LEFT)
    for view in views:
        assert view.window().left <= HOME.left
        assert view.window().top >= HOME.top


def test_the_rows_show_the_same_random_codes_of_each_and_the_dice_others(beside: LatentMapPage, qtbot: QtBot) -> None:
    dreams = [chart.dreams for chart in beside.charts]
    assert dreams[0] is not None
    assert dreams[1] is not None
    assert (dreams[0].codes == dreams[1].codes).all()
    before = dreams[0].codes
    beside.skeleton.dice_action.trigger()
    qtbot.waitUntil(lambda: all(chart.dreams not in dreams for chart in beside.charts), timeout=WAIT_MS)
    after = [chart.dreams for chart in beside.charts]
    assert after[0] is not None
    assert after[0].seed == beside.skeleton.seed
    assert (after[0].codes != before).any()
    assert beside.session.scene.code == pytest.approx(tuple(after[0].codes[0]), abs=1e-6)


def test_random_codes_are_marked_on_both_maps_while_they_are_compared(beside: LatentMapPage, qtbot: QtBot) -> None:
    dreams = beside.charts[0].dreams
    assert dreams is not None
    places = [tuple(code) for code in dreams.codes.tolist()]
    for chart in beside.charts:
        assert list(chart.view._layers.codes.places) == places
    qtbot.mouseClick(beside.controls.compare.button, LEFT)
    assert beside.charts[0].view._layers.codes.places == ()


def test_a_random_code_is_gone_to_by_a_click(beside: LatentMapPage, qtbot: QtBot) -> None:
    dreams = beside.charts[1].dreams
    assert dreams is not None
    qtbot.mouseClick(beside.desk.columns[1].row.buttons[4], LEFT)
    assert beside.session.scene.code == pytest.approx(tuple(dreams.codes[4]))


def test_how_far_random_images_are_from_real_ones_stands_above_the_maps(beside: LatentMapPage) -> None:
    told = [column.distance.text() for column in beside.desk.columns]
    assert told == ["", "random images: 58 from real ones"]
    assert "Lower is better" in beside.desk.columns[1].distance.toolTip()


def test_the_lesson_says_why(beside: LatentMapPage) -> None:
    lesson = beside.desk.lesson
    assert lesson.isVisible()
    for word in ("circles", "KL", "wherever it likes", "never practised", "smudges"):
        assert word in lesson.text()


def test_a_path_plays_in_both(beside: LatentMapPage, qtbot: QtBot) -> None:
    draw_path(beside, qtbot, (-1, -1), (1, 1))
    qtbot.waitUntil(lambda: beside.cinema.player.frame > 5, timeout=WAIT_MS)
    films = [beside.cinema.film(chart) for chart in beside.charts]
    assert films[0] is not None
    assert films[1] is not None
    assert (films[0].codes == films[1].codes).all()
    wait_for_rest(beside, qtbot)


def test_holes_are_shown_in_both_and_a_spread_only_where_there_is_one(
    beside: LatentMapPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[list[object]] = [[], []]
    for chart, kinds in zip(beside.charts, laid, strict=True):
        monkeypatch.setattr(chart.view, "set_overlay", noting(kinds))
    overlay = beside.controls.layers.overlay
    overlay.setCurrentIndex(overlay.findData(Overlay.HOLES))
    qtbot.waitUntil(lambda: all(Overlay.HOLES in kinds for kinds in laid), timeout=WAIT_MS)
    overlay.setCurrentIndex(overlay.findData(Overlay.SPREAD))
    qtbot.waitUntil(lambda: Overlay.SPREAD in laid[0], timeout=WAIT_MS)
    wait_for_rest(beside, qtbot)
    assert laid[1][-1] is None
    notes = [chart.view._layers.note for chart in beside.charts]
    assert [note.words for note in notes] == ["", "An autoencoder tells no spread"]
    overlay.setCurrentIndex(overlay.findData(None))
    qtbot.waitUntil(lambda: not notes[1].words, timeout=WAIT_MS)


class noting:  # noqa: N801 - called like a function
    """Keeps the kinds of the overlays that are shown."""

    def __init__(self, kinds: list[object]) -> None:
        self.kinds = kinds

    def __call__(self, kind: object, *_rest: object) -> None:
        self.kinds.append(kind)


@pytest.mark.parametrize(("form", "dimensions"), [(fake.INK_FORM, 2), (fake.FORM, 3)])
def test_without_the_same_map_of_the_other_kind_it_is_not_offered(
    form: Format, dimensions: int, new_page: NewPage, qtbot: QtBot
) -> None:
    write_map("first")
    write_map("elsewhere", form, dimensions, variational=False)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    pick(page, "first")
    wait_for_rest(page, qtbot)
    compare = page.controls.compare
    assert not compare.button.isEnabled()
    assert not compare.action.isEnabled()
    for told in (compare.button.toolTip(), compare.button.accessibleDescription()):
        assert "no model of the other kind with as many numbers" in told
    assert "Autoencoder beside VAE" not in [preset.name for preset in page.waking.presets]


def test_one_goes_on_comparing_with_other_pictures_where_both_kinds_are_there(
    other_folder: ModelFolder, new_page: NewPage, qtbot: QtBot
) -> None:
    write_map("ink", fake.INK_FORM)
    write_map("ink-plain", fake.INK_FORM, variational=False)
    write_map("many", dimensions=4)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    qtbot.mouseClick(page.controls.compare.button, LEFT)
    wait_for_rest(page, qtbot)
    pick(page, "ink")
    wait_for_rest(page, qtbot)
    assert page.desk.is_compared
    assert [chart.entry.folder.name for chart in page.charts if chart.entry is not None] == ["ink", "ink-plain"]
    pick(page, "many")
    wait_for_rest(page, qtbot)
    assert not page.desk.is_compared


def test_the_preset_shows_both(awake: LatentMapPage, other_folder: ModelFolder, qtbot: QtBot) -> None:
    choose(awake, "Autoencoder beside VAE")
    qtbot.waitUntil(lambda: awake.charts[1].is_awake, timeout=WAIT_MS)
    assert awake.desk.is_compared
    assert awake.charts[1].entry is not None
    assert awake.charts[1].entry.folder == other_folder
    wait_for_rest(awake, qtbot)


def test_picking_the_other_kind_exchanges_them(beside: LatentMapPage, qtbot: QtBot) -> None:
    click(beside, qtbot, 1, 1)
    point = beside.session.scene.point
    pick(beside, "plain")
    wait_for_rest(beside, qtbot)
    assert [chart.entry.folder.name for chart in beside.charts if chart.entry is not None] == ["plain", "first"]
    assert [column.title.text() for column in beside.desk.columns] == ["Autoencoder", "VAE"]
    assert beside.session.scene.point == point
    assert len(beside.engines()) <= 5
    qtbot.waitUntil(lambda: len(beside.engines()) == 3, timeout=WAIT_MS)
