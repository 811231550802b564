"""The tests' own watchmen: what a test leaves behind, logs or warns of must fail it, and nothing else may."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests import leaks

ROOT = Path(__file__).resolve().parents[1]

CASES = """
import logging, os, warnings
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning

def test_bad_warning():
    warnings.warn("careless")

def test_bad_qt_warning():
    qWarning("careless")

def test_bad_record():
    logging.getLogger("atelier").warning("careless")

def test_bad_record_below_what_was_announced(caplog):
    with caplog.at_level(logging.ERROR, logger="elsewhere"):
        logging.getLogger("atelier").warning("careless")

def test_bad_timer(qtbot):
    global timer
    timer = QTimer()
    timer.start(1000)

def test_good_announced_record(caplog):
    with caplog.at_level(logging.WARNING):
        logging.getLogger("atelier").warning("meant")

def test_good_window(qtbot):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

def test_good_home(home):
    assert Path.home() == home
    (home / "file").touch()

def test_good_other_home(home):
    assert not (home / "file").exists()
"""


def test_untidy_tests_fail_and_tidy_ones_pass(tmp_path: Path) -> None:
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    report = tmp_path / "report.xml"
    options = ["-c", "pyproject.toml", "--rootdir", ".", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, f"--junitxml={report}", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    for case in ElementTree.parse(report).iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        assert failed == case.attrib["name"].startswith("test_bad"), case.attrib["name"]
    assert len(list(ElementTree.parse(report).iter("testcase"))) == CASES.count("def test_")


def test_watching_does_not_load_qt_or_torch() -> None:
    code = "import sys, tests.conftest; print({'PySide6', 'torch'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_running_timer_is_named_and_stopped(qapp: QApplication) -> None:
    with leaks.watched() as left_behind:
        timer = QTimer()
        timer.start(1000)
        (line,) = left_behind()
    assert line.startswith("QTimer started at")
    assert "test_tidiness.py" in line
    assert not timer.isActive()


def test_a_stopped_timer_is_no_leak(qapp: QApplication) -> None:
    with leaks.watched() as left_behind:
        timer = QTimer()
        timer.start(1000)
        timer.stop()
        assert left_behind() == []


def test_a_running_qthread_is_named_and_ended(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "PATIENCE", 0.05)
    with leaks.watched() as left_behind:
        thread = QThread()
        thread.start()
        (line,) = left_behind()
        assert left_behind() == []
    assert line.startswith("QThread started at")
    assert thread.isFinished()


def test_a_running_python_thread_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "PATIENCE", 0.05)
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    with leaks.watched() as left_behind:
        thread.start()
        assert left_behind() == ["Python thread forgotten"]
        end.set()
        thread.join()
        assert left_behind() == []


def test_a_top_level_widget_is_named_until_it_is_deleted(qtbot: QtBot) -> None:
    with leaks.watched() as left_behind:
        widget = QWidget()
        QMenu("a menu goes with its parent", widget)
        (line,) = left_behind()
        assert "QWidget" in line
        widget.deleteLater()
        assert left_behind() == []
