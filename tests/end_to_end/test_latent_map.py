"""The whole program as a person meets it: the real `main()`, small real models, a hand on the map."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, images, theme
from desktop.latent_map.page import LatentMapPage
from models import shelf
from models.image_vae import DEFAULT, examples
from tests.end_to_end.person import PATIENCE_BEATS, Person, Steps
from tests.mapping import tiny_map_model

LEFT = Qt.MouseButton.LeftButton
NOTCH = 120  # of a wheel


@pytest.fixture(autouse=True)
def _own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny VAE and the autoencoder beside it, and nothing ready-made."""

    def shipped_models() -> Path:
        return tmp_path / "shipped"

    def no_ground() -> None:
        return None

    def no_motion(_widget: object) -> int:
        return 0

    tiny_map_model(tmp_path / "shipped" / DEFAULT)
    tiny_map_model(tmp_path / "shipped" / "plain", variational=False)
    monkeypatch.setattr(shelf, "shipped_models", shipped_models)
    monkeypatch.setattr(examples, "read_ground", no_ground)
    monkeypatch.setattr(theme, "motion_ms", no_motion)


@dataclass
class Seen:
    """What stood on screen at the end of each step, by the step's name."""

    pictures: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def look(self, name: str, shown: QImage | None) -> None:
        assert shown is not None
        self.pictures[name] = images.rgba(shown, 10_000)[..., :3].copy()


def run(seen: Seen, script: Callable[[LatentMapPage, Seen], Steps]) -> int:
    def steps(page: LatentMapPage) -> Steps:
        return script(page, seen)

    person = Person(LatentMapPage, steps)
    status = app.main(["--tab", "latent_map"])
    assert person.beats <= PATIENCE_BEATS, "a step was never answered"
    return status


def at_rest(page: LatentMapPage) -> Callable[[], bool]:
    def check() -> bool:
        used = page.charts if page.session.scene.beside else page.charts[:1]
        quiet = all(chart.is_awake and not chart.is_busy and chart.data is not None for chart in used)
        return quiet and bool(page.waking.presets) and not page.cinema.player.is_playing

    return check


def ground(page: LatentMapPage, place: int = 0) -> QWidget:
    viewport: QWidget = page.charts[place].view.stage.viewport()
    return viewport


def spot(page: LatentMapPage, x: float, y: float, place: int = 0) -> QPoint:
    return page.charts[place].view.position(x, y)


def drag(page: LatentMapPage, *places: tuple[float, float]) -> None:
    QTest.mousePress(ground(page), LEFT, pos=spot(page, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(ground(page), spot(page, *place))
    QTest.mouseRelease(ground(page), LEFT, pos=spot(page, *places[-1]))


def turn_wheel(page: LatentMapPage, notches: int) -> None:
    """Towards the middle of the map."""
    widget = ground(page)
    middle = widget.rect().center()
    for _ in range(notches):
        event = QWheelEvent(
            QPointF(middle),
            QPointF(widget.mapToGlobal(middle)),
            QPoint(),
            QPoint(0, NOTCH),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


def click_and_drag(page: LatentMapPage, seen: Seen) -> Steps:
    yield at_rest(page)
    image = page.desk.side.place.image
    seen.look("first", image.image)
    QTest.mouseClick(ground(page), LEFT, pos=spot(page, -2.0, 1.5))
    yield at_rest(page)
    seen.look("clicked", image.image)
    seen.notes["clicked"] = page.session.scene.point
    drag(page, (-2.0, 1.5), (0.0, -1.0), (2.0, -2.0))
    yield at_rest(page)
    seen.look("dragged", image.image)
    seen.notes["dragged"] = page.session.scene.point
    page.skeleton.undo_action.trigger()
    yield at_rest(page)
    seen.look("undone", image.image)


def test_click_drag_and_undo(qtbot: QtBot) -> None:
    seen = Seen()
    assert run(seen, click_and_drag) == 0
    shown = seen.pictures
    assert seen.notes["clicked"] == pytest.approx((-2.0, 1.5), abs=0.05)
    assert seen.notes["dragged"] == pytest.approx((2.0, -2.0), abs=0.05)
    assert (shown["first"] != shown["clicked"]).any()
    assert (shown["clicked"] != shown["dragged"]).any()
    assert (shown["undone"] == shown["clicked"]).all()


def zoom(page: LatentMapPage, seen: Seen) -> Steps:
    page.controls.layers.points.click()
    page.controls.layers.circles.click()
    yield at_rest(page)
    view = page.charts[0].view
    for level in range(4):
        seen.look(f"level {level}", view.picture())
        seen.notes[f"level {level}"] = view.window()
        turn_wheel(page, 8)
        yield at_rest(page)


def test_zooming_in_decodes_anew_on_three_levels(qtbot: QtBot) -> None:
    seen = Seen()
    assert run(seen, zoom) == 0
    for level in range(3):
        before, after = seen.notes[f"level {level}"], seen.notes[f"level {level + 1}"]
        assert after.right - after.left < 0.5 * (before.right - before.left)
        coarse = enlarged_part(seen.pictures[f"level {level}"], before, after)
        fine = seen.pictures[f"level {level + 1}"]
        assert (coarse != fine).any(axis=-1).mean() > 0.2, "more than the same squares made larger"


def enlarged_part(picture: NDArray[np.uint8], window: Any, part: Any) -> NDArray[np.uint8]:
    """What a map that only enlarges would show of a part."""
    height, width = picture.shape[:2]
    across = width / (window.right - window.left)
    down = height / (window.top - window.bottom)
    box = (
        (part.left - window.left) * across,
        (window.top - part.top) * down,
        (part.right - window.left) * across,
        (window.top - part.bottom) * down,
    )
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.NEAREST, box))


def draw_a_path(page: LatentMapPage, seen: Seen) -> Steps:
    yield at_rest(page)
    frames: list[bytes] = []
    heads: list[int] = []

    def note() -> None:
        shown = page.desk.side.place.image.image
        assert shown is not None
        frames.append(images.rgba(shown, 10_000).tobytes())
        heads.append(page.cinema.player.frame)

    page.cinema.shown.connect(note)
    QTest.mouseClick(page.controls.path.draw, LEFT)
    drag(page, (-2.0, -2.0), (0.0, 0.5), (2.0, 2.0))
    yield lambda: page.cinema.player.is_playing
    yield at_rest(page)
    seen.notes.update(frames=len(set(frames)), heads=heads, end=page.session.scene.point)
    page.outputs.film.trigger()
    yield lambda: any(dialog.isVisible() for dialog in page.findChildren(QFileDialog))
    (dialog,) = (dialog for dialog in page.findChildren(QFileDialog) if dialog.isVisible())
    dialog.setDirectory(str(seen.notes["folder"]))
    dialog.accept()
    yield at_rest(page)


def test_draw_a_path_play_it_and_save_the_film(qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    seen = Seen(notes={"folder": tmp_path})
    with caplog.at_level(logging.WARNING, logger="qt"):  # what the screenless platform says of a dialog's size
        assert run(seen, draw_a_path) == 0
    heads = seen.notes["heads"]
    assert heads == sorted(heads)
    assert heads[-1] >= 39
    assert seen.notes["frames"] > 10
    assert seen.notes["end"] == pytest.approx((2.0, 2.0), abs=0.05)
    with Image.open(tmp_path / "film.gif") as film:
        assert getattr(film, "n_frames", 0) > 20


def drop_a_picture(page: LatentMapPage, seen: Seen) -> Steps:
    yield at_rest(page)
    before = page.charts[0].view.picture()
    widget, data = ground(page), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(seen.notes["file"]))])
    point, copy, none = spot(page, 0, 0), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(point, copy, data, LEFT, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(point), copy, data, LEFT, none))
    yield lambda: page.telling.landing is not None
    yield at_rest(page)
    panel = page.desk.side.picture
    seen.look("made of it", panel.reconstruction.image)
    seen.notes.update(
        landing=page.telling.landing,
        price=panel.price.text(),
        told=panel.told.text(),
        code=page.session.scene.code,
        ellipse=page.charts[0].view.picture() != before,
    )


