"""A path on the map plays as a film, and leaves the app as a GIF."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.latent_map.chart import FEWEST_FRAMES, MOST_FRAMES, frames_for
from desktop.latent_map.page import LatentMapPage
from desktop.latent_map.steps import _thinned
from models.image_vae.scene import MAX_PATH, Scene
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import WAIT_MS, wait_for_rest
from tests.desktop.latent_map.driving import (
    LEFT,
    SMALL,
    button,
    choose,
    draw_path,
    image,
    problems_of,
    said,
    sentence,
    spot,
)


def test_a_drawn_path_plays_and_ends_where_it_was_drawn_to(
    awake: LatentMapPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[tuple[float, float] | None] = []
    seen: list[bytes] = []
    view = awake.charts[0].view
    show = view.set_playhead

    def note(place: tuple[float, float] | None) -> None:
        heads.append(place)
        show(place)

    def keep() -> None:
        seen.append(image(awake).tobytes())

    monkeypatch.setattr(view, "set_playhead", note)
    awake.cinema.shown.connect(keep)
    draw_path(awake, qtbot, (-2, -1), (0, 0), (2, 1))
    assert len(awake.session.scene.path) == 3
    assert not awake.controls.path.draw_action.isChecked(), "a click points again"
    qtbot.waitUntil(lambda: awake.cinema.player.is_playing)
    assert "plays" in sentence(awake)
    wait_for_rest(awake, qtbot)
    places = [head for head in heads if head is not None]
    assert places[0] == pytest.approx((-2, -1), abs=SMALL)
    assert places[-1] == pytest.approx((2, 1), abs=SMALL)
    assert (np.diff([x for x, _ in places]) >= 0).all()
    assert len(set(seen)) > 10, "each frame is an image of its own"
    assert heads[-1] is None, "the playhead goes when the film ends"
    assert awake.session.scene.point == pytest.approx((2, 1), abs=SMALL)


def test_it_pauses_and_goes_on(awake: LatentMapPage, qtbot: QtBot) -> None:
    choose(awake, "Once round the middle")
    player, play = awake.cinema.player, awake.controls.path.play
    qtbot.waitUntil(lambda: player.frame > 2)
    qtbot.mouseClick(play, LEFT)
    assert not player.is_playing
    assert play.text() == "Play"
    frame = player.frame
    qtbot.wait(120)
    assert player.frame == frame
    qtbot.mouseClick(play, LEFT)
    assert player.is_playing
    assert player.frame == frame
    assert play.text() == "Pause"
    awake.cinema.stop()


def test_a_click_while_it_plays_looks_there_instead(awake: LatentMapPage, qtbot: QtBot) -> None:
    choose(awake, "Once round the middle")
    qtbot.waitUntil(lambda: awake.cinema.player.frame > 2)
    qtbot.mouseClick(awake.charts[0].view.stage.viewport(), LEFT, pos=spot(awake, 0.5, 0.5))
    assert not awake.cinema.is_on
    wait_for_rest(awake, qtbot)
    entry = awake.charts[0].entry
    assert entry is not None
    code = np.array([awake.session.scene.code], np.float32)
    assert (image(awake) == fake.images_of(fake.FakeModel.load(entry.folder), code)[0]).all()


def test_two_points_are_a_path(awake: LatentMapPage, qtbot: QtBot) -> None:
    qtbot.keyClick(awake.charts[0].view.stage, Qt.Key.Key_P)
    assert "Draw a line" in sentence(awake)
    ground = awake.charts[0].view.stage.viewport()
    for place in ((-1, 1), (1, -1)):
        qtbot.mouseClick(ground, LEFT, pos=spot(awake, *place))
    (first, last) = awake.session.scene.path
    assert first == pytest.approx((-1, 1), abs=SMALL)
    assert last == pytest.approx((1, -1), abs=SMALL)
    awake.cinema.stop()


def test_while_a_path_is_drawn_the_last_one_neither_shows_nor_plays(awake: LatentMapPage, qtbot: QtBot) -> None:
    choose(awake, "Once round the middle")
    qtbot.waitUntil(lambda: awake.cinema.player.frame > 2)
    controls = awake.controls.path
    qtbot.mouseClick(controls.draw, LEFT)
    assert not awake.cinema.is_on
    assert not controls.play.isEnabled()
    assert not controls.play_action.isEnabled()
    qtbot.mouseClick(controls.draw, LEFT)
    assert controls.play.isEnabled(), "nothing was drawn: the last one is back"
    qtbot.mouseClick(controls.draw, LEFT)
    choose(awake, "Once round the middle")
    assert controls.play.isEnabled()
    awake.cinema.stop()


def test_a_path_of_one_point_is_told_in_a_sentence(awake: LatentMapPage, qtbot: QtBot) -> None:
    told = problems_of(awake)
    awake.charts[0].view.path_drawn.emit(((1.0, 1.0),))
    assert said(told[0]).startswith("A path needs at least two points")
    assert awake.session.scene.path == ()


def test_a_path_can_be_taken_away_and_brought_back(awake: LatentMapPage, qtbot: QtBot) -> None:
    draw_path(awake, qtbot, (-2, -1), (2, 1))
    wait_for_rest(awake, qtbot)
    button(awake, "Take the path away").click()
    assert awake.session.scene.path == ()
    assert not awake.controls.path.play.isEnabled()
    assert not awake.outputs.film.isEnabled()
    button(awake, "Undo").click()
    assert len(awake.session.scene.path) == 2
    assert awake.controls.path.play.isEnabled()


def test_the_film_is_saved_as_a_gif(awake: LatentMapPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: dict[str, bytes] = {}
    monkeypatch.setattr(awake.exporter, "save_film", saved.__setitem__)
    draw_path(awake, qtbot, (-2, -1), (0.5, 1))
    awake.cinema.stop()
    awake.outputs.film.trigger()
    qtbot.waitUntil(lambda: bool(saved), timeout=WAIT_MS)
    with Image.open(io.BytesIO(saved["film"])) as film:
        assert film.format == "GIF"
        assert getattr(film, "n_frames", 0) > FEWEST_FRAMES
        assert film.size[1] % fake.FORM.height == 0


def unanswered(_scene: Scene) -> None:
    """The film is still being decoded."""


def test_a_film_is_not_saved_once_another_path_is_shown(
    awake: LatentMapPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: dict[str, bytes] = {}
    monkeypatch.setattr(awake.exporter, "save_film", saved.__setitem__)
    draw_path(awake, qtbot, (-2, -1), (0.5, 1))
    wait_for_rest(awake, qtbot)
    awake.charts[0].shot = None
    with monkeypatch.context() as busy:
        busy.setattr(awake.charts[0], "shoot", unanswered)
        awake.outputs.film.trigger()
    draw_path(awake, qtbot, (-1, -1), (1, 1))
    wait_for_rest(awake, qtbot)
    assert awake.cinema.film(awake.charts[0]) is not None
    assert not saved


def test_long_walks_have_more_frames_but_not_endlessly_many() -> None:
    assert frames_for(()) == frames_for(((0, 0), (0.1, 0))) == FEWEST_FRAMES
    assert frames_for(((0, 0), (4, 0))) == 2 * frames_for(((0, 0), (1, 0), (2, 0)))
    assert frames_for(((-9, 0), (9, 0), (-9, 0))) == MOST_FRAMES


@pytest.mark.parametrize("count", [2, 3, MAX_PATH, MAX_PATH + 1, 5 * MAX_PATH])
def test_a_long_path_keeps_its_ends(count: int) -> None:
    path = tuple((place / count, 0.0) for place in range(count))
    thin = _thinned(path)
    assert len(thin) <= MAX_PATH
    assert (thin[0], thin[-1]) == (path[0], path[-1])
    assert list(thin) == sorted(thin)
    assert count > MAX_PATH - 1 or thin == path


def test_the_map_and_the_image_are_saved(awake: LatentMapPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: dict[str, QImage] = {}
    files: dict[str, bytes] = {}
    monkeypatch.setattr(awake.exporter, "save_picture", pictures.__setitem__)
    monkeypatch.setattr(awake.exporter, "save_png", files.__setitem__)
    awake.outputs.map.trigger()
    awake.outputs.image.trigger()
    room = awake.charts[0].view.stage.viewport().size()
    qtbot.waitUntil(lambda: "latent-map" in files, timeout=WAIT_MS)
    assert QImage.fromData(files["latent-map"]).size() == room * awake.devicePixelRatioF()
    large = pictures["image"]
    assert large.width() % fake.FORM.width == 0
    assert large.height() // fake.FORM.height == large.width() // fake.FORM.width >= 8
    values: dict[str, Any] = {}
    monkeypatch.setattr(awake.exporter, "save_json", values.__setitem__)
    awake.outputs.code.trigger()
    assert values["code"] == {"model": "first", "code": [0.0, 0.0]}
