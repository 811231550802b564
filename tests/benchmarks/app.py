"""What the app must reach: a window at once, an own path soon, an event loop that is never silent for long.

Each measurement starts the real `main()` in a fresh process and an isolated home, and uses it as a person would: types
into the lines as soon as the window is there, then goes on typing and sliding.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.table import Row, at_most

STARTS = 5


def rows() -> Iterator[Row]:
    """Medians over several starts; the silence is the longest of all."""
    runs = [_run() for _ in range(STARTS)]
    yield at_most("window visible after start, median s", 1.0, _median(runs, "window"))
    yield at_most("first own path on screen after start, median s", 4.0, _median(runs, "path"))
    yield at_most("longest silence of the event loop at work, ms", 100.0, max(run["silence"] for run in runs), "{:.0f}")
    yield at_most("the one silence of the torch import, ms (excepted)", 1000.0, _median(runs, "waking"), "{:.0f}")
    yield at_most("resident memory with the model, MB", 700.0, max(run["memory"] for run in runs), "{:.0f}")


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_STATE_HOME": f"{home}/state",
            "XDG_CACHE_HOME": f"{home}/cache",
        }
        if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        command = [sys.executable, "-m", "tests.benchmarks.app_probe", repr(time.time())]
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    figures: dict[str, Any] = json.loads(result.stdout)
    return {name: float(value) for name, value in figures.items()}
