"""The window's menus. What belongs to a tab is taken from the page that is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.page import Page
from desktop.settings import THEMES

THEME_KEYS = ("F6", "F7", "F8")


class Menus(QObject):
    """Builds a window's menu bar and keeps those of a tab to the current page. The window connects the actions."""

    theme_chosen = Signal(str)

    def __init__(self, window: QMainWindow, theme: str) -> None:
        super().__init__(window)
        self._bar = window.menuBar()
        self.quit = self._action(self.tr("&Quit"), "Ctrl+Q", QAction.MenuRole.QuitRole)
        self.copy_recipe = self._action(self.tr("Copy &recipe"), "Ctrl+Shift+R")
        self.copy_recipe.setToolTip(self.tr("Copy a short text that reproduces what is on screen"))
        self.paste_recipe = self._action(self.tr("&Paste recipe"), "Ctrl+Shift+V")
        self.paste_recipe.setToolTip(self.tr("Show what a copied recipe says"))
        self.full_screen = self._action(self.tr("&Full screen"), "F11")
        self.full_screen.setCheckable(True)
        self.shortcuts = self._action(self.tr("&Keyboard shortcuts"), "Ctrl+/")
        self.log_folder = self._action(self.tr("Open &log folder"), "Ctrl+Shift+L")
        self.about = self._action(self.tr("&About Latent Atelier"), "F1", QAction.MenuRole.AboutRole)
        self._themes = self._theme_actions(theme)
        self._file = self._menu(self.tr("&File"))
        self._edit = self._menu(self.tr("&Edit"))
        self._tools = self._menu(self.tr("&Tools"))
        self._fill_view(self._menu(self.tr("&View")))
        self._menu(self.tr("&Help")).addActions([self.shortcuts, self.log_folder, self.about])
        self.show_page(None)

    def show_page(self, page: Page | None) -> None:
        """List what this page can do."""
        self._file.clear()
        self._edit.clear()
        self._tools.clear()
        if page is not None:
            skeleton = page.skeleton
            self._file.addActions([*skeleton.imports(), *skeleton.exports()])
            self._edit.addActions([skeleton.undo_action, skeleton.redo_action, skeleton.dice_action])
            self._edit.addSeparator()
            self._edit.addActions([skeleton.copy_action, self.copy_recipe, self.paste_recipe])
            self._tools.addActions(skeleton.own_actions())
        self._tools.menuAction().setVisible(not self._tools.isEmpty())
        self._file.addSeparator()
        self._file.addAction(self.quit)

    def actions(self) -> tuple[QAction, ...]:
        """All that the menus offer at present, in their order."""
        menus = [action.menu() for action in self._bar.actions()]
        return tuple(action for menu in menus if isinstance(menu, QMenu) for action in menu.actions() if action.text())

    def _menu(self, title: str) -> QMenu:
        menu = self._bar.addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def _action(self, text: str, keys: str, role: QAction.MenuRole = QAction.MenuRole.NoRole) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setMenuRole(role)
        return action

    def _theme_actions(self, theme: str) -> tuple[QAction, ...]:
        group = QActionGroup(self)
        texts = (self.tr("&System colours"), self.tr("&Light"), self.tr("&Dark"))
        actions = []
        for name, text, keys in zip(THEMES, texts, THEME_KEYS, strict=True):
            action = self._action(text, keys)
            action.setCheckable(True)
            action.setChecked(name == theme)
            action.setData(name)
            group.addAction(action)
            actions.append(action)
        group.triggered.connect(self._on_theme)
        return tuple(actions)

    def _fill_view(self, menu: QMenu) -> None:
        menu.addActions(list(self._themes))
        menu.addSeparator()
        menu.addAction(self.full_screen)

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())
