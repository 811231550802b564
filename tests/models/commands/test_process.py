"""The command as a process: what it loads, and what it does with its streams and signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.shelf import ModelFolder

ROOT = Path(__file__).resolve().parents[3]
ATELIER = [sys.executable, "-m", "models.cli"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are the signals and devices of other systems")


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which "$@" is the command."""
    environment = {**os.environ, **variables}
    command = ["bash", "-c", f"set -o pipefail; {line}", "bash", *ATELIER]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def loaded(*words: str) -> set[str]:
    """The heavy packages that a command has loaded when it is done."""
    code = f"""
import contextlib, io, sys
from models import cli
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    cli.main({list(words)})
print(*{{"torch", "numpy", "sentencepiece", "PySide6", "sympy"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_help_loads_nothing_heavy_and_the_shelf_no_torch() -> None:
    assert loaded("--help") == set()
    assert loaded("verses", "--help") == set()
    assert loaded("verses", "a", "b", "--points", "99") == set()
    for command in ("draw", "complete", "score", "train", "evaluate"):
        assert loaded(command, "--help") == set()
    assert loaded("models") == {"numpy"}


def test_a_model_that_draws_makes_torch_load_nothing_more(drawing_folder: ModelFolder) -> None:
    """sympy stands for the compiler that some operations of torch bring with them, a second's work."""
    assert loaded("draw", "--count", "1", "--seed", "1", "--model", str(drawing_folder.path)) == {"torch", "numpy"}


def test_torch_is_loaded_with_threads_that_wait_in_peace(tiny_folder: ModelFolder) -> None:
    code = f"""
import os
from models import cli
cli.main(["neighbours", "the sea is mine", "--model", {str(tiny_folder.path)!r}, "--seed", "1"])
import torch
print(os.environ["OMP_WAIT_POLICY"], torch.get_num_threads())
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "PASSIVE 1"


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    done = shell('"$@" models --json | true')
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_full_disk_is_told_in_one_sentence() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no full disk")
    done = shell('"$@" models --json > /dev/full')
    assert (done.returncode, done.stderr) == (1, "atelier: cannot write the result: No space left on device\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_swallow_what_is_written(closed: str) -> None:
    done = shell(f'"$@" models {closed}')
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_an_old_terminal_gets_escapes_for_what_it_cannot_show(tiny_folder: ModelFolder) -> None:
    line = f"\"$@\" verses 月 'the sea is old' --points 3 --seed 1 --model '{tiny_folder.path}'"
    done = shell(line, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == r"   0%  \u2022 \u6708"


def hear_interruptions() -> None:
    """In the new process: a shell that runs tests in the background makes its children deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interruption_ends_it_at_once_without_a_traceback(tiny_folder: ModelFolder, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("the sea is mine\tmy love is old\n" * 5000, encoding="utf-8")
    command = [*ATELIER, "verses", "--pairs", str(tmp_path / "pairs.tsv"), "--model", str(tiny_folder.path), "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, preexec_fn=hear_interruptions
    ) as process:
        assert process.stderr is not None
        told = ""
        while "path/s" not in told:  # the work has begun
            told += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in told + err
