"""The picture of a path among real lines: where things lie, what a pointer finds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from pytestqt.qtbot import QtBot

from desktop.verses.plane_frame import between, frame
from desktop.verses.plane_view import PlaneView
from models.sentence_vae.path import PathRequest
from tests.desktop.verses.fake import path_for

PATH = path_for(PathRequest("A lamp", "A street"))
CLOUD = np.random.default_rng(3).normal(size=(400, 2)).astype(np.float32)
PLACES = np.stack([np.linspace(-1, 1, 9), np.linspace(-0.5, 0.5, 9)], axis=1).astype(np.float32)
NO_PATH = np.zeros((0, 2), np.float32)
SIZE = QSizeF(264, 168)


@pytest.fixture
def view(qtbot: QtBot) -> PlaneView:
    plane = PlaneView()
    qtbot.addWidget(plane)
    plane.resize(264, 168)
    plane.show_cloud(CLOUD)
    plane.show_path(PATH, PLACES)
    plane.show()
    qtbot.waitExposed(plane)
    return plane


def at(view: PlaneView, row: int) -> QPoint:
    return view.position(row).toPoint()


def test_both_axes_have_one_scale_and_the_second_points_up() -> None:
    found = frame(CLOUD, PLACES, SIZE)
    origin, right, up = found.pixel(0, 0), found.pixel(1, 0), found.pixel(0, 1)
    assert right.x() - origin.x() == pytest.approx(origin.y() - up.y())
    assert right.y() == origin.y()
    assert up.x() == origin.x()


def test_without_a_path_most_of_the_cloud_is_in_sight() -> None:
    assert len(frame(CLOUD, NO_PATH, SIZE).pixels_in_sight(CLOUD)) > 0.9 * len(CLOUD)


def test_what_is_in_sight_are_the_places_whose_pixels_lie_in_the_picture() -> None:
    found = frame(CLOUD, PLACES, SIZE)
    pixels = [found.pixel(float(x), float(y)) for x, y in CLOUD]
    inside = [pixel for pixel in pixels if 0 <= pixel.x() <= SIZE.width() and 0 <= pixel.y() <= SIZE.height()]
    seen = found.pixels_in_sight(CLOUD)
    assert 0 < len(seen) < len(CLOUD)
    for one, other in zip(seen, inside, strict=True):
        assert (one.x(), one.y()) == pytest.approx((other.x(), other.y()), abs=1e-3)


@pytest.mark.parametrize("size", [0.4, 1.0, 40.0])
def test_short_and_long_paths_fill_the_picture_alike_and_with_room_around(size: float) -> None:
    found = frame(CLOUD, PLACES * size + 3, SIZE)
    pixels = [found.pixel(float(x), float(y)) for x, y in PLACES * size + 3]
    widths = [pixel.x() for pixel in pixels]
    heights = [pixel.y() for pixel in pixels]
    assert max((max(widths) - min(widths)) / SIZE.width(), (max(heights) - min(heights)) / SIZE.height()) > 0.5
    assert all(30 < x < SIZE.width() - 30 for x in widths)
    assert all(20 < y < SIZE.height() - 20 for y in heights)


def test_a_path_of_one_place_is_not_looked_at_from_nearer_and_nearer() -> None:
    usual, near = frame(CLOUD, NO_PATH, SIZE), frame(CLOUD, PLACES[:1], SIZE)
    assert usual.scale < near.scale < 10 * usual.scale
    middle = near.pixel(float(PLACES[0, 0]), float(PLACES[0, 1]))
    assert (middle.x(), middle.y()) == pytest.approx((SIZE.width() / 2, SIZE.height() / 2))


def test_the_slider_stands_between_the_verses_by_their_places() -> None:
    path = np.array([[0.0, 0.0], [1.0, 2.0], [5.0, 2.0]])
    assert between(path, (0.0, 0.5, 1.0), 0.25) == (0.5, 1.0)
    assert between(path, (0.0, 0.5, 1.0), 0.75) == (3.0, 2.0)


def test_the_pointer_finds_a_verse_and_a_click_chooses_it(view: PlaneView, qtbot: QtBot) -> None:
    qtbot.mouseMove(view, at(view, 3))
    qtbot.waitUntil(lambda: view.strong == 2)
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 3))
    assert chosen.args == [2]


def test_away_from_the_verses_nothing_is_found(view: PlaneView, qtbot: QtBot) -> None:
    qtbot.mouseMove(view, at(view, 5))
    qtbot.waitUntil(lambda: view.strong == 4)
    qtbot.mouseMove(view, QPoint(4, 4))
    qtbot.waitUntil(lambda: view.strong == -1)
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))


def test_a_verse_that_is_pointed_out_looks_another(view: PlaneView) -> None:
    before = view.grab().toImage()
    view.point_out(2)
    assert view.grab().toImage() != before
    view.point_out(-1)
    assert view.grab().toImage() == before


def test_the_slider_is_seen_to_move(view: PlaneView) -> None:
    before = view.grab().toImage()
    view.show_place(0.9)
    assert view.grab().toImage() != before


def test_a_model_without_a_cloud_says_so_and_shows_no_path(view: PlaneView, qtbot: QtBot) -> None:
    view.show_cloud(None)
    empty = view.grab().toImage()
    view.show_place(0.1)
    assert view.grab().toImage() == empty
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(132, 84))


def test_what_is_seen_is_told_to_a_screen_reader(view: PlaneView) -> None:
    assert view.accessibleName()
    assert "7 verses" in view.accessibleDescription()
    assert "400" in view.accessibleDescription()
