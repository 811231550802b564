"""`run.py` as a person meets it: each test starts it in a project of its own and looks at what came of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.setup.conftest import HAND_MADE_TORCH, Sandbox

SETTING_UP = "Setting up"


def test_the_first_start_sets_up_and_opens_the_app(sandbox: Sandbox) -> None:
    done = sandbox.run()
    assert SETTING_UP in done.stdout
    assert done.returncode == 7  # the app's own
    program, policy, *arguments = sandbox.started()
    assert program == str(sandbox.folder / "desktop" / "__main__.py")
    assert (policy, arguments) == ("PASSIVE", [])


def test_a_second_start_only_starts(ready: Sandbox) -> None:
    done = ready.run()
    assert (done.returncode, done.stdout, done.stderr) == (7, "", "")
    assert ready.started()


@pytest.mark.parametrize(("command", "program"), [("test", "pytest.py"), ("bench", "tests/benchmarks.py")])
def test_arguments_reach_pytest_and_the_benchmarks(prepared: Sandbox, command: str, program: str) -> None:
    done = prepared.run(command, "-k", "moon")
    assert done.returncode == 7, done.stderr
    assert prepared.started() == [str(prepared.folder / program), "PASSIVE", "-k", "moon"]


def test_a_torch_that_a_person_put_there_is_kept(prepared: Sandbox) -> None:
    prepared.run("test")
    (kept,) = (prepared.folder / ".venv").glob("[Ll]ib/**/torch-*.dist-info")
    assert kept.name == f"torch-{HAND_MADE_TORCH}.dist-info"


def test_an_environment_of_a_person_without_pip_is_refused_and_left_as_it_is(sandbox: Sandbox) -> None:
    environment = sandbox.folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (environment / "notes.txt").write_text("mine", encoding="utf-8")
    for _ in range(2):  # the refusal itself must leave no mark that a second start takes for its own
        done = sandbox.run()
        assert done.returncode == 1
        assert f"{environment} was not made here" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert (environment / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_in_the_place_of_the_environment_is_filled(sandbox: Sandbox) -> None:
    (sandbox.folder / ".venv").mkdir()
    assert sandbox.run().returncode == 7


def test_without_packages_to_be_had_it_says_so_and_starts_nothing(sandbox: Sandbox) -> None:
    done = sandbox.run("test")  # asks for a torch, and there is no index
    assert done.returncode == 1
    assert "The packages could not be installed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (sandbox.folder / "started").exists()


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "run.py"])
def test_a_changed_file_is_followed_by_one_set_up(ready: Sandbox, name: str) -> None:
    with (ready.folder / name).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert SETTING_UP in ready.run().stdout
    assert SETTING_UP not in ready.run().stdout


def test_a_folder_that_moved_is_set_up_again(ready: Sandbox, tmp_path: Path) -> None:
    moved = Sandbox(ready.folder.rename(tmp_path / "moved"))
    try:
        done = moved.run()
        assert (SETTING_UP in done.stdout, done.returncode) == (True, 7)
    finally:
        moved.folder.rename(ready.folder)


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_a_set_up_that_was_killed_starts_over(sandbox: Sandbox) -> None:
    (sandbox.folder / "hang").touch()
    process = subprocess.Popen(
        sandbox.command(), env=sandbox.environment(), stdout=subprocess.DEVNULL, start_new_session=True
    )
    while not (sandbox.folder / "hanging").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    (sandbox.folder / "hang").unlink()
    left = sandbox.folder / ".venv" / "half a package"
    left.touch()
    assert sandbox.run().returncode == 7
    assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is POSIX")
def test_of_two_starts_at_once_the_second_waits_for_the_first(sandbox: Sandbox) -> None:
    both = [
        subprocess.Popen(sandbox.command(), env=sandbox.environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [7, 7]
    assert sorted(text.count(SETTING_UP) for text in said) == [0, 1]


def test_an_environment_whose_python_is_gone_is_made_anew(ready: Sandbox) -> None:
    (python,) = [path for path in (ready.folder / ".venv").glob("*/python*") if path.stem == "python"]
    python.unlink()
    with (ready.folder / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert ready.run().returncode == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a display is asked for on Linux only")
def test_without_a_display_one_sentence_names_the_command_that_needs_none(ready: Sandbox) -> None:
    done = ready.run(QT_QPA_PLATFORM="")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"{ready.folder / '.venv' / 'bin' / 'atelier'} verses" in done.stderr


def test_an_unknown_command_is_answered_with_the_known_ones(ready: Sandbox) -> None:
    done = ready.run("paint")
    assert done.returncode == 2
    assert "run.py test" in done.stdout
