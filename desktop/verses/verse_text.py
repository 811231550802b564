"""One verse in serif: a button that shows its line, whole wherever that can be, and fades to the line's successor."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QRect, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from desktop import theme
from desktop.verses.line_type import fitted

SHARE = 0.86  # of its height that a verse in two rows takes
HOW = (  # other scripts' letters may be higher than those of the serif, whose height a row has
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
)


class VerseText(QAbstractButton):
    """Click or press it for alternatives; F2 edits."""

    edit_asked = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = ""
        self._before = ""
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(self._on_faded)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    @property
    def line(self) -> str:
        return self._line

    @property
    def is_fading(self) -> bool:
        return self._fade.state() == QAbstractAnimation.State.Running

    def show_line(self, line: str) -> None:
        """Show another line, which fades in over the one that stood there."""
        if line == self._line:
            return
        self._before, self._line = self._line, line
        self.setAccessibleName(line)
        self._fade.stop()
        self._fade.setDuration(theme.motion_ms(self))
        if self._before and self._fade.duration() and self.isVisible():
            self._fade.start()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line), metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the verse as Space does; F2 edits it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_asked.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the poem walks from verse to verse
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self._shown()
        if shown < 1:
            self._paint(painter, self._before, 1 - shown)
        self._paint(painter, self._line, shown)
        if self.hasFocus():
            self._paint_focus(painter)

    def _shown(self) -> float:
        return float(self._fade.currentValue()) if self.is_fading else 1.0

    def _paint(self, painter: QPainter, line: str, opacity: float) -> None:
        painter.setOpacity(opacity)
        colours = theme.colours(self.palette())
        painter.setPen(colours.text if line else colours.quiet)
        waiting = "…" if self.isEnabled() else ""
        font, rows = self._set(line or waiting)
        painter.setFont(font)
        place = _place(font, rows, self.rect())
        height = place.height() // len(rows)
        for number, row in enumerate(rows):
            beneath = QRect(0, place.top() + number * height, self.width(), height)
            painter.drawText(beneath, HOW, row)

    def _set(self, line: str) -> tuple[QFont, list[str]]:
        """The type and the rows of a line, with air between it and the verses above and below."""
        return fitted(line, self.font(), self.width(), round(SHARE * self.height()))

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setOpacity(1.0)
        option = QStyleOptionFocusRect()
        option.initFrom(self)
        option.rect = _place(*self._set(self._line), self.rect())
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)

    @Slot(object)
    def _on_faded(self, _value: object) -> None:
        self.update()


def _place(font: QFont, rows: list[str], room: QRect) -> QRect:
    """Where rows stand in their room: at the left, in the middle of its height."""
    metrics = QFontMetrics(font)
    width = min(max(map(metrics.horizontalAdvance, rows)) + 8, room.width())
    height = metrics.height() * len(rows)
    return QRect(0, (room.height() - height) // 2, width, height)
