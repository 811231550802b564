"""What the app must reach: a window at once, an own path soon, an event loop that is never silent for long.

Each measurement starts the real `main()` in a fresh process and an isolated home, and uses it as a person would: draws
one sprite after the other; or types into the lines as soon as the window is there, then pastes others and slides.
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

from tests.benchmarks.table import Row, all_missing, at_most

STARTS = 5
LONGEST_START = 120  # seconds

WINDOW = at_most("window visible after start, median s", 1.0)
PATH = at_most("first own path on screen after start, median s", 4.0)
FIRST = at_most("first verses on screen after a line was pasted, median s", 0.2)
SILENCE = at_most("longest silence of the event loop among verses, once torch is there, ms", 100.0, "{:.0f}")
DRAWING_SILENCE = at_most("longest silence of the event loop, drawing at full speed, ms", 100.0, "{:.0f}")
WAKING = at_most("the one silence of the torch import, ms (excepted)", 1000.0, "{:.0f}")
MEMORY = at_most("resident memory with the model, MB", 700.0, "{:.0f}")
ALL = (WINDOW, PATH, FIRST, SILENCE, DRAWING_SILENCE, WAKING, MEMORY)


def rows() -> Iterator[Row]:
    """Medians over several starts; silences and the memory are the largest of all."""
    try:
        drawing, verses = ([_start(tab) for _ in range(STARTS)] for tab in ("drawing", "verses"))
    except subprocess.SubprocessError as error:
        yield from all_missing(ALL, f"the app did not end as it should ({error})")
        return
    yield WINDOW.row(_median(drawing + verses, "window"))
    yield PATH.row(_median(verses, "path"))
    yield FIRST.row(_median(verses, "first"))
    yield SILENCE.row(max(run["silence"] for run in verses))
    yield DRAWING_SILENCE.row(max(run["silence"] for run in drawing))
    yield WAKING.row(_median(drawing + verses, "waking"))
    yield MEMORY.row(max(run["memory"] for run in drawing + verses))


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _start(tab: str) -> dict[str, float]:
    return probed("app_probe", tab, repr(time.time()))


def probed(module: str, *words: str) -> dict[str, float]:
    """What a module of this folder, run in a process of its own, tells of the app. Raises `SubprocessError`."""
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
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # on a person's machine a module is compiled once
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *words]
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=LONGEST_START, check=True
        )
    figures: dict[str, Any] = json.loads(result.stdout)
    return {name: float(value) for name, value in figures.items()}
