"""Signals from the terminal, sent to the real app while it does nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.interrupts import SIGNALS, Interrupts

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import app, tabs
from tests.desktop import pages

class Page(pages.PlainPage):
    def start(self):
        super().start()
        self.line.setText("half a li")
        self.changed.emit()
        QTimer.singleShot(200, said)

def said():
    print("idle", flush=True)

tabs.available = lambda: (pages.Tab("plain", pages.title, Page),)
app.run([])
"""
PATIENCE = 30.0


@pytest.mark.skipif(sys.platform == "win32", reason="no process there is sent a signal that it can answer")
@pytest.mark.parametrize("number", SIGNALS)
def test_an_idle_window_ends_and_keeps_what_was_typed(home: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == b"idle\n"
        time.sleep(0.3)  # the loop sleeps by now
        app.send_signal(number)
        assert app.wait(PATIENCE) == 0
    assert "half a li" in settings.path().read_text(encoding="utf-8")


def test_handlers_are_given_back(qtbot: QtBot) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    interrupts = Interrupts(QCoreApplication.instance())
    interrupts.install()
    with qtbot.waitSignal(interrupts.asked_to_end):
        os.kill(os.getpid(), signal.SIGINT)
    interrupts.remove()
    assert [signal.getsignal(number) for number in SIGNALS] == before
    assert signal.set_wakeup_fd(-1) == -1
