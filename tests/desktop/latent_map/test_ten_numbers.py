"""A code of ten numbers: two are free on the map, sliders and dice set the others."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.latent_map.page import LatentMapPage
from models.image_vae.codes import TileKey
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import NewPage, wait_for_rest, write_map
from tests.desktop.latent_map.driving import LEFT, button, choose, click, image, preset_names, type_code


@pytest.fixture
def ten(new_page: NewPage, qtbot: QtBot) -> LatentMapPage:
    write_map("ten", dimensions=10)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    return page


def test_two_numbers_need_no_sliders(awake: LatentMapPage) -> None:
    assert not awake.desk.mixer.isVisible()


def test_there_is_a_slider_for_each_number_and_the_maps_own_follow_the_cursor(ten: LatentMapPage, qtbot: QtBot) -> None:
    mixer = ten.desk.mixer
    assert mixer.isVisible()
    assert len(mixer.sliders) == 10
    assert [slider.isEnabled() for slider in mixer.sliders] == [False, False] + [True] * 8
    click(ten, qtbot, 1.5, -1.0)
    assert mixer.sliders[0].value() == pytest.approx(150, abs=5)
    assert mixer.sliders[1].value() == pytest.approx(-100, abs=5)


def test_a_slider_sets_its_number_and_the_map_is_decoded_anew(ten: LatentMapPage, qtbot: QtBot) -> None:
    wanted: list[tuple[TileKey, ...]] = []
    ten.charts[0].view.tiles_wanted.connect(wanted.append)
    qtbot.keyClick(ten.desk.mixer.sliders[4], Qt.Key.Key_PageUp)
    assert ten.session.scene.code == (0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0)
    wait_for_rest(ten, qtbot)
    assert any(key.plane.rest[4] == 0.5 for keys in wanted for key in keys)
    button(ten, "Undo").click()
    assert ten.session.scene.code == (0,) * 10
    assert ten.desk.mixer.sliders[4].value() == 0


def test_any_two_numbers_can_be_free(ten: LatentMapPage, qtbot: QtBot) -> None:
    type_code(ten, qtbot, "1 2 3 -1 -2 -3 0.5 0 0 0")
    ten.desk.mixer.across.setCurrentIndex(5)
    assert ten.session.scene.point == (-3, 2)
    assert ten.session.scene.code[0] == 1, "what was free stays as it was"
    ten.desk.mixer.up.setCurrentIndex(5)
    scene = ten.session.scene
    assert scene.up == 5
    assert scene.across != 5, "the two are never the same"
    click(ten, qtbot, 0.5, 0.5)
    assert ten.session.scene.code[1] == 2


def test_the_dice_spins_only_what_the_map_does_not_show(ten: LatentMapPage, qtbot: QtBot) -> None:
    click(ten, qtbot, 1.0, 1.0)
    before = ten.session.scene.code
    qtbot.mouseClick(ten.desk.mixer.dice, LEFT)
    first = ten.session.scene.code
    assert first[:2] == before[:2]
    assert all(one != other for one, other in zip(first[2:], before[2:], strict=True))
    assert ten.spin_action.isEnabled()
    ten.spin_action.trigger()
    assert ten.session.scene.code[2:] != first[2:]
    wait_for_rest(ten, qtbot)
    entry = ten.charts[0].entry
    assert entry is not None
    model = fake.FakeModel.load(entry.folder)
    assert (image(ten) == fake.images_of(model, np.array([ten.session.scene.code], np.float32))[0]).all()


def test_a_neighbour_in_all_ten_numbers_is_gone_to(ten: LatentMapPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(ten.desk.side.place.neighbours[0], LEFT)
    assert all(number != 0 for number in ten.session.scene.code)
    wait_for_rest(ten, qtbot)
    assert "0.00" in ten.desk.side.place.neighbours[0].text()


def test_its_presets_tell_which_numbers_matter(ten: LatentMapPage) -> None:
    names = preset_names(ten)
    assert {"The two busiest numbers", "The two idlest numbers"} <= set(names)
    assert any(name.startswith("An ordinary ") for name in names)
    choose(ten, "The two busiest numbers")
    spread = fake.data_of(10).means.var(axis=0)
    busiest = set(np.argsort(-spread)[:2].tolist())
    assert {ten.session.scene.across, ten.session.scene.up} == busiest
