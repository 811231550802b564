"""A small picture of the path in the code's principal plane, with the codes of real lines as a cloud around it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme, tooltip
from desktop.verses.end_names import places_beside
from desktop.verses.plane_frame import Places, PlaneFrame, between, frame
from models.sentence_vae.path import VersePath

USUAL, LEAST = QSize(264, 168), QSize(160, 88)
GRAIN, DOT, STRONG, RING = 1.25, 3.0, 4.5, 7.0  # radii in pixels: cloud, verse, verse pointed at, slider
MOST_GRAINS = 2000  # more would only be black
NEAR = 12  # pixels at which a verse is under the pointer
NONE = np.zeros((0, 2), np.float32)


class PlaneView(QWidget):
    """`chosen` carries the index of a verse that was clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cloud: Places = NONE
        self._path: Places = NONE
        self._drawn: VersePath | None = None
        self._told = ""  # in place of a cloud
        self._place = 0.5
        self._strong = -1
        self._grains: QPixmap | None = None
        self._painted_for: tuple[object, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The path among real lines"))
        self.setToolTip(
            self.tr("Each dot is a verse, each grain around them the code of a real line; near means alike")
        )

    @property
    def strong(self) -> int:
        """The verse that stands out, -1 for none."""
        return self._strong

    def show_cloud(self, cloud: Places | None) -> None:
        """Codes of real lines, (N, 2); None where the model has none to show."""
        self._cloud = NONE if cloud is None or len(cloud) < 2 else cloud[:: len(cloud) // MOST_GRAINS + 1]
        self._told = self.tr("This model brings no picture of its codes") if cloud is None else ""
        self._grains = None
        self.forget_path()

    def show_path(self, path: VersePath, places: Places) -> None:
        """A path and where its codes lie in the cloud's plane, (points + 2, 2)."""
        self._drawn, self._path = path, places
        self._strong = -1
        sentence = self.tr("{count} verses from the first line to the last, among {lines} real lines")
        self.setAccessibleDescription(sentence.format(count=len(path.verses), lines=len(self._cloud)))
        self.update()

    @Slot(float)
    def show_place(self, t: float) -> None:
        """Where the slider stands."""
        self._place = t
        self.update()

    @Slot(int)
    def point_out(self, index: int) -> None:
        """Let one verse stand out, or none with -1."""
        if index != self._strong:
            self._strong = index
            self.update()

    def forget_path(self) -> None:
        """Show the cloud alone."""
        self._drawn, self._path, self._strong = None, NONE, -1
        self.setAccessibleDescription(self._told)
        self.update()

    def position(self, row: int) -> QPointF:
        """Where a row of the path lies in this widget: 0 the first line, then the verses, then the last line."""
        return self._stops()[row]

    def sizeHint(self) -> QSize:
        return USUAL

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_out(self._verse_at(event.position()))
        if self._strong >= 0 and self._drawn is not None:
            line = self._drawn.verses[self._strong].text
            QToolTip.showText(event.globalPosition().toPoint(), tooltip.plain(line), self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        self.point_out(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._verse_at(event.position())
        if index >= 0:
            self.chosen.emit(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours(self.palette())
        painter.fillRect(self.rect(), colours.ground)
        if self._told:
            painter.setPen(colours.quiet)
            painter.setFont(theme.font(theme.Size.SMALL))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._told)
        if len(self._cloud):
            painter.drawPixmap(0, 0, self._cloud_picture(colours.text))
        if len(self._path):
            self._paint_path(painter, colours)

    def _frame(self) -> PlaneFrame:
        return frame(self._cloud, self._path, QSizeF(self.size()))

    def _stops(self) -> list[QPointF]:
        """Where the path's rows lie; none where there is no path."""
        if not len(self._path):
            return []
        found = self._frame()
        return [found.pixel(float(x), float(y)) for x, y in self._path]

    def _verse_at(self, place: QPointF) -> int:
        """The nearest verse within reach of the pointer."""
        away = [(stop - place).manhattanLength() for stop in self._stops()[1:-1]]
        nearest = min(away, default=NEAR + 1)
        return away.index(nearest) if nearest <= NEAR else -1

    def _cloud_picture(self, ink: QColor) -> QPixmap:
        """The cloud is painted once for a size, a scale and a colour."""
        found = self._frame()
        painted_for = (found, ink.rgb(), self.devicePixelRatioF())
        if self._grains is None or painted_for != self._painted_for:
            self._painted_for = painted_for
            self._grains = _grains(self._cloud, found, ink, self.devicePixelRatioF())
        return self._grains

    def _paint_path(self, painter: QPainter, colours: theme.Colours) -> None:
        stops = self._stops()
        painter.setPen(QPen(colours.text, 1.5))
        painter.drawPolyline(QPolygonF(stops))
        painter.setBrush(colours.text)
        for index, stop in enumerate(stops[1:-1]):
            radius = STRONG if index == self._strong else DOT
            painter.drawEllipse(stop, radius, radius)
        painter.setBrush(colours.ground)
        for stop in (stops[0], stops[-1]):
            painter.drawRect(QRectF(stop.x() - STRONG, stop.y() - STRONG, 2 * STRONG, 2 * STRONG))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self._frame().pixel(*between(self._path, self._rows_at(), self._place)), RING, RING)
        self._name_ends(painter, stops)

    def _rows_at(self) -> tuple[float, ...]:
        verses = self._drawn.verses if self._drawn is not None else ()
        return (0.0, *(verse.t for verse in verses), 1.0)

    def _name_ends(self, painter: QPainter, stops: list[QPointF]) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.setFont(theme.font(theme.Size.SMALL))
        metrics, names = painter.fontMetrics(), (self.tr("first"), self.tr("last"))
        first, last = (QSizeF(metrics.horizontalAdvance(name), metrics.height()) for name in names)
        places = places_beside(stops, first, last, RING + 2, QSizeF(self.size()))
        for name, place in zip(names, places, strict=True):
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, name)


def _grains(cloud: Places, found: PlaneFrame, ink: QColor, ratio: float) -> QPixmap:
    picture = QPixmap((found.size * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    faint = QColor(ink.red(), ink.green(), ink.blue(), 60)
    painter.setPen(QPen(faint, 2 * GRAIN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(QPolygonF(found.pixels_in_sight(cloud)))
    painter.end()
    return picture
