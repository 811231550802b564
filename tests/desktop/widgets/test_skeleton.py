"""The skeleton that every tab shares."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QSlider, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import skeleton as module
from desktop.widgets.skeleton import Skeleton
from desktop.window import SMALLEST
from models.seed import MAX_SEED


@pytest.fixture
def skeleton(qtbot: QtBot) -> Skeleton:
    skeleton = Skeleton()
    qtbot.addWidget(skeleton)
    skeleton.set_main(QLineEdit())
    skeleton.resize(1000, 600)
    skeleton.show()
    return skeleton


def button(skeleton: Skeleton, name: str) -> QToolButton | QPushButton:
    buttons: list[QToolButton | QPushButton] = [
        *skeleton.findChildren(QToolButton),
        *skeleton.findChildren(QPushButton),
    ]
    (found,) = (button for button in buttons if button.accessibleName() == name)
    return found


def menu(skeleton: Skeleton, name: str) -> QMenu:
    found = button(skeleton, name).menu()
    assert isinstance(found, QMenu)
    return found


def test_the_dice_gives_another_seed_that_can_be_read_aloud(qtbot: QtBot, skeleton: Skeleton) -> None:
    skeleton.set_seed(4711)
    heard: list[int] = []
    skeleton.seed_changed.connect(heard.append)
    for _ in range(50):
        qtbot.mouseClick(button(skeleton, "Roll the dice"), Qt.MouseButton.LeftButton)
    assert len(heard) == 50
    assert all(0 <= seed < 10_000 for seed in heard)
    assert all(before != after for before, after in zip([4711, *heard], heard, strict=False))
    assert skeleton.seed == heard[-1]


def test_a_seed_may_be_typed(qtbot: QtBot, skeleton: Skeleton) -> None:
    heard: list[int] = []
    skeleton.seed_changed.connect(heard.append)
    field = skeleton.findChild(QSpinBox)
    assert isinstance(field, QSpinBox)
    field.selectAll()
    qtbot.keyClicks(field, "1234")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == [1234]


def test_a_seed_that_the_page_sets_is_shown_in_silence(skeleton: Skeleton) -> None:
    heard: list[int] = []
    skeleton.seed_changed.connect(heard.append)
    skeleton.set_seed(MAX_SEED)
    assert heard == []
    assert skeleton.seed == MAX_SEED


def test_a_preset_is_told_by_its_place(skeleton: Skeleton) -> None:
    heard: list[int] = []
    skeleton.preset_chosen.connect(heard.append)
    skeleton.set_presets(["Moon", "Sea"])
    menu(skeleton, "Presets").actions()[1].trigger()
    skeleton.set_presets(["Wind"])
    menu(skeleton, "Presets").actions()[0].trigger()
    assert heard == [1, 0]


def test_exports_stand_in_the_menu_in_order(skeleton: Skeleton) -> None:
    text = skeleton.add_export("Save as text…", "Ctrl+S")
    picture = skeleton.add_export("Save as picture…", "Ctrl+Shift+S")
    assert skeleton.exports() == (text, picture)
    assert menu(skeleton, "Save").actions() == [text, picture]


def test_a_shortcut_works_wherever_the_keyboard_is_in_the_tab(qtbot: QtBot, skeleton: Skeleton) -> None:
    heard: list[str] = []
    skeleton.add_export("Save as text…", "Ctrl+S").triggered.connect(lambda: heard.append("save"))
    field = skeleton.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    skeleton.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["save"]


def test_undo_is_a_button_that_follows_its_action(qtbot: QtBot, skeleton: Skeleton) -> None:
    heard: list[str] = []
    skeleton.undo_action.triggered.connect(lambda: heard.append("undo"))
    skeleton.undo_action.setEnabled(False)
    qtbot.mouseClick(button(skeleton, "Undo"), Qt.MouseButton.LeftButton)
    skeleton.undo_action.setEnabled(True)
    qtbot.mouseClick(button(skeleton, "Undo"), Qt.MouseButton.LeftButton)
    assert heard == ["undo"]


def test_the_state_is_shown_and_announced_once(skeleton: Skeleton, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def announce(_widget: QWidget, sentence: str) -> None:
        said.append(sentence)

    monkeypatch.setattr(module, "announce", announce)
    skeleton.say("Nine verses <b>between</b> your lines")
    skeleton.say("Nine verses <b>between</b> your lines")
    assert said == ["Nine verses <b>between</b> your lines"]
    assert said[0] in [label.text() for label in skeleton.findChildren(QLabel)]


def test_a_long_state_moves_nothing(skeleton: Skeleton) -> None:
    before = [child.geometry() for child in skeleton.findChildren(QToolButton)]
    skeleton.say("a very long sentence " * 50)
    skeleton.repaint()
    assert [child.geometry() for child in skeleton.findChildren(QToolButton)] == before
    assert skeleton.minimumSizeHint().width() <= SMALLEST.width()


def test_groups_stand_one_below_the_other_and_a_hidden_one_leaves_no_gap(skeleton: Skeleton, qtbot: QtBot) -> None:
    points, dial = QSlider(Qt.Orientation.Horizontal), QSlider(Qt.Orientation.Horizontal)
    group = skeleton.add_group("Verses between", points)
    skeleton.add_group("Faithful to inventive", dial)
    fold_out = skeleton.set_explanation(QLabel("z = m + s · noise"))

    def tops() -> list[int]:
        return [widget.mapTo(skeleton, QPoint()).y() for widget in (points, dial, fold_out)]

    qtbot.waitUntil(lambda: tops() == sorted(set(tops())))
    highest = tops()[0]
    group.hide()
    qtbot.waitUntil(lambda: tops()[1] == highest)


def test_an_opened_explanation_leaves_the_window_as_small_as_it_was(skeleton: Skeleton) -> None:
    tall = QLabel("\n".join(["a line"] * 200))
    fold_out = skeleton.set_explanation(tall)
    before = skeleton.minimumSizeHint()
    fold_out.set_open(True)
    assert skeleton.minimumSizeHint() == before


def test_the_controls_have_one_column_of_fixed_width(skeleton: Skeleton) -> None:
    assert 260 <= module.CONTROLS_WIDTH <= 320
    wide = QLabel("an unbreakably_long_word" * 20)
    skeleton.add_group("Wide", wide)
    skeleton.grab()
    assert skeleton.minimumSizeHint().width() <= SMALLEST.width()


def test_a_way_in_has_a_button_and_what_only_this_page_can_do_has_keys(qtbot: QtBot, skeleton: Skeleton) -> None:
    heard: list[str] = []
    opened = skeleton.add_import("Open", "Ctrl+O", "copy")
    brush = skeleton.add_action("Brush", "B")
    opened.triggered.connect(lambda: heard.append("open"))
    brush.triggered.connect(lambda: heard.append("brush"))
    assert (skeleton.imports(), skeleton.own_actions()) == ((opened,), (brush,))
    (button,) = (found for found in skeleton.findChildren(QToolButton) if found.accessibleName() == "Open")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    skeleton.activateWindow()
    skeleton.filmstrip.setFocus()
    qtbot.waitUntil(skeleton.filmstrip.hasFocus, timeout=20_000)
    qtbot.keyClick(skeleton.filmstrip, Qt.Key.Key_B)
    assert heard == ["open", "brush"]


def test_a_letter_that_is_typed_is_no_shortcut(qtbot: QtBot, skeleton: Skeleton) -> None:
    heard: list[str] = []
    skeleton.add_action("Brush", "5").triggered.connect(lambda: heard.append("brush"))
    field = skeleton.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    skeleton.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_5)
    assert heard == []
