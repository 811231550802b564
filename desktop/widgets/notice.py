"""The bar above the tabs that tells a problem in one sentence, with its details for who asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import icons, theme
from desktop.access import announce
from desktop.errors import Problem

DETAILS_HEIGHT = 160
MOST_WAITING = 20


class Notice(QFrame):
    """Hidden while there is nothing to tell. The newest problem is shown; closing it shows the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: list[Problem] = []
        self.sentence = QLabel(self)
        self.more = QPushButton(self.tr("Details"), self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.dismiss = QToolButton(self)
        self.details = QPlainTextEdit(self)
        self._mark = QLabel(self)
        self._set_up()
        self._lay_out()
        self.hide()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown, and what came before it."""
        return tuple(self._problems)

    @Slot(object)
    def tell(self, problem: Problem) -> None:
        """Show a problem, before those that nobody has closed yet; one that waits among them comes to the front."""
        if self._problems[:1] == [problem]:
            return
        self._problems = [problem, *(other for other in self._problems if other != problem)][:MOST_WAITING]
        self._show_first()

    @Slot(object)
    def take_back(self, problem: Problem) -> None:
        """It is over: no longer tell it."""
        if problem in self._problems:
            self._problems.remove(problem)
            self._show_first()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_mark()

    def _draw_mark(self) -> None:
        self._mark.setPixmap(icons.mark("warning", theme.colours(self.palette()).warning, self))

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Problem"))
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.more.setCheckable(True)
        self.more.toggled.connect(self.details.setVisible)
        self.copy.setToolTip(self.tr("Copy the sentence and its details, for a report"))
        self.copy.clicked.connect(self._on_copy)
        self.dismiss.setAutoRaise(True)
        self.dismiss.setAccessibleName(self.tr("Close this message"))
        self.dismiss.setToolTip(self.tr("Close this message"))
        self.dismiss.clicked.connect(self._on_dismiss)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self._draw_mark()
        icons.set_icon(self.dismiss, "close", self.palette())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.sentence, 1)
        for button in (self.more, self.copy, self.dismiss):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addLayout(row)
        layout.addWidget(self.details)

    def _show_first(self) -> None:
        if not self._problems:
            self.hide()
            return
        problem = self._problems[0]
        self.sentence.setText(problem.sentence)
        self.details.setPlainText(problem.details)
        self.more.setChecked(False)
        self.details.hide()
        self.more.setVisible(bool(problem.details))
        self.show()
        announce(self.sentence, problem.sentence, urgent=True)

    @Slot()
    def _on_copy(self) -> None:
        problem = self._problems[0]
        QGuiApplication.clipboard().setText(f"{problem.sentence}\n\n{problem.details}".strip())

    @Slot()
    def _on_dismiss(self) -> None:
        self._problems.pop(0)
        self._show_first()
