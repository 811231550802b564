"""Which pictures are worth a place in the filmstrip: finished ones, once they have stood a while or are left."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPixmap

from desktop import images
from desktop.drawing import words
from desktop.drawing.session import Session
from desktop.widgets.filmstrip import Filmstrip, Frame
from desktop.widgets.lingering import Lingering


class Frames(Lingering):
    """Puts the session's pictures into a filmstrip, each once."""

    def __init__(self, session: Session, strip: Filmstrip) -> None:
        super().__init__(session)
        self._session = session
        self._strip = strip
        session.acted.connect(self._on_acted)

    @Slot()
    def _on_acted(self) -> None:
        sheet = self._session.sheet
        if sheet.is_finished and sheet.canvas.covered:
            self._stay.start()
        else:
            self._stay.stop()

    @Slot()
    def _keep(self) -> None:
        sheet, drawn = self._session.sheet, self._session.drawn
        known = [frame.value for frame in self._strip.frames()]
        if any((kept.form, kept.shown.tobytes()) == (sheet.form, sheet.shown.tobytes()) for kept in known):
            return
        seed = self.tr("Seed {}").format(sheet.request.seed)
        price = words.bits_per_pixel(drawn.bits_per_pixel) if drawn is not None else ""
        picture = QPixmap.fromImage(images.of_sprite(sheet.form, sheet.shown))
        self._strip.add(Frame(seed, price, sheet, picture))
