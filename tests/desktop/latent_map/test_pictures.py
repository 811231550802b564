"""One's own picture: dropped, opened, pasted or drawn; where it lands and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.latent_map.page import LatentMapPage
from models.image_vae.codes import Landing
from tests.desktop.latent_map import fake
from tests.desktop.latent_map.conftest import WAIT_MS, NewPage, wait_for_rest, write_map
from tests.desktop.latent_map.driving import LEFT, button, click, colours, problems_of, said, sentence


@pytest.fixture
def ink(new_page: NewPage, qtbot: QtBot) -> LatentMapPage:
    """A page with a map of ink."""
    write_map("ink", fake.INK_FORM)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    return page


def save(path: Path, size: tuple[int, int] = (40, 60)) -> Path:
    """A red square on white paper."""
    picture = Image.new("RGB", size, "white")
    picture.paste((200, 40, 40), (10, 15, 30, 45))
    picture.save(path)
    return path


def drop(page: LatentMapPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(20, 20), actions, data, LEFT, none))


def wait_for_landing(page: LatentMapPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.telling.landing is not None, timeout=WAIT_MS)


def test_a_dropped_picture_lands_and_says_what_was_done_to_it(
    awake: LatentMapPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[tuple[Any, Any]] = []
    view = awake.charts[0].view
    show = view.set_landing

    def note(mean: Any, sigma: Any) -> None:
        places.append((mean, sigma))
        show(mean, sigma)

    monkeypatch.setattr(view, "set_landing", note)
    drop(awake, save(tmp_path / "red.png"))
    wait_for_landing(awake, qtbot)
    landing, panel = awake.telling.landing, awake.desk.side.picture
    assert landing is not None
    assert awake.desk.side.shows_picture
    assert "40×60 pixels brought to 5×6" in panel.told.text()
    assert "12.5 for the picture" in panel.price.text()
    assert "3.2 for the place (KL)" in panel.price.text()
    assert "15.8 nats" in panel.price.text()
    assert (colours(panel.reconstruction.image) == landing.reconstruction).all()
    assert places[-1] == (landing.mean, (np.exp(-1), np.exp(-1)))
    assert awake.session.scene.code == landing.mean, "the cursor goes where it landed"
    assert "lands at" in sentence(awake)


def test_a_dropped_picture_is_one_step(awake: LatentMapPage, qtbot: QtBot, tmp_path: Path) -> None:
    before = awake.session.scene
    drop(awake, save(tmp_path / "red.png"))
    wait_for_landing(awake, qtbot)
    button(awake, "Undo").click()
    assert awake.session.scene == before
    awake.skeleton.redo_action.trigger()
    wait_for_landing(awake, qtbot)
    assert awake.session.scene.picture


def test_looking_elsewhere_leaves_the_picture_where_it_landed(
    awake: LatentMapPage, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(awake, save(tmp_path / "red.png"))
    wait_for_landing(awake, qtbot)
    landing = awake.telling.landing
    assert awake.desk.side.picture.told.text()
    click(awake, qtbot, -1.5, -1.5)
    wait_for_rest(awake, qtbot)
    assert awake.telling.landing is landing
    assert "lands at" not in sentence(awake)
    assert not awake.desk.side.shows_picture, "what is looked at is shown"
    assert awake.session.scene.point[0] < -1
    awake.own_action.trigger()
    pad = awake.desk.side.picture.pad
    qtbot.mouseClick(pad, LEFT, pos=pad.grid.square(3).center().toPoint())
    assert awake.desk.side.picture.told.text() == "", "it is another picture now"
    wait_for_rest(awake, qtbot)


def test_a_pasted_picture_lands(awake: LatentMapPage, qtbot: QtBot) -> None:
    picture = QImage(12, 12, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(picture)
    awake.paste_action.trigger()
    wait_for_landing(awake, qtbot)
    assert "12×12" in awake.desk.side.picture.told.text()


def test_nothing_to_paste_is_said(awake: LatentMapPage) -> None:
    QGuiApplication.clipboard().setText("words")
    awake.paste_action.trigger()
    assert "no picture to paste" in sentence(awake)


@pytest.mark.parametrize("content", [b"no picture at all", b"", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_told_and_the_map_goes_on(
    awake: LatentMapPage, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.png"
    path.write_bytes(content)
    told = problems_of(awake)
    drop(awake, path)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert "Cannot read" in said(told[0])
    click(awake, qtbot, 1, 1)
    wait_for_rest(awake, qtbot)
    assert awake.charts[0].image_of(awake.session.scene) is not None


def test_a_good_picture_ends_the_trouble_with_a_bad_one(awake: LatentMapPage, qtbot: QtBot, tmp_path: Path) -> None:
    told, over = problems_of(awake), QSignalSpy(awake.problem_over)
    (tmp_path / "notes.png").write_bytes(b"no picture")
    drop(awake, tmp_path / "notes.png")
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert over.count() == 0
    drop(awake, save(tmp_path / "red.png"))
    wait_for_landing(awake, qtbot)
    assert [over.at(0)[0]] == told


def test_a_digit_drawn_on_the_sheet_lands_while_it_is_drawn(ink: LatentMapPage, qtbot: QtBot) -> None:
    ink.own_action.trigger()
    pad = ink.desk.side.picture.pad
    landings: list[Landing | None] = []
    ink.charts[0].answered.connect(lambda kind: landings.append(ink.telling.landing) if kind == "land" else None)
    middle = [pad.grid.square(place).center().toPoint() for place in (7, 8, 9, 15)]
    qtbot.mousePress(pad, LEFT, pos=middle[0])
    for point in middle[1:]:
        qtbot.mouseMove(pad, point)
        qtbot.waitUntil(lambda: not ink.charts[0].is_busy)
    qtbot.mouseRelease(pad, LEFT, pos=middle[-1])
    wait_for_landing(ink, qtbot)
    assert len(landings) >= 3
    pixels = np.frombuffer(ink.session.scene.picture, np.uint8).reshape(6, 6)
    assert (pixels[1, 1:4] > 200).all()
    assert pixels[4:].max() == 0
    assert landings[-1] is not None
    assert ink.session.scene.code == landings[-1].mean
    button(ink, "Undo the last stroke").click()
    assert ink.session.scene.picture == b""
    assert pad.pixels.max() == 0


def test_the_eraser_and_an_empty_sheet(ink: LatentMapPage, qtbot: QtBot) -> None:
    ink.own_action.trigger()
    panel = ink.desk.side.picture
    point = panel.pad.grid.square(14).center().toPoint()
    qtbot.mouseClick(panel.pad, LEFT, pos=point)
    assert panel.pad.pixels.max() > 200
    panel.eraser.trigger()
    qtbot.mouseClick(panel.pad, LEFT, pos=point)
    assert panel.pad.pixels.ravel()[14] == 0
    qtbot.waitUntil(lambda: panel.price.text() == "Nothing is on this picture", timeout=WAIT_MS)
    assert sentence(ink) == "Nothing is on this picture"
    panel.pen.trigger()
    qtbot.mouseClick(panel.pad, LEFT, pos=point)
    button(ink, "Empty sheet").click()
    assert panel.pad.pixels.max() == 0
    assert ink.telling.landing is None
    assert not panel.clear.isEnabled()


def test_a_palettes_colour_is_drawn_with(awake: LatentMapPage, qtbot: QtBot) -> None:
    awake.own_action.trigger()
    panel = awake.desk.side.picture
    assert panel.colour_button.isVisible()
    assert panel.pad.pixels.max() == fake.FORM.paper == 0
    panel.palette_view.resize(panel.palette_view.sizeHint())
    qtbot.mouseClick(panel.palette_view, LEFT, pos=panel.palette_view.square(2).center())
    qtbot.mouseClick(panel.pad, LEFT, pos=panel.pad.grid.square(12).center().toPoint())
    assert awake.session.scene.picture[12] == 2
    assert sum(awake.session.scene.picture) == 2
    wait_for_landing(awake, qtbot)


def test_an_autoencoder_gives_a_code_and_no_spread(new_page: NewPage, qtbot: QtBot, tmp_path: Path) -> None:
    write_map("plain", variational=False)
    page = new_page()
    page.start()
    wait_for_rest(page, qtbot)
    drop(page, save(tmp_path / "red.png"))
    wait_for_landing(page, qtbot)
    page.controls.explanation.setVisible(True)
    assert "all of it for the picture" in page.desk.side.picture.price.text()
    assert page.controls.explanation.values["log_variance"].text() == "–"
    assert not page.controls.explanation.noise_button.isEnabled()
