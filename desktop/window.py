"""The window: tabs, menus, the notice bar, the status line, and a close that leaves nothing running."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop import icons, log, recipe
from desktop.about import about_box
from desktop.engine import Engine, Failure, UnexpectedError
from desktop.errors import Problem, problem_of
from desktop.menus import Menus
from desktop.page import Page, Tab
from desktop.recipe import Recipe
from desktop.settings import Store
from desktop.theme import Theme
from desktop.widgets.notice import Notice
from desktop.widgets.shortcuts_view import ShortcutsView
from desktop.widgets.status_line import StatusLine
from models.errors import AtelierError, InputError

_log = logging.getLogger(__name__)

SMALLEST, USUAL = QSize(1000, 680), QSize(1180, 780)
WAIT_MS = 2000  # for each engine when the window closes


class Window(QMainWindow):
    """Shows one page a tab. A page is built when its tab is first shown, and started after that paint."""

    def __init__(
        self, tabs: Sequence[Tab], store: Store, theme: Theme, geometry: QSettings, tab: str | None = None
    ) -> None:
        """Begins with the tab of this name, else with the one that was shown last."""
        super().__init__()
        self._tabs = tuple(tabs)
        self._store = store
        self._theme = theme
        self._geometry = geometry
        self._holders = tuple(QStackedWidget() for _ in self._tabs)  # each empty until its page is built
        self._pages: dict[str, Page] = {}
        self._started: set[Page] = set()
        self._is_painted = False
        self._is_left = False
        self._unfit: InputError | None = None  # what was told of the last recipe, until another is opened
        self.notice = Notice(self)
        self.tabs = QTabWidget(self)
        self._corner = QStackedWidget(self)
        self.status = StatusLine(self)
        self.menus = Menus(self, store.settings.theme)
        self._start_timer = QTimer(self)
        self._start_timer.setSingleShot(True)
        self._lay_out()
        self._connect()
        self._restore(tab)

    @property
    def page(self) -> Page | None:
        """The page that is shown; None in a window without tabs."""
        place = self.tabs.currentIndex()
        return self._pages.get(self._tabs[place].key) if place >= 0 else None

    def show_tab(self, key: str) -> bool:
        """Bring a tab to the front; false where there is none of this name."""
        for place, tab in enumerate(self._tabs):
            if tab.key == key:
                self.tabs.setCurrentIndex(place)
                return True
        return False

    def open_recipe(self, wanted: Recipe) -> None:
        """Show what a recipe says, in its tab; what cannot be shown is told."""
        self._forget_unfit()
        try:
            if not self.show_tab(wanted.tab) or self.page is None:
                raise InputError("This recipe is for a tab that this version does not have: {tab}.", tab=wanted.tab)
            self.page.apply(wanted)
        except InputError as error:
            self._tell_unfit(error)

    def _tell_unfit(self, error: InputError) -> None:
        self._unfit = error
        self.tell(error)

    def _forget_unfit(self) -> None:
        """Another recipe comes: what was wrong with the one before is over."""
        if self._unfit is not None:
            self.take_back(self._unfit)
            self._unfit = None

    @Slot(object)
    def tell(self, problem: Problem | Failure | AtelierError) -> None:
        """Show a problem above the tabs."""
        if isinstance(problem, Failure) and isinstance(problem.error, UnexpectedError):
            _log.error("%s", problem.details)
        self.notice.tell(problem if isinstance(problem, Problem) else problem_of(problem))

    @Slot(object)
    def take_back(self, problem: Failure | AtelierError) -> None:
        """A problem that was told is over."""
        self.notice.take_back(problem_of(problem))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the page, not on the tabs, where no key of the page works."""
        super().showEvent(event)
        if self.page is not None and not self._is_painted:
            self.page.keyboard_home().setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Slow things begin once the person sees something."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self._start_timer.start(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            icons.retint(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave in stages; each stage is gone through whatever happens in another."""
        if not self._is_left:
            self._is_left = True
            self.hide()
            with ExitStack() as stages:  # the last that is named comes first
                stages.callback(self._store.save)
                stages.callback(self._keep)
                for engine in self._engines():
                    stages.callback(engine.close, WAIT_MS)
                for engine in self._engines():
                    stages.callback(engine.stop)
                for page in self._pages.values():
                    stages.callback(page.stop)
                stages.callback(self._start_timer.stop)
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Latent Atelier"))
        self.setMinimumSize(SMALLEST)
        for tab, holder in zip(self._tabs, self._holders, strict=True):
            self.tabs.addTab(holder, tab.title())
        self.tabs.setDocumentMode(True)
        self.tabs.setCornerWidget(self._corner)
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        self.setCentralWidget(content)
        self.statusBar().addPermanentWidget(self.status)

    def _connect(self) -> None:
        self._start_timer.timeout.connect(self._start_page)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self._store.problem.connect(self.tell)
        self.menus.quit.triggered.connect(self.close)
        self.menus.copy_recipe.triggered.connect(self._on_copy_recipe)
        self.menus.paste_recipe.triggered.connect(self._on_paste_recipe)
        self.menus.full_screen.toggled.connect(self._on_full_screen)
        self.menus.theme_chosen.connect(self._on_theme)
        self.menus.shortcuts.triggered.connect(self._on_shortcuts)
        self.menus.log_folder.triggered.connect(self._on_log_folder)
        self.menus.about.triggered.connect(self._on_about)

    def _restore(self, tab: str | None) -> None:
        self.resize(USUAL)
        geometry = self._geometry.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if tab is None or not self.show_tab(tab):
            self.show_tab(self._store.settings.tab)
        self._on_tab_changed(self.tabs.currentIndex())
        if self._store.dropped:
            self.tell(self._dropped_problem())

    def _dropped_problem(self) -> Problem:
        sentence = self.tr("Some settings could not be read and are as at the beginning; the old file is kept.")
        return Problem(sentence, ", ".join(self._store.dropped))

    def _engines(self) -> tuple[Engine[Any], ...]:
        return tuple(engine for page in self._pages.values() for engine in page.engines())

    def _keep(self) -> None:
        self._geometry.setValue("geometry", self.saveGeometry())
        self._geometry.sync()
        if self.tabs.currentIndex() >= 0:
            self._store.change(tab=self._tabs[self.tabs.currentIndex()].key)
        for key, page in self._pages.items():
            self._store.keep_page(key, page.save_state())

    def _build_page(self, place: int) -> Page:
        tab = self._tabs[place]
        page = tab.factory()
        self._pages[tab.key] = page
        self._holders[place].addWidget(page)
        self._corner.addWidget(page.corner() or QWidget(page))
        page.restore_state(self._store.settings.pages.get(tab.key, {}))
        page.changed.connect(self._on_page_changed)
        page.status_changed.connect(self._show_status)
        page.problem.connect(self.tell)
        page.problem_over.connect(self.take_back)
        return page

    @Slot()
    def _start_page(self) -> None:
        page = self.page
        if page is not None and page not in self._started:
            self._started.add(page)
            page.start()

    @Slot(int)
    def _on_tab_changed(self, place: int) -> None:
        if place >= 0 and self.page is None:
            page = self._build_page(place)
            if self._holders[place].hasFocus():  # not on the tabs, but on the page that was left
                page.keyboard_home().setFocus()
        self._corner.setCurrentIndex(list(self._pages).index(self._tabs[place].key) if place >= 0 else -1)
        self.menus.show_page(self.page)
        self._show_status()
        if self._is_painted:
            self._start_timer.start(0)

    @Slot()
    def _show_status(self) -> None:
        engines = self.page.engines() if self.page is not None else ()
        if engines:
            self.status.show_state(engines[-1].device, engines[-1].title, engines[-1].state)
        else:
            self.status.clear()

    @Slot()
    def _on_page_changed(self) -> None:
        page = self.sender()
        for key, known in self._pages.items():
            if known is page:
                self._store.keep_page(key, known.save_state())

    @Slot()
    def _on_copy_recipe(self) -> None:
        if self.page is not None:
            QGuiApplication.clipboard().setText(recipe.to_text(self.page.recipe()))
            self.page.skeleton.say(self.tr("Recipe copied: paste it anywhere, or here to come back"))

    @Slot()
    def _on_paste_recipe(self) -> None:
        self._forget_unfit()
        try:
            wanted = recipe.from_text(QGuiApplication.clipboard().text())
        except InputError as error:
            self._tell_unfit(error)
        else:
            self.open_recipe(wanted)

    @Slot()
    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)  # a maximized window stays so

    @Slot(str)
    def _on_theme(self, choice: str) -> None:
        self._theme.apply(choice)
        self._store.change(theme=choice)

    @Slot()
    def _on_shortcuts(self) -> None:
        more = self.page.skeleton.keys if self.page is not None else ()
        view = ShortcutsView(self.menus.actions(), more, self)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.show()

    @Slot()
    def _on_log_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.folder())))

    @Slot()
    def _on_about(self) -> None:
        about_box(self).open()
