"""All that is painted on the map, from the ground up."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPixmap

from desktop import theme
from desktop.latent_map.code_marks import CodeMarks
from desktop.latent_map.cursor_mark import CursorMark, FocusFrame
from desktop.latent_map.ground import Ground
from desktop.latent_map.landing_mark import LandingMark
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.map_stage import Painting
from desktop.latent_map.overlays import Note, OverlayMark, Scale
from desktop.latent_map.path_mark import PathMark, PlayheadMark
from desktop.latent_map.points import Highlight, Points
from desktop.latent_map.prior import Axes, CircleLabels, Circles


class Layers:
    """`lasting` belong to a picture of the map, the others only to its use."""

    def __init__(self) -> None:
        self.ground, self.overlay, self.note = Ground(), OverlayMark(), Note()
        self.circles, self.points, self.codes = Circles(), Points(), CodeMarks()
        self.path, self.landing, self.axes = PathMark(), LandingMark(), Axes()
        self.playhead, self.cursor, self.focus = PlayheadMark(), CursorMark(), FocusFrame()
        lasting: tuple[Painting, ...] = (
            self.ground,
            self.overlay,
            self.circles,
            self.points,
            self.codes,
            CircleLabels(self.circles),
            self.path,
            self.landing,
            self.axes,
            Scale(self.overlay),
            self.note,
        )
        self.lasting = Lasting(lasting)
        self.passing: tuple[Painting, ...] = (Highlight(self.points), self.playhead, self.cursor, self.focus)

    def picture(self, frame: Frame, colours: theme.Colours) -> QImage:
        """What a frame shows, as large as on screen."""
        image = QImage(frame.room.size().toSize() * frame.ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(frame.ratio)
        painter = QPainter(image)
        self.lasting.draw(painter, frame, colours)
        painter.end()
        return image


class Lasting:
    """Several paintings, kept as one picture while only the cursor moves over them.

    What is new is painted at once and kept when it is asked for a second time: while the map moves, it is not.
    """

    def __init__(self, paintings: tuple[Painting, ...]) -> None:
        self._paintings = paintings
        self._shown: tuple[Frame, theme.Colours] | None = None
        self._picture: QPixmap | None = None

    def forget(self) -> None:
        self._shown = None

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if self._shown != (frame, colours):
            self._shown, self._picture = (frame, colours), None
            self.draw(painter, frame, colours)
            return
        if self._picture is None:
            self._picture = self._kept(frame, colours)
        painter.drawPixmap(QPointF(0, 0), self._picture)

    def draw(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        """Paint all of them, the first at the bottom."""
        for painting in self._paintings:
            painter.save()
            painting.paint(painter, frame, colours)
            painter.restore()

    def _kept(self, frame: Frame, colours: theme.Colours) -> QPixmap:
        picture = QPixmap(frame.room.size().toSize() * frame.ratio)
        picture.setDevicePixelRatio(frame.ratio)
        painter = QPainter(picture)
        self.draw(painter, frame, colours)
        painter.end()
        return picture
