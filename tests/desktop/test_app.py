"""The app as a process: it opens, it closes with status 0 whatever it is doing, and it says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, engine, log, settings, tabs
from desktop.recipe import Recipe, to_text
from desktop.window import Window
from tests.desktop.pages import TABS, PlainPage

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
from desktop import app, tabs, window
from tests.desktop import pages

moment, load_s, step_s, window.WAIT_MS = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])

class SlowCounter(pages.Counter):
    def __init__(self):
        super().__init__()
        time.sleep(load_s)

def endless(model):
    while True:
        time.sleep(step_s)
        yield 0

class BusyPage(pages.PlainPage):
    def start(self):
        super().start()
        self.ask(endless)
        QTimer.singleShot(moment, self.window().close)

pages.Counter = SlowCounter
tabs.available = lambda: (pages.Tab("plain", pages.title, BusyPage),)
sys.argv = ["atelier"]
app.run()
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("moment", "load_s", "step_s", "wait_ms"),
    [
        pytest.param(0, 0, 0.001, 20_000, id="at once"),
        pytest.param(50, 0, 0.001, 20_000, id="while busy"),
        pytest.param(7, 0.2, 0.001, 20_000, id="while loading"),
        pytest.param(100, 0, 600, 10, id="in a step that does not end"),
        pytest.param(0, 600, 0, 10, id="in a load that does not end"),
    ],
)
def test_the_process_ends_with_status_0(home: Path, moment: int, load_s: float, step_s: float, wait_ms: int) -> None:
    done = run(moment, load_s, step_s, wait_ms)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (log.folder() / "crash.log").exists() or not (log.folder() / "crash.log").read_bytes()


def test_nothing_heavy_is_imported_before_the_window() -> None:
    code = "import sys, desktop.app; print(sorted({'torch', 'sentencepiece', 'pyqtgraph', 'PIL'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_waiting_threads_are_told_not_to_spin_before_torch_can_be_imported() -> None:
    code = "import os; os.environ.pop('OMP_WAIT_POLICY', None); import desktop; print(os.environ['OMP_WAIT_POLICY'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "PASSIVE"


@pytest.mark.parametrize(
    ("torch", "imported"),
    [("", "['torch']"), ("raise ImportError('no torch')", "[]"), ("raise OSError('WinError 1114')", "[]")],
)
def test_on_windows_torch_comes_before_qt_and_may_fail(tmp_path: Path, torch: str, imported: str) -> None:
    (tmp_path / "torch.py").write_text(f"import sys; assert 'PySide6' not in sys.modules; {torch}\n")
    code = (
        f"import sys; sys.platform = 'win32'; sys.path.insert(0, {str(tmp_path)!r}); import desktop; "
        "print([name for name in ('torch',) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == imported


@pytest.fixture
def _plain_tabs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "available", lambda: TABS)


class Visit:
    """Looks at the window once it is open, then closes it."""

    def __init__(self) -> None:
        self.key = self.line = ""
        self.pages = 0
        self.seed = -1
        self.problems: tuple[str, ...] = ()
        QTimer.singleShot(0, self.look)

    def look(self) -> None:
        (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
        self.problems = tuple(problem.sentence for problem in window.notice.problems)
        self.key = TABS[window.tabs.currentIndex()].key
        self.pages = len(window.findChildren(PlainPage))
        if isinstance(window.page, PlainPage):
            self.line, self.seed = window.page.line.text(), window.page.skeleton.seed
        window.close()


@pytest.mark.usefixtures("_plain_tabs")
def test_main_opens_and_returns_0(qtbot: QtBot, home: Path) -> None:
    visit = Visit()
    assert app.main([]) == 0
    assert visit.key == "plain"
    assert visit.problems == ()
    assert not engine.threads_left()
    assert settings.path().exists()
    assert home in settings.path().parents


@pytest.mark.usefixtures("_plain_tabs")
def test_main_opens_the_tab_that_is_asked_for(qtbot: QtBot) -> None:
    visit = Visit()
    assert app.main(["--tab", "other"]) == 0
    assert (visit.key, visit.pages) == ("other", 1)


@pytest.mark.usefixtures("_plain_tabs")
def test_main_shows_a_recipe(qtbot: QtBot) -> None:
    visit = Visit()
    text = to_text(Recipe("plain", 4711, inputs={"line": "The moon"}))
    assert app.main(["--recipe", text]) == 0
    assert (visit.line, visit.seed) == ("The moon", 4711)


@pytest.mark.usefixtures("_plain_tabs")
def test_a_recipe_opens_its_own_tab_alone(qtbot: QtBot) -> None:
    visit = Visit()
    assert app.main(["--tab", "plain", "--recipe", to_text(Recipe("other", 1, inputs={"line": "The sea"}))]) == 0
    assert (visit.key, visit.pages, visit.line) == ("other", 1, "The sea")


@pytest.mark.usefixtures("_plain_tabs")
def test_where_there_is_no_tab_for_a_recipe_the_one_that_was_asked_for_opens(qtbot: QtBot) -> None:
    visit = Visit()
    assert app.main(["--tab", "other", "--recipe", to_text(Recipe("sound", 1))]) == 0
    assert visit.key == "other"
    assert visit.problems == ("This recipe is for a tab that this version does not have: sound.",)


@pytest.mark.usefixtures("_plain_tabs")
def test_a_recipe_that_is_none_is_one_sentence_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--recipe", "nonsense"]) == 1
    assert capsys.readouterr().err == (
        "atelier: There is no recipe in this text: a recipe begins with atelier-recipe-1.\n"
    )


@pytest.mark.usefixtures("_plain_tabs")
@pytest.mark.parametrize("arguments", [["--tab", "nowhere"], ["--colour"], ["file"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        app.main(arguments)
    assert caught.value.code == 2
    assert "usage: atelier" in capsys.readouterr().err


@pytest.mark.usefixtures("_plain_tabs")
def test_a_crash_is_told_at_the_next_start_once(qtbot: QtBot) -> None:
    log.folder().mkdir(parents=True)
    (log.folder() / "crash.log").write_text("Fatal Python error: Segmentation fault")
    first = Visit()
    app.main([])
    second = Visit()
    app.main([])
    assert first.problems == ("The app ended unexpectedly last time; what you typed was kept.",)
    assert second.problems == ()
