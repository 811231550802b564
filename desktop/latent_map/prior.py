"""What the map is measured by: circles of 1, 2 and 3 standard deviations of the prior, and numbers along two edges."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop import theme
from desktop.latent_map import map_lines, plates
from desktop.latent_map.kept_picture import KeptPicture
from desktop.latent_map.map_frame import Frame
from models.image_vae.codes import Plane

DEVIATIONS = (1, 2, 3)
INK, PAPER = QColor(31, 32, 35), QColor(255, 255, 255)
LABELLED = math.radians(45)  # where on a circle its label stands
ROOM = 90  # logical pixels between two numbers of an axis, at least
EDGE = 12  # pixels from an edge to the middle of its numbers
TICK = 4
CROWDED = 48  # pixels from a circle to the next under which only the last has a label


class Circles:
    """The prior's circles, and a small cross at its middle."""

    def __init__(self) -> None:
        self.is_shown = True
        self._is_on_paper = False
        self._kept = KeptPicture()
        self._colours: theme.Colours | None = None  # of the kept picture

    def lie_on_paper(self, is_on_paper: bool) -> None:
        """Whether images lie beneath, whose paper is light in the dark as well."""
        self._is_on_paper = is_on_paper
        self._kept.forget()

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if not self.is_shown:
            return
        if colours is not self._colours:
            self._colours = colours
            self._kept.forget()
        self._kept.paint(painter, frame, self._draw)

    def _draw(self, painter: QPainter, room: Frame) -> None:
        colours = self._colours
        if colours is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line, halo = (INK, PAPER) if self._is_on_paper else (colours.text, colours.ground)
        pens = map_lines.halo_pens(_faded(line, 0.75), _faded(halo, 0.6), 1)
        for radius in DEVIATIONS:
            map_lines.stroke(painter, map_lines.of_ellipse(room, (0, 0), (radius, radius)), pens)
        arm = 4 / room.scale
        for ends in (((-arm, 0), (arm, 0)), ((0, -arm), (0, arm))):
            map_lines.stroke(painter, map_lines.of_path(room, ends), pens)


class CircleLabels:
    """How many deviations each circle stands for, above all that lies on the circles."""

    def __init__(self, circles: Circles) -> None:
        self._circles = circles

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        if not self._circles.is_shown:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for radius in DEVIATIONS if frame.scale > CROWDED else DEVIATIONS[-1:]:
            point = frame.point(radius * math.cos(LABELLED), radius * math.sin(LABELLED))
            if frame.room.contains(point):
                words = QCoreApplication.translate("map", "{} σ").format(radius)
                plates.middle(painter, point, words, colours)


class Axes:
    """Numbers along the lower and the left edge, as fine as the zoom allows to tell apart."""

    def __init__(self) -> None:
        self.plane: Plane | None = None

    def paint(self, painter: QPainter, frame: Frame, colours: theme.Colours) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = fine_step(ROOM / frame.scale)
        shown = frame.window
        for number in _multiples(step, shown.left, shown.right):
            x = frame.across(number)
            if 2 * EDGE < x < frame.width - 2 * EDGE:
                plates.middle(painter, QPointF(x, frame.height - EDGE), _words(number, step), colours)
        for number in _multiples(step, shown.bottom, shown.top):
            y = frame.down(number)
            if 2 * EDGE < y < frame.height - 3 * EDGE:
                plates.beside(painter, QPointF(TICK, y), _words(number, step), colours)
        if self.plane is not None and len(self.plane.rest) > 2:
            self._name(painter, frame, colours, self.plane)

    def _name(self, painter: QPainter, frame: Frame, colours: theme.Colours, plane: Plane) -> None:
        """Which of the code's numbers vary, where there are more than two."""
        across = QCoreApplication.translate("map", "number {} →").format(plane.across + 1)
        up = QCoreApplication.translate("map", "↑ number {}").format(plane.up + 1)
        wide = painter.fontMetrics().horizontalAdvance(across)
        plates.beside(painter, QPointF(frame.width - wide - 16, frame.height - 3 * EDGE), across, colours)
        plates.beside(painter, QPointF(TICK, EDGE), up, colours)


def fine_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below a number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((times * power for times in (1, 2, 5) if times * power >= least), 10 * power)


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [step * count for count in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _words(number: float, step: float) -> str:
    """With as many places as the step has, and a true minus."""
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{number + 0.0:.{places}f}".replace("-", "−")


def _faded(colour: QColor, share: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(share)
    return faded
