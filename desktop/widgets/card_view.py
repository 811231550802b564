"""A model's card, readable: what it is, what it was trained on, how good it is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from models.shelf import ModelFolder

Row = tuple[str, str]
ACRONYMS = ("ae", "kl", "rnn", "vae")


def rows(folder: ModelFolder) -> tuple[Row, ...]:
    """What the card says of the model, as name and text; what it leaves open is left out."""
    card = folder.card
    told = (
        (QCoreApplication.translate("CardView", "Name"), card.name),
        (QCoreApplication.translate("CardView", "Kind"), words_of(card.family)),
        (QCoreApplication.translate("CardView", "Trained on"), card.data),
        (QCoreApplication.translate("CardView", "Licence"), card.licence),
        (QCoreApplication.translate("CardView", "Size"), megabytes(folder.bytes)),
        (
            QCoreApplication.translate("CardView", "Comes from"),
            QCoreApplication.translate("CardView", "the app") if folder.shipped else str(folder.path),
        ),
        (QCoreApplication.translate("CardView", "Written"), card.written),
        (QCoreApplication.translate("CardView", "Weights"), folder.hash),
        (QCoreApplication.translate("CardView", "Notes"), card.notes),
    )
    return tuple((name, text) for name, text in told if text)


def table(values: dict[str, object]) -> tuple[Row, ...]:
    """A card's table of figures, of its recipe or of its configuration."""
    return tuple((words_of(name), number(value)) for name, value in values.items())


def words_of(name: str) -> str:
    """A key of the card as words."""
    words = [word.upper() if word in ACRONYMS else word for word in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def number(value: object) -> str:
    """A value of the card, numbers at a length that can be read."""
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def megabytes(size: int) -> str:
    """A size on disk."""
    return QCoreApplication.translate("CardView", "{} MB").format(f"{size / 1e6:.1f}")


class CardView(QScrollArea):
    """Empty until `show_card`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Model card"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def show_card(self, folder: ModelFolder) -> None:
        """Fill the view; what it showed before goes."""
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        title = _label(folder.card.title)
        title.setFont(theme.font(theme.Size.LARGE))
        layout.addWidget(title)
        layout.addLayout(_form(rows(folder)))
        tables = ((self.tr("Measured"), folder.card.figures), (self.tr("Training"), folder.card.recipe))
        for heading, values in tables:
            if values:
                layout.addSpacing(8)
                layout.addWidget(_heading(heading))
                layout.addLayout(_form(table(dict(values))))
        layout.addStretch(1)
        self.setWidget(content)


def _form(lines: Iterable[Row]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(4)
    for name, text in lines:
        value = _label(text)
        value.setAccessibleName(name)
        value.setAccessibleDescription(text)
        form.addRow(name, value)
    return form


def _heading(text: str) -> QLabel:
    label = _label(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
