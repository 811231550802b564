"""The app from its first line to its exit status.

    python -m desktop [--tab NAME] [--recipe TEXT]

Nothing heavy is imported before the window shows: torch comes with the first engine, on its thread.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop import engine, fonts, icons, imports, log, recipe, settings, tabs
from desktop.crash_log import CrashLog
from desktop.errors import Hooks, Problem
from desktop.interrupts import Interrupts
from desktop.recipe import Recipe
from desktop.settings import Store
from desktop.theme import Theme
from desktop.window import Window
from models.errors import InputError


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, stay until it is closed; returns the exit status."""
    imports.go_straight()
    arguments = _arguments(argv)
    try:
        wanted = recipe.from_text(arguments.recipe) if arguments.recipe is not None else None
    except InputError as error:
        sys.stderr.write(f"atelier: {error}\n")
        return 1
    app = _application()
    hooks = Hooks()
    crashes = CrashLog(log.folder())
    interrupts = Interrupts()
    hooks.install()
    interrupts.install()
    interrupts.asked_to_end.connect(app.closeAllWindows)
    try:
        crash = crashes.begin()
        return _stay(app, hooks, crash, arguments.tab, wanted)
    finally:
        crashes.end()
        interrupts.remove()
        hooks.remove()


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """`main` as a whole program.

    A worker that is still inside a long step (a cold import, say) when all is saved would be destroyed by the
    interpreter's tidying, and Qt aborts then: such a process is left at once.
    """
    status = main(argv)
    if not engine.threads_left():
        sys.exit(status)
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="atelier", description="Opens the app.")
    parser.add_argument("--tab", metavar="NAME", choices=[tab.key for tab in tabs.available()], help="the tab to show")
    parser.add_argument("--recipe", metavar="TEXT", help="a copied recipe to begin with")
    return parser.parse_args(argv)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("latent-atelier")
    app.setApplicationDisplayName("Latent Atelier")
    app.setDesktopFileName("latent-atelier")
    app.setStyle("Fusion")
    fonts.load()
    return app


def _stay(app: QApplication, hooks: Hooks, crash: str, tab: str | None, wanted: Recipe | None) -> int:
    store = Store(settings.path())
    theme = Theme(app)
    theme.apply(store.settings.theme)
    app.setWindowIcon(icons.logo())
    geometry = QSettings(str(settings.path().with_name("window.ini")), QSettings.Format.IniFormat)
    known = tabs.available()
    if wanted is not None and any(each.key == wanted.tab for each in known):
        tab = wanted.tab
    window = Window(known, store, theme, geometry, tab)
    hooks.problem.connect(window.tell)
    hooks.listen()
    if crash:
        window.tell(Problem(window.tr("The app ended unexpectedly last time; what you typed was kept."), crash))
    if wanted is not None:
        window.open_recipe(wanted)
    window.show()
    return app.exec()
