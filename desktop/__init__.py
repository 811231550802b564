"""The Qt application; the only place that imports PySide6 or pyqtgraph.

What must happen before Qt or torch is imported happens here, because importing any module of `desktop` passes through.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys

# Without it two busy threads on a shared machine spin while they wait, and each step costs 5 to 30 times more.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

if sys.platform == "win32":
    # There torch's libraries fail to load once Qt's are in the process (WinError 1114). Where torch itself is broken
    # the window still opens: the engine meets the same error when it loads a model, and says so.
    with contextlib.suppress(ImportError, OSError):
        importlib.import_module("torch")
