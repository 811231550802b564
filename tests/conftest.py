"""Every test runs in a home of its own, without a display, and leaves nothing behind.

A test fails on Python warnings and Qt warnings (pyproject.toml), on log records from WARNING up, and on what
`tests.leaks` finds. A test that means to provoke records says so with `with caplog.at_level(...)`.
"""

from __future__ import annotations

import logging
import os
import random
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import leaks

# Read by Qt and torch when they are loaded, which no test module has done yet.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"

hypothesis.settings.register_profile("house", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("house")

HOMES = {  # variable: folder in the home
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "run",
}
PASSED = pytest.StashKey[bool]()


def move_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    for variable, folder in HOMES.items():
        (home / folder).mkdir(parents=True, exist_ok=True)
        patch.setenv(variable, str(home / folder))
    (home / "run").chmod(0o700)  # Qt warns of a runtime folder that others may read


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that outlive one test."""
    with pytest.MonkeyPatch.context() as patch:
        move_home(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own home folder."""
    folder = tmp_path_factory.mktemp("home")
    move_home(monkeypatch, folder)
    return folder


@pytest.fixture(autouse=True)
def _fixed_seeds() -> None:
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


class UnexpectedRecords(logging.Handler):
    """Collects the records that the test did not announce."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        super().__init__(logging.WARNING)
        self.caplog = caplog
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        announced = self.caplog.handler.level  # 0 outside `caplog.at_level`
        if not announced or record.levelno < announced:
            self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_records(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    handler = UnexpectedRecords(caplog)
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.lines:
        pytest.fail("Unexpected log records:\n  " + "\n  ".join(handler.lines), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture(autouse=True)
def _no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """A failed test holds its objects in its traceback, so only a passed one is told."""
    with leaks.watched() as left_behind:
        yield
        request.node.funcargs.clear()  # pytest itself would hold fixtures' values a little longer
        left = left_behind()
    if left and request.node.stash.get(PASSED, False):
        pytest.fail("The test left behind:\n  " + "\n  ".join(left), pytrace=False)
