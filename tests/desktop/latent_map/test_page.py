"""The Latent map tab, driven as a person drives it, over a fake model on a real thread."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.latent_map.page import LatentMapPage
from models.image_vae.scene import Overlay
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import wait_for_rest
from tests.desktop.latent_map.driving import (
    LEFT,
    SMALL,
    button,
    choose,
    click,
    drag,
    image,
    preset_names,
    sentence,
    type_code,
)


def expected(page: LatentMapPage) -> NDArray[np.uint8]:
    """What the fake decoder makes of the cursor's code."""
    entry = page.charts[0].entry
    assert entry is not None
    model = fake.FakeModel.load(entry.folder)
    (made,) = fake.images_of(model, np.array([page.session.scene.code], np.float32))
    return np.asarray(made)


def test_a_click_shows_what_the_decoder_imagines_there(awake: LatentMapPage, qtbot: QtBot) -> None:
    before = image(awake)
    click(awake, qtbot, -1.5, 2.0)
    wait_for_rest(awake, qtbot)
    assert awake.session.scene.point == pytest.approx((-1.5, 2.0), abs=SMALL)
    assert (image(awake) == expected(awake)).all()
    assert (image(awake) != before).any()


def test_a_drag_is_followed_and_is_one_step(awake: LatentMapPage, qtbot: QtBot) -> None:
    seen: list[tuple[float, float]] = []
    awake.session.scene_changed.connect(lambda scene: seen.append(scene.point))
    drag(awake, qtbot, (0.5, 0.5), (1.0, 1.0), (1.5, 1.0), (2.0, -1.0))
    wait_for_rest(awake, qtbot)
    assert len(seen) == 4
    assert seen[-1] == pytest.approx((2.0, -1.0), abs=SMALL)
    assert (image(awake) == expected(awake)).all()
    button(awake, "Undo").click()
    wait_for_rest(awake, qtbot)
    assert awake.session.scene.point == (0, 0)
    assert (image(awake) == expected(awake)).all()
    awake.skeleton.redo_action.trigger()
    assert awake.session.scene.point == pytest.approx((2.0, -1.0), abs=SMALL)


def test_arrow_keys_walk(awake: LatentMapPage, qtbot: QtBot) -> None:
    stage = awake.charts[0].view.stage
    for _ in range(3):
        qtbot.keyClick(stage, Qt.Key.Key_Right)
    x, y = awake.session.scene.point
    assert x > 0
    assert y == 0
    qtbot.waitUntil(lambda: not awake.steps._is_dragging)
    qtbot.keyClick(stage, Qt.Key.Key_Up)
    assert awake.session.scene.point[1] > 0


def test_a_typed_code_is_gone_to(awake: LatentMapPage, qtbot: QtBot) -> None:
    type_code(awake, qtbot, "0.25, -1.75")
    assert awake.session.scene.code == (0.25, -1.75)
    wait_for_rest(awake, qtbot)
    assert (image(awake) == expected(awake)).all()


def test_the_code_is_told_in_numbers_that_can_be_typed_again(awake: LatentMapPage, qtbot: QtBot) -> None:
    type_code(awake, qtbot, "0.5 −2")
    awake.charts[0].view.setFocus()
    field = awake.desk.side.place.code
    assert field.text() == "0.500, −2.000"
    click(awake, qtbot, 1, 1)
    type_code(awake, qtbot, "0.500, −2.000")
    assert awake.session.scene.code == (0.5, -2.0)


def test_a_neighbour_is_named_and_gone_to_by_a_click(awake: LatentMapPage, qtbot: QtBot) -> None:
    click(awake, qtbot, 1.0, -0.8)
    wait_for_rest(awake, qtbot)
    near = awake.desk.side.place.neighbours
    data = fake.data_of(2)
    found = fake.nearest(data, awake.session.scene.code, len(near))
    assert near[0].text() == f"{found[0].label}  {found[0].distance:.2f}"
    assert "dogs" in near[0].text()
    qtbot.mouseClick(near[0], LEFT)
    assert awake.session.scene.code == pytest.approx(tuple(data.means[found[0].row]), abs=1e-3)
    wait_for_rest(awake, qtbot)
    assert "0.00" in near[0].text()


