"""Settings: read whatever stands in the file, written whole or not at all."""

from __future__ import annotations

import errno
import itertools
import json
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.settings import Settings, Store, read
from models.atomic import SaveError

GOOD = {"version": 1, "theme": "dark", "tab": "verses", "pages": {"verses": {"first": "The moon"}}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def write(file: Path, value: object) -> Path:
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return file


def test_without_a_file_there_are_defaults(file: Path) -> None:
    assert read(file) == settings.Reading(Settings())


def test_a_good_file_is_read_whole(file: Path) -> None:
    reading = read(write(file, GOOD))
    assert reading.settings == Settings(1, "dark", "verses", {"verses": {"first": "The moon"}})
    assert reading.dropped == ()


@pytest.mark.parametrize("name", list(GOOD))
def test_a_missing_key_is_its_default_and_no_fault(file: Path, name: str) -> None:
    reading = read(write(file, {key: value for key, value in GOOD.items() if key != name}))
    assert getattr(reading.settings, name) == getattr(Settings(), name)
    assert reading.dropped == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", "1"),
        ("version", 0),
        ("version", 2),
        ("version", True),
        ("theme", "blue"),
        ("theme", 7),
        ("theme", None),
        ("theme", ["dark"]),
        ("tab", 3),
        ("tab", {}),
        ("tab", "x" * 100_000),
        ("pages", []),
        ("pages", "verses"),
    ],
)
def test_a_wrong_key_is_dropped_alone(file: Path, name: str, value: object) -> None:
    reading = read(write(file, {**GOOD, name: value}))
    assert reading.dropped == (name,)
    for other in GOOD:
        expected = Settings() if other in (name, "version") else Settings(**GOOD)  # type: ignore[arg-type]
        assert getattr(reading.settings, other) == getattr(expected, other)


def test_a_wrong_page_is_dropped_alone(file: Path) -> None:
    reading = read(write(file, {"pages": {"verses": {"first": "x"}, "drawing": 3}}))
    assert reading.settings.pages == {"verses": {"first": "x"}}
    assert reading.dropped == ("pages.drawing",)


def test_an_unknown_key_is_dropped_and_named(file: Path) -> None:
    assert read(write(file, {**GOOD, "colour": "blue"})).dropped == ("colour",)


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "3", '"theme"', "\x00" * 50, "{'theme': 'dark'}", '{"theme": "da', "[" * 100_000],
)
def test_a_corrupt_file_gives_defaults_and_says_so(file: Path, text: str) -> None:
    assert read(write(file, text)) == settings.Reading(Settings(), ("the whole file",))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'{"theme": "\xc3"}', bytes(range(256))])
