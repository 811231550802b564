"""The log file: there where it can be, silent where it cannot."""

from __future__ import annotations

import errno
import io
import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import NoReturn

import pytest

from desktop import log
from desktop.log import Log

logger = logging.getLogger("atelier.test")


@pytest.fixture
def started() -> Iterator[Log]:
    log = Log()
    log.start()
    yield log
    log.stop()


def text() -> str:
    return (log.folder() / "atelier.log").read_text(encoding="utf-8")


def test_the_folder_lies_in_the_persons_own_home(home: Path) -> None:
    assert home in log.folder().parents


def test_records_carry_time_level_and_place(started: Log) -> None:
    logger.info("verse-en loaded")
    assert text().endswith("INFO atelier.test: verse-en loaded\n")


def test_debug_records_stay_out(started: Log) -> None:
    logger.debug("noise")
    assert text() == ""


def test_errors_also_go_to_standard_error(
    started: Log, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        logger.error("for the terminal")
        logger.warning("for the file")
    assert "for the file" in text()
    assert "for the terminal" in text()


def test_the_file_rotates(started: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5 * log.MAX_BYTES // 10_000):
        logger.info("x" * 10_000)
    files = sorted(log.folder().iterdir())
    assert [file.name for file in files] == ["atelier.log", "atelier.log.1", "atelier.log.2", "atelier.log.3"]
    assert all(file.stat().st_size <= log.MAX_BYTES for file in files)


def test_a_log_folder_that_cannot_be_made_costs_only_the_file(home: Path) -> None:
    log.folder().parent.mkdir(parents=True, exist_ok=True)
    log.folder().write_text("a file where the folder should be")
    unwritable = Log()
    unwritable.start()
    logger.info("nowhere")
    unwritable.stop()
    assert log.folder().read_text() == "a file where the folder should be"


def test_a_full_disk_is_borne_in_silence(
    started: Log, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class FullDisk(io.StringIO):
        def write(self, _text: str) -> NoReturn:
            raise OSError(errno.ENOSPC, "No space left on device")

    (handler,) = (handler for handler in logging.getLogger().handlers if isinstance(handler, RotatingFileHandler))
    with monkeypatch.context() as patch:
        patch.setattr(handler, "stream", FullDisk())
        logger.info("lost")
    logger.info("kept")
    assert text().endswith("kept\n")
    assert capsys.readouterr().err == ""


def test_stopping_twice_is_harmless() -> None:
    stopped = Log()
    stopped.start()
    stopped.stop()
    before = logging.getLogger().level
    stopped.stop()
    assert logging.getLogger().level == before
