"""Signals must survive being emitted: PySide6 6.12.0 ends the process on Python 3.11 after about 570 emits."""

from __future__ import annotations

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QObject, Signal

class Source(QObject):
    counted = Signal(int)
    switched = Signal(bool)

received = []
source = Source()
source.counted.connect(received.append)
source.switched.connect(received.append)
for number in range(2500):
    source.counted.emit(number)
    source.switched.emit(True)
print(len(received))
"""


def test_five_thousand_emits_reach_their_slot_and_the_process_ends_well() -> None:
    done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "5000", "")
