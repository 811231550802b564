"""All that is painted on the map, from the ground up."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from desktop import theme
from desktop.latent_map.cursor_mark import CursorMark, FocusFrame
from desktop.latent_map.ground import Ground
from desktop.latent_map.landing_mark import LandingMark
from desktop.latent_map.map_frame import Frame
from desktop.latent_map.map_stage import Painting
from desktop.latent_map.overlays import OverlayMark, Scale
from desktop.latent_map.path_mark import PathMark
from desktop.latent_map.points import Highlight, Points
from desktop.latent_map.prior import Axes, CircleLabels, Circles


class Layers:
    """`lasting` belong to a picture of the map, the others only to its use."""

    def __init__(self) -> None:
        self.ground, self.overlay = Ground(), OverlayMark()
        self.circles, self.points = Circles(), Points()
        self.path, self.landing, self.axes = PathMark(), LandingMark(), Axes()
        self.cursor, self.focus = CursorMark(), FocusFrame()
        self.lasting: tuple[Painting, ...] = (
            self.ground,
            self.overlay,
            self.circles,
            self.points,
            CircleLabels(self.circles),
            self.path,
            self.landing,
            self.axes,
            Scale(self.overlay),
        )
        self.passing: tuple[Painting, ...] = (Highlight(self.points), self.cursor, self.focus)

    def picture(self, frame: Frame, colours: theme.Colours) -> QImage:
        """What a frame shows, as large as on screen."""
        image = QImage(frame.room.size().toSize() * frame.ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(frame.ratio)
        painter = QPainter(image)
        for painting in self.lasting:
            painter.save()
            painting.paint(painter, frame, colours)
            painter.restore()
        painter.end()
        return image