def test_bytes_that_are_no_text_give_defaults(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert read(file).settings == Settings()
    assert read(file).dropped


def test_a_huge_file_is_not_read(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(settings.MAX_BYTES + 1)
    assert read(file).dropped == ("the whole file",)


def test_a_folder_in_the_files_place_gives_defaults(file: Path) -> None:
    file.mkdir()
    assert read(file).settings == Settings()


@given(st.dictionaries(st.sampled_from([*GOOD, "other"]), JSON))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_stands_there_the_app_starts(file: Path, values: dict[str, Any]) -> None:
    reading = read(write(file, values))
    assert reading.settings.theme in settings.THEMES
    assert all(isinstance(state, dict) for state in reading.settings.pages.values())
    assert set(reading.dropped) >= {name for name in values if name == "other"}


def test_only_what_differs_from_the_defaults_is_written() -> None:
    assert json.loads(settings.to_text(Settings(theme="dark"))) == {"version": 1, "theme": "dark"}


def open_store(qtbot: QtBot, file: Path) -> tuple[Store, list[SaveError]]:
    store = Store(file)
    problems: list[SaveError] = []
    store.problem.connect(problems.append)
    return store, problems


@pytest.mark.parametrize("text", ["", "x" * 100_000, "🌕\x00\ud800\u202e\n"])
def test_what_was_typed_is_there_at_the_next_start(qtbot: QtBot, file: Path, text: str) -> None:
    store, problems = open_store(qtbot, file)
    store.keep_page("verses", {"first": text})
    store.save()
    assert problems == []
    assert read(file).settings.pages == {"verses": {"first": text}}


def test_a_change_is_written_a_moment_later_without_being_asked(qtbot: QtBot, file: Path) -> None:
    store, _ = open_store(qtbot, file)
    store.change(theme="dark")
    assert not file.exists()
    qtbot.waitUntil(file.exists, timeout=20_000)
    assert read(file).settings.theme == "dark"


def test_the_damaged_file_is_kept_beside_the_new_one(qtbot: QtBot, file: Path) -> None:
    damaged = '{"theme": "blue", "tab": "verses"}'
    store, _ = open_store(qtbot, write(file, damaged))
    assert store.dropped == ("theme",)
    store.change(theme="dark")
    store.save()
    store.change(theme="light")
    store.save()
    assert file.with_name("settings.json.bak").read_text() == damaged
    assert read(file) == settings.Reading(Settings(theme="light", tab="verses"))


def test_a_file_that_cannot_be_read_is_moved_aside_as_it_is(qtbot: QtBot, file: Path) -> None:
    (file / "inside").mkdir(parents=True)
    store, problems = open_store(qtbot, file)
    assert store.dropped == ("the whole file",)
    store.change(theme="dark")
    store.save()
    assert file.with_name("settings.json.bak").joinpath("inside").is_dir()
    assert read(file) == settings.Reading(Settings(theme="dark"))
    assert problems == []


def test_a_damaged_file_that_cannot_be_moved_is_not_written_over(
    qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, problems = open_store(qtbot, write(file, "{"))
    store.change(theme="dark")

    def refused(source: Path | str, target: Path) -> None:
        if target.suffix == ".bak":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        Path(source).rename(target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refused)
        store.save()
    assert file.read_text() == "{"
    assert [problem.values["reason"] for problem in problems] == ["Permission denied"]
    store.save()
    assert read(file).settings.theme == "dark"
    assert file.with_name("settings.json.bak").read_text() == "{"


def test_changes_that_never_pause_are_written_all_the_same(qtbot: QtBot, file: Path) -> None:
    store, _ = open_store(qtbot, file)
    letters = itertools.count()

    def typed_until_saved() -> bool:
        store.keep_page("plain", {"letters": next(letters)})
        return file.exists()

    qtbot.waitUntil(typed_until_saved, timeout=20_000)


def test_a_good_file_leaves_no_copy(qtbot: QtBot, file: Path) -> None:
    store, _ = open_store(qtbot, write(file, GOOD))
    store.change(theme="light")
    store.save()
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_a_home_that_cannot_be_written_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    store, problems = open_store(qtbot, tmp_path / "home" / "settings.json")
    for theme in ("dark", "light", "dark"):
        store.change(theme=theme)
        store.save()
    assert len(problems) == 1
    assert "Cannot save" in str(problems[0])
    assert store.settings.theme == "dark"


def full_disk(*_arguments: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", ["replace", "fsync"])
def test_a_full_disk_keeps_the_old_file_whole(
    qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store, problems = open_store(qtbot, write(file, GOOD))
    store.change(theme="light")
    with monkeypatch.context() as patch:
        patch.setattr(os, name, full_disk)
        store.save()
    assert [problem.values["reason"] for problem in problems] == ["No space left on device"]
    assert read(file).settings.theme == "dark"
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]
    store.save()
    assert read(file).settings.theme == "light"


def test_the_file_lies_in_the_persons_own_home(home: Path) -> None:
    assert home in settings.path().parents


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
def test_a_save_that_is_interrupted_leaves_the_old_file(
    qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store, _ = open_store(qtbot, write(file, GOOD))
    store.change(theme="light")

    def interrupted(*_arguments: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, call, interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.save()
    assert read(file).settings.theme == "dark"
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]
