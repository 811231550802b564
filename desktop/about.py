"""What the app says about itself."""

from __future__ import annotations

import importlib.resources
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def version() -> str:
    """The installed version; a source tree that was never installed has none."""
    try:
        return metadata.version("latent-atelier")
    except metadata.PackageNotFoundError:
        return ""


def _resources(folder: str) -> Path:
    return Path(str(importlib.resources.files("resources") / folder))


def about_box(parent: QWidget) -> QMessageBox:
    """A box that the caller opens; it deletes itself when it is closed."""
    text = QCoreApplication.translate("About", "Latent Atelier {}").format(version()).strip()
    told = QCoreApplication.translate(
        "About",
        "A workshop for small generative models: look inside them, steer them, train your own.\n\n"
        "Everything is computed on this machine; nothing is sent anywhere.\n\n"
        "Licence: Apache-2.0. Built with Qt for Python (LGPL-3.0) and PyTorch (BSD-3-Clause).\n\n"
        "Chinese letters are part of Noto Sans CJK SC (OFL 1.1). How words sound is taken from the CMU Pronouncing"
        " Dictionary (BSD-2-Clause) and pinyin-data (MIT). The texts of these licences are in\n{fonts}\n{sounds}",
    ).format(fonts=_resources("fonts"), sounds=_resources("pronunciation"))
    box = QMessageBox(QMessageBox.Icon.NoIcon, text, told, QMessageBox.StandardButton.Close, parent)
    box.setText(text)
    box.setInformativeText(told)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # so that a folder can be copied
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