def test_drop_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    picture = Image.new("RGB", (70, 90), "white")
    picture.paste((86, 180, 233), (20, 20, 50, 70))
    picture.save(tmp_path / "blue.png")
    seen = Seen(notes={"file": tmp_path / "blue.png"})
    assert run(seen, drop_a_picture) == 0
    landing = seen.notes["landing"]
    assert seen.notes["code"] == landing.mean
    assert seen.notes["ellipse"]
    assert "70×90 pixels brought to 7×6" in seen.notes["told"]
    assert f"{landing.reconstruction_nats:.1f} for the picture" in seen.notes["price"]
    assert f"{landing.kl_nats:.1f} for the place (KL)" in seen.notes["price"]
    assert (seen.pictures["made of it"] == landing.reconstruction).all()


def compare(page: LatentMapPage, seen: Seen) -> Steps:
    yield at_rest(page)
    QTest.mouseClick(page.controls.compare.button, LEFT)
    yield lambda: all(chart.dreams is not None for chart in page.charts)
    yield at_rest(page)
    QTest.mouseClick(ground(page, 1), LEFT, pos=spot(page, 1.0, -1.0, 1))
    yield at_rest(page)
    for place, column in enumerate(page.desk.columns):
        seen.look(f"image {place}", column.image.image)
    seen.notes.update(
        titles=[column.title.text() for column in page.desk.columns],
        point=page.session.scene.point,
        dreams=[chart.dreams for chart in page.charts],
    )
    QTest.mouseClick(page.controls.compare.button, LEFT)
    yield at_rest(page)
    seen.notes["alone"] = not page.charts[1].view.isVisible()


def look_again(page: LatentMapPage, seen: Seen) -> Steps:
    yield at_rest(page)
    seen.notes["point"] = page.session.scene.point


def test_autoencoder_beside_vae_and_back_and_found_again_at_the_next_start(qtbot: QtBot) -> None:
    seen, later = Seen(), Seen()
    assert run(seen, compare) == 0
    assert seen.notes["titles"] == ["VAE", "Autoencoder"]
    assert seen.notes["point"] == pytest.approx((1.0, -1.0), abs=0.05)
    assert (seen.pictures["image 0"] != seen.pictures["image 1"]).any()
    first, second = seen.notes["dreams"]
    assert (first.codes == second.codes).all()
    assert (first.images != second.images).any()
    assert seen.notes["alone"]
    assert run(later, look_again) == 0
    assert later.notes["point"] == seen.notes["point"]
