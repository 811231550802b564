"""kill -9 at any moment: a save leaves the old file or the new one, and training goes on to the same end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")

# Each begins its work in a forked child again and again and kills it at a random moment.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path

moments = random.Random(5)
place = Path(sys.argv[1])

def killed(work, least, most):
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    time.sleep(moments.uniform(least, most))
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
"""

SAVES = """
from models import atomic

contents = [letter * 3_000_000 for letter in (b"a", b"b")]

def save():
    while True:
        for content in contents:
            atomic.write_bytes(place / "file", content)

atomic.write_bytes(place / "file", contents[0])
found = set()
for _ in range(60):
    assert killed(save, 0.0, 0.03)
    found.add(contents.index((place / "file").read_bytes()))
print(sorted(found))
"""

TRAINING = """
import torch
from tests.making import train_tiny

def train():
    train_tiny(place / "killed", epochs=30, resume=True, save_seconds=0.01)

kills = [killed(train, 0.0, 0.6) for _ in range(8)]
print(sum(kills))
print(train_tiny(place / "killed", epochs=30, resume=True).hash)
print(train_tiny(place / "whole", epochs=30).hash)
"""


def output_of(code: str, place: Path) -> list[str]:
    command = [sys.executable, "-c", KILLED + code, str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


def test_a_save_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    assert output_of(SAVES, tmp_path)[0] == "[0, 1]"


def test_training_that_is_killed_again_and_again_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    kills, killed, whole, _ = output_of(TRAINING, tmp_path)
    assert int(kills) > 0
    assert killed == whole
