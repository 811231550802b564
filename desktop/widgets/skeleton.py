"""The skeleton that every tab shares, so that what is learned in one serves in all.

┌─────────────────────────────────────────────┬───────────────┐
│ the thing itself                            │ controls      │
│                                             │ how it works ▸│
├ filmstrip, newest left ─────────────────────┴───────────────┤
│ presets ▾  dice  seed 4711   a sentence   undo  copy  export │
└─────────────────────────────────────────────────────────────┘
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import icons, tooltip
from desktop.access import announce
from desktop.widgets.filmstrip import Filmstrip
from desktop.widgets.fold_out import FoldOut
from desktop.widgets.quiet_label import quiet_label
from models.seed import MAX_SEED

CONTROLS_WIDTH = 288
GAP = 16
DICE_SIDES = 10_000  # four digits can be read aloud


class Skeleton(QWidget):
    """A page fills it by `set_main`, `add_group`, `set_explanation`, `set_presets` and `add_export`, and listens.

    `add_import` and `add_action` are for pages that take something in and that have tools. `undo_action`, `redo_action`
    and `copy_action` are connected and enabled by the page; the window lists them in its menus.
    """

    preset_chosen = Signal(int)
    seed_changed = Signal(int)  # by the dice or by hand, never by `set_seed`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.undo_action = self._action(self.tr("Undo"), "Ctrl+Z", "undo")
        self.redo_action = self._action(self.tr("Redo"), "Ctrl+Shift+Z")
        self.copy_action = self._action(self.tr("Copy"), "Ctrl+Shift+C", "copy")
        self.dice_action = self._action(self.tr("Roll the dice"), "Ctrl+D", "dice")
        self.dice_action.triggered.connect(self._on_dice)
        self.filmstrip = Filmstrip(self)
        self.keys: tuple[tuple[str, str], ...] = ()  # what the page's own widgets do by key, each with its keys
        self._main = QVBoxLayout()
        self._controls = QVBoxLayout()
        self._exports = QMenu(self)
        self._imports: list[QAction] = []
        self._actions: list[QAction] = []
        self._bottom = QHBoxLayout()
        self._presets = QMenu(self)
        self._presets.triggered.connect(self._on_preset)
        self._seed = QSpinBox(self)
        self._state = QLabel(self)
        self._build()

    @property
    def seed(self) -> int:
        return self._seed.value()

    def set_seed(self, seed: int) -> None:
        """Show a seed without telling the page."""
        self._seed.blockSignals(True)
        self._seed.setValue(seed)
        self._seed.blockSignals(False)

    def set_main(self, widget: QWidget, *, is_centred: bool = False) -> None:
        """The thing itself; where it has a greatest width it may stand in the middle of its room."""
        self._main.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag(0))

    def add_group(self, heading: str, content: QWidget) -> QWidget:
        """Controls under a short heading; gives both as one widget, for a page that hides them at times."""
        group = QWidget(self)
        layout = QVBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(quiet_label(heading, group))
        layout.addWidget(content)
        self._controls.insertWidget(self._controls.count() - 1, group)
        return group

    def set_explanation(self, content: QWidget) -> FoldOut:
        """What "How it works" opens."""
        fold_out = FoldOut(self.tr("How it works"), content, self)
        self._controls.insertWidget(self._controls.count() - 1, fold_out)
        return fold_out

    def set_presets(self, titles: Sequence[str]) -> None:
        """Named beginnings; `preset_chosen` carries the place in this list."""
        self._presets.clear()
        for place, title in enumerate(titles):
            self._presets.addAction(title).setData(place)

    def add_export(self, text: str, shortcut: str) -> QAction:
        """A way out; the page connects the action."""
        action = self._action(text, shortcut)
        self._exports.addAction(action)
        return action

    def exports(self) -> tuple[QAction, ...]:
        return tuple(self._exports.actions())

    def add_import(self, text: str, shortcut: str, icon: str) -> QAction:
        """A way in, with a button beside the presets; the page connects the action."""
        action = self._action(text, shortcut, icon)
        self._imports.append(action)
        self._bottom.insertWidget(len(self._imports), self._button(action))
        return action

    def imports(self) -> tuple[QAction, ...]:
        return tuple(self._imports)

    def add_action(self, text: str, shortcut: str, icon: str = "") -> QAction:
        """Something that only this page can do; the page connects it and gives it a place."""
        action = self._action(text, shortcut, icon)
        self._actions.append(action)
        return action

    def own_actions(self) -> tuple[QAction, ...]:
        """What `add_action` gave."""
        return tuple(self._actions)

    def say(self, sentence: str) -> None:
        """Tell the state in one sentence, to the eye and to a screen reader."""
        if sentence == self._state.text():
            return
        self._state.setText(sentence)
        self._state.setToolTip(tooltip.plain(sentence))
        announce(self._state, sentence)

    def _action(self, text: str, keys: str, icon: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        if icon:
            icons.set_icon(action, icon, self.palette())
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addLayout(self._main, 1)
        middle.addWidget(self._column())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        layout.addLayout(middle, 1)
        layout.addWidget(self.filmstrip)
        self._fill_bottom()
        layout.addLayout(self._bottom)

    def _column(self) -> QScrollArea:
        """The controls; an opened explanation scrolls here and leaves the main area alone."""
        content = QWidget(self)
        content.setLayout(self._controls)
        self._controls.setContentsMargins(0, 0, 8, 0)
        self._controls.setSpacing(8)
        self._controls.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFixedWidth(CONTROLS_WIDTH)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _fill_bottom(self) -> None:
        self._seed.setRange(0, MAX_SEED)
        self._seed.setKeyboardTracking(False)
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("The same seed gives the same result"))
        self._seed.valueChanged.connect(self.seed_changed)
        seed_label = QLabel(self.tr("Seed"), self)
        seed_label.setBuddy(self._seed)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        row = self._bottom
        row.setSpacing(8)
        row.addWidget(self._menu_button(self.tr("Presets"), "presets", self._presets))
        row.addWidget(self._button(self.dice_action))
        row.addWidget(seed_label)
        row.addWidget(self._seed)
        row.addSpacing(GAP)
        row.addWidget(self._state, 1)
        row.addWidget(self._button(self.undo_action))
        row.addWidget(self._button(self.copy_action))
        row.addWidget(self._menu_button(self.tr("Save"), "save", self._exports))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(action.text())
        return button

    def _menu_button(self, text: str, icon: str, menu: QMenu) -> QPushButton:
        button = QPushButton(text, self)
        icons.set_icon(button, icon, self.palette())
        button.setAccessibleName(text)
        button.setMenu(menu)
        button.setFlat(True)
        return button

    @Slot()
    def _on_dice(self) -> None:
        self._seed.setValue((self._seed.value() + random.randrange(1, DICE_SIDES)) % DICE_SIDES)

    @Slot(QAction)
    def _on_preset(self, action: QAction) -> None:
        self.preset_chosen.emit(action.data())