def test_doubt_is_shown_when_asked_for(awake: LatentMapPage, qtbot: QtBot) -> None:
    place = awake.desk.side.place
    assert not place.image.shows_doubt
    plain = place.image.grab().toImage()
    qtbot.mouseClick(place.doubt, LEFT, pos=QPoint(8, place.doubt.height() // 2))
    assert awake.session.scene.doubt
    assert place.image.shows_doubt
    assert place.image.grab().toImage() != plain
    button(awake, "Undo").click()
    assert not place.image.shows_doubt
    assert not place.doubt.isChecked()


def test_the_dice_goes_to_a_random_code_and_its_seed_brings_it_back(awake: LatentMapPage, qtbot: QtBot) -> None:
    awake.skeleton._seed.setValue(77)
    first = awake.session.scene.code
    assert first != (0, 0)
    awake.skeleton.dice_action.trigger()
    assert awake.session.scene.code != first
    assert awake.session.scene.seed == awake.skeleton.seed != 77
    awake.skeleton._seed.setValue(77)
    assert awake.session.scene.code == first


def test_a_random_code_that_lies_far_out_comes_into_sight(awake: LatentMapPage, qtbot: QtBot) -> None:
    choose(awake, "Into the middle")
    awake.skeleton._seed.setValue(5)
    window, (x, y) = awake.session.scene.window, awake.session.scene.point
    assert window.left <= x <= window.right
    assert window.bottom <= y <= window.top


def test_presets_lead_to_named_places_of_the_models_own_data(awake: LatentMapPage, qtbot: QtBot) -> None:
    names = preset_names(awake)
    assert 8 <= len(names) <= 14
    assert len(set(names)) == len(names)
    choose(awake, "The emptiest place")
    scene = awake.session.scene
    assert scene.overlay is Overlay.HOLES
    apart = np.linalg.norm(fake.data_of(2).means - np.array(scene.point), axis=1)
    assert apart.min() > 0.7
    button(awake, "Undo").click()
    assert awake.session.scene.overlay is None


def test_the_wheel_goes_deeper_and_undo_of_a_later_step_keeps_the_place_in_sight(
    awake: LatentMapPage, qtbot: QtBot
) -> None:
    before = awake.session.scene.window
    view = awake.charts[0].view
    for _ in range(6):
        qtbot.keyClick(view.stage, Qt.Key.Key_Plus)
    window = awake.session.scene.window
    assert window.right - window.left < 0.5 * (before.right - before.left)
    assert not awake.skeleton.undo_action.isEnabled(), "looking closer is no step"
    click(awake, qtbot, 0.1, 0.1)
    choose(awake, "The whole map")
    button(awake, "Undo").click()
    assert awake.session.scene.window == window
    assert view.window().right - view.window().left < 0.6 * (before.right - before.left)


@pytest.mark.parametrize("kind", list(Overlay))
def test_overlays_are_laid_over_what_is_in_sight(
    awake: LatentMapPage, qtbot: QtBot, kind: Overlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = awake.charts[0].view
    laid: list[tuple[Any, ...]] = []
    show = view.set_overlay

    def note(*told: Any) -> None:
        laid.append(told)
        show(*told)

    monkeypatch.setattr(view, "set_overlay", note)
    chosen = awake.controls.layers.overlay
    chosen.setCurrentIndex(chosen.findData(kind))
    qtbot.waitUntil(lambda: any(told[0] is kind for told in laid))
    values, window = next(told[1:] for told in reversed(laid) if told[0] is kind)
    assert window == view.window()
    assert isinstance(values, np.ndarray)
    chosen.setCurrentIndex(0)
    assert laid[-1] == (None,)


def test_the_legend_filters_and_can_be_undone(awake: LatentMapPage, qtbot: QtBot) -> None:
    boxes = awake.controls.layers.legend.boxes
    assert [box.name for box in boxes] == list(fake.NAMES)
    boxes[1].click()
    assert awake.session.scene.hidden == {"dogs"}
    button(awake, "Undo").click()
    assert boxes[1].isChecked()
    assert awake.session.scene.hidden == frozenset()


def test_points_and_circles_can_be_taken_away(awake: LatentMapPage, qtbot: QtBot) -> None:
    view = awake.charts[0].view
    whole = view.picture()
    awake.controls.layers.points.click()
    without_points = view.picture()
    assert without_points != whole
    awake.controls.layers.circles.click()
    assert view.picture() != without_points
    assert not awake.session.scene.points
    assert not awake.session.scene.circles


def test_where_a_person_stays_is_kept_in_the_filmstrip(awake: LatentMapPage, qtbot: QtBot) -> None:
    strip = awake.skeleton.filmstrip
    click(awake, qtbot, 1.0, -0.8)
    wait_for_rest(awake, qtbot)
    kept = awake.session.scene
    choose(awake, "The emptiest place")
    frames = strip.frames()
    assert any(frame.value == kept and "dogs" in frame.first for frame in frames)
    place = next(number for number, frame in enumerate(frames) if frame.value == kept)
    strip.itemClicked.emit(strip.item(place))
    assert awake.session.scene == kept


def test_a_point_says_what_it_is(awake: LatentMapPage, qtbot: QtBot) -> None:
    data = awake.charts[0].data
    assert data is not None
    place = next(row for row in range(len(data)) if row % len(fake.NAMES) == 2)
    awake.charts[0].view.hovered.emit(place)
    assert "“owls”" in sentence(awake)
    awake.charts[0].view.hovered.emit(None)
    assert "Click or drag" in sentence(awake)


def test_it_says_what_one_can_do(awake: LatentMapPage, qtbot: QtBot) -> None:
    assert "Click or drag" in sentence(awake)
    type_code(awake, qtbot, "5, 5")
    assert "Far out" in sentence(awake)
