"""The model picker: the shelf's models of some families, and the card of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop import icons, tooltip
from desktop.widgets.card_view import CardView
from models import shelf
from models.errors import AtelierError
from models.shelf import ModelFolder

CARD_SIZE = QSize(440, 520)


class CardDialog(QDialog):
    """A card in a window of its own, which leaves the app usable."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = CardView(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.resize(CARD_SIZE)

    def show_card(self, model: ModelFolder) -> None:
        """Show this model."""
        self.setWindowTitle(model.card.title)
        self.view.show_card(model)


class ModelPicker(QWidget):
    """Empty until `refresh`, which reads the shelf. `chosen` follows a person's choice only.

    `check` raises `AtelierError` for a model that cannot be used: it is not offered, and the reason is told.
    """

    chosen = Signal(object)  # ModelFolder
    problem = Signal(object)  # AtelierError, one for each folder that cannot be used

    def __init__(
        self,
        families: Collection[str],
        check: Callable[[ModelFolder], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._families = families
        self._check = check
        self._models: tuple[ModelFolder, ...] = ()
        self._card: CardDialog | None = None
        self.list = QComboBox(self)
        self.list.setAccessibleName(self.tr("Model"))
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list.setPlaceholderText(self.tr("No model"))
        self.list.setEnabled(False)
        self.list.activated.connect(self._on_activated)
        self.list.currentIndexChanged.connect(self._on_current_changed)
        self.card_button = QToolButton(self)
        self.card_button.setAccessibleName(self.tr("Show the model's card"))
        self.card_button.setAutoRaise(True)
        self.card_button.setEnabled(False)
        self.card_button.setShortcut(QKeySequence(self.tr("Ctrl+I")))
        self.card_button.setToolTip(self.tr("What this model is, what it learned from, how good it is (Ctrl+I)"))
        self.card_button.clicked.connect(self._on_card)
        icons.set_icon(self.card_button, "card", self.palette())
        self._lay_out()

    @property
    def current(self) -> ModelFolder | None:
        """The model that is chosen; None where the shelf has none of these families."""
        place = self.list.currentIndex()
        return self._models[place] if 0 <= place < len(self._models) else None

    def refresh(self) -> None:
        """Read the shelf; the model that was chosen stays so if it is still there."""
        before = self.current
        found = shelf.folders()
        self._models = tuple(model for model in found.models if model.family in self._families and self._can_use(model))
        self.list.clear()
        for model in self._models:
            self.list.addItem(self._label(model))
            self.list.setItemData(self.list.count() - 1, tooltip.plain(str(model.path)), Qt.ItemDataRole.ToolTipRole)
        self.list.setCurrentIndex(0 if self._models else -1)
        for control in (self.list, self.card_button):
            control.setEnabled(bool(self._models))
        if before is not None:
            self.select(before.name, before.hash)
        for error in found.broken:
            self.problem.emit(error)

    @property
    def models(self) -> tuple[ModelFolder, ...]:
        """All that can be chosen."""
        return self._models

    def named(self, name: str, model_hash: str = "") -> ModelFolder | None:
        """The model with this hash, else one of this name; None where there is neither."""
        exact = [model for model in self._models if model_hash and model.hash == model_hash]
        by_name = [model for model in self._models if model.name == name]
        return next(iter((*exact, *by_name)), None)

    def select(self, name: str, model_hash: str = "") -> ModelFolder | None:
        """Choose the model that `named` gives, without telling `chosen`; None changes nothing."""
        model = self.named(name, model_hash)
        if model is not None:
            self.list.setCurrentIndex(self._models.index(model))
        return model

    def _can_use(self, model: ModelFolder) -> bool:
        try:
            if self._check is not None:
                self._check(model)
        except AtelierError as error:
            self.problem.emit(error)
            return False
        return True

    def _label(self, model: ModelFolder) -> str:
        """The model's title, and its name where another model has the same title."""
        titles = [other.card.title for other in self._models]
        if titles.count(model.card.title) == 1:
            return model.card.title
        return self.tr("{title} ({name})").format(title=model.card.title, name=model.name)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.list)
        layout.addWidget(self.card_button)

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self._models[place])

    @Slot()
    def _on_card(self) -> None:
        model = self.current
        if model is None:
            return
        if self._card is None:
            self._card = CardDialog(self)
        self._card.show_card(model)
        self._card.show()
        self._card.raise_()
        self._card.activateWindow()

    @Slot()
    def _on_current_changed(self) -> None:
        model = self.current
        if model is not None and self._card is not None:
            self._card.show_card(model)
